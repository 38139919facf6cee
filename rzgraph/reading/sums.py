"""Amounts of money in a text: every €, every million or milliard, every figure in thousands (``226k``) or euro.

They are found by their looks, whether anybody could read them or not, so that none is passed over; what they mean is
said by `rzgraph.money`.
"""

import re
from collections.abc import Iterator

_FIGURE = r"\d+(?:\.\d{3})*(?:[.,]\d+)?(?:,-+)?"
_WORD = (
    r"(?:half|anderhalf|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twaalf|vijftien|twintig|dertig|veertig|"
    r"vijftig|zestig|zeventig|tachtig|negentig|honderd(?:en)?|tientallen|enkele)"
)
_SCALE = r"(?:miljoen(?:en)?|miljard(?:en)?|mln\.?|mld\.?|mio)(?!\w)"
_EURO = r"euro(?:['’]?s)?(?!\w)"
# A figure and its unit may stand on two lines.
_GAP = r"[^\S\n]*\n?[^\S\n]*"
_AMOUNT = re.compile(
    rf"""
      (?:-[ ]?)?€{_GAP}{_FIGURE}(?:{_GAP}(?:{_SCALE}|k(?!\w)))?(?:{_GAP}{_EURO})?
    | (?<![\w.,]){_FIGURE}(?:{_GAP}{_SCALE}(?:{_GAP}{_EURO})?|k(?!\w)|{_GAP}{_EURO})
    | (?<!\w){_WORD}{_GAP}(?:{_SCALE}(?:{_GAP}{_EURO})?|{_EURO})
    | €
    | (?<!\w){_SCALE}
    | (?<!\w)(?:kosteloos|kosteloze|gratis)(?!\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def find_amounts(text: str) -> Iterator[tuple[int, int]]:
    """Yield begin and end of every amount of money in a text, in order."""
    for match in _AMOUNT.finditer(text):
        yield match.span()
