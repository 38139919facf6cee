"""What the tests of the export share: reading its tables, and exporting a graph written in a test."""

import csv
from pathlib import Path

import pyoxigraph as ox

from rzgraph.export.folder import write_export
from rzgraph.settings import Project

TESTS = Path(__file__).parent
# What the interface promises: these columns in this order, twins and further columns between or after them.
with (TESTS / "contract.csv").open(encoding="utf-8", newline="") as _file:
    CONTRACT = {row["table"]: row["columns"].split() for row in csv.DictReader(_file)}
#: Every table, promised or added since.
TABLES = sorted(path.stem for path in (TESTS.parent / "queries" / "export").glob("*.rq"))
CLAIM_TABLES = [table for table in TABLES if table.startswith("claims_")]
Rows = list[dict[str, str]]

PREFIXES = """
@prefix rz: <https://w3id.org/rzgraph/ns#> .
@prefix id: <https://w3id.org/rzgraph/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix c: <https://w3id.org/rzgraph/id/claim/doc.> .
@prefix document: <https://w3id.org/rzgraph/id/document/> .
@prefix event: <https://w3id.org/rzgraph/id/event/> .
@prefix party: <https://w3id.org/rzgraph/id/party/> .
@prefix person: <https://w3id.org/rzgraph/id/person/> .
document:doc rz:fileName "doc.txt" ; dcterms:issued "2024-05-06"^^edtf:EDTF .
"""
EVIDENCE_OF = 'prov:wasQuotedFrom document:doc ; rz:basis rz:stated ; rz:lines "1" ; rz:fragment "x" .'


def read_rows(folder: Path, table: str) -> Rows:
    with (folder / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_header(folder: Path, table: str) -> list[str]:
    with (folder / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def read_files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def find_row(rows: Rows, key: str, value: str) -> dict[str, str]:
    (row,) = [row for row in rows if row[key] == value]
    return row


def export_turtle(mini: Project, folder: Path, turtle: str) -> Path:
    """Export a graph written in a test."""
    store = ox.Store()
    store.load((PREFIXES + turtle).encode(), ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(f"{mini.base}graph/data/x"))
    write_export(mini, store, folder / "out")
    return folder / "out"
