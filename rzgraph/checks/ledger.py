"""What the ledger holds of one document, ready to be held against its text, and what was left out with a reason.

It is asked by ``queries/coverage``. Which lines a claim rests on decides which places it can cover.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from pyoxigraph import Store

from rzgraph.dates import Bounds, read_edtf
from rzgraph.namespaces import slug_of
from rzgraph.reading.lines import Found
from rzgraph.reading.naming import split_tokens
from rzgraph.reading.register import Register, ask_rows
from rzgraph.settings import Project
from rzgraph.sources import fold, read_lines


@dataclass(frozen=True)
class Statement:
    """The lines and fragment of one claim or several that share them, and all things they name."""

    first: int
    last: int
    fragment: str
    things: frozenset[str]


@dataclass
class Record:
    """What one claim, or the heading of a table, records: numbers, dates, and words as written."""

    first: int
    last: int
    numbers: list[Decimal] = field(default_factory=list)
    dates: list[Bounds] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class LeftOut:
    """Lines of a document that are left out, or a name in them."""

    first: int
    last: int
    name: str


@dataclass(frozen=True)
class Text:
    """A catalogued document: its IRI, text file and SHA-256, and the date and title it bears."""

    document: str
    file: str
    sha256: str
    issued: str
    title: str

    @property
    def slug(self) -> str:
        """The short name of the document."""
        return slug_of(self.document)


@dataclass(frozen=True)
class Known:
    """What is known of one document.

    Attributes
    ----------
    text
        The document.
    statements, amounts, records
        Its claims, those about amounts with the amount as fragment, and what each records.
    links
        Per address or title of another document the lines of the claims that give it.
    spellings
        The things each spelling names.
    left_out
        What no claim covers on purpose.
    """

    text: Text
    statements: tuple[Statement, ...]
    amounts: tuple[Statement, ...]
    records: tuple[Record, ...]
    links: dict[str, list[tuple[int, int]]]
    spellings: dict[tuple[str, ...], set[str]]
    left_out: tuple[LeftOut, ...]

    def leaves_out(self, found: Found, named_only: bool = False) -> bool:
        """Tell whether a place is left out: its lines with all that stands in them, or by its very words."""
        words = split_tokens(found.words)
        here = [entry for entry in self.left_out if entry.first <= found.first and found.last <= entry.last]
        return any(split_tokens(entry.name) == words if entry.name else not named_only for entry in here)


class Ledger:
    """The claims of all documents, and what is left out."""

    def __init__(self, store: Store, project: Project, register: Register) -> None:
        self._register = register
        self.texts = [Text(**row) for row in ask_rows(store, project, "documents")]
        names = ("claims", "amounts", "records", "headings", "links", "spellings", "left-out")
        self._rows: dict[str, dict[str, list[dict[str, str]]]] = {}
        for name in names:
            rows: dict[str, list[dict[str, str]]] = defaultdict(list)
            for row in ask_rows(store, project, name):
                rows[row["document"]].append(row)
            self._rows[name] = rows

    def known_of(self, text: Text, last: int) -> Known:
        """Return what is known of a document of so many lines."""
        rows = {name: rows.get(text.document, []) for name, rows in self._rows.items()}
        amounts = tuple(Statement(*_lines(row), row["text"], frozenset([row["claim"]])) for row in rows["amounts"])
        spellings: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for row in rows["spellings"]:
            spellings[split_tokens(row["name"])].add(row["thing"])
        links: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for row in rows["links"]:
            links[row["text"]].append(_lines(row))
        return Known(
            text,
            self._read_statements(rows["claims"]),
            amounts,
            (*_read_records(rows["records"]), *_read_headings(rows["headings"])),
            dict(links),
            dict(spellings),
            _read_left_out(rows["left-out"], last),
        )

    def _read_statements(self, rows: Iterable[dict[str, str]]) -> tuple[Statement, ...]:
        things: dict[tuple[int, int, str], set[str]] = defaultdict(set)
        for row in rows:
            things[*_lines(row), row["fragment"]].add(row["thing"])
        named = self._register.names_in
        return tuple(Statement(*key, named(fold(key[2])) | found) for key, found in things.items())


def _lines(row: dict[str, str]) -> tuple[int, int]:
    return int(row["first"]), int(row["last"])


def _read_records(rows: Iterable[dict[str, str]]) -> Iterable[Record]:
    records: dict[str, Record] = {}
    for row in rows:
        record = records.setdefault(row["claim"], Record(*_lines(row)))
        if row["sort"] == "words":
            record.words.append(row["text"])
        elif row["sort"] == "number":
            record.numbers += _read_number(row["text"])
        else:
            record.dates += _read_date(row["text"])
    return records.values()


def _read_number(text: str) -> list[Decimal]:
    try:
        return [Decimal(text)]
    except InvalidOperation:
        return []


def _read_date(text: str) -> list[Bounds]:
    # What is no date or number is reported by the shapes.
    try:
        return [read_edtf(text)]
    except ValueError:
        return []


def _read_headings(rows: Iterable[dict[str, str]]) -> Iterable[Record]:
    for row in rows:
        if lines := read_lines(row["lines"]):
            yield Record(*lines, words=[row["text"]])


def _read_left_out(rows: Iterable[dict[str, str]], last: int) -> tuple[LeftOut, ...]:
    ranges = [(read_lines(row["lines"] or f"1-{last}"), row["name"]) for row in rows]
    return tuple(LeftOut(*lines, name) for lines, name in ranges if lines)
