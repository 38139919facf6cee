"""Budget lines as SVG: names on the left, bars beside each other, the amount behind each bar.

Series differ by pattern, so that they can be told apart on paper without colours.
"""

from dataclasses import dataclass
from decimal import Decimal

from rzgraph.diagrams.budget import Budget, BudgetLine
from rzgraph.diagrams.lettering import fold_text, measure_text
from rzgraph.diagrams.routing import MARGIN
from rzgraph.diagrams.template import LEGEND_ROW, Drawing, Link, Words, find_address, place_legend, render_template
from rzgraph.labels import Labels
from rzgraph.messages import message
from rzgraph.money import format_amount
from rzgraph.namespaces import kind_of, slug_of
from rzgraph.queries import Answer
from rzgraph.settings import Project

_SIZE, _HEAD, _NAMES, _BARS, _INDENT = 12.0, 78.0, 250.0, 330.0, 14.0
_PITCH, _THICK, _SPACE, _LINE = 15.0, 10.0, 10.0, 15.0
#: The look of a series, by phase; a second series of a phase takes the next one that is free.
LOOKS = {"planned": "hollow", "actual": "solid", "forecast": "striped"}
_OTHERS = ("dotted", "hollow", "solid", "striped", "crossed")


@dataclass(frozen=True)
class PlacedBar:
    """A bar: its look, its place, the words behind it, and what stands against it."""

    look: str
    x: float
    y: float
    width: float
    range_x: float
    range_width: float
    words: str
    words_x: float
    wrong: str
    title: str


@dataclass(frozen=True)
class PlacedLine:
    """A line of the budget: its place, the lines of its name, where it leads, and its bars."""

    y: float
    height: float
    indent: float
    names: tuple[str, ...]
    is_total: bool
    href: str | None
    bars: tuple[PlacedBar, ...]


def draw_budget(budget: Budget, project: Project, labels: Labels, lang: str, link: Link | None = None) -> Drawing:
    """Draw the lines of a budget.

    Parameters
    ----------
    budget
        From `rzgraph.diagrams.budget`.
    project, labels
        The project whose templates are used, and the names of things.
    lang
        ``nl`` or ``en``.
    link
        Gives the address of a thing's page, or None.
    """
    looks = choose_looks(budget)
    lines = _place_lines(budget, looks, labels, lang, link)
    words = _choose_words(budget, lines, looks, labels, lang)
    ends = [bar.words_x + measure_text(f"{bar.words} {bar.wrong}", 11.0, True) for line in lines for bar in line.bars]
    reach = max(ends, default=0.0)
    width = max(reach + 2 * MARGIN, measure_text(words.title, 19, True) + 2 * MARGIN, 600.0)
    foot = lines[-1].y + lines[-1].height + 4.0
    zero = _Axis(budget).zero
    legend = place_legend(words.legend, width)
    notes = fold_text(message("flows.budget-note", lang), width - 2 * MARGIN, _SIZE, lang)
    svg = render_template(
        project.site / "templates" / "drawings",
        "budget.svg",
        words=words,
        lines=lines,
        legend=legend,
        notes=notes,
        role="group" if link else "img",
        margin=MARGIN,
        top=_HEAD,
        zero=zero,
        foot=foot,
        thick=_THICK,
        right=width - MARGIN,
        legend_top=foot + 26.0,
        width=width,
        height=foot + 26.0 + legend[-1][1] + LEGEND_ROW + len(notes) * 17.0,
    )
    columns = tuple(budget.rows[0]) if budget.rows else ()
    return Drawing(svg, Answer(columns, list(budget.rows)), words.title, words.description)


def choose_looks(budget: Budget) -> dict[str, str]:
    """Return the look of each series: that of its phase, or the next that is free."""
    looks: dict[str, str] = {}
    for series in budget.series:
        wanted = (LOOKS.get(slug_of(budget.phases[series]), ""), *_OTHERS)
        looks[series] = next((look for look in wanted if look and look not in looks.values()), "crossed")
    return looks


class _Axis:
    """Amounts to places: one scale for all bars, with room on the left of zero for negative amounts."""

    def __init__(self, budget: Budget) -> None:
        values = [value for line in budget.lines for bar in line.bars for value in (bar.low, bar.high)]
        highest, lowest = max([*values, Decimal(0)]), min([*values, Decimal(0)])
        self.scale = _BARS / float(highest - lowest) if highest > lowest else 0.0
        self.zero = MARGIN + _NAMES - float(lowest) * self.scale

    def place(self, amount: Decimal) -> float:
        return self.zero + float(amount) * self.scale


def _place_lines(
    budget: Budget, looks: dict[str, str], labels: Labels, lang: str, link: Link | None
) -> tuple[PlacedLine, ...]:
    axis = _Axis(budget)
    lines = []
    y = _HEAD
    for line in budget.lines:
        indent = line.depth * _INDENT
        name = labels.label(line.flow, lang)
        names = fold_text(name, _NAMES - indent - 14.0, _SIZE, lang, 3, bold=line.is_total)
        height = max(len(line.bars) * _PITCH, len(names) * _LINE) + _SPACE
        top = y + (height - len(line.bars) * _PITCH) / 2
        bars = _place_bars(line, budget, looks, axis, top, name, lang)
        lines.append(PlacedLine(y, height, indent, names, line.is_total, find_address(link, line.flow), bars))
        y += height
    return tuple(lines)


def _place_bars(
    line: BudgetLine, budget: Budget, looks: dict[str, str], axis: _Axis, top: float, name: str, lang: str
) -> tuple[PlacedBar, ...]:
    bars = []
    for number, bar in enumerate(line.bars):
        # From zero to the nearest end a bar is sure; the rest of a range is drawn apart.
        near, far = sorted((bar.low, bar.high), key=abs)
        left, right = sorted((axis.zero, axis.place(near)))
        first, last = sorted((axis.place(near), axis.place(far)))
        said = {"flow": name, "series": budget.series[bar.series], "amount": bar.words}
        wrong, title = "", message("flows.bar-title", lang, **said)
        if bar.computed is not None:
            computed = format_amount(bar.computed, lang)
            wrong = message("flows.computed", lang, computed=computed)
            title = message("flows.bar-wrong", lang, computed=computed, **said)
        x = max(axis.zero, axis.place(bar.low), axis.place(bar.high)) + 6.0
        y = top + number * _PITCH
        bars.append(
            PlacedBar(looks[bar.series], left, y, right - left, first, last - first, bar.words, x, wrong, title)
        )
    return tuple(bars)


def _choose_words(
    budget: Budget, lines: tuple[PlacedLine, ...], looks: dict[str, str], labels: Labels, lang: str
) -> Words:
    bars = [bar for line in lines for bar in line.bars]
    counts = {"lines": len(lines), "bars": len(bars), "wrong": sum(bool(bar.wrong) for bar in bars)}
    legend = {looks[series]: text for series, text in budget.series.items()}
    if counts["wrong"]:
        legend["wrong"] = message("flows.legend-wrong", lang)
    series = ", ".join(budget.series.values())
    return Words(
        title=message("flows.budget-title", lang, name=labels.label(budget.about, lang)),
        counts=message("flows.budget-counts", lang, **counts),
        description=message("flows.budget-description", lang, series=series, **counts),
        legend=legend,
        lang=lang,
        prefix=f"budget-{kind_of(budget.about)}-{slug_of(budget.about)}-{lang}",
    )
