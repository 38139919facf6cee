"""What life lines are made of when they are laid out: the axis of time, and what stands on it.

All lengths are points, y runs downwards.
"""

from dataclasses import dataclass
from datetime import date

from rzgraph.dates import BEGINNING, read_edtf
from rzgraph.diagrams.lives import Lives
from rzgraph.diagrams.routing import MARGIN

#: The width of the names beside the axis, and of a side that fades out.
NAMES, FADE = 270.0, 28.0
_YEAR, _EARLY_YEAR = 130.0, 24.0


@dataclass(frozen=True)
class Scale:
    """Days to places on the axis; before `turn` a year is narrower."""

    first: int
    turn: int
    last: int
    left: float

    def place(self, day: date) -> float:
        """Return where a day stands; days outside the axis stand at its ends."""
        year = min(max(_year_of(day), float(self.first)), float(self.last))
        early = (min(year, float(self.turn)) - self.first) * _EARLY_YEAR
        return self.left + early + max(0.0, year - self.turn) * _YEAR

    @property
    def years(self) -> list[int]:
        """The years that are written on the axis: all wide ones, of the narrow ones every other."""
        found = range(self.first, self.last + 1)
        return [year for year in found if year >= self.turn or (self.turn - year) % 2 == 0]

    @property
    def right(self) -> float:
        """Where the axis ends."""
        return self.place(date(self.last, 1, 1))


def _year_of(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 365.25


@dataclass(frozen=True)
class Stretch:
    """A part of a bar: how it is drawn (``confirmed``, ``unsure``, ``fade-left`` or ``fade-right``) and where."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True)
class Sign:
    """A dot or the sign of a change: what it is, its middle and its span on the axis, and the words for it."""

    kind: str
    x: float
    first: float
    last: float
    title: str


@dataclass(frozen=True)
class Line:
    """A row: the head of a section, or a body or change with all that is drawn of it."""

    y: float
    height: float
    names: tuple[str, ...]
    title: str
    is_section: bool = False
    slug: str = ""
    href: str | None = None
    stretches: tuple[Stretch, ...] = ()
    edges: tuple[float, ...] = ()
    signs: tuple[Sign, ...] = ()

    @property
    def middle(self) -> float:
        """The height of its bar."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Arrow:
    """What says that one body came out of another: where, from which height to which, and whether it is a plan."""

    x: float
    top: float
    foot: float
    is_plan: bool
    title: str


def make_scale(lives: Lives) -> Scale:
    """Return the axis of lives: from the first year that is stated to the year after the last document."""
    issued = [read_edtf(text) for _, text in lives.documents]
    known = [day for bounds in issued for day in (bounds.earliest, bounds.latest) if day]
    if not known:
        return Scale(2000, 2000, 2001, MARGIN + NAMES)
    turn, last = min(known).year - 1, max(known).year + 1
    days = [period.first for life in lives.everyone for period in life.periods if period.first > BEGINNING]
    days += [each.bounds.earliest for life in lives.everyone for each in life.attestations if each.bounds.earliest]
    return Scale(min([turn, *(day.year for day in days)]), turn, last, MARGIN + NAMES + FADE)
