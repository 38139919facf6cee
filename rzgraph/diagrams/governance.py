"""The governance drawing of a day: which bodies stand, what stands above what, and the line each belongs to.

In goes the store and a day, out comes a drawing as SVG with its title, its description and its text twin: the same in
rows, with the evidence. Bodies that have ended or not yet begun are left out; those known only from later are in the
twin alone.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from pyoxigraph import Store

from rzgraph.dates import format_day
from rzgraph.diagrams.boxes import Box, Panel
from rzgraph.diagrams.captions import BOX_WIDTH, DERIVED, LAST_KNOWN, caption_box, caption_links, title_of_line
from rzgraph.diagrams.exchange import name_network, write_dot, write_gexf, write_graphml, write_mermaid
from rzgraph.diagrams.networks import Governance, build_governance, find_earlier, find_line_above, group_bodies
from rzgraph.diagrams.pagefit import compose_page
from rzgraph.diagrams.svg import write_svg
from rzgraph.diagrams.template import Drawing, Words
from rzgraph.labels import Labels
from rzgraph.messages import message
from rzgraph.settings import Project

# The panel of bodies that have neither a line nor a relation, and that of bodies not named of late.
_LOOSE = "loose"
_EARLIER = "earlier"


def draw_governance(
    store: Store,
    project: Project,
    labels: Labels,
    at: date,
    lang: str,
    link: Callable[[str], str | None] | None = None,
    internal: bool = True,
    recent: bool = False,
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
    recent
        Whether bodies that the last evidence up to the day does not name any more are left out.

    Raises
    ------
    InputError
        When the layout program is missing or fails, or a query cannot be run.
    """
    governance = build_governance(store, project, at, internal)
    left_out = find_earlier(governance)[1] if recent else set()
    governance.graph.remove_nodes_from(left_out)
    prefix = f"governance-{at.isoformat()}-{lang}" + ("" if internal else "-regional")
    drawn = _leave_out_relations(governance)
    words = _choose_words(drawn, labels.label(project.network, lang), lang, prefix)
    if left_out:
        words = replace(words, counts=f"{words.counts}; {message('draw.left-out', lang, count=len(left_out))}")
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
    return Drawing(svg, governance.twin, words.title, words.description)


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


def write_governance(
    store: Store, project: Project, labels: Labels, at: date, lang: str, form: str, internal: bool = True
) -> bytes:
    """Return the bodies of a day in a format other programs read.

    Parameters
    ----------
    form
        ``.dot``, ``.mmd``, ``.graphml`` or ``.gexf``.
    """
    governance = build_governance(store, project, at, internal)
    if form in (".graphml", ".gexf"):
        graph = name_network(governance, labels, lang)
        return write_graphml(graph) if form == ".graphml" else write_gexf(graph)
    title = _choose_words(governance, labels.label(project.network, lang), lang, "governance").title
    write = write_dot if form == ".dot" else write_mermaid
    return write(governance, labels, lang, title).encode()
