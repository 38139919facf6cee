"""The literal words that carry a candidate: what was found, and a few words around it on the same lines."""

import re

from rzgraph.reading.lines import Found, Lines
from rzgraph.sources import MOST_WORDS, count_words, fold, fragment_in_lines

# White space and control characters part words, as they do where fragments are looked for.
_WORD = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\u200b\u2060\ufeff]+")
#: A word longer than this is no word of a document.
_LONGEST = 1000


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
    start = text.start_of(found.first)
    line = text.lines[found.last - 1]
    span = text.text[start : text.start_of(found.last) + len(line)]
    words = list(_WORD.finditer(span))
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
        whole = fragment_in_lines(text.lines, found.first, found.last, fragment)
        if whole and len(fragment) <= _LONGEST and count_words(fragment) <= MOST_WORDS:
            return fragment
    return ""
