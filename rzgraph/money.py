"""Amounts as Dutch documents write them, and as people read them.

`parse_amount` reads ``€ 1.950.000``, ``€226k``, ``€ 22,5 miljoen``, ``€4 mld.``, ``30 miljoen euro``, ``-€ 380.230``,
``€10.000,-``, ``tussen de €200 en €225 mln``, ``anderhalf miljoen euro``, ``kosteloos`` and a dash. All arithmetic is
decimal and exact. What is not read as a whole is not read at all: a wrong amount is worse than none.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from rzgraph.messages import message

_ZERO, _ONE = Decimal(0), Decimal(1)
_SCALES = {
    "k": 3, "duizend": 3, "m": 6, "mln": 6, "mio": 6, "miljoen": 6, "mld": 9, "mrd": 9, "miljard": 9,
}  # fmt: skip
_WORDS = {
    "half": "0.5", "een": "1", "één": "1", "anderhalf": "1.5", "twee": "2", "tweeënhalf": "2.5", "drie": "3",
    "vier": "4", "vijf": "5", "zes": "6", "zeven": "7", "acht": "8", "negen": "9", "tien": "10", "elf": "11",
    "twaalf": "12",
    "dertien": "13", "veertien": "14", "vijftien": "15", "zestien": "16", "zeventien": "17", "achttien": "18",
    "negentien": "19", "twintig": "20", "dertig": "30", "veertig": "40", "vijftig": "50", "zestig": "60",
    "zeventig": "70", "tachtig": "80", "negentig": "90", "honderd": "100",
}  # fmt: skip
_MINUS = r"-(?:/-)?"
# Thousands are set apart by dots or blanks; decimals follow a comma, or a dot where they cannot be thousands.
_FIGURE = (
    r"\d{1,3}(?:\.\d{3})+(?:,(?:\d+|-+|=))?|\d{1,3}(?: \d{3})+(?:,(?:\d+|-+|=))?|\d+(?:,(?:\d+|-+|=)|\.\d{1,2}(?!\d))?"
)
_SCALE = r"k|m|duizend|mln\.?|mio\.?|miljoen|mld\.?|mrd\.?|miljard"
_PART = re.compile(
    rf"(?P<minus>{_MINUS})? ?(?P<sign>€|eur(?:o)?)? ?(?P<after>{_MINUS})? ?"
    rf"(?:(?P<figure>{_FIGURE})|(?P<word>{'|'.join(sorted(_WORDS, key=len, reverse=True))}))"
    rf"(?: ?(?P<scale>{_SCALE})(?![a-z]))?(?: ?(?P<unit>euro'?s?|eur|%|procent)(?![a-z]))?"
)
# What may stand in front of an amount and says how it is to be read, and what may follow it.
_BOUND = re.compile(
    r"(?:in totaal|ruim|bijna|circa|ca\.?|\+/-|±|ongeveer|rond(?: de)?|zo['’]n|maximaal|max\.?|minimaal|min\.?|"
    r"minstens|ten minste|tenminste|hoogstens|ten hoogste|meer dan|krap|tot(?: en met)?) ?"
)
_AFTER = re.compile(r"(?: ?(?:per|x|pp|p\.p\.)\b.*|[.,;:]?)")
_RANGE = re.compile(
    r"(?:tussen |van )?(?:de )?(?P<low>.+?)(?: (?:en|tot(?: en met)?|t/m|à) | ?- ?)(?:de )?(?P<high>.+)"
)
_NOTHING = ("kosteloos", "kosteloze", "gratis", "-", "nihil")


@dataclass(frozen=True)
class Reading:
    """What an amount as written says.

    Attributes
    ----------
    low
        The amount in euro (or the number, of a percentage); of a range the lower end.
    high
        The upper end of a range, else None.
    place
        What one more of the last figure written is worth: 1000 for ``€226k``, 100000 for ``22,5 miljoen``, 1 for
        ``€ 5.000``, 0.01 for ``€ 2,35``.
    """

    low: Decimal
    high: Decimal | None = None
    place: Decimal = _ONE

    @property
    def unit(self) -> Decimal:
        """How far rounding may have taken it: its place where that is more than a euro, else nothing."""
        return self.place if self.place > _ONE else _ZERO


@dataclass(frozen=True)
class _Part:
    figure: Decimal
    places: int
    scale: int | None
    negative: bool
    marked: bool

    def reading(self, scale: int | None) -> Reading:
        value = self.figure.scaleb(scale or 0)
        place = _ONE.scaleb((scale or 0) - self.places)
        return Reading(_plain(-value if self.negative else value), None, _plain(place))


def _plain(value: Decimal) -> Decimal:
    """Return a decimal without an exponent, so that equal amounts are written alike."""
    return Decimal(f"{value:f}")


def parse_amount(text: str) -> Reading | None:
    """Return what an amount as written says; None where it holds no figure, or more than can be read.

    Parameters
    ----------
    text
        As it stands in the document, white space folded.
    """
    words = re.sub(r"[−–—‐‑]", "-", re.sub(r"\s+", " ", text)).strip().lower()
    if words in _NOTHING:
        return Reading(_ZERO)
    words = words[found.end() :] if (found := _BOUND.match(words)) else words
    if part := _read_part(words):
        return part.reading(part.scale)
    return _read_range(words)


def _read_range(words: str) -> Reading | None:
    if not (found := _RANGE.fullmatch(words)):
        return None
    low, high = _read_part(found["low"]), _read_part(found["high"])
    if not low or not high or low.negative or high.negative or not (low.marked or high.marked):
        return None
    # In "200 en 225 mln" both are millions; in "500.000 en 1 miljoen" they are not.
    scale = low.scale if low.scale is not None or low.figure > high.figure else high.scale
    first, last = low.reading(scale), high.reading(high.scale)
    return Reading(first.low, last.low, max(first.place, last.place)) if first.low < last.low else None


def _read_part(words: str) -> _Part | None:
    found = _PART.match(words)
    if not found or not _AFTER.fullmatch(words, found.end()):
        return None
    marked = bool(found["sign"] or found["scale"] or found["unit"])
    scale = _SCALES[found["scale"].rstrip(".")] if found["scale"] else None
    negative = bool(found["minus"] or found["after"])
    if found["word"]:
        # A number in words is an amount only beside a sign or word that makes it one.
        if not marked:
            return None
        whole, _, decimals = _WORDS[found["word"]].partition(".")
    else:
        whole, decimals = _split_figure(found["figure"])
    figure = Decimal(f"{whole}.{decimals}" if decimals else whole)
    return _Part(figure, len(decimals), scale, negative, marked)


def _split_figure(figure: str) -> tuple[str, str]:
    whole, comma, decimals = figure.partition(",")
    if not comma and (found := re.fullmatch(r"(\d+)\.(\d{1,2})", whole)):
        return found[1], found[2]
    return re.sub(r"[. ]", "", whole), re.sub(r"[-=]+", "", decimals)


def agree(first: Reading, second: Reading) -> bool:
    """Tell whether two readings can be of one amount: equal, equal but for rounding, or one inside the other's range.

    Rounding and cutting off are told apart by nobody here: ``€226k`` agrees with ``€ 226.713``.
    """
    if first.high is None and second.high is None:
        distance = abs(first.low - second.low)
        return distance == 0 or distance < max(first.unit, second.unit)
    ends = [(reading.low, reading.low if reading.high is None else reading.high) for reading in (first, second)]
    (low, high), (other_low, other_high) = ends
    return (low <= other_low and other_high <= high) or (other_low <= low and high <= other_high)


def format_amount(amount: Decimal, lang: str) -> str:
    """Return an amount in euro in words of a language: ``€ 1.950.000``, ``€1,950,000``, with cents if any."""
    from babel.numbers import format_currency

    digits = 0 if amount == amount.to_integral_value() else 2
    pattern = {"nl": "¤ #,##0", "en": "¤#,##0"}.get(lang, "¤ #,##0") + (".00" if digits else "")
    return format_currency(amount, "EUR", f"{pattern};-{pattern}", locale=lang, currency_digits=False)


def format_number(number: Decimal, lang: str) -> str:
    """Return a plain number in words of a language, with the decimals it has and at most four."""
    from babel.numbers import format_decimal

    return format_decimal(number, "#,##0.####", locale=lang)


def format_range(low: Decimal, high: Decimal, lang: str) -> str:
    """Return a range of amounts in words of a language."""
    return message("money.range", lang, low=format_amount(low, lang), high=format_amount(high, lang))
