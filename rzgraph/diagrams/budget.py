"""Budget lines with their amounts side by side: the cells of a published table, or a flow of money with its parts.

In go the ledger and the cells, out come lines with bars, without a layout. Nothing is added up here; a published amount
that does not agree with what working it out again gives, carries what was worked out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from rzgraph.amounts import DASHES
from rzgraph.answers.flows import Flow, Ledger, Money
from rzgraph.diagrams.moneywords import format_period, write_figure
from rzgraph.diagrams.streams import MixedError, period_of
from rzgraph.labels import Labels
from rzgraph.messages import message
from rzgraph.namespaces import slug_of
from rzgraph.queries import Row, Term

#: Phases in the order of the bars of a line.
PHASES = ("requested", "announced", "promised", "reserved", "planned", "granted", "actual", "forecast", "unstated")
_NO_BAR = ("ratio", "price", "difference")


@dataclass(frozen=True)
class Bar:
    """An amount of a line: the series it belongs to, its ends, how it is written, and what was worked out."""

    series: str
    low: Decimal
    high: Decimal
    words: str
    computed: Decimal | None = None


@dataclass(frozen=True)
class BudgetLine:
    """A line of a budget: the flow it is about, how deep it stands, whether other lines fall under it, its bars."""

    flow: str
    depth: int
    is_total: bool
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Budget:
    """What is drawn in bars: the table or flow, the series with their words and phases, the lines, the text twin."""

    about: str
    series: Mapping[str, str]
    phases: Mapping[str, str]
    lines: tuple[BudgetLine, ...]
    rows: tuple[Row, ...]


def read_table_budget(
    ledger: Ledger, cells: Sequence[Row], checks: Sequence[Row], table: str, labels: Labels, lang: str
) -> Budget:
    """Return the lines of a published table, in its own order.

    Parameters
    ----------
    cells, checks
        The rows of ``queries/networks/budget-cells.rq`` and ``budget-checks.rq``.
    table
        The IRI of the table.

    Raises
    ------
    MixedError
        When the table has no amounts that can be bars.
    """
    own = [row for row in cells if _text(row["table"]) == table]
    worked_out = {_text(row["claim"]): _number(row["computed"]) for row in checks}
    bars: dict[str, list[Bar]] = {}
    series: dict[str, str] = {}
    seen: set[str] = set()
    for row in own:
        amount, text, claim = _number(row["amount"]), _text(row["amount_text"]), _text(row["claim"])
        amount = Decimal(0) if amount is None and text in DASHES else amount
        found = bars.setdefault(_text(row["flow"]), [])
        if row["phase"] is None or amount is None or slug_of(_text(row["kind"])) in _NO_BAR or claim in seen:
            continue
        seen.add(claim)
        column = _text(row["column"])
        series[column] = _text(row["phase"])
        found.append(Bar(column, amount, amount, write_figure(amount, amount, lang), worked_out.get(claim)))
    ordered = sorted(series, key=lambda column: (_rank(series[column]), column))
    words = {column: labels.label(column, lang) for column in ordered}
    lines = _set_lines(ledger, {flow: found for flow, found in bars.items() if found}, ordered)
    return _finish(Budget(table, words, series, lines, tuple(own)), labels, lang)


def read_flow_budget(
    ledger: Ledger, rows: Sequence[Row], checks: Sequence[Row], flow: str, labels: Labels, lang: str
) -> Budget:
    """Return a flow of money and, below it, its parts, with a bar for each phase.

    Parameters
    ----------
    rows, checks
        The rows of ``queries/networks/money-amounts.rq`` and ``budget-checks.rq``.
    flow
        The IRI of the flow.

    Raises
    ------
    MixedError
        When there are no amounts that can be bars, or the amounts of a phase are of different periods.
    """
    worked_out = {_text(row["claim"]): _number(row["computed"]) for row in checks}
    bars: dict[str, list[Bar]] = {}
    periods: dict[str, set[tuple[str, ...]]] = {}
    for each in _walk(ledger, flow):
        for money in each.amounts:
            if money.per or any(slug_of(kind) in _NO_BAR for kind in money.kinds):
                continue
            if found := _read_bars(money, worked_out, labels, lang):
                bars.setdefault(each.iri, []).extend(found)
                periods.setdefault(money.phase, set()).add(period_of(money))
    for phase, found_periods in sorted(periods.items()):
        if len(found_periods) > 1:
            said = "; ".join(format_period(period, lang) for period in sorted(found_periods))
            words = {"name": labels.label(flow, lang), "phase": labels.label(phase, lang), "periods": said}
            raise MixedError(message("flows.budget-periods", lang, **words), "period")
    ordered = sorted(periods, key=lambda phase: (_rank(phase), phase))
    series = {}
    for phase in ordered:
        period = next(iter(periods[phase]))
        series[phase] = labels.label(phase, lang) + (f" ({format_period(period, lang)})" if period else "")
    lines = _set_lines(ledger, bars, ordered)
    own = [row for row in rows if _text(row["flow"]) in bars]
    phases = {phase: phase for phase in ordered}
    return _finish(Budget(flow, series, phases, lines, tuple(own)), labels, lang)


def _read_bars(money: Money, worked_out: Mapping[str, Decimal | None], labels: Labels, lang: str) -> list[Bar]:
    """Return the bar of an amount; of one of which readings differ, a bar for each."""
    if not money.conflicting:
        if money.low is None or money.high is None:
            return []
        bound = f"{labels.label(money.bound, lang)} " if money.bound else ""
        words = bound + write_figure(money.low, money.high, lang)
        return [Bar(money.phase, money.low, money.high, words, worked_out.get(money.preferred))]
    readings = {(said.low, said.high): said.claim for said in money.said}
    bars = []
    for number, ((low, high), claim) in enumerate(readings.items(), start=1):
        if low is not None and high is not None:
            words = message("flows.reading-of", lang, amount=write_figure(low, high, lang), number=number)
            bars.append(Bar(money.phase, low, high, words, worked_out.get(claim)))
    return bars


def _walk(ledger: Ledger, flow: str) -> Iterable[Flow]:
    """Return a flow and all its parts, each once, a whole before its parts."""
    queue, seen = [flow], set()
    while queue:
        iri = queue.pop(0)
        if iri not in seen and iri in ledger.flows:
            seen.add(iri)
            yield ledger.flows[iri]
            queue = [*sorted(ledger.flows[iri].parts), *queue]


def _set_lines(ledger: Ledger, bars: Mapping[str, Sequence[Bar]], series: Sequence[str]) -> tuple[BudgetLine, ...]:
    lines = []
    for iri, found in bars.items():
        flow = ledger.flows.get(iri)
        parts = any(part in bars for part in flow.parts) if flow else False
        ordered = sorted(found, key=lambda bar: series.index(bar.series))
        lines.append(BudgetLine(iri, _depth(ledger, iri, bars), parts, tuple(ordered)))
    return tuple(lines)


def _depth(ledger: Ledger, iri: str, bars: Mapping[str, Sequence[Bar]]) -> int:
    depth, seen = 0, {iri}
    while above := next((whole for whole in ledger.flows[iri].wholes if whole in bars and whole not in seen), None):
        seen.add(above)
        depth, iri = depth + 1, above
    return depth


def _finish(budget: Budget, labels: Labels, lang: str) -> Budget:
    if not budget.lines:
        raise MixedError(message("flows.budget-nothing", lang, name=labels.label(budget.about, lang)), "nothing")
    return budget


def _rank(phase: str) -> int:
    slug = slug_of(phase)
    return PHASES.index(slug) if slug in PHASES else len(PHASES)


def _text(value: Term | None) -> str:
    return value.value if isinstance(value, NamedNode | Literal) else ""


def _number(value: Term | None) -> Decimal | None:
    return Decimal(value.value) if isinstance(value, Literal) else None
