"""The sections of a text nobody has marked up: by what looks like its headings, else by blocks of lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rzgraph.reading.addresses import find_addresses
from rzgraph.sources import fold

# A section has at least and at most so many lines; a heading so many words and signs.
_LEAST, _MOST = 8, 60
_WORDS, _SIGNS = 8, 70


@dataclass(frozen=True)
class Section:
    """A stretch of lines under one title."""

    title: str
    first: int
    last: int


def find_sections(lines: Sequence[str]) -> list[Section]:
    """Return the sections of a text, end to end, from its first line to its last."""
    starts = list(_find_starts(lines))
    ends = [first - 1 for first, _ in starts[1:]] + [len(lines)]
    return [Section(title, first, last) for (first, title), last in zip(starts, ends, strict=True)]


def _find_starts(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    latest = 0
    for number, line in enumerate(lines, 1):
        far = number - latest
        blank_before = number == 1 or not fold(lines[number - 2]) or "\x0c" in line
        if number == 1 or (far >= _LEAST and blank_before and _is_heading(line)) or far >= _MOST:
            latest = number
            yield number, _title(lines[number - 1 : number - 1 + _MOST])


def _is_heading(line: str) -> bool:
    words = fold(line)
    return (
        len(words) <= _SIGNS
        and len(words.split(" ")) <= _WORDS
        and re.search(r"[^\W\d]{3}", words) is not None
        and re.match(r"[\W\d]*[A-ZÀ-ÖØ-Þ]", words) is not None
        and words[-1] not in ".,;-–"
        and not list(find_addresses(words))
    )


def _title(lines: Sequence[str]) -> str:
    """Return the heading, or the first few words of lines without one."""
    words = next((fold(line) for line in lines if fold(line)), "")
    kept = words.split(" ")[: _WORDS if _is_heading(words or "-") else 4]
    return " ".join(kept)[:_SIGNS].strip() or "…"
