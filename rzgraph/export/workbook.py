"""The tables of the export as one workbook: a sheet per table, a list of them in front."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

from rzgraph.answers.workbook import Sheet, Value, write_sheets
from rzgraph.export.tabular import LANGUAGE, Column, Table
from rzgraph.messages import message

_NUMBERS = ("integer", "decimal")


def write_workbook(tables: list[Table], path: Path, title: str, created: datetime) -> None:
    """Write the tables to an .xlsx file.

    Parameters
    ----------
    tables
        From `rzgraph.export.tabular.read_tables`.
    path
        The file to write.
    title
        The title of the workbook.
    created
        The date of creation it tells; part of its bytes.
    """
    write_sheets(path, [_list_contents(tables), *map(_make_sheet, tables)], title, created)


def _list_contents(tables: list[Table]) -> Sheet:
    heads = tuple(message(f"export.contents-{name}", LANGUAGE) for name in ("table", "title", "description", "rows"))
    rows = [(t.name, t.question.titles[LANGUAGE], t.question.descriptions[LANGUAGE], len(t.rows)) for t in tables]
    return Sheet(message("export.contents", LANGUAGE), (heads,), rows)


def _make_sheet(table: Table) -> Sheet:
    rows = [[_read_cell(column, text) for column, text in zip(table.columns, row, strict=True)] for row in table.rows]
    money = frozenset(number for number, column in enumerate(table.columns) if column.datatype == "decimal")
    cut = message("export.cut", LANGUAGE, file=table.file_name)
    return Sheet(table.name, (tuple(column.name for column in table.columns),), rows, money, cut)


def _read_cell(column: Column, text: str) -> Value:
    return Decimal(text) if text and column.datatype in _NUMBERS and not column.many else text
