"""A governance network in the formats of other tools: Graphviz DOT, Mermaid, GraphML and GEXF.

Bodies carry their slug as identifier and their name in the asked language; nothing is stamped with a clock, so the same
network gives the same bytes.
"""

import json
import re
from io import BytesIO
from textwrap import fill
from xml.etree.ElementTree import ElementTree, indent

import networkx as nx

from rzgraph.diagrams.captions import title_of_line
from rzgraph.diagrams.engine import quote
from rzgraph.diagrams.networks import Governance, group_bodies
from rzgraph.labels import Labels
from rzgraph.namespaces import NS, slug_of

_WRAP = 24  # letters in a line of a DOT label


def name_network(governance: Governance, labels: Labels, lang: str) -> "nx.MultiDiGraph[str]":
    """Return the network with slugs as identifiers and names in a language, for programs that read graphs."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri, data in sorted(governance.graph.nodes(data=True)):
        named = {name: slug_of(data[name]) if data[name] else "" for name in ("kind", "level", "line", "standing")}
        attested = {name: data[name] for name in ("first_attested", "last_attested")}
        graph.add_node(slug_of(iri), label=labels.label(iri, lang), iri=iri, **named, **attested)
    for source, target, relation, data in sorted(governance.graph.edges(keys=True, data=True), key=lambda e: e[:3]):
        graph.add_edge(
            slug_of(source),
            slug_of(target),
            slug_of(relation),
            label=labels.label(relation, lang),
            relation=slug_of(relation),
            basis=slug_of(data["basis"]),
            standing=slug_of(data["standing"]),
        )
    return graph


def write_graphml(graph: "nx.MultiDiGraph[str]") -> bytes:
    """Return the network as GraphML."""
    head = '<?xml version="1.0" encoding="utf-8"?>'
    return "\n".join([head, *nx.generate_graphml(graph), ""]).encode()


def write_gexf(graph: "nx.MultiDiGraph[str]") -> bytes:
    """Return the network as GEXF 1.2, without the day and the version that networkx would stamp on it."""
    writer = nx.readwrite.gexf.GEXFWriter(version="1.2draft")
    writer.add_graph(graph)
    for element in writer.xml.iter("meta"):
        element.clear()
    indent(writer.xml)
    stream = BytesIO()
    ElementTree(writer.xml).write(stream, encoding="utf-8", xml_declaration=True)
    return stream.getvalue() + b"\n"


def write_dot(governance: Governance, labels: Labels, lang: str, title: str) -> str:
    """Return the network as DOT, a cluster per line, for any Graphviz."""
    dot = [
        "digraph governance {",
        f'  graph [rankdir=TB compound=true fontname="DejaVu Sans" label={quote(title)} labelloc=t];',
        '  node [shape=box fontname="DejaVu Sans"];',
        '  edge [fontname="DejaVu Sans"];',
    ]
    for line, bodies in group_bodies(governance).items():
        dot.append(f"  subgraph {quote('cluster_' + (slug_of(line) if line else 'none'))} {{")
        dot.append(f"    label={quote(title_of_line(line, labels, lang))};")
        for iri in bodies:
            style = " style=dashed" if governance.graph.nodes[iri]["standing"] == NS + "last-known" else ""
            dot.append(f"    {quote(slug_of(iri))} [label={quote(fill(labels.label(iri, lang), _WRAP))}{style}];")
        # What no relation places stands in two columns.
        loose = [quote(slug_of(iri)) for iri in bodies if governance.graph.degree(iri) == 0]
        dot += [f"    {above} -> {below} [style=invis];" for above, below in zip(loose, loose[2:], strict=False)]
        dot.append("  }")
    for source, target, relation, data in sorted(governance.graph.edges(keys=True, data=True), key=lambda e: e[:3]):
        upward = data["above"] == target
        above, below = (target, source) if upward else (source, target)
        style = " style=dashed" if data["basis"] == NS + "derived" else ""
        arrow = f"label={quote(labels.label(relation, lang))}{' dir=back' if upward else ''}{style}"
        dot.append(f"  {quote(slug_of(above))} -> {quote(slug_of(below))} [{arrow}];")
    return "\n".join([*dot, "}"]) + "\n"


def write_mermaid(governance: Governance, labels: Labels, lang: str, title: str) -> str:
    """Return the network as a Mermaid flowchart, a subgraph per line."""
    number = {iri: f"b{n}" for n, iri in enumerate(sorted(governance.graph), start=1)}
    lines = ["---", f"title: {json.dumps(title, ensure_ascii=False)}", "---", "flowchart TB"]
    for place, (line, bodies) in enumerate(group_bodies(governance).items(), start=1):
        lines.append(f"  subgraph l{place}[{quote_mermaid(title_of_line(line, labels, lang))}]")
        lines += [f"    {number[iri]}[{quote_mermaid(labels.label(iri, lang))}]" for iri in bodies]
        lines.append("  end")
    for source, target, relation, data in sorted(governance.graph.edges(keys=True, data=True), key=lambda e: e[:3]):
        arrow = "-.->" if data["basis"] == NS + "derived" else "-->"
        lines.append(f"  {number[source]} {arrow}|{quote_mermaid(labels.label(relation, lang))}| {number[target]}")
    dashed = [number[iri] for iri in number if governance.graph.nodes[iri]["standing"] == NS + "last-known"]
    if dashed:
        lines += ["  classDef lastknown stroke-dasharray: 6 4", f"  class {','.join(dashed)} lastknown"]
    return "\n".join(lines) + "\n"


def quote_mermaid(text: str) -> str:
    """Return a text in quotes, all but letters, digits and plain signs as Mermaid's numeric entities."""
    return '"' + re.sub(r"[^\w\s.,:()/&'-]|[&']", lambda sign: f"#{ord(sign[0])};", " ".join(text.split())) + '"'
