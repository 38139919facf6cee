"""The workbook for auditors: every amount, every flow, budgets, everything that was worked out again, and findings.

A sheet is a query. Its rows are joined by the key its header names, so that an amount with two payers stands there
once; headings stand in Dutch with the English ones below.
"""

from datetime import date, datetime
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store

from rzgraph.answers.ask import answer_question
from rzgraph.answers.grouping import EVIDENCE, Evidence, Group, group_rows
from rzgraph.answers.rows import is_money, name_value, read_plain
from rzgraph.answers.workbook import Sheet, Value, write_sheets
from rzgraph.export.tabular import LANGUAGE, SEPARATOR
from rzgraph.labels import Labels, load_labels
from rzgraph.namespaces import slug_of, term
from rzgraph.queries import Question, Term, read_question
from rzgraph.settings import Project

#: Sheet to the query under ``queries/`` that fills it.
SHEETS = {
    "ledger": "workbook/ledger",
    "flows": "workbook/flows",
    "budgets": "questions/budget-lines",
    "checks": "questions/calculations",
    "findings": "questions/findings-about-money",
}
_SHOWN_EVIDENCE = tuple(name for name in EVIDENCE if name != "file")


def write_moneybook(project: Project, store: Store, path: Path, created: datetime, day: date) -> None:
    """Write the workbook for auditors.

    Parameters
    ----------
    created
        The date of creation it tells; part of its bytes.
    day
        The day of the standings.

    Raises
    ------
    InputError
        When a query cannot be run.
    """
    labels = load_labels(store)
    sheets = [
        _make_sheet(store, name, read_question(project.queries / f"{query}.rq"), labels, day)
        for name, query in SHEETS.items()
    ]
    write_sheets(path, sheets, project.titles[LANGUAGE], created)


def _make_sheet(store: Store, name: str, question: Question, labels: Labels, day: date) -> Sheet:
    bindings: dict[str, Term] = {}
    if "at" in question.params:
        bindings["_at_date"] = Literal(day.isoformat(), datatype=term("xsd:date"))
    answer = answer_question(store, question, bindings, LANGUAGE)
    columns = question.columns
    own = [column for column in columns if column not in EVIDENCE]
    rows = [_write_row(group, own, labels) for group in group_rows(answer, columns)]
    shown = [*own, *_SHOWN_EVIDENCE]
    heads = tuple(tuple(columns[column][lang] for column in shown) for lang in ("nl", "en"))
    return Sheet(name, heads, rows, frozenset(n for n, column in enumerate(shown) if is_money(columns, column)))


def _write_row(group: Group, own: list[str], labels: Labels) -> list[Value]:
    cells = [_write_cell(group.cells[column], labels) for column in own]
    return [*cells, *(_write_evidence(name, group.evidence, labels) for name in _SHOWN_EVIDENCE)]


def _write_cell(values: tuple[Term, ...], labels: Labels) -> Value:
    """Return one value as it is, several as one text."""
    if len(values) == 1 and not isinstance(values[0], NamedNode):
        return read_plain(values[0])
    return SEPARATOR.join(dict.fromkeys(name_value(value, labels, LANGUAGE) for value in values))


def _write_evidence(name: str, evidence: tuple[Evidence, ...], labels: Labels) -> str:
    if name == "claim":
        return SEPARATOR.join(slug_of(one.claim) for one in evidence)
    if name == "basis":
        return SEPARATOR.join(dict.fromkeys(labels.label(one.basis, LANGUAGE) for one in evidence))
    # Claims read from the same words are one place to a reader.
    places = dict.fromkeys((slug_of(one.document), one.lines, one.fragment) for one in evidence)
    return SEPARATOR.join(place[("document", "lines", "fragment").index(name)] for place in places)
