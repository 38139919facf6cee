"""The catalogue of questions and the panels: complete headers, rows worked out by hand, the same in two engines."""

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Store
from rdflib import Dataset, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.term import Node

from rzgraph.answers.ask import keep_language
from rzgraph.answers.parameters import bind_parameters
from rzgraph.answers.rows import flatten_rows
from rzgraph.namespaces import term
from rzgraph.queries import Question, Term, list_questions, read_question, run_question
from rzgraph.settings import Project

TESTS = Path(__file__).parent
QUERIES = TESTS.parent / "queries"
GOLDEN = TESTS / "golden" / "questions"
QUESTIONS = list_questions(QUERIES / "questions")
# Tables of pages about the whole are of no one thing.
WHOLE = ("abbreviations", "money", "timeline", "tracker")
TABLES = list_questions(QUERIES / "pages")
OVERVIEWS = [panel for panel in TABLES if panel.name.partition(".")[0] in WHOLE]
PANELS = [panel for panel in TABLES if panel not in OVERVIEWS]
SPRING_2022, LATER, MONEY = "2022-03-01", "2024-05-31", "2024-06-01"

# What each question of the catalogue is asked on the mini region; the answers stand in golden/questions/<case>.csv.
CASES: dict[str, dict[str, str]] = {
    "abbreviations": {},
    "abbreviations-not-expanded": {},
    "absences-of-body": {"body": "SGV", "at": SPRING_2022},
    "absences-of-party": {"party": "lindelo", "at": SPRING_2022},
    "accessions": {},
    "amounts-in-phase": {"phase": "granted", "at": MONEY},
    "amounts-in-year": {"year": "2020", "at": MONEY},
    "amounts-of-document": {"document": "2020-11-begroting"},
    "amounts-per-inhabitant": {"at": MONEY},
    "amounts-that-do-not-add-up": {},
    "amounts-without-figure": {"at": MONEY},
    "amounts-without-payer": {"at": MONEY},
    "amounts-without-receiver": {"at": MONEY},
    "bodies-in-line": {"at": "2024-06-01"},
    "bodies-of-theme": {"theme": "wonen", "at": SPRING_2022},
    "bodies-on-day": {"at": SPRING_2022},
    "bodies-two-parties-share": {"party": "heideveen", "other": "lindelo", "at": SPRING_2022},
    "bodies-under": {"body": "stuurgroep", "at": SPRING_2022},
    "bodies-under.two-steps": {"body": "AB", "at": "2024-06-01"},
    "bodies-without-kind-of-partner": {"kind": "provincie", "at": SPRING_2022},
    "bodies-without-kind-of-partner.explicitly": {"kind": "waterschap", "at": "2022-12-31"},
    "bodies-without-named-members": {"at": "2024-06-01"},
    "budget-lines": {"table": "begroting-2020", "at": MONEY},
    "calculations": {},
    "calculations-of-table": {"table": "begroting-2020"},
    "chairs": {"at": "2022-08-15"},
    "chairs-of-several-bodies": {"at": SPRING_2022},
    "changes-between-days": {"from": "2022-01-01", "to": "2024-01-15"},
    "claims-of-document": {"document": "2022-10-halfjaarbericht"},
    "claims-resting-on": {"reference": "Woonmonitor 2023"},
    "co-financing": {"flow": "onderzoek-brug", "at": MONEY},
    "co-financing.all": {"at": MONEY},
    "commitments-about": {"about": "opgave-wonen", "at": MONEY},
    "commitments-halted": {"at": MONEY},
    "commitments-met": {"at": MONEY},
    "commitments-of": {"by": "gemeente-heideveen", "at": MONEY},
    "commitments-to": {"to": "raad-heideveen", "at": MONEY},
    "commitments-on-day": {"at": MONEY},
    "commitments-on-day.before-reports": {"at": "2021-12-15"},
    "commitments-open": {"at": MONEY},
    "commitments-overdue": {"at": MONEY},
    "commitments-overdue.before-reports": {"at": "2021-12-15"},
    "commitments-without-follow-up": {"at": MONEY},
    "composition-rules": {"at": "2023-06-01"},
    "conflicting-amounts": {"at": MONEY},
    "contradictions": {},
    "contributions-of-party": {"party": "gemeente-lindelo", "at": MONEY},
    "derived-claims": {},
    "documents": {},
    "events-between": {"from": "2021-01-01", "to": "2022-12-31"},
    "events-between.vague": {"from": "2024-06-14", "to": "2024-10-31"},
    "events-of": {"who": "Waterschap Lage Beek"},
    "events-of.programme": {"who": "regioagenda-2025-2029"},
    "everything-about-flow": {"flow": "bijdrage-provincie-2020", "at": MONEY},
    "figures-of-area": {"area": "lindelo"},
    "figures-of-area.no-party": {"area": "Nederland"},
    "figures-that-differ": {},
    "figures-without-a-place": {},
    "findings-about-money": {},
    "flows-of-payer": {"payer": "provincie-voorland", "at": MONEY},
    "flows-to-receiver": {"receiver": "Veenrand", "at": MONEY},
    "governance-changes": {},
    "meeting-frequency": {"at": "2022-10-31"},
    "names-in-document": {"document": "2022-10-halfjaarbericht"},
    "names-of": {"entity": "visser"},
    "office-holders": {"function": "burgemeester"},
    "offices-of-person": {"person": "bakker"},
    "offices-on-day": {"person": "bakker", "at": SPRING_2022},
    "organisations-by-kind": {"kind": "waterschap"},
    "participants-of-programme": {"programme": "groene-gevels"},
    "parties-without-seat": {"at": "2022-12-31"},
    "parties-without-seat.later": {"at": "2030-01-01"},
    "partners-of-network": {"at": SPRING_2022},
    "participants-of-programme.people": {"programme": "Koele Daken"},
    "parts-of-programme": {"programme": "regioagenda-2020-2024"},
    "parts-of-programme.named": {"programme": "opgave-wonen"},
    "path-to-deciding-body": {"body": "Board Wonen", "at": "2024-06-01"},
    "path-to-deciding-body.line": {"body": "Tafel Wonen", "at": "2022-10-31"},
    "payers-of-flow": {"flow": "onderzoek-brug", "at": MONEY},
    "people-two-bodies-share": {"body": "SGV", "other": "Tafel Wonen", "at": SPRING_2022},
    "persons-at-several-tables": {"at": SPRING_2022},
    "persons-in-several-capacities": {"at": SPRING_2022},
    "persons-named": {"person": "bakker"},
    "programmes-in-place": {"place": "linde"},
    "programmes-of": {"who": "gemeente-heideveen"},
    "programmes-on-day": {"at": "2022-10-31"},
    "programmes-on-day.later": {"at": LATER},
    "references": {},
    "relations-of-body": {"body": "DB", "at": "2024-06-15"},
    "represented-through-another": {"party": "Heideveen", "at": SPRING_2022},
    "rules-against-seats": {"at": "2024-06-01"},
    "said-on-line": {"document": "2021-03-raadsrapport", "line": "5"},
    "same-amount-other-thing": {"at": MONEY},
    "seats-of-body": {"body": "Stuurgroep Voorbeeld", "at": SPRING_2022},
    "seats-of-party": {"party": "gemeente-heideveen", "at": SPRING_2022},
    "seats-of-person": {"person": "C. de Vries", "at": SPRING_2022},
    "seats-without-a-name": {"at": SPRING_2022},
    "shared-seats": {"at": SPRING_2022},
    "story-of": {"of": "groene-gevels"},
    "story-of.decision": {"of": "besluit-regioagenda-2025"},
    "story-of.money": {"of": "Project Veenrand"},
    "story-of.promise": {"of": "evaluatie-gevels"},
    "succession-of-body": {"body": "SGV"},
    "succession-of-body.not-stated": {"body": "Tafel Wonen"},
    "succession-of-programmes": {},
    "tables-on-day": {"at": LATER},
    "targets-with-a-figure": {},
    "theme-couplings": {"at": SPRING_2022},
    "uncovered-and-reserved": {"at": MONEY},
    "values-of-indicator": {"indicator": "koele-daken"},
    "web-addresses": {},
    "what-is-unknown": {"about": "Board Wonen"},
    "who-speaks-for": {"party": "Heideveen", "body": "SGV", "at": SPRING_2022},
    "who-speaks-for.everywhere": {"party": "Waterhorst", "at": LATER},
}

# Questions about claims, documents or promises as such have no standing; a count of claims is its own evidence.
WITHOUT_STANDING = {
    "abbreviations",
    "abbreviations-not-expanded",
    "accessions",
    "amounts-of-document",
    "amounts-that-do-not-add-up",
    "calculations",
    "calculations-of-table",
    "changes-between-days",
    "claims-of-document",
    "claims-resting-on",
    "commitments-about",
    "commitments-halted",
    "commitments-met",
    "commitments-of",
    "commitments-to",
    "commitments-on-day",
    "commitments-open",
    "commitments-overdue",
    "commitments-without-follow-up",
    "contradictions",
    "derived-claims",
    "documents",
    "events-between",
    "events-of",
    "figures-of-area",
    "figures-that-differ",
    "figures-without-a-place",
    "findings-about-money",
    "governance-changes",
    "names-in-document",
    "names-of",
    "office-holders",
    "offices-of-person",
    "organisations-by-kind",
    "participants-of-programme",
    "parts-of-programme",
    "persons-named",
    "programmes-in-place",
    "programmes-of",
    "references",
    "said-on-line",
    "story-of",
    "succession-of-body",
    "succession-of-programmes",
    "targets-with-a-figure",
    "values-of-indicator",
    "web-addresses",
    "what-is-unknown",
    "area.10-figures",
    "body.70-changes",
    "body.78-programmes",
    "body.82-commitments",
    "body.84-figures",
    "body.86-events",
    "body.88-references",
    "commitment.10-promised",
    "commitment.20-became",
    "commitment.30-silence",
    "commitment.35-events",
    "commitment.40-references",
    "document.10-claims",
    "event.10-told",
    "event.30-references",
    "flow.40-calculations",
    "flow.60-counts",
    "flow.70-commitments",
    "indicator.10-values",
    "network.20-accessions",
    "network.50-promises",
    "network.60-figures",
    "office.20-programmes",
    "office.30-events",
    "party.70-accessions",
    "party.88-programmes",
    "party.89-here",
    "party.90-promises",
    "party.91-promised",
    "party.92-figures",
    "party.93-doubtful",
    "party.94-events",
    "party.96-references",
    "person.50-names",
    "person.60-events",
    "person.70-programmes",
    "programme.05-story",
    "programme.15-whole",
    "programme.20-parts",
    "programme.25-succession",
    "programme.27-leaning",
    "programme.30-participants",
    "programme.35-status",
    "programme.40-commitments",
    "programme.45-figures",
    "programme.50-events",
    "programme.55-references",
    "reference.10-mentions",
    "reference.20-resting",
    "reference.30-events",
    "table.10-cells",
    "table.20-calculations",
}
WITHOUT_EVIDENCE = {"documents"}
STANDING = ["standing", "first_attested", "last_attested"]
EVIDENCE = ["claim", "basis", "document", "lines", "fragment"]


def bind(store: Store, case: str) -> tuple[Question, dict[str, Term]]:
    options = dict(CASES[case])
    at = options.pop("at", None)
    question = read_question(QUERIES / "questions" / f"{case.partition('.')[0]}.rq")
    return question, bind_parameters(store, question, options, at, "nl")


# ── The catalogue ──────────────────────────────────────────────────────────


def test_the_catalogue_holds_what_was_promised() -> None:
    assert len(QUESTIONS) == 96
    assert len(PANELS) == 81
    assert len(OVERVIEWS) == 16
    assert sorted({panel.name.partition(".")[0] for panel in PANELS}) == [
        *(
            "area",
            "body",
            "commitment",
            "document",
            "event",
            "flow",
            "indicator",
            "network",
            "office",
            "party",
            "person",
        ),
        *("programme", "reference", "table"),
    ]


def test_every_question_is_asked_and_every_expectation_is_used() -> None:
    assert sorted({case.partition(".")[0] for case in CASES}) == sorted(question.name for question in QUESTIONS)
    assert sorted(path.stem for path in GOLDEN.glob("*.csv")) == sorted(CASES)


@pytest.mark.parametrize("question", [*QUESTIONS, *PANELS], ids=lambda q: q.name)
def test_answers_carry_standing_and_evidence(question: Question) -> None:
    wanted = [] if question.name in WITHOUT_EVIDENCE else list(EVIDENCE)
    if question.name not in WITHOUT_STANDING:
        wanted = STANDING + wanted
        assert "at" in question.params
    columns = list(question.columns)
    assert columns[len(columns) - len(wanted) :] == wanted


@pytest.mark.parametrize("panel", PANELS, ids=lambda q: q.name)
def test_panels_name_their_page_first(panel: Question) -> None:
    assert next(iter(panel.columns)) == "entity"


def test_a_column_is_called_the_same_in_every_question() -> None:
    titles: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for question in [*QUESTIONS, *PANELS]:
        for name, header in question.columns.items():
            titles.setdefault((name, str(header.get("thing"))), set()).add((header["nl"], header["en"]))
    # In the panel of a document the value of a property is what a claim is about.
    assert {key: found for key, found in titles.items() if len(found) > 1 and key[0] != "value"} == {}
    assert len(titles) > 30


@pytest.mark.parametrize("question", [*QUESTIONS, *PANELS], ids=lambda q: q.name)
def test_the_day_is_asked_the_same_way_everywhere(question: Question) -> None:
    gone = "FILTER(?standing != rz:ended && ?standing != rz:not-yet)"
    if "at" in question.params:
        assert "FILTER(?from <= ?_at_date && ?_at_date <= ?until)" in question.text
        # An answer about a day leaves out what is not there that day; a page shows all, with its standing. What was
        # promised or spent stays so when its period is over.
        kept = "a rz:Amount" in question.text or "rz:hasState" in question.text
        assert (gone in question.text) == (question in QUESTIONS and not kept)


@pytest.mark.parametrize("question", [*QUESTIONS, *TABLES], ids=lambda q: q.name)
def test_every_column_is_filled_by_a_pattern(question: Question) -> None:
    select, body = question.text.split("\nWHERE {")
    patterns = body.rpartition("\nORDER BY")[0]
    assert [name for name in question.columns if f"?{name}" not in patterns and f" AS ?{name})" not in select] == []


# ── The answers on the mini region ─────────────────────────────────────────


@pytest.mark.parametrize("case", sorted(CASES))
def test_answer_is_what_was_worked_out_by_hand(case: str, mini_store: Store, mini_labels: object) -> None:
    question, bindings = bind(mini_store, case)
    answer = keep_language(run_question(mini_store, question, bindings), "nl")
    with (GOLDEN / f"{case}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader)
        expected = [tuple(row) for row in reader]
    rows = flatten_rows(answer, mini_labels, "nl", question.columns)  # type: ignore[arg-type]
    found = dict.fromkeys(tuple("" if row[name] is None else str(row[name]) for name in header) for row in rows)
    assert list(found) == expected


@pytest.mark.parametrize("case", sorted(CASES))
def test_no_row_is_given_twice(case: str, mini_store: Store) -> None:
    question, bindings = bind(mini_store, case)
    rows = [tuple(map(str, row.values())) for row in run_question(mini_store, question, bindings).rows]
    assert len(rows) == len(set(rows)) > 0


@pytest.mark.parametrize("panel", TABLES, ids=lambda q: q.name)
def test_panel_has_rows_and_none_twice(panel: Question, mini_store: Store) -> None:
    day = MONEY if panel in OVERVIEWS else SPRING_2022
    rows = [tuple(map(str, row.values())) for row in run_question(mini_store, panel, day_of(panel, day)).rows]
    assert len(rows) == len(set(rows))
    assert rows or panel.name == "money.10-totals"


def day_of(panel: Question, day: str = SPRING_2022) -> dict[str, Term]:
    return {"_at_date": Literal(day, datatype=term("xsd:date"))} if "at" in panel.params else {}


@pytest.mark.parametrize("panel", PANELS, ids=lambda q: q.name)
def test_panel_of_one_thing_is_its_part_of_the_panel_of_all(panel: Question, mini_store: Store) -> None:
    rows = run_question(mini_store, panel, day_of(panel)).rows
    entities = dict.fromkeys(row["entity"] for row in rows)
    for entity in entities:
        assert isinstance(entity, NamedNode)
        alone = run_question(mini_store, panel, {**day_of(panel), "entity": entity}).rows
        assert alone == [row for row in rows if row["entity"] == entity]


def test_every_standing_occurs_in_the_mini_region(mini_store: Store) -> None:
    panel = next(panel for panel in PANELS if panel.name == "body.10-seats")
    standings = {str(row["standing"]) for row in run_question(mini_store, panel, day_of(panel)).rows}
    assert {re.sub(r".*#|>", "", standing) for standing in standings} == {
        *("confirmed", "last-known", "later-known", "ended", "not-yet"),
    }


# rdflib warns about its own use of names it is giving up.
of_rdflib = pytest.mark.filterwarnings(r"ignore:Dataset\.:DeprecationWarning")


# ── The same rows in another engine ────────────────────────────────────────


@cache
def rdflib_dataset(store: Store) -> Dataset:
    """All graphs of a store in rdflib; the default graph is their union."""
    dataset = Dataset(default_union=True)
    for quad in store:
        # The anonymous nodes of the ontology are in no question.
        if not isinstance(quad.subject, BlankNode) and not isinstance(quad.object, BlankNode):
            graph = dataset.graph(to_rdflib(quad.graph_name))
            graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    assert len(dataset) > 1000
    return dataset


def to_rdflib(value: object) -> Node:
    if isinstance(value, Literal):
        datatype = None if value.language else URIRef(value.datatype.value)
        return RdflibLiteral(value.value, lang=value.language, datatype=datatype)
    assert isinstance(value, NamedNode)
    return URIRef(value.value)


def write_term(value: object) -> str:
    """The same text for the same term of either engine."""
    if value is None:
        return ""
    if isinstance(value, URIRef | NamedNode):
        return f"<{value if isinstance(value, URIRef) else value.value}>"
    assert isinstance(value, Literal | RdflibLiteral)
    return f"{value if isinstance(value, RdflibLiteral) else value.value}@{value.language or ''}"


def ask_both(store: Store, question: Question, bindings: Mapping[str, Term]) -> tuple[list[object], list[object]]:
    answer = run_question(store, question, bindings)
    ours = [tuple(write_term(row[name]) for name in answer.columns) for row in answer.rows]
    initial = {name: to_rdflib(value) for name, value in bindings.items()}
    theirs = [
        tuple(write_term(row.get(name)) for name in answer.columns)
        for row in rdflib_dataset(store).query(question.text, initBindings=initial).bindings
    ]
    return list(ours), list(theirs)


@of_rdflib
@pytest.mark.parametrize("case", sorted(CASES))
def test_question_gives_the_same_rows_in_rdflib(case: str, mini_store: Store) -> None:
    ours, theirs = ask_both(mini_store, *bind(mini_store, case))
    assert ours == theirs


@of_rdflib
@pytest.mark.parametrize("panel", TABLES, ids=lambda q: q.name)
def test_panel_gives_the_same_rows_in_rdflib(panel: Question, mini_store: Store) -> None:
    ours, theirs = ask_both(mini_store, panel, day_of(panel, MONEY if panel in OVERVIEWS else SPRING_2022))
    assert ours == theirs


DIFF_SIDES = {
    "days": {
        "_from_date": Literal(SPRING_2022, datatype=term("xsd:date")),
        "_to_date": Literal("2024-06-01", datatype=term("xsd:date")),
    },
    "states": {
        "_from_date": Literal("2021-06-01", datatype=term("xsd:date")),
        "_to_date": Literal("2024-06-01", datatype=term("xsd:date")),
    },
    "documents": {
        "_from_iri": NamedNode("https://w3id.org/rzgraph/id/document/2021-03-raadsrapport"),
        "_to_iri": NamedNode("https://w3id.org/rzgraph/id/document/2022-10-halfjaarbericht"),
    },
}


@of_rdflib
@pytest.mark.parametrize("sort", sorted(DIFF_SIDES))
def test_difference_gives_the_same_rows_in_rdflib(sort: str, mini_store: Store) -> None:
    ours, theirs = ask_both(mini_store, read_question(QUERIES / "diff" / f"{sort}.rq"), DIFF_SIDES[sort])
    assert len(ours) >= 20
    assert ours == theirs


# ── The real data ──────────────────────────────────────────────────────────


@pytest.mark.parametrize("question", [*QUESTIONS, *TABLES], ids=lambda q: q.name)
def test_no_row_is_given_twice_of_the_real_data(question: Question, store: Store) -> None:
    if question.params.keys() <= {"at"}:
        rows = [tuple(map(str, row.values())) for row in run_question(store, question, day_of(question, LATER)).rows]
        assert len(rows) == len(set(rows))


def ask(project: Project, store: Store, name: str, **options: str) -> list[dict[str, str]]:
    question = read_question(project.queries / "questions" / f"{name}.rq")
    at = options.pop("at", None)
    answer = run_question(store, question, bind_parameters(store, question, options, at, "nl"))
    return [
        {name: re.sub(r".*[/#]", "", write_term(value).strip("<>")) for name, value in row.items()}
        for row in answer.rows
    ]


def test_rule_for_all_municipalities_is_what_is_said_of_ommen_at_the_new_board(project: Project, store: Store) -> None:
    rows = ask(project, store, "who-speaks-for", party="Ommen", body="algemeen-bestuur", at="2025-07-31")
    assert {(row["manner"], row["about_whom"], row["person"], row["document"]) for row in rows} == {
        ("rule", "regiogemeenten", "", "2025-07-voortgang")
    }
    assert ask(project, store, "who-speaks-for", party="Ommen", body="algemeen-bestuur", at="2022-01-10") == []
    rows = ask(project, store, "parties-without-seat", at="2025-07-31")
    said_of_elburg = {(row["manner"], row["body"]) for row in rows if row["party"] == "gemeente-elburg"}
    assert ("rule", "algemeen-bestuur") in said_of_elburg
    assert {manner for manner, _ in said_of_elburg} == {"rule"}


def test_delegate_speaks_for_dalfsen_and_its_mayor_sits_there_in_another_capacity(
    project: Project, store: Store
) -> None:
    rows = ask(project, store, "who-speaks-for", party="Dalfsen", body="regiegroep", at="2022-01-10")
    assert {(row["person"], row["manner"]) for row in rows} == {
        ("d-melenhorst", "stated-representation"),
        ("d-melenhorst", "through-group"),
        # Line 880 names the delegate's post apart from his name.
        ("raalte-wethouder", "through-group"),
        ("e-van-lente", "other-capacity"),
        # What rules say of the municipalities of the region names nobody.
        ("", "rule"),
    }
    assert {row["capacity"] for row in rows if row["person"] == "e-van-lente"} == {"tafel-energie"}
    assert "gemeente-raalte" in {row["organisation"] for row in rows if row["person"] == "d-melenhorst"}
    assert all(row["lines"] and row["fragment"] and row["standing"] == "confirmed" for row in rows)


def test_who_covers_what_is_uncovered_is_not_guessed(project: Project, store: Store) -> None:
    assert ask(project, store, "payers-of-flow", flow="spoor-zwolle-meppel.zonder-dekking") == []


def test_what_one_municipality_pays_is_not_worked_out(project: Project, store: Store) -> None:
    rows = ask(project, store, "contributions-of-party", party="gemeente-hardenberg")
    assert {row["own_share"] for row in rows} == {"niet genoemd@nl", "not stated@en"}
    stated = ask(project, store, "contributions-of-party", party="gemeente-dalfsen")
    assert {"€ 67.000@", "€ 52.000@"} <= {row["own_share"] for row in stated}


def test_published_totals_that_do_not_add_up_are_found(project: Project, store: Store) -> None:
    rows = ask(project, store, "amounts-that-do-not-add-up")
    wrong = {(row["published"], row["computed"]) for row in rows}
    assert {("3510230@", "3330230@"), ("226000@", "226713@"), ("1280531@", "1280230@")} <= wrong
