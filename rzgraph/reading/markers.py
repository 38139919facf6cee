"""Numbers that number the text itself: list markers, and references to its figures and tables.

They are no figures of anything, so they are no places that a claim would cover. Each rule is narrow enough to hide
none: a marker is a number with a dot or bracket and text behind it that is the first of its list, or follows on the
one before; a number that merely begins a line (``route`` / ``2. Op die manier``) is not. The number of a page cannot
be told from the cell of a map, so there is no rule for it.
"""

import re
from dataclasses import dataclass

# How many lines may lie between two items of a list.
_FAR = 60
_AT_START = re.compile(r"(?m)^[^\S\n]*[^\w\n(]{0,3}?(?P<number>\d{1,2})(?P<style>[.)])(?!\d)(?=[^\S\n]*[^\s\d])")
_INSIDE = re.compile(r"(?<![\w.,/-])(?P<open>\(?)(?P<number>\d{1,2})(?P<style>\))(?=[^\S\n]*\n?[^\S\n]*[^\W\d])")
_REFERENCE = re.compile(
    r"(?<!\w)(?:figuur|figuren|tabel|tabellen|bijlage|bijlagen|hoofdstuk|paragraaf|pagina|blz\.?|afbeelding)\s*"
    r"\d{1,2}(?:\s*(?:,|en|t/m|-|–)\s*\d{1,2})*(?![\w%]|[.,]\d|\s*%)|(?<!\w)deel\s*[1-9](?!\w|[.,]\d|\s*%)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Marker:
    begin: int
    end: int
    number: int
    style: str


def find_markers(text: str) -> list[tuple[int, int]]:
    """Return begin and end of all that numbers the text itself, in order."""
    references = [match.span() for match in _REFERENCE.finditer(text)]
    return sorted(references + [(marker.begin, marker.end) for marker in _find_list_markers(text)])


def _find_list_markers(text: str) -> list[_Marker]:
    candidates = {
        match.start("number"): _Marker(match.start("number"), match.end(), int(match["number"]), match["style"])
        for pattern in (_INSIDE, _AT_START)
        for match in pattern.finditer(text)
        if pattern is _AT_START or match["open"] or not _in_brackets(text, match.start())
    }
    markers: list[_Marker] = []
    # The latest marker of each style and number: its successor follows on it.
    latest: dict[tuple[str, int], _Marker] = {}
    ordered = [candidates[begin] for begin in sorted(candidates)]
    for place, marker in enumerate(ordered):
        if marker.number == 1:
            follows = _begins_list(text, marker) or any(
                other.number == 2 and other.style == marker.style and _near(text, marker, other)
                for other in ordered[place + 1 :]
            )
        else:
            before = latest.get((marker.style, marker.number - 1))
            follows = before is not None and _near(text, before, marker)
        if follows:
            markers.append(marker)
            latest[marker.style, marker.number] = marker
    return markers


def _near(text: str, first: _Marker, second: _Marker) -> bool:
    return text.count("\n", first.begin, second.begin) <= _FAR


def _begins_list(text: str, marker: _Marker) -> bool:
    """Tell whether a marker stands at the start of a line after an empty line, or one that announces something."""
    start = text.rfind("\n", 0, marker.begin) + 1
    before = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : max(start - 1, 0)].strip()
    return not text[start : marker.begin].strip() and (not before or before.endswith(":"))


def _in_brackets(text: str, position: int) -> bool:
    """Tell whether a bracket is still open, so that the one behind the number closes it."""
    before = text[max(0, position - 200) : position]
    return before.rfind("(") > before.rfind(")")
