"""The drawing of one person, party or body: the thing in the middle, its seats, bodies, people and relations around it.

Where there is more than can be read, things that are tied in the same way to the same thing become one box, and are
named below the drawing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from rzgraph.dates import format_day, format_edtf
from rzgraph.diagrams.boxes import Point
from rzgraph.diagrams.columns import BOX, WORDS, Placed, Wire, set_columns
from rzgraph.diagrams.crowds import choose_columns, group_ties, name_kind
from rzgraph.diagrams.lettering import fold_text
from rzgraph.diagrams.lists import Name, place_list
from rzgraph.diagrams.routing import MARGIN
from rzgraph.diagrams.template import LEGEND_ROW, Drawing, Link, Words, find_address, place_legend, render_template
from rzgraph.diagrams.ties import (
    ABSENT,
    FOR,
    OFFICE,
    PARTNER,
    RELATION,
    SEAT,
    SPEAKS,
    SPEAKS_IN,
    THEME,
    UNDER,
    Ego,
    Tie,
)
from rzgraph.labels import Labels
from rzgraph.messages import message
from rzgraph.namespaces import kind_of, rz, slug_of
from rzgraph.settings import Project

_SIZE, _SMALL, _PITCH = 13.0, 11.0, 15.5
_WORDS_SIZE, _WORDS_PITCH, _HEAD, _LOWEST = 11.0, 12.5, 80.0, 620.0
_CLASSES = {"person": "Person", "office": "Office", "party": "Party", "body": "Body", "network": "Network"}
_SIGNS = ("person", "party", "body", "stated", "last-known", "later-known", "derived", "absent")
# The order of things in a column, before lines have a say.
_RANKS = ("network", "body", "person", "office", "party", "theme", "group")

# The order in which a line says what ties two things.
_ORDER = (OFFICE, PARTNER, SEAT, ABSENT, SPEAKS, SPEAKS_IN, FOR, UNDER, THEME, RELATION)


@dataclass(frozen=True)
class Box:
    """What a box says: its shape, lines with their class and foot, title, and where it leads."""

    shape: str
    slug: str
    lines: tuple[tuple[str, str, float], ...]
    title: str
    href: str | None
    is_centre: bool

    @property
    def height(self) -> float:
        """The height its lines need."""
        return self.lines[-1][2] + 9.0


@dataclass(frozen=True)
class LineWords:
    """What a line says: its words, its title, and how it is drawn.

    `head` is the IRI of the thing an arrow points at, where the tie has a direction.
    """

    lines: tuple[str, ...]
    title: str
    style: str
    is_absent: bool
    head: str

    @property
    def height(self) -> float:
        """The height its words need."""
        return _WORDS_PITCH * len(self.lines) + (11.0 if self.is_absent else 6.0)


def draw_ego(ego: Ego, project: Project, labels: Labels, lang: str, link: Link | None = None) -> Drawing:
    """Draw one thing and what it is tied to.

    Parameters
    ----------
    ego
        From `rzgraph.diagrams.ties.pick_ego`.
    project, labels
        The project whose templates are used, and the names of things.
    lang
        ``nl`` or ``en``.
    link
        Gives the address of a thing's page, or None.
    """
    painter = _Painter(ego, labels, lang, link)
    ties, groups = group_ties(ego)
    pairs: dict[tuple[str, str], list[Tie]] = {}
    for tie in ties:
        pairs.setdefault((tie.source, tie.target), []).append(tie)
    column_of = choose_columns(ego.centre, ties)
    boxes = {iri: painter.caption(iri, groups) for iri in sorted(column_of, key=painter.rank)}
    wires, words = [], {}
    for number, ((source, target), found) in enumerate(sorted(pairs.items()), start=1):
        name = f"line {number:03}"
        words[name] = painter.caption_tie(found)
        inner, outer = sorted((source, target), key=lambda iri: abs(column_of[iri]))
        wires.append(Wire(name, inner, outer, words[name].height))
    placed = set_columns(column_of, {iri: box.height for iri, box in boxes.items()}, wires)
    width = max(placed.width + 2 * MARGIN, _LOWEST)
    parts = {painter.name_group(iri, members): painter.list_names(members) for iri, members in groups.items()}
    foot = _HEAD + placed.height + 14.0
    lists = [place_list(message("draw.network-grouped", lang), parts, width, foot, lang)] if parts else []
    top = lists[0].foot + 18.0 if lists else foot
    text = painter.choose_words(ties, boxes, words)
    legend = place_legend(text.legend, width)
    svg = render_template(
        project.site / "templates" / "drawings",
        "network.svg",
        words=text,
        boxes=[(boxes[iri], *place) for iri, place in sorted(placed.boxes.items())],
        ties=[(words[w.name], placed.ways[w.name], placed.words[w.name], _point(w, words, placed)) for w in wires],
        lists=lists,
        legend=legend,
        legend_top=top,
        role="group" if link else "img",
        margin=MARGIN,
        left=(width - placed.width) / 2,
        top=_HEAD,
        reach=WORDS,
        width=width,
        height=top + (legend[-1][1] if legend else 0.0) + LEGEND_ROW,
    )
    return Drawing(svg, ego.twin, text.title, text.description)


def _point(wire: Wire, words: dict[str, LineWords], placed: Placed) -> list[Point]:
    """Return the corners of the arrow head of a line, none where it has no direction."""
    inner, outer = placed.ends[wire.name]
    if not words[wire.name].head:
        return []
    (x, y), away = (outer, inner) if words[wire.name].head == wire.outer else (inner, outer)
    back = 8.0 if away[0] > x else -8.0
    return [(x, y), (x + back, y - 4.0), (x + back, y + 4.0)]


class _Painter:
    """Words the drawing of one thing, in one language."""

    def __init__(self, ego: Ego, labels: Labels, lang: str, link: Link | None) -> None:
        self.ego, self.labels, self.lang = ego, labels, lang
        self.link = partial(find_address, link)

    def name(self, iri: str) -> str:
        return self.labels.label(iri, self.lang)

    def rank(self, iri: str) -> tuple[int, str, str]:
        """Return what boxes are ordered by before lines have a say."""
        kind = "group" if iri.startswith("group ") else kind_of(iri)
        return (_RANKS.index(kind) if kind in _RANKS else len(_RANKS), self.name(iri).casefold(), iri)

    def name_group(self, iri: str, members: Sequence[str]) -> str:
        return message(f"draw.network-group-{name_kind(iri)}", self.lang, count=len(members))

    def list_names(self, members: Sequence[str]) -> list[Name]:
        return sorted(((self.name(iri), self.link(iri)) for iri in members), key=lambda pair: pair[0])

    def caption(self, iri: str, groups: dict[str, list[str]]) -> Box:
        """Return what a box says: its name and what kind of thing it is."""
        is_group, is_centre = iri in groups, iri == self.ego.centre
        name = self.name_group(iri, groups[iri]) if is_group else self.name(iri)
        kind = "" if is_group else self._name_kind(iri)
        lines, foot = [], 6.0
        for text, style, size in ((name, "strong" if is_centre else "plain", _SIZE), (kind, "kind", _SMALL)):
            for line in fold_text(text, BOX - 18.0, size, self.lang, 5, bold=style == "strong"):
                foot += _PITCH if style != "kind" else 13.0
                lines.append((style, line, foot - 3.0))
        members = ", ".join(text for text, _ in self.list_names(groups[iri])) if is_group else kind
        shape = {"person": "person", "office": "person", "body": "body"}.get(name_kind(iri), "party")
        title = f"{name}: {members}." if members else f"{name}."
        slug = iri.replace(" ", "-") if is_group else f"{kind_of(iri)}-{slug_of(iri)}"
        return Box(shape, slug, tuple(lines), title, None if is_group or is_centre else self.link(iri), is_centre)

    def _name_kind(self, iri: str) -> str:
        if iri in self.ego.kinds:
            return self.name(self.ego.kinds[iri])
        known = _CLASSES.get(kind_of(iri))
        return self.name(rz(known).value) if known else message(f"draw.network-kind-{kind_of(iri)}", self.lang)

    def caption_tie(self, ties: Sequence[Tie]) -> LineWords:
        """Return what a line says of two things, in few words and in whole sentences."""
        ties = sorted(ties, key=lambda tie: (_ORDER.index(tie.sort), tie.what, tie.behalf))
        # That somebody stands under the name of a party goes without saying where more is said of the two.
        telling = [tie for tie in ties if tie.sort != UNDER] or ties
        said = list(dict.fromkeys(self._say(tie) for tie in telling))
        lines = fold_text("; ".join(said), WORDS - 8.0, _WORDS_SIZE, self.lang, 4)
        sentences = [
            message(
                "draw.network-tie",
                self.lang,
                a=self._name_end(tie.source),
                b=self._name_end(tie.target),
                said=self._say(tie),
                standing=message(f"draw.{tie.standing}", self.lang, day=format_edtf(tie.last_attested, self.lang)),
                derived=message("draw.network-derived", self.lang) if tie.is_derived else "",
            )
            for tie in ties
        ]
        style = "last-known" if all(tie.standing == "last-known" for tie in ties) else "stated"
        if all(tie.is_derived for tie in ties):
            style = "derived"
        if all(tie.standing == "later-known" for tie in ties):
            style = "later-known"
        is_absent = all(tie.sort == ABSENT for tie in ties)
        head = ties[0].target if all(tie.sort in (RELATION, SPEAKS) for tie in ties) else ""
        return LineWords(lines, " ".join(dict.fromkeys(sentences)), style, is_absent, head)

    def _name_end(self, iri: str) -> str:
        return message("draw.network-several", self.lang) if iri.startswith("group ") else self.name(iri)

    def _say(self, tie: Tie) -> str:
        if tie.sort in (OFFICE, PARTNER, RELATION):
            return self.name(tie.what) if tie.what else message(f"draw.network-{tie.sort}", self.lang)
        if tie.sort != SEAT:
            behalf = self.name(tie.behalf) if tie.behalf else ""
            return message(f"draw.network-{tie.sort}", self.lang, party=behalf)
        role = self.name(tie.what) if tie.what else message("draw.network-seat", self.lang)
        if tie.behalf in (tie.source, self.ego.centre):
            return role
        if tie.behalf:
            return message("draw.network-seat-for", self.lang, role=role, party=self.name(tie.behalf))
        is_party = kind_of(self.ego.centre) == "party"
        return message("draw.network-seat-unsaid", self.lang, role=role) if is_party else role

    def choose_words(self, ties: Sequence[Tie], boxes: dict[str, Box], lines: dict[str, LineWords]) -> Words:
        """Return the words around the drawing."""
        ego, lang = self.ego, self.lang
        last = sum(tie.standing == "last-known" for tie in ego.ties)
        counts = {"things": len(ego.things) - 1, "ties": len(ego.ties), "last": last, "later": ego.later}
        shown = {box.shape for box in boxes.values()} | {line.style for line in lines.values()}
        shown |= {"absent"} if any(line.is_absent for line in lines.values()) else set()
        key = "draw.network-counts-later" if ego.later else "draw.network-counts"
        return Words(
            title=message("draw.network-title", lang, name=self.name(ego.centre), day=format_day(ego.at, lang)),
            counts=message(key if ties else "draw.network-none", lang, **counts),
            description=message("draw.network-description", lang, name=self.name(ego.centre), **counts),
            legend={sign: message(f"draw.network-legend-{sign}", lang) for sign in _SIGNS if sign in shown},
            lang=lang,
            prefix=f"network-{kind_of(ego.centre)}-{slug_of(ego.centre)}-{ego.at.isoformat()}-{lang}",
        )
