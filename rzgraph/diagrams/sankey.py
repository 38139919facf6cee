"""A layout for streams: boxes in columns from left to right, ribbons between them as wide as what they carry.

Columns follow the longest way from the start; within a column boxes stand in the order that crosses least (barycentre)
and close to what they are tied to. A ribbon that skips columns is led between their boxes. All lengths are points.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

#: Between columns, and between boxes in a column.
GAP, SPACE = 48.0, 18.0
_SWEEPS, _ROUNDS = 6, 12


@dataclass(frozen=True)
class Ribbon:
    """What runs from one box to another, and how wide it is."""

    name: str
    source: str
    target: str
    width: float


@dataclass(frozen=True)
class Spread:
    """Where everything stands.

    Attributes
    ----------
    boxes
        By name: left, top, width, height.
    ways
        By the name of the ribbon: the middles it runs through, from left to right.
    """

    boxes: Mapping[str, tuple[float, float, float, float]]
    ways: Mapping[str, list[tuple[float, float]]]
    width: float
    height: float


def spread_streams(boxes: Mapping[str, tuple[float, float]], ribbons: Sequence[Ribbon]) -> Spread:
    """Return the places of boxes and ribbons.

    Parameters
    ----------
    boxes
        By name: width and height of what stands in the box. A box grows to the ribbons that meet it.
    ribbons
        Without circles.
    """
    columns = _choose_columns(boxes, ribbons)
    heights = {name: max(height, _load(name, ribbons)) for name, (_, height) in boxes.items()}
    pieces, chains = _cut_ribbons(columns, heights, ribbons)
    order = _order(columns, pieces)
    tops = _stack(order, heights, pieces)
    lefts, right = [], 0.0
    widths = [max((boxes[name][0] for name in column if name in boxes), default=0.0) for column in order]
    for width in widths:
        lefts.append(right)
        right += width + GAP
    lowest = min(tops.values(), default=0.0)
    tops = {name: top - lowest for name, top in tops.items()}
    placed = {name: (lefts[columns[name]], tops[name], widths[columns[name]], heights[name]) for name in boxes}
    ports = _place_ports(tops, heights, pieces)
    ways: dict[str, list[tuple[float, float]]] = {}
    for ribbon in ribbons:
        way = []
        for piece in chains[ribbon.name]:
            start, stop = columns[piece.source], columns[piece.target]
            way.append((lefts[start] + widths[start], ports[piece.name, "out"]))
            way.append((lefts[stop], ports[piece.name, "in"]))
        ways[ribbon.name] = way
    foot = max((top + heights[name] for name, top in tops.items()), default=0.0)
    return Spread(placed, ways, max(0.0, right - GAP), foot)


def _load(name: str, ribbons: Sequence[Ribbon]) -> float:
    """Return how high a box must be for the ribbons on its fuller side."""
    into = sum(ribbon.width for ribbon in ribbons if ribbon.target == name)
    out = sum(ribbon.width for ribbon in ribbons if ribbon.source == name)
    return max(into, out)


def _choose_columns(boxes: Mapping[str, tuple[float, float]], ribbons: Sequence[Ribbon]) -> dict[str, int]:
    """Return the column of each box: the longest way from a start; a start stands right before what it leads to."""
    graph = nx.DiGraph()
    graph.add_nodes_from(sorted(boxes))
    graph.add_edges_from((ribbon.source, ribbon.target) for ribbon in ribbons)
    columns: dict[str, int] = {}
    for name in nx.lexicographical_topological_sort(graph):
        columns[name] = max((columns[before] + 1 for before in graph.predecessors(name)), default=0)
    for name in sorted(boxes):
        after = [columns[each] for each in graph.successors(name)]
        if graph.in_degree(name) == 0 and after:
            columns[name] = min(after) - 1
    return columns


def _cut_ribbons(
    columns: dict[str, int], heights: dict[str, float], ribbons: Sequence[Ribbon]
) -> tuple[list[Ribbon], dict[str, list[Ribbon]]]:
    """Return the ribbons in pieces from one column to the next, through places kept free on their way."""
    chains: dict[str, list[Ribbon]] = {}
    for ribbon in ribbons:
        stops = [ribbon.source]
        for column in range(columns[ribbon.source] + 1, columns[ribbon.target]):
            stop = f"{ribbon.name} at {column}"
            columns[stop], heights[stop] = column, ribbon.width
            stops.append(stop)
        stops.append(ribbon.target)
        chains[ribbon.name] = [
            Ribbon(f"{ribbon.name} {number}", before, after, ribbon.width)
            for number, (before, after) in enumerate(pairwise(stops))
        ]
    return [piece for chain in chains.values() for piece in chain], chains


def _order(columns: Mapping[str, int], pieces: Sequence[Ribbon]) -> list[list[str]]:
    """Return the names in each column, from top to foot, so that few ribbons cross."""
    order: list[list[str]] = [[] for _ in range(max(columns.values(), default=-1) + 1)]
    load: dict[str, float] = defaultdict(float)
    near: dict[str, dict[str, list[tuple[str, float]]]] = {"in": defaultdict(list), "out": defaultdict(list)}
    for piece in pieces:
        load[piece.source] += piece.width
        load[piece.target] += piece.width
        near["in"][piece.target].append((piece.source, piece.width))
        near["out"][piece.source].append((piece.target, piece.width))
    for name in sorted(columns, key=lambda each: (-load[each], each)):
        order[columns[name]].append(name)
    for sweep in range(_SWEEPS):
        side = "in" if sweep % 2 == 0 else "out"
        for column in order if side == "in" else reversed(order):
            rank = {name: place for each in order for place, name in enumerate(each)}
            wanted = {name: (_mean(near[side][name], rank, rank[name]), rank[name]) for name in column}
            column.sort(key=wanted.__getitem__)
    return order


def _mean(ties: Sequence[tuple[str, float]], rank: Mapping[str, float], own: float) -> float:
    weight = sum(max(width, 1.0) for _, width in ties)
    return sum(rank[name] * max(width, 1.0) for name, width in ties) / weight if ties else own


def _stack(order: list[list[str]], heights: Mapping[str, float], pieces: Sequence[Ribbon]) -> dict[str, float]:
    """Return the top of each name: in its order, near the middle of what it is tied to."""
    ties: dict[str, list[tuple[str, float]]] = defaultdict(list)
    # Every tie weighs the same: by width, a box and what it is tied to would pull each other up or down without end.
    for piece in pieces:
        ties[piece.source].append((piece.target, 1.0))
        ties[piece.target].append((piece.source, 1.0))
    tops: dict[str, float] = {}
    for column in order:
        y = -sum(heights[name] + SPACE for name in column) / 2
        for name in column:
            tops[name] = y
            y += heights[name] + SPACE
    for step in range(_ROUNDS):
        for column in order if step % 2 == 0 else reversed(order):
            middles = {name: top + heights[name] / 2 for name, top in tops.items()}
            wanted = [_mean(ties[name], middles, middles[name]) - heights[name] / 2 for name in column]
            _push_apart(column, wanted, heights, tops)
    return tops


def _push_apart(
    column: Sequence[str], wanted: Sequence[float], heights: Mapping[str, float], tops: dict[str, float]
) -> None:
    """Set the tops in a column as near as can be to what is wanted, without overlap (pool of neighbours)."""
    runs: list[tuple[list[str], float, float]] = []  # names, sum of wanted tops of the run's head, height
    for name, top in zip(column, wanted, strict=True):
        run, total, height = [name], top, heights[name] + SPACE
        while runs and runs[-1][1] / len(runs[-1][0]) + runs[-1][2] > total / len(run):
            before, above, tall = runs.pop()
            run, total, height = before + run, above + total - tall * len(run), tall + height
        runs.append((run, total, height))
    for run, total, _ in runs:
        y = total / len(run)
        for name in run:
            tops[name] = y
            y += heights[name] + SPACE


def _place_ports(
    tops: Mapping[str, float], heights: Mapping[str, float], pieces: Sequence[Ribbon]
) -> dict[tuple[str, str], float]:
    """Return where each piece leaves and meets its boxes: side by side, in the order of the other ends."""
    middle = {name: top + heights[name] / 2 for name, top in tops.items()}
    ports: dict[tuple[str, str], float] = {}
    for side in ("out", "in"):
        by_box: dict[str, list[Ribbon]] = defaultdict(list)
        for piece in pieces:
            by_box[piece.source if side == "out" else piece.target].append(piece)
        for name, found in by_box.items():
            far = {piece: middle[piece.target if side == "out" else piece.source] for piece in found}
            found.sort(key=lambda piece, far=far: (far[piece], piece.name))  # type: ignore[misc]
            y = middle[name] - sum(piece.width for piece in found) / 2
            for piece in found:
                ports[piece.name, side] = y + piece.width / 2
                y += piece.width
    return ports


def shape_ribbon(way: Sequence[tuple[float, float]], width: float, sure: float) -> tuple[str, str, str]:
    """Return a ribbon as path data: the sure part, the rest, and its middle where it has no width."""
    half = width / 2
    cut = -half + width * sure
    middle = _curve(way)
    return (_ribbon(way, -half, cut) if sure > 0 else "", _ribbon(way, cut, half) if sure < 1 else "", middle)


def _curve(way: Sequence[tuple[float, float]], shift: float = 0.0, back: bool = False) -> str:
    points = [(x, y + shift) for x, y in (reversed(way) if back else way)]
    data = f"{'L' if back else 'M'}{points[0][0]:.1f},{points[0][1]:.1f}"
    for (x, y), (u, v) in pairwise(points):
        middle = (x + u) / 2
        data += f" C{middle:.1f},{y:.1f} {middle:.1f},{v:.1f} {u:.1f},{v:.1f}"
    return data


def _ribbon(way: Sequence[tuple[float, float]], above: float, below: float) -> str:
    return f"{_curve(way, above)} {_curve(way, below, back=True)} Z"
