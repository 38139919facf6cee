"""From panels to a page: panels on shelves, and the lines between panels through the channels around them.

Panels are put side by side until a shelf is full; a panel that hangs from another stands on a lower shelf. Lines
between panels run through the channels between shelves and the lanes between panels, each trunk on a track of its own,
so that none runs through a panel it has no business in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import networkx as nx

from rzgraph.diagrams.boxes import Link, Panel, PanelLayout, Point
from rzgraph.diagrams.grids import add_grid, break_circles
from rzgraph.diagrams.lettering import fold_text, measure_text

#: The empty space around a page and between its panels.
MARGIN = 24.0
#: The space between the outline of a panel and what is in it, and the size of its title.
PADDING, TITLE_SIZE, TITLE_LINE = 13.0, 14.0, 18.0
_LEAST_TITLE = 200.0
_TRACK = 9.0


@dataclass
class PlacedPanel:
    """A panel on the page: its linked boxes as laid out, its name, the columns of its loose boxes, its outline.

    Loose boxes stand beside the linked ones where lines go out at the bottom, else where `beside` says so. A panel that
    is `aside` stands to the right of others on its shelf.
    """

    panel: Panel
    linked: PanelLayout
    name: str
    lang: str
    beside: bool
    columns: int
    aside: bool
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0

    def __post_init__(self) -> None:
        """Take the size that the contents need."""
        self.layout = add_grid(self.linked, self.panel.loose, self.columns, self.beside or bool(self.linked.exits))
        wished = min(_LEAST_TITLE, measure_text(self.name, TITLE_SIZE, bold=True) + 1)
        inner = max(self.layout.width, wished)
        self.title = fold_text(self.name, inner, TITLE_SIZE, self.lang, bold=True)
        self.width = inner + 2 * PADDING
        self.height = self.head + self.layout.height + PADDING

    def widen(self, columns: int) -> None:
        """Give the loose boxes another number of columns."""
        self.columns = columns
        self.__post_init__()

    @property
    def head(self) -> float:
        """The height of the title."""
        return PADDING + TITLE_LINE * len(self.title)

    @property
    def origin(self) -> Point:
        """The point on the page from which the layout of the contents is measured."""
        return self.x + (self.width - self.layout.width) / 2, self.y + self.head


@dataclass
class Page:
    """Panels and the lines between them, in points."""

    width: float
    height: float
    panels: list[PlacedPanel]
    wires: list[tuple[str, list[Point]]] = field(default_factory=list)


@dataclass(frozen=True)
class _Route:
    """The way of a link: out of a shelf, through channels, past shelves, into a shelf."""

    link: Link
    source: PlacedPanel
    target: PlacedPanel
    channels: tuple[int, ...]
    passed: tuple[int, ...]

    @property
    def end(self) -> float:
        """The horizontal place where the line goes into its panel."""
        return self.target.origin[0] + self.target.layout.entries[self.link.name]


def place_panels(panels: Sequence[PlacedPanel], tiers: Sequence[int], width: float, narrowest: float) -> Page:
    """Put panels on shelves, and draw the lines between them.

    Parameters
    ----------
    panels
        In the order they should be read.
    tiers
        Of each panel: panels of a lower tier stand above all panels of a higher one.
    width, narrowest
        The width that a shelf should keep to, unless a panel is wider; and the least width of the page.
    """
    shelves = _fill_shelves(panels, tiers, width)
    for shelf in shelves:
        _use_room(shelf, width)
        shelf.sort(key=lambda p: p.aside)
    routes = _list_routes(shelves)
    widest = max((sum(p.width for p in shelf) + MARGIN * (len(shelf) - 1) for shelf in shelves), default=0.0)
    page = Page(max(widest, narrowest - 2 * MARGIN) + 2 * MARGIN, 0.0, list(panels))
    for level, shelf in enumerate(shelves):
        page.height += _channel_height(routes, level)
        spare = (page.width - MARGIN - sum(p.width + MARGIN for p in shelf)) / len(shelf)
        x, height = MARGIN, max(p.height for p in shelf)
        for p in shelf:
            p.x, p.y, p.width, p.height = x, page.height, p.width + spare, height
            x += p.width + MARGIN
        page.height += height
    page.height += _channel_height(routes, len(shelves))
    page.wires = _draw_wires(page, shelves, routes)
    return page


def _fill_shelves(panels: Sequence[PlacedPanel], tiers: Sequence[int], width: float) -> list[list[PlacedPanel]]:
    order = {p.panel.name: place for place, p in enumerate(panels)}
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(order.values())
    for _, source, target in _cross_links(panels):
        above, below = order[source.panel.name], order[target.panel.name]
        if tiers[above] <= tiers[below]:
            graph.add_edge(above, below)
    graph.add_edges_from((a, b) for a in graph for b in graph if tiers[a] < tiers[b])
    break_circles(graph)
    shelves: list[list[PlacedPanel]] = []
    level_of: dict[int, int] = {}
    for place in nx.lexicographical_topological_sort(graph):
        level = 1 + max((level_of[above] for above in graph.predecessors(place)), default=-1)
        needed = panels[place].width + MARGIN
        while level < len(shelves) and sum(p.width + MARGIN for p in shelves[level]) + needed > width - MARGIN:
            level += 1
        shelves += [[] for _ in range(level + 1 - len(shelves))]
        shelves[level].append(panels[place])
        level_of[place] = level
    return shelves


def _use_room(shelf: list[PlacedPanel], width: float) -> None:
    """Widen the grid of the highest panel of a shelf, again and again, while that lowers it and the shelf has room."""
    while True:
        highest = max(shelf, key=lambda p: p.height)
        before, columns = highest.height, highest.columns
        for more in range(columns + 1, len(highest.panel.loose) + 1):
            highest.widen(more)
            if highest.height < before:
                break
        fits = sum(p.width + MARGIN for p in shelf) <= width - MARGIN
        if highest.height >= before or not fits:
            highest.widen(columns)
            return


def _cross_links(panels: Iterable[PlacedPanel]) -> list[tuple[Link, PlacedPanel, PlacedPanel]]:
    """Return each link between two panels with the panel it leaves and the panel it enters."""
    panels = list(panels)
    home = {box.name: p for p in panels for box in p.panel.boxes}
    return [(link, home[link.above], p) for p in panels for link in p.panel.links if link.name in p.layout.entries]


def _list_routes(shelves: list[list[PlacedPanel]]) -> list[_Route]:
    level_of = {p.panel.name: level for level, shelf in enumerate(shelves) for p in shelf}
    routes = []
    for link, source, target in _cross_links(p for shelf in shelves for p in shelf):
        start, end = level_of[source.panel.name] + 1, level_of[target.panel.name]
        step = 1 if end >= start else -1
        channels = tuple(range(start, end + step, step))
        passed = tuple(min(pair) for pair in pairwise(channels))
        routes.append(_Route(link, source, target, channels, passed))
    return routes


def _tracks(routes: list[_Route], channel: int) -> list[str]:
    return list(dict.fromkeys(route.link.trunk for route in routes if channel in route.channels))


def _channel_height(routes: list[_Route], channel: int) -> float:
    return MARGIN + _TRACK * max(0, len(_tracks(routes, channel)) - 1)


def _draw_wires(page: Page, shelves: list[list[PlacedPanel]], routes: list[_Route]) -> list[tuple[str, list[Point]]]:
    tops = [shelf[0].y for shelf in shelves] + [page.height]
    heights = {
        (channel, trunk): top - _channel_height(routes, channel) + MARGIN / 2 + _TRACK * place
        for channel, top in enumerate(tops)
        for place, trunk in enumerate(_tracks(routes, channel))
    }
    lanes: dict[tuple[int, float], list[str]] = {}
    for route in routes:
        for shelf in route.passed:
            trunks = lanes.setdefault((shelf, _nearest_lane(page, shelves[shelf], route.end)), [])
            if route.link.trunk not in trunks:
                trunks.append(route.link.trunk)
    wires = []
    for route in routes:
        trunk, (left, top) = route.link.trunk, route.source.origin
        start = left + route.source.layout.exits[trunk]
        points = [(start, top + route.source.layout.height), (start, heights[route.channels[0], trunk])]
        for shelf, (before, after) in zip(route.passed, pairwise(route.channels), strict=True):
            lane = _nearest_lane(page, shelves[shelf], route.end)
            trunks = lanes[shelf, lane]
            x = lane + MARGIN * 0.8 * ((trunks.index(trunk) + 1) / (len(trunks) + 1) - 0.5)
            points += [(x, heights[before, trunk]), (x, heights[after, trunk])]
        points += [(route.end, heights[route.channels[-1], trunk]), (route.end, route.target.origin[1])]
        wires.append((route.link.name, points))
    return wires


def _nearest_lane(page: Page, shelf: list[PlacedPanel], x: float) -> float:
    """Return the middle of the lane beside a panel of a shelf that is nearest to a place."""
    lanes = [p.x - MARGIN / 2 for p in shelf] + [page.width - MARGIN / 2]
    return min(lanes, key=lambda lane: abs(lane - x))
