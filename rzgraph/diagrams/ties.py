"""What ties persons, parties and bodies to each other on a day, and the part of it that is about one of them.

In goes the store and a day, read once for all drawings; out comes, for any person, party or body, what is one step
away, and two steps where a person or a post stands between a party and a body.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from pyoxigraph import Literal, NamedNode, Store

from rzgraph.namespaces import kind_of, slug_of, term
from rzgraph.queries import Answer, Row, Term, read_question, run_question
from rzgraph.settings import Project

#: Kinds of things that have a drawing of their own.
CENTRES = ("person", "party", "body")
#: What a tie between two things can be.
SEAT, ABSENT, FOR, UNDER, OFFICE, SPEAKS, SPEAKS_IN, THEME, PARTNER, RELATION = (
    *("seat", "absent", "for", "under", "office", "speaks", "speaks-in", "theme", "partner", "relation"),
)
_PEOPLE = ("person", "office")


@dataclass(frozen=True)
class Tie:
    """What one fact says of two things.

    Attributes
    ----------
    source, target
        The IRIs of the two things.
    sort
        What kind of tie it is.
    what
        The IRI of a role, function or relation, or an empty text.
    behalf
        The IRI of the party a seat is held for, or somebody speaks for.
    body
        The IRI of the body a tie between a person and a party is about.
    standing
        ``confirmed``, ``last-known`` or ``later-known``.
    is_derived
        Whether no claim states it.
    last_attested
        The last day it is attested.
    fact
        The IRI of the fact.
    """

    source: str
    target: str
    sort: str
    what: str
    behalf: str
    body: str
    standing: str
    is_derived: bool
    last_attested: str
    fact: str

    def other(self, iri: str) -> str:
        """Return the thing at the other end."""
        return self.target if iri == self.source else self.source


@dataclass(frozen=True)
class Ties:
    """Everything of a day: ties by the things they touch, rows by fact, kinds by thing."""

    at: date
    columns: tuple[str, ...]
    by_thing: dict[str, list[Tie]]
    rows: dict[str, list[Row]]
    kinds: dict[str, str]


@dataclass(frozen=True)
class Ego:
    """A thing and what it is tied to.

    Attributes
    ----------
    centre
        The IRI of the thing.
    ties
        What is drawn.
    kinds
        The kind of each party and body.
    twin
        The same in rows, with the evidence.
    """

    at: date
    centre: str
    ties: tuple[Tie, ...]
    kinds: dict[str, str]
    twin: Answer

    @property
    def later(self) -> int:
        """How many ties are known only from later."""
        return sum(tie.standing == "later-known" for tie in self.ties)

    @property
    def things(self) -> list[str]:
        """Everything that is drawn, by IRI."""
        return sorted({self.centre, *(end for tie in self.ties for end in (tie.source, tie.target))})


def read_ties(store: Store, project: Project, at: date) -> Ties:
    """Read all ties of a day.

    Parameters
    ----------
    store
        From `rzgraph.facts.open_store`.
    project
        The project whose queries are asked.
    at
        The day.

    Raises
    ------
    InputError
        When a query cannot be run.
    """
    folder = project.queries / "networks"
    day = {"_at_date": Literal(at.isoformat(), datatype=term("xsd:date"))}
    found = run_question(store, read_question(folder / "network-facts.rq"), day)
    kinds = run_question(store, read_question(folder / "network-nodes.rq")).rows
    rows: dict[str, list[Row]] = {}
    for row in found.rows:
        rows.setdefault(_iri(row["fact"]), []).append(row)
    by_thing: dict[str, list[Tie]] = {}
    for fact_rows in rows.values():
        for tie in _list_ties(fact_rows):
            for end in {tie.source, tie.target}:
                by_thing.setdefault(end, []).append(tie)
    return Ties(at, found.columns, by_thing, rows, {_iri(row["thing"]): _iri(row["kind"]) for row in reversed(kinds)})


def _iri(value: Term | None) -> str:
    return value.value if isinstance(value, NamedNode | Literal) else ""


def _list_ties(rows: list[Row]) -> Iterator[Tie]:
    """Give the ties one fact makes, from the rows of its claims."""
    row = rows[0]
    who, what, body, to_body, party = (_iri(row[name]) for name in ("who", "what", "body", "to_body", "party"))
    organisations = sorted({_iri(each["organisation"]) for each in rows} - {"", party})
    derived = all(slug_of(_iri(each["basis"])) == "derived" for each in rows)
    standing, last = slug_of(_iri(row["standing"])), _iri(row["last_attested"])

    def tie(source: str, target: str, sort: str, what: str = "", behalf: str = "", about: str = "") -> Iterator[Tie]:
        if source and target and source != target:
            fact = _iri(row["fact"])
            yield Tie(source, target, sort, what, behalf, about, standing, derived, last, fact)

    kind = slug_of(_iri(row["tie"]))
    if kind == "Seat" and _iri(row["held"]) == "false":
        for holder in [party or who] if party or who else organisations:
            yield from tie(holder, body, ABSENT)
    elif kind == "Seat" and who:
        yield from tie(who, body, SEAT, what, party)
        yield from tie(who, party, FOR, about=body)
        for organisation in organisations:
            yield from tie(who, organisation, UNDER, about=body)
    elif kind == "Seat":
        for holder in [party] if party else organisations:
            yield from tie(holder, body, SEAT, what, party)
    elif kind == "OfficeHolding":
        yield from tie(who, party, OFFICE, what)
    elif kind == "Representation":
        yield from tie(who, party, SPEAKS, about=body)
        yield from tie(who, body, SPEAKS_IN, behalf=party)
    elif kind == "ThemeCoupling":
        yield from tie(who, what, THEME)
    elif kind == "Partnership":
        yield from tie(who, party, PARTNER, what)
    else:
        yield from tie(body, to_body, RELATION, what)


def pick_ego(ties: Ties, centre: str) -> Ego:
    """Return what is known of one person, party or body.

    Parameters
    ----------
    ties
        From `read_ties`.
    centre
        The IRI of the thing.
    """
    own = ties.by_thing.get(centre, [])
    people = sorted({tie.other(centre) for tie in own if kind_of(tie.other(centre)) in _PEOPLE})
    found = dict.fromkeys(own)
    for person in people:
        for tie in ties.by_thing[person]:
            if _leads_on(tie, centre):
                found[tie] = None
    rows = [row for fact in dict.fromkeys(tie.fact for tie in found) for row in ties.rows[fact]]
    return Ego(ties.at, centre, tuple(_merge(found)), ties.kinds, Answer(ties.columns, rows))


def _leads_on(tie: Tie, centre: str) -> bool:
    """Tell whether a tie of a person or post beside the centre is shown too: it links a party and a body."""
    if kind_of(centre) == "party":
        return tie.sort in (SEAT, SPEAKS_IN)
    if kind_of(centre) == "body":
        return tie.sort == OFFICE or (tie.sort in (FOR, UNDER, SPEAKS) and tie.body == centre)
    return False


def _merge(ties: Iterable[Tie]) -> list[Tie]:
    """Return ties without doubles: what several facts say is as sure as the surest of them."""
    merged: dict[tuple[str, ...], Tie] = {}
    for tie in ties:
        key = (tie.source, tie.target, tie.sort, tie.what, tie.behalf if tie.sort in (SEAT, SPEAKS_IN) else "")
        known = merged.get(key, tie)
        merged[key] = replace(
            known,
            standing=min(known.standing, tie.standing),  # by alphabet: confirmed, last-known, later-known
            is_derived=known.is_derived and tie.is_derived,
            last_attested=max(known.last_attested, tie.last_attested),
        )
    return sorted(merged.values(), key=lambda tie: (tie.source, tie.target, tie.sort, tie.what, tie.behalf))
