"""The seat matrix: true to the day, silent where the documents are, readable without colour, the same each time."""

import csv
import re
from datetime import date
from io import StringIO
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pyoxigraph import Store

from rzgraph.diagrams.draw import FORMATS, Wish, run_draw
from rzgraph.diagrams.matrix import WIDEST, draw_seats
from rzgraph.diagrams.seats import EARLIER, LATER, NO_PARTY, Choice, Matrix, build_matrix, read_standing
from rzgraph.diagrams.template import Drawing
from rzgraph.errors import UsageError
from rzgraph.labels import Labels
from rzgraph.namespaces import slug_of
from rzgraph.settings import Project

SVG = "{http://www.w3.org/2000/svg}"
FIRST, LAST = date(2021, 3, 15), date(2024, 5, 31)
REAL_DAYS = [date(2022, 1, 10), date(2024, 4, 15), date(2025, 7, 31)]
ID = "https://w3id.org/rzgraph/id/"


@pytest.fixture(scope="module")
def first(mini_store: Store, mini: Project) -> Matrix:
    """The day of the first report of the invented region, whose table says who sits at which table."""
    return build_matrix(mini_store, mini, FIRST)


@pytest.fixture(scope="module")
def last(mini_store: Store, mini: Project) -> Matrix:
    return build_matrix(mini_store, mini, LAST)


@pytest.fixture(scope="module")
def drawing(mini_store: Store, mini: Project, mini_labels: Labels) -> Drawing:
    return draw_seats(mini_store, mini, mini_labels, FIRST, "nl", lambda iri: f"{slug_of(iri)}.html")


def seats(matrix: Matrix, party: str, body: str) -> set[tuple[str, str, bool]]:
    """Sign, standing and whether it is on behalf of the party, of the seats in a cell."""
    found = matrix.cells.get((ID + "party/" + party if party else NO_PARTY, ID + "body/" + body), [])
    return {(seat.sign, seat.standing, seat.is_own) for seat in found}


def bodies(groups: dict[str, list[str]]) -> set[str]:
    return {slug_of(iri) for found in groups.values() for iri in found}


def marks(drawing: Drawing) -> dict[str, ElementTree.Element]:
    """The marks of a drawing by their title."""
    root = ElementTree.fromstring(drawing.svg)
    groups = [group for group in root.iter(f"{SVG}g") if group.get("class") == "drawing-seat"]
    return {next(group.iter(f"{SVG}title")).text or "": group for group in groups}


# ── True to the day ────────────────────────────────────────────────────────


def test_chair_member_and_absence_stand_where_the_table_has_them(first: Matrix) -> None:
    assert seats(first, "gemeente-waterhorst", "stuurgroep-voorbeeld") == {("chair", "confirmed", True)}
    assert seats(first, "gemeente-waterhorst", "tafel-wonen") == {("absent", "confirmed", True)}
    assert seats(first, "gemeente-lindelo", "tafel-energie") == {("absent", "confirmed", True)}
    assert seats(first, "gemeente-lindelo", "tafel-wonen") == {("member", "confirmed", True)}
    assert seats(first, "gemeente-heideveen", "tafel-wonen") == {
        ("member", "confirmed", True),
        ("other", "confirmed", True),  # named in brackets
    }


def test_somebody_of_a_party_who_sits_for_another_is_not_its_own_seat(first: Matrix) -> None:
    """B. Bakker of Lindelo sits there for the municipalities of Voorland, De Vries as chair of a table."""
    assert seats(first, "voorlandse-gemeenten", "stuurgroep-voorbeeld") == {("member", "confirmed", True)}
    assert seats(first, "gemeente-lindelo", "stuurgroep-voorbeeld") == {("member", "confirmed", False)}
    assert seats(first, "gemeente-heideveen", "stuurgroep-voorbeeld") == {("member", "confirmed", False)}


def test_silence_is_an_empty_cell_and_never_an_absence(first: Matrix) -> None:
    assert seats(first, "provincie-voorland", "tafel-wonen") == set()
    assert seats(first, "gemeente-waterhorst", "werkatelier-wonen") == set()


def test_what_is_known_only_from_later_says_so(first: Matrix) -> None:
    assert seats(first, "provincie-voorland", "stuurgroep-voorbeeld") == {("member", "later-known", True)}
    assert LATER in first.groups
    assert {read_standing(first, body) for body in first.groups[LATER]} == {"later-known"}


def test_seat_of_which_no_party_is_stated_has_a_row_of_its_own(last: Matrix) -> None:
    assert last.sections[NO_PARTY] == [NO_PARTY]
    assert {sign for sign, _, _ in seats(last, "", "dagelijks-bestuur")} == {"member"}


def test_seats_of_a_body_that_ended_are_gone_and_older_bodies_stand_apart(last: Matrix) -> None:
    assert "stuurgroep-voorbeeld" not in bodies(last.groups) | bodies(last.silent)
    assert {slug_of(iri) for iri in last.groups[EARLIER]} == {"tafel-wonen", "tafel-energie"}
    assert seats(last, "gemeente-lindelo", "tafel-wonen") == {("member", "last-known", True)}


def test_bodies_without_a_named_member_and_partners_without_a_seat_are_named(first: Matrix, last: Matrix) -> None:
    assert bodies(first.silent) == {"regiobureau"}
    assert "klankbordgroep-raden" in bodies(last.silent)
    assert "provincie-voorland" in {slug_of(iri) for iri in last.seatless["provinces"]}
    assert "gemeente-lindelo" not in {slug_of(iri) for found in last.seatless.values() for iri in found}


def test_rows_come_by_kind_of_party(first: Matrix) -> None:
    assert list(first.sections) == ["municipalities", "provinces", "water-boards", "others", "groups", NO_PARTY]
    assert [slug_of(iri) for iri in first.sections["provinces"]] == ["provincie-voorland"]


STANDING = """
PREFIX rz: <https://w3id.org/rzgraph/ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT DISTINCT ?fact WHERE {{
  ?fact a rz:Seat ; rz:hasStanding [ rz:standing ?standing ; rz:from ?from ; rz:until ?until ] .
  FILTER(?from <= "{day}"^^xsd:date && ?until >= "{day}"^^xsd:date)
  FILTER(?standing NOT IN (rz:ended, rz:not-yet))
}}
"""


@pytest.mark.parametrize("day", REAL_DAYS, ids=str)
def test_every_seat_that_stands_is_in_some_cell_and_in_the_twin(store: Store, project: Project, day: date) -> None:
    matrix = build_matrix(store, project, day)
    standing = {row["fact"].value for row in store.query(STANDING.format(day=day), use_default_graph_as_union=True)}
    drawn = {seat.row["fact"].value for found in matrix.cells.values() for seat in found}  # type: ignore[union-attr]
    assert drawn == standing
    assert {row["fact"].value for row in matrix.twin.rows} == standing  # type: ignore[union-attr]
    assert len(standing) > 50


@pytest.mark.parametrize("day", REAL_DAYS, ids=str)
def test_every_body_that_stands_is_a_column_or_among_the_silent(store: Store, project: Project, day: date) -> None:
    matrix = build_matrix(store, project, day)
    shown, silent = bodies(matrix.groups), bodies(matrix.silent)
    assert not shown & silent
    assert {slug_of(iri) for iri in matrix.governance.graph} <= shown | silent


# ── Narrowed ───────────────────────────────────────────────────────────────


def test_matrix_can_be_narrowed_to_a_body_or_a_party(mini_store: Store, mini: Project) -> None:
    one = build_matrix(mini_store, mini, FIRST, Choice(bodies=[ID + "body/tafel-wonen"]))
    assert bodies(one.groups) == {"tafel-wonen"}
    assert not one.seatless
    party = build_matrix(mini_store, mini, FIRST, Choice(parties=[ID + "party/gemeente-lindelo"]))
    assert {slug_of(party) for party, _ in party.cells} == {"gemeente-lindelo"}
    assert bodies(party.groups) == {"stuurgroep-voorbeeld", "tafel-energie", "tafel-wonen"}
    named = {slug_of(row["on_behalf_of"].value) for row in party.twin.rows if row["on_behalf_of"]}  # type: ignore[union-attr]
    assert named == {"gemeente-lindelo", "voorlandse-gemeenten"}


def test_party_that_is_asked_about_and_has_no_seat_is_said_to_have_none(mini_store: Store, mini: Project) -> None:
    matrix = build_matrix(mini_store, mini, LAST, Choice(parties=[ID + "party/provincie-voorland"]))
    assert not matrix.cells
    assert [slug_of(iri) for iri in matrix.seatless["provinces"]] == ["provincie-voorland"]


def test_matrix_can_be_narrowed_to_a_line(mini_store: Store, mini: Project) -> None:
    matrix = build_matrix(mini_store, mini, date(2022, 10, 31), Choice(lines=[ID + "line/regional-tasks"]))
    assert bodies(matrix.groups) == {"tafel-wonen"}


# ── Drawn ──────────────────────────────────────────────────────────────────


def test_marks_tell_roles_and_standings_apart_without_colour(drawing: Drawing) -> None:
    found = marks(drawing)
    chair = next(mark for title, mark in found.items() if "H. Jansen" in title)
    member = next(mark for title, mark in found.items() if title.startswith("Gemeente Lindelo – Tafel Wonen"))
    absent = next(mark for title, mark in found.items() if title.startswith("Gemeente Waterhorst – Tafel Wonen"))
    later = next(mark for title, mark in found.items() if title.startswith("Provincie Voorland – Stuurgroep"))
    assert chair.find(f"{SVG}rect") is not None
    assert member.find(f"{SVG}circle") is not None
    assert absent.find(f"{SVG}path").get("fill") == "none"  # type: ignore[union-attr]
    dashes = [mark.find(f"{SVG}circle").get("stroke-dasharray") for mark in (member, later)]  # type: ignore[union-attr]
    assert dashes[0] is None
    assert dashes[1] is not None
    brackets = [len(mark.findall(f"{SVG}path[@class='drawing-bracket']")) for mark in (member, chair)]
    assert brackets == [0, 0]


def test_mark_says_who_where_for_whom_and_how_sure(drawing: Drawing) -> None:
    title = next(title for title in marks(drawing) if title.startswith("Voorlandse gemeenten – "))
    assert title == (
        "Voorlandse gemeenten – Stuurgroep Voorbeeld: B. Bakker, lid, namens Voorlandse gemeenten, "
        "als Voorlandse gemeenten, bevestigd"
    )
    assert any("uitdrukkelijk geen zetel" in title for title in marks(drawing))


def test_last_known_seats_are_hatched(mini_store: Store, mini: Project, mini_labels: Labels) -> None:
    later = draw_seats(mini_store, mini, mini_labels, LAST, "en")
    mark = next(mark for title, mark in marks(later).items() if title.startswith("Municipality of Lindelo – Housing"))
    assert "-hatch)" in (mark.find(f"{SVG}circle").get("fill") or "")  # type: ignore[union-attr]


def test_legend_says_that_silence_is_no_absence(mini_store: Store, mini: Project, mini_labels: Labels) -> None:
    for lang, words in (("nl", "Een leeg vakje is geen afwezigheid"), ("en", "An empty cell is no absence")):
        assert words in draw_seats(mini_store, mini, mini_labels, FIRST, lang).svg


def test_names_lead_to_their_pages_and_nowhere_else(drawing: Drawing, first: Matrix) -> None:
    root = ElementTree.fromstring(drawing.svg)
    targets = {link.get("href") for link in root.iter(f"{SVG}a")}
    assert {f"{slug}.html" for slug in bodies(first.groups) | bodies(first.silent)} <= targets
    assert "gemeente-lindelo.html" in targets
    assert root.get("role") == "group"


def test_address_that_runs_code_is_left_out(mini_store: Store, mini: Project, mini_labels: Labels) -> None:
    drawn = draw_seats(mini_store, mini, mini_labels, FIRST, "nl", lambda _: "javascript:alert(1)")
    assert "javascript" not in drawn.svg


@pytest.mark.parametrize("day", REAL_DAYS, ids=str)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_drawing_is_whole_and_no_wider_than_a_page(
    store: Store, project: Project, labels: Labels, day: date, lang: str
) -> None:
    drawn = draw_seats(store, project, labels, day, lang)
    root = ElementTree.fromstring(drawn.svg)
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    assert width <= WIDEST
    ids = re.findall(r'\sid="([^"]*)"', drawn.svg)
    assert len(ids) == len(set(ids))
    ends = [float(text.get("y", "0")) for text in root.findall(f"{SVG}text")]
    assert max(ends) < height
    assert root.find(f"{SVG}title").text == drawn.title  # type: ignore[union-attr]
    assert root.find(f"{SVG}desc").text == drawn.description  # type: ignore[union-attr]


def test_marks_of_one_cell_do_not_lie_on_each_other(store: Store, project: Project, labels: Labels) -> None:
    root = ElementTree.fromstring(draw_seats(store, project, labels, REAL_DAYS[0], "nl").svg)
    places = [group.get("transform", "") for group in root.iter(f"{SVG}g") if group.get("class") == "drawing-seat"]
    points = sorted((float(y), float(x)) for x, y in (re.findall(r"[\d.]+", place)[:2] for place in places))
    assert len(points) > 60
    near = [b for a, b in pairwise(points) if a[0] == b[0] and b[1] - a[1] < 16.9]
    assert near == []


def test_matrix_too_wide_for_a_page_is_cut_into_blocks(store: Store, project: Project, labels: Labels) -> None:
    drawn = draw_seats(store, project, labels, date(2025, 7, 31), "nl")
    named = re.findall(r'class="drawing-column" id="([^"]*)"', drawn.svg)
    assert len(named) == len(set(named)) > 20
    assert drawn.svg.count(">Gemeente Dalfsen</text>") > 1


# ── Files ──────────────────────────────────────────────────────────────────


def test_same_day_gives_the_same_bytes(mini_store: Store, mini: Project, mini_labels: Labels) -> None:
    drawn = [draw_seats(mini_store, mini, mini_labels, FIRST, "en").svg for _ in range(2)]
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize("form", FORMATS["seats"])
def test_each_format_is_written(mini: Project, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"seats{form}"
    assert run_draw(mini, Wish("seats", at=FIRST.isoformat()), "nl", path, StringIO()) == 0
    signs = {".svg": b"<svg ", ".png": b"\x89PNG", ".csv": b"party,party_label,body,"}
    assert path.read_bytes().startswith(signs[form])


def test_table_has_a_row_per_claim_with_its_evidence(mini: Project, tmp_path: Path) -> None:
    path = tmp_path / "seats.csv"
    run_draw(mini, Wish("seats", at=FIRST.isoformat(), narrowed={"party": ("waterhorst",)}), "nl", path, StringIO())
    rows = list(csv.DictReader(StringIO(path.read_text(encoding="utf-8"))))
    absent = [row for row in rows if row["body"] == "tafel-wonen"]
    assert [(row["held"], row["lines"], row["fragment"]) for row in absent] == [("false", "27", "x")]
    assert all(row["claim"] and row["document"] for row in rows)


@pytest.mark.parametrize(
    ("wish", "name", "what"),
    [
        (Wish("seats"), "seats.dot", r"\.svg \.png \.csv"),
        (Wish("seats", entity="lindelo"), "seats.svg", "draw network, money or budget NAME"),
        (Wish("seats", internal=False), "seats.svg", "draw governance"),
        (Wish("governance", narrowed={"line": ("opgaven",)}), "x.svg", "--line"),
    ],
)
def test_wrong_use_is_one_clear_line(mini: Project, tmp_path: Path, wish: Wish, name: str, what: str) -> None:
    with pytest.raises(UsageError, match=what) as caught:
        run_draw(mini, wish, "en", tmp_path / name, StringIO())
    assert "\n" not in str(caught.value)
