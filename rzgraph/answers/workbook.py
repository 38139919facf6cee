"""Workbooks: sheets of plain values in, one .xlsx out. The only place that writes one.

Text stays text: no cell starts a formula or becomes a link, whatever it begins with. Numbers are numbers, amounts of
money have two decimals. The same sheets give the same bytes, since the date of creation is handed in.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

Value = str | int | bool | Decimal | None

# The date a workbook says it was made where none is handed in: no clock.
_CREATED = datetime(1980, 1, 1)
# The most signs a spreadsheet holds in a cell, and how wide a column gets.
_LONGEST, _WIDEST, _NARROWEST = 32767, 60, 8
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_MONEY = "#,##0.00"


@dataclass(frozen=True)
class Sheet:
    """A sheet: rows of headings, rows of values, which columns hold amounts of money, and what ends a text cut off."""

    name: str
    heads: tuple[tuple[str, ...], ...]
    rows: Sequence[Sequence[Value]]
    money: Collection[int] = field(default_factory=frozenset)
    cut: str = "…"


def write_sheets(
    target: Path | BytesIO, sheets: Sequence[Sheet], title: str = "", created: datetime = _CREATED
) -> None:
    """Write sheets to a file or to memory.

    Parameters
    ----------
    title
        The title of the workbook.
    created
        The date of creation it tells; part of its bytes.
    """
    from xlsxwriter import Workbook

    with Workbook(str(target) if isinstance(target, Path) else target, _OPTIONS) as book:
        book.set_properties({"title": title, "created": created})
        bold = book.add_format({"bold": True, "bottom": 1})
        money = book.add_format({"num_format": _MONEY})
        for one in sheets:
            sheet = book.add_worksheet(one.name)
            depth = len(one.heads)
            sheet.freeze_panes(depth, 1)
            sheet.autofilter(depth - 1, 0, depth - 1 + len(one.rows), max(len(one.heads[0]) - 1, 0))
            for number, width in enumerate(_measure_columns(one)):
                sheet.set_column(number, number, width, money if number in one.money else None)
            for line, names in enumerate(one.heads):
                for number, name in enumerate(names):
                    sheet.write_string(line, number, name, bold)
            for line, row in enumerate(one.rows, depth):
                for number, value in enumerate(row):
                    if isinstance(value, bool):
                        sheet.write_boolean(line, number, value)
                    elif isinstance(value, int | Decimal):
                        sheet.write_number(line, number, value, money if number in one.money else None)
                    elif value:
                        sheet.write_string(line, number, _shorten(value, one.cut))


def _shorten(text: str, cut: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - len(cut)] + cut


def _measure_columns(sheet: Sheet) -> list[int]:
    widths = [max(len(head[number]) + 3 for head in sheet.heads) for number in range(len(sheet.heads[0]))]
    for row in sheet.rows:
        for number, value in enumerate(row):
            extra = 4 if number in sheet.money else 0
            widths[number] = max(widths[number], len(str(value or "")) + extra)
    return [max(_NARROWEST, min(_WIDEST, width)) for width in widths]
