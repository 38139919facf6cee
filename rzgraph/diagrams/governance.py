"""The governance drawing of a day: which bodies stand, what stands above what, and the line each belongs to.

In goes the store and a day, out comes a drawing as SVG with its title, its description and its text twin: the same in
rows, with the evidence. Bodies that have ended or not yet begun are left out; those known only from later are in the
twin alone.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TextIO

from pyoxigraph import Store

from rzgraph.answers.parameters import read_day
from rzgraph.dates import format_day
from rzgraph.diagrams.boxes import Box, Panel
from rzgraph.diagrams.captions import BOX_WIDTH, DERIVED, LAST_KNOWN, caption_box, caption_links, title_of_line
from rzgraph.diagrams.exchange import name_network, write_dot, write_gexf, write_graphml, write_mermaid
from rzgraph.diagrams.networks import Governance, build_governance, find_earlier, find_line_above, group_bodies
from rzgraph.diagrams.pagefit import compose_page
from rzgraph.diagrams.raster import render_png
from rzgraph.diagrams.svg import Words, write_svg
from rzgraph.errors import InputError, UsageError
from rzgraph.facts import open_store
from rzgraph.labels import Labels, load_labels
from rzgraph.messages import message
from rzgraph.queries import Answer
from rzgraph.settings import Project

#: What can be drawn, and the formats it can be drawn in.
SUBJECTS = ("governance",)
FORMATS = (".svg", ".png", ".dot", ".mmd", ".graphml", ".gexf")

# The panel of bodies that have neither a line nor a relation, and that of bodies not named of late.
_LOOSE = "loose"
_EARLIER = "earlier"


@dataclass(frozen=True)
class Drawing:
    """A drawing and what stands for it where it cannot be seen.

    Attributes
    ----------
    svg
        The drawing; to be set in a page as it is.
    dot
        The same network for any Graphviz.
    rows
        The text twin: a row per body and relation, with the evidence.
    title, description
        What the drawing shows, in one line and in a few sentences.
    """

    svg: str
    dot: str
    rows: Answer
    title: str
    description: str


def draw_governance(
    store: Store,
    project: Project,
    labels: Labels,
    at: date,
    lang: str,
    link: Callable[[str], str | None] | None = None,
    internal: bool = True,
) -> Drawing:
    """Draw the bodies of a day, in a panel per governance line, and how they hang together.

    Parameters
    ----------
    store, project, labels
        The graph, the project whose queries and templates are used, and the names of things.
    at
        The day.
    lang
        ``nl`` or ``en``.
    link
        Gives the address of a thing's page, or None.
    internal
        Whether bodies inside one organisation take part.

    Raises
    ------
    InputError
        When the layout program is missing or fails, or a query cannot be run.
    """
    governance = build_governance(store, project, at, internal)
    prefix = f"governance-{at.isoformat()}-{lang}" + ("" if internal else "-regional")
    drawn = _leave_out_relations(governance)
    words = _choose_words(drawn, labels.label(project.network, lang), lang, prefix)
    boxes = {iri: caption_box(governance, iri, labels, lang, link) for iri in governance.graph}
    groups = _split_groups(governance)
    panel_of = {iri: name for name, (_, bodies) in groups.items() for iri in bodies}
    links, texts = caption_links(drawn, panel_of, labels, lang)
    panels, titles, tiers = [], {}, {}
    for name, (line, bodies) in groups.items():
        touching = tuple(each for each in links if name in (panel_of[each.above], panel_of[each.below[0]]))
        panels.append(Panel(name, tuple(Box(iri, BOX_WIDTH, boxes[iri].height) for iri in bodies), touching))
        titles[name] = _title_panel(governance, name, line, labels, lang)
        tiers[name] = governance.tiers.get(line, max(governance.tiers.values(), default=1)) + (name == _EARLIER)
    page = compose_page(panels, titles, tiers, [name for name, (line, _) in groups.items() if not line], lang)
    svg = write_svg(project.site / "templates" / "drawings", page, boxes, texts, words)
    dot = write_dot(governance, labels, lang, words.title)
    return Drawing(svg, dot, governance.twin, words.title, words.description)


def _split_groups(governance: Governance) -> dict[str, tuple[str, list[str]]]:
    """Return line and bodies of each panel; bodies without a line stand after the line they hang from, or last.

    What the last evidence up to the day does not name any more stands apart, so that the others show the day itself.
    """
    _, earlier = find_earlier(governance)
    named = {line: [iri for iri in bodies if iri not in earlier] for line, bodies in group_bodies(governance).items()}
    groups = {line: (line, bodies) for line, bodies in named.items() if bodies}
    _, homeless = groups.pop("", ("", []))
    near: dict[str, list[str]] = {}
    for iri in homeless:
        line = find_line_above(governance, iri)
        near.setdefault(_LOOSE if line is None else f"under {line}", []).append(iri)
    order = [name for line in (*groups, "") for name in (line, f"under {line}")] + [_LOOSE]
    groups |= {name: ("", bodies) for name, bodies in near.items()}
    if earlier:
        groups[_EARLIER] = (
            "",
            [iri for bodies in group_bodies(governance).values() for iri in bodies if iri in earlier],
        )
    return {name: groups[name] for name in (*order, _EARLIER) if name in groups}


def _leave_out_relations(governance: Governance) -> Governance:
    """Return the network without the relations of bodies that stand apart; those are in the text twin."""
    _, earlier = find_earlier(governance)
    graph = governance.graph.copy()
    graph.remove_edges_from([edge for edge in graph.edges(keys=True) if earlier & {edge[0], edge[1]}])
    return replace(governance, graph=graph)


def _title_panel(governance: Governance, name: str, line: str, labels: Labels, lang: str) -> str:
    if name == _LOOSE:
        return message("draw.no-relation", lang)
    newest, _ = find_earlier(governance)
    if name == _EARLIER and newest and newest.earliest:
        return message("draw.earlier", lang, date=format_day(newest.earliest, lang))
    return title_of_line(line, labels, lang)


def _choose_words(governance: Governance, network: str, lang: str, prefix: str) -> Words:
    graph = governance.graph
    last_known = sum(data["standing"] == LAST_KNOWN for _, data in graph.nodes(data=True))
    derived = sum(data["basis"] == DERIVED for *_, data in graph.edges(data=True))
    confirmed, relations = len(graph) - last_known, graph.number_of_edges()
    counts = {"bodies": len(graph), "confirmed": confirmed, "last_known": last_known, "relations": relations}
    shown = {"confirmed": confirmed, "last-known": last_known, "stated": relations - derived, "derived": derived}
    shown["frame"] = relations
    return Words(
        title=message("draw.governance-title", lang, network=network, day=format_day(governance.at, lang)),
        counts=message("draw.governance-counts", lang, **counts),
        description=message("draw.governance-description", lang, later=len(governance.later), **counts),
        legend={kind: message(f"draw.legend-{kind}", lang) for kind, count in shown.items() if count},
        lang=lang,
        prefix=prefix,
    )


def run_draw(
    project: Project, what: str, at: str | None, lang: str, output: Path, stream: TextIO, internal: bool = True
) -> int:
    """Draw to a file whose ending tells the format, and return the exit code.

    Parameters
    ----------
    what
        The subject of the drawing; for now ``governance``.
    at
        The day, else the last day the documents attest.
    output
        The file to write.
    stream
        Where the name of the written file goes.
    internal
        Whether bodies inside one organisation take part.

    Raises
    ------
    UsageError
        When subject, day or format are not among the possible ones.
    InputError
        When the file cannot be written, or something the drawing needs is missing.
    """
    if what not in SUBJECTS:
        raise UsageError(message("draw.subjects", lang, what=what, subjects=", ".join(SUBJECTS)))
    if output.suffix.lower() not in FORMATS:
        raise UsageError(message("draw.formats", lang, file=output, formats=" ".join(FORMATS)))
    store = open_store(project)
    labels, day = load_labels(store), read_day(store, at, lang)
    content = _write_format(store, project, labels, day, lang, internal, output.suffix.lower())
    try:
        output.write_bytes(content)
    except OSError as error:
        raise InputError(message("draw.not-written", lang, file=output, reason=error.strerror)) from None
    stream.write(f"{output}\n")
    return 0


def _write_format(
    store: Store, project: Project, labels: Labels, day: date, lang: str, internal: bool, form: str
) -> bytes:
    if form in (".graphml", ".gexf", ".mmd"):
        governance = build_governance(store, project, day, internal)
        graph = name_network(governance, labels, lang)
        if form == ".graphml":
            return write_graphml(graph)
        if form == ".gexf":
            return write_gexf(graph)
        title = _choose_words(governance, labels.label(project.network, lang), lang, "governance").title
        return write_mermaid(governance, labels, lang, title).encode()
    drawing = draw_governance(store, project, labels, day, lang, internal=internal)
    if form == ".png":
        return render_png(drawing.svg)
    return (drawing.dot if form == ".dot" else drawing.svg).encode()
