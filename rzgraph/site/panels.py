"""The tables of the pages: every query of ``queries/pages`` run once, its rows handed out per thing.

A panel query projects ``?entity`` first; its other columns are what the table shows, apart from standing and
evidence, which have a place of their own. Rows about the same fact become one row with all its evidence.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pyoxigraph import Literal, NamedNode, Store

from rzgraph.namespaces import slug_of, term
from rzgraph.queries import Answer, Question, Row, Term, list_questions, run_question
from rzgraph.settings import Project
from rzgraph.site.evidence import (
    Claim,
    find_fact,
    read_claim,
    read_periods,
    sort_statements,
    standing_on,
    write_periods,
)
from rzgraph.site.things import Things

#: Columns every panel may have, shown apart from its own.
ASIDE = (
    "standing",
    "first_attested",
    "last_attested",
    "claim",
    "basis",
    "document",
    "lines",
    "fragment",
    "fact",
    "calculation",
)


Joined = Sequence[Sequence[str]]
Columns = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class PanelRow:
    """One row of a table: its cells by column, how it stands over time, and the statements that carry it."""

    cells: dict[str, tuple[Term, ...]]
    standing: str
    periods: str
    first: str
    last: str
    claims: tuple[Claim, ...]

    def take(self, columns: Iterable[str]) -> tuple[Term, ...]:
        """Return what the row holds in some columns of the query."""
        return tuple(value for column in columns for value in self.cells.get(column, ()))

    def shorten(self) -> "PanelRow":
        """Return the row with only the last of its statements."""
        return replace(self, claims=self.claims[-1:])


@dataclass(frozen=True)
class Panel:
    """One table of a page, with the query behind it; a column of the table can join columns of the query."""

    question: Question
    columns: Columns
    rows: tuple[PanelRow, ...]

    @property
    def has_standing(self) -> bool:
        """Whether any row has a standing."""
        return any(row.standing for row in self.rows)

    @property
    def has_evidence(self) -> bool:
        """Whether any row names the statements it rests on."""
        return any(row.claims for row in self.rows)

    def without_standing(self) -> "Panel":
        """Return the panel without standings: its rows are about no single fact."""
        plain = [replace(row, standing="", periods="", first="", last="") for row in self.rows]
        return replace(self, rows=tuple(plain))

    def keep(self, standings: list[str]) -> "Panel":
        """Return the panel with only the rows that stand in one of these ways."""
        return replace(self, rows=tuple(row for row in self.rows if row.standing in standings))


@dataclass
class _Group:
    """Rows of an answer that become one row of a table."""

    row: Row
    cells: dict[str, dict[Term, None]] = field(default_factory=lambda: defaultdict(dict))
    claims: dict[str, None] = field(default_factory=dict)


def read_panels(
    store: Store, project: Project, things: Things, kind: str, day: date, joined: Joined = ()
) -> dict[str, list[Panel]]:
    """Run the panel queries of a kind of thing and return the panels of each thing.

    Parameters
    ----------
    kind
        The kind of page: the first part of the file names in ``queries/pages``.
    day
        The day the standing column holds for.
    joined
        Columns that become one column where a table has them all.

    Returns
    -------
    dict
        IRI of the thing to its panels, in the order of the file names; panels without rows are left out.
    """
    panels: dict[str, list[Panel]] = defaultdict(list)
    for question in list_questions(project.queries / "pages"):
        if question.name.partition(".")[0] == kind:
            for entity, panel in run_panel(store, things, question, day, joined=joined).items():
                panels[entity].append(panel)
    return panels


def run_panel(
    store: Store, things: Things, question: Question, day: date, by: str = "entity", joined: Joined = ()
) -> dict[str, Panel]:
    """Run one query for all things at once and return its table per thing.

    Parameters
    ----------
    by
        The column whose things the rows are handed out to.
    """
    answer = _ask(store, question, day)
    shown = tuple(column for column in answer.columns if column not in (by, *ASIDE))
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in answer.rows:
        entity = row[by]
        if isinstance(entity, NamedNode):
            grouped[entity.value].append(row)
    panels = {
        entity: make_panel(things, question, shown, rows, entity, day.isoformat(), joined)
        for entity, rows in grouped.items()
    }
    # Rows of statements, and not of facts, have no standing.
    is_factual = not {"fact", "standing"}.isdisjoint(answer.columns)
    return panels if is_factual else {entity: panel.without_standing() for entity, panel in panels.items()}


def _ask(store: Store, question: Question, day: date) -> Answer:
    at = Literal(day.isoformat(), datatype=term("xsd:date"))
    return run_question(store, question, {"_at_date": at} if "at" in question.params else {})


def read_overview(store: Store, project: Project, things: Things, name: str, day: date, joined: Joined) -> list[Panel]:
    """Run the panel queries of a page about the whole and return its tables; those without rows are left out.

    Parameters
    ----------
    name
        The name of the page: the first part of the file names in ``queries/pages``.
    day
        The day the standing column holds for.
    """
    panels = []
    for question in list_questions(project.queries / "pages"):
        if question.name.partition(".")[0] == name:
            answer = _ask(store, question, day)
            shown = tuple(column for column in answer.columns if column not in ASIDE)
            panel = make_panel(things, question, shown, answer.rows, "", day.isoformat(), joined)
            panels.append(panel if "fact" in answer.columns else panel.without_standing())
    return [panel for panel in panels if panel.rows]


def join_columns(used: Iterable[str], joined: Iterable[Sequence[str]]) -> Columns:
    """Return the columns of a table: those that belong together, such as a person or the post, become one."""
    found = tuple(used)
    groups = [tuple(group) for group in joined if set(group) <= set(found)]
    heads = {column: next((group for group in groups if column in group), (column,)) for column in found}
    return tuple(dict.fromkeys(heads[column] for column in found))


def make_panel(
    things: Things,
    question: Question,
    shown: tuple[str, ...],
    rows: list[Row],
    entity: str,
    day: str,
    joined: Joined = (),
) -> Panel:
    """Return rows as a table: those of one fact, of one key, or that say the same, as one row with all their evidence.

    Parameters
    ----------
    shown
        The columns of the table, in order; those that hold nothing, or always the thing itself, are left out.
    entity
        The thing the rows are about, by which the fact behind a row is known where the row does not name it.
    day
        The day the standing column holds for (ISO).
    joined
        Columns that become one column where a table has them all.
    """
    groups: dict[tuple[str, ...], _Group] = {}
    keys = [column for column, described in question.columns.items() if described.get("key")] or shown
    for row in rows:
        fact = _text(row.get("fact")) or _text(row.get("calculation"))
        key = (fact,) if fact else tuple(_text(row.get(column)) for column in keys)
        group = groups.setdefault(key, _Group(row))
        for column in shown:
            if (value := row[column]) is not None:
                group.cells[column][value] = None
        if claim := _text(row.get("claim")):
            group.claims[claim] = None
    for group in groups.values():
        _drop_repeats(group, question)
    used = [column for column in shown if _tells(column, groups.values(), entity)]
    made = tuple(_make_row(things, group, entity, day) for group in groups.values())
    return Panel(question, join_columns(used, joined), made)


def _drop_repeats(group: _Group, question: Question) -> None:
    """Empty the cells that only repeat the column they should differ from."""
    for column, described in question.columns.items():
        other = described.get("differs")
        if other and group.cells[column] == group.cells[str(other)]:
            group.cells[column] = {}


def _tells(column: str, groups: Iterable[_Group], entity: str) -> bool:
    """Tell whether a column says anything: that every row is about the thing of the page is known."""
    found = [[_text(value) for value in group.cells[column]] for group in groups]
    return any(found) and any(values != [entity] for values in found)


def _make_row(things: Things, group: _Group, entity: str, day: str) -> PanelRow:
    row, cells = group.row, {column: tuple(values) for column, values in group.cells.items() if values}
    named = {value.value for values in cells.values() for value in values if isinstance(value, NamedNode)}
    fact = _text(row.get("fact")) or find_fact(things, group.claims, named | {entity})
    stretches = read_periods(things, fact)
    standing = _text(row.get("standing"))
    return PanelRow(
        cells,
        slug_of(standing) if standing else standing_on(stretches, day),
        write_periods(stretches),
        _text(row.get("first_attested")) or things.text(fact, "rz:firstAttested"),
        _text(row.get("last_attested")) or things.text(fact, "rz:lastAttested"),
        tuple(read_claim(things, claim) for claim in sort_statements(things, group.claims)),
    )


def _text(value: Term | None) -> str:
    return value.value if isinstance(value, NamedNode | Literal) else ""
