"""The tables of the export as one workbook: a sheet per table, a list of them in front.

Text stays text: no cell starts a formula or becomes a link, whatever it begins with. Numbers are numbers. The same
tables give the same bytes, since the date of creation is handed in.
"""

from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from rzgraph.export.tabular import LANGUAGE, Table
from rzgraph.messages import message

_NUMBERS = ("integer", "decimal")
# What a spreadsheet can hold in one cell, and how wide a column gets.
_LONGEST, _WIDEST, _NARROWEST = 32767, 60, 8
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


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
    with Workbook(path, _OPTIONS) as book:
        book.set_properties({"title": title, "created": created})
        head = book.add_format({"bold": True, "bottom": 1})
        _write_contents(book.add_worksheet(message("export.contents", LANGUAGE)), tables, head)
        for table in tables:
            _write_table(book.add_worksheet(table.name), table, head)


def _write_contents(sheet: Worksheet, tables: list[Table], head: Format) -> None:
    columns = [message(f"export.contents-{name}", LANGUAGE) for name in ("table", "title", "description", "rows")]
    rows: list[tuple[str, ...]] = [
        (t.name, t.question.titles[LANGUAGE], t.question.descriptions[LANGUAGE], str(len(t.rows))) for t in tables
    ]
    _write_sheet(sheet, columns, rows, [False, False, False, True], head)


def _write_table(sheet: Worksheet, table: Table, head: Format) -> None:
    cut = message("export.cut", LANGUAGE, file=table.file_name)
    rows = [
        tuple(text if len(text) <= _LONGEST else text[: _LONGEST - len(cut)] + cut for text in row)
        for row in table.rows
    ]
    numeric = [column.datatype in _NUMBERS and not column.many for column in table.columns]
    _write_sheet(sheet, [column.name for column in table.columns], rows, numeric, head)


def _write_sheet(
    sheet: Worksheet, columns: list[str], rows: list[tuple[str, ...]], numeric: list[bool], head: Format
) -> None:
    for number, name in enumerate(columns):
        widest = max(len(name) + 3, *(len(row[number]) for row in rows)) if rows else len(name) + 3
        sheet.set_column(number, number, max(_NARROWEST, min(_WIDEST, widest)))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    for number, name in enumerate(columns):
        sheet.write_string(0, number, name, head)
    for line, row in enumerate(rows, 1):
        for number, text in enumerate(row):
            if text and numeric[number]:
                sheet.write_number(line, number, float(text))
            elif text:
                sheet.write_string(line, number, text)
