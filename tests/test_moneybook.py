"""The workbook for auditors: every amount once, what was worked out again, and where it stands."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pyoxigraph import Store

from rzgraph.export.moneybook import write_moneybook
from rzgraph.namespaces import rz, slug_of, term
from rzgraph.settings import Project


@pytest.fixture(scope="module")
def moneybook(mini: Project, mini_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("money") / "money.xlsx"
    write_moneybook(mini, mini_store, path, datetime(2024, 5, 31), date(2024, 5, 31))
    return path


def read_sheet(path: Path, name: str) -> list[dict[str, object]]:
    """The rows of a sheet by their Dutch headings."""
    head, _, *rows = load_workbook(path)[name].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_workbook_for_auditors_has_its_sheets_with_dutch_and_english_headings(moneybook: Path) -> None:
    book = load_workbook(moneybook)
    assert book.sheetnames == ["ledger", "flows", "budgets", "checks", "findings"]
    for sheet in book:
        dutch, english = list(sheet.iter_rows(min_row=1, max_row=2, values_only=True))
        assert None not in dutch + english
        assert dutch != english
        assert sheet.max_row > 3


def test_ledger_for_auditors_has_every_amount_once(moneybook: Path, mini_store: Store) -> None:
    claims = {quad.subject for quad in mini_store.quads_for_pattern(None, term("rdf:type"), rz("AmountClaim"))}
    rows = read_sheet(moneybook, "ledger")
    assert sorted(str(row["uitspraak"]) for row in rows) == sorted(slug_of(claim.value) for claim in claims)
    together = next(row for row in rows if row["zoals geschreven"] == "€ 100.000" and row["soort"] == "totaal")
    assert together["betaler"] == "Gemeente Heideveen; Gemeente Lindelo"
    assert all(row["document"] and row["regels"] and row["fragment"] for row in rows)


def test_amounts_for_auditors_are_numbers_with_two_decimals(moneybook: Path) -> None:
    sheet = load_workbook(moneybook)["ledger"]
    place = next(cell.column for cell in sheet[1] if cell.value == "bedrag")
    amounts = [cell for (cell,) in sheet.iter_rows(min_row=3, min_col=place, max_col=place) if cell.value is not None]
    assert {cell.number_format for cell in amounts} == {"#,##0.00"}
    assert {cell.data_type for cell in amounts} == {"n"}
    assert Decimal("2.35") in {Decimal(str(cell.value)) for cell in amounts}


def test_budgets_for_auditors_have_planned_actual_and_forecast_in_one_row(moneybook: Path) -> None:
    rows = {row["rij"]: row for row in read_sheet(moneybook, "budgets")}
    assert len(rows) == 9
    office = rows["Bureau"]
    assert (office["begroot"], office["werkelijk"], office["verwacht"]) == (75000, 41000, 79900)
    assert (office["besteed (%)"], office["verwacht (%)"]) == (54.7, 106.5)


def test_checks_for_auditors_include_what_holds(moneybook: Path) -> None:
    rows = read_sheet(moneybook, "checks")
    wrong = [(row["gepubliceerd"], row["berekend"], row["verschil"]) for row in rows if row["klopt"] is False]
    assert sorted(wrong) == [(31000, 31600, -600), (89500, 89600, -100), (243600, 243500, 100), (420900, 419900, 1000)]
    assert len([row for row in rows if row["klopt"] is True]) == 21


def test_findings_for_auditors_have_all_their_passages(moneybook: Path) -> None:
    rows = read_sheet(moneybook, "findings")
    assert [row["regels"] for row in rows if row["soort"] == "strijdige waarden"] == ["32; 34"]


def test_text_for_auditors_never_starts_a_formula(moneybook: Path) -> None:
    cells = [cell for sheet in load_workbook(moneybook) for row in sheet.iter_rows() for cell in row]
    assert any(str(cell.value).startswith("-") and cell.data_type == "s" for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}


def test_same_graph_gives_the_same_workbook_for_auditors(mini: Project, mini_store: Store, tmp_path: Path) -> None:
    files = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for path in files:
        write_moneybook(mini, mini_store, path, datetime(2024, 5, 31), date(2024, 5, 31))
    assert files[0].read_bytes() == files[1].read_bytes()
