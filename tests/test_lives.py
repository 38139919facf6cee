"""The life lines: stated begins and ends are hard edges, unknown ones stay open, an arrow only where a text says so."""

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
from rzgraph.diagrams.lives import Life, Lives, build_lives
from rzgraph.diagrams.scale import make_scale
from rzgraph.diagrams.template import Drawing
from rzgraph.diagrams.timeline import draw_lives
from rzgraph.errors import UsageError
from rzgraph.labels import Labels
from rzgraph.namespaces import slug_of
from rzgraph.settings import Project

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def lives(mini_store: Store, mini: Project) -> Lives:
    return build_lives(mini_store, mini)


@pytest.fixture(scope="module")
def drawing(mini_store: Store, mini: Project, mini_labels: Labels) -> Drawing:
    return draw_lives(mini_store, mini, mini_labels, "nl", link=lambda iri: f"{slug_of(iri)}.html")


def life(lives: Lives, slug: str) -> Life:
    return next(life for life in lives.everyone if slug_of(life.body) == slug)


def row(drawing: Drawing, slug: str) -> ElementTree.Element:
    """What is drawn of one body."""
    root = ElementTree.fromstring(drawing.svg)
    return next(group for group in root.iter(f"{SVG}g") if group.get("id", "").endswith(f"-{slug}"))


def fills(group: ElementTree.Element) -> list[str]:
    """How the parts of a bar are filled."""
    return [rect.get("fill", "") for rect in group.findall(f"{SVG}rect")]


# ── True to the documents ──────────────────────────────────────────────────


def test_begin_and_end_are_those_that_are_stated(lives: Lives) -> None:
    stated = {slug_of(each.body): (each.has_begin, each.has_end) for each in lives.everyone}
    assert stated["stuurgroep-voorbeeld"] == (True, True)  # from 2019 up to and including 2023
    assert stated["werkatelier-wonen"] == (False, True)  # stopped in the spring of 2022
    assert stated["algemeen-bestuur"] == (True, False)  # from 1 January 2024
    assert stated["regiobureau"] == (False, False)


def test_every_document_attests_a_body_once_per_day_it_speaks_of(lives: Lives) -> None:
    found = [(slug_of(each.document), each.attested) for each in life(lives, "tafel-energie").attestations]
    assert found == [
        ("2021-03-raadsrapport", "2021-03-15"),
        ("2022-10-halfjaarbericht", "2022-09-01"),
        ("2022-10-halfjaarbericht", "2022-10"),
    ]


def test_change_has_two_bodies_only_where_the_text_names_both(lives: Lives) -> None:
    pairs = {(slug_of(c.from_body), slug_of(c.to_body)) for c in lives.changes if c.from_body and c.to_body}
    assert pairs == {("stuurgroep-voorbeeld", "algemeen-bestuur"), ("regiobureau", "netwerkbureau")}
    assert {c.is_done for c in lives.changes if slug_of(c.to_body or "x") == "netwerkbureau"} == {False}


def test_body_that_is_only_proposed_has_a_line_without_a_life(lives: Lives) -> None:
    planned = life(lives, "netwerkbureau")
    assert (planned.periods, planned.attestations) == ((), ())


def test_what_a_body_became_stands_right_below_it(lives: Lives) -> None:
    order = [slug_of(each.body) for each in lives.everyone]
    assert order.index("algemeen-bestuur") == order.index("stuurgroep-voorbeeld") + 1


def test_lives_are_grouped_by_line_those_without_one_last(lives: Lives) -> None:
    assert [slug_of(line) if line else "" for line in lives.by_line] == ["regional-tasks", "councils", ""]


def test_twin_bears_every_stated_begin_and_end(store: Store, project: Project) -> None:
    query = """
        PREFIX rz: <https://w3id.org/rzgraph/ns#>
        SELECT ?claim WHERE { ?claim a rz:ExistenceClaim ; rz:entity ?e ; rz:begin|rz:end ?t . ?e a rz:Body }
    """
    stated = {solution["claim"].value for solution in store.query(query, use_default_graph_as_union=True)}
    twin = build_lives(store, project).twin
    assert len(stated) > 5
    assert stated <= {row["claim"].value for row in twin.rows}  # type: ignore[union-attr]
    assert all(row["fragment"] is not None and row["lines"] is not None for row in twin.rows)


# ── Drawn ──────────────────────────────────────────────────────────────────


def test_unknown_ends_fade_and_stated_ones_are_hard(drawing: Drawing) -> None:
    office, group = row(drawing, "regiobureau"), row(drawing, "stuurgroep-voorbeeld")
    assert [fill for fill in fills(office) if "fade" in fill] != []
    assert office.findall(f"{SVG}path[@class='drawing-edge']") == []
    assert [fill for fill in fills(group) if "fade" in fill] == []
    assert len(group.findall(f"{SVG}path[@class='drawing-edge']")) == 2


def test_body_with_a_stated_end_alone_fades_on_the_other_side(drawing: Drawing) -> None:
    workshop = row(drawing, "werkatelier-wonen")
    assert [fill.rpartition("fade-")[2] for fill in fills(workshop) if "fade" in fill] == ["left)"]
    assert len(workshop.findall(f"{SVG}path[@class='drawing-edge']")) == 1


def test_arrows_are_drawn_for_stated_changes_alone(drawing: Drawing) -> None:
    root = ElementTree.fromstring(drawing.svg)
    arrows = [group for group in root.findall(f"{SVG}g") if group.get("class") == "drawing-link"]
    titles = sorted(next(arrow.iter(f"{SVG}title")).text or "" for arrow in arrows)
    assert len(titles) == 2
    assert titles[0].startswith("Van Regiobureau naar Netwerkbureau.")
    assert titles[1].startswith("Van Stuurgroep Voorbeeld naar Algemeen Bestuur.")
    dashed = {bool(arrow.find(f"{SVG}path").get("stroke-dasharray")) for arrow in arrows}  # type: ignore[union-attr]
    assert dashed == {True, False}


def test_day_is_marked_when_asked(mini_store: Store, mini: Project, mini_labels: Labels, drawing: Drawing) -> None:
    marked = draw_lives(mini_store, mini, mini_labels, "nl", date(2023, 1, 1))
    assert "1 januari 2023" in marked.svg
    assert "drawing-day" not in drawing.svg


def test_time_runs_on_and_is_narrower_before_the_documents(store: Store, project: Project) -> None:
    scale = make_scale(build_lives(store, project))
    places = [scale.place(day) for day in (date(2013, 6, 1), date(2018, 1, 1), date(2021, 1, 1), date(2025, 7, 1))]
    assert places == sorted(set(places))
    years = {year: scale.place(date(year + 1, 1, 1)) - scale.place(date(year, 1, 1)) for year in (2019, 2022)}
    assert scale.turn == 2021
    assert years[2019] < years[2022]


def test_real_lives_are_all_there_each_with_its_page(store: Store, project: Project, labels: Labels) -> None:
    drawn = draw_lives(store, project, labels, "en", link=lambda iri: f"{slug_of(iri)}.html")
    root = ElementTree.fromstring(drawn.svg)
    query = "PREFIX rz: <https://w3id.org/rzgraph/ns#> SELECT DISTINCT ?b WHERE { ?b a rz:Body ; rz:supportedBy ?c }"
    bodies = {slug_of(row["b"].value) for row in store.query(query, use_default_graph_as_union=True)}
    assert len(bodies) > 60
    assert {f"{slug}.html" for slug in bodies} <= {link.get("href") for link in root.iter(f"{SVG}a")}
    ids = re.findall(r'\sid="([^"]*)"', drawn.svg)
    assert len(ids) == len(set(ids))
    assert float(root.get("width", "0")) <= 1230


def test_rows_do_not_lie_on_each_other(drawing: Drawing) -> None:
    root = ElementTree.fromstring(drawing.svg)
    feet = [
        float(group.find(f"{SVG}text//{SVG}tspan").get("y", "0"))  # type: ignore[union-attr]
        for group in root.iter(f"{SVG}g")
        if group.get("class") == "drawing-life" and group.find(f"{SVG}text") is not None
    ]
    assert all(b - a >= 20 for a, b in pairwise(feet))


def test_address_that_runs_code_is_left_out(mini_store: Store, mini: Project, mini_labels: Labels) -> None:
    drawn = draw_lives(mini_store, mini, mini_labels, "nl", link=lambda _: "javascript:alert(1)")
    assert "javascript" not in drawn.svg


# ── Files ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", FORMATS["lives"])
def test_each_format_is_written_the_same_each_time(mini: Project, tmp_path: Path, form: str) -> None:
    signs = {".svg": b"<svg ", ".png": b"\x89PNG", ".csv": b"body,body_label,line,"}
    contents = []
    for number in range(2):
        path = tmp_path / f"lives{number}{form}"
        assert run_draw(mini, Wish("lives", at="2023-01-01"), "nl", path, StringIO()) == 0
        contents.append(path.read_bytes())
    assert contents[0] == contents[1]
    assert contents[0].startswith(signs[form])


def test_table_holds_bodies_and_changes(mini: Project, tmp_path: Path) -> None:
    path = tmp_path / "lives.csv"
    run_draw(mini, Wish("lives"), "en", path, StringIO())
    rows = list(csv.DictReader(StringIO(path.read_text(encoding="utf-8"))))
    became = [(row["from_body"], row["to_body"], row["kind"], row["lines"]) for row in rows if row["from_body"]]
    assert ("stuurgroep-voorbeeld", "algemeen-bestuur", "dissolved", "5-6") in became
    assert {row["end"] for row in rows if row["body"] == "werkatelier-wonen"} == {"", "2022-21"}


def test_format_of_networks_is_refused(mini: Project, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.svg \.png \.csv"):
        run_draw(mini, Wish("lives"), "en", tmp_path / "lives.gexf", StringIO())
