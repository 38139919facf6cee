"""Published amounts are worked out again: what holds is silent, what does not is a finding with both amounts."""

from dataclasses import replace
from decimal import Decimal

import pyoxigraph as ox
import pytest

from rzgraph.amounts import Stated
from rzgraph.calculations import Calculation, list_calculations
from rzgraph.facts import add_facts
from rzgraph.graph import load_store
from rzgraph.namespaces import rz, slug_of, term
from rzgraph.settings import Project

D = Decimal


def amount(text: str, value: str | None, high: str | None = None) -> Stated:
    return Stated("c", "f", D(value) if value else None, D(high) if high else None, text, text, False)


def calculation(operation: str, result: Stated, *terms: Stated, constant: str | None = None) -> Calculation:
    extra = D(constant) if constant else None
    return Calculation("x", operation, result, terms, extra, None, "sum-mismatch", ())


E = {number: amount(f"€ {number}", str(number)) for number in (2, 3, 4, 5, 6, 10)}


@pytest.mark.parametrize(
    ("one", "computed"),
    [
        (calculation("sum", E[10], E[2], E[3], E[5]), "10"),
        (calculation("sum", E[10], E[2], E[3], constant="1.5"), "6.5"),
        (calculation("difference", E[2], E[10], E[3], E[5]), "2"),
        (calculation("difference", E[2], E[10], constant="-1"), "9"),
        (calculation("product", E[10], E[2], E[5]), "10"),
        (calculation("product", E[10], E[2], constant="20000"), "40000"),
        (calculation("quotient", E[2], E[10], E[4]), "2.5"),
        (calculation("quotient", E[2], E[10], E[3]), "3.333333"),
        (calculation("quotient", E[2], E[10], E[4], constant="100"), "250"),
        (calculation("equal", E[10], E[10], E[5]), "5"),
        (calculation("equal", E[10], E[10]), "10"),
        (calculation("sum", E[10], E[2], amount("-", None)), "2"),
    ],
)
def test_each_operation_is_worked_out_exactly(one: Calculation, computed: str) -> None:
    assert one.compute() == D(computed)


@pytest.mark.parametrize(
    "one",
    [
        calculation("sum", E[10], E[2], amount("nog geen dekking", None)),
        calculation("sum", amount("veel", None), E[2]),
        calculation("sum", E[10], amount("€ 2 tot € 4", "2", "4")),
        calculation("quotient", E[10], E[2], amount("€ 0", "0")),
    ],
)
def test_missing_amount_or_range_cannot_be_worked_out(one: Calculation) -> None:
    assert one.compute() is None


def test_rounding_as_written_is_allowed_and_a_stated_tolerance_goes_first() -> None:
    million = amount("22,5 miljoen", "22500000")
    assert calculation("sum", E[10], E[2], E[3]).allow() == D("0.5")
    assert calculation("sum", million, E[2]).allow() == D(50000)
    assert calculation("sum", million, million, million).allow() == D(150000)
    assert calculation("quotient", amount("€ 1,73", "1.73"), E[2], E[3]).allow() == D("0.005")
    assert replace(calculation("sum", million, E[2]), tolerance=D(3)).allow() == D(3)


# ── The invented region ────────────────────────────────────────────────────


def read_outcomes(store: ox.Store) -> dict[str, tuple[str, str]]:
    """Computed amount and discrepancy of each calculation that does not hold."""
    return {
        slug_of(q.subject.value): tuple(
            next(store.quads_for_pattern(q.subject, rz(name), None)).object.value
            for name in ("computed", "discrepancy")
        )
        for q in store.quads_for_pattern(None, rz("holds"), ox.Literal(False))
    }


def test_sums_and_differences_of_the_table_are_derived(mini_store: ox.Store) -> None:
    derived = {slug_of(one.iri): one for one in list_calculations(mini_store) if "begroting-2020." in one.iri}
    # Three sums in each of four columns, and nine rows of differences.
    assert len(derived) == 3 * 4 + 9
    total = derived["begroting-2020.begroot.inkomsten-2020"]
    assert [slug_of(term.flow) for term in total.terms] == ["bijdragen-2020", "restant-2019"]
    assert derived["begroting-2020.verschil.lasten-2020"].operation == "difference"
    assert derived["begroting-2020.verschil.lasten-2020.sum"].operation == "sum"


def test_what_does_not_hold_is_found_and_nothing_else(mini_store: ox.Store) -> None:
    assert read_outcomes(mini_store) == {
        "begroting-2020.prognose.lasten-2020": ("419900", "1000"),
        "begroting-2020.verschil.lasten-2020.sum": ("243500", "100"),
        "begroting-2020.verschil.lasten-energie-2020": ("89600", "-100"),
        "saldo-2020-brief": ("31600", "-600"),
    }
    held = list(mini_store.quads_for_pattern(None, rz("holds"), ox.Literal(True)))
    assert len(held) == 3 * 4 + 9 + 4 - 4


def test_finding_of_a_calculation_says_what_is_published_and_what_was_computed(
    mini_store: ox.Store, mini: Project
) -> None:
    node = ox.NamedNode(f"{mini.base}id/finding/calculation-saldo-2020-brief")
    said = {q.predicate: q.object for q in mini_store.quads_for_pattern(node, None, None)}
    assert slug_of(said[rz("kind")].value) == "truncated-value"
    assert said[rz("severity")] == rz("information")
    assert slug_of(said[rz("concerns")].value) == "saldo-2020"
    assert slug_of(said[rz("shownBy")].value) == "saldo-2020-brief"
    messages = {q.object.language: q.object.value for q in mini_store.quads_for_pattern(node, rz("message"), None)}
    assert messages == {
        "nl": "Saldo 2020: er staat €31k, maar elders € 31.600; dat is € 600 minder.",
        "en": "Balance of 2020: the document says €31k, but elsewhere €31,600; that is €600 less.",
    }
    assert len(list(mini_store.quads_for_pattern(node, rz("explanation"), None))) == 2


def test_explanation_added_to_a_derived_calculation_reaches_its_finding(mini_store: ox.Store, mini: Project) -> None:
    node = ox.NamedNode(f"{mini.base}id/finding/calculation-begroting-2020.verschil.lasten-energie-2020")
    texts = [q.object.value for q in mini_store.quads_for_pattern(node, rz("explanation"), None)]
    assert any("€ 100 te laag" in text for text in texts)


def test_calculation_on_a_misread_claim_gives_no_finding_about_the_source(mini: Project) -> None:
    store = load_store(mini)
    claim = ox.NamedNode(f"{mini.base}id/claim/2020-11-begroting.bijdragen-begroot")
    (old,) = store.quads_for_pattern(claim, rz("amount"), None)
    store.remove(old)
    store.add(ox.Quad(claim, rz("amount"), ox.Literal("399000", datatype=term("xsd:decimal")), old.graph_name))
    add_facts(store, mini)
    wrong = set(read_outcomes(store)) - {"saldo-2020-brief"}
    assert {"begroting-2020.begroot.bijdragen-2020", "begroting-2020.begroot.inkomsten-2020"} < wrong
    findings = {slug_of(q.subject.value) for q in store.quads_for_pattern(None, rz("shownBy"), None)}
    assert "calculation-begroting-2020.begroot.bijdragen-2020" not in findings
    assert "calculation-begroting-2020.prognose.lasten-2020" in findings


def test_finding_written_by_hand_about_a_calculation_is_the_only_one(mini: Project) -> None:
    store = load_store(mini)
    told = ox.NamedNode(f"{mini.base}id/finding/told-by-hand")
    store.add(ox.Quad(told, rz("shownBy"), ox.NamedNode(f"{mini.base}id/calculation/saldo-2020-brief")))
    add_facts(store, mini)
    findings = {slug_of(q.subject.value) for q in store.quads_for_pattern(None, rz("shownBy"), None)}
    assert "told-by-hand" in findings
    assert "calculation-saldo-2020-brief" not in findings
    assert "calculation-begroting-2020.prognose.lasten-2020" in findings
    assert "saldo-2020-brief" in read_outcomes(store)


def test_amount_that_a_document_rounds_itself_is_no_plain_error(mini: Project) -> None:
    finding = ox.NamedNode(f"{mini.base}id/finding/calculation-begroting-2020.prognose.lasten-2020")
    weights = []
    for bound in (False, True):
        store = load_store(mini)
        claim = ox.NamedNode(f"{mini.base}id/claim/2020-11-begroting.lasten-wonen-prognose")
        (quad,) = store.quads_for_pattern(claim, rz("amount"), None)
        if bound:
            store.add(ox.Quad(claim, rz("bound"), rz("almost"), quad.graph_name))
        add_facts(store, mini)
        (severity,) = store.quads_for_pattern(finding, rz("severity"), None)
        weights.append(severity.object)
    assert weights == [rz("serious"), rz("warning")]
