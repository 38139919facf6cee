"""Partial dates as the documents state them, and the standing of a fact over time.

Stated times are EDTF (Library of Congress, ISO 8601-2). The data uses a named subset with exact bounds:
``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD``, meteorological seasons ``-21`` to ``-24`` (winter begins in December of the
year and ends in February of the next), quarters ``-33`` to ``-36``, half-years ``-40`` and ``-41``; each may end in
``~`` or ``?``; intervals ``A/B``, ``A/..`` and ``../B``.
A doubtful or approximate date keeps the bounds of the date itself: the mark is shown, never widened into a guess.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from rzgraph.messages import message

#: The ends of time in standing periods: an open begin and an open end.
BEGINNING, END = date.min, date.max

_DATE = re.compile(r"(?P<year>\d{4})(-(?P<part>\d{2})(-(?P<day>\d{2}))?)?(?P<mark>[~?]?)")
# First month and number of months of each part of a year (EDTF level 1 and 2 codes).
_SEASONS = {21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3)}
_QUARTERS = {33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3)}
_PARTS = {**_SEASONS, **_QUARTERS, 40: (1, 6), 41: (7, 6)}
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Bounds:
    """The earliest and latest day a stated time can mean; None where the statement leaves the end open."""

    earliest: date | None
    latest: date | None


def read_edtf(text: str) -> Bounds:
    """Return the exact bounds of an EDTF text of the named subset.

    Parameters
    ----------
    text
        For example ``2024-01``, ``2025-23``, ``2020/2023``, ``2024/..``.

    Raises
    ------
    ValueError
        When the text is not in the subset, names a day that does not exist, or ends before it begins.
    """
    first, slash, last = text.partition("/")
    if not slash:
        return _read_date(first)
    if first == last == "..":
        raise ValueError(f"{text!r} is open on both sides")
    start = None if first == ".." else _read_date(first)
    end = None if last == ".." else _read_date(last)
    if start and end and start.earliest and end.latest and start.earliest > end.latest:
        raise ValueError(f"{text!r} ends before it begins")
    return Bounds(start.earliest if start else None, end.latest if end else None)


def _read_date(text: str) -> Bounds:
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a date of the subset (such as 2024, 2024-01, 2024-33 or 2024/..)")
    year = int(match["year"])
    if not 1 <= year < date.max.year:
        raise ValueError(f"{text!r} is not a year that can be meant")
    if not match["part"]:
        return Bounds(date(year, 1, 1), date(year, 12, 31))
    part = int(match["part"])
    if match["day"]:
        day = date(year, part, int(match["day"]))
        return Bounds(day, day)
    start, length = (part, 1) if 1 <= part <= 12 else _PARTS.get(part, (0, 0))
    if not start:
        raise ValueError(f"{text!r} has an unknown part of the year")
    later, month = divmod(start + length - 2, 12)
    return Bounds(date(year, start, 1), date(year + later, month + 1, calendar.monthrange(year + later, month + 1)[1]))


def last_day_of(text: str) -> date | None:
    """Return the last day a stated time can mean; None where it is open or cannot be read, which the shapes report."""
    try:
        return read_edtf(text).latest
    except ValueError:
        return None


def format_day(day: date, lang: str) -> str:
    """Return a day in words: ``10 januari 2022``."""
    from babel.dates import format_date

    return format_date(day, "d MMMM y", locale=lang)


def format_edtf(text: str, lang: str) -> str:
    """Return a stated time in words; a text outside the subset is returned as it is."""
    try:
        read_edtf(text)
    except ValueError:
        return text
    first, slash, last = text.partition("/")
    if slash:
        return message("dates.interval", lang, begin=_format_end(first, lang), end=_format_end(last, lang))
    return _format_end(first, lang)


def _format_end(text: str, lang: str) -> str:
    from babel.dates import format_date

    match = _DATE.fullmatch(text)
    if not match:
        return "…"  # An open end.
    mark = {"~": "about", "?": "uncertain"}.get(match["mark"])
    part = int(match["part"] or 0)
    if match["day"]:
        words = format_day(date.fromisoformat(text[:10]), lang)
    elif 1 <= part <= 12:
        words = format_date(date(int(match["year"]), part, 1), "MMMM y", locale=lang)
    elif part in _PARTS:
        words = message(f"dates.part-{part}", lang, year=match["year"])
    else:
        words = match["year"]
    return message(f"dates.{mark}", lang, date=words) if mark else words


@dataclass(frozen=True)
class Period:
    """A stretch of days, both ends included, on which a fact has one standing."""

    standing: str
    first: date
    last: date


def standing_periods(begins: Iterable[Bounds], ends: Iterable[Bounds], attested: Iterable[Bounds]) -> list[Period]:
    """Return the standing of a fact for all of time, as periods that follow each other without a gap.

    The rule is that of the knowledge model: *confirmed* when a stated period covers the day, or when the fact is
    attested on or before it and on or after it with no end in between; *last-known* after the last evidence;
    *later-known* before the first; *not-yet* before a stated begin; *ended* after a stated end. Wherever a partial
    date leaves days in doubt, the weaker standing is given.

    Parameters
    ----------
    begins, ends
        Bounds of the begins and ends the documents state, if any.
    attested
        Bounds of the day of each statement about the fact (at least one).

    Returns
    -------
    list of Period
        From `BEGINNING` to `END`, in order.
    """
    begins, ends = list(begins), list(ends)
    earliest_begin = min((b.earliest or BEGINNING for b in begins), default=None)
    latest_begin = max((b.latest or END for b in begins), default=None)
    earliest_end = min((b.earliest or BEGINNING for b in ends), default=None)
    latest_end = max((b.latest or END for b in ends), default=None)
    days = [(b.earliest or BEGINNING, b.latest or END) for b in attested]
    first = latest_begin or min([latest for _, latest in days] + ([latest_end] if latest_end else []))
    # What is said before a stated begin announces the fact; it does not attest it.
    held = [earliest for earliest, _ in days if latest_begin is None or earliest >= latest_begin]
    last = earliest_end or (max(held) if held else None)
    return _tile(
        [
            ("not-yet", _before(earliest_begin)),
            ("later-known", _before(first)),
            ("confirmed", last),
            ("last-known", latest_end or END),
            ("ended", END),
        ]
    )


def limit_periods(periods: list[Period], life: list[Period]) -> list[Period]:
    """Return the periods of a fact within the life of what it depends on: the end of a body ends its seats."""
    begun = max((p.last for p in life if p.standing == "not-yet"), default=None)
    alive = max((p.last for p in life if p.standing not in ("not-yet", "ended")), default=BEGINNING)
    return _tile([("not-yet", begun), *((p.standing, min(p.last, alive)) for p in periods), ("ended", END)])


def _tile(cuts: list[tuple[str, date | None]]) -> list[Period]:
    """Lay standings end to end from their last days; one that would end before it begins is left out."""
    periods: list[Period] = []
    start: date | None = BEGINNING
    for standing, last in cuts:
        if start is None or last is None or last < start:
            continue
        if periods and periods[-1].standing == standing:
            start = periods.pop().first
        periods.append(Period(standing, start, last))
        start = _after(last)
    return periods


def _before(day: date | None) -> date | None:
    return day - _ONE_DAY if day is not None and day > BEGINNING else None


def _after(day: date) -> date | None:
    return day + _ONE_DAY if day < END else None
