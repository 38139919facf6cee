"""Abbreviations in a text, and what they stand for where the text itself says so beside them.

``Bestuurlijk Overleg Leefomgeving (BOL)`` and ``BOL (Bestuurlijk Overleg Leefomgeving)`` both do. The letters must be
the first letters of the words, in order; small words between them may be passed over.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_SHORT = re.compile(r"(?<![\w.’'-])(?=\w*[A-Z]\w*[A-Z])[A-Za-z]{2,8}(?![\w’'-]|\.\w)")
_ROMAN = re.compile(r"[IVXLC]+")
_SMALL = {"van", "de", "het", "en", "voor", "der", "den", "in", "op", "te", "aan", "&"}
_MOST_WORDS = 8


@dataclass(frozen=True)
class Abbreviation:
    """An abbreviation in a text: where it stands (with its expansion, if it has one), and what it stands for."""

    short: str
    begin: int
    end: int
    expansion: str = ""


def find_abbreviations(text: str, names: Sequence[tuple[int, int]] = ()) -> Iterator[Abbreviation]:
    """Yield every abbreviation once: where the text says what it stands for, else at its first place.

    Parameters
    ----------
    text
        With holes where no abbreviation is looked for, such as web addresses.
    names
        Where names stand: a part of one (``NL`` in *Oost NL*) is no abbreviation, unless the text says what it means.
    """
    inside = {at for begin, end in names for at in range(begin, end)}
    alone = set(names)
    headings = _find_capitals(text)
    first: dict[str, Abbreviation] = {}
    for match in _SHORT.finditer(text):
        short = match[0]
        if _ROMAN.fullmatch(short) or text.rfind("\n", 0, match.start()) + 1 in headings:
            continue
        told = _expand_before(text, match) or _expand_behind(text, match)
        if not told and match.start() in inside and match.span() not in alone:
            continue
        found = told or Abbreviation(short, match.start(), match.end())
        if short not in first or (found.expansion and not first[short].expansion):
            first[short] = found
    yield from sorted(first.values(), key=lambda found: found.begin)


def _find_capitals(text: str) -> set[int]:
    """Return the starts of lines in capitals: headings, whose words are no abbreviations by their looks."""
    starts, at = set(), 0
    for line in text.split("\n"):
        if len(line.split()) > 1 and line.upper() == line:
            starts.add(at)
        at += len(line) + 1
    return starts


def _expand_before(text: str, match: re.Match[str]) -> Abbreviation | None:
    if text[match.start() - 1 : match.start()] != "(" or text[match.end() : match.end() + 1] not in (")", ",", ";"):
        return None
    words = list(re.finditer(r"[^\s\x00()]+", text[max(0, match.start() - 200) : match.start() - 1]))[-_MOST_WORDS:]
    offset = max(0, match.start() - 200)
    for count in range(1, len(words) + 1):
        chosen = words[-count:]
        begin, end = chosen[0].start() + offset, chosen[-1].end() + offset
        if _spells([word[0] for word in chosen], match[0]) and "\n\n" not in text[begin:end]:
            return Abbreviation(match[0], begin, match.end(), " ".join(text[begin:end].split()))
    return None


def _expand_behind(text: str, match: re.Match[str]) -> Abbreviation | None:
    bracket = re.match(r"\s?\(([^()\x00]{3,120})\)", text[match.end() : match.end() + 130])
    if not bracket:
        return None
    expansion = " ".join(bracket[1].split())
    if not _spells(expansion.split(" "), match[0]):
        return None
    return Abbreviation(match[0], match.start(), match.end() + bracket.end(), expansion)


def _spells(words: list[str], short: str) -> bool:
    """Tell whether the letters of an abbreviation are the first letters of words, or of parts of them, in order."""
    letters = [sign.lower() for sign in short]
    parts = [part for word in words for part in re.split(r"[-/‑]", word.strip("‘’'\"“”.,;:").lower()) if part]
    if not parts or not letters or words[0].lower() in _SMALL or parts[0][0] != letters[0]:
        return False
    at = 0
    for part in parts:
        if at < len(letters) and part[0] == letters[at]:
            at += 1
        elif part not in _SMALL:
            return False
    return at == len(letters)
