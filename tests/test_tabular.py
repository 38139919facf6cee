"""The tables of the export: the promised columns, every claim in its row, and what stands in the rows."""

import csv
import io
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from rzgraph.export.tabular import EVIDENCE
from rzgraph.namespaces import NS, kind_of
from rzgraph.queries import list_questions, run_question
from rzgraph.settings import Project
from tests.exports import CLAIM_TABLES, CONTRACT, EVIDENCE_OF, TABLES, export_turtle, find_row, read_header, read_rows

LABELLED = {
    *("person", "organisation", "body", "on_behalf_of", "from_body", "to_body", "programme", "part_of", "payer"),
    *("receiver", "flow", "party", "area", "represented", "network", "entity", "commitment", "indicator"),
}


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
    assert len(CLAIM_TABLES) == 18
    for table in CLAIM_TABLES:
        assert tuple(read_header(either, table)[-len(EVIDENCE) :]) == EVIDENCE
        for row in read_rows(either, table):
            assert all(row[column] for column in EVIDENCE)
            assert len(row["fragment"].split()) <= 12


def test_every_claim_of_the_graph_has_its_row(exported: Path, mini_store: ox.Store) -> None:
    claims = {q.subject.value for q in mini_store.quads_for_pattern(None, ox.NamedNode(f"{NS}fragment"), None)}
    rows = [row["claim"] for table in CLAIM_TABLES for row in read_rows(exported, table)]
    assert len(rows) == len(set(rows)) == len(claims) > 50
    assert {claim.rpartition("/")[2] for claim in claims} == set(rows)


def test_every_claim_of_the_real_data_has_its_row(exported_real: Path, store: ox.Store) -> None:
    claims = {q.subject.value for q in store.quads_for_pattern(None, ox.NamedNode(f"{NS}fragment"), None)}
    rows = [row["claim"] for table in CLAIM_TABLES for row in read_rows(exported_real, table)]
    assert len(rows) == len(set(rows))
    assert {claim.rpartition("/")[2] for claim in claims} == set(rows)


# What the tables need not show: the class, which is the table, and what is computed from what they show.
COMPUTED = {
    *("firstLine", "lastLine", "attestedEarliest", "attestedLatest"),
    *("beginEarliest", "beginLatest", "endEarliest", "endLatest", "whenEarliest", "whenLatest"),
    *("dueEarliest", "dueLatest", "doubtedBy"),
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
    assert len(questions) == len(CLAIM_TABLES)
    assert sorted(set(missing)) == []


# ── What stands in the rows ────────────────────────────────────────────────


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
    assert len(questions) == len(TABLES)
    assert others == []


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


def test_slug_cannot_be_mistaken_where_an_iri_is_not_ours(mini: Project, tmp_path: Path) -> None:
    folder = export_turtle(
        mini, tmp_path, f"c:a a rz:ExistenceClaim ; rz:entity <https://example.org/id/body/x> ; {EVIDENCE_OF}"
    )
    assert read_rows(folder, "claims_existence")[0]["entity"] == "https://example.org/id/body/x"


def test_csv_is_utf8_with_crlf_and_a_header(either: Path) -> None:
    for path in sorted((either / "tables").glob("*.csv")):
        text = path.read_bytes().decode("utf-8")
        assert not text.startswith("\ufeff")
        assert text.endswith("\r\n")
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\r\n").writerows(csv.reader(io.StringIO(text, newline="")))
        assert out.getvalue() == text


# ── Programmes, promises, figures, happenings, references, abbreviations ──────


def test_commitment_row_tells_who_what_when_and_how_it_stands(exported: Path) -> None:
    row = find_row(read_rows(exported, "facts_commitments"), "id", "evaluatie-gevels")
    assert (row["kind"], row["by"], row["to"], row["due"]) == (
        "promise",
        "gemeente-heideveen",
        "raad-heideveen",
        "2021-23",
    )
    assert (row["status"], row["overdue"]) == ("met", "false")
    row = find_row(read_rows(exported, "facts_commitments"), "id", "verkenning-warmtenet")
    assert (row["status"], row["overdue"], row["silent_document"]) == ("on-course", "true", "2024-04-dias")


def test_observation_row_has_every_dimension(exported: Path) -> None:
    rows = read_rows(exported, "facts_observations")
    dimensions = ("indicator", "area", "period", "subject", "in_document", "value", "unit", "based_on")
    assert all(row[name] for row in rows for name in dimensions)
    row = find_row(rows, "id", "2022-10-halfjaarbericht.obs-daken-12")
    assert (row["area"], row["area_label"], row["period"]) == ("not-stated", "niet genoemd", "2022")
    assert row["possible_area"] == "gemeente-lindelo; gemeente-waterhorst"


def test_programme_row_tells_its_place_among_others(exported: Path) -> None:
    row = find_row(read_rows(exported, "facts_programmes"), "id", "groene-gevels")
    assert (row["kind"], row["part_of"], row["succeeds"], row["leans_on"]) == (
        "programme",
        "opgave-wonen",
        "",
        "klimaatfonds",
    )
    row = find_row(read_rows(exported, "facts_programmes"), "id", "regioagenda-2020-2024")
    assert (row["begin"], row["end"], row["succeeds"]) == ("2020", "2024", "regioagenda-2016-2019")


def test_reference_event_and_abbreviation_rows_gather_all_claims(exported: Path) -> None:
    row = find_row(read_rows(exported, "facts_references"), "id", "woonmonitor-2023")
    assert (row["title"], row["publisher"], row["url_mark"]) == (
        "Woonmonitor 2023",
        "provincie-voorland",
        "insecure; proxy",
    )
    row = find_row(read_rows(exported, "facts_events"), "id", "besluit-regioagenda-2024")
    assert (row["first_day"], row["last_day"], row["kind"]) == ("2024-10-01", "2024-12-31", "decision-taken")
    row = find_row(read_rows(exported, "facts_abbreviations"), "id", "cbs")
    assert (row["written"], row["expansion"]) == ("CBS", "")
    row = find_row(read_rows(exported, "claims_observations"), "claim", "2024-04-dias.obs-woningen-gebouwd")
    assert (row["bound"], row["concerns"], row["according_to"]) == ("about", "opgave-wonen", "woonmonitor-2023")
