"""Which amount of a flow counts: the most precise where claims agree, the preferred where they do not, else none."""

from decimal import Decimal

import pyoxigraph as ox
import pytest

from rzgraph.amounts import Stated, format_stated, list_stated_amounts, read_number, write_number
from rzgraph.facts import add_facts
from rzgraph.graph import load_store
from rzgraph.namespaces import rz, slug_of, term
from rzgraph.settings import Project

PREFIXES = """
@prefix rz: <https://w3id.org/rzgraph/ns#> .
@prefix c: <https://w3id.org/rzgraph/id/claim/2020-11-begroting.> .
@prefix flow: <https://w3id.org/rzgraph/id/flow/> .
@prefix phase: <https://w3id.org/rzgraph/id/phase/> .
@prefix judgement: <https://w3id.org/rzgraph/id/judgement/> .
@prefix finding: <https://w3id.org/rzgraph/id/finding/> .
@prefix unit: <https://w3id.org/rzgraph/id/unit/> .
"""


def stated(amount: str | None, text: str, *, high: str | None = None, derived: bool = False) -> Stated:
    return Stated("c", "f", read_number(amount or ""), read_number(high or ""), text, f"kost {text} samen", derived)


def claim(name: str, amount: str, text: str, more: str = "") -> str:
    return f"""c:{name} a rz:AmountClaim ; rz:flow flow:x ; rz:phase phase:planned ; rz:amount {amount} ;
        rz:amountText "{text}" ; rz:fragment "{text}" ; rz:basis rz:stated ; rz:lines "1" {more} ."""


def read_facts(mini: Project, turtle: str, fact: str = "x.planned") -> dict[str, list[str]]:
    """What the graph says of a fact, by property, after claims were added to the budget of the mini region."""
    store = load_store(mini)
    graph = ox.NamedNode(f"{mini.base}graph/data/claims/2020-11-begroting")
    store.load((PREFIXES + turtle).encode(), ox.RdfFormat.TURTLE, to_graph=graph)
    add_facts(store, mini)
    node = ox.NamedNode(f"{mini.base}id/amount/{fact}")
    said: dict[str, list[str]] = {}
    for quad in store.quads_for_pattern(node, None, None):
        said.setdefault(slug_of(quad.predicate.value), []).append(slug_of(quad.object.value))
    conflict = ox.NamedNode(f"{mini.base}id/finding/conflict-{fact}")
    said["findings"] = [quad.object.value for quad in store.quads_for_pattern(conflict, rz("message"), None)]
    return {name: sorted(values) for name, values in said.items()}


# ── What was written ───────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("claimed", "good"),
    [
        (stated("1950000", "€ 1.950.000"), True),
        (stated("1950001", "€ 1.950.000"), False),
        (stated(None, "€ 1.950.000"), False),
        (stated(None, "nog geen dekking"), True),
        (stated("5", "nog geen dekking"), False),
        (stated("5", "nog geen dekking", derived=True), True),
        (stated("1348000", "1.348", derived=True), True),
        (stated("1348000", "1.348"), False),
        (stated("1358000", "1.348", derived=True), False),
        (stated("0", "-", derived=True), True),
        (stated(None, "-"), True),
        (stated("200000000", "tussen de €200 en €225 mln", high="225000000"), True),
        (stated("200000000", "tussen de €200 en €225 mln"), False),
        (stated("-2500", "-€ 2.500"), True),
        (stated("2500", "-€ 2.500"), False),
    ],
)
def test_amount_has_to_be_what_was_written(claimed: Stated, good: bool) -> None:
    assert claimed.is_as_written() is good


def test_part_of_a_figure_does_not_stand_in_a_fragment() -> None:
    assert stated("1950000", "€ 1.950.000").is_in_fragment()
    whole = stated("1950000", "€ 1.950.000")
    for text in ("€ 1.950", "950.000", "€ 1.950.00", "1.950.000 euro"):
        assert not Stated("c", "f", None, None, text, whole.fragment, False).is_in_fragment()


def test_numbers_are_decimals_without_an_exponent() -> None:
    assert write_number(Decimal("1E+6")) == ox.Literal("1000000", datatype=term("xsd:decimal"))
    assert write_number(Decimal("-2.50")).value == "-2.5"
    assert read_number("NaN") is read_number("veel") is None


def test_rounded_amount_is_shown_as_written() -> None:
    assert format_stated(stated("226000", "€226k"), "nl") == "€226k"
    assert format_stated(stated("226713", "€ 226.713"), "en") == "€226,713"


# ── Which amount counts ────────────────────────────────────────────────────


def test_same_amount_in_several_claims_is_no_conflict(mini: Project) -> None:
    said = read_facts(mini, claim("a", "45000.0", "€ 45.000") + claim("b", "45000", "€ 45.000,-"))
    assert (said["amount"], said["conflicting"], said["findings"]) == (["45000"], ["false"], [])
    assert said["supportedBy"] == ["2020-11-begroting.a", "2020-11-begroting.b"]


def test_most_precise_of_agreeing_amounts_counts(mini: Project) -> None:
    said = read_facts(mini, claim("a", "226000", "€226k") + claim("b", "226713", "€ 226.713"))
    assert (said["amount"], said["conflicting"]) == (["226713"], ["false"])
    assert said["preferredClaim"] == ["2020-11-begroting.b"]


def test_conflict_without_preference_has_no_amount_and_shows_both(mini: Project) -> None:
    said = read_facts(mini, claim("a", "45000", "€ 45.000") + claim("b", "54000", "€ 54.000"))
    assert said["conflicting"] == ["true"]
    assert "amount" not in said and "preferredClaim" not in said
    assert len(said["findings"]) == 2
    assert all("45" in text and "54" in text for text in said["findings"])


JUDGEMENT = "judgement:j a rz:PreferenceJudgement ; rz:prefers c:a ; rz:over c:b ."


def test_preferred_claim_of_a_conflict_counts_with_its_bound(mini: Project) -> None:
    two = claim("a", "45000", "€ 45.000", "; rz:bound rz:about") + claim("b", "54000", "€ 54.000")
    said = read_facts(mini, two + JUDGEMENT)
    assert (said["amount"], said["conflicting"], said["bound"]) == (["45000"], ["true"], ["about"])
    assert said["preferredClaim"] == ["2020-11-begroting.a"]
    assert len(said["findings"]) == 2


def test_preference_between_two_of_three_leaves_the_conflict_open(mini: Project) -> None:
    three = claim("a", "45000", "€ 45.000") + claim("b", "54000", "€ 54.000") + claim("d", "60000", "€ 60.000")
    said = read_facts(mini, three + JUDGEMENT)
    assert said["conflicting"] == ["true"]
    assert "amount" not in said


def test_conflict_a_curator_described_is_not_described_again(mini: Project) -> None:
    two = claim("a", "45000", "€ 45.000") + claim("b", "54000", "€ 54.000")
    described = "finding:f a rz:Finding ; rz:restsOn c:a , c:b ."
    assert read_facts(mini, two + described)["findings"] == []
    assert len(read_facts(mini, two + described.replace(", c:b", ""))["findings"]) == 2


def test_amount_per_unit_is_another_fact_than_the_whole(mini: Project) -> None:
    two = claim("a", "2.35", "€ 2,35", "; rz:per unit:inhabitant") + claim("b", "47000", "€ 47.000")
    assert read_facts(mini, two)["amount"] == ["47000"]
    assert read_facts(mini, two, "x.planned.inhabitant")["amount"] == ["2.35"]


def test_amount_announced_without_a_figure_is_a_fact_without_an_amount(mini_store: ox.Store, mini: Project) -> None:
    fact = ox.NamedNode(f"{mini.base}id/amount/veenrand-fase-2.forecast")
    assert list(mini_store.quads_for_pattern(fact, rz("supportedBy"), None))
    assert not list(mini_store.quads_for_pattern(fact, rz("amount"), None))


def test_differences_have_no_fact(mini_store: ox.Store) -> None:
    facts = [q.subject.value for q in mini_store.quads_for_pattern(None, term("rdf:type"), rz("Amount"))]
    # Nine rows in three phases, the balance, six flows of the chain in two phases, and nine other amounts.
    assert len(facts) == 27 + 1 + 12 + 9
    supported = {q.object.value for q in mini_store.quads_for_pattern(None, rz("supportedBy"), None)}
    claims = set(list_stated_amounts(mini_store))
    assert sorted(slug_of(claim) for claim in claims - supported) == sorted(
        slug_of(claim) for claim in claims if claim.endswith("-verschil")
    )


# ── Chains: no euro is lost or counted twice ───────────────────────────────


def amounts_of(store: ox.Store, mini: Project, phase: str) -> dict[str, Decimal]:
    node = ox.NamedNode(f"{mini.base}id/phase/{phase}")
    facts = [q.subject for q in store.quads_for_pattern(None, rz("phase"), node) if "/id/amount/" in q.subject.value]
    found = {}
    for fact in facts:
        (flow,) = store.quads_for_pattern(fact, rz("flow"), None)
        for amount in store.quads_for_pattern(fact, rz("amount"), None):
            found[slug_of(flow.object.value)] = Decimal(amount.object.value)
    return found


@pytest.mark.parametrize("phase", ["granted", "actual"])
def test_money_passed_on_over_three_hops_adds_up_to_its_source(mini_store: ox.Store, mini: Project, phase: str) -> None:
    amounts = amounts_of(mini_store, mini, phase)
    links = {
        (slug_of(q.subject.value), slug_of(q.object.value))
        for q in mini_store.quads_for_pattern(None, rz("passedOnFrom"), None)
    }
    reached, ends = {"impuls-wonen"}, set()
    while reached:
        flow = reached.pop()
        later = {one for one, earlier in links if earlier == flow}
        reached |= later
        ends |= set() if later else {flow}
        assert not later or sum(amounts[one] for one in later) == amounts[flow]
    assert ends == {"impuls-veenrand", "impuls-hogeschool", "impuls-waterschap"}
    assert sum(amounts[flow] for flow in ends) == amounts["impuls-wonen"]
