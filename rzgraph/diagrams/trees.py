"""What programmes are made up of: the wholes and parts the documents state, as trees.

In goes the store, out come rows without a layout. Every document keeps its own structure: a place in a whole is
remembered with the documents that state it. A programme in two wholes stands under both, with its parts under the
first; what would stand under itself is left out there.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode, Store

from rzgraph.namespaces import term
from rzgraph.queries import Answer, Row, Term, read_question, run_question
from rzgraph.settings import Project

#: The columns of the text twin.
TWIN = ("programme", "whole", "kind", "status", "name", "claim", "basis", "document", "lines", "fragment")


@dataclass(frozen=True)
class Said:
    """What one document says of a programme where it stands in a whole.

    `is_placed` tells whether it puts it there, `is_derived` whether every claim that does so is derived.
    """

    is_placed: bool
    is_derived: bool
    statuses: tuple[str, ...]


@dataclass(frozen=True)
class Branch:
    """A programme at a place in a tree.

    Attributes
    ----------
    depth
        How many wholes it stands under.
    kinds
        What the documents say it is.
    said
        Document to what it says; documents that do not name it are left out.
    is_elsewhere
        Whether its parts stand at another place, further up.
    is_last
        Whether nothing follows it under the same whole.
    """

    programme: str
    depth: int
    kinds: tuple[str, ...]
    said: Mapping[str, Said]
    is_elsewhere: bool
    is_last: bool


@dataclass(frozen=True)
class Trees:
    """The branches from top to foot, programmes that stand in no whole, the documents, and the text twin."""

    branches: tuple[Branch, ...]
    loose: tuple[str, ...]
    documents: tuple[tuple[str, str], ...]
    twin: Answer

    @property
    def programmes(self) -> set[str]:
        """All programmes that stand in a tree."""
        return {branch.programme for branch in self.branches}


class Claims:
    """Claims about programmes in documents up to a day, looked up by programme, whole and document."""

    def __init__(self, rows: list[Row], issued: list[tuple[str, str]]) -> None:
        self.rows = rows
        self.kinds: dict[str, dict[str, None]] = defaultdict(dict)
        self.parts: dict[str, dict[str, None]] = defaultdict(dict)
        self._placed: dict[tuple[str, str, str], list[bool]] = defaultdict(list)
        self._statuses: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in rows:
            programme, whole, document = (_text(row[name]) for name in ("programme", "whole", "document"))
            self._statuses[programme, document] |= {_text(row["status"])} - {""}
            if row["kind"] is not None:
                self.kinds[programme][_text(row["kind"])] = None
            if whole and whole != programme:
                self.parts[whole][programme] = None
                self._placed[whole, programme, document].append(_text(row["basis"]).endswith("#derived"))
        named = {document for _, document in self._statuses}
        self.documents = tuple((document, day) for document, day in issued if document in named)

    def said_of(self, programme: str, whole: str) -> dict[str, Said]:
        """Return what each document that names a programme says of it in a whole."""
        found = {}
        for document, _ in self.documents:
            if (programme, document) in self._statuses:
                placed = self._placed.get((whole, programme, document), [])
                statuses = tuple(sorted(self._statuses[programme, document]))
                found[document] = Said(bool(placed), bool(placed) and all(placed), statuses)
        return found


def read_claims(store: Store, project: Project, day: date) -> Claims:
    """Return what documents up to a day say of programmes.

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
    folder = project.queries / "networks"
    at = Literal(day.isoformat(), datatype=term("xsd:date"))
    rows = run_question(store, read_question(folder / "programmes-claims.rq"), {"_at_date": at}).rows
    issued = run_question(store, read_question(folder / "lives-documents.rq")).rows
    return Claims(rows, [(_text(row["document"]), _text(row["issued"])) for row in issued])


def build_trees(claims: Claims, root: str = "") -> Trees:
    """Return all programmes, or one of them with all that it is made up of.

    Parameters
    ----------
    root
        The programme at the top; every programme that is part of nothing when empty.
    """
    branches = tuple(_grow(claims, [root] if root else _find_roots(claims)))
    named = {branch.programme for branch in branches}
    every = dict.fromkeys(_text(row["programme"]) for row in claims.rows)
    kept = [row for row in claims.rows if not root or _text(row["programme"]) in named]
    return Trees(
        branches,
        () if root else tuple(programme for programme in every if programme not in named),
        claims.documents,
        Answer(TWIN, [{name: row[name] for name in TWIN} for row in kept]),
    )


def _find_roots(claims: Claims) -> list[str]:
    """Return the wholes that are part of nothing, in the order of the documents; of a circle its first."""
    within = {part for parts in claims.parts.values() for part in parts}
    roots = [whole for whole in claims.parts if whole not in within]
    reached = set(roots)
    for whole in claims.parts:
        if whole not in reached and not _is_reached(claims, whole, roots):
            roots.append(whole)
        reached.add(whole)
    order = {programme: place for place, programme in enumerate(_order_of(claims.rows))}
    return sorted(roots, key=lambda root: order.get(root, len(order)))


def _order_of(rows: Iterable[Row]) -> dict[str, None]:
    return dict.fromkeys(_text(row[name]) for row in rows for name in ("whole", "programme") if row[name] is not None)


def _is_reached(claims: Claims, wanted: str, roots: list[str]) -> bool:
    seen, ahead = set(roots), list(roots)
    while ahead:
        for part in claims.parts.get(ahead.pop(), ()):
            if part == wanted:
                return True
            if part not in seen:
                seen.add(part)
                ahead.append(part)
    return False


def _grow(claims: Claims, roots: list[str]) -> Iterator[Branch]:
    opened: set[str] = set()

    def climb(programme: str, whole: str, path: tuple[str, ...], is_last: bool) -> Iterator[Branch]:
        parts = [part for part in claims.parts.get(programme, ()) if part not in (*path, programme)]
        is_elsewhere = bool(parts) and programme in opened
        said = claims.said_of(programme, whole)
        yield Branch(programme, len(path), tuple(claims.kinds.get(programme, ())), said, is_elsewhere, is_last)
        if not is_elsewhere:
            opened.add(programme)
            for part in parts:
                yield from climb(part, programme, (*path, programme), part == parts[-1])

    for root in roots:
        yield from climb(root, "", (), root == roots[-1])


def _text(value: Term | None) -> str:
    return value.value if isinstance(value, NamedNode | Literal) else ""
