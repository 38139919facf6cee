"""How promises and programmes stand on each day: what was last reported, what is overdue, what is no longer spoken of.

A thing is followed from the first day a document can be held to have spoken of it. From then on its status is the
one last reported; it is overdue once the day it was due has passed and no report has closed it (``rz:closes`` on the
code); a document is silent on it when it is younger than every document that speaks of it. Silence closes nothing.
The periods follow each other without a gap, so that a question on a day needs one pattern (``rz:hasState``).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pyoxigraph import Literal, NamedNode, Store, Triple

from rzgraph.dates import END, last_day_of
from rzgraph.namespaces import rz, term

_ONE_DAY = timedelta(days=1)
#: What is followed, and the property by which a claim reports on it.
FOLLOWED = {rz("Commitment"): rz("commitment"), rz("Programme"): rz("programme")}


@dataclass(frozen=True)
class Report:
    """What one claim says of a thing.

    Attributes
    ----------
    day
        The last day the claim can speak of.
    published
        The last day its document can be of.
    document
        The document it stands in.
    status
        The code it reports; empty where it reports none.
    due
        The last day by which it says the thing is to be done, if it does.
    made
        The last day on which it says the thing was promised, if it does.
    """

    day: date
    published: date
    document: str
    status: str = ""
    due: date | None = None
    made: date | None = None


@dataclass(frozen=True)
class State:
    """A stretch of days, both ends included, on which a thing stands in one way; `reported` names who last said how."""

    statuses: tuple[str, ...]
    reported: tuple[str, ...]
    overdue: bool
    silent: str
    first: date
    last: date


def list_states(
    reports: Sequence[Report], documents: Iterable[tuple[date, str]], closing: frozenset[str]
) -> list[State]:
    """Return how a thing stands from the first day it is known, to the end of time.

    Parameters
    ----------
    reports
        Every claim about the thing; at least one.
    documents
        The last day each document can be of, with the document.
    closing
        The statuses after which nothing is overdue.

    Returns
    -------
    list of State
        In order, without gaps; the first begins on the day the thing was promised or first spoken of.
    """
    issued = sorted(documents)
    start = min(day for report in reports for day in (report.day, report.made or report.day))
    cuts = {start, *(r.day for r in reports), *(day for day, _ in issued)}
    cuts |= {r.due + _ONE_DAY for r in reports if r.due and r.due < END}
    firsts = sorted(day for day in cuts if day >= start)
    states: list[State] = []
    for first, following in zip(firsts, [*firsts[1:], None], strict=True):
        last = following - _ONE_DAY if following else END
        state = _state_on(first, last, reports, issued, closing)
        if states and replace(states[-1], last=last) == replace(state, first=states[-1].first):
            state = replace(state, first=states.pop().first)
        states.append(state)
    return states


def _state_on(
    day: date, last: date, reports: Sequence[Report], issued: list[tuple[date, str]], closing: frozenset[str]
) -> State:
    told = [report for report in reports if report.status and report.day <= day]
    newest = max((report.day for report in told), default=None)
    last_told = [report for report in told if report.day == newest]
    statuses = tuple(sorted({report.status for report in last_told}))
    reported = tuple(sorted({report.document for report in last_told}))
    # The due date stated last counts; before any is known, one that is stated later.
    dues = [report for report in reports if report.due and report.day <= day] or [r for r in reports if r.due]
    latest = max((report.day for report in dues), default=None)
    due = max((report.due for report in dues if report.day == latest and report.due), default=None)
    overdue = due is not None and due < day and closing.isdisjoint(statuses)
    spoken = max((report.published for report in reports if report.published <= day), default=None)
    silent = next((document for published, document in issued if spoken and spoken < published <= day), "")
    return State(statuses, reported, overdue, silent, day, last)


def follow(store: Store) -> list[Triple]:
    """Return the periods of everything followed, to be added to the facts.

    Parameters
    ----------
    store
        With the evidence of each claim and the bounds of its times.
    """
    published = {
        document: day
        for quad in store.quads_for_pattern(None, term("dcterms:issued"), None)
        if (document := _text(quad.subject)) and (day := last_day_of(_text(quad.object)))
    }
    issued = [(day, document) for document, day in published.items()]
    closing = frozenset(_text(quad.subject) for quad in store.quads_for_pattern(None, rz("closes"), Literal(True)))
    triples: list[Triple] = []
    for kind, link in FOLLOWED.items():
        for thing in sorted(_text(quad.subject) for quad in store.quads_for_pattern(None, term("rdf:type"), kind)):
            if reports := _list_reports(store, NamedNode(thing), link, published):
                triples += _state_triples(NamedNode(thing), list_states(reports, issued, closing))
    return triples


def _list_reports(store: Store, thing: NamedNode, link: NamedNode, published: dict[str, date]) -> list[Report]:
    """Return what every claim that names a thing says of it; only claims about it report its status and its days."""
    links: dict[str, set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, None, thing):
        if not isinstance(quad.subject, Triple):
            links[quad.subject.value].add(quad.predicate.value)
    reports = []
    for iri, predicates in sorted(links.items()):
        claim = NamedNode(iri)
        document = next(iter(_values(store, claim, term("prov:wasQuotedFrom"))), "")
        day = _day(store, claim, "attestedLatest")
        if document not in published or day is None:
            continue
        if link.value not in predicates:
            reports.append(Report(day, published[document], document))
            continue
        status = next(iter(_values(store, claim, rz("status"))), "")
        reports.append(
            Report(
                day,
                published[document],
                document,
                status,
                _day(store, claim, "dueLatest"),
                _day(store, claim, "whenLatest"),
            )
        )
    return reports


def _state_triples(thing: NamedNode, states: Iterable[State]) -> list[Triple]:
    triples = []
    for state in states:
        stretch = NamedNode(f"{thing.value}#state-{state.first.isoformat()}")
        triples += [
            Triple(thing, rz("hasState"), stretch),
            Triple(stretch, term("rdf:type"), rz("StatePeriod")),
            Triple(stretch, rz("overdue"), Literal(state.overdue)),
            Triple(stretch, rz("from"), Literal(state.first.isoformat(), datatype=term("xsd:date"))),
            Triple(stretch, rz("until"), Literal(state.last.isoformat(), datatype=term("xsd:date"))),
        ]
        triples += [Triple(stretch, rz("status"), NamedNode(status)) for status in state.statuses]
        triples += [Triple(stretch, rz("reportedIn"), NamedNode(document)) for document in state.reported]
        if state.silent:
            triples.append(Triple(stretch, rz("silentDocument"), NamedNode(state.silent)))
    return triples


def _text(node: object) -> str:
    return str(getattr(node, "value", ""))


def _values(store: Store, subject: NamedNode, predicate: NamedNode) -> list[str]:
    return sorted(_text(quad.object) for quad in store.quads_for_pattern(subject, predicate, None))


def _day(store: Store, claim: NamedNode, name: str) -> date | None:
    days = _values(store, claim, rz(name))
    return date.fromisoformat(days[-1]) if days else None
