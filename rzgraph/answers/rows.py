"""Answers for machines: CSV, JSON, a workbook.

Every row of the answer is a row. Things stand as slugs, each with a twin ``<column>_label``; a claim or fact has no
other name than its slug, and a column of ``thing: iri`` keeps its IRIs whole. Text stays text: in a workbook no cell
starts a formula or becomes a link.
"""

import csv
import json
import re
from datetime import datetime
from io import BytesIO
from typing import IO, Any

from pyoxigraph import Literal, NamedNode

from rzgraph.answers.grouping import EVIDENCE, Columns
from rzgraph.errors import UsageError
from rzgraph.labels import Labels
from rzgraph.messages import message
from rzgraph.namespaces import NS, kind_of, slug_of, term
from rzgraph.queries import Answer, Term

# Kinds whose slug is their only name, or whose name says no more.
_UNNAMED = ("claim", "fact", "document")
_INTEGER, _BOOLEAN = term("xsd:integer"), term("xsd:boolean")
# Whole numbers that every reader of JSON and every spreadsheet holds exactly; what is longer stays text.
_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
# The most signs a spreadsheet holds in a cell.
_LONGEST = 32767
# The date a workbook says it was made: no clock, so that the same answer gives the same bytes.
_CREATED = datetime(1980, 1, 1)

Value = str | int | bool | None


def list_fields(answer: Answer, columns: Columns) -> list[str]:
    """Return the columns of an answer with the twins that hold names."""
    fields: list[str] = []
    for name in answer.columns:
        fields.append(name)
        if name not in EVIDENCE and columns.get(name, {}).get("thing", "claim") not in _UNNAMED:
            fields.append(f"{name}_label")
    return fields


def flatten_rows(answer: Answer, labels: Labels, lang: str, columns: Columns) -> list[dict[str, Value]]:
    """Return every row as plain values: slugs and their labels, numbers, truth values, texts, None."""
    fields = list_fields(answer, columns)
    rows = []
    for row in answer.rows:
        flat: dict[str, Value] = {}
        for name in answer.columns:
            flat[name] = _plain(row[name], whole=columns.get(name, {}).get("thing") == "iri")
            if f"{name}_label" in fields:
                value = row[name]
                flat[f"{name}_label"] = None if value is None else name_value(value, labels, lang)
        rows.append(flat)
    return rows


def _plain(value: Term | None, whole: bool = False) -> Value:
    if isinstance(value, NamedNode):
        own = kind_of(value.value) or value.value.startswith(NS)
        return slug_of(value.value) if own and not whole else value.value
    if isinstance(value, Literal) and value.datatype == _BOOLEAN:
        return value.value in ("true", "1")
    if isinstance(value, Literal) and value.datatype == _INTEGER and _WHOLE.fullmatch(value.value):
        return int(value.value)
    return value.value if isinstance(value, Literal) else None if value is None else str(value)


def name_value(value: Term, labels: Labels, lang: str) -> str:
    """Return what a reader calls a value: the label of a thing, else the value as text."""
    if isinstance(value, NamedNode):
        return labels.label(value.value, lang)
    plain = _plain(value)
    return message("ask.yes" if plain else "ask.no", lang) if isinstance(plain, bool) else str(plain)


def write_json(answer: Answer, labels: Labels, lang: str, stream: IO[str], columns: Columns) -> None:
    """Write the rows as a list of objects."""
    rows = flatten_rows(answer, labels, lang, columns)
    stream.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")


def write_csv(answer: Answer, labels: Labels, lang: str, stream: IO[str], columns: Columns) -> None:
    """Write the rows as CSV by RFC 4180."""
    writer = csv.writer(stream, lineterminator="\r\n")
    fields = list_fields(answer, columns)
    writer.writerow(fields)
    for row in flatten_rows(answer, labels, lang, columns):
        values = (row[field] for field in fields)
        writer.writerow([str(value).lower() if isinstance(value, bool) else value for value in values])


def write_workbook(answer: Answer, labels: Labels, lang: str, stream: IO[str], columns: Columns) -> None:
    """Write the rows as a workbook, to the bytes below a text stream.

    Raises
    ------
    UsageError
        When the stream is a terminal, or has no bytes below it.
    """
    from xlsxwriter import Workbook

    raw: Any = getattr(stream, "buffer", None)
    if raw is None or stream.isatty():
        raise UsageError(message("ask.not-a-file", lang))
    memory = BytesIO()
    # Whatever a text begins with, it is never a formula or a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    fields = list_fields(answer, columns)
    with Workbook(memory, options) as book:
        book.set_properties({"created": _CREATED})
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        for number, field in enumerate(fields):
            sheet.write_string(0, number, field, bold)
        for line, row in enumerate(flatten_rows(answer, labels, lang, columns), 1):
            for number, field in enumerate(fields):
                value = row[field]
                if isinstance(value, bool):
                    sheet.write_boolean(line, number, value)
                elif isinstance(value, int):
                    sheet.write_number(line, number, value)
                elif value is not None:
                    sheet.write_string(line, number, value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…")
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(fields) - 1, 0), 20)
    raw.write(memory.getvalue())
