"""Tile maps as SVG: small multiples, one map for each document, all with the same classes of colour.

No free outlines of the municipalities are at hand, so each is a tile laid out after its location. The figure stands in
the tile as it was written; what is doubtful is marked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from pyoxigraph import Store

from rzgraph.dates import format_edtf
from rzgraph.diagrams.lettering import fold_text
from rzgraph.diagrams.mapdata import Atlas, Figure, Sheet, Tile, build_atlas, read_tiles
from rzgraph.diagrams.routing import MARGIN
from rzgraph.diagrams.template import LEGEND_ROW, Drawing, Link, Words, find_address, place_legend, render_template
from rzgraph.errors import NotFoundError
from rzgraph.labels import Labels
from rzgraph.messages import message
from rzgraph.money import format_number
from rzgraph.namespaces import slug_of
from rzgraph.settings import Project

_WIDE, _HIGH, _SPACE, _GUTTER = 84.0, 54.0, 4.0, 36.0
_NAME_SIZE, _HEAD_SIZE, _SIDE_SIZE, _PITCH, _TOP = 10.0, 13.0, 12.0, 15.0, 76.0
_ACROSS = 2
#: Fill and ink of the classes, from low to high.
CLASSES = (
    ("#e6f0f4", "#1b2327"),
    ("#bcd7e1", "#1b2327"),
    ("#86b6c8", "#1b2327"),
    ("#2f7a95", "#ffffff"),
    ("#0f4d63", "#ffffff"),
)


@dataclass(frozen=True)
class Square:
    """A tile as drawn: lines of its name, its figure, colours, and whether it is doubtful."""

    x: float
    y: float
    names: tuple[str, ...]
    text: str
    fill: str
    ink: str
    is_doubted: bool
    href: str | None
    title: str


@dataclass(frozen=True)
class Plate:
    """One map: its place, the lines above it, its tiles, and the lines below it."""

    x: float
    y: float
    heads: tuple[str, ...]
    squares: tuple[Square, ...]
    sides: tuple[str, ...]
    map_top: float
    foot: float


def draw_tiles(
    store: Store,
    project: Project,
    labels: Labels,
    indicator: str,
    day: date,
    lang: str,
    link: Link | None = None,
) -> Drawing:
    """Draw an indicator per municipality, a map for each document up to a day that has it.

    Parameters
    ----------
    store, project, labels
        The graph, the project whose queries and templates are used, and the names of things.
    indicator
        Its IRI.
    day
        The last day documents may be of.
    lang
        ``nl`` or ``en``.
    link
        Gives the address of a thing's page, or None.

    Raises
    ------
    NotFoundError
        When too few municipalities have a figure to make a map.
    InputError
        When a query cannot be run.
    """
    atlas = build_atlas(store, project, indicator, day, read_tiles(store, project, labels, lang))
    name = labels.label(indicator, lang)
    if not atlas.sheets:
        raise NotFoundError(message("draw.tiles-none", lang, indicator=name))
    return _Painter(atlas, labels, lang, link).draw(project, name)


class _Painter:
    """Sets the maps of an indicator, in one language."""

    def __init__(self, atlas: Atlas, labels: Labels, lang: str, link: Link | None) -> None:
        self.atlas, self.labels, self.lang, self.link = atlas, labels, lang, link
        values = [f.value for sheet in atlas.sheets for tile in atlas.tiles for f in sheet.on(tile.area)]
        self.bounds = find_bounds(values)

    def draw(self, project: Project, name: str) -> Drawing:
        """Return the drawing."""
        plates = self._set_plates()
        width = max(plate.x for plate in plates) + self._map_width() + MARGIN
        words = self._choose_words(name)
        legend = place_legend(words.legend, width)
        legend_top = max(plate.foot for plate in plates) + 24.0
        svg = render_template(
            project.site / "templates" / "drawings",
            "tiles.svg",
            words=words,
            plates=plates,
            classes=CLASSES,
            legend=legend,
            legend_top=legend_top,
            role="group" if self.link else "img",
            margin=MARGIN,
            wide=_WIDE,
            high=_HIGH,
            width=width,
            height=legend_top + legend[-1][1] + LEGEND_ROW,
        )
        return Drawing(svg, self.atlas.twin, words.title, words.description)

    def _map_width(self) -> float:
        return max(tile.column for tile in self.atlas.tiles) * (_WIDE + _SPACE) - _SPACE

    def _set_plates(self) -> list[Plate]:
        plates: list[Plate] = []
        y = _TOP
        sheets = self.atlas.sheets
        for start in range(0, len(sheets), _ACROSS):
            row = [
                self._set_plate(sheet, MARGIN + place * (self._map_width() + _GUTTER), y)
                for place, sheet in enumerate(sheets[start : start + _ACROSS])
            ]
            plates += row
            y = max(plate.foot for plate in row) + 28.0
        return plates

    def _set_plate(self, sheet: Sheet, x: float, y: float) -> Plate:
        heads = fold_text(self._name_sheet(sheet), self._map_width(), _HEAD_SIZE, self.lang, 3, bold=True)
        top = y + _PITCH * 3 + 6.0
        squares = tuple(self._set_square(tile, sheet.on(tile.area), x, top) for tile in self.atlas.tiles)
        sides = self._set_sides(sheet)
        low = top + max(tile.row for tile in self.atlas.tiles) * (_HIGH + _SPACE)
        return Plate(x, y, heads, squares, sides, low + 14.0, low + 14.0 + _PITCH * len(sides))

    def _name_sheet(self, sheet: Sheet) -> str:
        times = "/".join(format_edtf(each, self.lang) for each in (sheet.begin, sheet.end) if each)
        if sheet.begin and sheet.begin == sheet.end:
            times = format_edtf(sheet.begin, self.lang)
        if sheet.as_of:
            times = message("draw.tiles-as-of", self.lang, day=format_edtf(sheet.as_of, self.lang))
        parts = [self.labels.label(sheet.document, self.lang), *map(self._name, sheet.concerns), times]
        return " · ".join(part for part in parts if part)

    def _name(self, iri: str) -> str:
        return self.labels.label(iri, self.lang)

    def _set_square(self, tile: Tile, figures: Sequence[Figure], x: float, top: float) -> Square:
        fill, ink = self._colours(figures)
        says = ", ".join(figure.text for figure in figures)
        key = "draw.tiles-tile" if figures else "draw.tiles-empty"
        return Square(
            x + (tile.column - 1) * (_WIDE + _SPACE),
            top + (tile.row - 1) * (_HIGH + _SPACE),
            fold_text(tile.name, _WIDE - 10.0, _NAME_SIZE, self.lang, 2),
            says or "–",
            fill,
            ink,
            any(figure.is_doubted for figure in figures),
            find_address(self.link, tile.area),
            message(key, self.lang, area=self._name(tile.area), value=says),
        )

    def _colours(self, figures: Sequence[Figure]) -> tuple[str, str]:
        # Where a document gives an area two figures no class is right.
        if len(figures) != 1:
            return "#ffffff", "#1b2327"
        return CLASSES[sum(figures[0].value > bound for bound in self.bounds)]

    def _set_sides(self, sheet: Sheet) -> tuple[str, ...]:
        """Return the lines below a map: areas without a tile, and figures without an area."""
        placed = {tile.area for tile in self.atlas.tiles}
        others = [f"{self._name(f.area)}: {f.text}" for f in sheet.figures if f.area and f.area not in placed]
        lost = [
            message("draw.tiles-lost", self.lang, value=f.text, areas=", ".join(map(self._name, f.possible)))
            for f in sheet.figures
            if not f.area
        ]
        width = self._map_width()
        return tuple(line for text in (*others, *lost) for line in fold_text(text, width, _SIDE_SIZE, self.lang, 3))

    def _choose_words(self, name: str) -> Words:
        figures = [figure for sheet in self.atlas.sheets for figure in sheet.figures]
        counts = {
            "maps": len(self.atlas.sheets),
            "figures": len(figures),
            "derived": sum(figure.is_derived for figure in figures),
        }
        edges = [None, *self.bounds, None]
        legend = {
            f"class-{place}": self._name_class(low, high) for place, (low, high) in enumerate(pairwise(edges), start=0)
        }
        legend["none"] = message("draw.tiles-legend-none", self.lang)
        if any(figure.is_doubted for figure in figures):
            legend["doubted"] = message("draw.tiles-legend-doubted", self.lang)
        return Words(
            title=name,
            counts=message("draw.tiles-counts", self.lang, **counts),
            description=message("draw.tiles-description", self.lang, indicator=name, **counts),
            legend=legend,
            lang=self.lang,
            prefix=f"tiles-{self.lang}-{slug_of(self.atlas.indicator)}",
        )

    def _name_class(self, low: Decimal | None, high: Decimal | None) -> str:
        values = {
            name: format_number(bound, self.lang) for name, bound in (("low", low), ("high", high)) if bound is not None
        }
        key = "all" if not values else "first" if low is None else "last" if high is None else "middle"
        return message(f"draw.tiles-class-{key}", self.lang, **values)


def find_bounds(values: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Return the upper bounds of all classes but the last: about as many figures in each, equal figures together."""
    ordered = sorted(values)
    places = [len(ordered) * number // len(CLASSES) for number in range(1, len(CLASSES))]
    bounds = {ordered[place - 1] for place in places if 0 < place <= len(ordered)}
    return tuple(sorted(bound for bound in bounds if ordered and bound < ordered[-1]))
