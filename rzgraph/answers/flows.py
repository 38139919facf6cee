"""The flows of money as the documents know them: what is part of what, what was passed on, and every amount.

The queries of ``queries/trace`` are read once; a few hundred flows fit in memory. `rzgraph.answers.chains` follows
them.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Store

from rzgraph.namespaces import NS, slug_of
from rzgraph.queries import Row, Term, read_question, run_question
from rzgraph.settings import Project

_EXACTLY = NS + "exactly"
# What an amount of this kind counts is no money that goes from one to another.
_UNCOUNTED = ("ratio", "price")
# What is lacking or left over is no payment either, though it may be a part of one.
_NO_PAYMENT = (*_UNCOUNTED, "shortfall", "balance", "difference")


@dataclass(frozen=True)
class Said:
    """What one claim says of an amount, and where."""

    claim: str
    low: Decimal | None
    high: Decimal | None
    bound: str
    text: str
    basis: str
    document: str
    lines: str
    fragment: str


@dataclass
class Money:
    """The amount of a flow in one phase; `low` is None where no figure stands, or none is preferred.

    Attributes
    ----------
    low, high
        The amount in euro; of a range its ends, else twice the same.
    bound
        IRI of what the amount is meant as (at least, about ...); empty for an exact one.
    per
        IRI of the unit for each of which it holds; such an amount is never added up.
    preferred
        IRI of the claim whose amount counts.
    """

    fact: str
    phase: str
    low: Decimal | None
    high: Decimal | None
    bound: str
    per: str
    preferred: str
    conflicting: bool
    standing: str
    kinds: list[str] = field(default_factory=list)
    payers: list[str] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)
    begins: list[str] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)

    @property
    def is_sum_of_money(self) -> bool:
        """Whether it can be added up: neither a rate, nor a ratio or price."""
        return not self.per and not any(slug_of(kind) in _UNCOUNTED for kind in self.kinds)


@dataclass
class Flow:
    """A flow of money, the flows around it (by IRI), its amounts phase by phase, and findings by language."""

    iri: str
    wholes: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    onward: list[str] = field(default_factory=list)
    amounts: list[Money] = field(default_factory=list)
    findings: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_no_payment(self) -> bool:
        """Whether all that is stated of it is what is lacking, is left over, or a price or ratio."""
        kinds = {slug_of(kind) for amount in self.amounts for kind in amount.kinds}
        return bool(kinds) and kinds <= set(_NO_PAYMENT)

    @property
    def payers(self) -> list[str]:
        """Who pays, by IRI."""
        return sorted({payer for amount in self.amounts for payer in amount.payers})

    @property
    def receivers(self) -> list[str]:
        """Who receives, by IRI."""
        return sorted({receiver for amount in self.amounts for receiver in amount.receivers})


@dataclass(frozen=True)
class Ledger:
    """Every flow by IRI, the flows of each published table, and the groups each party belongs to."""

    flows: dict[str, Flow]
    tables: dict[str, list[str]]
    groups: dict[str, list[str]]

    @property
    def members(self) -> dict[str, list[str]]:
        """The parties of each group."""
        members: dict[str, list[str]] = defaultdict(list)
        for party, groups in self.groups.items():
            for group in groups:
                members[group].append(party)
        return dict(members)

    def paid_by(self, party: str) -> list[str]:
        """Return the flows a party pays."""
        return [iri for iri, flow in self.flows.items() if party in flow.payers]

    def received_by(self, party: str) -> list[str]:
        """Return the flows a party receives."""
        return [iri for iri, flow in self.flows.items() if party in flow.receivers]


def read_flows(store: Store, project: Project, day: Literal) -> Ledger:
    """Return all flows with their amounts as they stand on a day.

    Parameters
    ----------
    day
        The day of the standing, as ``xsd:date``.

    Raises
    ------
    InputError
        When a query of ``queries/trace`` cannot be run.
    """
    flows: dict[str, Flow] = {}
    for row in _read(store, project, "flows"):
        flow = flows.setdefault(_iri(row, "flow"), Flow(_iri(row, "flow")))
        _add(flow.wholes, row, "part_of")
        _add(flow.sources, row, "passed_on_from")
    for flow in flows.values():
        flow.wholes = [iri for iri in flow.wholes if iri in flows]
        flow.sources = [iri for iri in flow.sources if iri in flows]
        for iri in flow.wholes:
            flows[iri].parts.append(flow.iri)
        for iri in flow.sources:
            flows[iri].onward.append(flow.iri)
    amounts = _read_amounts(store, project, day, flows)
    for row in _read(store, project, "readings"):
        if amount := amounts.get(_iri(row, "fact")):
            amount.said.append(_read_claim(row))
    for row in _read(store, project, "findings"):
        text = row["message"]
        if isinstance(text, Literal) and (flow_found := flows.get(_iri(row, "flow"))):
            flow_found.findings.setdefault(text.language or "", []).append(text.value)
    return Ledger(flows, _list_pairs(store, project, "tables"), _list_pairs(store, project, "groups", turned=True))


def _read(store: Store, project: Project, name: str, day: Literal | None = None) -> list[Row]:
    question = read_question(project.queries / "trace" / f"{name}.rq")
    return run_question(store, question, {"_at_date": day} if day else {}).rows


def _read_amounts(store: Store, project: Project, day: Literal, flows: dict[str, Flow]) -> dict[str, Money]:
    amounts: dict[str, Money] = {}
    for row in _read(store, project, "amounts", day):
        flow, fact = flows.get(_iri(row, "flow")), _iri(row, "fact")
        if flow is None:
            continue
        if fact not in amounts:
            amounts[fact] = _start_amount(row)
            flow.amounts.append(amounts[fact])
        for name, values in (
            ("kind", amounts[fact].kinds),
            ("payer", amounts[fact].payers),
            ("receiver", amounts[fact].receivers),
            ("begin", amounts[fact].begins),
            ("end", amounts[fact].ends),
        ):
            _add(values, row, name)
    return amounts


def _start_amount(row: Row) -> Money:
    low = _number(row["amount"])
    return Money(
        fact=_iri(row, "fact"),
        phase=_iri(row, "phase"),
        low=low,
        high=_number(row["amount_to"]) or low,
        bound=_bound(row),
        per=_iri(row, "per"),
        preferred=_iri(row, "preferred"),
        conflicting=_iri(row, "conflicting") == "true",
        standing=_iri(row, "standing"),
    )


def _read_claim(row: Row) -> Said:
    low = _number(row["amount"])
    texts = (_iri(row, name) for name in ("amount_text", "basis", "document", "lines", "fragment"))
    return Said(_iri(row, "claim"), low, _number(row["amount_to"]) or low, _bound(row), *texts)


def _bound(row: Row) -> str:
    return "" if _iri(row, "bound") == _EXACTLY else _iri(row, "bound")


def _list_pairs(store: Store, project: Project, name: str, turned: bool = False) -> dict[str, list[str]]:
    pairs: dict[str, list[str]] = defaultdict(list)
    for row in _read(store, project, name):
        first, second = (value.value for value in row.values() if isinstance(value, NamedNode))
        pairs[second if turned else first].append(first if turned else second)
    return dict(pairs)


def _add(values: list[str], row: Row, name: str) -> None:
    if (value := _iri(row, name)) and value not in values:
        values.append(value)


def _iri(row: Row, name: str) -> str:
    value = row[name]
    return value.value if isinstance(value, NamedNode | Literal) else ""


def _number(value: Term | None) -> Decimal | None:
    return Decimal(value.value) if isinstance(value, Literal) else None
