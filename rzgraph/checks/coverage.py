"""What the claims leave uncovered: the names and amounts in the texts, and the lines no claim touches.

A place is a name on a line. It is covered when a claim of that document, on lines that hold the place, points at what
the name names or has it in its fragment; it is repeated when a claim elsewhere in the document records that the thing
is called so there, which never suffices for a person; it is explained when a curator left it out with a reason
(``rz:LeftOut``). An amount is covered by a claim about an amount on lines that hold it, with the same words as
written; where it stands on a line more than once, as in the cells of a row, by as many claims. Which names are looked
for is asked by ``queries/coverage``. No more of a text is shown than a name or a few words.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from rzgraph.checks.figures import find_figures
from rzgraph.checks.naming import Found, Gazetteer, Name, NamesInText, holds_words, split_tokens
from rzgraph.errors import InputError, UsageError
from rzgraph.messages import message
from rzgraph.money import parse_amount
from rzgraph.namespaces import rz, slug_of
from rzgraph.queries import read_question, run_question
from rzgraph.settings import Project
from rzgraph.sources import fold, read_lines, read_source

#: The kinds of names that can be asked for, by the word of the option, in the order a name of two kinds is counted.
KINDS = {"persons": rz("Person"), "organisations": rz("Party"), "bodies": rz("Body"), "amounts": rz("Amount")}
#: How many words of a line show where it is, and never what it says.
FIRST_WORDS = 4


@dataclass(frozen=True)
class Place:
    """A name or amount on a line: its document, kind and state (``covered``, ``repeated``, ``explained``, ``open``)."""

    document: str
    kind: NamedNode
    found: Found
    state: str


@dataclass(frozen=True)
class Coverage:
    """What was found in the texts.

    Attributes
    ----------
    documents
        The slugs of the documents that were read.
    places
        Their names.
    lines
        How many of their lines hold text.
    open_lines
        Those that no claim touches and nothing explains: document, line, first words.
    """

    documents: tuple[str, ...]
    places: tuple[Place, ...]
    lines: int
    open_lines: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True)
class _Claim:
    first: int
    last: int
    fragment: str
    things: frozenset[str]


@dataclass(frozen=True)
class _LeftOut:
    first: int
    last: int
    name: str


@dataclass(frozen=True)
class _Known:
    """What is known of one document: claims, amounts as written, the things each spelling names, what is left out."""

    claims: tuple[_Claim, ...]
    amounts: tuple[_Claim, ...]
    spellings: dict[tuple[str, ...], set[str]]
    left_out: tuple[_LeftOut, ...]


class _Register:
    """What the graph knows: names and their kinds, cues, claims and what is left out."""

    def __init__(self, store: Store, project: Project) -> None:
        self._store, self._folder = store, project.queries / "coverage"
        names = self.ask("names")
        self.kinds = {row["thing"]: row["kind"] for row in names}
        self.gazetteer = Gazetteer(Name(row["thing"], row["name"], row["capitals"]) for row in names)
        cues = self.ask("cues")
        self.titles = sorted(row["word"] for row in cues if row["kind"] == rz("Person").value)
        self.bodies = {row["word"] for row in cues if row["kind"] == rz("Body").value}
        self._claims, self._amounts = self.ask("claims"), self.ask("amounts")
        self._spellings, self._left_out = self.ask("spellings"), self.ask("left-out")

    def ask(self, name: str) -> list[dict[str, str]]:
        """Return the rows of a question as texts, empty where there is no value."""
        answer = run_question(self._store, read_question(self._folder / f"{name}.rq"))
        return [{column: getattr(value, "value", "") for column, value in row.items()} for row in answer.rows]

    def known_of(self, document: str, last: int) -> _Known:
        """Return what is known of a document of so many lines."""
        spellings: dict[tuple[str, ...], set[str]] = {}
        for row in self._spellings:
            if row["document"] == document:
                spellings.setdefault(split_tokens(row["name"]), set()).add(row["thing"])
        amounts = tuple(
            _Claim(int(row["first"]), int(row["last"]), row["text"], frozenset([row["claim"]]))
            for row in self._amounts
            if row["document"] == document
        )
        return _Known(self._claims_of(document), amounts, spellings, self._left_out_of(document, last))

    def _claims_of(self, document: str) -> tuple[_Claim, ...]:
        things: dict[tuple[int, int, str], set[str]] = {}
        for row in self._claims:
            if row["document"] == document:
                key = int(row["first"]), int(row["last"]), row["fragment"]
                things.setdefault(key, set()).add(row["thing"])
        return tuple(_Claim(*key, self._named_in(key[2]) | named) for key, named in things.items())

    def _named_in(self, fragment: str) -> frozenset[str]:
        """Return all that a fragment names."""
        return frozenset(key for _, _, keys in self.gazetteer.find(fold(fragment)) for key in keys)

    def _left_out_of(self, document: str, last: int) -> tuple[_LeftOut, ...]:
        rows = [row for row in self._left_out if row["document"] == document]
        ranges = [(read_lines(row["lines"] or f"1-{last}"), row["name"]) for row in rows]
        return tuple(_LeftOut(*lines, name) for lines, name in ranges if lines)

    def kind(self, found: Found) -> NamedNode | None:
        """Return the kind of a name, guessed by its words where it is unknown; None for one nobody asks for."""
        if found.keys:
            named = {self.kinds[key] for key in found.keys}
            return next((kind for kind in KINDS.values() if kind.value in named), None)
        if found.person:
            return KINDS["persons"]
        return KINDS["bodies" if self.bodies & set(split_tokens(found.words)) else "organisations"]


def measure_coverage(store: Store, project: Project, document: str = "", lang: str = "nl") -> Coverage:
    """Look for names in the texts and hold them against the claims.

    Parameters
    ----------
    store
        From `rzgraph.facts.open_store`.
    project
        Says where the texts are.
    document
        The slug of one document; all when empty.
    lang
        Language of what is said when it cannot be done.

    Raises
    ------
    UsageError
        When there is no such document.
    InputError
        When a text is missing, or is not the text that was read.
    """
    register = _Register(store, project)
    rows = register.ask("documents")
    slugs = [slug_of(row["document"]) for row in rows]
    if document and document not in slugs:
        raise UsageError(message("coverage.unknown-document", lang, document=document, documents=", ".join(slugs)))
    places: list[Place] = []
    open_lines: list[tuple[str, int, str]] = []
    count = 0
    for row, slug in zip(rows, slugs, strict=True):
        if document in ("", slug):
            path = project.sources / row["file"]
            text = read_source(path)
            if text.sha256 != row["sha256"]:
                raise InputError(message("coverage.changed-text", lang, path=path))
            known = register.known_of(row["document"], len(text.lines))
            names = NamesInText(text.lines, register.gazetteer, register.titles)
            places += _judge_names(slug, names, register, known)
            places += _judge_amounts(slug, find_figures(text.lines), known)
            touched = _touched(known)
            filled = [(number, fold(line)) for number, line in enumerate(text.lines, 1) if fold(line)]
            count += len(filled)
            open_lines += [(slug, number, _first_words(line)) for number, line in filled if number not in touched]
    read = tuple(slug for slug in slugs if document in ("", slug))
    return Coverage(read, tuple(places), count, tuple(open_lines))


def _judge_names(document: str, names: NamesInText, register: _Register, known: _Known) -> Iterator[Place]:
    # The same name twice on a line is one place.
    for found in sorted(dict.fromkeys([*names.known, *names.unknown]), key=lambda f: (f.first, f.last, f.words)):
        if kind := register.kind(found):
            yield Place(document, kind, found, _judge(found, known))


def _judge(found: Found, known: _Known) -> str:
    near = [claim for claim in known.claims if claim.first <= found.first and found.last <= claim.last]
    if any(
        not claim.things.isdisjoint(found.keys) if found.keys else holds_words(claim.fragment, found.words)
        for claim in near
    ):
        return "covered"
    if _is_left_out(found, known):
        return "explained"
    words = split_tokens(found.words)
    return "open" if known.spellings.get(words, set()).isdisjoint(found.keys) else "repeated"


def _judge_amounts(document: str, figures: Iterable[Found], known: _Known) -> Iterator[Place]:
    seen: Counter[Found] = Counter()
    for found in figures:
        seen[found] += 1
        near = [claim for claim in known.amounts if claim.first <= found.first and found.last <= claim.last]
        same = [claim for claim in near if _is_same_amount(claim.fragment, found.words)]
        state = "covered" if len(same) >= seen[found] else "explained" if _is_left_out(found, known) else "open"
        yield Place(document, KINDS["amounts"], found, state)


def _is_same_amount(written: str, words: str) -> bool:
    """Tell whether one holds the other: ``€ 5`` stands in ``tussen € 5 en € 6`` and has ``5`` in it."""
    return holds_words(written, words) or (parse_amount(written) is not None and holds_words(words, written))


def _is_left_out(found: Found, known: _Known) -> bool:
    words = split_tokens(found.words)
    here = [entry for entry in known.left_out if entry.first <= found.first and found.last <= entry.last]
    return any(not entry.name or split_tokens(entry.name) == words for entry in here)


def _touched(known: _Known) -> set[int]:
    ranges = [(claim.first, claim.last) for claim in known.claims]
    ranges += [(entry.first, entry.last) for entry in known.left_out if not entry.name]
    return {number for first, last in ranges for number in range(first, last + 1)}


def _first_words(line: str) -> str:
    words = line.split(" ")
    return " ".join(words[:FIRST_WORDS]) + (" …" if len(words) > FIRST_WORDS else "")
