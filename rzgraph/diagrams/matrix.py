"""The seat matrix as SVG: parties below each other, bodies beside each other, a mark for each seat or absence.

A matrix too wide for a page is cut between columns and set in blocks below each other, each with the rows it needs.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from itertools import groupby
from math import ceil

from pyoxigraph import Store

from rzgraph.dates import format_day, format_edtf
from rzgraph.diagrams.blocks import Block, Column, Group, Line, Mark
from rzgraph.diagrams.captions import title_of_line
from rzgraph.diagrams.lettering import fold_text, measure_text
from rzgraph.diagrams.lists import List, place_list
from rzgraph.diagrams.networks import find_earlier
from rzgraph.diagrams.routing import MARGIN
from rzgraph.diagrams.seats import EARLIER, LATER, Choice, Matrix, Seat, build_matrix, read_standing
from rzgraph.diagrams.template import LEGEND_ROW, Drawing, Link, Words, find_address, place_legend, render_template
from rzgraph.labels import Labels
from rzgraph.messages import message
from rzgraph.namespaces import slug_of
from rzgraph.queries import Term
from rzgraph.settings import Project

#: The widest a block may be, in points.
WIDEST = 1230.0
_NARROWEST = 1080.0
_COLUMN, _ROW, _SECTION, _GAP = 30.0, 27.0, 27.0, 9.0
# The widest and narrowest the names of the parties may run, and the size of their type.
_NAMES, _NAME_SIZE = (130.0, 230.0), 13.0
# The width of a mark, and what brackets or a number beside it add.
_MARK, _BRACKETS = 17.0, 9.0
_HEADER, _HEADER_SIZE, _LINE_SIZE = 196.0, 12.0, 11.0
_HEAD, _BLOCK_GAP = 66.0, 26.0
_SIGNS = ("chair", "member", "other", "absent", "confirmed", "last-known", "later-known", "other-capacity", "several")


def draw_seats(
    store: Store,
    project: Project,
    labels: Labels,
    at: date,
    lang: str,
    link: Link | None = None,
    choice: Choice | None = None,
) -> Drawing:
    """Draw who sits where on a day: parties by bodies, with what no document states named below.

    Parameters
    ----------
    store, project, labels
        The graph, the project whose queries and templates are used, and the names of things.
    at
        The day.
    lang
        ``nl`` or ``en``.
    link
        Gives the address of a thing's page, or None.
    choice
        The lines, bodies and parties to show; else all.

    Raises
    ------
    InputError
        When a query cannot be run.
    """
    matrix = build_matrix(store, project, at, choice)
    painter = _Painter(matrix, labels, lang, link)
    blocks = painter.set_blocks()
    width = max([block.width for block in blocks] + [_NARROWEST])
    lists, foot = painter.list_silence(width, sum(block.height + _BLOCK_GAP for block in blocks) + _HEAD)
    words = _choose_words(matrix, labels.label(project.network, lang), lang)
    legend = place_legend(words.legend, width)
    svg = render_template(
        project.site / "templates" / "drawings",
        "seats.svg",
        words=words,
        blocks=blocks,
        lists=lists,
        legend=legend,
        legend_top=foot,
        note=message("draw.seats-silence", lang),
        role="group" if link else "img",
        margin=MARGIN,
        row_height=_ROW,
        width=width,
        height=foot + legend[-1][1] + 2 * LEGEND_ROW,
    )
    return Drawing(svg, matrix.twin, words.title, words.description)


class _Painter:
    """Sets a matrix in blocks, in one language."""

    def __init__(self, matrix: Matrix, labels: Labels, lang: str, link: Link | None) -> None:
        self.matrix, self.labels, self.lang = matrix, labels, lang
        self.link = partial(find_address, link)

    def name_line(self, line: str) -> str:
        if line == EARLIER:
            newest, _ = find_earlier(self.matrix.governance)
            day = format_day(newest.earliest, self.lang) if newest and newest.earliest else "…"
            return message("draw.seats-earlier", self.lang, date=day)
        return message("draw.seats-later", self.lang) if line == LATER else title_of_line(line, self.labels, self.lang)

    def name(self, iri: str) -> str:
        return self.labels.label(iri, self.lang) if iri else message("draw.seats-no-party", self.lang)

    @cached_property
    def names(self) -> float:
        """The width of the names of the parties."""
        widest = max((measure_text(self.name(party), _NAME_SIZE) for party, _ in self.matrix.cells), default=0.0)
        return min(max(widest + 10.0, _NAMES[0]), _NAMES[1])

    def set_blocks(self) -> list[Block]:
        """Return the matrix in blocks no wider than a page; where one is not enough, the day itself comes first."""
        columns = [(line, body) for line, bodies in self.matrix.groups.items() for body in bodies]
        room = WIDEST - 2 * MARGIN - self.names
        blocks: list[Block] = []
        top = _HEAD
        parts = [columns]
        if self._measure_all(columns) > room:
            parts = [list(pairs) for _, pairs in groupby(columns, key=lambda pair: pair[0] in (EARLIER, LATER))]
        for cut in [cut for part in parts for cut in self._cut(part, room)]:
            blocks.append(self._set_block(cut, top))
            top += blocks[-1].height + _BLOCK_GAP
        return blocks

    def _cut(self, columns: Sequence[tuple[str, str]], room: float) -> list[list[tuple[str, str]]]:
        """Return columns in runs of much the same width, none wider than there is room."""
        if not columns:
            return []
        needed = self._measure_all(columns)
        fair = min(room, needed / ceil(needed / room) + _COLUMN)
        cuts: list[list[tuple[str, str]]] = [[]]
        for column in columns:
            if cuts[-1] and self._measure_all([*cuts[-1], column]) > fair:
                cuts.append([])
            cuts[-1].append(column)
        return cuts

    def _measure_all(self, columns: Sequence[tuple[str, str]]) -> float:
        return sum(self.widths[body] for _, body in columns) + _GAP * len({line for line, _ in columns})

    @cached_property
    def widths(self) -> dict[str, float]:
        """The width of each column: that of its name, and of the fullest of its cells."""
        marks: dict[str, float] = {}
        for (_, body), found in self.matrix.cells.items():
            marks[body] = max(marks.get(body, 0.0), sum(map(_measure_mark, self._share(found).values())))
        return {body: max(_COLUMN, 15.0 * len(self._fold(body)) + 6.0, most + 4.0) for body, most in marks.items()}

    def _fold(self, body: str) -> tuple[str, ...]:
        return fold_text(self.name(body), _HEADER - 14.0, _HEADER_SIZE, self.lang, 3)

    def _set_block(self, cut: Sequence[tuple[str, str]], y: float) -> Block:
        groups, columns, x = [], [], MARGIN + self.names
        for line, pairs in groupby(cut, key=lambda pair: pair[0]):
            bodies = [body for _, body in pairs]
            title = self.name_line(line)
            longest = max(measure_text(word, _LINE_SIZE, bold=True) for word in title.split()) + 4.0
            needed = sum(self.widths[body] for body in bodies)
            extra = max(0.0, min(longest, 84.0) - needed) / len(bodies)
            width = needed + extra * len(bodies)
            groups.append(Group(x, width, fold_text(title, width, _LINE_SIZE, self.lang, 4, bold=True)))
            for body in bodies:
                columns.append(self._set_column(body, x, self.widths[body] + extra))
                x += columns[-1].width
            x += _GAP
        widest = max(measure_text(text, _HEADER_SIZE) for column in columns for text in column.lines)
        header = min(widest + 20.0, _HEADER)
        top = 14.0 * max(len(group.lines) for group in groups) + 8.0 + header
        shown = [body for _, body in cut]
        lines, marks, foot = [], [], top
        for section, parties in self.matrix.sections.items():
            here = sorted(
                (party for party in parties if any((party, body) in self.matrix.cells for body in shown)),
                key=lambda party: (self.name(party).casefold(), party),
            )
            if here:
                lines.append(Line(foot, message(f"draw.section-{section or 'none'}", self.lang), True))
                foot += _SECTION
            for party in here:
                name = fold_text(self.name(party), self.names - 6.0, _NAME_SIZE, self.lang, 1)[0]
                lines.append(Line(foot, name, False, self.link(party) if party else None))
                for body, column in zip(shown, columns, strict=True):
                    found = self.matrix.cells.get((party, body), [])
                    marks += self._set_marks(found, column.x + column.width / 2, foot + _ROW / 2, party, body)
                foot += _ROW
        return Block(y, x - _GAP + MARGIN, foot, top, header, tuple(groups), tuple(columns), tuple(lines), tuple(marks))

    def _set_column(self, body: str, x: float, width: float) -> Column:
        standing = read_standing(self.matrix, body)
        nodes = self.matrix.governance.graph.nodes
        seats = [seat for (_, other), found in self.matrix.cells.items() if other == body for seat in found]
        # A body known only from later is no node of the day; the seats tell when it is first named.
        day = nodes[body]["last_attested"] if body in nodes else min(_text(s.row["first_attested"]) for s in seats)
        said = message(f"draw.{standing}", self.lang, day=format_edtf(day, self.lang))
        title = message("draw.seats-column", self.lang, body=self.name(body), standing=said)
        return Column(x, width, self._fold(body), slug_of(body), title, standing, self.link(body))

    def _set_marks(self, seats: Sequence[Seat], x: float, y: float, party: str, body: str) -> list[Mark]:
        """Return the marks of a cell beside each other."""
        shared = self._share(seats)
        left, marks = x - sum(map(_measure_mark, shared.values())) / 2, []
        for found in shared.values():
            width = _measure_mark(found)
            title = "; ".join(self._say(seat, party, body) for seat in found)
            first = found[0]
            marks.append(Mark(left + width / 2, y, first.sign, first.standing, first.is_own, len(found), title))
            left += width
        return marks

    def _share(self, seats: Sequence[Seat]) -> dict[tuple[int, str, bool], list[Seat]]:
        """Return the seats of a cell by how they look: those that look alike share a mark."""
        alike: dict[tuple[int, str, bool], list[Seat]] = {}
        for seat in sorted(seats, key=lambda seat: (_SIGNS.index(seat.sign), seat.standing, not seat.is_own)):
            alike.setdefault((_SIGNS.index(seat.sign), seat.standing, seat.is_own), []).append(seat)
        return alike

    def _say(self, seat: Seat, party: str, body: str) -> str:
        """Return the sentence that names a seat: whose it is, where, in which role, for whom, and how sure."""
        row, lang = seat.row, self.lang

        def named(column: str) -> str:
            return self.labels.label(_iri(row[column]), lang) if row[column] is not None else ""

        who = named("person") or named("office") or message("draw.seats-nobody-named", lang)
        role = message("draw.seats-absent", lang) if seat.sign == "absent" else named("role")
        behalf = message("draw.seats-for", lang, party=named("on_behalf_of")) if row["on_behalf_of"] is not None else ""
        capacity = message("draw.seats-as", lang, capacity=named("capacity")) if row["capacity"] is not None else ""
        last = format_edtf(_text(row["last_attested" if seat.standing != "later-known" else "first_attested"]), lang)
        standing = message(f"draw.{seat.standing}", lang, day=last)
        said = [role] if seat.sign == "absent" else [who, role, behalf, capacity]
        return message(
            "draw.seats-cell",
            lang,
            party=self.name(party),
            body=self.name(body),
            said=", ".join(part for part in [*said, standing] if part),
        )

    def list_silence(self, width: float, top: float) -> tuple[list[List], float]:
        """Return what no document states, in lists below the matrix, and where they end."""
        silent = {self.name_line(line): found for line, found in self.matrix.silent.items()}
        seatless = {message(f"draw.section-{name}", self.lang): found for name, found in self.matrix.seatless.items()}
        lists = []
        for key, found in (("draw.seats-silent", silent), ("draw.seats-seatless", seatless)):
            if found:
                count = sum(map(len, found.values()))
                entries = {
                    head: sorted(((self.name(iri), self.link(iri)) for iri in iris), key=lambda entry: entry[0])
                    for head, iris in found.items()
                }
                lists.append(place_list(message(key, self.lang, count=count), entries, width, top, self.lang))
                top = lists[-1].foot + 18.0
        return lists, top


def _measure_mark(seats: Sequence[Seat]) -> float:
    return _MARK + (0.0 if seats[0].is_own and len(seats) == 1 else _BRACKETS)


def _choose_words(matrix: Matrix, network: str, lang: str) -> Words:
    seats = [seat for found in matrix.cells.values() for seat in found]
    absent = sum(seat.sign == "absent" for seat in seats)
    signs = {seat.sign for seat in seats} | {seat.standing for seat in seats}
    signs |= {"other-capacity"} if any(not seat.is_own for seat in seats) else set()
    looks = [[(seat.sign, seat.standing, seat.is_own) for seat in found] for found in matrix.cells.values()]
    shared = any(len(found) > len(set(found)) for found in looks)
    signs |= {"several"} if shared else set()
    counts: Mapping[str, object] = {
        "parties": sum(map(len, matrix.sections.values())),
        "bodies": sum(map(len, matrix.groups.values())),
        "seats": len({_iri(seat.row["fact"]) for seat in seats if seat.sign != "absent"}),
        "absent": absent,
        "silent": sum(map(len, matrix.silent.values())),
    }
    return Words(
        title=message("draw.seats-title", lang, network=network, day=format_day(matrix.at, lang)),
        counts=message("draw.seats-counts", lang, **counts),
        description=message("draw.seats-description", lang, **counts),
        legend={sign: message(f"draw.seats-legend-{sign}", lang) for sign in _SIGNS if sign in signs}
        | {"empty": message("draw.seats-legend-empty", lang)},
        lang=lang,
        prefix=f"seats-{matrix.at.isoformat()}-{lang}",
    )


def _iri(value: Term | None) -> str:
    return str(getattr(value, "value", ""))


_text = _iri
