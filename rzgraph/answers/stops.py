"""Where a trail of money ends: in words, what the documents do not say at a flow."""

from collections.abc import Callable

from rzgraph.answers.chains import PART, Direction, Node, list_wholes
from rzgraph.answers.flows import Flow, Ledger
from rzgraph.labels import Labels
from rzgraph.messages import message

_MOST_NAMES = 3


def find_stops(ledger: Ledger, node: Node, direction: Direction, labels: Labels, lang: str) -> list[str]:
    """Return what the documents leave unsaid at a flow, seen in a direction; nothing where it stands elsewhere."""
    if node.again:
        return []
    leaf = not [other for other in node.below if other.counted or other.again]
    stops = []
    first = node.above is None
    if not node.flow.payers and (first if direction == "down" else leaf):
        stops.append(_say_unknown(node, "payer", lambda flow: flow.payers, labels, lang))
    if not node.flow.receivers and (first if direction == "up" else leaf):
        stops.append(_say_unknown(node, "receiver", lambda flow: flow.receivers, labels, lang))
    if leaf and direction == "down":
        stops += [_say_onward(ledger, node, who, labels, lang) for who in node.flow.receivers]
    if leaf and direction == "up":
        for who in node.flow.payers:
            if who in ledger.members:
                stops.append(message("trace.stop-group", lang, who=labels.label(who, lang)))
            if received := _other_flows(ledger, ledger.received_by(who), node):
                names = list_names(received, labels, lang)
                stops.append(message("trace.stop-origin", lang, who=labels.label(who, lang), flows=names))
    return stops


def list_names(iris: list[str], labels: Labels, lang: str) -> str:
    """Return the names of some things, the first few and how many more."""
    names = [labels.label(iri, lang) for iri in iris]
    if len(names) <= _MOST_NAMES:
        return "; ".join(names)
    return message("trace.and-more", lang, names="; ".join(names[:_MOST_NAMES]), count=len(names) - _MOST_NAMES)


def _say_unknown(node: Node, side: str, list_parties: Callable[[Flow], list[str]], labels: Labels, lang: str) -> str:
    """Say that nobody is named, or that only those of the whole are."""
    whole: Node | None = node
    while whole and whole.relation == PART:
        whole = whole.above
        if whole and (parties := list_parties(whole.flow)):
            return message(f"trace.stop-{side}-of-part", lang, who=list_names(parties, labels, lang))
    return message(f"trace.stop-{side}", lang)


def _say_onward(ledger: Ledger, node: Node, who: str, labels: Labels, lang: str) -> str:
    name = labels.label(who, lang)
    unexplained = [iri for iri in ledger.paid_by(who) if not ledger.flows[iri].sources]
    if paid := _other_flows(ledger, unexplained, node):
        return message("trace.stop-unlinked", lang, who=name, flows=list_names(paid, labels, lang))
    return message("trace.stop-onward", lang, who=name)


def _other_flows(ledger: Ledger, flows: list[str], node: Node) -> list[str]:
    """Return flows without the one that stops, those on the way to it, and the parts of another."""
    way: set[str] = set()
    here: Node | None = node
    while here:
        way.add(here.flow.iri)
        here = here.above
    # Of the whole it is part of, nobody need be told that it was paid or received as well.
    way.update(list_wholes(ledger, node.flow.iri))
    return [iri for iri in flows if iri not in way and not set(ledger.flows[iri].wholes) & {*flows, *way}]
