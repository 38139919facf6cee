"""What the claims leave uncovered: names, amounts, figures, dates and addresses in the texts, and untouched lines.

A place is what stands on a line (see `rzgraph.reading.places`). It is covered by a claim of that document on lines
that hold it:

- a name, when the claim points at what it names or has it in its fragment; it is repeated when a claim elsewhere in
  the document records that the thing is called so there, which never suffices for a person;
- an amount, when the claim is about an amount with the same words as written;
- a number or percentage, when the claim records that number: typed, or in words it keeps as written; a number in
  words also when it stands in the fragment. Numbers and amounts that stand on a line more than once, as in the cells
  of a row, want as many claims;
- a date, when the claim states a time that begins or ends in it (at both ends of a period; a year does not cover a
  day), or keeps it in words as written; and when it is the date, or stands in the title, of the document itself;
- a web address, when the claim is about another document and gives that very address, once for each time it stands
  there.

It is explained when a curator left it out with a reason (``rz:LeftOut``); an address only by its very words. No more
of a text is shown than a name or a few words.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pyoxigraph import NamedNode, Store

from rzgraph.checks.ledger import Known, Ledger, Record
from rzgraph.dates import read_edtf
from rzgraph.errors import InputError, UsageError
from rzgraph.messages import message
from rzgraph.money import parse_amount
from rzgraph.reading.addresses import is_whole
from rzgraph.reading.lines import Found
from rzgraph.reading.moments import Moment
from rzgraph.reading.naming import holds_words, split_tokens
from rzgraph.reading.numerals import find_numerals
from rzgraph.reading.places import Spot, read_places
from rzgraph.reading.register import KINDS, Register
from rzgraph.settings import Project
from rzgraph.sources import fold, read_source

#: How many words of a line show where it is, and never what it says.
FIRST_WORDS = 4


@dataclass(frozen=True)
class Place:
    """A place in a text: its document, kind and state (``covered``, ``repeated``, ``explained``, ``open``)."""

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
        Their names, amounts, figures, dates and addresses.
    lines
        How many of their lines hold text.
    open_lines
        Those that no claim touches and nothing explains: document, line, first words.
    """

    documents: tuple[str, ...]
    places: tuple[Place, ...]
    lines: int
    open_lines: tuple[tuple[str, int, str], ...]


def measure_coverage(store: Store, project: Project, document: str = "", lang: str = "nl") -> Coverage:
    """Look for places in the texts and hold them against the claims.

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
    register = Register(store, project)
    ledger = Ledger(store, project, register)
    texts = [text for text in ledger.texts if document in ("", text.slug)]
    if not texts and document:
        slugs = ", ".join(text.slug for text in ledger.texts)
        raise UsageError(message("coverage.unknown-document", lang, document=document, documents=slugs))
    places: list[Place] = []
    open_lines: list[tuple[str, int, str]] = []
    count = 0
    for text in texts:
        path = project.sources / text.file
        source = read_source(path)
        if source.sha256 != text.sha256:
            raise InputError(message("coverage.changed-text", lang, path=path))
        known = ledger.known_of(text, len(source.lines))
        places += judge_places(read_places(source.lines, register), known)
        touched = _touched(known)
        filled = [(number, fold(line)) for number, line in enumerate(source.lines, 1) if fold(line)]
        count += len(filled)
        open_lines += [(text.slug, number, _first_words(line)) for number, line in filled if number not in touched]
    return Coverage(tuple(text.slug for text in texts), tuple(places), count, tuple(open_lines))


def judge_places(spots: Iterable[Spot], known: Known) -> list[Place]:
    """Return the places of a text with their state."""
    seen: Counter[tuple[object, ...]] = Counter()
    places = []
    for spot in spots:
        key = (spot.kind, spot.found.first, spot.found.last, spot.values or spot.found.words)
        seen[key] += 1
        places.append(Place(known.text.slug, spot.kind, spot.found, _judge(spot, seen[key], known)))
    return places


def _judge(spot: Spot, times: int, known: Known) -> str:
    kind, found = spot.kind, spot.found
    if kind == KINDS["amounts"]:
        covered = _count_amounts(found, known) >= times
    elif kind in (KINDS["numbers"], KINDS["percentages"]):
        covered = _is_number_covered(spot, times, known)
    elif kind == KINDS["dates"]:
        covered = _is_date_covered(spot, known)
    elif kind == KINDS["urls"]:
        covered = _count_links(found, known) >= times
    else:
        covered = _is_name_covered(found, known)
    if covered:
        return "covered"
    if known.leaves_out(found, named_only=kind == KINDS["urls"]):
        return "explained"
    return "repeated" if not known.spellings.get(split_tokens(found.words), set()).isdisjoint(found.keys) else "open"


def _is_name_covered(found: Found, known: Known) -> bool:
    near = [claim for claim in known.statements if claim.first <= found.first and found.last <= claim.last]
    return any(
        not claim.things.isdisjoint(found.keys) if found.keys else holds_words(claim.fragment, found.words)
        for claim in near
    )


def _count_amounts(found: Found, known: Known) -> int:
    near = [claim for claim in known.amounts if claim.first <= found.first and found.last <= claim.last]
    return sum(_is_same_amount(claim.fragment, found.words) for claim in near)


def _is_same_amount(written: str, words: str) -> bool:
    """Tell whether one holds the other: ``€ 5`` stands in ``tussen € 5 en € 6`` and has ``5`` in it."""
    return holds_words(written, words) or (parse_amount(written) is not None and holds_words(words, written))


def _near(found: Found, known: Known) -> list[Record]:
    return [record for record in known.records if record.first <= found.first and found.last <= record.last]


def _is_number_covered(spot: Spot, times: int, known: Known) -> bool:
    found = spot.found
    records = _near(found, known)
    if spot.values:
        recorded = sum(_count_number(spot.values, record) for record in records)
    else:
        recorded = sum(any(holds_words(words, found.words) for words in record.words) for record in records)
    if recorded >= times:
        return True
    near = [claim for claim in known.statements if claim.first <= found.first and found.last <= claim.last]
    return spot.word and any(holds_words(claim.fragment, found.words) for claim in near)


def _count_number(values: frozenset[Decimal], record: Record) -> int:
    """Return how often a claim records a number; typed and as written are one and the same."""
    typed = sum(abs(number) in values for number in record.numbers)
    written = [sum(not values.isdisjoint(other) for other in _numbers_in(words)) for words in record.words]
    return max([typed, *written])


@lru_cache(maxsize=4096)
def _numbers_in(words: str) -> tuple[frozenset[Decimal], ...]:
    return tuple(numeral.values for numeral in find_numerals(words, str.isalpha))


def _is_date_covered(spot: Spot, known: Known) -> bool:
    found, text = spot.found, known.text
    if holds_words(text.title, found.words) or _is_own_date(spot.moments, text.issued):
        return True
    records = _near(found, known)
    if any(holds_words(words, found.words) for record in records for words in record.words):
        return True
    dates = [bounds for record in records for bounds in record.dates]
    if spot.moments and all(any(moment.is_bound_of(bounds) for bounds in dates) for moment in spot.moments):
        return True
    # Four digits that look like a year can be a figure: 2032 applications.
    values = frozenset([Decimal(found.words)]) if found.words.isdecimal() else frozenset()
    return any(_count_number(values, record) for record in records)


def _is_own_date(moments: tuple[Moment, ...], issued: str) -> bool:
    try:
        own = read_edtf(issued)
    except ValueError:
        return False
    return len(moments) == 1 and bool(moments[0].edtf) and read_edtf(moments[0].edtf) == own


def _count_links(found: Found, known: Known) -> int:
    written = [found.words]
    if not is_whole(found.words):
        written = [text for text in known.links if text.casefold() == found.words.casefold()]
    near = [lines for text in written for lines in known.links.get(text, [])]
    return sum(first <= found.first and found.last <= last for first, last in near)


def _touched(known: Known) -> set[int]:
    ranges = [(claim.first, claim.last) for claim in known.statements]
    ranges += [(entry.first, entry.last) for entry in known.left_out if not entry.name]
    return {number for first, last in ranges for number in range(first, last + 1)}


def _first_words(line: str) -> str:
    words = line.split(" ")
    return " ".join(words[:FIRST_WORDS]) + (" …" if len(words) > FIRST_WORDS else "")
