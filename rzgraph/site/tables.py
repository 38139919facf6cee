"""Published tables as tables: the cells of ``queries/networks/budget-cells.rq`` set in rows and columns again.

Rows follow the lines of the document, columns the order in which their amounts stand in a line.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from rzgraph.queries import Question, Row, Term, read_question, run_question
from rzgraph.site.evidence import Claim, read_claim
from rzgraph.site.plan import Plan


@dataclass(frozen=True)
class Check:
    """What working out a cell again gives: the amount, the difference, and the finding if there is one."""

    computed: Term | None
    discrepancy: Term | None
    finding: str


@dataclass(frozen=True)
class Cell:
    """A cell of a table: what is written, where, and what does not hold."""

    text: str
    claim: Claim
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class TableRow:
    """A row of a table: its name as written, its flow, and the cells under each column."""

    name: str
    flow: str
    cells: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class PublishedTable:
    """A published table: the columns by IRI, the rows, and the query behind the cells."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    question: Question


def read_published(plan: Plan) -> dict[str, PublishedTable]:
    """Return every published table, by IRI.

    Raises
    ------
    InputError
        When a query cannot be run.
    """
    folder = plan.project.queries / "networks"
    question = read_question(folder / "budget-cells.rq")
    checks: dict[str, list[Check]] = defaultdict(list)
    for row in run_question(plan.store, read_question(folder / "budget-checks.rq")).rows:
        checks[_text(row["claim"])].append(Check(row["computed"], row["discrepancy"], _text(row["finding"])))
    by_table: dict[str, list[Row]] = defaultdict(list)
    for row in run_question(plan.store, question).rows:
        by_table[_text(row["table"])].append(row)
    return {table: _set_table(plan, rows, checks, question) for table, rows in by_table.items()}


def _set_table(plan: Plan, rows: Sequence[Row], checks: dict[str, list[Check]], question: Question) -> PublishedTable:
    cells: dict[tuple[str, str], dict[str, dict[str, Cell]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        claim = _text(row["claim"])
        cell = Cell(_text(row["amount_text"]), read_claim(plan.things, claim), tuple(checks.get(claim, ())))
        cells[_text(row["row"]), _text(row["flow"])][_text(row["column"])][claim] = cell
    columns = _order_columns(rows)
    table_rows = [
        TableRow(name, flow, tuple(tuple(found.get(column, {}).values()) for column in columns))
        for (name, flow), found in cells.items()
    ]
    return PublishedTable(columns, tuple(table_rows), question)


def _order_columns(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the columns in the order of their amounts within the words of a row, taken over all rows."""
    places: dict[str, list[float]] = defaultdict(list)
    lines: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        places.setdefault(_text(row["column"]), [])
        lines[_text(row["row"]), _text(row["lines"])].append(row)
    for found in lines.values():
        texts = [_text(row["amount_text"]) for row in found]
        for row, text in zip(found, texts, strict=True):
            fragment = _text(row["fragment"])
            # An amount that stands twice in its row does not tell where its column is.
            if texts.count(text) == 1 and fragment.count(text) == 1:
                places[_text(row["column"])].append(fragment.index(text) / len(fragment))
    return tuple(sorted(places, key=lambda column: (_mean(places[column]), column)))


def _mean(found: Sequence[float]) -> float:
    return sum(found) / len(found) if found else 1.0


def _text(value: Term | None) -> str:
    return value.value if isinstance(value, NamedNode | Literal) else ""
