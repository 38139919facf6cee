"""Whether amounts were typed over well: what was written stands in the fragment, and is the amount in euro.

A published figure that does not add up is a finding about the source only as long as we read it right. A finding of a
calculation that rests on a claim with an error is therefore no finding about the source, but an error of ours. The
words of these rules stand in ``shapes/texts.ttl``.
"""

from collections.abc import Iterator, Set

from pyoxigraph import Store

from rzgraph.amounts import Stated, list_stated_amounts
from rzgraph.calculations import list_calculations
from rzgraph.checks.findings import Finding, Locator, make_finding
from rzgraph.checks.rules import read_rules
from rzgraph.namespaces import rz
from rzgraph.settings import Project

AS_WRITTEN = "AmountClaim-as-written"
IN_FRAGMENT = "AmountClaim-in-fragment"
MISREAD = "Calculation-misread"


def check_amounts(store: Store, project: Project) -> Iterator[Finding]:
    """Give a finding for each amount that is not what was written, or was not written in the fragment."""
    rules, locator = read_rules(project), Locator(store, project)
    for claim in list_stated_amounts(store).values():
        if not claim.text or not claim.fragment:
            continue  # The shapes report it.
        if not claim.is_in_fragment():
            values = {"value": claim.text}
            yield make_finding(rules[IN_FRAGMENT], locator, claim.claim, rz("amountText").value, values)
        if not claim.is_as_written():
            values = {"value": claim.text, "other": _word_written(claim)}
            yield make_finding(rules[AS_WRITTEN], locator, claim.claim, rz("amount").value, values)


def _word_written(claim: Stated) -> str:
    """Return the figure as the data would have it, so that it can be copied into the claim."""
    written = claim.written
    if written is None:
        return "–"
    return f"{written.low}" if written.high is None else f"{written.low} – {written.high}"


def check_calculations(store: Store, project: Project, faulty: Set[str]) -> Iterator[Finding]:
    """Give a finding for each calculation that does not hold and rests on a claim with an error.

    Parameters
    ----------
    store
        With facts.
    project
        Says where the rules are.
    faulty
        The claims that have an error.
    """
    rules, locator = read_rules(project), Locator(store, project)
    for calculation in list_calculations(store):
        claims = [calculation.result.claim, *(claim.claim for claim in calculation.terms)]
        wrong = sorted(faulty & set(claims))
        if wrong and "false" in locator.values(calculation.iri, rz("holds")):
            yield make_finding(rules[MISREAD], locator, calculation.iri, "", {"other": wrong[0]})
