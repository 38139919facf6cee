"""From ledger to facts: what several claims say together, and how it stands on each day.

The facts themselves are written by the CONSTRUCT queries of ``queries/facts``, one file per kind of fact. What
SPARQL cannot compute, the bounds of partial dates and the standing periods, is added here by the rules of
`rzgraph.dates`; which amount counts, and what published amounts come to, by `rzgraph.amounts` and
`rzgraph.calculations`; how promises and programmes stand on each day by `rzgraph.states`. Everything goes into the
graph ``<base>graph/facts``.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from rzgraph.amounts import settle_amounts
from rzgraph.cache import content_key, keep, read_kept
from rzgraph.calculations import work_out
from rzgraph.dates import Period, last_day_of, limit_periods, read_edtf, standing_periods
from rzgraph.graph import construct, facts_graph, load_store
from rzgraph.labels import load_labels
from rzgraph.namespaces import EDTF, rz, term
from rzgraph.settings import Project
from rzgraph.states import follow

_DAY = term("xsd:date")
# A fact that depends on a body lives no longer than the body.
_DEPENDS_ON = (rz("body"), rz("fromBody"), rz("toBody"))
#: Stated times beside begin and end that queries compare.
_MOMENTS = ("when", "due")


@dataclass
class _Fact:
    begins: list[str]
    ends: list[str]
    attested: list[str]


def add_facts(store: Store, project: Project) -> int:
    """Write the facts graph of a loaded store and return the number of its triples.

    Raises
    ------
    InputError
        When a query of ``queries/facts`` cannot be run.
    """
    graph = facts_graph(project)
    for path in sorted((project.queries / "facts").glob("*.rq")):
        _extend(store, graph, construct(store, path))
    labels = load_labels(store)
    _extend(store, graph, settle_amounts(store, project.base, labels))
    _extend(store, graph, work_out(store, project.base, labels))
    _extend(store, graph, _date_facts(store))
    _extend(store, graph, _date_claims(store))
    _extend(store, graph, follow(store))
    return sum(1 for _ in store.quads_for_pattern(None, None, None, graph))


def _extend(store: Store, graph: NamedNode, triples: Iterable[Triple]) -> None:
    store.extend([Quad(t.subject, t.predicate, t.object, graph) for t in triples])


def _date_facts(store: Store) -> list[Triple]:
    facts = _collect_facts(store)
    periods = {iri: _periods(fact) for iri, fact in facts.items()}
    triples: list[Triple] = []
    for iri, fact in facts.items():
        node = NamedNode(iri)
        for predicate in _DEPENDS_ON:
            for body in _objects(store, node, predicate):
                if body in periods:
                    periods[iri] = limit_periods(periods[iri], periods[body])
        triples += _bounds_triples(node, fact)
        for name in _MOMENTS:
            triples += _stated_bounds(node, name, _stated(store, node, name))
        triples += _standing_triples(node, periods[iri])
    return triples


def _objects(store: Store, subject: NamedNode, predicate: NamedNode) -> list[str]:
    found = store.quads_for_pattern(subject, predicate, None)
    return sorted(quad.object.value for quad in found if not isinstance(quad.object, Triple))


def _collect_facts(store: Store) -> dict[str, _Fact]:
    attested = _attestation_dates(store)
    facts: dict[str, _Fact] = defaultdict(lambda: _Fact([], [], []))
    for quad in store.quads_for_pattern(None, rz("supportedBy"), None):
        facts[_value(quad.subject)].attested += attested.get(_value(quad.object), [])
    for iri in [iri for iri, fact in facts.items() if not fact.attested]:
        del facts[iri]
    for iri, fact in facts.items():
        fact.begins = _stated(store, NamedNode(iri), "begin")
        fact.ends = _stated(store, NamedNode(iri), "end")
        fact.attested = sorted(set(fact.attested))
    return dict(sorted(facts.items()))


def _value(node: NamedNode | BlankNode | Literal | Triple) -> str:
    return "" if isinstance(node, Triple) else node.value


def _stated(store: Store, fact: NamedNode, name: str) -> list[str]:
    return [text for text in _objects(store, fact, rz(name)) if _is_readable(text)]


def _is_readable(text: str) -> bool:
    """Tell whether a stated time can be read; one that cannot is reported by the shapes, not here."""
    try:
        read_edtf(text)
    except ValueError:
        return False
    return True


def _attestation_dates(store: Store) -> dict[str, list[str]]:
    """Return, per claim, the day it speaks about: its own ``rz:asOf``, else the date of its document."""
    issued = {
        _value(quad.subject): _value(quad.object)
        for quad in store.quads_for_pattern(None, term("dcterms:issued"), None)
        if _is_readable(_value(quad.object))
    }
    dates: dict[str, list[str]] = {}
    for quad in store.quads_for_pattern(None, term("prov:wasQuotedFrom"), None):
        if day := issued.get(_value(quad.object)):
            dates[_value(quad.subject)] = [day]
    for quad in store.quads_for_pattern(None, rz("asOf"), None):
        if _is_readable(_value(quad.object)):
            dates[_value(quad.subject)] = [_value(quad.object)]
    return dates


def _periods(fact: _Fact) -> list[Period]:
    return standing_periods(map(read_edtf, fact.begins), map(read_edtf, fact.ends), map(read_edtf, fact.attested))


def _date_claims(store: Store) -> list[Triple]:
    """Give each claim the bounds of the times it states and of the day it speaks about, for queries to compare."""
    triples: list[Triple] = []
    for iri, attested in sorted(_attestation_dates(store).items()):
        node = NamedNode(iri)
        triples += _stated_bounds(node, "attested", attested)
        for name in ("begin", "end", *_MOMENTS):
            triples += _stated_bounds(node, name, _stated(store, node, name))
    return triples


def _span(text: str) -> tuple[date, date]:
    bounds = read_edtf(text)
    return bounds.earliest or date.min, bounds.latest or date.max


def _stated_bounds(node: NamedNode, name: str, texts: list[str]) -> list[Triple]:
    bounds = [read_edtf(text) for text in texts]
    return [
        *_day_triples(node, f"{name}Earliest", min, [b.earliest for b in bounds]),
        *_day_triples(node, f"{name}Latest", max, [b.latest for b in bounds]),
    ]


def _bounds_triples(node: NamedNode, fact: _Fact) -> list[Triple]:
    # Of two dates that begin or end on the same day the more precise one is given.
    first = min(fact.attested, key=lambda text: (*_span(text), text))
    last = max(fact.attested, key=lambda text: (*_span(text)[::-1], text))
    triples = [
        Triple(node, rz("firstAttested"), Literal(first, datatype=EDTF)),
        Triple(node, rz("lastAttested"), Literal(last, datatype=EDTF)),
    ]
    for name, texts in (("begin", fact.begins), ("end", fact.ends)):
        triples += _stated_bounds(node, name, texts)
    return triples


def _day_triples(
    node: NamedNode, name: str, choose: Callable[[list[date]], date], days: list[date | None]
) -> list[Triple]:
    known = [day for day in days if day is not None]
    return [Triple(node, rz(name), _day(choose(known)))] if known and len(known) == len(days) else []


def _standing_triples(node: NamedNode, periods: list[Period]) -> list[Triple]:
    triples = []
    # A wrong code with a "#" of its own, which the checks report, ends up in the name of the fact.
    separator = "." if "#" in node.value else "#"
    for period in periods:
        stretch = NamedNode(f"{node.value}{separator}standing-{period.standing}")
        triples += [
            Triple(node, rz("hasStanding"), stretch),
            Triple(stretch, term("rdf:type"), rz("StandingPeriod")),
            Triple(stretch, rz("standing"), rz(period.standing)),
            Triple(stretch, rz("from"), _day(period.first)),
            Triple(stretch, rz("until"), _day(period.last)),
        ]
    return triples


def _day(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=_DAY)


def list_days(store: Store) -> list[date]:
    """Return the last day each document can be of: the days on which something is known, in order."""
    issued = store.quads_for_pattern(None, term("dcterms:issued"), None)
    return sorted({day for quad in issued if (day := last_day_of(_value(quad.object)))})


def open_store(project: Project) -> Store:
    """Return the whole graph of a project: ontology, data and derived facts, kept between commands by content.

    Raises
    ------
    InputError
        When a file cannot be read or is not Turtle.
    """
    key = content_key(project)
    kept = read_kept(key)
    if kept is not None:
        return kept
    store = load_store(project)
    add_facts(store, project)
    keep(key, store)
    return store
