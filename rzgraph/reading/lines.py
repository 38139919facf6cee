"""A text as one string with its lines: so that what crosses a line break is found, and its lines are known."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rzgraph.sources import fold

#: Takes the place of what has been found: no letter, no digit and no white space, so that nothing reaches across it.
HOLE = "\0"


@dataclass(frozen=True)
class Found:
    """Something that was found in a text.

    Attributes
    ----------
    words
        As it stands there, on one line.
    first, last
        Its lines, counted from 1.
    keys
        What it names; nothing when it only looks like a name, or is none.
    person
        Whether an unknown name looks like that of a person.
    begin, end
        Where it stands in the whole text; two places that differ in this alone are taken for the same.
    """

    words: str
    first: int
    last: int
    keys: tuple[str, ...] = ()
    person: bool = False
    begin: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


class Lines:
    """The lines of a text, composed (NFC), and the whole they make."""

    def __init__(self, lines: Sequence[str]) -> None:
        # A sign that takes the place of what was found cannot be one of the text.
        self.lines = [unicodedata.normalize("NFC", line).replace(HOLE, " ") for line in lines]
        self.text = "\n".join(self.lines)
        self._starts = [0]
        for line in self.lines[:-1]:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def line_at(self, position: int) -> int:
        """Return the number of the line a position of the whole text is on."""
        return bisect_right(self._starts, position)

    def start_of(self, line: int) -> int:
        """Return the position at which a line begins."""
        return self._starts[line - 1]

    def locate(self, begin: int, end: int, keys: tuple[str, ...] = (), person: bool = False) -> Found:
        """Return what stands between two positions."""
        words = fold(self.text[begin:end])
        return Found(words, self.line_at(begin), self.line_at(end - 1), keys, person, begin, end)


def dig_holes(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text of the same length with holes where something was found already."""
    signs = list(text)
    for begin, end in spans:
        signs[begin:end] = HOLE * (end - begin)
    return "".join(signs)
