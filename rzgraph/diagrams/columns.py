"""A network in columns: a thing in the middle, what it is tied to left and right of it, with few crossings.

Every line has a place of its own at each end, so that its words stand beside it and never on another's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rzgraph.diagrams.boxes import Point

#: The width of a box, of the words of a line, and of the space between two columns.
BOX, WORDS, GAP = 164.0, 114.0, 174.0
_ROOM, _SLOT = 9.0, 14.0
_SWEEPS = 4


@dataclass(frozen=True)
class Wire:
    """A line between two boxes: their names, and the height its words need.

    `inner` is the end nearer to the middle; the words stand at the other.
    """

    name: str
    inner: str
    outer: str
    height: float


@dataclass(frozen=True)
class Placed:
    """Where boxes, lines and words stand.

    Attributes
    ----------
    boxes
        Name to left, top, width and height.
    ways
        Name of a line to its way, as path data, from its inner to its outer end.
    words
        Name of a line to the middle of its words and the foot of the lowest.
    ends
        Name of a line to its inner and its outer end.
    """

    width: float
    height: float
    boxes: dict[str, tuple[float, float, float, float]] = field(default_factory=dict)
    ways: dict[str, str] = field(default_factory=dict)
    words: dict[str, Point] = field(default_factory=dict)
    ends: dict[str, tuple[Point, Point]] = field(default_factory=dict)


def set_columns(column_of: Mapping[str, int], heights: Mapping[str, float], wires: Sequence[Wire]) -> Placed:
    """Return the places of boxes and lines.

    Parameters
    ----------
    column_of
        Name of each box to its column; the middle is 0, what stands left of it is negative.
    heights
        Name of each box to the height its own words need; boxes stand in the order given here where lines do not say
        otherwise.
    wires
        The lines; their ends stand in different columns, on one side of the middle.
    """
    columns: dict[int, list[str]] = {}
    for name in heights:
        columns.setdefault(column_of[name], []).append(name)
    links: dict[str, list[str]] = {name: [] for name in heights}
    passing: dict[str, list[str]] = {}
    for wire in wires:
        chain = [wire.inner, *_add_passages(wire, column_of, columns, links), wire.outer]
        passing[wire.name] = chain
        for one, other in pairwise(chain):
            links[one].append(other)
            links[other].append(one)
    _order(columns, links)
    ports = _count_ports(wires, passing)
    tall = {name: max(heights.get(name, _SLOT), *ports.get(name, [0.0])) for name in links}
    return _place(columns, tall, wires, passing)


def _add_passages(
    wire: Wire, column_of: Mapping[str, int], columns: dict[int, list[str]], links: dict[str, list[str]]
) -> list[str]:
    """Make room for a line in every column it passes, and return the names of these places."""
    inner, outer = column_of[wire.inner], column_of[wire.outer]
    step = 1 if outer > inner else -1
    passages = []
    for column in range(inner + step, outer, step):
        passages.append(f"{wire.name} passes {column}")
        columns.setdefault(column, []).append(passages[-1])
        links[passages[-1]] = []
    return passages


def _order(columns: dict[int, list[str]], links: Mapping[str, Sequence[str]]) -> None:
    """Order each column by the middle of what its boxes are tied to, from the middle out and back, a few times."""
    outward = sorted(columns, key=abs)
    for sweep in range(_SWEEPS):
        for column in outward if sweep % 2 == 0 else reversed(outward):
            if column == 0:
                continue
            towards = column - (1 if column > 0 else -1) if sweep % 2 == 0 else column + (1 if column > 0 else -1)
            place = {name: number / len(columns[towards]) for number, name in enumerate(columns.get(towards, []))}
            own = {name: number / len(columns[column]) for number, name in enumerate(columns[column])}
            middles = {}
            for name in columns[column]:
                tied = [place[other] for other in links[name] if other in place]
                middles[name] = sum(tied) / len(tied) if tied else own[name]
            columns[column].sort(key=lambda name, middles=middles, own=own: (middles[name], own[name]))  # type: ignore[misc]


def _count_ports(wires: Sequence[Wire], passing: Mapping[str, Sequence[str]]) -> dict[str, list[float]]:
    """Return how much height the lines at each side of a box need."""
    needed: dict[tuple[str, str], float] = {}
    for wire in wires:
        chain = passing[wire.name]
        for name, side, height in ((chain[0], "out", _SLOT / 2), (chain[-1], "in", wire.height)):
            needed[name, side] = needed.get((name, side), 0.0) + height
    ports: dict[str, list[float]] = {}
    for (name, _), height in needed.items():
        ports.setdefault(name, []).append(height)
    return ports


def _place(
    columns: Mapping[int, Sequence[str]],
    tall: Mapping[str, float],
    wires: Sequence[Wire],
    passing: Mapping[str, Sequence[str]],
) -> Placed:
    totals = {column: sum(tall[name] + _ROOM for name in names) - _ROOM for column, names in columns.items()}
    height, first = max(totals.values()), min(columns)
    placed = Placed((max(columns) - first) * (BOX + GAP) + BOX, height)
    at: dict[str, tuple[float, float, float, float]] = {}
    for column, names in columns.items():
        y = (height - totals[column]) / 2
        for name in names:
            at[name] = ((column - first) * (BOX + GAP), y, BOX, tall[name])
            y += tall[name] + _ROOM
    passages = {name for chain in passing.values() for name in chain[1:-1]}
    placed.boxes.update({name: box for name, box in at.items() if name not in passages})
    ends = _set_ports(wires, passing, at)
    for wire in wires:
        chain = passing[wire.name]
        sign = 1.0 if at[chain[-1]][0] > at[chain[0]][0] else -1.0
        x, y = at[chain[0]][0] + (BOX if sign > 0 else 0.0), ends[wire.name, chain[0]]
        start, way = (x, y), [f"M{x:.1f},{y:.1f}"]
        for name in chain[1:]:
            goal = at[name][0] + (0.0 if sign > 0 else BOX)
            foot = ends.get((wire.name, name), at[name][1] + at[name][3] / 2)
            bend = goal - sign * WORDS
            half = (x + bend) / 2
            way.append(f"C{half:.1f},{y:.1f} {half:.1f},{foot:.1f} {bend:.1f},{foot:.1f} H{goal:.1f}")
            x, y = goal, foot
            if name in passages:
                x += sign * BOX
                way.append(f"H{x:.1f}")
        placed.ways[wire.name] = " ".join(way)
        placed.ends[wire.name] = (start, (x, y))
        placed.words[wire.name] = (x - sign * WORDS / 2, y)
    return placed


def _set_ports(
    wires: Sequence[Wire], passing: Mapping[str, Sequence[str]], at: Mapping[str, tuple[float, float, float, float]]
) -> dict[tuple[str, str], float]:
    """Return the height of each line at each of its two ends, in the order of where it comes from."""
    sides: dict[tuple[str, bool], list[tuple[float, str, str, float]]] = {}
    for wire in wires:
        chain = passing[wire.name]
        for name, neighbour, height in ((chain[0], chain[1], _SLOT / 2), (chain[-1], chain[-2], wire.height)):
            middle = at[neighbour][1] + at[neighbour][3] / 2
            sides.setdefault((name, at[neighbour][0] > at[name][0]), []).append((middle, wire.name, name, height))
    ends = {}
    for (name, _), found in sides.items():
        y = at[name][1] + (at[name][3] - sum(height for *_, height in found)) / 2
        for _, wire_name, _, height in sorted(found):
            is_outer = passing[wire_name][-1] == name
            ends[wire_name, name] = y + (height - 4.0 if is_outer else height / 2)
            y += height
    return ends
