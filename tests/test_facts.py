"""Claims become facts: one node per seat, partnership and so on, with all its support and its standing per day."""

import shutil
from pathlib import Path

import pytest
from pyoxigraph import Store

from rzgraph.facts import add_facts, open_store
from rzgraph.graph import facts_graph, load_store
from rzgraph.labels import Labels
from rzgraph.namespaces import kind_of, slug_of
from rzgraph.settings import Project, load_project

PREFIXES = """
PREFIX rz: <https://w3id.org/rzgraph/ns#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX body: <https://w3id.org/rzgraph/id/body/>
PREFIX programme: <https://w3id.org/rzgraph/id/programme/>
PREFIX commitment: <https://w3id.org/rzgraph/id/commitment/>
PREFIX event: <https://w3id.org/rzgraph/id/event/>
PREFIX reference: <https://w3id.org/rzgraph/id/reference/>
PREFIX abbreviation: <https://w3id.org/rzgraph/id/abbreviation/>
PREFIX claim: <https://w3id.org/rzgraph/id/claim/>
PREFIX sdmx-dimension: <http://purl.org/linked-data/sdmx/2009/dimension#>
"""


def select(store: Store, text: str) -> list[tuple[str, ...]]:
    rows = store.query(PREFIXES + text, use_default_graph_as_union=True)
    return sorted(tuple(term.value for term in row) for row in rows)  # type: ignore[union-attr]


def standing(store: Store, fact: str, day: str) -> str:
    rows = select(
        store,
        f"""SELECT ?standing WHERE {{ {fact} rz:hasStanding ?period .
        ?period rz:standing ?standing ; rz:from ?from ; rz:until ?until
        FILTER(?from <= "{day}"^^xsd:date && "{day}"^^xsd:date <= ?until) }}""",
    )
    assert len(rows) == 1, f"{fact} has {len(rows)} standings on {day}"
    return slug_of(rows[0][0])


CLASSES = {
    "SeatClaim": "Seat",
    "PartnershipClaim": "Partnership",
    "OfficeClaim": "OfficeHolding",
    "RepresentationClaim": "Representation",
    "BodyRelationClaim": "BodyRelation",
    "CompositionClaim": "CompositionRule",
    "ThemeCouplingClaim": "ThemeCoupling",
    "ParticipationClaim": "Participation",
    "CommitmentStatusClaim": "CommitmentStatus",
    "ObservationClaim": "Observation",
    "AbbreviationClaim": "Abbreviation",
}


@pytest.mark.parametrize(("claim", "fact"), CLASSES.items(), ids=CLASSES.values())
@pytest.mark.parametrize("region", ["mini_store", "store"])
def test_every_claim_supports_exactly_one_fact_of_its_class(
    region: str, claim: str, fact: str, request: pytest.FixtureRequest
) -> None:
    store = request.getfixturevalue(region)
    claims = select(store, f"SELECT ?claim WHERE {{ ?claim a rz:{claim} }}")
    support = select(store, f"SELECT ?claim WHERE {{ ?fact a rz:{fact} ; rz:supportedBy ?claim }}")
    assert claims
    assert support == claims


@pytest.mark.parametrize("region", ["mini_store", "store"])
def test_every_claim_knows_its_document_and_its_lines(region: str, request: pytest.FixtureRequest) -> None:
    store = request.getfixturevalue(region)
    fragments = select(store, "SELECT ?claim WHERE { ?claim rz:fragment ?f }")
    placed = select(
        store,
        "SELECT ?claim WHERE { ?claim prov:wasQuotedFrom ?d ; rz:firstLine ?a ; rz:lastLine ?b FILTER(?a <= ?b) }",
    )
    assert fragments
    assert placed == fragments


@pytest.mark.parametrize("region", ["mini_store", "store"])
def test_every_dated_fact_has_one_standing_on_any_day(region: str, request: pytest.FixtureRequest) -> None:
    store = request.getfixturevalue(region)
    facts = select(store, "SELECT DISTINCT ?fact WHERE { ?fact rz:supportedBy ?claim }")
    assert facts
    for day in ("0001-01-01", "2021-06-30", "2022-01-10", "2024-02-01", "9999-12-31"):
        rows = select(
            store,
            f"""SELECT ?fact WHERE {{ ?fact rz:hasStanding ?p . ?p rz:from ?from ; rz:until ?until
            FILTER(?from <= "{day}"^^xsd:date && "{day}"^^xsd:date <= ?until) }}""",
        )
        assert rows == facts


def test_same_seat_in_two_documents_is_one_fact_with_all_its_claims(mini_store: Store) -> None:
    seat = "<https://w3id.org/rzgraph/id/seat/tafel-energie.c-de-vries.chair>"
    assert len(select(mini_store, f"SELECT ?claim WHERE {{ {seat} rz:supportedBy ?claim }}")) == 3
    assert standing(mini_store, seat, "2022-01-01") == "confirmed"


def test_end_of_a_body_ends_its_seats(mini_store: Store) -> None:
    assert standing(mini_store, "body:stuurgroep-voorbeeld", "2024-02-01") == "ended"
    seats = select(mini_store, "SELECT ?seat WHERE { ?seat a rz:Seat ; rz:body body:stuurgroep-voorbeeld }")
    assert len(seats) >= 4
    for (seat,) in seats:
        assert standing(mini_store, f"<{seat}>", "2024-02-01") == "ended"


def test_seat_is_not_yet_before_its_body(mini_store: Store) -> None:
    seats = select(mini_store, "SELECT ?seat WHERE { ?seat a rz:Seat ; rz:body body:algemeen-bestuur }")
    assert seats
    for (seat,) in seats:
        assert standing(mini_store, f"<{seat}>", "2022-03-01") == "not-yet"


def test_absence_is_a_fact_of_its_own(mini_store: Store) -> None:
    rows = select(mini_store, "SELECT ?seat ?held WHERE { ?seat a rz:Seat ; rz:held ?held FILTER(!?held) }")
    assert rows
    assert all(seat.endswith(".not-held") for seat, _ in rows)


def test_facts_keep_to_their_graph_and_are_the_same_each_time(mini: Project) -> None:
    stores = []
    for _ in range(2):
        store = load_store(mini)
        before = len(store)
        assert add_facts(store, mini) == len(store) - before
        stores.append({str(quad) for quad in store.quads_for_pattern(None, None, None, facts_graph(mini))})
    assert stores[0] == stores[1]
    assert facts_graph(mini).value.endswith("graph/facts")


def test_date_that_cannot_be_read_does_not_stop_the_facts(mini: Project, tmp_path: Path) -> None:
    data = Path(shutil.copytree(mini.data, tmp_path / "data"))
    path = next(
        p for p in sorted((data / "claims").glob("*.ttl")) if '"2019"^^edtf:EDTF' in p.read_text(encoding="utf-8")
    )
    path.write_text(
        path.read_text(encoding="utf-8").replace('"2019"^^edtf:EDTF', '"ooit"^^edtf:EDTF'), encoding="utf-8"
    )
    assert len(open_store(load_project(data))) > 1000


def test_iris_have_kind_and_slug(mini_labels: Labels) -> None:
    bodies = [iri for iri in mini_labels.by_iri if kind_of(iri) == "body"]
    assert bodies
    assert all(mini_labels.label(iri, "nl") != slug_of(iri) for iri in bodies)
    assert mini_labels.label("https://w3id.org/rzgraph/id/body/unknown-thing", "nl") == "unknown-thing"
    assert slug_of("https://w3id.org/rzgraph/ns#Seat") == "Seat"
    assert kind_of("https://w3id.org/rzgraph/ns#Seat") == ""


def test_claim_carries_the_bounds_of_what_it_states(mini_store: Store) -> None:
    rows = select(
        mini_store,
        """SELECT ?name ?day WHERE { ?claim rz:fragment "neemt R. Ménard de plaats van E. Smit aan de Tafel Wonen" .
        ?claim ?name ?day FILTER(DATATYPE(?day) = xsd:date) }""",
    )
    assert [(slug_of(name), day) for name, day in rows] == [
        ("attestedEarliest", "2021-03-15"),
        ("attestedLatest", "2021-03-15"),
        ("beginEarliest", "2021-07-01"),
        ("beginLatest", "2021-12-31"),
    ]


def test_claim_about_another_day_is_attested_on_that_day(mini_store: Store) -> None:
    days = select(mini_store, "SELECT ?day WHERE { ?claim rz:asOf ?text ; rz:attestedLatest ?day }")
    assert days == [("2022-01-31",), ("2022-09-01",)]


# ── Programmes, promises, figures, happenings, references, abbreviations ──────


@pytest.mark.parametrize("region", ["mini_store", "store"])
@pytest.mark.parametrize(
    ("claim", "link"),
    [
        ("ProgrammeClaim", "programme"),
        ("CommitmentClaim", "commitment"),
        ("CommitmentStatusClaim", "commitment"),
        ("EventClaim", "event"),
        ("DocumentReferenceClaim", "reference"),
    ],
)
def test_every_claim_supports_the_thing_of_the_register_it_is_about(
    region: str, claim: str, link: str, request: pytest.FixtureRequest
) -> None:
    store = request.getfixturevalue(region)
    claims = select(store, f"SELECT ?claim ?thing WHERE {{ ?claim a rz:{claim} ; rz:{link} ?thing }}")
    rows = f"SELECT ?claim ?thing WHERE {{ ?claim a rz:{claim} ; rz:{link} ?thing . ?thing rz:supportedBy ?claim }}"
    assert claims
    assert select(store, rows) == claims


def test_a_programme_is_part_of_a_whole_and_follows_and_leans_on_others(mini_store: Store) -> None:
    parts = select(
        mini_store, "SELECT ?p ?whole WHERE { ?fact a rz:ProgrammePart ; rz:programme ?p ; rz:partOf ?whole }"
    )
    assert [tuple(map(slug_of, row)) for row in parts] == [
        ("groene-gevels", "opgave-wonen"),
        ("opgave-energie", "regioagenda-2020-2024"),
        ("opgave-wonen", "regioagenda-2020-2024"),
    ]
    ties = "SELECT ?p ?tie ?o WHERE { ?fact a rz:ProgrammeTie ; rz:programme ?p ; ?tie ?o . ?o a rz:Programme }"
    assert [tuple(map(slug_of, row)) for row in select(mini_store, ties) if slug_of(row[1]) != "programme"] == [
        ("groene-gevels", "leansOn", "klimaatfonds"),
        ("koele-daken", "succeeds", "groene-gevels"),
        ("regioagenda-2020-2024", "succeeds", "regioagenda-2016-2019"),
    ]


def test_a_programme_lives_by_its_stated_begin_and_end(mini_store: Store) -> None:
    assert standing(mini_store, "programme:regioagenda-2016-2019", "2020-06-01") == "ended"
    assert standing(mini_store, "programme:regioagenda-2020-2024", "2022-06-01") == "confirmed"
    assert standing(mini_store, "programme:regioagenda-2025-2029", "2024-06-01") == "not-yet"
    assert standing(mini_store, "programme:groene-gevels", "2022-01-01") == "confirmed"


def test_a_participation_tells_who_or_where(mini_store: Store) -> None:
    rows = select(
        mini_store,
        "SELECT ?fact ?what WHERE { ?fact a rz:Participation { ?fact rz:party ?what } UNION { ?fact rz:place ?what } }",
    )
    assert [(slug_of(fact), slug_of(what)) for fact, what in rows] == [
        ("groene-gevels.at-lindelo", "Lindelo"),
        ("groene-gevels.party-gemeente-heideveen.lead", "gemeente-heideveen"),
        ("koele-daken.party-hogeschool-lindelo.partner", "hogeschool-lindelo"),
    ]


def test_a_commitment_knows_when_it_is_due_and_what_was_reported(mini_store: Store) -> None:
    rows = select(
        mini_store,
        """SELECT ?c ?first ?last WHERE { ?c a rz:Commitment ; rz:dueEarliest ?first ; rz:dueLatest ?last .
        ?claim a rz:CommitmentClaim ; rz:commitment ?c ; rz:dueEarliest ?first ; rz:dueLatest ?last }""",
    )
    assert [(slug_of(c), *days) for c, *days in rows] == [
        ("1500-woningen", "2025-12-01", "2025-12-31"),
        ("besluit-regioagenda-2025", "2024-10-01", "2024-12-31"),
        ("evaluatie-gevels", "2021-09-01", "2021-11-30"),
        ("verkenning-warmtenet", "2023-01-01", "2023-12-31"),
    ]
    reports = (
        "SELECT ?c ?s ?day WHERE { ?f a rz:CommitmentStatus ; rz:commitment ?c ; rz:status ?s ; rz:lastAttested ?day }"
    )
    assert [(slug_of(c), slug_of(s), day) for c, s, day in select(mini_store, reports)] == [
        ("1500-woningen", "delayed", "2022-10"),
        ("evaluatie-gevels", "met", "2022-01"),
        ("verkenning-warmtenet", "on-course", "2022-10"),
    ]


def test_what_a_figure_leaves_unsaid_is_said_to_be_so(mini_store: Store) -> None:
    rows = select(
        mini_store,
        """SELECT ?claim ?area ?period ?subject WHERE { ?o a rz:Observation ; rz:reading ?claim ; rz:subject ?subject ;
        sdmx-dimension:refArea ?area ; sdmx-dimension:refPeriod ?period }""",
    )
    found = {slug_of(claim).partition(".")[2]: tuple(map(slug_of, rest)) for claim, *rest in rows}
    assert found["obs-daken-12"] == ("not-stated", "2022", "koele-daken")
    assert found["obs-inwoners-waterhorst"] == ("gemeente-waterhorst", "not-stated", "not-stated")
    areas = "SELECT ?area WHERE { ?o rz:reading claim:2022-10-halfjaarbericht.obs-daken-12 ; rz:possibleArea ?area }"
    assert len(select(mini_store, areas)) == 2


def test_an_event_has_its_time_and_a_reference_what_rests_on_it(mini_store: Store) -> None:
    days = "SELECT ?a ?b WHERE { event:besluit-regioagenda-2024 rz:whenEarliest ?a ; rz:whenLatest ?b }"
    assert select(mini_store, days) == [("2024-10-01", "2024-12-31")]
    claims = "SELECT ?claim WHERE { reference:woonmonitor-2023 rz:supportedBy ?claim }"
    assert [slug_of(claim).partition(".")[2] for (claim,) in select(mini_store, claims)] == [
        "obs-woningen-gebouwd",
        "ref-woonmonitor-2023",
        "ref-woonmonitor-2023-url",
    ]


def test_an_abbreviation_has_the_expansions_the_documents_give(mini_store: Store) -> None:
    rows = select(mini_store, "SELECT ?fact ?text WHERE { ?fact a rz:Abbreviation ; rz:expansion ?text }")
    assert [(slug_of(fact), text) for fact, text in rows] == [
        ("bow", "Bestuurlijk Overleg Warmte"),
        ("ra", "Regioagenda 2020-2024"),
    ]
    assert len(select(mini_store, "SELECT ?fact WHERE { ?fact a rz:Abbreviation }")) == 3
