"""Layout of the linked boxes within a panel, in layers, by Graphviz.

In go panels: boxes with their sizes, and links between boxes; out come positions. Boxes that hang from another by the
same relation, and from which nothing hangs, stand in one frame with one line, so that its text is read once; others
hang from a fork. A link to a box in another panel comes in at the top, or goes out at the bottom;
`rzgraph.diagrams.routing` joins the two.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import ceil
from typing import Any

from rzgraph.diagrams.boxes import Box, Curve, Link, Panel, PanelLayout, Point
from rzgraph.diagrams.engine import quote, run_engine
from rzgraph.diagrams.grids import GAP, arrange_rows, measure_grid, set_grid

#: The space between a frame and the boxes in it.
FRAME_INSET = 9.0

_HEAD = """digraph {
  graph [rankdir=TB nodesep=0.2 ranksep=0.26 margin=0];
  node [shape=box label="" fixedsize=true];
  edge [arrowsize=0.8];
"""
_POINT = "shape=point width=0.01 height=0.01"


def lay_out_links(panels: Sequence[Panel], widest: float) -> list[PanelLayout]:
    """Lay out the linked boxes of panels, each panel for itself, in rows no wider than a width where that can be.

    Raises
    ------
    InputError
        When the layout program is missing or fails.
    """
    framed = [_frame_leaves(panel, widest) for panel in panels]
    graphs = run_engine("\n".join(_write_panel(panel, widest) for panel, _ in framed)) if panels else ()
    return [_read_layout(graph, frames) for graph, (_, frames) in zip(graphs, framed, strict=True)]


def _frame_leaves(panel: Panel, widest: float) -> tuple[Panel, dict[str, list[Box]]]:
    """Return the linked part of a panel with one box for each frame, and the boxes that stand in each frame."""
    boxes = {box.name: box for box in panel.linked}
    touches = [name for link in panel.links for name in (link.above, *link.below)]
    links, frames = [], {}
    for link in panel.links:
        if len(link.below) > 1 and all(name in boxes and touches.count(name) == 1 for name in link.below):
            inside = [boxes.pop(name) for name in link.below]
            width, height = measure_grid(set_grid(inside, _columns(inside, widest)))
            boxes[link.name] = Box(link.name, width + 2 * FRAME_INSET, height + 2 * FRAME_INSET)
            frames[link.name] = inside
            link = replace(link, below=(link.name,))
        links.append(link)
    return Panel(panel.name, tuple(boxes.values()), tuple(links)), frames


def _columns(boxes: Sequence[Box], widest: float) -> int:
    """Return a number of columns for a frame: rows of equal length that leave room beside the frame."""
    most = max(1, int(widest * 0.8 / (boxes[0].width + GAP)))
    return ceil(len(boxes) / ceil(len(boxes) / most))


def _write_panel(panel: Panel, widest: float) -> str:
    pairs = [(link.above, below) for link in panel.links for below in link.below]
    boxes = {box.name: box for box in panel.boxes}
    rows = arrange_rows({name: box.width for name, box in boxes.items()}, pairs, widest)
    held = {below for above, below in pairs if above in boxes}
    dot = [_HEAD]
    for row in rows:
        dot.append(f"  {{ rank=same; {'; '.join(_write_box(boxes[name]) for name in row)} }}")
    for upper, lower in pairwise(rows):
        for name in [name for name in lower if name not in held] or lower[:1]:
            above = upper[min(lower.index(name), len(upper) - 1)]
            dot.append(f"  {quote('box ' + above)} -> {quote('box ' + name)} [style=invis];")
    links = [line for link in panel.links for line in _write_link(panel, link)]
    return "\n".join([*dot, *dict.fromkeys(links), "}"])


def _write_box(box: Box) -> str:
    return f"{quote('box ' + box.name)} [width={box.width / 72:.4f} height={box.height / 72:.4f}]"


def _write_link(panel: Panel, link: Link) -> list[str]:
    top = quote("box " + link.above)
    if not panel.holds(link.below[0]):
        end = quote("exit " + link.trunk)
        arrow = "dir=back" if link.upward else "dir=none"
        return [f"  {{ rank=sink; {end} [{_POINT}] }}", f"  {top} -> {end} [id={quote(link.trunk)} {arrow}];"]
    dot, stem = [], "dir=back" if link.upward else "dir=none"
    if not panel.holds(link.above):
        top, stem = quote("entry " + link.name), "dir=none"
        dot.append(f"  {{ rank=source; {top} [{_POINT}] }}")
    branch = "dir=none" if link.upward else "dir=forward"
    size = f'width="{ceil(link.width)}" height="{ceil(link.height)}"'
    label = f'id={quote(link.name)} label=<<table border="0" fixedsize="true" {size}><tr><td></td></tr></table>>'
    below = [quote("box " + name) for name in link.below]
    if len(below) == 1:
        return [*dot, f"  {top} -> {below[0]} [{label} {stem if link.upward else branch}];"]
    fork = quote("fork " + link.name)
    dot += [f"  {fork} [{_POINT}];", f"  {top} -> {fork} [{label} {stem} weight=4];"]
    return [*dot, *(f"  {fork} -> {name} [id={quote(link.name)} {branch}];" for name in below)]


def _read_layout(graph: dict[str, Any], frames: dict[str, list[Box]]) -> PanelLayout:
    left, bottom, right, top = _numbers(graph["bb"])
    layout = PanelLayout(right - left, top - bottom)
    for node in (thing for thing in graph.get("objects", ()) if "pos" in thing):  # the others are rows
        kind, _, name = node["name"].partition(" ")
        x, y = _numbers(node["pos"])
        x, y = x - left, top - y
        if kind == "box":
            width, height = float(node["width"]) * 72, float(node["height"]) * 72
            layout.boxes[name] = (x - width / 2, y - height / 2, width, height)
        elif kind in ("entry", "exit"):
            (layout.entries if kind == "entry" else layout.exits)[name] = x
    for edge in (thing for thing in graph.get("edges", ()) if "id" in thing):
        layout.curves.append(_read_curve(edge, left, top))
        if "lp" in edge:
            x, y = _numbers(edge["lp"])
            layout.labels[edge["id"]] = (x - left, top - y)
    for name, inside in frames.items():
        layout.frames[name] = x, y, width, _ = layout.boxes.pop(name)
        columns = int((width + GAP) // (inside[0].width + GAP))
        layout.boxes |= set_grid(inside, columns, (x + FRAME_INSET, y + FRAME_INSET))
    return layout


def _read_curve(edge: dict[str, Any], left: float, top: float) -> Curve:
    shapes: dict[str, tuple[Point, ...]] = {}
    for step in (step for part in ("_draw_", "_hdraw_", "_tdraw_") for step in edge.get(part, ())):
        if "points" in step:
            shapes[step["op"].lower()] = tuple((x - left, top - y) for x, y in step["points"])
    return Curve(edge["id"], shapes["b"], shapes.get("p", ()))


def _numbers(text: str) -> list[float]:
    return [float(part) for part in text.split(",")]
