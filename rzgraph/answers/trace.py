"""``rzgraph trace``: where money of a thing goes, or where it comes from, as a tree with its evidence.

A thing is a flow, a programme, a party, a body, a network or a published table. What its flows are is worked out here;
`rzgraph.answers.chains` follows them, `rzgraph.answers.tracewords` and `rzgraph.answers.tracerows` write the tree down.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import IO

from pyoxigraph import Literal, NamedNode, Store

from rzgraph.answers.ask import add_files, say
from rzgraph.answers.chains import SHARED, START, STOCK, Direction, Node, find_starts, follow, list_parts
from rzgraph.answers.flows import Flow, Ledger, read_flows
from rzgraph.answers.names import resolve_entity
from rzgraph.answers.parameters import read_day
from rzgraph.answers.stops import list_names
from rzgraph.answers.tables import write_answer
from rzgraph.answers.tracerows import list_rows, list_trace_columns
from rzgraph.answers.tracewords import Told, write_trace
from rzgraph.answers.unknowns import list_gaps, write_gaps
from rzgraph.dates import format_day
from rzgraph.facts import open_store
from rzgraph.labels import Labels, load_labels
from rzgraph.messages import message
from rzgraph.namespaces import kind_of, slug_of, term
from rzgraph.settings import Project

#: What can be traced, in the order in which things of one slug are preferred.
TRACED = ("flow", "programme", "party", "body", "network", "table")
# A pot that only receives, or only pays, is followed from its other side.
_POTS = ("programme", "body", "network")
_GONE = ("ended", "not-yet")


@dataclass(frozen=True)
class Trace:
    """What was asked, the trees found, and what has to be said beside them."""

    entity: NamedNode
    direction: Direction
    day: date
    ledger: Ledger
    nodes: list[Node]
    notes: list[str]


def run_trace(
    project: Project, entity: str, direction: Direction, at: str | None, lang: str, form: str, stream: IO[str]
) -> int:
    """Write where money of a thing goes (``down``) or comes from (``up``).

    Parameters
    ----------
    entity
        IRI, slug or name of a flow, programme, party, body, network or published table.
    at
        Only amounts that may hold on this day. Else all amounts, with their standing on the last day a document
        attests.

    Returns
    -------
    int
        0, or 1 when no document states a flow of it.

    Raises
    ------
    NotFoundError
        When nothing answers to the name.
    UsageError
        When several things do, or the day cannot be read.
    InputError
        When data or queries cannot be read.
    """
    store = open_store(project)
    labels = load_labels(store)
    trace = trace_entity(store, project, _resolve(store, entity, lang), direction, at, labels, lang)
    name = labels.label(trace.entity.value, lang)
    if not trace.nodes:
        say(message(f"trace.not-stated-{direction}", lang, what=name))
        for note in [*trace.notes, *list_gaps(store, [trace.entity], lang)]:
            say(note)
    if form in ("table", "md"):
        if trace.nodes:
            day = format_day(trace.day, lang)
            apart = kind_of(trace.entity.value) == "table"
            heading = message(f"trace.heading-{direction}", lang, what=name, day=day)
            write_trace(
                Told(heading, trace.notes, trace.nodes, apart), trace.ledger, direction, labels, lang, form, stream
            )
            write_gaps(store, [trace.entity], lang, form, stream)
    else:
        answer = add_files(store, list_rows(trace.nodes, trace.ledger, direction, labels, lang))
        write_answer(answer, labels, lang, form, stream, list_trace_columns(project, lang))
    return 0 if trace.nodes else 1


def trace_entity(
    store: Store,
    project: Project,
    entity: NamedNode,
    direction: Direction,
    at: str | None,
    labels: Labels,
    lang: str,
) -> Trace:
    """Return the trees of money below a thing."""
    day = read_day(store, at, lang)
    ledger = read_flows(store, project, Literal(day.isoformat(), datatype=term("xsd:date")))
    if at is not None:
        ledger = _keep_current(ledger)
    flows, notes = _list_flows(ledger, entity.value, direction, labels, lang)
    if kind_of(entity.value) not in ("flow", "table"):
        flows = _leave_out_shared(ledger, entity.value, flows)
    starts = {iri: _relate(ledger, entity.value, iri) for iri in find_starts(ledger, flows, direction)}
    return Trace(entity, direction, day, ledger, follow(ledger, starts, direction), notes)


def _leave_out_shared(ledger: Ledger, entity: str, flows: list[str]) -> list[str]:
    """Return flows without those of several together of which a part is of the entity alone."""
    alone = {iri for iri in flows if not _is_shared(ledger.flows[iri], entity)}
    return [iri for iri in flows if iri in alone or not list_parts(ledger, iri) & alone]


def _is_shared(flow: Flow, entity: str) -> bool:
    sides = [side for side in (flow.payers, flow.receivers) if entity in side]
    return any(len(side) > 1 for side in sides)


def _relate(ledger: Ledger, entity: str, iri: str) -> str:
    """Return how a flow counts for what is traced."""
    flow = ledger.flows[iri]
    if kind_of(entity) in ("flow", "table"):
        return START
    return SHARED if _is_shared(flow, entity) else STOCK if flow.is_no_payment else START


def _resolve(store: Store, text: str, lang: str) -> NamedNode:
    """Return the thing meant; a slug that several kinds share means the first of `TRACED`."""
    labelled = {
        q.subject.value
        for q in store.quads_for_pattern(None, term("skos:prefLabel"), None)
        if isinstance(q.subject, NamedNode) and slug_of(q.subject.value) == text
    }
    for kind in TRACED:
        if named := sorted(iri for iri in labelled if kind_of(iri) == kind):
            return NamedNode(named[0])
    return resolve_entity(store, text, TRACED, lang)


def _keep_current(ledger: Ledger) -> Ledger:
    """Return a ledger without the amounts whose period is over or has not begun; flows without any left go."""
    flows: dict[str, Flow] = {}
    for iri, flow in ledger.flows.items():
        amounts = [amount for amount in flow.amounts if slug_of(amount.standing) not in _GONE]
        if amounts or not flow.amounts:
            flows[iri] = replace(flow, amounts=amounts)
    for iri, flow in flows.items():
        flows[iri] = replace(
            flow,
            wholes=[other for other in flow.wholes if other in flows],
            parts=[other for other in flow.parts if other in flows],
            sources=[other for other in flow.sources if other in flows],
            onward=[other for other in flow.onward if other in flows],
        )
    return replace(ledger, flows=flows)


def _list_flows(
    ledger: Ledger, entity: str, direction: Direction, labels: Labels, lang: str
) -> tuple[list[str], list[str]]:
    """Return the flows of a thing in a direction, and what has to be said about them."""
    kind, name = kind_of(entity), labels.label(entity, lang)
    if kind == "flow":
        return [iri for iri in [entity] if iri in ledger.flows], []
    if kind == "table":
        return [iri for iri in ledger.tables.get(entity, []) if iri in ledger.flows], []
    on_this_side, on_the_other = ledger.paid_by, ledger.received_by
    if direction == "up":
        on_this_side, on_the_other = on_the_other, on_this_side
    notes = [
        message(
            f"trace.group-{direction}",
            lang,
            what=name,
            group=labels.label(group, lang),
            flows=list_names(flows, labels, lang),
        )
        for group in sorted(ledger.groups.get(entity, []))
        if (flows := on_this_side(group))
    ]
    if flows := on_this_side(entity):
        return flows, notes
    if kind in _POTS and (flows := on_the_other(entity)):
        instead = "received-instead" if direction == "down" else "paid-instead"
        return flows, [message(f"trace.{instead}", lang, what=name), *notes]
    return [], notes
