"""The lives of bodies: when each is attested, what is stated of its begin and end, and what came out of what.

In goes the store, out come records without a layout. Where no begin or end is stated a life stays open on that side;
one body follows another only where a text says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode, Store

from rzgraph.dates import BEGINNING, END, Bounds, Period, read_edtf
from rzgraph.namespaces import slug_of
from rzgraph.queries import Answer, Row, Term, read_question, run_question
from rzgraph.settings import Project

_EVIDENCE = ("claim", "basis", "document", "lines", "fragment")
#: The columns of the text twin: what is known of a body, or a change of governance, and the evidence of each row.
TWIN = (
    *("body", "line", "begin", "end", "attested", "change", "kind", "from_body", "to_body", "when"),
    *("first_attested", "last_attested", "fact", *_EVIDENCE),
)


@dataclass(frozen=True)
class Attestation:
    """A day or period a document speaks of."""

    document: str
    attested: str

    @property
    def bounds(self) -> Bounds:
        """The days it can mean."""
        return read_edtf(self.attested)


@dataclass(frozen=True)
class Life:
    """What is known of the life of a body.

    Attributes
    ----------
    periods
        How it stands over time, without the stretches before its begin and after its end.
    has_begin, has_end
        Whether a begin or an end is stated.
    attestations
        The days documents attest it, each document and day once.
    """

    body: str
    line: str
    periods: tuple[Period, ...]
    has_begin: bool
    has_end: bool
    attestations: tuple[Attestation, ...]


@dataclass(frozen=True)
class Change:
    """A statement on a change of governance; `day` is when it took place as stated, else the day it is spoken of."""

    change: str
    kind: str
    from_body: str
    to_body: str
    day: str
    is_dated: bool
    is_done: bool
    document: str


@dataclass(frozen=True)
class Lives:
    """The lives of all bodies by line, the changes, the documents with their dates, and the text twin."""

    by_line: dict[str, list[Life]]
    changes: tuple[Change, ...]
    documents: tuple[tuple[str, str], ...]
    twin: Answer

    @property
    def everyone(self) -> list[Life]:
        """All lives, in the order of the lines."""
        return [life for found in self.by_line.values() for life in found]


def build_lives(store: Store, project: Project) -> Lives:
    """Return the lives of the bodies of a graph.

    Parameters
    ----------
    store
        From `rzgraph.facts.open_store`.
    project
        The project whose queries are asked.

    Raises
    ------
    InputError
        When a query cannot be run.
    """

    def ask(name: str) -> list[Row]:
        return run_question(store, read_question(project.queries / "networks" / f"{name}.rq")).rows

    attested, changed = ask("lives-attestations"), ask("lives-changes")
    periods: dict[str, list[Period]] = {}
    for row in ask("lives-standings"):
        first, last = (date.fromisoformat(_text(row[name])) for name in ("first_day", "last_day"))
        periods.setdefault(_text(row["body"]), []).append(Period(slug_of(_text(row["standing"])), first, last))
    order = [_text(row["line"]) for row in ask("governance-lines")] + [""]
    lives = [_read_life(body, rows, periods.get(body, []), order) for body, rows in _group(attested, "body").items()]
    changes = tuple(_read_change(row) for row in changed)
    # A body that is only named as what another would become has no life, but a line of its own.
    named = {body for change in changes for body in (change.from_body, change.to_body) if body}
    lives += [Life(body, "", (), False, False, ()) for body in sorted(named - {life.body for life in lives})]
    by_line = {line: _order([life for life in lives if life.line == line], changes) for line in order}
    documents = [(_text(row["document"]), _text(row["issued"])) for row in ask("lives-documents")]
    return Lives(
        {line: found for line, found in by_line.items() if found},
        changes,
        tuple(sorted(documents, key=lambda pair: (_middle(pair[1]), pair))),
        Answer(TWIN, _list_twin(attested, changed)),
    )


def _text(value: Term | None) -> str:
    return value.value if isinstance(value, NamedNode | Literal) else ""


def _group(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(_text(row[column]), []).append(row)
    return groups


def _read_life(body: str, rows: list[Row], periods: list[Period], order: list[str]) -> Life:
    lines = {_text(row["line"]) for row in rows}
    standings = {period.standing for period in periods}
    attestations = dict.fromkeys(Attestation(_text(row["document"]), _text(row["attested"])) for row in rows)
    return Life(
        body,
        min(lines, key=lambda line: order.index(line) if line in order else len(order)),
        tuple(period for period in periods if period.standing not in ("not-yet", "ended")),
        "not-yet" in standings,
        "ended" in standings,
        tuple(sorted(attestations, key=lambda each: (_middle(each.attested), each.document, each.attested))),
    )


def _order(lives: list[Life], changes: Iterable[Change]) -> list[Life]:
    """Return lives in the order of time, what one body became right below it."""
    became = {change.to_body: change.from_body for change in changes if change.from_body and change.to_body}
    ordered = sorted(lives, key=_rank)
    for life in [life for life in ordered if life.body in became]:
        above = next((other for other in ordered if other.body == became[life.body] and other is not life), None)
        if above:
            ordered.remove(life)
            ordered.insert(ordered.index(above) + 1, life)
    return ordered


def _rank(life: Life) -> tuple[date, date, str]:
    """Return what lives are sorted by: their begin where one is stated, else when they are first attested."""
    days = [each.bounds.earliest or BEGINNING for each in life.attestations]
    first = min(days, default=BEGINNING)
    stated = life.periods[0].first if life.has_begin and life.periods else first
    return (min(stated, first), max(days, default=END), life.body)


def _middle(text: str) -> date:
    bounds = read_edtf(text)
    first, last = bounds.earliest or bounds.latest or BEGINNING, bounds.latest or bounds.earliest or BEGINNING
    return first + (last - first) / 2


def _read_change(row: Row) -> Change:
    when = _text(row["when"])
    return Change(
        change=_text(row["change"]),
        kind=_text(row["kind"]),
        from_body=_text(row["from_body"]),
        to_body=_text(row["to_body"]),
        day=when or _text(row["attested"]),
        is_dated=bool(when),
        is_done=_text(row["is_done"]) == "true",
        document=_text(row["document"]),
    )


def _list_twin(attested: list[Row], changed: list[Row]) -> list[Row]:
    """Return a row per begin and end that is stated, the first of each document and day, and every change."""
    seen, rows = set(), []
    for row in attested:
        place = (row["body"], row["document"], row["attested"])
        if row["begin"] is not None or row["end"] is not None or place not in seen:
            rows.append({name: row.get(name) for name in TWIN} | {"fact": row["body"]})
        seen.add(place)
    return rows + [{name: row.get(name) for name in TWIN} for row in changed]
