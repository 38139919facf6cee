"""The literal words that carry a candidate: what was found, and a few words around it on the same lines."""

import re

from rzgraph.reading.lines import Found, Lines
from rzgraph.sources import MOST_WORDS, count_words, fold, fragment_in_lines

# White space and control characters part words, as they do where fragments are looked for.
_WORD = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\u200b\u2060\ufeff]+")
#: A word longer than this is no word of a document.
_LONGEST = 1000
_WINDOW = 200


def cut_fragment(text: Lines, found: Found, around: int = 2) -> str:
    """Return the fragment of a place; nothing when its words are too many or too long to be one.

    Parameters
    ----------
    text
        The lines.
    found
        What the fragment has to hold.
    around
        How many words on either side are taken along, never more than its lines hold.
    """
    # Lines may be huge: no more of them is looked at than a fragment can need.
    line_end = text.start_of(found.last) + len(text.lines[found.last - 1])
    start = max(text.start_of(found.first), found.begin - _WINDOW)
    end = min(line_end, found.end + _WINDOW)
    span = text.text[start:end]
    words = [
        word
        for word in _WORD.finditer(span)
        # A word that is cut off at the edge of what is looked at is left out.
        if (word.start() or start == text.start_of(found.first)) and (word.end() < len(span) or end == line_end)
    ]
    inside = [
        number
        for number, word in enumerate(words)
        if word.end() + start > found.begin and word.start() + start < found.end
    ]
    if not inside or len(inside) > MOST_WORDS:
        return ""
    first, last = inside[0], inside[-1]
    while around and last - first + 1 < MOST_WORDS:
        around -= 1
        if first > 0:
            first -= 1
        if last < len(words) - 1 and last - first + 1 < MOST_WORDS:
            last += 1
    for begin, end in ((first, last), (inside[0], inside[-1])):
        fragment = fold(span[words[begin].start() : words[end].end()])
        whole = fragment_in_lines(span.split("\n"), 1, span.count("\n") + 1, fragment)
        if whole and len(fragment) <= _LONGEST and count_words(fragment) <= MOST_WORDS:
            return fragment
    return ""
