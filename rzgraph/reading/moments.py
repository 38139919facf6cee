"""Dates in a text, as Dutch documents write them: days, months, seasons, quarters, half-years, years, and periods.

A date may lack its year (``22 november``, ``Q3``); then it can be of any year. *Begin*, *medio* and *eind* are kept in
the words and do not narrow what is meant. A period has its two ends; each is a date of its own.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rzgraph.dates import Bounds, read_edtf

_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
_SHORT = {
    "jan": 1, "feb": 2, "febr": 2, "mrt": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "okt": 10,
    "nov": 11, "dec": 12,
}  # fmt: skip
_MONTH_CODES = {name: number for number, name in enumerate(_MONTHS, 1)} | _SHORT
_SEASON_CODES = {"voorjaar": 21, "lente": 21, "zomer": 22, "najaar": 23, "herfst": 23, "winter": 24}
_ORDINALS = {"1e": 1, "eerste": 1, "2e": 2, "tweede": 2, "3e": 3, "derde": 3, "4e": 4, "vierde": 4, "laatste": 4}

_G = r"[^\S\n]*\n?[^\S\n]*"
_S = r"(?:[^\S\n]+\n?[^\S\n]*|\n[^\S\n]*)"
_YEAR = r"(?:19[5-9]\d|20\d\d|2100)"
_TWO = r"[‘’'`´]\d\d(?!\d)"
_OF_YEAR = rf"(?:{_S}(?:van{_S}|in{_S}|de{_S})?(?:{_YEAR}|{_TWO}))"
_MONTH = rf"(?:{'|'.join(_MONTHS)})"
_ABBREVIATED = rf"(?:{'|'.join(sorted(_SHORT, key=len, reverse=True))})\.?"
_DAYNAME = r"(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag)"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
_HALF = rf"(?:1e|2e|eerste|tweede){_S}(?:helft|half{_G}jaar)"
_ATOM = rf"""(?:
    {_DAY}[-/](?:1[0-2]|0?[1-9])[-/](?:{_YEAR}|[‘’'`´]?\d\d)(?!\d)
  | {_DAY}e?{_S}(?:{_MONTH}|{_ABBREVIATED}(?!\w))(?:{_S}(?:{_YEAR}|{_TWO}))?
  | (?:{_MONTH}|{_ABBREVIATED}){_OF_YEAR}
  | (?:{"|".join(sorted(_SHORT, key=len, reverse=True))})\.?[ ]\d\d(?![\d.,])
  | (?:0[1-9]|1[0-2])[ ]{_YEAR}
  | (?:{"|".join(_SEASON_CODES)}){_OF_YEAR}?
  | (?:Q[1-4]|(?:{"|".join(_ORDINALS)}){_S}kwartaal){_OF_YEAR}?
  | {_HALF}{_S}(?:van{_S}|in{_S})?(?:{_YEAR}|{_TWO}|{_MONTH}(?:{_S}{_YEAR})?)
  | (?:1e|2e|eerste|tweede){_S}half{_G}jaar
  | {_MONTH}
  | {_YEAR}
)"""
_EDGE = r"(?!\w|[.,]\d|[^\S\n]?%)"
_JOIN = rf"(?:{_G}[-–—/]{_G}|{_S}t/m{_S}|{_S}tot{_S}en{_S}met{_S}|{_S}tot{_S}|{_S}t\.e\.m\.{_S})"
# ``9 en vrijdag 10 november``: days that share their month; ``jan-juni``: months that share their year.
_DAYS = (
    rf"{_DAY}(?:{_G}(?:,|en|-|–|t/m|tot{_S}en{_S}met){_G}(?:{_DAYNAME}{_S})?{_DAY}){{1,9}}{_S}{_MONTH}"
    rf"(?:{_S}(?:{_YEAR}|{_TWO}))?"
)
_BARE = rf"(?:{_MONTH}|{_ABBREVIATED})"
_VAGUE = rf"(?:begin|medio|half|halverwege|eind|einde){_S}"
_CHAIN = re.compile(
    rf"(?<![\w€])(?<!\d[.,])(?:{_VAGUE})?(?:{_DAYS}{_EDGE}|{_ATOM}{_EDGE}(?:{_JOIN}{_ATOM}{_EDGE})*"
    rf"|{_BARE}{_G}[-–]{_G}{_BARE}{_OF_YEAR}?{_EDGE}|{_BARE}(?:[^\S\n]+{_BARE}){{2,}}{_EDGE})",
    re.VERBOSE | re.IGNORECASE,
)
_PART = re.compile(rf"{_ATOM}{_EDGE}|{_ABBREVIATED}(?!\w)|{_DAY}(?!\w)", re.VERBOSE | re.IGNORECASE)
_FULL_YEAR = re.compile(_YEAR)
_TWO_YEAR = re.compile(rf"{_TWO}|(?<=\s)\d\d$|(?<=[-/])\d\d$")


@dataclass(frozen=True)
class Moment:
    """One date.

    Attributes
    ----------
    year
        None where it is not said.
    code
        What follows the year in EDTF: nothing, ``-05``, ``-05-14``, ``-21`` ...
    """

    year: int | None
    code: str

    @property
    def edtf(self) -> str:
        """The date in EDTF; nothing where the year is not said, or where there is no such day."""
        text = f"{self.year}{self.code}"
        try:
            read_edtf(text)
        except ValueError:
            return ""
        return text

    def is_bound_of(self, other: Bounds) -> bool:
        """Tell whether a stated time begins or ends within this date; of a date without a year any year will do."""
        return any(self._holds(day) for day in (other.earliest, other.latest) if day)

    def _holds(self, day: date) -> bool:
        # A winter without a year may have begun in the year before.
        years = (self.year,) if self.year is not None else (day.year, day.year - 1)
        return any(_is_within(day, f"{year:04}{self.code}") for year in years)


def _is_within(day: date, edtf: str) -> bool:
    try:
        own = read_edtf(edtf)
    except ValueError:
        return False
    return own.earliest is not None and own.latest is not None and own.earliest <= day <= own.latest


@dataclass(frozen=True)
class Period:
    """A date in a text, or the dates at the ends of a period: where it stands, and what it names."""

    begin: int
    end: int
    moments: tuple[Moment, ...]


def find_moments(text: str) -> Iterator[Period]:
    """Yield every date and period in a text, in order."""
    for match in _CHAIN.finditer(text):
        moments = list(_share_year(_read_parts(match[0])))
        yield Period(match.start(), match.end(), tuple(dict.fromkeys(moments)))


def _read_parts(words: str) -> list[Moment]:
    parts = [_read_part(part) for part in _PART.findall(words)]
    found = [part for part in parts if part]
    # Days that share a month: the last of them names it.
    days = [part for part in found if isinstance(part, int)]
    moments = [part for part in found if isinstance(part, Moment)]
    if days and moments:
        last = moments[-1]
        return [Moment(last.year, f"{last.code[:3]}-{day:02}") for day in days] + moments
    # A row of months: its first and its last.
    return [moments[0], moments[-1]] if len(moments) > 2 and all(not part.year for part in moments) else moments


def _share_year(moments: Iterable[Moment]) -> Iterator[Moment]:
    """Give a first month the year of the last: ``juli-december 2021``."""
    moments = list(moments)
    year = moments[-1].year if moments else None
    for moment in moments:
        yield Moment(year, moment.code) if moment.year is None else moment


def _read_part(words: str) -> Moment | int | None:
    text = " ".join(words.lower().split())
    if text.isdigit() and len(text) <= 2:
        return int(text)
    if found := re.fullmatch(r"(\d{1,2})[-/](\d{1,2})[-/][‘’'`´]?(\d{2,4})", text):
        return Moment(_century(found[3]), f"-{int(found[2]):02}-{int(found[1]):02}")
    # ``04 2022`` may be a month or a quarter: only the year is sure.
    if found := re.fullmatch(rf"(?:0[1-9]|1[0-2]) ({_YEAR})", text):
        return Moment(int(found[1]), "")
    return Moment(_read_year(text), _read_code(text))


def _read_year(text: str) -> int | None:
    if found := _FULL_YEAR.search(text):
        return int(found[0])
    found = _TWO_YEAR.search(text)
    return _century(found[0].lstrip("‘’'`´")) if found else None


def _century(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits[-2:])


def _read_code(text: str) -> str:
    words = text.replace(".", "").split(" ")
    month = next((_MONTH_CODES[word] for word in words if word in _MONTH_CODES), None)
    if month:
        day = re.match(r"(\d{1,2})e? ", text)
        return f"-{month:02}" + (f"-{int(day[1]):02}" if day and _ORDINALS.get(words[0]) is None else "")
    season = next((code for word, code in _SEASON_CODES.items() if word in words), None)
    if season:
        return f"-{season}"
    if quarter := re.match(r"q(\d)", text):
        return f"-{32 + int(quarter[1])}"
    if words[0] in _ORDINALS:
        return f"-{32 + _ORDINALS[words[0]]}" if "kwartaal" in words else f"-{39 + _ORDINALS[words[0]]}"
    return ""
