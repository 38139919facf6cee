"""Coverage: which names in the texts a claim covers, what is left out with a reason, and which lines nobody touched."""

import csv
import io
import re
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Store

from rzgraph.checks.coverage import FIRST_WORDS, Coverage, measure_coverage
from rzgraph.checks.gaps import list_lines, list_missing, percentage, run_coverage, summarise
from rzgraph.errors import InputError, UsageError
from rzgraph.facts import open_store
from rzgraph.namespaces import slug_of
from rzgraph.options import COVERAGE_KINDS
from rzgraph.reading.lines import Lines
from rzgraph.reading.register import KINDS
from rzgraph.reading.sums import find_amounts
from rzgraph.settings import Project, load_project
from rzgraph.sources import MOST_WORDS, read_source

ALL = list(KINDS.values())


@pytest.fixture(scope="module")
def coverage(mini: Project, mini_store: Store) -> Coverage:
    return measure_coverage(mini_store, mini)


def run(project: Project, *show: str, document: str | None = None, kind: str | None = None, form: str = "csv"):
    stream, notes = io.StringIO(), io.StringIO()
    code = run_coverage(project, document, kind, show, "en", form, stream, notes)
    return code, stream.getvalue(), notes.getvalue()


# ── The mini region, counted by hand ───────────────────────────────────────


def test_places_of_the_mini_region_are_those_counted_by_hand(coverage: Coverage) -> None:
    counts = Counter((place.document, slug_of(place.kind.value)) for place in coverage.places)
    assert counts == {
        ("2020-11-begroting", "Party"): 15,  # twelve by name, a head of columns and a heading twice
        ("2020-11-begroting", "Body"): 2,
        ("2020-11-begroting", "Programme"): 2,
        # 35 cells with a figure, 2 of the balance, 12 of the chain, 10 others
        ("2020-11-begroting", "Amount"): 59,
        ("2020-11-begroting", "Number"): 2,  # the inhabitants and the second phase
        ("2020-11-begroting", "Date"): 4,  # the year in the title, and three of five in heads of the table
        ("2021-03-raadsrapport", "Person"): 16,  # fifteen by name, and an alderman with his portfolio
        ("2021-03-raadsrapport", "Party"): 20,
        ("2021-03-raadsrapport", "Body"): 17,
        ("2021-03-raadsrapport", "Programme"): 8,
        ("2021-03-raadsrapport", "Number"): 7,
        ("2021-03-raadsrapport", "Percentage"): 1,
        ("2021-03-raadsrapport", "Date"): 10,
        ("2021-03-raadsrapport", "Url"): 1,
        ("2022-10-halfjaarbericht", "Person"): 8,  # seven by name, and an alderman with her portfolio
        ("2022-10-halfjaarbericht", "Party"): 20,
        ("2022-10-halfjaarbericht", "Body"): 14,
        ("2022-10-halfjaarbericht", "Programme"): 3,
        ("2022-10-halfjaarbericht", "Number"): 8,
        ("2022-10-halfjaarbericht", "Date"): 12,
        ("2024-04-dias", "Person"): 5,
        ("2024-04-dias", "Party"): 9,
        ("2024-04-dias", "Body"): 15,
        ("2024-04-dias", "Programme"): 2,
        ("2024-04-dias", "Number"): 1,
        ("2024-04-dias", "Date"): 7,
        ("2024-04-dias", "Url"): 1,
    }


def test_uncovered_places_of_the_mini_region_are_titles_and_heads_of_tables(coverage: Coverage) -> None:
    rows = [
        tuple(getattr(row[name], "value", "") for name in ("document", "line", "name", "entity"))
        for row in list_missing(coverage, ALL)
    ]
    assert [(document, line, name, slug_of(entity)) for document, line, name, entity in rows] == [
        ("2020-11-begroting", "2", "2020", ""),
        ("2020-11-begroting", "5", "Verschil Prognose", ""),
        ("2020-11-begroting", "19", "Impuls Wonen", ""),
        ("2020-11-begroting", "21", "Impuls Wonen", ""),
        ("2020-11-begroting", "35", "20.000", ""),
        ("2020-11-begroting", "38", "2", ""),
        ("2021-03-raadsrapport", "2", "Gemeente Heideveen", "gemeente-heideveen"),
        ("2021-03-raadsrapport", "4", "1", ""),
        ("2021-03-raadsrapport", "13", "Heideveen", "gemeente-heideveen"),
        ("2021-03-raadsrapport", "18", "Heideveen", "gemeente-heideveen"),
        ("2021-03-raadsrapport", "18", "Lindelo", "gemeente-lindelo"),
        ("2021-03-raadsrapport", "18", "Waterhorst", "gemeente-waterhorst"),
        ("2021-03-raadsrapport", "24", "juli 2022", ""),
        ("2022-10-halfjaarbericht", "20", "1.500", ""),
        ("2022-10-halfjaarbericht", "29", "Waterhorst", "gemeente-waterhorst"),
        ("2024-04-dias", "2", "Lindelo", "gemeente-lindelo"),
    ]


def test_lines_no_claim_touches_are_those_found_by_hand(coverage: Coverage) -> None:
    lines = [(document, number) for document, number, _ in coverage.open_lines]
    expected = {
        "2020-11-begroting": [1, 2, 4, 5, 19, 29],
        "2021-03-raadsrapport": [1, 2, 13, 18, 29, 31, 38],
        "2022-10-halfjaarbericht": [1, 2, 18],
        "2024-04-dias": [1, 2, 4, 9, 21],
    }
    assert lines == [(document, number) for document, numbers in expected.items() for number in numbers]
    assert coverage.lines == 130


def test_summary_adds_up(coverage: Coverage) -> None:
    rows = summarise(coverage, ALL)
    assert len(rows) == 4 * len(COVERAGE_KINDS)
    states = ("covered", "repeated", "explained", "open")
    numbers = [{name: int(row[name].value) for name in ("places", *states)} for row in rows]
    assert sum(row["places"] for row in numbers) == len(coverage.places) == 269
    assert all(row["places"] == sum(row[state] for state in states) for row in numbers)
    assert rows[10]["percentage"].value == "75"  # 15 of 20


def test_every_kind_can_be_asked_for() -> None:
    assert tuple(KINDS) == COVERAGE_KINDS


def test_percentage_is_100_only_when_all_is_done() -> None:
    assert [percentage(999, 1000), percentage(1000, 1000), percentage(0, 0)] == [99, 100, 100]


# ── Unknown names, and what is left out ────────────────────────────────────

UNKNOWN = "De Stichting Goed Wonen en A. Nieuw zien toe op het Commissie Wonen Nu\n"


def test_unknown_names_are_open_and_sorted_by_what_they_look_like(changed) -> None:
    project = changed(UNKNOWN)
    found = {
        (place.found.words, slug_of(place.kind.value), place.found.first)
        for place in measure_coverage(open_store(project), project).places
        if not place.found.keys and place.state == "open" and place.document == "2024-04-dias"
    }
    assert found == {
        ("Stichting Goed Wonen", "Party", 27),
        ("A. Nieuw", "Person", 27),
        ("Commissie Wonen Nu", "Body", 27),
    }


def test_unknown_name_is_covered_by_a_claim_with_the_words_in_its_fragment(changed) -> None:
    claim = """
c:more
    a rz:ExistenceClaim ;
    rz:entity body:board-wonen ;
    rz:nameAsWritten "Stichting Goed Wonen" ;
    rz:lines "27" ;
    rz:fragment "De Stichting Goed Wonen" ;
    rz:basis rz:stated ;
    .
"""
    project = changed(UNKNOWN, claim)
    states = {
        p.found.words: p.state for p in measure_coverage(open_store(project), project).places if p.found.first == 27
    }
    assert (states["Stichting Goed Wonen"], states["A. Nieuw"]) == ("covered", "open")


def test_spelling_recorded_once_in_the_document_is_repeated_elsewhere_but_never_for_a_person(changed) -> None:
    claim = """
c:named
    a rz:ExistenceClaim ;
    rz:entity <https://w3id.org/rzgraph/id/%s> ;
    rz:nameAsWritten "%s" ;
    rz:lines "27" ;
    rz:fragment "%s" ;
    rz:basis rz:stated ;
    .
"""
    claims = claim % ("body/board-wonen", "Board Wonen", "Board Wonen")
    claims += claim.replace("c:named", "c:person") % ("person/b-bakker", "B. Bakker", "B. Bakker")
    project = changed("Board Wonen\nBoard Wonen van B. Bakker\n", claims)
    states = {(p.found.words, p.found.first): p.state for p in measure_coverage(open_store(project), project).places}
    assert states["Board Wonen", 27] == "covered"
    assert states["Board Wonen", 28] == "repeated"
    assert states["B. Bakker", 28] == "open"


@pytest.mark.parametrize(
    ("what", "states", "line_is_open"),
    [
        ('rz:name "A.  NIEUW"', ("open", "explained"), True),
        ('rz:lines "27"', ("explained", "explained"), False),
        ('rz:lines "26-27" ; rz:name "Stichting Goed Wonen"', ("explained", "open"), True),
        ('rz:lines "1" ; rz:name "A. Nieuw"', ("open", "open"), True),
        ('rz:lines "27-1"', ("open", "open"), True),
    ],
)
def test_what_is_left_out_with_a_reason_is_explained(
    changed, what: str, states: tuple[str, str], line_is_open: bool
) -> None:
    entry = f"judgement:out\n    a rz:LeftOut ;\n    rz:document document:2024-04-dias ;\n    {what} ;\n    .\n"
    project = changed(UNKNOWN, entry)
    coverage = measure_coverage(open_store(project), project)
    found = {place.found.words: place.state for place in coverage.places if place.found.first == 27}
    assert (found["Stichting Goed Wonen"], found["A. Nieuw"]) == states
    assert (("2024-04-dias", 27) in [line[:2] for line in coverage.open_lines]) == line_is_open


def test_left_out_of_one_document_explains_nothing_in_another(changed) -> None:
    what = 'rz:document document:2022-10-halfjaarbericht ;\n    rz:name "A. Nieuw"'
    entry = f"judgement:out\n    a rz:LeftOut ;\n    {what} ;\n    .\n"
    project = changed(UNKNOWN, entry)
    places = measure_coverage(open_store(project), project).places
    assert [place.state for place in places if place.found.words == "A. Nieuw"] == ["open"]


# ── The command ────────────────────────────────────────────────────────────


def test_exit_code_says_whether_all_that_was_asked_for_is_covered(mini: Project) -> None:
    assert run(mini)[0] == 1
    assert run(mini, kind="bodies")[0] == 0
    assert run(mini, document="2022-10-halfjaarbericht", kind="dates")[0] == 0
    assert run(mini, "missing", kind="organisations")[0] == 1
    assert run(mini, "lines", document="2022-10-halfjaarbericht")[0] == 1


def test_rows_can_be_narrowed_and_the_sentence_counts_the_same(mini: Project) -> None:
    _, text, notes = run(mini, "missing", document="2024-04-dias", kind="organisations")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row == {
        "document": "2024-04-dias",
        "kind": "Party",
        "kind_label": "party",
        "line": "2",
        "name": "Lindelo",
        "entity": "gemeente-lindelo",
        "entity_label": "Municipality of Lindelo",
    }
    assert notes == (
        "8 of 9 places with a name, amount, figure, date or web address covered by a claim, recorded so elsewhere in "
        "the document or left out with a reason (88%).\n"
    )


@pytest.mark.parametrize("form", ["table", "csv", "json", "md"])
@pytest.mark.parametrize("show", [(), ("missing",), ("lines",)])
def test_every_form_is_written_and_the_same_twice(mini: Project, form: str, show: tuple[str, ...]) -> None:
    first = run(mini, *show, form=form)
    assert "2021-03-raadsrapport" in first[1]
    assert first == run(mini, *show, form=form)


def test_wrong_use_is_said(mini: Project) -> None:
    with pytest.raises(UsageError, match="2021-03-raadsrapport, 2022-10"):
        run(mini, document="2021")
    with pytest.raises(UsageError, match="--missing"):
        run(mini, "missing", "lines")


def test_missing_or_changed_text_cannot_be_measured(changed, tmp_path: Path) -> None:
    project = changed("")
    with pytest.raises(InputError, match="cannot be read"):
        run(load_project(project.data, tmp_path / "nowhere"))
    (project.sources / "2024-04-dias.txt").write_text("anders\n", encoding="utf-8")
    with pytest.raises(InputError, match="not the text that was read"):
        run(project)
    assert run(project, document="2022-10-halfjaarbericht", kind="dates")[0] == 0


# ── The real texts ─────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def real(project: Project, store: Store, texts: Path) -> Coverage:
    return measure_coverage(store, project)


def test_names_and_lines_of_the_real_texts_are_found(real: Coverage) -> None:
    assert len(real.documents) == 5
    assert real.lines > 3900
    counts = Counter(slug_of(place.kind.value) for place in real.places)
    assert counts["Person"] >= 75
    assert counts["Party"] >= 600
    assert counts["Body"] >= 250
    assert counts["Programme"] >= 600
    assert counts["Number"] >= 350
    assert counts["Percentage"] >= 45
    assert counts["Date"] >= 300
    assert counts["Url"] >= 120
    covered = Counter(slug_of(place.kind.value) for place in real.places if place.state == "covered")
    assert covered["Person"] >= 60
    assert covered["Party"] >= 160
    assert covered["Body"] >= 200
    assert sum(place.state == "explained" for place in real.places) >= 60


def test_no_more_of_the_real_texts_is_shown_than_a_name_or_a_few_words(real: Coverage) -> None:
    assert FIRST_WORDS <= MOST_WORDS
    assert all(len(place.found.words.split()) <= MOST_WORDS for place in real.places)
    assert all(len(re.sub(" …$", "", row["words"].value).split()) <= FIRST_WORDS for row in list_lines(real))


def test_what_is_left_out_of_the_real_texts_is_what_its_reason_says(project: Project, real: Coverage) -> None:
    texts = {"2023-12-stapt-door": "001_e4928dd1253e69c2.txt", "2024-04-westerveld": "002_fe1b18493950b9e8.txt"}
    lines = {name: read_source(project.sources / file).lines for name, file in texts.items()}
    addresses = [lines["2023-12-stapt-door"][n - 1] for n in range(473, 477)]
    addresses += [lines["2024-04-westerveld"][n - 1] for n in (*range(515, 519), *range(558, 562))]
    assert all(re.fullmatch(r"https?://\S+\s*", line) for line in addresses)
    explained = [place for place in real.places if place.state == "explained"]
    # What looks like initials is the letter of a chapter; no name of a person is left out.
    chapters = {place.found.words for place in explained if slug_of(place.kind.value) == "Person"}
    assert len(chapters) > 5
    assert all(re.match(r"[A-E]\. \w", words) for words in chapters)


# ── Amounts ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("een saldo van €226k.", ["€226k"]),
        ("€ 40 \nmln. is nog geen dekking", ["€ 40 mln."]),
        ("tussen de €200 en €225 mln", ["€200", "€225 mln"]),
        ("partijen investeren € 100 miljoen euro", ["€ 100 miljoen euro"]),
        ("trekt 30 miljoen euro uit", ["30 miljoen euro"]),
        ("Werk € 1.950.000 -  € 1.950.000 -€ 380.230", ["€ 1.950.000", "€ 1.950.000", "-€ 380.230"]),
        ("€10.000,- en 2,5 MILJOEN", ["€10.000,-", "2,5 MILJOEN"]),
        ("anderhalf miljoen, tien euro en miljoenen", ["anderhalf miljoen", "tien euro", "miljoenen"]),
        ("€4 mld. en 12k en 3 miljard", ["€4 mld.", "12k", "3 miljard"]),
        ("bedragen in € per inwoner: € 2,35", ["€", "€ 2,35"]),
        ("dit is kosteloos of gratis", ["kosteloos", "gratis"]),
        ("Europa, 2024, 22 gemeenten, 12 km en Euroma", []),
    ],
)
def test_amounts_are_found_by_their_looks(text: str, found: list[str]) -> None:
    lines = Lines(text.split("\n"))
    assert [lines.locate(*span).words for span in find_amounts(lines.text)] == found


def test_amount_over_a_line_break_stands_on_both_lines() -> None:
    lines = Lines(["", "ruim € 40 ", "mln. is"])
    ((begin, end),) = find_amounts(lines.text)
    assert (lines.line_at(begin), lines.line_at(end - 1)) == (2, 3)


def judge_amounts(project: Project) -> list[tuple[str, str]]:
    places = measure_coverage(open_store(project), project).places
    return [(p.found.words, p.state) for p in places if p.kind == KINDS["amounts"] and p.found.first > 26]


AMOUNT = """
c:{name}
    a rz:AmountClaim ;
    rz:amountText "{text}" ;
    rz:lines "27" ;
    rz:fragment "Het kost € 5 of € 5 of € 6" ;
    rz:basis rz:stated ;
    .
"""


def test_amount_is_covered_by_a_claim_about_that_amount_each_time_it_stands_there(changed) -> None:
    claims = AMOUNT.format(name="one", text="€ 5") + AMOUNT.format(name="two", text="€ 7")
    project = changed("Het kost € 5 of € 5 of € 6\n", claims)
    states = [(words, state) for words, state in judge_amounts(project) if words in ("€ 5", "€ 6")]
    assert states[-3:] == [("€ 5", "covered"), ("€ 5", "open"), ("€ 6", "open")]


def test_amount_left_out_by_its_words_is_explained(changed) -> None:
    entry = """
judgement:no-money
    a rz:LeftOut ;
    rz:document document:2024-04-dias ;
    rz:name "2 miljoen" ;
    rz:reason "Mensen."@nl, "People."@en ;
    .
"""
    project = changed("Er wonen 2 miljoen mensen, zegt wie 3 miljoen telt\n", entry)
    assert judge_amounts(project)[-2:] == [("2 miljoen", "explained"), ("3 miljoen", "open")]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_place_in_the_real_texts_is_covered_or_left_out(kind: str, real: Coverage) -> None:
    places = [place for place in real.places if place.kind == KINDS[kind]]
    assert len(places) >= 45
    assert [(place.document, place.found.first, place.found.words) for place in places if place.state == "open"] == []
