"""The export: the promised tables, described so that machines can read them, and the graph as RDF."""

import csv
import io
import json
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import uritemplate
from csvw import CSVW, Table, TableGroup
from openpyxl import load_workbook
from pyoxigraph import Store
from rdflib import Dataset

from rzgraph.errors import InputError, UsageError
from rzgraph.export import folder as export
from rzgraph.export.folder import CHECKSUMS, export_tables, run_export, write_export
from rzgraph.export.moneybook import write_moneybook
from rzgraph.export.tabular import EVIDENCE
from rzgraph.namespaces import NS, kind_of, rz, slug_of, term
from rzgraph.queries import list_questions, run_question
from rzgraph.settings import Project

TESTS = Path(__file__).parent
# What the interface promises: these columns in this order, twins and further columns between or after them.
with (TESTS / "contract.csv").open(encoding="utf-8", newline="") as _file:
    CONTRACT = {row["table"]: row["columns"].split() for row in csv.DictReader(_file)}
LABELLED = {
    *("person", "organisation", "body", "on_behalf_of", "from_body", "to_body", "programme", "part_of", "payer"),
    *("receiver", "flow", "party", "area", "represented", "network", "entity", "commitment", "indicator"),
}
Rows = list[dict[str, str]]


def read_rows(folder: Path, table: str) -> Rows:
    with (folder / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_header(folder: Path, table: str) -> list[str]:
    with (folder / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def read_files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="session")
def exported(mini: Project, mini_store: ox.Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of the invented region. Tests only read it."""
    folder = tmp_path_factory.mktemp("export") / "mini"
    write_export(mini, mini_store, folder)
    return folder


@pytest.fixture(scope="session")
def exported_real(project: Project, store: ox.Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of the real data. Tests only read it."""
    folder = tmp_path_factory.mktemp("export") / "real"
    write_export(project, store, folder)
    return folder


@pytest.fixture(params=["exported", "exported_real"])
def either(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(request.param)
    return folder


# ── The contract ───────────────────────────────────────────────────────────


def test_every_promised_table_is_written(either: Path) -> None:
    assert len(CONTRACT) == 23
    assert CONTRACT.keys() <= {path.stem for path in (either / "tables").glob("*.csv")}


@pytest.mark.parametrize("table", sorted(CONTRACT))
def test_promised_columns_come_first_and_in_order(exported: Path, table: str) -> None:
    header = read_header(exported, table)
    plain = [name for name in header if not (name.endswith("_label") and name.removesuffix("_label") in header)]
    assert plain[: len(CONTRACT[table])] == CONTRACT[table]
    assert len(set(header)) == len(header)


@pytest.mark.parametrize("table", sorted(CONTRACT))
def test_entity_columns_stand_beside_their_names(exported: Path, table: str) -> None:
    header = read_header(exported, table)
    for column in LABELLED & set(CONTRACT[table]):
        assert header[header.index(column) + 1] == f"{column}_label"


def test_claim_tables_end_with_complete_evidence(either: Path) -> None:
    tables = [table for table in CONTRACT if table.startswith("claims_")]
    assert len(tables) == 17
    for table in tables:
        assert tuple(read_header(either, table)[-len(EVIDENCE) :]) == EVIDENCE
        for row in read_rows(either, table):
            assert all(row[column] for column in EVIDENCE)
            assert len(row["fragment"].split()) <= 12


def test_every_claim_of_the_graph_has_its_row(exported: Path, mini_store: ox.Store) -> None:
    claims = {q.subject.value for q in mini_store.quads_for_pattern(None, ox.NamedNode(f"{NS}fragment"), None)}
    rows = [row["claim"] for table in CONTRACT if table.startswith("claims_") for row in read_rows(exported, table)]
    assert len(rows) == len(set(rows)) == len(claims) > 50
    assert {claim.rpartition("/")[2] for claim in claims} == set(rows)


def test_every_claim_of_the_real_data_has_its_row(exported_real: Path, store: ox.Store) -> None:
    claims = {q.subject.value for q in store.quads_for_pattern(None, ox.NamedNode(f"{NS}fragment"), None)}
    rows = [
        row["claim"] for table in CONTRACT if table.startswith("claims_") for row in read_rows(exported_real, table)
    ]
    assert len(rows) == len(set(rows))
    assert {claim.rpartition("/")[2] for claim in claims} == set(rows)


# ── What stands in the rows ────────────────────────────────────────────────


# What the tables need not show: the class, which is the table, and what is computed from what they show.
COMPUTED = {
    *("firstLine", "lastLine", "attestedEarliest", "attestedLatest"),
    *("beginEarliest", "beginLatest", "endEarliest", "endLatest", "whenEarliest", "whenLatest"),
}


@pytest.mark.parametrize("data", ["mini_store", "store"])
def test_no_property_of_a_claim_is_left_out(data: str, project: Project, request: pytest.FixtureRequest) -> None:
    graph: ox.Store = request.getfixturevalue(data)
    questions = [question for question in list_questions(project.queries / "export") if "claims_" in question.name]
    missing = []
    for question in questions:
        (name,) = set(re.findall(r"a rz:(\w+Claim)\b", question.text))
        read = set(re.findall(r"\?claim rz:(\w+) |^    rz:(\w+) ", question.text, re.M))
        shown = {one or other for one, other in read} | COMPUTED
        for quad in graph.quads_for_pattern(None, None, ox.NamedNode(f"{NS}{name}")):
            used = {q.predicate.value for q in graph.quads_for_pattern(quad.subject, None, None)}
            missing += [(name, p) for p in used if p.startswith(NS) and p.removeprefix(NS) not in shown]
    assert len(questions) == 17
    assert sorted(set(missing)) == []


def find_row(rows: Rows, key: str, value: str) -> dict[str, str]:
    (row,) = [row for row in rows if row[key] == value]
    return row


def test_seat_claim_tells_who_sits_where_and_in_which_capacity(exported: Path) -> None:
    row = find_row(read_rows(exported, "claims_seats"), "claim", "2021-03-raadsrapport.cell-de-vries-stuurgroep")
    assert row["person"] == "c-de-vries"
    assert row["person_label"] == "C. de Vries"
    assert row["body"] == "stuurgroep-voorbeeld"
    assert row["capacity"] == "tafel-energie"
    assert row["capacity_label"] == "Tafel Energie"
    assert row["on_behalf_of"] == ""
    assert row["held"] == "true"
    assert [row[name] for name in EVIDENCE] == [
        "stated",
        "2021-03-raadsrapport",
        "2021-03-raadsrapport.txt",
        "19-20",
        "C. de Vries (Tafel Energie)",
    ]


def test_explicit_absence_is_a_row_that_is_not_held(exported: Path) -> None:
    row = find_row(read_rows(exported, "claims_seats"), "claim", "2021-03-raadsrapport.cell-waterhorst-wonen")
    assert (row["held"], row["person"], row["on_behalf_of"]) == ("false", "", "gemeente-waterhorst")


def test_fact_lists_its_claims_in_order(exported: Path) -> None:
    row = find_row(read_rows(exported, "facts_seats"), "id", "tafel-energie.c-de-vries.chair")
    assert row["claims"].split("; ") == [
        "2021-03-raadsrapport.cell-de-vries-energie",
        "2021-03-raadsrapport.chair-de-vries-energie",
        "2022-10-halfjaarbericht.de-vries-chairs-energie",
    ]
    assert (row["first_attested"], row["last_attested"]) == ("2021-03-15", "2022-10")


def test_body_tells_its_documents_and_period(exported: Path) -> None:
    row = find_row(read_rows(exported, "bodies"), "id", "stuurgroep-voorbeeld")
    assert row["documents"] == "2021-03-raadsrapport; 2022-10-halfjaarbericht; 2024-04-dias"
    assert row["kind"] == "steering-group"
    assert row["begin"] == "2019"


def test_codes_have_dutch_names(exported: Path) -> None:
    row = find_row(read_rows(exported, "claims_seats"), "claim", "2021-03-raadsrapport.cell-de-vries-energie")
    assert (row["role"], row["role_label"]) == ("chair", "voorzitter")


def test_person_has_all_spellings(exported: Path) -> None:
    row = find_row(read_rows(exported, "persons"), "id", "b-bakker")
    assert row["names_as_written"].split("; ") == ["B. Baker", "B. Bakker", "Bakker"]


def test_organisation_has_its_official_codes(exported_real: Path) -> None:
    row = find_row(read_rows(exported_real, "organisations"), "id", "gemeente-dalfsen")
    assert row["label"] == "Gemeente Dalfsen"
    assert row["cbs_code"] == "GM0148"
    assert row["tooi"] == "https://identifier.overheid.nl/tooi/id/gemeente/gm0148"
    assert row["wikidata"] == "Q9998"


def test_rows_are_sorted_and_keys_unique(either: Path) -> None:
    for path in sorted((either / "tables").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))[1:]
        assert rows == sorted(rows)
        assert len({tuple(row) for row in rows}) == len(rows)


def test_columns_hold_things_of_one_kind_only(store: ox.Store, project: Project) -> None:
    others = []
    questions = list_questions(project.queries / "export")
    for question in questions:
        things = {
            name: header["thing"]
            for name, header in question.columns.items()
            if header.get("thing") not in (None, "any")
        }
        for row in run_question(store, question).rows:
            for name, thing in things.items():
                value = row[name]
                if value is not None and not (
                    value.value.startswith(NS) if thing == "ns" else kind_of(value.value) == thing
                ):
                    others.append((question.name, name, value.value))
    assert len(questions) == len(CONTRACT) + 1
    assert others == []


# ── An invented graph for what no document says yet ────────────────────────

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


def export_turtle(mini: Project, folder: Path, turtle: str) -> Path:
    """Export a graph written in a test."""
    store = ox.Store()
    store.load((PREFIXES + turtle).encode(), ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(f"{mini.base}graph/data/x"))
    write_export(mini, store, folder / "out")
    return folder / "out"


def test_event_gets_the_bounds_of_its_date(mini: Project, tmp_path: Path) -> None:
    folder = export_turtle(
        mini,
        tmp_path,
        f"""
        event:visit skos:prefLabel "Werkbezoek"@nl .
        c:visit a rz:EventClaim ; rz:event event:visit ; rz:when "2024-34"^^edtf:EDTF ;
            rz:participant party:b, party:a ; {EVIDENCE_OF}
        c:odd a rz:EventClaim ; rz:event event:visit ; rz:when "ooit"^^edtf:EDTF ; {EVIDENCE_OF}
        c:open a rz:EventClaim ; rz:event event:visit ; rz:when "2024/.."^^edtf:EDTF ; {EVIDENCE_OF}
        """,
    )
    rows = read_rows(folder, "claims_events")
    visit = find_row(rows, "claim", "doc.visit")
    assert (visit["earliest"], visit["latest"]) == ("2024-04-01", "2024-06-30")
    assert visit["participants"] == "a; b"
    assert visit["label"] == visit["event_label"] == "Werkbezoek"
    odd = find_row(rows, "claim", "doc.odd")
    assert (odd["when"], odd["earliest"], odd["latest"]) == ("ooit", "", "")
    still = find_row(rows, "claim", "doc.open")
    assert (still["earliest"], still["latest"]) == ("2024-01-01", "")


def test_conflicting_amounts_of_a_flow_are_told(exported: Path) -> None:
    rows = read_rows(exported, "facts_flows")
    one = find_row(rows, "id", "onderzoek-heideveen.planned")
    assert (one["label"], one["conflicting"], one["amount_eur"], one["preferred_claim"]) == (
        "Onderzoek naar de brug: deel van Heideveen",
        "true",
        "45000",
        "2020-11-begroting.onderzoek-heideveen",
    )
    assert one["claims"] == "2020-11-begroting.onderzoek-heideveen; 2020-11-begroting.onderzoek-heideveen-bijlage"
    assert one["part_of"] == "onderzoek-brug"
    rounded = find_row(rows, "id", "saldo-2020.forecast")
    assert (rounded["conflicting"], rounded["amount_eur"]) == ("false", "31600")


def test_amount_claim_tells_its_cell_payers_and_range(exported: Path) -> None:
    rows = read_rows(exported, "claims_amounts")
    cell = find_row(rows, "claim", "2020-11-begroting.bijdrage-provincie-begroot")
    assert (cell["table"], cell["row"], cell["column"]) == (
        "begroting-2020",
        "Bijdrage provincie",
        "begroting-2020.begroot",
    )
    assert (cell["payer"], cell["amount_eur"], cell["amount_text"]) == ("provincie-voorland", "90000", "€ 90.000")
    assert (
        find_row(rows, "claim", "2020-11-begroting.onderzoek-samen")["payer"] == "gemeente-heideveen; gemeente-lindelo"
    )
    bridge = find_row(rows, "claim", "2020-11-begroting.brug")
    assert (bridge["amount_eur"], bridge["amount_to_eur"]) == ("2000000", "2500000")
    unnamed = find_row(rows, "claim", "2020-11-begroting.fase-2")
    assert (unnamed["amount_eur"], unnamed["amount_text"]) == ("", "nog geen dekking")


def test_findings_of_calculations_are_exported_with_their_claims(exported: Path) -> None:
    row = find_row(read_rows(exported, "findings"), "id", "calculation-begroting-2020.prognose.lasten-2020")
    assert (row["kind"], row["severity"], row["subject"], row["about"]) == (
        "sum-mismatch",
        "serious",
        "lasten-2020",
        "source",
    )
    assert "€ 420.900" in row["message_nl"] and "€ 1.000 meer" in row["message_nl"]
    assert len(row["claims"].split("; ")) == 4


HOSTILE = '=1+1 "aangehaald", met komma;\nen regel'


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


def test_slug_cannot_be_mistaken_where_an_iri_is_not_ours(mini: Project, tmp_path: Path) -> None:
    folder = export_turtle(
        mini, tmp_path, f"c:a a rz:ExistenceClaim ; rz:entity <https://example.org/id/body/x> ; {EVIDENCE_OF}"
    )
    assert read_rows(folder, "claims_existence")[0]["entity"] == "https://example.org/id/body/x"


# ── Files ──────────────────────────────────────────────────────────────────


def test_csv_is_utf8_with_crlf_and_a_header(either: Path) -> None:
    for path in sorted((either / "tables").glob("*.csv")):
        text = path.read_bytes().decode("utf-8")
        assert not text.startswith("\ufeff")
        assert text.endswith("\r\n")
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\r\n").writerows(csv.reader(io.StringIO(text, newline="")))
        assert out.getvalue() == text


def test_two_exports_have_the_same_bytes(mini: Project, mini_store: ox.Store, exported: Path, tmp_path: Path) -> None:
    write_export(mini, mini_store, tmp_path / "again")
    first, second = read_files(exported), read_files(tmp_path / "again")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_checksums_cover_every_file(exported: Path) -> None:
    files = read_files(exported)
    lines = files.pop(CHECKSUMS).decode().splitlines()
    assert [line.split("  ")[1] for line in lines] == sorted(files)


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


# ── CSV on the Web ─────────────────────────────────────────────────────────


@pytest.fixture
def descriptions(either: Path) -> Iterator[list[Path]]:
    found = sorted((either / "tables").glob("*.csv-metadata.json"))
    assert len(found) == len(CONTRACT) + 1
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


# ── RDF ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("part", ["ledger", "facts", "ontology"])
def test_rdf_formats_say_the_same(exported: Path, part: str) -> None:
    quads = {str(quad) for quad in ox.parse(path=exported / "rdf" / f"{part}.nq")}
    assert len(quads) > 100
    assert quads == {str(quad) for quad in ox.parse(path=exported / "rdf" / f"{part}.jsonld")} or part == "ontology"
    triples = {quad.triple for quad in ox.parse(path=exported / "rdf" / f"{part}.ttl")}
    assert len(triples) == len({quad.triple for quad in ox.parse(path=exported / "rdf" / f"{part}.nq")})


@pytest.mark.parametrize("part", ["ledger", "facts", "ontology"])
def test_nquads_are_canonical(exported: Path, part: str) -> None:
    text = (exported / "rdf" / f"{part}.nq").read_text(encoding="utf-8")
    lines = text.splitlines()
    assert lines == sorted(lines)
    assert part == "ontology" or "_:" not in text
    dataset = ox.Dataset(ox.parse(text, ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert sorted(f"{quad} ." for quad in dataset) == lines


def test_rdf_holds_the_whole_graph(exported: Path, mini_store: ox.Store) -> None:
    lines = [line for path in (exported / "rdf").glob("*.nq") for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == len(mini_store)


# The parser of rdflib calls names that rdflib itself deprecates.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_jsonld_is_read_by_another_library(exported: Path) -> None:
    dataset = Dataset()
    with (exported / "rdf" / "ledger.jsonld").open("rb") as file:
        dataset.parse(file, format="json-ld")
    assert len(list(dataset.quads())) == len((exported / "rdf" / "ledger.nq").read_text(encoding="utf-8").splitlines())


# ── Networks ───────────────────────────────────────────────────────────────


def test_network_of_bodies_is_written_for_the_day_of_each_document(exported: Path) -> None:
    names = sorted(path.name for path in (exported / "networks").iterdir())
    days = ["2020-11-30", "2021-03-15", "2022-10-31", "2024-05-31"]
    assert names == [f"governance-{day}.{form}" for day in days for form in ("gexf", "graphml")]
    graph = nx.read_graphml(exported / "networks" / "governance-2021-03-15.graphml")
    assert graph.nodes["stuurgroep-voorbeeld"]["label"] == "Stuurgroep Voorbeeld"
    assert "algemeen-bestuur" not in graph
    later = nx.read_graphml(exported / "networks" / "governance-2024-05-31.graphml")
    assert "algemeen-bestuur" in later
    assert sorted(nx.read_gexf(exported / "networks" / "governance-2024-05-31.gexf")) == sorted(later)


# ── The folder ─────────────────────────────────────────────────────────────


def test_export_says_what_it_wrote(mini: Project, tmp_path: Path) -> None:
    stream = io.StringIO()
    assert run_export(mini, tmp_path / "out", stream) == 0
    assert f"{len(CONTRACT) + 1} tabellen" in stream.getvalue()
    stream = io.StringIO()
    assert run_export(mini, tmp_path / "out", stream, "en") == 0
    assert f"{len(CONTRACT) + 1} tables" in stream.getvalue()


def test_former_export_is_replaced_as_a_whole(
    mini: Project, mini_store: ox.Store, exported: Path, tmp_path: Path
) -> None:
    old = export_turtle(mini, tmp_path, "person:p a rz:Person .")
    write_export(mini, mini_store, old)
    assert read_files(old) == read_files(exported)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


def test_empty_folder_is_filled(mini: Project, mini_store: ox.Store, tmp_path: Path) -> None:
    write_export(mini, mini_store, tmp_path)
    assert (tmp_path / "tables" / "bodies.csv").is_file()


def test_foreign_file_is_never_overwritten(mini: Project, mini_store: ox.Store, tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "bodies.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"tables/bodies\.csv"):
        write_export(mini, mini_store, tmp_path)
    assert read_files(tmp_path) == {"tables/bodies.csv": b"mine"}


def test_changed_table_is_never_overwritten(mini: Project, mini_store: ox.Store, tmp_path: Path) -> None:
    write_export(mini, mini_store, tmp_path)
    with (tmp_path / "tables" / "bodies.csv").open("a", encoding="utf-8") as file:
        file.write("mine")
    with pytest.raises(UsageError, match=r"tables/bodies\.csv"):
        write_export(mini, mini_store, tmp_path)


def test_file_in_the_place_of_the_folder_is_refused(mini: Project, mini_store: ox.Store, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="not a folder"):
        write_export(mini, mini_store, tmp_path / "out")


def test_place_below_a_file_cannot_be_written(mini: Project, mini_store: ox.Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        write_export(mini, mini_store, tmp_path / "file" / "out")


@pytest.mark.parametrize("step", ["write_rdf", "write_workbook", "write_networks", "_write_checksums"])
def test_failure_leaves_the_former_export_whole(
    mini: Project, mini_store: ox.Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    folder = export_turtle(mini, tmp_path, "person:p a rz:Person .")
    before = read_files(folder)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, step, fail)
    with pytest.raises(InputError, match="No space left on device"):
        write_export(mini, mini_store, folder)
    assert read_files(folder) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


def test_tables_can_be_written_alone(mini: Project, mini_store: ox.Store, exported: Path, tmp_path: Path) -> None:
    tables = export_tables(mini, mini_store, tmp_path)
    assert len(tables) == len(CONTRACT) + 1
    names = [path.name for path in tmp_path.iterdir()]
    assert (tmp_path / "bodies.csv").read_bytes() == (exported / "tables" / "bodies.csv").read_bytes()
    assert sorted(names) == sorted(path.name for path in (exported / "tables").iterdir())


# ── The workbook for auditors ──────────────────────────────────────────────


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
