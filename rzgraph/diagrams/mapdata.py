"""The figures of an indicator per municipality: what the documents give, one map for each document, subject and time.

In goes the store, out come records without a layout. A figure whose area the text does not tell stands beside the map
with the areas it may belong to; so does one of an area that has no tile.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Store, Triple

from rzgraph.labels import Labels
from rzgraph.namespaces import NS, rz, term
from rzgraph.queries import Answer, Row, Term, read_question, run_question
from rzgraph.settings import Project

#: The columns of the text twin.
TWIN = (
    *("area", "possible_area", "concerns", "value_text", "begin", "end", "as_of", "doubt"),
    *("claim", "basis", "document", "lines", "fragment"),
)
#: From how many tiles on figures make a map.
ENOUGH = 3


@dataclass(frozen=True)
class Figure:
    """What one claim gives.

    Attributes
    ----------
    area
        Whose figure it is; empty where the text does not tell.
    possible
        The areas it may belong to.
    is_doubted
        Whether a finding doubts the claim.
    """

    claim: str
    area: str
    possible: tuple[str, ...]
    text: str
    value: Decimal
    is_derived: bool
    is_doubted: bool


@dataclass(frozen=True)
class Sheet:
    """The figures of one document, subject and time."""

    document: str
    concerns: tuple[str, ...]
    begin: str
    end: str
    as_of: str
    figures: tuple[Figure, ...]

    def on(self, area: str) -> tuple[Figure, ...]:
        """Return the figures of an area."""
        return tuple(figure for figure in self.figures if figure.area == area)


@dataclass(frozen=True)
class Tile:
    """The place of a party on the map, counted from 1, and its shortest name."""

    area: str
    row: int
    column: int
    name: str


@dataclass(frozen=True)
class Atlas:
    """The tiles, a sheet for each map in the order of the documents, and the text twin."""

    indicator: str
    tiles: tuple[Tile, ...]
    sheets: tuple[Sheet, ...]
    twin: Answer


def read_tiles(store: Store, project: Project, labels: Labels, lang: str) -> tuple[Tile, ...]:
    """Return the tiles of the map from top to foot.

    Raises
    ------
    InputError
        When a query cannot be run.
    """
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in run_question(store, read_question(project.queries / "networks" / "map-tiles.rq")).rows:
        names[_text(row["area"]), _text(row["tile"])].append(_text(row["name"]))
    tiles = []
    for (area, place), found in names.items():
        label = labels.label(area, lang)
        # A municipality is best known by the part of its label that is its own.
        short = min((name for name in found if name and label.endswith(name)), key=len, default=label)
        line, column = place.split()
        tiles.append(Tile(area, int(line), int(column), short))
    return tuple(sorted(tiles, key=lambda tile: (tile.row, tile.column, tile.area)))


def build_atlas(store: Store, project: Project, indicator: str, day: date, tiles: Sequence[Tile]) -> Atlas:
    """Return the maps of an indicator, from documents up to a day.

    Parameters
    ----------
    store, project
        The graph, and the project whose queries are asked.
    indicator
        Its IRI.
    tiles
        From `read_tiles`.

    Raises
    ------
    InputError
        When a query cannot be run.
    """
    question = read_question(project.queries / "networks" / "map-observations.rq")
    bindings: dict[str, Term] = {
        "_indicator_iri": NamedNode(indicator),
        "_at_date": Literal(day.isoformat(), datatype=term("xsd:date")),
    }
    rows = run_question(store, question, bindings).rows
    by_claim: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_claim[_text(row["claim"])].append(row)
    sheets: dict[tuple[str, tuple[str, ...], str, str, str], list[Figure]] = defaultdict(list)
    for claim, found in by_claim.items():
        subjects = tuple(sorted({_text(row["concerns"]) for row in found} - {""}))
        times = [_text(found[0][name]) for name in ("begin", "end", "as_of")]
        key = (_text(found[0]["document"]), subjects, times[0], times[1], times[2])
        sheets[key].append(_read_figure(claim, found))
    placed = {tile.area for tile in tiles}
    made = [Sheet(*key, tuple(figures)) for key, figures in sheets.items()]
    kept = [sheet for sheet in made if len({figure.area for figure in sheet.figures} & placed) >= ENOUGH]
    claims = {figure.claim for sheet in kept for figure in sheet.figures}
    twin = [{name: row[name] for name in TWIN} for row in rows if _text(row["claim"]) in claims]
    return Atlas(indicator, tuple(tiles), tuple(kept), Answer(TWIN, twin))


def list_mapped(store: Store, project: Project, day: date) -> frozenset[str]:
    """Return the indicators for which documents up to a day give enough municipalities a figure to make a map.

    Raises
    ------
    InputError
        When a query cannot be run.
    """
    tiles = read_tiles(store, project, Labels({}), "")
    placed = {tile.area for tile in tiles}
    indicators: dict[str, set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, rz("area"), None):
        for link in store.quads_for_pattern(quad.subject, rz("indicator"), None):
            indicators[_text(link.object)] |= {_text(quad.object)} & placed
    likely = sorted(indicator for indicator, areas in indicators.items() if len(areas) >= ENOUGH)
    return frozenset(i for i in likely if build_atlas(store, project, i, day, tiles).sheets)


def _read_figure(claim: str, rows: Sequence[Row]) -> Figure:
    first = rows[0]
    return Figure(
        claim,
        _text(first["area"]),
        tuple(sorted({_text(row["possible_area"]) for row in rows} - {""})),
        _text(first["value_text"]),
        Decimal(_text(first["value"])),
        _text(first["basis"]) == NS + "derived",
        any(row["doubt"] is not None for row in rows),
    )


def _text(value: Term | Triple | None) -> str:
    return value.value if isinstance(value, NamedNode | Literal) else ""
