"""The source texts: reading one, checking that it is the text that was read, finding a fragment in its lines.

Lines are counted as ``cat -n`` counts them: a line ends at a line feed and nowhere else, since the texts hold form
feeds and other signs that `str.splitlines` would take for line ends. A fragment is literal, but for white space.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rzgraph.errors import InputError

#: The longest fragment, in words: facts and short quotations, never sentences of other people's texts.
MOST_WORDS = 12

_LINES = re.compile(r"[1-9]\d{0,8}(?:-[1-9]\d{0,8})?")
# White space of any kind and control characters: what a text made from a PDF has between two words. The substitution
# character U+FFFD is none of these and stays.
_GAP = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b\u2060\ufeff]+")
# A fragment never begins or ends inside a word, nor inside a number such as 31,5 or 1.200.
_NOT_INSIDE = {"before": r"(?<!\w)", "after": r"(?!\w)"}
_NOT_IN_NUMBER = {"before": r"(?<!\d[.,])", "after": r"(?![.,]\d)"}


@dataclass(frozen=True)
class SourceText:
    """A source text as it was read: its lines (the first is number 1, at index 0) and its SHA-256."""

    lines: tuple[str, ...]
    sha256: str


def read_source(path: Path) -> SourceText:
    """Read a source text.

    Parameters
    ----------
    path
        The text file, UTF-8.

    Raises
    ------
    InputError
        When the file is missing, cannot be read or is not UTF-8: one line that says so.
    """
    try:
        return _read(path, path.stat().st_mtime_ns)
    except UnicodeDecodeError as error:
        raise InputError("error.not-utf8", path=path, byte=error.start) from None
    except OSError as error:
        raise InputError("error.not-read", path=path, reason=error.strerror or error) from None


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int) -> SourceText:
    content = path.read_bytes()
    text = content.decode("utf-8")
    return SourceText(tuple(text.removesuffix("\n").split("\n")), hashlib.sha256(content).hexdigest())


def read_lines(text: str) -> tuple[int, int] | None:
    """Return first and last line of ``a`` or ``a-b``; None when it is neither, or ends before it begins."""
    if not _LINES.fullmatch(text):
        return None
    first, _, last = text.partition("-")
    numbers = int(first), int(last or first)
    return numbers if numbers[0] <= numbers[1] else None


def fold(text: str) -> str:
    """Return a text with every run of white space and control characters as one space, without any at its ends."""
    return _GAP.sub(" ", unicodedata.normalize("NFC", text)).strip(" ")


def count_words(fragment: str) -> int:
    """Return the number of words of a fragment, once folded."""
    return len(fold(fragment).split(" ")) if fold(fragment) else 0


def fragment_in_lines(lines: Sequence[str], first: int, last: int, fragment: str) -> bool:
    """Tell whether a fragment stands in a range of lines, word for word.

    Parameters
    ----------
    lines
        All lines of the text.
    first, last
        The range, counted from 1, both included.
    fragment
        At most `MOST_WORDS` words; white space and line breaks are folded, everything else is literal.

    Returns
    -------
    bool
        False also for an empty or too long fragment, and for lines that are not there.
    """
    wanted = fold(fragment)
    if not wanted or len(wanted.split(" ")) > MOST_WORDS or not 1 <= first <= last <= len(lines):
        return False
    pattern = _edge(wanted[0], "before") + re.escape(wanted) + _edge(wanted[-1], "after")
    return re.search(pattern, fold("\n".join(lines[first - 1 : last]))) is not None


def _edge(sign: str, side: str) -> str:
    """Return what must hold beside the first or last sign of a fragment; nothing beside a bracket or a comma."""
    if not re.match(r"\w", sign):
        return ""
    return _NOT_INSIDE[side] + (_NOT_IN_NUMBER[side] if sign.isdigit() else "")
