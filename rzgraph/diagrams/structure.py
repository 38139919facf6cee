"""The structure of programmes as SVG: a tree on the left, on the right what each document says of each programme.

A filled dot says that the document puts the programme in the whole it stands under, a ring that it only names it; the
words beside it are the status it gives. So the structure of every document can be read apart and beside the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import networkx as nx

from rzgraph.dates import format_day, format_edtf
from rzgraph.diagrams.egoformats import write_network
from rzgraph.diagrams.lettering import fold_text
from rzgraph.diagrams.lists import place_list
from rzgraph.diagrams.routing import MARGIN
from rzgraph.diagrams.template import LEGEND_ROW, Drawing, Link, Words, find_address, place_legend, render_template
from rzgraph.diagrams.trees import Branch, Claims, Trees, build_trees
from rzgraph.labels import Labels
from rzgraph.messages import message
from rzgraph.namespaces import slug_of
from rzgraph.settings import Project

_NAMES, _INDENT, _COLUMN = 400.0, 18.0, 132.0
_NAME_SIZE, _KIND_SIZE, _STATUS_SIZE, _HEAD_SIZE, _PITCH = 12.5, 10.5, 11.0, 12.0, 14.0
_HEAD, _GAP = 66.0, 8.0
_SIGNS = ("placed", "derived", "named", "elsewhere")


@dataclass(frozen=True)
class Cell:
    """What a document says of a programme: its sign, the words of the status, the sentence that names it."""

    x: float
    sign: str
    lines: tuple[str, ...]
    title: str


@dataclass(frozen=True)
class Row:
    """A programme at its place: lines of its name, its kind, where it leads, and what the documents say."""

    x: float
    y: float
    height: float
    names: tuple[str, ...]
    kind: str
    href: str | None
    title: str
    depth: int
    is_elsewhere: bool
    cells: tuple[Cell, ...]
    stem: float | None

    @property
    def foot(self) -> float:
        """Where the row ends."""
        return self.y + self.height


def draw_structure(
    claims: Claims, project: Project, labels: Labels, day: date, lang: str, link: Link | None = None, root: str = ""
) -> Drawing:
    """Draw what programmes are made up of, according to the documents up to a day.

    Parameters
    ----------
    claims
        What documents up to the day say, from `rzgraph.diagrams.trees.read_claims`.
    project, labels
        The project whose templates are used, and the names of things.
    day
        The last day the documents are of.
    lang
        ``nl`` or ``en``.
    link
        Gives the address of a thing's page, or None.
    root
        The programme at the top; all that have parts when empty.
    """
    trees = build_trees(claims, root)
    name = partial(labels.label, lang=lang)
    heads = [_set_head(place, *document, name, lang) for place, document in enumerate(trees.documents)]
    top = _HEAD + max((len(lines) for _, lines, _ in heads), default=1) * _PITCH + 14.0
    rows = _set_rows(trees, name, lang, link, top)
    width = max(MARGIN + _NAMES + _COLUMN * len(heads) + MARGIN, 560.0)
    foot = rows[-1].foot if rows else top
    find = partial(find_address, link)
    loose = [(name(iri), find(iri)) for iri in sorted(trees.loose, key=lambda iri: (name(iri).casefold(), iri))]
    listed = (
        place_list(message("draw.structure-loose", lang), {"": loose}, width, foot + 8.0, lang, 0.0) if loose else None
    )
    words = _choose_words(trees, rows, labels.label(root or project.network, lang), lang, day, root)
    legend = place_legend(words.legend, width)
    legend_top = (listed.foot if listed else foot) + 24.0
    svg = render_template(
        project.site / "templates" / "drawings",
        "structure.svg",
        words=words,
        heads=heads,
        rows=rows,
        lists=[listed] if listed else [],
        legend=legend,
        legend_top=legend_top,
        role="group" if link else "img",
        margin=MARGIN,
        head=_HEAD,
        top=top,
        foot=foot,
        right=width - MARGIN,
        width=width,
        height=legend_top + legend[-1][1] + LEGEND_ROW,
    )
    return Drawing(svg, trees.twin, words.title, words.description)


def _set_head(
    place: int, document: str, issued: str, name: "partial[str]", lang: str
) -> tuple[float, tuple[str, ...], str]:
    x = MARGIN + _NAMES + _COLUMN * place
    return x, fold_text(format_edtf(issued, lang), _COLUMN - _GAP, _HEAD_SIZE, lang, 3, bold=True), name(document)


def _set_rows(trees: Trees, name: "partial[str]", lang: str, link: Link | None, top: float) -> list[Row]:
    rows: list[Row] = []
    y = top
    trunks: list[float] = []
    for branch in trees.branches:
        del trunks[branch.depth :]
        row = _set_row(branch, trees.documents, name, lang, link, y, trunks[-1] if trunks else None)
        rows.append(row)
        trunks.append(row.foot - 6.0)
        y = row.foot
    return rows


def _set_row(
    branch: Branch,
    documents: Sequence[tuple[str, str]],
    name: "partial[str]",
    lang: str,
    link: Link | None,
    y: float,
    stem: float | None,
) -> Row:
    x = MARGIN + _INDENT * branch.depth
    names = fold_text(name(branch.programme), _NAMES - _INDENT * branch.depth - 20.0, _NAME_SIZE, lang, 3)
    kind = ", ".join(name(kind) for kind in branch.kinds)
    cells = []
    for place, (document, issued) in enumerate(documents):
        if said := branch.said.get(document):
            sign = ("derived" if said.is_derived else "placed") if said.is_placed else "named"
            status = ", ".join(name(status) for status in said.statuses)
            title = message(
                f"draw.structure-{sign}",
                lang,
                programme=name(branch.programme),
                document=name(document),
                day=format_edtf(issued, lang),
                status=status or message("draw.structure-no-status", lang),
            )
            lines = fold_text(status, _COLUMN - 22.0, _STATUS_SIZE, lang, 2)
            cells.append(Cell(MARGIN + _NAMES + _COLUMN * place, sign, lines, title))
    lines_in = max([len(names) + bool(kind), *(len(cell.lines) for cell in cells)])
    title = message("draw.structure-row", lang, programme=name(branch.programme), kind=kind or "–")
    return Row(
        x,
        y,
        _PITCH * lines_in + _GAP,
        names,
        kind,
        find_address(link, branch.programme),
        title,
        branch.depth,
        branch.is_elsewhere,
        tuple(cells),
        stem,
    )


def _choose_words(trees: Trees, rows: Sequence[Row], about: str, lang: str, day: date, root: str) -> Words:
    counts = {
        "programmes": len(trees.programmes),
        "documents": len(trees.documents),
        "loose": len(trees.loose),
        "depth": max((branch.depth for branch in trees.branches), default=0) + 1,
    }
    shown = {cell.sign for row in rows for cell in row.cells} | {"elsewhere" for row in rows if row.is_elsewhere}
    legend = {sign: message(f"draw.structure-legend-{sign}", lang) for sign in _SIGNS if sign in shown}
    key = "draw.structure-title-of" if root else "draw.structure-title"
    return Words(
        title=message(key, lang, about=about, day=format_day(day, lang)),
        counts=message("draw.structure-counts", lang, **counts),
        description=message("draw.structure-description", lang, **counts),
        legend=legend or {"named": message("draw.structure-legend-named", lang)},
        lang=lang,
        prefix=f"structure-{lang}-{slug_of(root) if root else day.isoformat()}",
    )


def write_structure(trees: Trees, labels: Labels, lang: str, title: str, form: str) -> bytes:
    """Return what programmes are made up of as a network for other tools: an edge from a whole to each part.

    Parameters
    ----------
    trees
        From `rzgraph.diagrams.trees.build_trees`.
    labels, lang
        The names of things, and their language.
    title
        The words above it.
    form
        ``.dot``, ``.mmd``, ``.graphml`` or ``.gexf``.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for branch in trees.branches:
        names = {"label": labels.label(branch.programme, lang), "iri": branch.programme, "type": "programme"}
        kinds = " ".join(slug_of(kind) for kind in branch.kinds)
        graph.add_node(slug_of(branch.programme), **names, kind=kinds, centre=branch.depth == 0)
    path: list[Branch] = []
    for branch in trees.branches:
        del path[branch.depth :]
        if path:
            placed = {slug_of(document): said for document, said in branch.said.items() if said.is_placed}
            graph.add_edge(
                slug_of(path[-1].programme),
                slug_of(branch.programme),
                "part",
                label=message("draw.structure-edge", lang),
                documents=" ".join(sorted(placed)),
                basis="derived" if all(said.is_derived for said in placed.values()) else "stated",
                standing="confirmed",
            )
        path.append(branch)
    return write_network(graph, title, form)
