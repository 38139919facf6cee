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
    assert days == [("2022-09-01",)]
