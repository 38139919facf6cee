"""What one statement, finding or judgement says, in the reading order of ``site/pages.toml``."""

from dataclasses import dataclass

from rzgraph.namespaces import kind_of, slug_of
from rzgraph.site.evidence import Claim, read_claim, sort_statements
from rzgraph.site.plan import Plan
from rzgraph.site.things import Value, iri_of

#: How much findings weigh, the most serious first.
SEVERITIES = ("serious", "warning", "information")

Said = tuple[tuple[str, tuple[Value, ...]], ...]


@dataclass(frozen=True)
class Statement:
    """A statement: its class and properties, with its evidence and remarks."""

    iri: str
    says: str
    properties: Said
    document: str
    lines: str
    fragment: str
    basis: str
    reasoning: tuple[Value, ...]
    note: tuple[Value, ...]
    remarks: tuple["Remark", ...]


@dataclass(frozen=True)
class Remark:
    """A finding about the sources, or a judgement of the editors."""

    iri: str
    says: str
    kind: str
    severity: str
    message: tuple[Value, ...]
    explanation: tuple[Value, ...]
    properties: Said
    concerns: tuple[str, ...]
    claims: tuple[Claim, ...]


def read_statement(plan: Plan, claim: str) -> Statement:
    """Return what a statement says."""
    things = plan.things
    return Statement(
        claim,
        _class_of(plan, claim),
        order_properties(plan, claim),
        things.text(claim, "prov:wasQuotedFrom"),
        things.text(claim, "rz:lines"),
        things.text(claim, "rz:fragment"),
        slug_of(things.text(claim, "rz:basis")),
        things.values(claim, "rz:reasoning"),
        things.values(claim, "rz:note"),
        remarks_on(plan, claim),
    )


def read_remark(plan: Plan, iri: str) -> Remark:
    """Return what a finding or judgement says."""
    things = plan.things
    claims = sort_statements(things, things.links(iri, "rz:restsOn"))
    return Remark(
        iri,
        _class_of(plan, iri),
        things.text(iri, "rz:kind"),
        things.text(iri, "rz:severity"),
        things.values(iri, "rz:message") or things.values(iri, "rz:reason"),
        things.values(iri, "rz:explanation"),
        order_properties(plan, iri),
        tuple(things.links(iri, "rz:concerns")),
        tuple(read_claim(things, claim) for claim in claims),
    )


def remarks_on(plan: Plan, iri: str) -> tuple[Remark, ...]:
    """Return the findings that concern a thing or rest on a statement, the most serious first."""
    found = [node for node in plan.things.named_by.get(iri, ()) if kind_of(node) == "finding"]
    return tuple(sorted((read_remark(plan, node) for node in found), key=rank_remark))


def rank_remark(remark: Remark) -> tuple[int, str]:
    """Return what findings are sorted by: severity, then name."""
    return (SEVERITIES.index(slug_of(remark.severity)) if remark.severity else len(SEVERITIES), remark.iri)


def statements_of(plan: Plan, document: str) -> list[Statement]:
    """Return every statement of a document, in the order of its lines."""
    near = plan.things.named_by.get(document, ())
    claims = [node for node in near if plan.things.text(node, "prov:wasQuotedFrom") == document]
    return [read_statement(plan, claim) for claim in sort_statements(plan.things, claims)]


def order_properties(plan: Plan, iri: str) -> Said:
    """Return the properties of a node in reading order, without those that are shown in their own place."""
    settings = plan.settings["statement"]
    order = {iri_of(name): place for place, name in enumerate(settings["order"])}
    aside = {iri_of(name) for name in settings["aside"]}
    own = [(name, values) for name, values in plan.things.properties[iri].items() if name not in aside]
    return tuple(sorted(own, key=lambda pair: (order.get(pair[0], len(order)), pair[0])))


def _class_of(plan: Plan, iri: str) -> str:
    return next(iter(plan.things.links(iri, "rdf:type")), "")
