"""What is around one person, party or body, in the formats of other tools: Graphviz DOT, Mermaid, GraphML and GEXF.

Nodes carry their kind and slug as identifier and their name in the asked language.
"""

import json
from collections.abc import Callable
from textwrap import fill

import networkx as nx

from rzgraph.diagrams.engine import quote
from rzgraph.diagrams.exchange import quote_mermaid, write_gexf, write_graphml
from rzgraph.diagrams.ties import Ego
from rzgraph.labels import Labels
from rzgraph.messages import message
from rzgraph.namespaces import kind_of, slug_of

_WRAP = 24  # letters in a line of a DOT label


def name_ego(ego: Ego, labels: Labels, lang: str) -> "nx.MultiDiGraph[str]":
    """Return the network around a thing with names in a language, for programs that read graphs."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri in ego.things:
        sort = slug_of(ego.kinds[iri]) if iri in ego.kinds else kind_of(iri)
        names = {"label": labels.label(iri, lang), "iri": iri, "type": kind_of(iri), "kind": sort}
        graph.add_node(_identify(iri), **names, centre=iri == ego.centre)
    for tie in ego.ties:
        behalf = labels.label(tie.behalf, lang) if tie.behalf else ""
        label = labels.label(tie.what, lang) if tie.what else message(f"draw.network-{tie.sort}", lang, party=behalf)
        graph.add_edge(
            _identify(tie.source),
            _identify(tie.target),
            f"{tie.sort} {slug_of(tie.what) if tie.what else ''} {slug_of(tie.behalf) if tie.behalf else ''}".strip(),
            label=label,
            tie=tie.sort,
            on_behalf_of=slug_of(tie.behalf) if tie.behalf else "",
            basis="derived" if tie.is_derived else "stated",
            standing=tie.standing,
        )
    return graph


def _identify(iri: str) -> str:
    return f"{kind_of(iri)}/{slug_of(iri)}"


def write_ego(ego: Ego, labels: Labels, lang: str, title: str, form: str) -> bytes:
    """Return the network around a thing in a format.

    Parameters
    ----------
    title
        The words above it.
    form
        ``.dot``, ``.mmd``, ``.graphml`` or ``.gexf``.
    """
    return write_network(name_ego(ego, labels, lang), title, form)


def write_network(graph: "nx.MultiDiGraph[str]", title: str, form: str) -> bytes:
    """Return a network in a format.

    Parameters
    ----------
    graph
        Nodes with ``label``, ``type`` and ``centre``; edges with ``label``, ``basis`` and ``standing``.
    title
        The words above it.
    form
        ``.dot``, ``.mmd``, ``.graphml`` or ``.gexf``.
    """
    if form in (".graphml", ".gexf"):
        return write_graphml(graph) if form == ".graphml" else write_gexf(graph)
    write: Callable[[nx.MultiDiGraph[str], str], str] = _write_dot if form == ".dot" else _write_mermaid
    return write(graph, title).encode()


def _is_faint(data: dict[str, str]) -> bool:
    return data["basis"] == "derived" or data["standing"] != "confirmed"


def _write_dot(graph: "nx.MultiDiGraph[str]", title: str) -> str:
    dot = [
        "digraph network {",
        f'  graph [rankdir=LR fontname="DejaVu Sans" label={quote(title)} labelloc=t];',
        '  node [shape=box fontname="DejaVu Sans"];',
        '  edge [fontname="DejaVu Sans"];',
    ]
    for name, data in graph.nodes(data=True):
        style = ' style="bold"' if data["centre"] else ' style="rounded"' if data["type"] == "person" else ""
        dot.append(f"  {quote(name)} [label={quote(fill(data['label'], _WRAP))}{style}];")
    for source, target, data in graph.edges(data=True):
        style = " style=dashed" if _is_faint(data) else ""
        dot.append(f"  {quote(source)} -> {quote(target)} [label={quote(data['label'])}{style}];")
    return "\n".join([*dot, "}"]) + "\n"


def _write_mermaid(graph: "nx.MultiDiGraph[str]", title: str) -> str:
    number = {name: f"n{place}" for place, name in enumerate(graph, start=1)}
    lines = ["---", f"title: {json.dumps(title, ensure_ascii=False)}", "---", "flowchart LR"]
    lines += [f"  {number[name]}[{quote_mermaid(data['label'])}]" for name, data in graph.nodes(data=True)]
    for source, target, data in graph.edges(data=True):
        arrow = "-.->" if _is_faint(data) else "-->"
        lines.append(f"  {number[source]} {arrow}|{quote_mermaid(data['label'])}| {number[target]}")
    return "\n".join(lines) + "\n"
