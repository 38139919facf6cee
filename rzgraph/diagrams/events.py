"""The timeline of events as SVG: a section a year, a row an event, a bar over the months it can mean.

A bar is as long as the stated time is vague. What the documents speak of as still to come is drawn hollow; where
documents differ on the time an event has a row for each.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode, Store

from rzgraph.dates import format_day, format_edtf
from rzgraph.diagrams.lettering import fold_text
from rzgraph.diagrams.routing import MARGIN
from rzgraph.diagrams.template import LEGEND_ROW, Drawing, Link, Words, find_address, place_legend, render_template
from rzgraph.labels import Labels
from rzgraph.messages import message
from rzgraph.namespaces import slug_of, term
from rzgraph.queries import Answer, Row, Term, read_question, run_question
from rzgraph.settings import Project

#: The columns of the text twin.
TWIN = (
    *("event", "kind", "when", "earliest", "latest", "place", "status"),
    *("claim", "basis", "document", "lines", "fragment"),
)
_WHEN, _NAMES, _MONTH = 150.0, 390.0, 38.0
_SIZE, _PITCH, _GAP, _HEAD, _SECTION = 12.0, 14.0, 7.0, 70.0, 36.0
_SIGNS = ("took-place", "planned", "onward")


@dataclass(frozen=True)
class Happening:
    """An event at a time: what the claims say that give it this time.

    Attributes
    ----------
    is_planned
        Whether every claim speaks of it as still to come.
    """

    event: str
    when: str
    earliest: date
    latest: date
    kinds: tuple[str, ...]
    documents: tuple[str, ...]
    is_planned: bool


@dataclass(frozen=True)
class Entry:
    """A row of the drawing, or the head of a year; a bar that runs on into the next year has an arrow."""

    y: float
    height: float
    names: tuple[str, ...]
    when: tuple[str, ...] = ()
    is_year: bool = False
    href: str | None = None
    title: str = ""
    left: float = 0.0
    right: float = 0.0
    sign: str = ""
    is_onward: bool = False

    @property
    def foot(self) -> float:
        """Where it ends."""
        return self.y + self.height


def read_happenings(store: Store, project: Project, day: date) -> tuple[list[Happening], Answer]:
    """Return what the documents up to a day date, in the order of time, with the text twin.

    Raises
    ------
    InputError
        When a query cannot be run.
    """
    question = read_question(project.queries / "networks" / "timeline-events.rq")
    at = Literal(day.isoformat(), datatype=term("xsd:date"))
    rows = run_question(store, question, {"_at_date": at}).rows
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[_text(row["event"]), _text(row["when"])].append(row)
    found = [_read_group(event, when, group) for (event, when), group in groups.items()]
    ordered = sorted(found, key=lambda each: (each.earliest, each.latest, each.event, each.when))
    return ordered, Answer(TWIN, [{name: row[name] for name in TWIN} for row in rows])


def _read_group(event: str, when: str, rows: Sequence[Row]) -> Happening:
    return Happening(
        event,
        when,
        date.fromisoformat(_text(rows[0]["earliest"])),
        date.fromisoformat(_text(rows[0]["latest"])),
        tuple(sorted({_text(row["kind"]) for row in rows} - {""})),
        tuple(sorted({_text(row["document"]) for row in rows})),
        all(slug_of(_text(row["status"])) == "planned" for row in rows),
    )


def draw_timeline(
    store: Store, project: Project, labels: Labels, day: date, lang: str, link: Link | None = None
) -> Drawing:
    """Draw every event that documents up to a day give a time.

    Parameters
    ----------
    store, project, labels
        The graph, the project whose queries and templates are used, and the names of things.
    day
        The last day documents may be of.
    lang
        ``nl`` or ``en``.
    link
        Gives the address of a thing's page, or None.

    Raises
    ------
    InputError
        When a query cannot be run.
    """
    happenings, twin = read_happenings(store, project, day)
    entries = _set_entries(happenings, labels, lang, link)
    width = MARGIN + _WHEN + _NAMES + 12 * _MONTH + MARGIN
    words = _choose_words(happenings, entries, labels.label(project.network, lang), lang, day)
    legend = place_legend(words.legend, width)
    legend_top = (entries[-1].foot if entries else _HEAD) + 24.0
    svg = render_template(
        project.site / "templates" / "drawings",
        "timeline.svg",
        words=words,
        entries=entries,
        months=[(_place(month, 1), message(f"draw.timeline-month-{month}", lang)) for month in range(1, 13)],
        legend=legend,
        legend_top=legend_top,
        role="group" if link else "img",
        margin=MARGIN,
        names_at=MARGIN + _WHEN,
        right=width - MARGIN,
        width=width,
        height=legend_top + legend[-1][1] + LEGEND_ROW,
    )
    return Drawing(svg, twin, words.title, words.description)


def _place(month: int, day: int) -> float:
    return MARGIN + _WHEN + _NAMES + _MONTH * (month - 1 + (day - 1) / 31)


def _set_entries(happenings: Sequence[Happening], labels: Labels, lang: str, link: Link | None) -> list[Entry]:
    entries: list[Entry] = []
    y, year = _HEAD, 0
    for each in happenings:
        if each.earliest.year != year:
            year = each.earliest.year
            entries.append(Entry(y, _SECTION, (f"{year}",), is_year=True))
            y += _SECTION
        names = fold_text(labels.label(each.event, lang), _NAMES - 12.0, _SIZE, lang, 3)
        when = fold_text(format_edtf(each.when, lang), _WHEN - 10.0, _SIZE, lang, 3)
        end = min(each.latest, date(year, 12, 31))
        left = _place(each.earliest.month, each.earliest.day)
        height = _PITCH * max(len(names), len(when)) + _GAP
        title = message(
            "draw.timeline-planned" if each.is_planned else "draw.timeline-event",
            lang,
            event=labels.label(each.event, lang),
            when=format_edtf(each.when, lang),
            documents=", ".join(labels.label(document, lang) for document in each.documents),
        )
        entries.append(
            Entry(
                y,
                height,
                names,
                when,
                href=find_address(link, each.event),
                title=title,
                left=left,
                right=max(_place(end.month, end.day + 1), left + 4.0),
                sign="planned" if each.is_planned else "took-place",
                is_onward=each.latest.year > year,
            )
        )
        y += height
    return entries


def _choose_words(
    happenings: Sequence[Happening], entries: Sequence[Entry], network: str, lang: str, day: date
) -> Words:
    counts = {
        "events": len({each.event for each in happenings}),
        "planned": sum(each.is_planned for each in happenings),
        "years": sum(entry.is_year for entry in entries),
    }
    shown = {entry.sign for entry in entries} | {"onward" for entry in entries if entry.is_onward}
    legend = {sign: message(f"draw.timeline-legend-{sign}", lang) for sign in _SIGNS if sign in shown}
    return Words(
        title=message("draw.timeline-title", lang, network=network, day=format_day(day, lang)),
        counts=message("draw.timeline-counts", lang, **counts),
        description=message("draw.timeline-description", lang, **counts),
        legend=legend or {"took-place": message("draw.timeline-legend-took-place", lang)},
        lang=lang,
        prefix=f"timeline-{lang}-{day.isoformat()}",
    )


def _text(value: Term | None) -> str:
    return value.value if isinstance(value, NamedNode | Literal) else ""
