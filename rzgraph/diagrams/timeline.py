"""The life lines of bodies as SVG: bars for what is known, hard edges for stated begins and ends, dots for documents.

Time runs from left to right, narrower before the first document: so that what the documents cover is seen in full.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from pyoxigraph import Store

from rzgraph.dates import BEGINNING, END, format_day, format_edtf, read_edtf
from rzgraph.diagrams.captions import title_of_line
from rzgraph.diagrams.lettering import fold_text
from rzgraph.diagrams.lists import place_list
from rzgraph.diagrams.lives import Change, Life, Lives, build_lives
from rzgraph.diagrams.routing import MARGIN
from rzgraph.diagrams.scale import FADE, NAMES, Arrow, Line, Scale, Sign, Stretch, make_scale
from rzgraph.diagrams.template import LEGEND_ROW, Drawing, Link, Words, find_address, place_legend, render_template
from rzgraph.labels import Labels
from rzgraph.messages import message
from rzgraph.namespaces import slug_of
from rzgraph.settings import Project

_NAME_SIZE, _PITCH = 12.0, 14.0
_ROW, _SECTION, _HEAD, _AXIS = 21.0, 32.0, 66.0, 46.0
# A document or attestation that may be of any day of more than a month is drawn with its whole span.
_EXACT = timedelta(days=31)
_SIGNS = ("confirmed", "unsure", "edge", "fade", "dot", "span", "change", "plan", "arrow", "arrow-plan", "day")


def draw_lives(
    store: Store, project: Project, labels: Labels, lang: str, at: date | None = None, link: Link | None = None
) -> Drawing:
    """Draw the lives of all bodies, a line each, grouped by line of governance.

    Parameters
    ----------
    store, project, labels
        The graph, the project whose queries and templates are used, and the names of things.
    lang
        ``nl`` or ``en``.
    at
        A day to mark.
    link
        Gives the address of a thing's page, or None.

    Raises
    ------
    InputError
        When a query cannot be run.
    """
    lives = build_lives(store, project)
    scale = make_scale(lives)
    painter = _Painter(lives, scale, labels, lang, link)
    lines = painter.set_lines()
    arrows = painter.set_arrows(lines)
    documents = [painter.set_document(number, *pair) for number, pair in enumerate(lives.documents, start=1)]
    width = scale.right + FADE + MARGIN
    foot = max((line.y + line.height for line in lines), default=_HEAD + _AXIS) + 10.0
    entries = {f"{number}": [(title, href)] for number, (_, _, _, title, href) in enumerate(documents, start=1)}
    listed = place_list(message("draw.lives-documents", lang), entries, width, foot + 6.0, lang, 34.0)
    words = _choose_words(lives, lines, arrows, labels.label(project.network, lang), lang, at)
    legend = place_legend(words.legend, width)
    svg = render_template(
        project.site / "templates" / "drawings",
        "lives.svg",
        words=words,
        lines=lines,
        arrows=arrows,
        documents=documents,
        years=[(scale.place(date(year, 1, 1)), year) for year in scale.years],
        turn=scale.place(date(scale.turn, 1, 1)) if scale.turn > scale.first else None,
        day=(scale.place(at), format_day(at, lang)) if at else None,
        lists=[listed] if documents else [],
        legend=legend,
        note=message("draw.lives-note", lang),
        role="group" if link else "img",
        margin=MARGIN,
        top=_HEAD,
        axis=_HEAD + _AXIS,
        foot=foot,
        right=scale.right,
        legend_top=listed.foot + 24.0,
        width=width,
        height=listed.foot + 24.0 + legend[-1][1] + 2 * LEGEND_ROW,
    )
    return Drawing(svg, lives.twin, words.title, words.description)


class _Painter:
    """Sets lives on a scale, in one language."""

    def __init__(self, lives: Lives, scale: Scale, labels: Labels, lang: str, link: Link | None) -> None:
        self.lives, self.scale, self.labels, self.lang = lives, scale, labels, lang
        self.link = partial(find_address, link)
        self.number = {document: place for place, (document, _) in enumerate(lives.documents, start=1)}

    def name(self, iri: str) -> str:
        return self.labels.label(iri, self.lang)

    def set_lines(self) -> list[Line]:
        """Return the rows from top to foot: first what changes the whole, then the bodies by line of governance."""
        lines: list[Line] = []
        y = _HEAD + _AXIS
        whole = [change for change in self.lives.changes if not change.from_body and not change.to_body]
        sections: list[tuple[str, list[Line]]] = []
        if whole:
            found = sorted({change.change for change in whole})
            rows = [self._set_change(iri, [change for change in whole if change.change == iri]) for iri in found]
            sections.append((message("draw.lives-changes", self.lang), rows))
        for line, lives in self.lives.by_line.items():
            sections.append((title_of_line(line, self.labels, self.lang), [self._set_life(life) for life in lives]))
        for title, rows in sections:
            lines.append(Line(y, _SECTION, (title,), title, is_section=True))
            y += _SECTION
            for row in rows:
                lines.append(replace(row, y=y))
                y += row.height
        return lines

    def _fold(self, text: str) -> tuple[tuple[str, ...], float]:
        names = fold_text(text, NAMES - 8.0, _NAME_SIZE, self.lang, 2)
        return names, max(_ROW, _PITCH * len(names) + 7.0)

    def _set_change(self, iri: str, changes: Sequence[Change]) -> Line:
        names, height = self._fold(self.name(iri))
        return Line(0.0, height, names, self.name(iri), signs=self._sign_changes(changes))

    def _sign_changes(self, changes: Sequence[Change]) -> tuple[Sign, ...]:
        """Return the signs of statements on changes: those of one day that say the same share one."""
        alike: dict[tuple[str, bool], list[Change]] = {}
        for change in changes:
            alike.setdefault((change.day, change.is_done), []).append(change)
        signs = []
        for (day, is_done), found in alike.items():
            said = dict.fromkeys(self._say_change(change) for change in found)
            signs.append(self._sign("change" if is_done else "plan", day, " ".join(said)))
        return tuple(sorted(signs, key=lambda sign: (sign.x, sign.kind)))

    def _say_change(self, change: Change) -> str:
        key = "draw.lives-change" if change.is_dated else "draw.lives-change-undated"
        return message(
            key,
            self.lang,
            change=self.name(change.change),
            kind=self.name(change.kind),
            day=format_edtf(change.day, self.lang),
            number=self.number.get(change.document, ""),
        )

    def _sign(self, kind: str, text: str, title: str) -> Sign:
        bounds = read_edtf(text)
        first, last = bounds.earliest or bounds.latest or BEGINNING, bounds.latest or bounds.earliest or END
        left, right = self.scale.place(first), self.scale.place(last)
        wide = last - first > _EXACT
        return Sign(kind, (left + right) / 2, left if wide else 0.0, right if wide else 0.0, title)

    def _set_life(self, life: Life) -> Line:
        names, height = self._fold(self.name(life.body))
        own = [change for change in self.lives.changes if life.body in (change.from_body, change.to_body)]
        dots: dict[str, list[int]] = {}
        for each in life.attestations:
            dots.setdefault(each.attested, []).append(self.number.get(each.document, 0))
        signs = [
            self._sign(
                "dot",
                attested,
                message(
                    "draw.lives-dot",
                    self.lang,
                    day=format_edtf(attested, self.lang),
                    numbers=", ".join(map(str, numbers)),
                ),
            )
            for attested, numbers in dots.items()
        ]
        stretches, edges = self._set_stretches(life)
        lone = [change for change in own if not (change.from_body and change.to_body)]
        return Line(
            0.0,
            height,
            names,
            self._say_life(life),
            slug=slug_of(life.body),
            href=self.link(life.body),
            stretches=stretches,
            edges=edges,
            signs=(*signs, *self._sign_changes(lone)),
        )

    def _set_stretches(self, life: Life) -> tuple[tuple[Stretch, ...], tuple[float, ...]]:
        """Return the bar of a life and its hard edges: a side that is not stated fades out."""
        stretches, edges = [], []
        for period in life.periods:
            left = self.scale.place(period.first) if period.first > BEGINNING else None
            right = self.scale.place(min(period.last, END - timedelta(days=1)) + timedelta(days=1))
            if left is None:
                stretches.append(Stretch("fade-left", right - FADE, FADE))
            elif period.last == END:
                stretches.append(Stretch("fade-right", left, FADE))
            else:
                kind = "confirmed" if period.standing == "confirmed" else "unsure"
                stretches.append(Stretch(kind, left, max(right - left, 1.5)))
        if life.has_begin and life.periods:
            edges.append(self.scale.place(life.periods[0].first))
        if life.has_end and life.periods:
            edges.append(self.scale.place(life.periods[-1].last + timedelta(days=1)))
        return tuple(stretches), tuple(edges)

    def _say_life(self, life: Life) -> str:
        ends = {
            name: message("draw.lives-stated" if is_stated else "draw.lives-unstated", self.lang)
            for name, is_stated in (("begin", life.has_begin), ("end", life.has_end))
        }
        if not life.attestations:
            return message("draw.lives-body-planned", self.lang, body=self.name(life.body), **ends)
        first = min(life.attestations, key=lambda each: each.bounds.earliest or BEGINNING)
        last = max(life.attestations, key=lambda each: each.bounds.latest or END)
        days = {"first": format_edtf(first.attested, self.lang), "last": format_edtf(last.attested, self.lang)}
        return message("draw.lives-body", self.lang, body=self.name(life.body), **ends, **days)

    def set_arrows(self, lines: Sequence[Line]) -> list[Arrow]:
        """Return an arrow for each statement that one body came out of another; of one day and pair only one."""
        middle = {line.slug: line.middle for line in lines if line.slug}
        arrows: dict[tuple[float, str, str, bool], list[Change]] = {}
        for change in self.lives.changes:
            ends = slug_of(change.from_body), slug_of(change.to_body)
            if ends[0] in middle and ends[1] in middle:
                place = self._sign("arrow", change.day, "").x
                arrows.setdefault((place, *ends, not change.is_done), []).append(change)
        return [
            Arrow(x, middle[above], middle[below], is_plan, " ".join(dict.fromkeys(map(self._say_arrow, found))))
            for (x, above, below, is_plan), found in sorted(arrows.items(), key=lambda pair: pair[0])
        ]

    def _say_arrow(self, change: Change) -> str:
        bodies = message("draw.lives-arrow", self.lang, a=self.name(change.from_body), b=self.name(change.to_body))
        return f"{bodies} {self._say_change(change)}"

    def set_document(self, number: int, iri: str, issued: str) -> tuple[int, float, float, str, str | None]:
        """Return a document: its number, where its date begins and ends, its words, and where it leads."""
        bounds = read_edtf(issued)
        left, right = (self.scale.place(day) for day in (bounds.earliest or BEGINNING, bounds.latest or END))
        title = message("draw.lives-document", self.lang, document=self.name(iri), day=format_edtf(issued, self.lang))
        return number, left, max(right, left + 1.5), title, self.link(iri)


def _choose_words(
    lives: Lives, lines: Sequence[Line], arrows: Sequence[Arrow], network: str, lang: str, at: date | None
) -> Words:
    bodies = lives.everyone
    counts = {
        "bodies": len(bodies),
        "begins": sum(life.has_begin for life in bodies),
        "ends": sum(life.has_end for life in bodies),
        "arrows": len(arrows),
        "documents": len(lives.documents),
    }
    shown = {stretch.kind.partition("-")[0] for line in lines for stretch in line.stretches}
    shown |= {sign.kind for line in lines for sign in line.signs}
    shown |= {"span"} if any(sign.last for line in lines for sign in line.signs) else set()
    shown |= {"edge"} if any(line.edges for line in lines) else set()
    shown |= {"arrow-plan" if arrow.is_plan else "arrow" for arrow in arrows}
    shown |= {"day"} if at else set()
    legend = {sign: message(f"draw.lives-legend-{sign}", lang) for sign in _SIGNS if sign in shown}
    return Words(
        title=message("draw.lives-title", lang, network=network),
        counts=message("draw.lives-counts", lang, **counts),
        description=message("draw.lives-description", lang, **counts),
        legend=legend or {"edge": message("draw.lives-legend-edge", lang)},
        lang=lang,
        prefix=f"lives-{lang}" + (f"-{at.isoformat()}" if at else ""),
    )
