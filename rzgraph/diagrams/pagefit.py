"""The page that is read best: of many ways to set panels, a small one with short lines that is no ribbon.

Linked boxes may run wide or narrow, loose boxes may stand beside or below them in more rows or fewer, and panels may
come in two orders. The choice for all panels together comes first, then each panel for itself as long as that helps.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil
from typing import Any

from rzgraph.diagrams.boxes import Panel, PanelLayout
from rzgraph.diagrams.captions import BOX_WIDTH
from rzgraph.diagrams.grids import GAP
from rzgraph.diagrams.layout import lay_out_links
from rzgraph.diagrams.routing import Page, PlacedPanel, place_panels

#: Widths of a page in points: on the first, type of 13 points is well readable on a screen of 1100 pixels.
WIDTHS = (1180, 1220, 1260, 1350, 1500, 1800)
NARROWEST = 700
#: The height that title and legend add to a page, at most.
FRAMING = 122.0
#: Width over height that a page should keep to.
ASPECT = (0.49, 2.2)

_LAYERED = (8, 6, 5, 4, 3, 2)
_ROWS = (1, 2, 3, 4, 5, 6, 8, 12, 20)
_MOST_COLUMNS = 7
# What counts as much as how much area: a line between panels by its length, a step to narrower layers, what does not
# fit by its excess.
_WIRE, _NARROWER, _MISFIT = 100.0, 60_000.0, 20_000.0
_ROUNDS = 2


@dataclass(frozen=True)
class _Choice:
    """How a panel is set: which of its layouts, loose boxes beside the linked ones or below, in how many rows."""

    layout: int
    beside: bool
    rows: int


@dataclass(frozen=True)
class _Task:
    """The panels with the ways each can be laid out, and what `compose_page` was told about them."""

    panels: Sequence[Panel]
    layouts: Sequence[Sequence[PanelLayout]]
    titles: Mapping[str, str]
    tiers: Mapping[str, int]
    asides: Collection[str]
    lang: str

    def compose(self, order: Sequence[int], choices: Sequence[_Choice], width: float) -> Page:
        """Return the page that choices for the panels give."""
        placed = []
        for place in order:
            panel, choice = self.panels[place], choices[place]
            columns = max(1, min(_MOST_COLUMNS, ceil(len(panel.loose) / choice.rows)))
            layout = self.layouts[place][choice.layout]
            name, is_aside = self.titles[panel.name], panel.name in self.asides
            placed.append(PlacedPanel(panel, layout, name, self.lang, choice.beside, columns, is_aside))
        return place_panels(placed, [self.tiers[self.panels[place].name] for place in order], width, NARROWEST)


def compose_page(
    panels: Sequence[Panel], titles: Mapping[str, str], tiers: Mapping[str, int], asides: Collection[str], lang: str
) -> Page:
    """Lay out panels and place them on a page that is no ribbon and can be read at the width of a screen.

    Parameters
    ----------
    panels
        In the order they should be read.
    titles, tiers
        Title and tier of each panel, by its name; panels of a lower tier stand above all panels of a higher one.
    asides
        Names of panels that stand to the right of others, or after all others.
    lang
        The language in which titles are broken.

    Raises
    ------
    InputError
        When the layout program is missing or fails.
    """
    by_width = [lay_out_links(panels, most * (BOX_WIDTH + GAP)) for most in _LAYERED]
    layouts = [_drop_doubles(each) for each in zip(*by_width, strict=True)]
    task = _Task(panels, layouts, titles, tiers, asides, lang)
    places = range(len(panels))
    orders = [list(places), sorted(places, key=lambda place: panels[place].name in asides)]
    for width in WIDTHS:
        page = min((_improve(task, order, width) for order in orders), key=lambda page: _weigh_page(page, width))
        if _misfit(page, width) == 0:
            break
    return page


def _drop_doubles(layouts: Sequence[PanelLayout]) -> list[PanelLayout]:
    return [layout for place, layout in enumerate(layouts) if layout not in layouts[:place]]


def _improve(task: _Task, order: Sequence[int], width: float) -> Page:
    """Return the page of the best choice for all panels together, bettered panel by panel."""

    def weigh(choices: Sequence[_Choice]) -> float:
        steps = sum(choice.layout for choice in choices)
        return _weigh_page(task.compose(order, choices, width), width) + _NARROWER * steps

    alike = [
        [_Choice(min(narrow, len(layouts) - 1), False, rows) for layouts in task.layouts]
        for narrow in range(len(_LAYERED))
        for rows in _ROWS
    ]
    best = min(alike, key=weigh)
    least = weigh(best)
    for place, changes in list(enumerate(map(_list_changes, task.panels, task.layouts))) * _ROUNDS:
        for change in changes:
            changed = [*best[:place], replace(best[place], **change), *best[place + 1 :]]
            if changed != best and (weight := weigh(changed)) < least:
                best, least = changed, weight
    return task.compose(order, best, width)


def _list_changes(panel: Panel, layouts: Sequence[PanelLayout]) -> list[dict[str, Any]]:
    """Return the changes of choice that make a difference to a panel."""
    changes: list[dict[str, Any]] = [{"layout": number} for number in range(len(layouts))] if len(layouts) > 1 else []
    if panel.loose:
        changes += [{"rows": rows} for rows in _ROWS[: len(panel.loose)]]
    if panel.loose and panel.linked:
        changes += [{"beside": beside} for beside in (True, False)]
    return changes


def _misfit(page: Page, width: float) -> float:
    """Return by how much a page is too wide, too high or too flat."""
    height = page.height + FRAMING
    return max(0.0, page.width - width) + max(0.0, height - page.width / ASPECT[0], page.width - height * ASPECT[1])


def _weigh_page(page: Page, width: float) -> float:
    steps = [step for _, points in page.wires for step in pairwise(points)]
    length = sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in steps)
    return page.width * page.height + _WIRE * length + _MISFIT * _misfit(page, width)
