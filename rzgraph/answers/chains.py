"""Following money: from a flow to its parts and to what it was passed on as, or back to where it came from.

Out comes a tree. A flow that is met again is only pointed at, so no euro counts twice and no circle has no end. Sums
are kept apart per phase; at a fork they take what was passed on, or the parts, never both.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal as OneOf

from rzgraph.answers.flows import Flow, Ledger, Money

Direction = OneOf["down", "up"]
#: How a flow hangs below the one above it.
START, PART, ONWARD, SOURCE = "start", "part", "onward", "source"
#: What is shown and not counted: money of several together, no payment at all, the whole something went into or is of.
SHARED, STOCK, POOL, WHOLE = "shared", "stock", "pool", "whole"
_UNCOUNTED = (SHARED, STOCK, POOL, WHOLE)


#: Amounts that are counted, per phase.
Picks = dict[str, list[Money]]


@dataclass(frozen=True)
class Sum:
    """Amounts added up.

    Attributes
    ----------
    low, high
        The sum in euro, from the lower and from the upper ends.
    exact
        Whether no amount was stated as about, at least and the like.
    flows, missing
        How many amounts were added, and how many have no figure that can be.
    """

    low: Decimal
    high: Decimal
    exact: bool
    flows: int
    missing: int


@dataclass
class Node:
    """A flow at its place in the tree.

    Attributes
    ----------
    place
        Where it stands: ``1.2`` is the second below the first.
    relation
        How it hangs below the flow above it.
    counted
        Whether it counts in the totals.
    again
        The place where the same flow stands already; nothing hangs below it here.
    circle
        Whether that place is on the way to this one.
    """

    flow: Flow
    place: str
    relation: str
    counted: bool
    above: "Node | None" = None
    again: str = ""
    circle: bool = False
    below: list["Node"] = field(default_factory=list)

    def counted_below(self, relations: Iterable[str]) -> list["Node"]:
        """Return what counts below it by some relations."""
        return [node for node in self.below if node.counted and node.relation in relations]


def find_starts(ledger: Ledger, flows: Iterable[str], direction: Direction) -> list[str]:
    """Return the flows a trace begins at: those that no other of them leads to; one of a circle."""
    wanted = sorted(set(flows))
    reached = {iri: _reach(ledger, iri, direction) for iri in wanted}
    return [
        iri
        for iri in wanted
        if not any(
            iri in reached[other] and (other not in reached[iri] or other < iri) for other in wanted if other != iri
        )
    ]


def list_parts(ledger: Ledger, flow: str) -> set[str]:
    """Return the parts of a flow, and theirs."""
    return _gather(flow, lambda iri: ledger.flows[iri].parts)


def list_wholes(ledger: Ledger, flow: str) -> set[str]:
    """Return the wholes a flow is part of, and theirs."""
    return _gather(flow, lambda iri: ledger.flows[iri].wholes)


def _gather(start: str, step: Callable[[str], list[str]]) -> set[str]:
    found: set[str] = set()
    open_ends = [start]
    while open_ends:
        fresh = [iri for iri in step(open_ends.pop()) if iri not in found]
        found.update(fresh)
        open_ends += fresh
    return found


def _next(flow: Flow, direction: Direction) -> list[str]:
    return [*flow.parts, *(flow.onward if direction == "down" else flow.sources)]


def _reach(ledger: Ledger, start: str, direction: Direction) -> set[str]:
    return _gather(start, lambda iri: _next(ledger.flows[iri], direction))


class _Follower:
    """One walk through the flows, that remembers where each was met."""

    def __init__(self, ledger: Ledger, direction: Direction) -> None:
        self.ledger = ledger
        self.direction = direction
        self.counted: dict[str, str] = {}
        self.shown: dict[str, str] = {}

    def grow(self, iri: str, place: str, relation: str, above: Node | None) -> Node:
        counted = relation not in _UNCOUNTED and (above is None or above.counted)
        node = Node(self.ledger.flows[iri], place, relation, counted, above)
        node.circle = iri in _way_to(above)
        node.again = self.counted.get(iri, "" if counted else self.shown.get(iri, ""))
        if node.again:
            node.counted = False
            return node
        (self.counted if counted else self.shown)[iri] = place
        for number, (relation_below, other) in enumerate(self._list_below(node), 1):
            node.below.append(self.grow(other, f"{place}.{number}", relation_below, node))
        return node

    def _list_below(self, node: Node) -> list[tuple[str, str]]:
        flow, came_from = node.flow, node.above.flow.iri if node.above else ""
        wholes = [] if node.relation == PART else [iri for iri in flow.wholes if iri != came_from]
        if self.direction == "down":
            parts = [] if node.relation == POOL else flow.parts
            pools = [iri for iri in wholes if self._is_passed_on(iri)]
            return [*_pairs(PART, parts), *_pairs(ONWARD, flow.onward), *_pairs(POOL, pools)]
        parts = [iri for iri in flow.parts if self._tells_origin(iri)] if node.relation != WHOLE else []
        return [*_pairs(PART, parts), *_pairs(SOURCE, flow.sources), *_pairs(WHOLE, [] if flow.sources else wholes)]

    def _is_passed_on(self, iri: str) -> bool:
        """Tell whether a whole, or the whole it is part of, was passed on."""
        return any(self.ledger.flows[one].onward for one in {iri, *list_wholes(self.ledger, iri)})

    def _tells_origin(self, iri: str) -> bool:
        """Tell whether a part, or a part of it, says who pays or where it came from."""
        flows = [self.ledger.flows[one] for one in {iri, *list_parts(self.ledger, iri)}]
        return any(flow.sources or flow.payers for flow in flows)


def _pairs(relation: str, flows: Iterable[str]) -> list[tuple[str, str]]:
    return [(relation, iri) for iri in sorted(flows)]


def _way_to(node: Node | None) -> list[str]:
    way = []
    while node:
        way.append(node.flow.iri)
        node = node.above
    return way


def follow(ledger: Ledger, starts: Mapping[str, str], direction: Direction) -> list[Node]:
    """Return the tree below each of some flows: where their money goes, or where it comes from.

    Parameters
    ----------
    starts
        Flow to its relation: `START`, or `SHARED` or `STOCK` where it does not count.
    """
    follower = _Follower(ledger, direction)
    return [follower.grow(iri, str(number), starts[iri], None) for number, iri in enumerate(starts, 1)]


def walk(nodes: Iterable[Node]) -> Iterable[Node]:
    """Yield every node of some trees, each before what hangs below it."""
    for node in nodes:
        yield node
        yield from walk(node.below)


def add_up(amounts: Iterable[Money]) -> Sum:
    """Return the sum of amounts of one phase."""
    known, missing = [], 0
    for amount in amounts:
        if amount.low is None or amount.high is None:
            missing += 1
        else:
            known.append((amount.low, amount.high, amount.bound))
    return Sum(
        sum((low for low, _, _ in known), Decimal(0)),
        sum((high for _, high, _ in known), Decimal(0)),
        all(low == high and not bound for low, high, bound in known),
        len(known),
        missing,
    )


def pick_own(flow: Flow) -> Picks:
    """Return what a flow counts for itself, per phase: rates, ratios and prices are never added up."""
    picked: Picks = {}
    for amount in flow.amounts:
        if amount.is_sum_of_money and (amount.phase not in picked or amount.low is not None):
            picked[amount.phase] = [amount]
    return picked


def pick_start(node: Node) -> Picks:
    """Return per phase what a node counts for: its own amount, else its parts."""
    return _prefer(pick_own(node.flow), join(pick_start(part) for part in node.counted_below([PART])))


def pick_split(node: Node) -> dict[str, Picks]:
    """Return per relation and phase what hangs below a node; nothing for flows that have other origins as well."""
    split = {}
    for relation in (PART, ONWARD, SOURCE):
        below = node.counted_below([relation])
        if below and not any(relation == ONWARD and len(other.flow.sources) > 1 for other in below):
            split[relation] = join(pick_start(other) for other in below)
    return split


def pick_ends(node: Node) -> Picks:
    """Return per phase the last amounts that can be followed from a node on; each once."""
    onward = join(pick_ends(other) for other in node.counted_below([ONWARD, SOURCE]))
    parts = join(pick_ends(other) for other in node.counted_below([PART]))
    ends = _prefer(onward, _prefer(parts, pick_own(node.flow)))
    # What went on in a flow that stands elsewhere in the tree is counted there.
    elsewhere = {
        phase
        for other in node.below
        if other.relation not in _UNCOUNTED and other.again and not other.circle
        for phase in pick_own(other.flow)
    }
    return {phase: found for phase, found in ends.items() if phase not in elsewhere or _has(onward, phase)}


def pick_entered(node: Node) -> Picks:
    """Return per phase the amounts that are first known further on: their origin has none in that phase."""
    known = picks_with_figure(pick_start(node))
    entered = [pick_entered(other) for other in node.counted_below([PART, ONWARD, SOURCE])]
    for other in node.counted_below([ONWARD, SOURCE]):
        picked = pick_start(other)
        entered.append({phase: found for phase, found in picks_with_figure(picked).items() if phase not in known})
    return join(entered)


def picks_with_figure(picks: Picks) -> Picks:
    """Return the phases in which an amount has a figure."""
    return {phase: found for phase, found in picks.items() if _has(picks, phase)}


def join(all_picks: Iterable[Picks]) -> Picks:
    """Return the amounts of several places together, each phase by itself."""
    joined: Picks = {}
    for picks in all_picks:
        for phase, found in picks.items():
            joined.setdefault(phase, []).extend(found)
    return joined


def _has(picks: Picks, phase: str) -> bool:
    return any(amount.low is not None for amount in picks.get(phase, []))


def _prefer(first: Picks, second: Picks) -> Picks:
    """Return per phase the first amounts among which there is a figure."""
    return {
        phase: first[phase] if _has(first, phase) or (not _has(second, phase) and phase in first) else second[phase]
        for phase in sorted({*first, *second})
    }
