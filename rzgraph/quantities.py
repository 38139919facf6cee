"""Quantities as Dutch documents write them: ``1.500``, ``3,2%``, ``200 tot 250``, ``> 200``, ``negen``, ``10e``.

What an amount of money can say is read by `rzgraph.money`; a quantity needs no sign to be one, and has words of its
own. What is not read as a whole is not read at all.
"""

import re
from decimal import Decimal

from rzgraph.money import Reading, parse_amount

_NOTHING = ("geen", "nul")
_WORDS = {"beide": "twee", "allebei": "twee", "enige": "één", "tientje": "tien", "dozijn": "twaalf"}
_ONES = {
    "een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9,
}  # fmt: skip
_TENS = {
    "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70, "tachtig": 80,
    "negentig": 90,
}  # fmt: skip
_COMPOUND = re.compile(rf"(?P<one>{'|'.join(_ONES)})(?:en|ën)(?P<ten>{'|'.join(_TENS)})")
# An ordinal, a count of times, a group of so many: the number is what stands in front.
_ENDING = re.compile(r"(?P<number>.*?\d) ?(?:e|de|ste|x|×|\+)|(?P<group>.+?)(?:tal|maal| keer)")
_BOUND = re.compile(r"(?:[<>≤≥~] ?|(?:al|nog|zeker|liefst|maar liefst|op zijn minst|een kleine) )")


def parse_quantity(text: str) -> Reading | None:
    """Return what a quantity as written says; None where it holds no number, or more than can be read.

    Parameters
    ----------
    text
        As it stands in the document, white space folded.
    """
    words = " ".join(text.split()).lower()
    words = words[found.end() :] if (found := _BOUND.match(words)) else words
    if words in _NOTHING:
        return Reading(Decimal(0))
    words = _WORDS.get(words, words)
    if found := _ENDING.fullmatch(words):
        words = found["number"] or found["group"]
    if found := _COMPOUND.fullmatch(words):
        return Reading(Decimal(_ONES[found["one"]] + _TENS[found["ten"]]))
    # Beside a sign a number in words, or a range without one, is read as well.
    return parse_amount(words) or parse_amount(f"{words} euro")
