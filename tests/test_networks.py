"""The governance network of a day, its text twin, and what other programs read of it."""

from datetime import date
from io import BytesIO

import networkx as nx
import pytest
from pyoxigraph import RdfFormat, Store

from rzgraph.diagrams.engine import run_engine
from rzgraph.diagrams.exchange import name_network, write_dot, write_gexf, write_graphml, write_mermaid
from rzgraph.diagrams.networks import Governance, build_governance, find_earlier, find_line_above, group_bodies
from rzgraph.labels import Labels
from rzgraph.namespaces import slug_of
from rzgraph.queries import Answer
from rzgraph.settings import Project

EARLY, LATE = date(2022, 3, 1), date(2025, 6, 1)
REAL_DAYS = [date(2022, 1, 10), date(2023, 9, 30), date(2024, 4, 30), date(2025, 7, 31)]

STANDING = """
PREFIX rz: <https://w3id.org/rzgraph/ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT DISTINCT ?body WHERE {{
  ?body a rz:Body ; rz:hasStanding [ rz:standing ?standing ; rz:from ?from ; rz:until ?until ] .
  FILTER(?from <= "{day}"^^xsd:date && ?until >= "{day}"^^xsd:date)
  FILTER(?standing IN ({standings}))
}}
"""


def bodies_on(store: Store, day: date, *standings: str) -> set[str]:
    """The bodies with one of some standings on a day, asked without the code under test."""
    query = STANDING.format(day=day, standings=", ".join(standings))
    return {row["body"].value for row in store.query(query, use_default_graph_as_union=True)}


@pytest.fixture(scope="module")
def early(mini_store: Store, mini: Project) -> Governance:
    return build_governance(mini_store, mini, EARLY)


@pytest.fixture(scope="module")
def late(mini_store: Store, mini: Project) -> Governance:
    return build_governance(mini_store, mini, LATE)


def relations(governance: Governance) -> set[tuple[str, str, str]]:
    return {(slug_of(a), slug_of(relation), slug_of(b)) for a, b, relation in governance.graph.edges(keys=True)}


def column(answer: Answer, name: str) -> list[str]:
    return [row[name].value if row[name] is not None else "" for row in answer.rows]


# ── What stands, and how it hangs together ─────────────────────────────────


@pytest.mark.parametrize("day", REAL_DAYS, ids=str)
def test_network_holds_exactly_the_bodies_that_stand(store: Store, project: Project, day: date) -> None:
    governance = build_governance(store, project, day)
    assert set(governance.graph) == bodies_on(store, day, "rz:confirmed", "rz:last-known")
    assert set(governance.later) == bodies_on(store, day, "rz:later-known")
    assert len(governance.graph) > 20


def test_relations_join_bodies_that_both_stand(early: Governance) -> None:
    assert {
        ("tafel-wonen", "advises", "stuurgroep-voorbeeld"),
        ("tafel-energie", "advises", "stuurgroep-voorbeeld"),
        ("regiobureau", "prepares-for", "stuurgroep-voorbeeld"),
    } <= relations(early)
    assert not any(relation == "in-line" for _, relation, _ in relations(early))


def test_relation_of_a_later_governance_is_not_drawn_before(early: Governance, late: Governance) -> None:
    drawn_under = ("board-wonen", "drawn-under", "dagelijks-bestuur")
    assert drawn_under in relations(late)
    assert drawn_under not in relations(early)


def test_relation_says_whether_it_is_stated_or_derived(late: Governance) -> None:
    basis = {
        slug_of(relation): slug_of(data["basis"]) for _, _, relation, data in late.graph.edges(keys=True, data=True)
    }
    assert basis["drawn-under"] == "derived"
    assert basis["prepares-for"] == "stated"


def test_body_that_is_advised_is_drawn_above(early: Governance) -> None:
    above = {
        slug_of(data["above"])
        for *_, relation, data in early.graph.edges(keys=True, data=True)
        if "advises" in relation
    }
    assert above == {"stuurgroep-voorbeeld"}


def test_relations_both_ways_agree_on_what_is_above(store: Store, project: Project) -> None:
    graph = build_governance(store, project, date(2022, 1, 10)).graph
    pairs = [(a, b) for a, b in graph.edges() if graph.has_edge(b, a)]
    assert pairs
    for a, b in pairs:
        ends = [data["above"] for x, y in ((a, b), (b, a)) for data in graph[x][y].values()]
        assert len(set(ends)) == 1


def test_line_of_a_body_comes_from_its_relations_of_the_day(
    mini_store: Store, mini: Project, early: Governance
) -> None:
    wonen = next(iri for iri in early.graph if slug_of(iri) == "tafel-wonen")
    lines = [
        slug_of(build_governance(mini_store, mini, day).graph.nodes[wonen]["line"]) for day in (EARLY, date(2023, 1, 1))
    ]
    assert lines == ["", "regional-tasks"]


TWO_LINES = """
@prefix rz: <https://w3id.org/rzgraph/ns#> .
@prefix body: <https://w3id.org/rzgraph/id/body/> .
@prefix kind: <https://w3id.org/rzgraph/id/kind/> .
@prefix line: <https://w3id.org/rzgraph/id/line/> .
@prefix relation: <https://w3id.org/rzgraph/id/relation/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
[] rz:basis rz:stated ; rz:lines "1" ; rz:fragment "x" ; prov:wasQuotedFrom <urn:document> ; a rz:ExistenceClaim ;
    rz:entity body:table .
body:table a rz:Body ; rz:kind kind:board ; rz:firstAttested "2020" ; rz:lastAttested "2024" ; rz:hasStanding _:known .
_:known rz:standing rz:last-known ; rz:from "2020-01-01"^^xsd:date ; rz:until "9999-12-31"^^xsd:date .
_:claim rz:basis rz:stated ; rz:lines "2" ; rz:fragment "y" ; prov:wasQuotedFrom <urn:document> .
_:old a rz:BodyRelation ; rz:fromBody body:table ; rz:relation relation:in-line ; rz:line line:councils ;
    rz:firstAttested "2020" ; rz:lastAttested "2020" ; rz:supportedBy _:claim ; rz:hasStanding _:known .
_:new a rz:BodyRelation ; rz:fromBody body:table ; rz:relation relation:in-line ; rz:line line:positioning ;
    rz:firstAttested "2024" ; rz:lastAttested "2024" ; rz:supportedBy _:claim ; rz:hasStanding _:known .
"""


def test_of_two_lines_the_one_attested_last_counts(mini: Project) -> None:
    store = Store()
    store.load(TWO_LINES.encode(), RdfFormat.TURTLE)
    governance = build_governance(store, mini, LATE)
    assert [slug_of(data["line"]) for _, data in governance.graph.nodes(data=True)] == ["positioning"]
    assert {slug_of(iri) for iri in column(governance.twin, "line")} == {"positioning"}


def test_bodies_are_grouped_by_line_with_the_governing_first(store: Store, project: Project) -> None:
    governance = build_governance(store, project, date(2024, 4, 30))
    groups = group_bodies(governance)
    assert sorted(iri for bodies in groups.values() for iri in bodies) == sorted(governance.graph)
    assert slug_of(next(iter(groups))) == "governing-bodies"
    assert list(groups)[-1] == ""


def test_body_that_the_last_evidence_does_not_name_is_earlier(store: Store, project: Project) -> None:
    newest, earlier = find_earlier(build_governance(store, project, date(2025, 7, 31)))
    assert newest is not None
    assert str(newest.earliest) == "2025-07-01"
    slugs = {slug_of(iri) for iri in earlier}
    assert "regiegroep" in slugs
    assert not {"algemeen-bestuur", "board-arbeidsmarkt"} & slugs


def test_confirmed_body_is_never_earlier(store: Store, project: Project) -> None:
    for day in REAL_DAYS:
        governance = build_governance(store, project, day)
        _, earlier = find_earlier(governance)
        assert {slug_of(governance.graph.nodes[iri]["standing"]) for iri in earlier} <= {"last-known"}


def test_body_without_line_is_placed_by_the_line_it_hangs_from(store: Store, project: Project) -> None:
    governance = build_governance(store, project, date(2022, 1, 10))
    by_slug = {slug_of(iri): iri for iri in governance.graph}
    assert slug_of(find_line_above(governance, by_slug["regiobureau"]) or "") == "governing-bodies"
    assert find_line_above(governance, by_slug["po-economie"]) is None


def test_internal_bodies_can_be_left_out(store: Store, project: Project) -> None:
    whole = build_governance(store, project, date(2022, 1, 10))
    regional = build_governance(store, project, date(2022, 1, 10), internal=False)
    left_out = {slug_of(iri) for iri in set(whole.graph) - set(regional.graph)}
    assert {"bloemblaadjesoverleg-dalfsen", "themacommissie-regionale-samenwerking"} <= left_out
    assert "regiegroep" not in left_out
    assert not left_out & {slug_of(iri) for iri in column(regional.twin, "body")}


# ── The text twin ──────────────────────────────────────────────────────────


@pytest.mark.parametrize("day", REAL_DAYS, ids=str)
def test_twin_names_every_body_and_relation_of_the_drawing(store: Store, project: Project, day: date) -> None:
    governance = build_governance(store, project, day)
    assert set(column(governance.twin, "body")) == set(governance.graph) | set(governance.later)
    said = {
        (row["body"].value, row["to_body"].value, row["relation"].value)
        for row in governance.twin.rows
        if row["relation"] is not None and row["to_body"] is not None
    }
    assert set(governance.graph.edges(keys=True)) <= said


def test_every_row_of_the_twin_has_its_evidence(late: Governance) -> None:
    assert late.twin.rows
    for name in ("standing", "first_attested", "last_attested", "claim", "basis", "document", "lines", "fragment"):
        assert all(column(late.twin, name)), name


def test_body_known_only_from_later_is_in_the_twin_alone(early: Governance) -> None:
    later = {slug_of(iri) for iri in early.later}
    assert later
    standing = dict(zip(column(early.twin, "body"), column(early.twin, "standing"), strict=True))
    assert {slug_of(standing[iri]) for iri in early.later} == {"later-known"}
    assert not later & {slug_of(iri) for iri in early.graph}


# ── Other programs ─────────────────────────────────────────────────────────


def test_graphml_and_gexf_are_read_back_whole(early: Governance, mini_labels: Labels) -> None:
    graph = name_network(early, mini_labels, "nl")
    for read, written in ((nx.read_graphml, write_graphml(graph)), (nx.read_gexf, write_gexf(graph))):
        back = read(BytesIO(written))
        assert set(back) == {slug_of(iri) for iri in early.graph}
        assert back.number_of_edges() == early.graph.number_of_edges()
        assert back.nodes["tafel-wonen"]["label"] == "Tafel Wonen"
        assert b"lastmodifieddate" not in written


def test_networks_for_other_programs_are_the_same_each_time(early: Governance, mini_labels: Labels) -> None:
    graphs = [name_network(early, mini_labels, "en") for _ in range(2)]
    assert write_graphml(graphs[0]) == write_graphml(graphs[1])
    assert write_gexf(graphs[0]) == write_gexf(graphs[1])


HOSTILE = 'x"]; a -> b [label="<b>&amp;\\N\n]|end\nsubgraph'


def hostile_labels(governance: Governance) -> Labels:
    return Labels({iri: {"nl": HOSTILE} for iri in governance.graph})


def test_dot_takes_any_label_as_text(early: Governance) -> None:
    dot = write_dot(early, hostile_labels(early), "nl", HOSTILE)
    (graph,) = run_engine(dot)
    nodes = [thing for thing in graph["objects"] if "pos" in thing]
    assert {node["name"] for node in nodes} == {slug_of(iri) for iri in early.graph}
    for node in nodes:
        shown = " ".join(step["text"] for step in node["_ldraw_"] if step["op"] == "T")
        # The engine doubles backslashes in what it reports.
        assert shown.replace("\\\\", "\\") == " ".join(HOSTILE.split())


def test_mermaid_takes_any_label_as_text(early: Governance) -> None:
    text = write_mermaid(early, hostile_labels(early), "nl", HOSTILE)
    boxes = [line for line in text.split("\n") if line.strip().startswith("b") and '["' in line]
    assert len(boxes) == len(early.graph)
    assert all(line.endswith('"]') and line.count('"') == 2 and "<" not in line for line in boxes)


# ── What is not named of late ───────────────────────────────────────────────


def test_bodies_not_named_of_late_are_told_from_those_of_the_last_report(store: Store, project: Project) -> None:
    newest, earlier = find_earlier(build_governance(store, project, date(2025, 7, 31)))
    names = {slug_of(iri) for iri in earlier}
    assert newest is not None
    assert newest.earliest == date(2025, 7, 1)
    assert {"regiegroep", "tafel-energie", "regiobestuur"} <= names
    assert not names & {"algemeen-bestuur", "dagelijks-bestuur", "pho-economie", "regiobureau"}


def test_on_the_day_of_a_report_hardly_anything_is_earlier(store: Store, project: Project) -> None:
    _, earlier = find_earlier(build_governance(store, project, date(2022, 1, 10)))
    assert {slug_of(iri) for iri in earlier} <= {"raadscommissie-dalfsen", "bo-verstedelijkingsstrategieen"}


def test_without_bodies_nothing_is_earlier(mini_store: Store, mini: Project) -> None:
    assert find_earlier(build_governance(mini_store, mini, date(1990, 1, 1))) == (None, set())
