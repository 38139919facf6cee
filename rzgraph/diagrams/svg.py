"""A page of panels as SVG: positions and words in, the template ``site/templates/drawings/governance.svg`` filled in.

The template escapes every text. Identifiers carry a prefix, so that several drawings can stand on one page of the site;
without links a drawing is an image to screen readers, with links a group, since an image cannot hold links.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from rzgraph.diagrams.boxes import Point
from rzgraph.diagrams.captions import LINK_SIZE, SIZES, BoxText, LinkText
from rzgraph.diagrams.routing import MARGIN, PADDING, TITLE_LINE, TITLE_SIZE, Page
from rzgraph.diagrams.template import LEGEND_ROW, LEGEND_SIZE, Words, place_legend, render_template, write_points

_HEAD = 58.0  # height of the title above the panels
_ROUNDING = 7.0


def write_svg(
    folder: Path, page: Page, boxes: Mapping[str, BoxText], links: Mapping[str, LinkText], words: Words
) -> str:
    """Return a page as SVG.

    Parameters
    ----------
    folder
        The folder of the template.
    page
        Where everything stands.
    boxes, links
        The texts, by the name of the box or link on the page.
    words
        The words around the drawing.
    """
    framed = any(p.layout.frames for p in page.panels)
    legend = place_legend({k: t for k, t in words.legend.items() if framed or k != "frame"}, page.width)
    return render_template(
        folder,
        "governance.svg",
        words=words,
        page=page,
        boxes=boxes,
        links=_gather_links(page, links),
        legend=legend,
        role="group" if any(box.href for box in boxes.values()) else "img",
        sizes={**SIZES, "link": LINK_SIZE, "title": TITLE_SIZE, "legend": LEGEND_SIZE},
        margin=MARGIN,
        padding=PADDING,
        title_line=TITLE_LINE,
        top=_HEAD,
        height=_HEAD + page.height + (legend[-1][1] + LEGEND_ROW if legend else 0.0),
    )


def _gather_links(page: Page, links: Mapping[str, LinkText]) -> list[dict[str, object]]:
    """Return each link with its lines as path data, its arrow heads and the places of its label.

    A line that leaves a panel, runs over the page and comes into another panel is one path, so that dashes run on.
    """
    wires = dict(page.wires)
    gathered = []
    for name, trunk in sorted({(link.name, link.trunk) for p in page.panels for link in p.panel.links}):
        own = [name, trunk] if name in wires else [name]
        found = [(p.origin, curve) for p in page.panels for curve in p.layout.curves if curve.link in own]
        curves = [_curve(_shift(curve.points, origin)) for origin, curve in found if curve.link == name]
        labelled = [p for p in page.panels if name in p.layout.labels]
        if name in wires:
            out = next(_curve(_shift(curve.points, origin)) for origin, curve in found if curve.link == trunk)
            curves[0] = f"{out} L{_straight(wires[name])} L{curves[0][1:]}"
        gathered.append(
            {
                "text": links[name],
                "paths": curves,
                "heads": [_shift(curve.head, origin) for origin, curve in found if curve.head],
                "places": [_shift([p.layout.labels[name]], p.origin)[0] for p in labelled],
            }
        )
    return gathered


def _shift(points: Sequence[Point], origin: Point) -> list[Point]:
    return [(x + origin[0], y + origin[1]) for x, y in points]


def _curve(points: Sequence[Point]) -> str:
    """Return a Bézier curve as path data."""
    return f"M{write_points(points[:1])} C{write_points(points[1:])}"


def _straight(points: Sequence[Point]) -> str:
    """Return straight lines with rounded corners as path data, without the command to begin with."""
    points = [points[0], *(b for a, b in pairwise(points) if _distance(a, b) > 0.5)]
    data = write_points(points[:1])
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        size = min(_ROUNDING, _distance(before, corner) / 2, _distance(corner, after) / 2)
        bend = [corner, _towards(corner, after, size)]
        data += f" L{write_points([_towards(corner, before, size)])} Q{write_points(bend)}"
    return f"{data} L{write_points(points[-1:])}"


def _distance(a: Point, b: Point) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _towards(start: Point, end: Point, size: float) -> Point:
    share = size / (_distance(start, end) or 1.0)
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
