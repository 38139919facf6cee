"""Checking quantities: the figure as written stands in the fragment, and says what the number says.

Figures of observations and quantities of commitments are checked alike. A derived one may lack a figure that can be
read, or count in thousands or millions what a heading says once; a decline may be written without its sign.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from pyoxigraph import NamedNode, Store

from rzgraph.amounts import first_value, read_number
from rzgraph.checks.findings import Finding, Locator, make_finding
from rzgraph.checks.rules import read_rules
from rzgraph.money import Reading
from rzgraph.namespaces import rz
from rzgraph.quantities import parse_quantity
from rzgraph.settings import Project

IN_FRAGMENT = "Claim-value-in-fragment"
AS_WRITTEN = "Claim-value-as-written"
_SHIFTS = (3, 6, 9)


def check_values(store: Store, project: Project) -> Iterator[Finding]:
    """Give a finding for each claim whose figure as written is not in its fragment, or says another number.

    Parameters
    ----------
    store
        With the claims.
    project
        Says where the rules are.
    """
    rules, locator = read_rules(project), Locator(store, project)
    claims = {quad.subject for quad in store.quads_for_pattern(None, rz("valueText"), None)}
    for claim in sorted((node for node in claims if isinstance(node, NamedNode)), key=str):
        fragment, text = first_value(store, claim, "fragment"), first_value(store, claim, "valueText")
        if not fragment:
            continue  # A fact, or a claim without evidence, which the shapes report.
        if not _stands_in(text, fragment):
            yield make_finding(rules[IN_FRAGMENT], locator, claim.value, rz("valueText").value, {"value": text})
        name = "value" if first_value(store, claim, "value") else "quantity"
        value, high = (read_number(first_value(store, claim, part)) for part in (name, "valueTo"))
        written = parse_quantity(text)
        derived = first_value(store, claim, "basis") == rz("derived").value
        if value is not None and not _says(written, value, high, derived):
            words = {"value": text, "other": _show(written)}
            yield make_finding(rules[AS_WRITTEN], locator, claim.value, rz(name).value, words)


def _stands_in(text: str, fragment: str) -> bool:
    """Tell whether a figure stands in a fragment as a whole; words may stick to it (``78W``), figures may not."""
    figure = any(sign.isdigit() for sign in text)
    before, after = (r"(?<!\d)(?<!\d[.,])", r"(?!\d)(?![.,]\d)") if figure else (r"(?<!\w)", r"(?!\w)")
    return re.search(before + re.escape(text) + after, fragment) is not None


def _says(written: Reading | None, value: Decimal, high: Decimal | None, derived: bool) -> bool:
    if written is None:
        return derived
    if (value, high) == (written.low, written.high) or (-value, high) == (written.low, None):
        return True
    return derived and high is None and value in (written.low.scaleb(shift) for shift in _SHIFTS)


def _show(written: Reading | None) -> str:
    if written is None:
        return "–"
    return f"{written.low}" if written.high is None else f"{written.low} – {written.high}"
