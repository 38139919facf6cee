"""The tables of the export: what the queries of ``queries/export`` answer, as rows of text.

A table is a query; its header says per column what an integrator must know:

``nl``, ``en``
    titles;
``key``
    the column that names the row;
``thing``
    the cells name things of one kind (``person``, ``body`` ...), of several kinds (``any``), or terms of the ontology
    (``ns``); they hold slugs, and a twin ``<column>_label`` beside them holds the Dutch name;
``many``
    several values, joined in alphabetical order;
``bound``
    the earliest or latest day (the name of the column tells which) of the partial date in the column named here;
``datatype``, ``lang``, ``property``, ``value``
    as in CSVW; the property is ``rz:<columnName>`` unless said otherwise, and ``null`` says that the cell does not
    describe the row itself.

Out come `Table` records; `rzgraph.export.csvw` and `rzgraph.export.workbook` write them down.
"""

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode, Store

from rzgraph.dates import read_edtf
from rzgraph.labels import Labels, load_labels
from rzgraph.namespaces import NS, slug_of
from rzgraph.queries import Question, Row, Term, list_questions, run_question
from rzgraph.settings import Project

SEPARATOR = "; "
LANGUAGE = "nl"
# The columns every claim table ends with; they and references to claims need no name beside the slug.
EVIDENCE = ("basis", "document", "file", "lines", "fragment")
_UNNAMED = ("claim", "document")


@dataclass(frozen=True)
class Column:
    """A column and what the header of its query says of it."""

    name: str
    header: dict[str, Any]
    twin: bool = False

    @property
    def thing(self) -> str:
        """The kind of thing the cells name; empty for plain values."""
        return str(self.header.get("thing", ""))

    @property
    def many(self) -> bool:
        """Whether a cell can hold several values."""
        return bool(self.header.get("many"))

    @property
    def key(self) -> bool:
        """Whether the column names the row."""
        return bool(self.header.get("key"))

    @property
    def datatype(self) -> str:
        """The CSVW datatype."""
        return str(self.header.get("datatype", "string"))

    @property
    def label(self) -> "Column | None":
        """The column with the names of the things in this one, if it has one."""
        if self.key or self.name in EVIDENCE or self.thing in ("", *_UNNAMED):
            return None
        return Column(f"{self.name}_label", self.header, twin=True)


@dataclass(frozen=True)
class Table:
    """A table of the export: text cells, rows in order."""

    name: str
    question: Question
    columns: tuple[Column, ...]
    rows: list[tuple[str, ...]]

    @property
    def key(self) -> Column:
        """The column that names the row."""
        return next(column for column in self.columns if column.key)

    @property
    def file_name(self) -> str:
        """The name of the CSV file."""
        return f"{self.name}.csv"


def read_tables(project: Project, store: Store) -> list[Table]:
    """Answer every query of ``queries/export``, by name.

    Raises
    ------
    InputError
        When a query cannot be run.
    """
    labels = load_labels(store)
    return [_read_table(project, store, labels, q) for q in list_questions(project.queries / "export")]


def _read_table(project: Project, store: Store, labels: Labels, question: Question) -> Table:
    plain = [Column(name, dict(header)) for name, header in question.columns.items()]
    columns = [c for column in plain for c in (column, column.label) if c]
    single = [c.name for c in plain if not c.many]
    groups: dict[tuple[Term | None, ...], list[Row]] = defaultdict(list)
    for row in run_question(store, question).rows:
        groups[tuple(row[name] for name in single)].append(row)
    rows = {tuple(_cell(project, labels, column, group) for column in columns) for group in groups.values()}
    return Table(question.name, question, tuple(columns), sorted(rows))


def _cell(project: Project, labels: Labels, column: Column, rows: list[Row]) -> str:
    """Write what the rows of one thing hold in a column; names stand in the order of their slugs."""
    if "bound" in column.header:
        return _bound(column, rows[0][column.header["bound"]])
    name = column.name.removesuffix("_label") if column.twin else column.name
    found = {_text(project, value): value for row in rows if (value := row[name]) is not None}
    if not column.twin:
        return SEPARATOR.join(sorted(found))
    return SEPARATOR.join(
        labels.label(value.value, LANGUAGE) if isinstance(value, NamedNode) else text
        for text, value in sorted(found.items())
    )


def _bound(column: Column, stated: Term | None) -> str:
    # A date that cannot be read is reported by the shapes, not here.
    with suppress(ValueError):
        if isinstance(stated, Literal):
            day = getattr(read_edtf(stated.value), column.name)
            return day.isoformat() if day else ""
    return ""


def _text(project: Project, value: Term) -> str:
    if isinstance(value, NamedNode):
        own = value.value.startswith((f"{project.base}id/", NS))
        return slug_of(value.value) if own else value.value
    return value.value if isinstance(value, Literal) else str(value)
