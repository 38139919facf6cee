"""The drawing of one person, party or body: what it is tied to, what lines say, what is grouped when it is much."""

import csv
import re
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from pyoxigraph import Store

from rzgraph.diagrams.columns import Wire, set_columns
from rzgraph.diagrams.crowds import MOST, group_ties
from rzgraph.diagrams.draw import FORMATS, Wish, run_draw
from rzgraph.diagrams.ego import draw_ego
from rzgraph.diagrams.egoformats import name_ego
from rzgraph.diagrams.template import Drawing
from rzgraph.diagrams.ties import CENTRES, Ego, Tie, Ties, pick_ego, read_ties
from rzgraph.errors import NotFoundError, UsageError
from rzgraph.labels import Labels
from rzgraph.namespaces import kind_of, slug_of
from rzgraph.settings import Project

SVG = "{http://www.w3.org/2000/svg}"
ID = "https://w3id.org/rzgraph/id/"
DAY = date(2021, 3, 15)
REAL = [
    (date(2022, 1, 31), "party/gemeente-dalfsen"),
    (date(2022, 1, 31), "body/regiegroep"),
    (date(2025, 7, 31), "body/dagelijks-bestuur"),
    (date(2022, 1, 31), "person/e-van-lente"),
]


@pytest.fixture(scope="module")
def ties(mini_store: Store, mini: Project) -> Ties:
    return read_ties(mini_store, mini, DAY)


def told(ego: Ego) -> set[tuple[str, str, str, str]]:
    """Who, in which way, to what, and as what, of every tie."""
    return {(slug_of(t.source), t.sort, slug_of(t.target), slug_of(t.what) if t.what else "") for t in ego.ties}


def address(iri: str) -> str:
    return f"{kind_of(iri)}/{slug_of(iri)}.html"


def draw(ego: Ego, project: Project, labels: Labels, lang: str = "nl") -> Drawing:
    return draw_ego(ego, project, labels, lang, address)


# ── True to the documents ──────────────────────────────────────────────────


def test_person_has_seats_offices_and_those_it_speaks_for(ties: Ties) -> None:
    found = told(pick_ego(ties, ID + "person/b-bakker"))
    assert {
        ("b-bakker", "seat", "stuurgroep-voorbeeld", "member"),
        ("b-bakker", "seat", "tafel-wonen", "member"),
        ("b-bakker", "for", "voorlandse-gemeenten", ""),
        ("b-bakker", "office", "gemeente-lindelo", "alderman"),
        ("b-bakker", "speaks", "gemeente-heideveen", ""),
    } <= found
    assert all("b-bakker" in (source, target) for source, _, target, _ in found)


def test_body_has_its_people_their_parties_its_relations_and_who_is_absent(ties: Ties) -> None:
    found = told(pick_ego(ties, ID + "body/tafel-wonen"))
    assert {
        ("tafel-wonen", "relation", "stuurgroep-voorbeeld", "advises"),
        ("gemeente-waterhorst", "absent", "tafel-wonen", ""),
        ("e-smit", "seat", "tafel-wonen", "member"),
        ("e-smit", "for", "gemeente-heideveen", ""),
        ("c-de-vries", "office", "gemeente-heideveen", "mayor"),
    } <= found
    # That De Vries sits elsewhere too is two steps away from this body, and no party stands between.
    assert not any(target == "tafel-energie" for _, _, target, _ in found)


def test_party_reaches_the_bodies_of_its_people_in_two_steps(ties: Ties) -> None:
    found = told(pick_ego(ties, ID + "party/gemeente-heideveen"))
    assert ("c-de-vries", "seat", "tafel-energie", "chair") in found
    assert ("b-bakker", "speaks-in", "stuurgroep-voorbeeld", "") in found
    assert ("gemeente-heideveen", "partner", "regio-voorbeeld", "partner") in found
    # Other members of these bodies are three steps away.
    assert not any(source == "h-jansen" for source, *_ in found)


def test_what_is_known_only_from_later_is_counted_and_drawn_apart(
    ties: Ties, mini: Project, mini_labels: Labels
) -> None:
    ego = pick_ego(ties, ID + "party/provincie-voorland")
    assert ("m-oosting", "for", "provincie-voorland", "") in told(ego)
    assert 0 < ego.later < len(ego.ties)
    drawn = draw(ego, mini, mini_labels)
    assert f"pas van later bekend: {ego.later}" in drawn.svg
    root = ElementTree.fromstring(drawn.svg)
    found = [group for group in root.iter(f"{SVG}g") if (group.get("class") or "").startswith("drawing-link")]
    links = {next(link.iter(f"{SVG}title")).text or "": link for link in found}
    later = {title for title, link in links.items() if "drawing-link-later" in link.get("class", "")}
    assert later
    assert all("pas van later bekend" in title for title in later)
    assert all("pas van later bekend" not in title for title in links.keys() - later)


def test_ended_seats_are_gone(mini_store: Store, mini: Project) -> None:
    ego = pick_ego(read_ties(mini_store, mini, date(2024, 5, 31)), ID + "person/h-jansen")
    assert not [tie for tie in ego.ties if tie.sort == "seat"]


@pytest.mark.parametrize(("day", "centre"), REAL, ids=str)
def test_every_tie_has_its_evidence_in_the_twin(store: Store, project: Project, day: date, centre: str) -> None:
    ego = pick_ego(read_ties(store, project, day), ID + centre)
    facts = {row["fact"].value for row in ego.twin.rows}  # type: ignore[union-attr]
    assert {tie.fact for tie in ego.ties} <= facts
    assert all(row["fragment"] is not None and row["document"] is not None for row in ego.twin.rows)


@pytest.mark.parametrize(("day", "centre"), REAL, ids=str)
def test_everything_is_one_step_away_or_behind_somebody_who_is(
    store: Store, project: Project, day: date, centre: str
) -> None:
    ego = pick_ego(read_ties(store, project, day), ID + centre)
    graph = nx.Graph((tie.source, tie.target) for tie in ego.ties)
    steps = nx.single_source_shortest_path_length(graph, ID + centre)
    assert set(steps) == set(ego.things)
    assert max(steps.values()) <= 2
    for iri in [iri for iri, distance in steps.items() if distance == 2]:
        between = [other for other in graph[iri] if steps[other] == 1]
        assert {kind_of(other) for other in between} <= {"person", "office"}


# ── Drawn ──────────────────────────────────────────────────────────────────


def test_boxes_lead_to_their_pages_but_the_middle(ties: Ties, mini: Project, mini_labels: Labels) -> None:
    ego = pick_ego(ties, ID + "body/tafel-wonen")
    root = ElementTree.fromstring(draw(ego, mini, mini_labels).svg)
    targets = {link.get("href") for link in root.iter(f"{SVG}a")}
    assert targets == {address(iri) for iri in ego.things if iri != ego.centre}
    assert root.get("role") == "group"


def test_lines_tell_stated_last_known_and_derived_apart(ties: Ties, mini: Project, mini_labels: Labels) -> None:
    def dash(**changes: object) -> str | None:
        ego = pick_ego(ties, ID + "party/gemeente-waterhorst")
        one = replace(next(tie for tie in ego.ties if tie.sort == "office" or tie.sort == "seat"), **changes)  # type: ignore[arg-type]
        root = ElementTree.fromstring(draw(replace(ego, ties=(one,)), mini, mini_labels).svg)
        link = next(group for group in root.iter(f"{SVG}g") if (group.get("class") or "").startswith("drawing-link"))
        return link.find(f"{SVG}path").get("stroke-dasharray")  # type: ignore[union-attr]

    found = [dash(), dash(standing="last-known"), dash(standing="later-known"), dash(is_derived=True)]
    assert found[0] is None
    assert len(set(found)) == 4


def test_absence_bears_a_cross_and_words(ties: Ties, mini: Project, mini_labels: Labels) -> None:
    drawn = draw(pick_ego(ties, ID + "body/tafel-energie"), mini, mini_labels)
    assert drawn.svg.count('class="drawing-cross"') >= 2  # the line, and the legend
    assert "geen zetel" in drawn.svg


def test_seat_for_another_party_says_for_whom(ties: Ties, mini: Project, mini_labels: Labels) -> None:
    drawn = draw(pick_ego(ties, ID + "party/gemeente-lindelo"), mini, mini_labels, "en")
    titles = [title.text or "" for title in ElementTree.fromstring(drawn.svg).iter(f"{SVG}title")]
    assert any("member on behalf of Voorland municipalities" in title for title in titles)


def test_relations_point_the_way_they_go(ties: Ties, mini: Project, mini_labels: Labels) -> None:
    drawn = ElementTree.fromstring(draw(pick_ego(ties, ID + "body/stuurgroep-voorbeeld"), mini, mini_labels).svg)
    centre = next(
        group for group in drawn.iter(f"{SVG}g") if group.get("id", "").endswith("-body-stuurgroep-voorbeeld")
    )
    left, top = map(float, re.findall(r"[\d.]+", centre.get("transform", "")))
    width = float(centre.find(f"{SVG}rect").get("width", "0"))  # type: ignore[union-attr]
    found = [group for group in drawn.iter(f"{SVG}g") if (group.get("class") or "").startswith("drawing-link")]
    links = {next(link.iter(f"{SVG}title")).text or "": link for link in found}
    advises = next(link for title, link in links.items() if title.startswith("Tafel Energie – Stuurgroep"))
    tip = float((advises.find(f"{SVG}polygon").get("points") or "").split(",")[0])  # type: ignore[union-attr]
    assert min(abs(tip - left), abs(tip - left - width)) < 1
    assert top >= 0


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize(("day", "centre"), REAL, ids=str)
def test_boxes_never_overlap_and_the_drawing_fits_a_page(
    store: Store, project: Project, labels: Labels, day: date, centre: str, lang: str
) -> None:
    drawn = draw(pick_ego(read_ties(store, project, day), ID + centre), project, labels, lang)
    root = ElementTree.fromstring(drawn.svg)
    assert float(root.get("width", "0")) <= 1230
    ids = re.findall(r'\sid="([^"]*)"', drawn.svg)
    assert len(ids) == len(set(ids))
    boxes = []
    for group in (group for group in root.iter(f"{SVG}g") if group.get("class") == "drawing-node"):
        x, y = map(float, re.findall(r"[\d.]+", group.get("transform", "")))
        foot = max(float(text.get("y", "0")) for text in group.iter(f"{SVG}text"))
        boxes.append((x, y, 164.0, foot))
    assert len(boxes) >= 2
    assert not [
        (a, b)
        for a, b in combinations(boxes, 2)
        if abs(a[0] - b[0]) < 164 and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]
    ]


def test_every_thing_can_be_drawn(store: Store, project: Project, labels: Labels) -> None:
    ties = read_ties(store, project, date(2025, 7, 31))
    drawn = 0
    for iri in sorted(labels.by_iri):
        if kind_of(iri) in CENTRES:
            ElementTree.fromstring(draw(pick_ego(ties, iri), project, labels).svg)
            drawn += 1
    assert drawn > 150


def test_address_that_runs_code_is_left_out(ties: Ties, mini: Project, mini_labels: Labels) -> None:
    ego = pick_ego(ties, ID + "body/tafel-wonen")
    assert "javascript" not in draw_ego(ego, mini, mini_labels, "nl", lambda _: "javascript:alert(1)").svg


# ── When it is too much ────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def crowd(ties: Ties) -> Ego:
    """A body with a hundred bodies that advise it, and fifty people of whom each sits in it for another party."""
    ego = pick_ego(ties, ID + "body/tafel-wonen")
    known = ego.ties[0]

    def tie(source: str, target: str, sort: str, what: str = "") -> Tie:
        return replace(
            known, source=ID + source, target=ID + target, sort=sort, what=ID + what if what else "", behalf=""
        )

    many = [tie(f"body/raad-{n}", "body/tafel-wonen", "relation", "relation/advises") for n in range(100)]
    many += [tie(f"person/lid-{n}", "body/tafel-wonen", "seat", "role/member") for n in range(20)]
    many += [tie(f"person/lid-{n}", f"party/gemeente-{n}", "for") for n in range(20)]
    return replace(ego, ties=tuple(many))


def test_what_is_too_much_is_grouped_and_named_below(crowd: Ego, mini: Project, mini_labels: Labels) -> None:
    drawn = draw(crowd, mini, mini_labels)
    root = ElementTree.fromstring(drawn.svg)
    nodes = [group for group in root.iter(f"{SVG}g") if group.get("class") == "drawing-node"]
    assert len(nodes) <= MOST
    assert "100 organen" in drawn.svg
    assert {f"body/raad-{n}.html" for n in range(100)} <= {link.get("href") for link in root.iter(f"{SVG}a")}
    assert "Samengevoegd in de tekening" in drawn.svg


def test_what_is_not_too_much_is_not_grouped(ties: Ties) -> None:
    ego = pick_ego(ties, ID + "body/tafel-wonen")
    assert group_ties(ego) == (list(ego.ties), {})


def test_lines_have_a_place_of_their_own() -> None:
    wires = [Wire(f"w{n}", "middle", f"box {n}", 20.0) for n in range(6)]
    wires += [Wire(f"x{n}", f"box {n}", "far", 20.0) for n in range(3)] + [Wire("long", "middle", "far", 20.0)]
    columns = {"middle": 0, "far": 2} | {f"box {n}": 1 for n in range(6)}
    placed = set_columns(columns, dict.fromkeys(columns, 30.0), wires)
    ends = [point for pair in placed.ends.values() for point in pair]
    assert len(set(ends)) == len(ends) == 2 * len(wires)
    assert set(placed.boxes) == set(columns)
    _, top, _, height = placed.boxes["far"]
    feet = sorted(placed.ends[name][1][1] for name in ("x0", "x1", "x2", "long"))
    assert top <= feet[0]
    assert feet[-1] <= top + height
    assert min(b - a for a, b in pairwise(feet)) >= 19


# ── Files ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", FORMATS["network"])
def test_each_format_is_written_the_same_each_time(mini: Project, tmp_path: Path, form: str) -> None:
    signs = {".svg": b"<svg ", ".png": b"\x89PNG", ".csv": b"tie,tie_label,who,", ".dot": b"digraph ", ".mmd": b"---\n"}
    contents = []
    for number in range(2):
        path = tmp_path / f"network{number}{form}"
        assert run_draw(mini, Wish("network", "tafel-wonen", DAY.isoformat()), "nl", path, StringIO()) == 0
        contents.append(path.read_bytes())
    assert contents[0] == contents[1]
    assert contents[0].startswith(signs.get(form, b"<?xml"))


def test_other_programs_read_the_same_network(ties: Ties, mini: Project, mini_labels: Labels, tmp_path: Path) -> None:
    ego = pick_ego(ties, ID + "body/tafel-wonen")
    path = tmp_path / "network.graphml"
    run_draw(mini, Wish("network", "tafel-wonen", DAY.isoformat()), "nl", path, StringIO())
    read = nx.read_graphml(BytesIO(path.read_bytes()), force_multigraph=True)
    named = name_ego(ego, mini_labels, "nl")
    assert set(read.nodes) == set(named.nodes) == {f"{kind_of(iri)}/{slug_of(iri)}" for iri in ego.things}
    assert read.number_of_edges() == len(ego.ties)
    assert {data["label"] for _, data in read.nodes(data=True)} >= {"Tafel Wonen", "E. Smit"}


def test_table_holds_the_evidence(mini: Project, tmp_path: Path) -> None:
    path = tmp_path / "network.csv"
    run_draw(mini, Wish("network", "tafel-wonen", DAY.isoformat()), "nl", path, StringIO())
    rows = list(csv.DictReader(StringIO(path.read_text(encoding="utf-8"))))
    absent = [row for row in rows if row["held"] == "false"]
    assert [(row["party"], row["lines"], row["fragment"]) for row in absent] == [("gemeente-waterhorst", "27", "x")]


@pytest.mark.parametrize(
    ("entity", "error", "what"),
    [
        (None, UsageError, "draw network NAME"),
        ("zzzzqqq", NotFoundError, "zzzzqqq"),
        ("network/regio-voorbeeld", NotFoundError, "regio-voorbeeld"),
        (ID + "document/2021-03-raadsrapport", NotFoundError, "raadsrapport"),
    ],
)
def test_wrong_name_is_one_clear_line(
    mini: Project, tmp_path: Path, entity: str | None, error: type[Exception], what: str
) -> None:
    with pytest.raises(error, match=what) as caught:
        run_draw(mini, Wish("network", entity), "en", tmp_path / "x.svg", StringIO())
    assert "\n" not in str(caught.value)
