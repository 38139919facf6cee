"""The workbook of the export: a sheet per table, numbers as numbers, hostile text as text."""

import json
from pathlib import Path

from openpyxl import load_workbook

from rzgraph.settings import Project
from tests.exports import export_turtle, find_row, read_header, read_rows

HOSTILE = '=1+1 "aangehaald", met komma;\nen regel'


def test_workbook_has_a_sheet_per_table(either: Path) -> None:
    book = load_workbook(either / "tables.xlsx")
    assert book.sheetnames == ["inhoud", *sorted(path.stem for path in (either / "tables").glob("*.csv"))]
    for sheet in book.worksheets[1:]:
        rows = [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]
        assert rows[0] == read_header(either, sheet.title)
        assert len(rows) - 1 == len(read_rows(either, sheet.title))
        for row, expected in zip(rows[1:], read_rows(either, sheet.title), strict=True):
            assert [str(cell) for cell in row] == list(expected.values())


def test_numbers_in_the_workbook_are_numbers(exported: Path) -> None:
    sheet = load_workbook(exported / "tables.xlsx")["claims_partnership"]
    column = [cell.value for cell in sheet[1]].index("count")
    assert 3 in [row[column] for row in sheet.iter_rows(min_row=2, values_only=True)]


def test_workbook_is_dated_by_the_last_document(exported: Path) -> None:
    created = load_workbook(exported / "tables.xlsx").properties.created
    assert created.isoformat()[:10] == "2024-05-31"


def test_hostile_text_stays_text(mini: Project, tmp_path: Path) -> None:
    folder = export_turtle(
        mini,
        tmp_path,
        f"""
        person:p a rz:Person ; skos:prefLabel {json.dumps(HOSTILE)}@nl ; rz:nameAsWritten "@cmd", "+31", "-1" .
        person:q a rz:Person ; skos:prefLabel "https://example.org/"@nl .
        """,
    )
    person = find_row(read_rows(folder, "persons"), "id", "p")
    assert person["label"] == HOSTILE
    assert person["names_as_written"] == "+31; -1; @cmd"
    sheet = load_workbook(folder / "tables.xlsx")["persons"]
    assert [cell.value for cell in sheet["B"]] == ["label", HOSTILE, "https://example.org/"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert [cell.hyperlink for cell in sheet["B"]] == [None] * 3


def test_text_too_long_for_a_spreadsheet_is_cut_with_a_mark(mini: Project, tmp_path: Path) -> None:
    long = "a" * 40000
    folder = export_turtle(mini, tmp_path, f'person:p a rz:Person ; skos:prefLabel "{long}"@nl .')
    assert read_rows(folder, "persons")[0]["label"] == long
    cell = load_workbook(folder / "tables.xlsx")["persons"]["B2"].value
    assert len(cell) == 32767
    assert cell.endswith("persons.csv)")
