"""From claims about amounts to the amount of a fact: what was written, what it says, and which reading counts.

One fact is one flow in one phase. Where all its claims agree, but for rounding, the most precise one counts. Where they
do not, the fact has an amount only if a curator preferred one of them; all readings stay, and a finding shows them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import combinations

from pyoxigraph import Literal, NamedNode, Store, Triple

from rzgraph.labels import Labels
from rzgraph.messages import message
from rzgraph.money import Reading, agree, format_amount, format_range, parse_amount
from rzgraph.namespaces import rz, slug_of, term
from rzgraph.sources import fragment_in_lines

LANGUAGES = ("nl", "en")
#: A dash in the cell of a table says that there is nothing.
DASHES = ("-", "–", "—")
# A derived amount may count in thousands, millions or milliards what the heading of a table says once.
_SHIFTS = (3, 6, 9)


@dataclass(frozen=True)
class Stated:
    """A claim about an amount.

    Attributes
    ----------
    claim, flow
        Their IRIs.
    amount, high
        The amount in euro and the upper end of a range, as the claim has them.
    text, fragment
        The amount as written, and the words it stands in.
    derived
        Whether the claim is derived.
    """

    claim: str
    flow: str
    amount: Decimal | None
    high: Decimal | None
    text: str
    fragment: str
    derived: bool

    @property
    def written(self) -> Reading | None:
        """What the amount as written says."""
        return parse_amount(self.text)

    @property
    def reading(self) -> Reading | None:
        """What the claim says, with the precision of what was written; None where it has no amount."""
        if self.amount is None:
            return None
        written = self.written
        place = written.place if written and written.low == self.amount else Decimal(1)
        return Reading(self.amount, self.high, place)

    @property
    def counts_as(self) -> Decimal | None:
        """The one amount a calculation can use; a dash without an amount is nothing, a range is none."""
        if self.amount is None and self.text in DASHES:
            return Decimal(0)
        return None if self.high is not None else self.amount

    def is_in_fragment(self) -> bool:
        """Tell whether the amount as written stands in the fragment, as a whole."""
        return fragment_in_lines([self.fragment], 1, 1, self.text)

    def is_as_written(self) -> bool:
        """Tell whether the amount in euro is what the amount as written says."""
        written = self.written
        if self.amount is None:
            return self.high is None and (written is None or self.text in DASHES)
        if written is None:
            return self.derived
        if (self.amount, self.high) == (written.low, written.high):
            return True
        return self.derived and self.high is None and self.amount in (written.low.scaleb(n) for n in _SHIFTS)


def list_stated_amounts(store: Store) -> dict[str, Stated]:
    """Return every claim about an amount, by IRI, sorted."""
    claims = {
        quad.subject
        for quad in store.quads_for_pattern(None, term("rdf:type"), rz("AmountClaim"))
        if isinstance(quad.subject, NamedNode)
    }
    return {node.value: _read_claim(store, node) for node in sorted(claims, key=str)}


def _read_claim(store: Store, node: NamedNode) -> Stated:
    return Stated(
        claim=node.value,
        flow=first_value(store, node, "flow"),
        amount=read_number(first_value(store, node, "amount")),
        high=read_number(first_value(store, node, "amountTo")),
        text=first_value(store, node, "amountText"),
        fragment=first_value(store, node, "fragment"),
        derived=first_value(store, node, "basis") == rz("derived").value,
    )


def list_values(store: Store, node: NamedNode, name: str) -> list[str]:
    """Return the values of a property of ours, sorted."""
    found = store.quads_for_pattern(node, rz(name), None)
    return sorted({quad.object.value for quad in found if isinstance(quad.object, NamedNode | Literal)})


def first_value(store: Store, node: NamedNode, name: str) -> str:
    """Return the value of a property of ours, the first where there are several, empty where there is none."""
    return next(iter(list_values(store, node, name)), "")


def read_number(text: str) -> Decimal | None:
    """Return a number of the data; None for one that is none, which the shapes report."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def write_number(number: Decimal) -> Literal:
    """Return a number as the data has it."""
    text = f"{number:f}"
    return Literal(text.rstrip("0").rstrip(".") if "." in text else text, datatype=term("xsd:decimal"))


def settle_amounts(store: Store, base: str, labels: Labels) -> list[Triple]:
    """Return, for every fact about an amount, which of its readings counts, and a finding where they conflict.

    Parameters
    ----------
    store
        With the ledger, the judgements and the facts of ``queries/facts/amounts.rq``.
    base
        The base IRI, for the names of findings.
    labels
        The names in the store, for what the findings say.
    """
    stated = list_stated_amounts(store)
    outdone = _list_outdone(store)
    known = _list_claims_of_findings(store)
    triples: list[Triple] = []
    facts = {quad.subject for quad in store.quads_for_pattern(None, term("rdf:type"), rz("Amount"))}
    for fact in sorted((node for node in facts if isinstance(node, NamedNode)), key=str):
        claims = [stated[iri] for iri in list_values(store, fact, "supportedBy") if iri in stated]
        claims = [claim for claim in claims if claim.reading]
        conflicting = not _all_agree(claims)
        triples.append(Triple(fact, rz("conflicting"), Literal(conflicting)))
        own = {claim.claim for claim in claims}
        left = [claim for claim in claims if not outdone.get(claim.claim, set()) & own]
        if left and _all_agree(left):
            triples += _write_preferred(store, fact, min(left, key=_precision))
        if conflicting and not any(len(own & others) > 1 for others in known):
            triples += _write_conflict(store, base, labels, fact, claims)
    return triples


def _all_agree(claims: Sequence[Stated]) -> bool:
    readings = [claim.reading for claim in claims]
    return all(agree(first, second) for first, second in combinations(filter(None, readings), 2))


def _precision(claim: Stated) -> tuple[object, ...]:
    reading = claim.reading
    assert reading  # noqa: S101 - only claims with an amount are compared
    return reading.high is not None, reading.unit, claim.derived, claim.claim


def _list_outdone(store: Store) -> dict[str, set[str]]:
    """Return, per claim that a curator set back, the claims that were preferred over it."""
    outdone: dict[str, set[str]] = {}
    for quad in store.quads_for_pattern(None, rz("over"), None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            outdone.setdefault(quad.object.value, set()).update(list_values(store, quad.subject, "prefers"))
    return outdone


def _list_claims_of_findings(store: Store) -> list[set[str]]:
    """Return the claims each finding of a curator rests on: a conflict described there is not described again."""
    found = {q.subject for q in store.quads_for_pattern(None, term("rdf:type"), rz("Finding"))}
    return [set(list_values(store, node, "restsOn")) for node in found if isinstance(node, NamedNode)]


def _write_preferred(store: Store, fact: NamedNode, claim: Stated) -> list[Triple]:
    reading = claim.reading
    assert reading  # noqa: S101 - only claims with an amount are preferred
    node = NamedNode(claim.claim)
    triples = [
        Triple(fact, rz("preferredClaim"), node),
        Triple(fact, rz("amount"), write_number(reading.low)),
    ]
    if reading.high is not None:
        triples.append(Triple(fact, rz("amountTo"), write_number(reading.high)))
    if bound := first_value(store, node, "bound"):
        triples.append(Triple(fact, rz("bound"), NamedNode(bound)))
    return triples


def _write_conflict(store: Store, base: str, labels: Labels, fact: NamedNode, claims: Sequence[Stated]) -> list[Triple]:
    flow, phase = first_value(store, fact, "flow"), first_value(store, fact, "phase")
    words = {
        lang: message(
            "money.conflict",
            lang,
            what=labels.label(flow, lang),
            phase=labels.label(phase, lang),
            readings="; ".join(_word_reading(store, claim, lang) for claim in claims),
        )
        for lang in LANGUAGES
    }
    finding = NamedNode(f"{base}id/finding/conflict-{slug_of(fact.value)}")
    return write_finding(finding, base, "conflicting-values", "warning", flow, [claim.claim for claim in claims], words)


def _word_reading(store: Store, claim: Stated, lang: str) -> str:
    node = NamedNode(claim.claim)
    document = next((q.object for q in store.quads_for_pattern(node, term("prov:wasQuotedFrom"), None)), None)
    name = slug_of(document.value) if isinstance(document, NamedNode) else ""
    amount = format_stated(claim, lang)
    return message("money.reading", lang, amount=amount, document=name, lines=first_value(store, node, "lines"))


def format_stated(claim: Stated, lang: str) -> str:
    """Return the amount of a claim in words of a language; as written where it has none or was rounded."""
    if claim.amount is None or (claim.reading and claim.reading.unit):
        return claim.text
    return format_amount(claim.amount, lang) if claim.high is None else format_range(claim.amount, claim.high, lang)


def write_finding(
    finding: NamedNode,
    base: str,
    kind: str,
    severity: str,
    flow: str,
    claims: Iterable[str],
    words: dict[str, str],
) -> list[Triple]:
    """Return a finding about the sources, as the data would have it."""
    return [
        Triple(finding, term("rdf:type"), rz("Finding")),
        Triple(finding, rz("kind"), NamedNode(f"{base}id/kind/{kind}")),
        Triple(finding, rz("severity"), rz(severity)),
        Triple(finding, rz("concerns"), NamedNode(flow)),
        *[Triple(finding, rz("restsOn"), NamedNode(claim)) for claim in sorted(set(claims))],
        *[Triple(finding, rz("message"), Literal(words[lang], language=lang)) for lang in LANGUAGES],
    ]
