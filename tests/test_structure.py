"""What programmes are made up of, as trees and as a drawing."""

from datetime import date
from html import unescape

import pytest
from pyoxigraph import Literal, NamedNode, Store

from rzgraph.diagrams.structure import draw_structure, write_structure
from rzgraph.diagrams.trees import Claims, build_trees, read_claims
from rzgraph.labels import Labels, load_labels
from rzgraph.queries import Row
from rzgraph.settings import Project

NS, ID = "https://w3id.org/rzgraph/ns#", "https://w3id.org/rzgraph/id/"
ISSUED = [(f"{ID}document/one", "2021"), (f"{ID}document/two", "2023")]


def programme(slug: str) -> str:
    return f"{ID}programme/{slug}"


def claim(slug: str, whole: str = "", document: str = "one", status: str = "", basis: str = "stated") -> Row:
    return {
        "programme": NamedNode(programme(slug)),
        "whole": NamedNode(programme(whole)) if whole else None,
        "kind": None,
        "status": NamedNode(f"{ID}status/{status}") if status else None,
        "name": Literal(slug),
        "claim": NamedNode(f"{ID}claim/{document}.{slug}"),
        "basis": NamedNode(NS + basis),
        "document": NamedNode(f"{ID}document/{document}"),
        "lines": Literal("1"),
        "fragment": Literal(slug),
    }


def outline(*rows: Row, root: str = "") -> list[str]:
    trees = build_trees(Claims(list(rows), ISSUED), programme(root) if root else "")
    return ["." * branch.depth + branch.programme.rpartition("/")[2] for branch in trees.branches]


def test_parts_stand_under_their_whole_in_the_order_of_the_document() -> None:
    assert outline(claim("b", "a"), claim("c", "a"), claim("d", "b")) == ["a", ".b", "..d", ".c"]


def test_programme_in_two_wholes_stands_under_both_with_its_parts_under_the_first() -> None:
    assert outline(claim("c", "a"), claim("c", "b"), claim("d", "c")) == ["a", ".c", "..d", "b", ".c"]
    trees = build_trees(Claims([claim("c", "a"), claim("c", "b"), claim("d", "c")], ISSUED))
    assert [branch.is_elsewhere for branch in trees.branches] == [False, False, False, False, True]


def test_circle_is_drawn_once_and_ends() -> None:
    assert outline(claim("b", "a"), claim("a", "b")) == ["a", ".b"]


def test_programme_that_is_its_own_whole_is_left_alone() -> None:
    assert outline(claim("a", "a")) == []


def test_programme_in_no_whole_is_listed_apart() -> None:
    trees = build_trees(Claims([claim("b", "a"), claim("z")], ISSUED))
    assert trees.loose == (programme("z"),)


def test_tree_of_one_programme_leaves_out_all_others() -> None:
    rows = claim("b", "a"), claim("c", "b"), claim("z", "y")
    assert outline(*rows, root="b") == ["b", ".c"]
    twin = build_trees(Claims(list(rows), ISSUED), programme("b")).twin
    assert {row["programme"] for row in twin.rows} == {NamedNode(programme("b")), NamedNode(programme("c"))}


def test_document_that_names_without_placing_is_told_from_one_that_places() -> None:
    rows = [claim("b", "a", status="paused"), claim("b", document="two"), claim("b", "a", "two", basis="derived")]
    (branch,) = [b for b in build_trees(Claims(rows[:2], ISSUED)).branches if b.depth]
    assert [said.is_placed for said in branch.said.values()] == [True, False]
    (branch,) = [b for b in build_trees(Claims(rows, ISSUED)).branches if b.depth]
    assert [said.is_derived for said in branch.said.values()] == [False, True]
    assert branch.said[f"{ID}document/one"].statuses == (f"{ID}status/paused",)


@pytest.fixture(scope="module")
def claims(store: Store, project: Project) -> Claims:
    return read_claims(store, project, date(2025, 7, 31))


def test_documents_after_the_day_are_not_read(store: Store, project: Project) -> None:
    assert len(read_claims(store, project, date(2022, 1, 31)).documents) == 1


def test_drawing_names_every_programme_once_or_more(claims: Claims, project: Project, labels: Labels) -> None:
    drawing = draw_structure(claims, project, labels, date(2025, 7, 31), "nl")
    words = unescape(drawing.svg)
    for iri in {branch.programme for branch in build_trees(claims).branches}:
        assert f"<title>{labels.label(iri, 'nl')} (" in words
    assert len(drawing.rows.rows) == len(claims.rows)


def test_drawing_is_the_same_twice_and_in_both_languages_another(
    claims: Claims, project: Project, labels: Labels
) -> None:
    day = date(2025, 7, 31)
    first, second = (draw_structure(claims, project, labels, day, "nl").svg for _ in range(2))
    assert first == second
    assert "made up of" not in first
    assert draw_structure(claims, project, labels, day, "en").svg != first


def test_hostile_name_is_escaped(project: Project) -> None:
    hostile = Labels({programme("a"): {"nl": "<script>&"}})
    svg = draw_structure(Claims([claim("b", "a")], ISSUED), project, hostile, date(2025, 1, 1), "nl").svg
    assert "<script" not in svg
    assert "&lt;script&gt;&amp;" in svg


@pytest.mark.parametrize("form", [".dot", ".mmd", ".graphml", ".gexf"])
def test_other_tools_get_an_edge_from_a_whole_to_each_part(form: str) -> None:
    trees = build_trees(Claims([claim("b", "a"), claim("c", "a", basis="derived")], ISSUED))
    text = write_structure(trees, Labels({}), "en", "title", form).decode()
    assert text.count("made up of") == 2


def test_mini_region_has_a_tree(mini_store: Store, mini: Project) -> None:
    trees = build_trees(read_claims(mini_store, mini, date(2025, 1, 1)))
    svg = draw_structure(
        read_claims(mini_store, mini, date(2025, 1, 1)), mini, load_labels(mini_store), date(2025, 1, 1), "nl"
    ).svg
    assert trees.branches
    assert "<svg" in svg
