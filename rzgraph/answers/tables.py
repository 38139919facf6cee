"""Answers written down: a table for people, Markdown, CSV, JSON, a workbook.

For machines (CSV, JSON, workbook) every row of the answer is a row: things as slugs, with a twin ``<column>_label``.
For people (table, Markdown) rows are grouped by fact, with their sources below. The columns of the question's
header say what is a thing, what is shown and what it is called; without a header the values tell.
"""

import re
import shutil
import unicodedata
from collections.abc import Collection
from decimal import Decimal
from typing import IO

from pyoxigraph import Literal, NamedNode

from rzgraph.answers.grouping import Columns, Evidence, Group, group_rows
from rzgraph.answers.plaintext import fold_lines, lay_out_records, lay_out_table
from rzgraph.answers.rows import is_money, name_value, read_plain, write_csv, write_json, write_workbook
from rzgraph.dates import format_edtf
from rzgraph.labels import Labels
from rzgraph.messages import message
from rzgraph.money import format_amount
from rzgraph.namespaces import EDTF, NS, slug_of
from rzgraph.queries import Answer, Term

#: How wide a table is where no terminal says so.
WIDTH = 100
#: How many sources of one fact a table shows; the other forms show all.
MOST_SOURCES = 3

# Columns that name what a machine needs and a reader does not.
_FOR_MACHINES = ("fact", "file", "finding")
# Where a standing tells how sure a fact is, the day it was last named is enough beside it.
_FOR_MACHINES_BESIDE_STANDING = (*_FOR_MACHINES, "first_attested")


def write_answer(
    answer: Answer,
    labels: Labels,
    lang: str,
    form: str,
    stream: IO[str],
    columns: Columns | None = None,
    hidden: Collection[str] = (),
) -> None:
    """Write an answer to a stream.

    Parameters
    ----------
    answer
        From `rzgraph.queries.run_question`.
    labels
        The names of things.
    lang
        Language of names and titles.
    form
        ``table``, ``csv``, ``json``, ``md`` or ``xlsx``.
    stream
        Text stream; a workbook goes to the bytes below it.
    columns
        The columns of the question's header.
    hidden
        Columns people need not see, since they asked for their one value.

    Raises
    ------
    UsageError
        When a workbook would be written to a terminal.
    """
    columns = columns or _guess_columns(answer)
    if form == "table":
        _write_table(answer, labels, lang, stream, columns, hidden)
    elif form == "md":
        _write_markdown(answer, labels, lang, stream, columns, hidden)
    elif form == "json":
        write_json(answer, labels, lang, stream, columns)
    elif form == "csv":
        write_csv(answer, labels, lang, stream, columns)
    else:
        write_workbook(answer, labels, lang, stream, columns)


def find_width(stream: IO[str]) -> int:
    """Return how wide lines may be: as wide as the terminal, or `WIDTH` where the stream is none."""
    return shutil.get_terminal_size((WIDTH, 24)).columns if stream.isatty() else WIDTH


def _guess_columns(answer: Answer) -> dict[str, dict[str, str]]:
    """Return headers for an answer without any: a column is of things when it holds an IRI."""
    return {
        name: {"thing": "iri"} if any(isinstance(row[name], NamedNode) for row in answer.rows) else {}
        for name in answer.columns
    }


def _list_shown(answer: Answer, columns: Columns, groups: list[Group], hidden: Collection[str]) -> list[str]:
    """Return the columns a reader sees: those that say something, evidence apart."""
    machines = _FOR_MACHINES_BESIDE_STANDING if "standing" in answer.columns else _FOR_MACHINES
    return [
        name
        for name in answer.columns
        if name not in (*machines, *hidden) and any(_says_something(group, name, columns) for group in groups)
    ]


def _says_something(group: Group, name: str, columns: Columns) -> bool:
    return bool(group.cells.get(name)) and group.cells[name] != group.cells.get(
        str(columns.get(name, {}).get("differs"))
    )


def _title(name: str, columns: Columns, lang: str) -> str:
    return str(columns.get(name, {}).get(lang, name.replace("_", " ")))


def _cell(group: Group, name: str, columns: Columns, labels: Labels, lang: str) -> str:
    """Write the values of a group in a column; nothing where they only repeat the column they should differ from."""
    if not _says_something(group, name, columns):
        return ""
    texts = (
        _write_value(value, name, columns, labels, lang)
        for value in group.cells[name]
        if not isinstance(value, Literal) or value.language in (None, lang)
    )
    return _clean("; ".join(dict.fromkeys(texts)))


def _write_value(value: Term, name: str, columns: Columns, labels: Labels, lang: str) -> str:
    """Write a value for people: a partial date, an amount of money, the name of a thing, or as it stands."""
    if isinstance(value, Literal) and value.datatype == EDTF:
        return format_edtf(value.value, lang)
    if is_money(columns, name) and isinstance(plain := read_plain(value), int | Decimal):
        return format_amount(Decimal(plain), lang)
    return name_value(value, labels, lang)


def _clean(text: str) -> str:
    """Return a text on one line, without the signs that steer a terminal."""
    return " ".join("".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text).split())


def write_source(evidence: Evidence, lang: str) -> str:
    """Return where a claim was read, in one line."""
    where = f"{slug_of(evidence.document)}, {message('ask.lines', lang, lines=evidence.lines)}"
    mark = f" ({message('ask.derived', lang)})" if evidence.basis == NS + "derived" else ""
    return _clean(f"{where}: “{evidence.fragment}”{mark}")


def _list_sources(group: Group, lang: str) -> list[str]:
    """Write the sources of a group; two claims read from the same words are one source to a reader."""
    return list(dict.fromkeys(write_source(one, lang) for one in group.evidence))


def _write_table(
    answer: Answer, labels: Labels, lang: str, stream: IO[str], columns: Columns, hidden: Collection[str]
) -> None:
    groups = group_rows(answer, columns)
    shown = _list_shown(answer, columns, groups, hidden)
    notes: dict[str, int] = {}
    head = [_title(name, columns, lang) for name in shown]
    rows = [[_cell(group, name, columns, labels, lang) for name in shown] for group in groups]
    sources = [_list_sources(group, lang) for group in groups]
    width = find_width(stream)
    if any(sources):
        numbered = [[*row, _write_numbers(read, notes)] for row, read in zip(rows, sources, strict=True)]
        table = lay_out_table([*head, message("ask.source", lang)], numbered, width)
    else:
        table = lay_out_table(head, rows, width)
    if table is None:
        stream.writelines(lay_out_records(head, rows, [_shorten(read, lang) for read in sources], width))
        return
    stream.writelines(table)
    if notes:
        stream.write(f"\n{message('ask.sources', lang)}\n")
        for source, number in notes.items():
            stream.writelines(fold_lines(f"[{number}]".ljust(6), source, width))


def _shorten(sources: list[str], lang: str) -> list[str]:
    """Return the first sources of a fact, and how many more there are."""
    if (more := len(sources) - MOST_SOURCES) <= 1:
        return sources
    return [*sources[:MOST_SOURCES], message("ask.more-sources", lang, count=more)]


def _write_numbers(sources: list[str], notes: dict[str, int]) -> str:
    numbers = [notes.setdefault(one, len(notes) + 1) for one in sources[:MOST_SOURCES]]
    more = len(sources) - len(numbers)
    return ", ".join(map(str, numbers)) + (f" +{more}" if more else "")


def _write_markdown(
    answer: Answer, labels: Labels, lang: str, stream: IO[str], columns: Columns, hidden: Collection[str]
) -> None:
    groups = group_rows(answer, columns)
    shown = _list_shown(answer, columns, groups, hidden)
    titles = [escape_markdown(_title(name, columns, lang)) for name in shown]
    with_sources = any(group.evidence for group in groups)
    lines = [[*titles, *([message("ask.sources", lang)] if with_sources else [])]]
    lines.append(["---"] * len(lines[0]))
    for group in groups:
        cells = [escape_markdown(_cell(group, name, columns, labels, lang)) for name in shown]
        if with_sources:
            cells.append("<br>".join(map(escape_markdown, _list_sources(group, lang))))
        lines.append(cells)
    stream.writelines(f"| {' | '.join(cells)} |\n" for cells in lines)


def escape_markdown(text: str) -> str:
    """Return a text of which Markdown and HTML make nothing but that text."""
    return re.sub(r"([\\`*_\[\]|#~])", r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
