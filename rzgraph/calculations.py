"""Published amounts worked out again: what adds up stays silent, what does not becomes a finding about the source.

Which amounts belong together is said by ``queries/facts/calculations-*.rq`` for the cells of published tables, and by
hand in ``data/calculations.ttl`` for everything else. All arithmetic is decimal. A calculation that uses a claim which
does not say what it has written is worked out, but gives no finding: that is a mistake of ours, reported by the checks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from math import prod

from pyoxigraph import Literal, NamedNode, Store, Triple

from rzgraph.amounts import (
    LANGUAGES,
    Stated,
    first_value,
    format_stated,
    list_stated_amounts,
    list_values,
    read_number,
    write_finding,
    write_number,
)
from rzgraph.labels import Labels
from rzgraph.messages import message
from rzgraph.money import format_amount, format_number
from rzgraph.namespaces import rz, slug_of, term

#: The sign between the terms of each operation, and which properties hold them, in the order they are read.
OPERATIONS = {
    "sum": (" + ", ("operand",)),
    "difference": (" − ", ("minuend", "subtrahend")),
    "product": (" × ", ("operand",)),
    "quotient": (" : ", ("dividend", "divisor")),
    "equal": (" = ", ("operand",)),
}
_HALF = Decimal("0.5")
# A rounded or cut-off figure is worth knowing; anything else may change an answer.
_SEVERITIES = {"truncated-value": "information", "label-mismatch": "warning"}


@dataclass(frozen=True)
class Calculation:
    """A calculation with its amounts: operation, result, terms in the order of the operation, and the rest."""

    iri: str
    operation: str
    result: Stated
    terms: tuple[Stated, ...]
    constant: Decimal | None
    tolerance: Decimal | None
    kind: str
    explanations: tuple[Literal, ...]

    def compute(self) -> Decimal | None:
        """Return what the published amount ought to be; None where an amount is missing or a range."""
        amounts = [term.counts_as for term in self.terms]
        known = [amount for amount in amounts if amount is not None]
        if not known or len(known) < len(amounts) or self.result.counts_as is None:
            return None
        with localcontext() as context:
            context.prec = 50
            return self._apply(known)

    def _apply(self, amounts: Sequence[Decimal]) -> Decimal | None:
        first, *rest = amounts
        extra, factor = self.constant or Decimal(0), Decimal(1) if self.constant is None else self.constant
        match self.operation:
            case "sum":
                return sum(amounts) + extra
            case "difference":
                return first - sum(rest) + extra
            case "product":
                return prod(amounts) * factor
            case "quotient":
                return _round(first / rest[0] * factor) if rest and rest[0] else None
        # Of several amounts that ought to be equal the one that differs most is shown.
        published = self.result.counts_as or Decimal(0)
        return max((amount * factor for amount in amounts), key=lambda amount: abs(amount - published))

    def allow(self) -> Decimal:
        """Return how far published and computed may differ: as stated, else what rounding explains."""
        if self.tolerance is not None:
            return self.tolerance
        written = self.result.written
        if self.operation in ("product", "quotient"):
            return (written.place if written else Decimal(1)) / 2
        readings = [claim.reading for claim in (self.result, *self.terms)]
        return max(_HALF, sum((reading.unit for reading in readings if reading), Decimal(0)) / 2)

    def is_well_read(self) -> bool:
        """Tell whether all its claims say what they have written."""
        return all(claim.is_as_written() and claim.is_in_fragment() for claim in (self.result, *self.terms))


def _round(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.000001"))


def work_out(store: Store, base: str, labels: Labels) -> list[Triple]:
    """Return, for every calculation, the computed amount, the discrepancy and whether it holds, and the findings.

    Parameters
    ----------
    store
        With the ledger and the derived calculations.
    base
        The base IRI, for the names of findings and kinds.
    labels
        The names in the store, for what the findings say.
    """
    triples: list[Triple] = []
    for calculation in list_calculations(store):
        computed = calculation.compute()
        if computed is None or calculation.result.counts_as is None:
            continue
        node = NamedNode(calculation.iri)
        discrepancy = calculation.result.counts_as - computed
        holds = abs(discrepancy) <= calculation.allow()
        triples += [
            Triple(node, rz("computed"), write_number(computed)),
            Triple(node, rz("discrepancy"), write_number(discrepancy)),
            Triple(node, rz("holds"), Literal(holds)),
        ]
        if not holds and calculation.is_well_read() and not _is_told(store, base, node):
            triples += _write_finding(store, base, labels, calculation, computed)
    return triples


def list_calculations(store: Store) -> list[Calculation]:
    """Return every calculation whose operation, result and terms are known, sorted; the shapes report the others."""
    stated = list_stated_amounts(store)
    nodes = {quad.subject for quad in store.quads_for_pattern(None, term("rdf:type"), rz("Calculation"))}
    found = (_read_calculation(store, node, stated) for node in nodes if isinstance(node, NamedNode))
    return sorted((one for one in found if one), key=lambda calculation: calculation.iri)


def _read_calculation(store: Store, node: NamedNode, stated: dict[str, Stated]) -> Calculation | None:
    operation = slug_of(first_value(store, node, "operation"))
    result = stated.get(first_value(store, node, "result"))
    if operation not in OPERATIONS or result is None:
        return None
    claims = [iri for name in OPERATIONS[operation][1] for iri in _in_order(store, list_values(store, node, name))]
    terms = [stated[iri] for iri in claims if iri in stated]
    if not terms or len(terms) < len(claims):
        return None
    kind = slug_of(first_value(store, node, "findingKind"))
    explanations = [quad.object for quad in store.quads_for_pattern(node, rz("explanation"), None)]
    return Calculation(
        iri=node.value,
        operation=operation,
        result=result,
        terms=tuple(terms),
        constant=read_number(first_value(store, node, "constant")),
        tolerance=read_number(first_value(store, node, "tolerance")),
        kind=kind or ("conflicting-values" if operation == "equal" else "sum-mismatch"),
        explanations=tuple(sorted((text for text in explanations if isinstance(text, Literal)), key=str)),
    )


def _in_order(store: Store, claims: Sequence[str]) -> list[str]:
    """Return claims in the order they stand in their documents."""

    def place(iri: str) -> tuple[str, int, str]:
        line = first_value(store, NamedNode(iri), "firstLine")
        return slug_of(iri).partition(".")[0], int(line) if line.isdigit() else 0, iri

    return sorted(claims, key=place)


def _name_finding(base: str, calculation: str) -> NamedNode:
    return NamedNode(f"{base}id/finding/calculation-{slug_of(calculation)}")


def _is_told(store: Store, base: str, calculation: NamedNode) -> bool:
    """Tell whether a finding written by hand is shown by the calculation; what it tells is not said a second time."""
    found = store.quads_for_pattern(None, rz("shownBy"), calculation)
    return any(quad.subject != _name_finding(base, calculation.value) for quad in found)


def _weigh(store: Store, kind: str, claims: Sequence[str]) -> str:
    """Return how serious a finding is; where a document itself writes "almost" or "about" it is no plain error."""
    rounded = any(first_value(store, NamedNode(claim), "bound") for claim in claims)
    return _SEVERITIES.get(kind, "warning" if rounded else "serious")


def _write_finding(
    store: Store, base: str, labels: Labels, calculation: Calculation, computed: Decimal
) -> list[Triple]:
    finding = _name_finding(base, calculation.iri)
    claims = [calculation.result.claim, *(claim.claim for claim in calculation.terms)]
    severity = _weigh(store, calculation.kind, claims)
    words = {lang: _word(store, labels, calculation, computed, lang) for lang in LANGUAGES}
    return [
        *write_finding(finding, base, calculation.kind, severity, calculation.result.flow, claims, words),
        *[Triple(finding, rz("explanation"), text) for text in calculation.explanations],
        Triple(finding, rz("shownBy"), NamedNode(calculation.iri)),
    ]


def _word(store: Store, labels: Labels, calculation: Calculation, computed: Decimal, lang: str) -> str:
    result = calculation.result
    node = NamedNode(result.claim)
    what = labels.label(result.flow, lang)
    if column := first_value(store, node, "column"):
        what = message("money.cell", lang, flow=what, column=labels.label(column, lang))
    number = format_number if slug_of(first_value(store, node, "kind")) == "ratio" else format_amount
    difference = (result.counts_as or Decimal(0)) - computed
    sign, _ = OPERATIONS[calculation.operation]
    terms = [format_stated(claim, lang) for claim in calculation.terms]
    if calculation.constant is not None:
        terms.append(format_number(calculation.constant, lang))
    return message(
        f"money.{calculation.operation}",
        lang,
        what=what,
        published=format_stated(result, lang)
        if number is format_amount
        else number(result.counts_as or Decimal(0), lang),
        computed=_word_computed(calculation, computed, lang) if number is format_amount else number(computed, lang),
        terms=sign.join(terms),
        difference=message(
            f"money.{_name_difference(calculation.operation, difference)}",
            lang,
            difference=number(abs(difference), lang),
        ),
    )


def _name_difference(operation: str, difference: Decimal) -> str:
    """Return the message for a difference; between two amounts that are both stated nothing was worked out."""
    if operation == "equal":
        return "more" if difference > 0 else "less"
    return "over" if difference > 0 else "under"


def _word_computed(calculation: Calculation, computed: Decimal, lang: str) -> str:
    """Return the computed amount; of an amount that ought to be equal, and was rounded, as it was written."""
    if calculation.operation == "equal" and calculation.constant is None:
        same = [claim for claim in calculation.terms if claim.counts_as == computed]
        return format_stated(same[0], lang)
    return format_amount(computed, lang)
