"""Networks from edge lists: the queries of ``queries/networks`` as networkx graphs.

The governance network of a day has a node per body and an edge per relation between two bodies. Its nodes are what
stands on that day, confirmed or last known; bodies known only from later are kept for the text twin.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import networkx as nx
from pyoxigraph import Literal, NamedNode, Store

from rzgraph.dates import Bounds, read_edtf
from rzgraph.namespaces import rz, term
from rzgraph.queries import Answer, Row, Term, read_question, run_question
from rzgraph.settings import Project

#: A body that is drawn has one of these standings.
DRAWN = (rz("confirmed"), rz("last-known"))
#: The columns of the text twin: a body, its line, its relations, and the evidence of each row.
TWIN = (
    *("body", "kind", "level", "line", "standing", "first_attested", "last_attested"),
    *("relation", "to_body", "relation_standing", "claim", "basis", "document", "lines", "fragment"),
)
_EVIDENCE = ("claim", "basis", "document", "lines", "fragment")


@dataclass(frozen=True)
class Governance:
    """The governance of a day.

    Attributes
    ----------
    at
        The day.
    graph
        The bodies that stand (IRI; attributes kind, level, line, standing, first_attested, last_attested) and their
        relations (key: the IRI of the relation; attributes above, basis, standing, last_attested).
    later
        The IRIs of bodies that are known only from later.
    tiers
        The lines in the order they are drawn, each with its tier: lower tiers stand above higher ones.
    twin
        The same in rows, with the evidence.
    """

    at: date
    graph: "nx.MultiDiGraph[str]"
    later: tuple[str, ...]
    tiers: Mapping[str, int]
    twin: Answer


def build_governance(store: Store, project: Project, at: date, internal: bool = True) -> Governance:
    """Return the governance network of a day.

    Parameters
    ----------
    store
        From `rzgraph.facts.open_store`.
    project
        The project whose queries are asked.
    at
        The day.
    internal
        Whether bodies inside one organisation, such as a council committee, take part.

    Raises
    ------
    InputError
        When a query cannot be run.
    """
    day = {"_at_date": Literal(at.isoformat(), datatype=term("xsd:date"))}
    nodes, edges, lines = (
        run_question(store, read_question(project.queries / "networks" / f"governance-{name}.rq"), bindings).rows
        for name, bindings in (("nodes", day), ("edges", day), ("lines", {}))
    )
    nodes = [row for row in nodes if internal or row["organisation"] is None]
    line_of = {_iri(row["body"]): row["own_line"] for row in nodes}
    for row in reversed(edges):  # the first row, the best attested, has the last word
        if row["line"] is not None and _iri(row["body"]) in line_of:
            line_of[_iri(row["body"])] = row["line"]
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for row in nodes:
        if row["standing"] in DRAWN:
            graph.add_node(_iri(row["body"]), **_describe(row, line_of[_iri(row["body"])]))
    for row in edges:
        _add_relation(graph, row)
    _agree_above(graph)
    return Governance(
        at,
        graph,
        tuple(sorted({_iri(row["body"]) for row in nodes if row["standing"] not in DRAWN})),
        {_iri(row["line"]): int(_text(row["tier"])) for row in lines},
        Answer(TWIN, _list_twin(nodes, edges, line_of)),
    )


def _iri(value: Term | None) -> str:
    return value.value if isinstance(value, NamedNode) else ""


def _text(value: Term | None) -> str:
    return value.value if isinstance(value, NamedNode | Literal) else ""


def _describe(row: Row, line: Term | None) -> dict[str, str]:
    names = ("kind", "level", "standing", "first_attested", "last_attested")
    return {**{name: _text(row[name]) for name in names}, "line": _text(line)}


def _add_relation(graph: "nx.MultiDiGraph[str]", row: Row) -> None:
    """Add a relation between two bodies that stand; it counts as stated as soon as one claim states it."""
    source, target, relation = _iri(row["body"]), _iri(row["to_body"]), _iri(row["relation"])
    if source not in graph or target not in graph or source == target:
        return
    basis = _text(row["basis"])
    if graph.has_edge(source, target, relation):
        known = graph.edges[source, target, relation]
        known["basis"] = max(known["basis"], basis)  # by alphabet rz:stated comes after rz:derived
        return
    names = ("above", "standing", "last_attested")
    graph.add_edge(source, target, relation, basis=basis, **{name: _text(row[name]) for name in names})


def _agree_above(graph: "nx.MultiDiGraph[str]") -> None:
    """Let relations that run both ways between two bodies agree on which is drawn above; what is stated decides."""
    above: dict[frozenset[str], str] = {}
    edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3])
    for source, target, _, data in sorted(edges, key=lambda edge: edge[3]["basis"], reverse=True):
        data["above"] = above.setdefault(frozenset((source, target)), data["above"])


def _list_twin(nodes: list[Row], edges: list[Row], line_of: Mapping[str, Term | None]) -> list[Row]:
    """Return a row per body and relation with its evidence; a body without relations shows that it exists."""
    relations: dict[str, list[Row]] = {}
    for row in edges:
        relations.setdefault(_iri(row["body"]), []).append(row)
    bodies: dict[str, list[Row]] = {}
    for row in nodes:
        bodies.setdefault(_iri(row["body"]), []).append(row)
    rows: list[Row] = []
    for body, own in bodies.items():
        head: Row = {name: own[0].get(name) for name in TWIN} | {"line": line_of[body]}
        found = relations.get(body, []) if own[0]["standing"] in DRAWN else []
        for row in found or own:
            evidence = {name: row.get(name) for name in ("relation", "to_body", *_EVIDENCE)}
            rows.append(head | evidence | {"relation_standing": row["standing"] if found else None})
    return rows


def group_bodies(governance: Governance) -> dict[str, list[str]]:
    """Return the bodies that stand by line, in the order lines are drawn; those without a line under an empty text.

    Within a line the confirmed come first, then those attested last, then by name.
    """
    groups: dict[str, list[str]] = {line: [] for line in (*governance.tiers, "")}
    nodes = governance.graph.nodes
    for iri in sorted(sorted(nodes), key=lambda iri: nodes[iri]["last_attested"], reverse=True):
        groups.setdefault(nodes[iri]["line"], []).append(iri)
    return {line: sorted(bodies, key=lambda iri: nodes[iri]["standing"]) for line, bodies in groups.items() if bodies}


def find_earlier(governance: Governance) -> tuple[Bounds | None, set[str]]:
    """Return the date of the newest relation up to the day, and the bodies whose own last evidence lies before it.

    A short new report names a few bodies and says nothing of how they hang together: it does not make the structure
    of the last report that does a thing of the past.
    """
    nodes = governance.graph.nodes
    last = {iri: read_edtf(data["last_attested"]) for iri, data in nodes(data=True)}
    told = [read_edtf(data["last_attested"]) for *_, data in governance.graph.edges(data=True)] or list(last.values())
    past = [bounds for bounds in told if bounds.latest and bounds.latest <= governance.at]
    newest = max(past, key=lambda bounds: (bounds.latest, bounds.earliest), default=None)
    if newest is None or newest.earliest is None:
        return None, set()
    known = rz("last-known").value
    return newest, {
        iri
        for iri, bounds in last.items()
        if nodes[iri]["standing"] == known and bounds.latest and bounds.latest < newest.earliest
    }


def find_line_above(governance: Governance, body: str) -> str | None:
    """Return the line of the nearest body above a body: an empty text if none has one, None without relations."""
    graph = governance.graph
    if graph.degree(body) == 0:
        return None
    seen, found = {body}, [body]
    for iri in found:
        ends = {data["above"] for *_, data in [*graph.in_edges(iri, data=True), *graph.out_edges(iri, data=True)]}
        for above in sorted(ends - seen):
            if graph.nodes[above]["line"]:
                return str(graph.nodes[above]["line"])
            seen.add(above)
            found.append(above)
    return ""
