"""CSV on the Web: each table as a CSV file, with a description machines can read beside it.

Tables go in; ``<table>.csv``, ``<table>.csv-metadata.json`` and one ``csv-metadata.json`` for all of them come out.
Keys between tables stand in the latter only, since a foreign key must lead to a table of the same description.
"""

import csv
import json
import re
from pathlib import Path
from typing import Any

from rzgraph.export.tabular import LANGUAGE, SEPARATOR, Column, Table
from rzgraph.messages import message
from rzgraph.namespaces import EDTF, LICENCE, NS, term
from rzgraph.settings import Project

_CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": LANGUAGE}]


def write_tables(project: Project, tables: list[Table], folder: Path) -> None:
    """Write each table with its metadata, and the metadata of them all with the keys between them."""
    keys = {t.key.thing: t for t in tables if t.key.name == "id"}
    for table in tables:
        with (folder / table.file_name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(column.name for column in table.columns)
            writer.writerows(table.rows)
        _write_json(
            folder / f"{table.file_name}-metadata.json", {"@context": _CONTEXT, **describe_table(project, table)}
        )
    group = [describe_table(project, table, _foreign_keys(table, keys)) for table in tables]
    _write_json(
        folder / "csv-metadata.json",
        {"@context": _CONTEXT, "dc:title": _texts(project.titles), "dc:license": {"@id": LICENCE}, "tables": group},
    )


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")


def _texts(by_language: dict[str, str]) -> list[dict[str, str]]:
    return [{"@value": text, "@language": lang} for lang, text in sorted(by_language.items(), reverse=True)]


def describe_table(project: Project, table: Table, foreign_keys: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """Return the CSVW description of a table.

    Parameters
    ----------
    project
        For the base IRI.
    table
        From `read_tables`.
    foreign_keys
        Keys to other tables; only a description of all tables together may hold them.
    """
    key = table.key
    schema: dict[str, Any] = {
        "aboutUrl": f"{project.base}id/{key.thing}/{{{key.name}}}",
        "primaryKey": key.name,
        "columns": [_describe_column(project, column) for column in table.columns],
    }
    if foreign_keys:
        schema["foreignKeys"] = foreign_keys
    return {
        "url": table.file_name,
        "dc:title": _texts(table.question.titles),
        "dc:description": _texts(table.question.descriptions),
        "dc:license": {"@id": LICENCE},
        "tableSchema": schema,
    }


def _foreign_keys(table: Table, keys: dict[str, Table]) -> list[dict[str, Any]]:
    """Return the keys to the registers: single-valued columns whose things have a table of their own."""
    return [
        {
            "columnReference": column.name,
            "reference": {"resource": keys[column.thing].file_name, "columnReference": keys[column.thing].key.name},
        }
        for column in table.columns
        if column.thing in keys and not (column.key or column.many or column.twin)
    ]


def _describe_column(project: Project, column: Column) -> dict[str, Any]:
    header = column.header
    titles = {lang: header[lang] for lang in ("nl", "en")}
    if column.twin:
        titles = {lang: message("export.label-of", lang, title=title) for lang, title in titles.items()}
    # The header row of the file holds the name: it is a title in no language.
    described: dict[str, Any] = {
        "name": column.name,
        "titles": {"und": column.name, **titles},
        "datatype": _datatype(column),
    }
    if column.many:
        described["separator"] = SEPARATOR
    if column.key:
        described["required"] = True
    if column.twin:
        return {**described, "lang": LANGUAGE, "suppressOutput": True}
    if "lang" in header:
        described["lang"] = header["lang"]
    # A list of slugs, or slugs of several kinds, cannot be made into IRIs by a template.
    if header.get("property", "") is None or column.thing == "any" or (column.thing and column.many):
        return {**described, "suppressOutput": True}
    described["propertyUrl"] = term(header.get("property") or f"rz:{_camel(column.name)}").value
    if value := _value_url(project, column):
        described["valueUrl"] = value
    return described


def _datatype(column: Column) -> str | dict[str, str]:
    if column.twin:
        return "string"
    return {"@id": EDTF.value, "base": "string"} if column.datatype == "edtf" else column.datatype


def _value_url(project: Project, column: Column) -> str | None:
    if "value" in column.header:
        return str(column.header["value"])
    if not column.thing or column.key:
        return None
    return f"{NS if column.thing == 'ns' else f'{project.base}id/{column.thing}/'}{{{column.name}}}"


def _camel(name: str) -> str:
    return re.sub(r"_(.)", lambda match: match[1].upper(), name)
