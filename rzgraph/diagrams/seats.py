"""The seat matrix of a day: which party sits at which body, in which way, and where a document says it does not.

In goes the store and a day, out comes the matrix as records, without a layout. An empty cell means that no document
says anything; it is never an absence.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from pyoxigraph import Literal, NamedNode, Store

from rzgraph.diagrams.networks import Governance, build_governance, find_earlier, group_bodies
from rzgraph.namespaces import rz, slug_of, term
from rzgraph.queries import Answer, Row, Term, read_question, run_question
from rzgraph.settings import Project

#: How a mark in a cell is drawn.
CHAIR, MEMBER, OTHER, ABSENT = "chair", "member", "other", "absent"
#: The key of the row for seats of which no party is stated; those of the columns of bodies that the last evidence
#: does not name any more, and of bodies known only from later.
NO_PARTY, EARLIER, LATER = "", "earlier", "later"


@dataclass(frozen=True)
class Seat:
    """A seat or an explicit absence, as it stands in one cell.

    Attributes
    ----------
    sign
        ``chair``, ``member``, ``other`` or ``absent``.
    standing
        ``confirmed``, ``last-known`` or ``later-known``.
    is_own
        Whether it is stated that the seat is held on behalf of the party of the cell.
    row
        The first row of the answer that carries it.
    """

    sign: str
    standing: str
    is_own: bool
    row: Row


@dataclass(frozen=True)
class Matrix:
    """The seats of a day.

    Attributes
    ----------
    at
        The day.
    sections
        Name of a section of rows to the IRIs of its parties; `NO_PARTY` stands for no party stated.
    groups
        IRI of a line, an empty text, `EARLIER` or `LATER` to the IRIs of the bodies that are columns.
    cells
        Party and body to the seats in that cell.
    silent
        The bodies that stand on the day, and of which no document names a member or absence, by line.
    seatless
        The parties that take part in the network and have no row, by section.
    governance
        The bodies of the day, with standing and line.
    twin
        The same in rows, with the evidence.
    """

    at: date
    sections: dict[str, list[str]]
    groups: dict[str, list[str]]
    cells: dict[tuple[str, str], list[Seat]]
    silent: dict[str, list[str]]
    seatless: dict[str, list[str]]
    governance: Governance
    twin: Answer


@dataclass(frozen=True)
class Choice:
    """The lines, bodies and parties a matrix is narrowed to; without any, all are shown."""

    lines: Collection[str] = ()
    bodies: Collection[str] = ()
    parties: Collection[str] = ()


def build_matrix(store: Store, project: Project, at: date, choice: Choice | None = None) -> Matrix:
    """Return the seat matrix of a day.

    Parameters
    ----------
    store
        From `rzgraph.facts.open_store`.
    project
        The project whose queries are asked.
    at
        The day.
    choice
        What to show of it.

    Raises
    ------
    InputError
        When a query cannot be run.
    """
    choice = choice or Choice()
    day = {"_at_date": Literal(at.isoformat(), datatype=term("xsd:date"))}
    found, parties = (
        run_question(store, read_question(project.queries / "networks" / f"seats-{name}.rq"), day)
        for name in ("cells", "parties")
    )
    governance = build_governance(store, project, at)
    by_line = _choose_bodies(governance, found.rows, choice)
    shown = {body for bodies in by_line.values() for body in bodies}
    cells = {
        place: seats
        for place, seats in _fill_cells(found.rows).items()
        if place[1] in shown and (not choice.parties or place[0] in choice.parties)
    }
    rows, columns = {party for party, _ in cells}, {body for _, body in cells}
    section_of = {_iri(row["party"]): _text(row["section"]) for row in parties.rows}
    partners = {_iri(row["party"]) for row in parties.rows if _text(row["partner"]) == "true"}
    return Matrix(
        at,
        _group_parties(section_of, rows),
        _keep(by_line, columns),
        cells,
        {} if choice.parties else _keep(by_line, {body for _, body in _fill_cells(found.rows)}, leave_out=True),
        _group_parties(section_of, _choose_partners(partners, choice) - rows),
        governance,
        replace(found, rows=[row for row in found.rows if any(place in cells for place, _ in _list_places(row))]),
    )


def _iri(value: Term | None) -> str:
    return value.value if isinstance(value, NamedNode) else ""


def _text(value: Term | None) -> str:
    return value.value if isinstance(value, NamedNode | Literal) else ""


def _choose_partners(partners: set[str], choice: Choice) -> set[str]:
    """Return the parties of which it is said when they have no seat: those asked about, else all that take part."""
    if choice.parties:
        return set(choice.parties)
    return set() if choice.lines or choice.bodies else partners


def _choose_bodies(governance: Governance, rows: list[Row], choice: Choice) -> dict[str, list[str]]:
    """Return the bodies that may be shown by line: those that stand, and those of a seat that is known from later.

    What the last evidence up to the day does not name any more stands apart, so that the others show the day itself.
    """
    _, earlier = find_earlier(governance)
    by_line = group_bodies(governance)
    if choice.lines:
        by_line = {line: bodies for line, bodies in by_line.items() if line in choice.lines}
    groups = {line: [body for body in bodies if body not in earlier] for line, bodies in by_line.items()}
    groups[EARLIER] = [body for bodies in by_line.values() for body in bodies if body in earlier]
    if not choice.lines:
        groups[LATER] = sorted({_iri(row["body"]) for row in rows} - set(governance.graph))
    return {
        line: kept
        for line, bodies in groups.items()
        if (kept := [body for body in bodies if not choice.bodies or body in choice.bodies])
    }


def _list_places(row: Row) -> Iterator[tuple[tuple[str, str], bool]]:
    """Give the cells a row belongs in, each with whether the seat is stated to be held on behalf of its party.

    A seat held on behalf of another party also stands, as such, with the party under whose name the document puts it.
    """
    body, behalf, organisation = (_iri(row[name]) for name in ("body", "on_behalf_of", "organisation"))
    is_absent = _text(row["held"]) == "false"
    if behalf:
        yield (behalf, body), True
    if organisation and organisation != behalf:
        yield (organisation, body), is_absent
    if not behalf and not organisation:
        yield (NO_PARTY, body), True


def _fill_cells(rows: list[Row]) -> dict[tuple[str, str], list[Seat]]:
    """Return the seats of each cell, one per fact; what a claim leaves unsaid about a party another may say."""
    by_fact: dict[str, list[Row]] = {}
    for row in rows:
        by_fact.setdefault(_iri(row["fact"]), []).append(row)
    cells: dict[tuple[str, str], list[Seat]] = {}
    for found in by_fact.values():
        places = {place: (is_own, row) for row in reversed(found) for place, is_own in _list_places(row)}
        named = {place: seat for place, seat in places.items() if place[0] != NO_PARTY}
        for place, (is_own, row) in sorted((named or places).items()):
            seat = Seat(_choose_sign(row), slug_of(_iri(row["standing"])), is_own, row)
            cells.setdefault(place, []).append(seat)
    return cells


def _choose_sign(row: Row) -> str:
    if _text(row["held"]) == "false":
        return ABSENT
    role = slug_of(_iri(row["role"])) if row["role"] else ""
    return role if role in (CHAIR, MEMBER) else OTHER


def _group_parties(section_of: dict[str, str], parties: Collection[str]) -> dict[str, list[str]]:
    """Return parties by section, in the order of the sections; seats without a party come last."""
    sections: dict[str, list[str]] = {section: [] for section in section_of.values()}
    for party in sorted(parties):
        sections.setdefault(section_of.get(party, NO_PARTY), []).append(party)
    return {section: found for section, found in sections.items() if found}


def _keep(by_line: dict[str, list[str]], bodies: Collection[str], leave_out: bool = False) -> dict[str, list[str]]:
    kept = {line: [body for body in found if (body in bodies) != leave_out] for line, found in by_line.items()}
    return {line: found for line, found in kept.items() if found}


def read_standing(matrix: Matrix, body: str) -> str:
    """Return how a body stands on the day of a matrix: ``confirmed``, ``last-known`` or ``later-known``."""
    if body not in matrix.governance.graph:
        return slug_of(rz("later-known").value)
    return slug_of(matrix.governance.graph.nodes[body]["standing"])
