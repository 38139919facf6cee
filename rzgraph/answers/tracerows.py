"""A trace for machines: a row for each claim behind each amount of each flow of the tree.

Summing ``amount`` over the rows where ``counts_at_start`` (or ``counts_at_end``) is true gives the totals of a phase:
of an amount with several claims only one row counts.
"""

from collections.abc import Sequence
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from rzgraph.answers.chains import Direction, Node, join, pick_ends, pick_start, walk
from rzgraph.answers.flows import Ledger, Money, Said
from rzgraph.answers.grouping import Columns
from rzgraph.answers.stops import find_stops
from rzgraph.labels import Labels
from rzgraph.messages import message
from rzgraph.namespaces import EDTF, slug_of, term
from rzgraph.queries import Answer, Row, Term, read_question
from rzgraph.settings import Project

_OWN = (
    *("place", "relation", "payer", "payer_name", "receiver", "receiver_name", "preferred", "again", "stops"),
    *("counts_at_start", "counts_at_end"),
)
_COLUMNS = (
    *("place", "relation", "flow", "payer", "payer_name", "receiver", "receiver_name", "phase", "kind"),
    *("amount", "amount_to", "bound", "per", "amount_text", "preferred", "conflicting", "begin", "end"),
    *("counts_at_start", "counts_at_end", "again", "stops", "fact", "standing"),
    *("claim", "basis", "document", "lines", "fragment"),
)


def list_trace_columns(project: Project, lang: str) -> Columns:
    """Return the headers of the columns of `list_rows`."""
    known = {
        name: header
        for query in ("amounts", "readings", "flows")
        for name, header in read_question(project.queries / "trace" / f"{query}.rq").columns.items()
    }
    own = {name: {lang: message(f"trace.column-{name}", lang)} for name in _OWN}
    return {name: own.get(name) or dict(known[name]) for name in _COLUMNS} | {
        "file": {"nl": "bronbestand", "en": "source file"}
    }


def list_rows(nodes: Sequence[Node], ledger: Ledger, direction: Direction, labels: Labels, lang: str) -> Answer:
    """Return a trace as an answer, in the order of the tree.

    Parameters
    ----------
    nodes
        From `rzgraph.answers.chains.follow`.
    """
    counted = [node for node in nodes if node.counted]
    at_start = {m.fact for found in join(pick_start(node) for node in counted).values() for m in found}
    at_end = {m.fact for found in join(pick_ends(node) for node in counted).values() for m in found}
    rows: list[Row] = []
    for node in walk(nodes):
        place: dict[str, Term | None] = {
            "place": Literal(node.place),
            "relation": Literal(message(f"trace.relation-{node.relation}", lang)),
            "flow": NamedNode(node.flow.iri),
            "again": _text(node.again),
            "stops": _text("; ".join(find_stops(ledger, node, direction, labels, lang))),
        }
        found: list[dict[str, Term | None]] = [
            {
                **_describe(amount, labels, lang),
                **_read(said),
                "preferred": Literal(said.claim == amount.preferred),
                "counts_at_start": Literal(first and node.counted and amount.fact in at_start),
                "counts_at_end": Literal(first and node.counted and amount.fact in at_end),
            }
            for amount in node.flow.amounts
            for first, said in _mark_first(amount)
        ]
        rows += [{name: {**place, **one}.get(name) for name in _COLUMNS} for one in found or [{}]]
    return Answer(_COLUMNS, rows)


def _mark_first(amount: Money) -> list[tuple[bool, Said]]:
    """Return the claims of an amount, the one that counts marked."""
    counting = next((said.claim for said in amount.said if said.claim == amount.preferred), "")
    return [(said.claim == counting, said) for said in amount.said]


def _describe(amount: Money, labels: Labels, lang: str) -> dict[str, Term | None]:
    return {
        "payer": _text("; ".join(map(slug_of, amount.payers))),
        "payer_name": _text("; ".join(labels.label(iri, lang) for iri in amount.payers)),
        "receiver": _text("; ".join(map(slug_of, amount.receivers))),
        "receiver_name": _text("; ".join(labels.label(iri, lang) for iri in amount.receivers)),
        "phase": NamedNode(amount.phase),
        "kind": NamedNode(amount.kinds[0]) if amount.kinds else None,
        "per": NamedNode(amount.per) if amount.per else None,
        "conflicting": Literal(amount.conflicting),
        "begin": _edtf(amount.begins),
        "end": _edtf(amount.ends),
        "fact": NamedNode(amount.fact),
        "standing": NamedNode(amount.standing),
    }


def _read(said: Said) -> dict[str, Term | None]:
    return {
        "amount": _number(said.low),
        "amount_to": _number(said.high) if said.high != said.low else None,
        "bound": NamedNode(said.bound) if said.bound else None,
        "amount_text": _text(said.text),
        "claim": NamedNode(said.claim),
        "basis": NamedNode(said.basis),
        "document": NamedNode(said.document),
        "lines": Literal(said.lines),
        "fragment": Literal(said.fragment),
    }


def _text(text: str) -> Literal | None:
    return Literal(text) if text else None


def _edtf(texts: list[str]) -> Literal | None:
    return Literal(texts[0], datatype=EDTF) if len(texts) == 1 else _text("; ".join(texts))


def _number(number: Decimal | None) -> Literal | None:
    return None if number is None else Literal(f"{number:f}", datatype=term("xsd:decimal"))
