"""Answers for machines: CSV, JSON, a workbook.

Every row of the answer is a row. Things stand as slugs, each with a twin ``<column>_label``; a claim or fact has no
other name than its slug, and a column of ``thing: iri`` keeps its IRIs whole. Text stays text: in a workbook no cell
starts a formula or becomes a link.
"""

import csv
import json
import re
from decimal import Decimal
from io import BytesIO
from typing import IO, Any

from pyoxigraph import Literal, NamedNode

from rzgraph.answers.grouping import EVIDENCE, Columns
from rzgraph.answers.workbook import Sheet, Value, write_sheets
from rzgraph.errors import UsageError
from rzgraph.labels import Labels
from rzgraph.messages import message
from rzgraph.namespaces import NS, kind_of, slug_of, term
from rzgraph.queries import Answer, Term

# Kinds whose slug is their only name, or whose name says no more.
_UNNAMED = ("claim", "fact", "document")
_INTEGER, _BOOLEAN, _DECIMAL = term("xsd:integer"), term("xsd:boolean"), term("xsd:decimal")
# Whole numbers that every reader of JSON and every spreadsheet holds exactly; what is longer stays text.
_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,13}(?:\.[0-9]{1,2})?")


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
            flat[name] = read_plain(row[name], whole=columns.get(name, {}).get("thing") == "iri")
            if f"{name}_label" in fields:
                value = row[name]
                flat[f"{name}_label"] = None if value is None else name_value(value, labels, lang)
        rows.append(flat)
    return rows


def read_plain(value: Term | None, whole: bool = False) -> Value:
    """Return a value as a slug, number, truth value or text; with `whole` an IRI stays whole."""
    if isinstance(value, NamedNode):
        own = kind_of(value.value) or value.value.startswith(NS)
        return slug_of(value.value) if own and not whole else value.value
    if isinstance(value, Literal) and value.datatype == _BOOLEAN:
        return value.value in ("true", "1")
    if isinstance(value, Literal) and value.datatype == _INTEGER and _WHOLE.fullmatch(value.value):
        return int(value.value)
    if isinstance(value, Literal) and value.datatype == _DECIMAL and _NUMBER.fullmatch(value.value):
        return Decimal(value.value)
    return value.value if isinstance(value, Literal) else None if value is None else str(value)


def name_value(value: Term, labels: Labels, lang: str) -> str:
    """Return what a reader calls a value: the label of a thing, else the value as text."""
    if isinstance(value, NamedNode):
        return labels.label(value.value, lang)
    plain = read_plain(value)
    return message("ask.yes" if plain else "ask.no", lang) if isinstance(plain, bool) else str(plain)


def write_json(answer: Answer, labels: Labels, lang: str, stream: IO[str], columns: Columns) -> None:
    """Write the rows as a list of objects."""
    rows = flatten_rows(answer, labels, lang, columns)
    stream.write(json.dumps(rows, ensure_ascii=False, indent=2, default=_write_decimal) + "\n")


def _write_decimal(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


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
    raw: Any = getattr(stream, "buffer", None)
    if raw is None or stream.isatty():
        raise UsageError(message("ask.not-a-file", lang))
    memory = BytesIO()
    write_sheets(memory, [make_sheet("Sheet1", answer, labels, lang, columns)])
    raw.write(memory.getvalue())


def make_sheet(name: str, answer: Answer, labels: Labels, lang: str, columns: Columns) -> Sheet:
    """Return the rows of an answer as a sheet under the names of its columns; amounts of money are marked as such."""
    fields = list_fields(answer, columns)
    rows = [tuple(row[field] for field in fields) for row in flatten_rows(answer, labels, lang, columns)]
    amounts = frozenset(number for number, field in enumerate(fields) if is_money(columns, field))
    return Sheet(name, (tuple(fields),), rows, amounts)


def is_money(columns: Columns, field: str) -> bool:
    """Tell whether a column holds amounts in euro."""
    return columns.get(field, {}).get("unit") == "euro"
