"""Figures in a text: numbers, percentages and numbers in words, as Dutch documents write them.

A figure is a number that stands by itself (``1.099.430``, ``7,8``, ``> 25.000``, ``2e``, ``3x``) or sticks to a name
that is known (``Hardenberg49``: the layout of a map). What is part of a word (``N35``, ``Covid-19``) is none. *Een* is
mostly an article, and *één* mostly says that there is no more than one: they are not counted; every word from *twee*
on is, and the vague *tientallen* and *vijftal*. Words that rank (*vierde*) are not.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = r"\d+(?:[.,]\d+)*"
_NUMBER = re.compile(
    rf"(?<![\d.,])(?<![^\W\d_]-)(?P<figure>{_DIGITS})(?P<share>\s?(?:%|procent(?:punt(?:en)?)?(?!\w)))?"
)
# No name is longer: further back nobody looks for the word a figure sticks to.
_LONGEST = 60
_UNITS = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
_TEENS = (
    "tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien",
)  # fmt: skip
_TENS = ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")


def _list_words() -> dict[str, int]:
    words = {word: number for number, word in enumerate((*_UNITS, *_TEENS), 1)}
    for tens, word in enumerate(_TENS, 2):
        words[word] = tens * 10
        for number, unit in enumerate(_UNITS, 1):
            words[unit + ("ën" if unit.endswith("e") else "en") + word] = tens * 10 + number
    words |= {"honderd": 100, "duizend": 1000}
    words |= {f"{_UNITS[number - 1]}honderd": number * 100 for number in range(2, 10)}
    words |= {f"{_UNITS[number - 1]}duizend": number * 1000 for number in range(2, 10)}
    words |= {f"{word}tal": number for word, number in list(words.items()) if 3 <= number <= 20}
    del words["een"]
    return words


#: What each number in words means; the vague ones mean nothing that could be compared.
WORDS: dict[str, int | None] = {**_list_words(), "tientallen": None, "honderden": None, "duizenden": None}
_WORD = re.compile(
    rf"(?<![\w-])(?:{'|'.join(sorted(WORDS, key=len, reverse=True))})(?![\w-])(?P<share>\s(?:procent)(?!\w))?", re.I
)


@dataclass(frozen=True)
class Numeral:
    """A figure in a text.

    Attributes
    ----------
    begin, end
        Where it stands.
    values
        What it can mean: ``1,000`` is a thousand to some and one to others. Nothing for a vague word.
    share
        Whether it is a percentage.
    word
        Whether it is written in words.
    """

    begin: int
    end: int
    values: frozenset[Decimal]
    share: bool = False
    word: bool = False


def find_numerals(text: str, is_name: Callable[[str], bool] = lambda _: False) -> Iterator[Numeral]:
    """Yield every figure in a text, in order.

    Parameters
    ----------
    text
        With holes where something else was found, such as dates.
    is_name
        Tells whether a word is a name that a figure may stick to.
    """
    yield from sorted([*_find_digits(text, is_name), *_find_words(text)], key=lambda numeral: numeral.begin)


def _find_digits(text: str, is_name: Callable[[str], bool]) -> Iterator[Numeral]:
    for match in _NUMBER.finditer(text):
        before = re.search(r"[^\W\d_]*\Z", text[max(0, match.start() - _LONGEST) : match.start()])
        if before and before[0] and not is_name(before[0]):
            continue
        yield Numeral(match.start("figure"), match.end(), read_values(match["figure"]), bool(match["share"]))


def _find_words(text: str) -> Iterator[Numeral]:
    for match in _WORD.finditer(text):
        value = WORDS[match[0].split()[0].casefold()]
        values = frozenset() if value is None else frozenset([Decimal(value)])
        yield Numeral(match.start(), match.end(), values, bool(match["share"]), word=True)


def read_values(figure: str) -> frozenset[Decimal]:
    """Return what a number in digits can mean: dots and commas as the Dutch use them, or as others do if both fit."""
    readings = (_read(figure, ".", ","), _read(figure, ",", "."))
    return frozenset(reading for reading in readings if reading is not None)


def read_number(words: str) -> Decimal | None:
    """Return a number as the Dutch write it, whatever sign or word follows it; None where it cannot be read."""
    found = re.match(_DIGITS, words)
    return _read(found[0], ".", ",") if found else None


def _read(figure: str, thousands: str, decimals: str) -> Decimal | None:
    whole, mark, rest = figure.partition(decimals)
    if not re.fullmatch(r"\d*", rest) or not re.fullmatch(rf"\d{{1,3}}(?:\{thousands}\d{{3}})+|\d+", whole):
        return None
    return Decimal(whole.replace(thousands, "") + (f".{rest}" if mark else ""))
