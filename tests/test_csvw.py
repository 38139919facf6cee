"""The descriptions of the tables (CSV on the Web): valid, complete, and true to the graph."""

import json
import warnings
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import uritemplate
from csvw import CSVW, Table, TableGroup

from rzgraph.namespaces import NS
from rzgraph.queries import list_questions
from rzgraph.settings import Project
from tests.exports import TABLES, read_rows


@pytest.fixture
def descriptions(either: Path) -> Iterator[list[Path]]:
    found = sorted((either / "tables").glob("*.csv-metadata.json"))
    assert len(found) == len(TABLES)
    yield found


def is_valid(description: Path) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        return bool(CSVW(str(description), validate=True).is_valid)


def test_tables_are_valid_csvw(descriptions: list[Path]) -> None:
    for description in descriptions:
        assert is_valid(description), description.name
        table = Table.from_file(description)
        assert table.check_primary_key()
        assert len(list(table.iterdicts(strict=True))) == len(
            read_rows(description.parent.parent, table.url.string[:-4])
        )


def test_keys_between_tables_hold(either: Path) -> None:
    group = TableGroup.from_file(either / "tables" / "csv-metadata.json")
    keys = [
        (table.url.string, key.columnReference[0], key.reference.resource.string)
        for table in group.tables
        for key in table.tableSchema.foreignKeys
    ]
    assert len(keys) > 35
    assert ("claims_seats.csv", "person", "persons.csv") in keys
    assert ("claims_seats.csv", "document", "documents.csv") in keys
    assert group.check_referential_integrity()


def test_wrong_cells_are_seen(exported: Path, tmp_path: Path) -> None:
    for name in ("claims_seats.csv", "claims_seats.csv-metadata.json"):
        (tmp_path / name).write_bytes((exported / "tables" / name).read_bytes())
    description = tmp_path / "claims_seats.csv-metadata.json"
    assert is_valid(description)
    path = tmp_path / "claims_seats.csv"
    path.write_bytes(path.read_bytes().replace(b",true,", b",misschien,", 1))
    assert not is_valid(description)


def test_titles_are_those_of_the_queries(exported: Path, mini: Project) -> None:
    for question in list_questions(mini.queries / "export"):
        path = exported / "tables" / f"{question.name}.csv-metadata.json"
        described = json.loads(path.read_text(encoding="utf-8"))
        assert {text["@language"]: text["@value"] for text in described["dc:title"]} == question.titles
        assert described["dc:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
        columns = {column["name"]: column["titles"] for column in described["tableSchema"]["columns"]}
        for name, header in question.columns.items():
            assert columns[name] == {"und": name, "nl": header["nl"], "en": header["en"]}


def test_properties_are_terms_of_the_ontology(descriptions: list[Path], project: Project) -> None:
    text = (project.ontology / "rz.ttl").read_text(encoding="utf-8")
    terms = {f"{NS}{line[3:]}" for line in text.split("\n") if line.startswith("rz:")}
    used = {
        column["propertyUrl"]
        for path in descriptions
        for column in json.loads(path.read_text(encoding="utf-8"))["tableSchema"]["columns"]
        if column.get("propertyUrl", "").startswith(NS)
    }
    assert len(used) > 40
    assert sorted(used - terms) == []


def test_described_cells_stand_in_the_graph(exported: Path, mini_store: ox.Store) -> None:
    """A reader of the metadata gets back what the graph says: aboutUrl, propertyUrl and valueUrl make its triples."""
    checked = 0
    for path in sorted((exported / "tables").glob("*.csv-metadata.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))["tableSchema"]
        for row in read_rows(exported, path.name.removesuffix(".csv-metadata.json")):
            subject = ox.NamedNode(uritemplate.expand(schema["aboutUrl"], row))
            for column in schema["columns"]:
                cell = row[column["name"]]
                if not cell or "propertyUrl" not in column or column["name"] == schema["primaryKey"]:
                    continue
                quads = mini_store.quads_for_pattern(subject, ox.NamedNode(column["propertyUrl"]), None)
                said = {quad.object.value for quad in quads}
                values = cell.split("; ") if "separator" in column else [cell]
                if "valueUrl" in column:
                    values = [uritemplate.expand(column["valueUrl"], row)]
                assert set(values) <= said, (path.name, subject, column["name"])
                checked += 1
    assert checked > 800
