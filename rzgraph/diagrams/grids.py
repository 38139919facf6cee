"""Rows and grids: which boxes stand side by side, and which below each other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import networkx as nx

from rzgraph.diagrams.boxes import Box, PanelLayout, Rectangle

#: The space between the boxes of a grid.
GAP = 12.0


def arrange_rows(widths: Mapping[str, float], pairs: Iterable[tuple[str, str]], widest: float) -> list[list[str]]:
    """Put boxes in rows no wider than a width, each below the boxes above it; what others hang from comes first.

    This is list scheduling by height, as in Coffman and Graham's layering. Of relations that run in a circle, one is
    left out of account.
    """
    names = list(widths)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(names)
    graph.add_edges_from((above, below) for above, below in pairs if above in graph and below in graph)
    break_circles(graph)
    height: dict[str, int] = {}
    for name in reversed(list(nx.topological_sort(graph))):
        height[name] = 1 + max((height[below] for below in graph.successors(name)), default=-1)
    rows: list[list[str]] = []
    row_of: dict[str, int] = {}
    for name in sorted(graph, key=lambda name: (-height[name], names.index(name))):
        row = 1 + max((row_of[above] for above in graph.predecessors(name)), default=-1)
        while row < len(rows) and sum(widths[other] + GAP for other in rows[row]) + widths[name] > widest:
            row += 1
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row].append(name)
        row_of[name] = row
    return rows


def break_circles(graph: "nx.DiGraph[str] | nx.DiGraph[int]") -> None:
    """Take links out of a graph until none runs in a circle."""
    while not nx.is_directed_acyclic_graph(graph):
        graph.remove_edge(*nx.find_cycle(graph)[-1][:2])


def set_grid(boxes: Sequence[Box], columns: int, corner: tuple[float, float] = (0.0, 0.0)) -> dict[str, Rectangle]:
    """Return the places of boxes of one width in columns from a corner on, each where there is most room."""
    placed, feet = {}, [corner[1]] * columns
    for box in boxes:
        column = feet.index(min(feet))
        placed[box.name] = (corner[0] + column * (box.width + GAP), feet[column], box.width, box.height)
        feet[column] += box.height + GAP
    return placed


def measure_grid(placed: Mapping[str, Rectangle]) -> tuple[float, float]:
    """Return how far boxes reach to the right and down."""
    return max(x + width for x, _, width, _ in placed.values()), max(y + height for _, y, _, height in placed.values())


def add_grid(layout: PanelLayout, boxes: Sequence[Box], columns: int, beside: bool) -> PanelLayout:
    """Return a layout with more boxes in a grid: beside what is there, or below it."""
    if not boxes:
        return layout
    corner = (0.0, 0.0)
    if layout.boxes:
        corner = (layout.width + 2 * GAP, 0.0) if beside else (0.0, layout.height + GAP)
    placed = set_grid(boxes, min(columns, len(boxes)), corner)
    width, height = measure_grid(placed)
    boxes_placed = {**layout.boxes, **placed}
    return replace(layout, width=max(layout.width, width), height=max(layout.height, height), boxes=boxes_placed)
