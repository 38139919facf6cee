"""Names in a text: those that are known, those that look like names, and the lines they stand on.

A name is compared sign by sign, white space aside, so that it is found across a line break and never inside another
word. Of two names that overlap the one that begins first counts, then the longer one; an article does not count. What
known names leave is searched for what looks like a name: initials with a surname, several words with a capital, an
abbreviation.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rzgraph.reading.lines import Found, Lines, dig_holes

# Words, and every other sign by itself; white space and control characters (form feeds) are gaps. A name that looks
# like ``K. Visser-de Boer`` is thereby the same with or without blanks and line breaks between its parts.
_TOKEN = re.compile(r"\w+|[^\w\s\x00-\x1f\x7f-\x9f\u200b\u2060\ufeff]")
_CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
_WORD = rf"{_CAPITAL}[\w'’]*(?:-\w+)*"
_PARTICLE = r"(?:van|von|de|der|den|het|ten|ter|te|’t|'t|la)"
_INITIALS = re.compile(
    rf"(?<![\w.])(?:{_CAPITAL}[a-z]?\.[ \u00a0]?){{1,5}}\s?(?:{_PARTICLE}\s+){{0,3}}{_CAPITAL}[\w’']+(?:-\w+)*"
)
# Several words on one line: a line break between two words with a capital mostly parts two cells or two headings.
_JOINED = rf"[ \u00a0]+(?:(?:{_PARTICLE}|voor|&)[ \u00a0]+){{0,2}}{_WORD}"
_SEVERAL = re.compile(rf"(?<![\w-]){_WORD}(?:{_JOINED}){{1,5}}(?![\w-])")
_ABBREVIATION = re.compile(r"(?<![\w.])[A-Z]{2,6}(?!\w)")
_ROMAN = re.compile(r"[IVX]+")
_ARTICLES = ("de", "het", "een")
# What a sentence begins with is no part of a name.
_SMALL = re.compile(
    "aan|als|alle|bij|daarnaast|dat|de|deze|die|dit|door|een|eén|één|elk|elke|en|er|het|hoe|in|is|met|na|naast|naar|namens"
    "|om|onder|ook|op|over|per|samen|sinds|te|tijdens|tot|tussen|uit|van|vanaf|vanuit|via|voor|waar|waarbij|wat|we|wie"
    "|wij|zie|zo",
    re.I,
)


@dataclass(frozen=True)
class Name:
    """A name that is known: its capitals count (``exact``), only the first does (``first``), or none (``any``)."""

    key: str
    text: str
    capitals: str


def split_tokens(text: str) -> tuple[str, ...]:
    """Return the words and signs of a text, without regard to white space and capitals."""
    return tuple(token.casefold() for token in _TOKEN.findall(unicodedata.normalize("NFC", text)))


def holds_words(text: str, words: str) -> bool:
    """Tell whether words stand in a text one after the other, white space and capitals aside."""
    inside, wanted = split_tokens(text), split_tokens(words)
    starts = range(len(inside) - len(wanted) + 1)
    return bool(wanted) and any(inside[start : start + len(wanted)] == wanted for start in starts)


class Gazetteer:
    """Known names, ready to be looked for."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._by_first: dict[str, dict[tuple[str, ...], list[Name]]] = {}
        for name in names:
            if tokens := split_tokens(name.text):
                self._by_first.setdefault(tokens[0], {}).setdefault(tokens, []).append(name)

    def knows(self, word: str) -> bool:
        """Tell whether a word by itself is a name, written with a capital."""
        names = self._by_first.get(word.casefold(), {}).get((word.casefold(),), [])
        return any(_same_capitals(name, word) for name in names)

    def find(self, text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Yield begin, end and keys of every known name in a text, in order and without overlap."""
        matches = list(_TOKEN.finditer(text))
        folded = [match[0].casefold() for match in matches]
        at = 0
        while at < len(matches):
            length, keys = self._longest(text, matches, folded, at)
            if length > 1 and folded[at] in _ARTICLES and self._longest(text, matches, folded, at + 1)[0] >= length:
                # An article is the least of a name: ``de Board Arbeidsmarkt`` is not *De Board*.
                length, keys = 1, ()
            if keys:
                yield matches[at].start(), matches[at + length - 1].end(), keys
            at += length

    def _longest(
        self, text: str, matches: Sequence[re.Match[str]], folded: Sequence[str], at: int
    ) -> tuple[int, tuple[str, ...]]:
        known = self._by_first.get(folded[at], {})
        for tokens in sorted(known, key=len, reverse=True):
            if tuple(folded[at : at + len(tokens)]) == tokens:
                written = text[matches[at].start() : matches[at + len(tokens) - 1].end()]
                keys = tuple(sorted({name.key for name in known[tokens] if _same_capitals(name, written)}))
                if keys:
                    return len(tokens), keys
        return 1, ()


def _same_capitals(name: Name, written: str) -> bool:
    if name.capitals == "exact":
        wanted = unicodedata.normalize("NFC", name.text)
        return _TOKEN.findall(wanted) == _TOKEN.findall(written)
    return name.capitals == "any" or written[0] == written[0].upper()


@dataclass
class NamesInText:
    """The names in a text; what follows a title, such as *burgemeester*, is a person's name.

    Attributes
    ----------
    text
        The lines.
    gazetteer, titles
        The names that are known, and the titles.
    holes
        Where something else stands, such as a web address: no name is looked for there.
    known, unknown
        What was found: names that are known, and what only looks like a name.
    """

    text: Lines
    gazetteer: Gazetteer
    titles: Sequence[str] = ()
    holes: Sequence[tuple[int, int]] = ()
    known: list[Found] = field(init=False)
    unknown: list[Found] = field(init=False)

    def __post_init__(self) -> None:
        """Look for the names."""
        text = dig_holes(self.text.text, self.holes)
        spans = list(self.gazetteer.find(text))
        self.known = [self.text.locate(begin, end, keys) for begin, end, keys in spans]
        rest = dig_holes(text, [(begin, end) for begin, end, _ in spans])
        self.unknown = [
            self.text.locate(begin, end, person=person) for begin, end, person in find_candidates(rest, self.titles)
        ]


def find_candidates(text: str, titles: Sequence[str] = ()) -> list[tuple[int, int, bool]]:
    """Return all that looks like a name: begin, end, and whether like a person's, in order and without overlap.

    A line in capitals throughout is a heading: its words are neither names nor abbreviations by their looks.
    """
    found: list[tuple[int, int, bool]] = []
    for pattern in (_INITIALS, *([_after_title(titles)] if titles else []), _SEVERAL, _ABBREVIATION):
        person = pattern not in (_SEVERAL, _ABBREVIATION)
        for match in pattern.finditer(text):
            begin, end = _trim(match)
            free = all(end <= other[0] or begin >= other[1] for other in found)
            if begin < end and free and (person or not _is_heading(text, begin, end)):
                found.append((begin, end, person))
    return sorted(found)


def _after_title(titles: Sequence[str]) -> re.Pattern[str]:
    words = "|".join(re.escape(title) for title in sorted(titles))
    name = rf"(?:{_PARTICLE}\s+){{0,3}}{_WORD}(?:[ \u00a0]+{_WORD})*"
    return re.compile(rf"(?<!\w)(?i:{words})[ \u00a0]*[ \u00a0\n](?P<name>{name})(?!\w)")


def _trim(match: re.Match[str]) -> tuple[int, int]:
    """Return what is left of a match without small words in front; nothing when that is a single common word."""
    begin, end = match.span("name" if "name" in match.re.groupindex else 0)
    if _SMALL.fullmatch(match.string[begin:end]):
        return begin, begin
    if match.re is _ABBREVIATION:
        return (begin, begin) if _ROMAN.fullmatch(match[0]) else (begin, end)
    while match.re is _SEVERAL:
        first, _, rest = match.string[begin:end].replace("\u00a0", " ").partition(" ")
        if not rest:
            return begin, begin
        if not _SMALL.fullmatch(first):
            break
        begin = end - len(rest.lstrip())
    return begin, end


def _is_heading(text: str, begin: int, end: int) -> bool:
    line = text[text.rfind("\n", 0, begin) + 1 : (text.find("\n", end) + 1 or len(text) + 1) - 1]
    # A cell of a table that holds an abbreviation and nothing else is no heading.
    return line.upper() == line and (" " in text[begin:end] or line.strip() != text[begin:end])
