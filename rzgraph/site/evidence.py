"""Where statements stand, which fact they carry, and how that fact stands over time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pyoxigraph import NamedNode

from rzgraph.dates import last_day_of
from rzgraph.namespaces import kind_of, slug_of
from rzgraph.site.things import Things

#: The standings a fact can have, the surest first.
STANDINGS = ("confirmed", "last-known", "later-known", "ended", "not-yet")


@dataclass(frozen=True)
class Claim:
    """Where a statement stands: document and lines, with the words that carry it."""

    iri: str
    document: str
    lines: str
    fragment: str
    is_derived: bool


def find_fact(things: Things, claims: Iterable[str], named: set[str]) -> str:
    """Return the fact that statements carry: of all facts they support, the one that names most of the given things."""
    supported = {
        fact for claim in claims for fact in things.named_by.get(claim, ()) if things.links(fact, "rz:hasStanding")
    }
    return max(sorted(supported), key=lambda fact: _likeness(things, fact, named), default="")


def _likeness(things: Things, fact: str, named: set[str]) -> tuple[int, int]:
    properties = things.properties[fact].values()
    links = {value.value for values in properties for value in values if isinstance(value, NamedNode)}
    return len(links & named), kind_of(fact) not in ("body", "party", "person")


def read_periods(things: Things, fact: str) -> list[tuple[str, str, str]]:
    """Return the standing periods of a fact: standing, first day, last day, in the order of time."""
    stretches = [
        (things.text(period, "rz:from"), things.text(period, "rz:until"), slug_of(things.text(period, "rz:standing")))
        for period in things.links(fact, "rz:hasStanding")
    ]
    return [(standing, first, last) for first, last, standing in sorted(stretches)]


def standing_on(stretches: list[tuple[str, str, str]], day: str) -> str:
    """Return the standing on a day (ISO), empty when nothing is known."""
    return next((standing for standing, first, last in stretches if first <= day <= last), "")


def write_periods(stretches: list[tuple[str, str, str]]) -> str:
    """Return standing periods in one attribute: each standing with its last day, as they follow each other."""
    return " ".join(f"{standing}:{last}" for standing, _, last in stretches)


def issued_on(things: Things, document: str) -> date:
    """Return the last day the date of a document can mean; the first of all days when it has none."""
    return last_day_of(things.text(document, "dcterms:issued")) or date.min


def sort_statements(things: Things, claims: Iterable[str]) -> list[str]:
    """Return statements by the date of their document and their place in it."""

    def place(iri: str) -> tuple[date, str, int, int, str]:
        document = things.text(iri, "prov:wasQuotedFrom")
        first, last = things.text(iri, "rz:firstLine"), things.text(iri, "rz:lastLine")
        return (issued_on(things, document), document, int(first or 0), int(last or 0), iri)

    return sorted(claims, key=place)


def read_claim(things: Things, iri: str) -> Claim:
    """Return where a statement stands."""
    return Claim(
        iri,
        things.text(iri, "prov:wasQuotedFrom"),
        things.text(iri, "rz:lines"),
        things.text(iri, "rz:fragment"),
        slug_of(things.text(iri, "rz:basis")) == "derived",
    )


@dataclass(frozen=True)
class State:
    """How a promise or programme stands: what was last reported and where, whether it is overdue, who is silent."""

    statuses: tuple[str, ...]
    reported: tuple[str, ...]
    is_overdue: bool
    silent: str


def read_state(things: Things, iri: str, day: str) -> State | None:
    """Return how a thing stands on a day (ISO); None when it is not followed, or not known yet."""
    for period in things.links(iri, "rz:hasState"):
        if things.text(period, "rz:from") <= day <= things.text(period, "rz:until"):
            is_overdue = things.text(period, "rz:overdue") == "true"
            reported = tuple(things.links(period, "rz:status")), tuple(things.links(period, "rz:reportedIn"))
            return State(*reported, is_overdue, things.text(period, "rz:silentDocument"))
    return None
