"""The books: everything the drawings of money are made from, read once, and the ways to draw from them."""

from dataclasses import dataclass, replace
from datetime import date

from pyoxigraph import Literal, Store

from rzgraph.answers.flows import Ledger, read_flows
from rzgraph.diagrams.bars import draw_budget
from rzgraph.diagrams.budget import read_flow_budget, read_table_budget
from rzgraph.diagrams.moneydrawing import draw_money
from rzgraph.diagrams.picking import pick_streams
from rzgraph.diagrams.streams import Period, period_of, write_period
from rzgraph.diagrams.template import Drawing, Link
from rzgraph.errors import UsageError
from rzgraph.labels import Labels
from rzgraph.messages import message
from rzgraph.namespaces import kind_of, rz, slug_of, term
from rzgraph.queries import Row, read_question, run_question
from rzgraph.settings import Project

#: What money can be drawn around, and what has bars.
CENTRES = ("flow", "programme", "party", "network", "body")
BUDGETS = ("table", "flow")
_LATER = (rz("later-known").value, rz("not-yet").value)


@dataclass(frozen=True)
class Books:
    """The ledger of money, and the rows of the queries behind its drawings.

    Attributes
    ----------
    amounts, cells, checks
        The rows of ``money-amounts``, ``budget-cells`` and ``budget-checks`` in ``queries/networks``.
    """

    ledger: Ledger
    amounts: list[Row]
    cells: list[Row]
    checks: list[Row]


def open_books(store: Store, project: Project, day: date, known_only: bool = False) -> Books:
    """Read the books.

    Parameters
    ----------
    day
        The day standings hold for.
    known_only
        Leave out what is known only from after the day.

    Raises
    ------
    InputError
        When a query cannot be run.
    """
    at = Literal(day.isoformat(), datatype=term("xsd:date"))

    def ask(name: str) -> list[Row]:
        question = read_question(project.queries / "networks" / f"{name}.rq")
        return run_question(store, question, {"_at_date": at} if question.params else {}).rows

    ledger = read_flows(store, project, at)
    if known_only:
        flows = {
            iri: replace(flow, amounts=[money for money in flow.amounts if money.standing not in _LATER])
            for iri, flow in ledger.flows.items()
        }
        ledger = replace(ledger, flows=flows)
    return Books(ledger, ask("money-amounts"), ask("budget-cells"), ask("budget-checks"))


def draw_flows(
    books: Books,
    project: Project,
    labels: Labels,
    centre: str,
    lang: str,
    phase: str | None = None,
    period: Period | None = None,
    whole: bool = False,
    link: Link | None = None,
) -> Drawing:
    """Draw the flows of money around a thing, in one phase.

    Raises
    ------
    MixedError
        When there is nothing to draw, or what there is may not be added up.
    """
    picked = pick_streams(books.ledger, labels, centre, lang, phase, period, whole)
    return draw_money(picked, books.amounts, project, labels, lang, link)


def draw_bars(
    books: Books, project: Project, labels: Labels, about: str, lang: str, link: Link | None = None
) -> Drawing:
    """Draw the lines of a published table, or of a flow and its parts, in bars.

    Raises
    ------
    MixedError
        When there is nothing to draw, or what there is may not stand side by side.
    """
    if kind_of(about) == "table":
        budget = read_table_budget(books.ledger, books.cells, books.checks, about, labels, lang)
    else:
        budget = read_flow_budget(books.ledger, books.amounts, books.checks, about, labels, lang)
    return draw_budget(budget, project, labels, lang, link)


def find_phase(labels: Labels, text: str, lang: str) -> str:
    """Return the phase that is meant by a slug or name.

    Raises
    ------
    UsageError
        Naming the phases there are.
    """
    phases = sorted(iri for iri in labels.by_iri if kind_of(iri) == "phase")
    for iri in phases:
        if text.casefold() in (iri, slug_of(iri), *(name.casefold() for name in labels.by_iri[iri].values())):
            return iri
    raise UsageError(message("flows.phases", lang, phase=text, phases=", ".join(map(slug_of, phases))))


def find_period(ledger: Ledger, text: str, lang: str) -> Period:
    """Return the period that is meant by its begin and end, as documents state it.

    Raises
    ------
    UsageError
        Naming the periods there are.
    """
    periods = {
        write_period(period_of(money)): period_of(money) for flow in ledger.flows.values() for money in flow.amounts
    }
    if text not in periods:
        raise UsageError(message("flows.periods", lang, period=text, periods=", ".join(sorted(periods))))
    return periods[text]
