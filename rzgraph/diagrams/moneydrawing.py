"""Flows of money as SVG: who pays on the left, the flows, who receives, and what they pass on to the right.

Nothing is drawn without an amount in the ledger; who is not stated stands as not stated, and an amount of which
readings differ is drawn from the lowest to the highest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import networkx as nx
from pyoxigraph import NamedNode

from rzgraph.diagrams.lettering import fold_text, measure_text
from rzgraph.diagrams.lists import place_list
from rzgraph.diagrams.moneywords import fold_amount, format_period, list_left_out, write_amount
from rzgraph.diagrams.routing import MARGIN
from rzgraph.diagrams.sankey import Ribbon, shape_ribbon, spread_streams
from rzgraph.diagrams.streams import Stream, Streams
from rzgraph.diagrams.template import LEGEND_ROW, Drawing, Link, Words, find_address, place_legend, render_template
from rzgraph.labels import Labels
from rzgraph.messages import message
from rzgraph.money import format_amount
from rzgraph.namespaces import kind_of, slug_of
from rzgraph.queries import Answer, Row
from rzgraph.settings import Project

_SIZE, _PITCH, _HEAD, _PAD = 12.0, 15.0, 84.0, 8.0
_WHO, _FLOW, _MANY = 132.0, 158.0, 5
#: The height of the fullest column, and the thinnest ribbon.
_FULL, _LEAST = 300.0, 1.0
_SIGNS = ("stream", "unsure", "part", "passed", "silent", "unknown")


@dataclass(frozen=True)
class Box:
    """What a box says: its look, its lines (text, whether bold, where it leads), its title."""

    look: str
    lines: tuple[tuple[str, bool, str | None], ...]
    title: str

    @property
    def size(self) -> tuple[float, float]:
        """The width and height its lines need."""
        width = max(measure_text(text, _SIZE, bold) for text, bold, _ in self.lines)
        return width + 2 * _PAD, len(self.lines) * _PITCH + _PAD


@dataclass(frozen=True)
class Band:
    """What a ribbon says: its look, its title, the share of it that is sure."""

    look: str
    title: str
    sure: float


def draw_money(
    picked: Streams, rows: Sequence[Row], project: Project, labels: Labels, lang: str, link: Link | None = None
) -> Drawing:
    """Draw the flows of money around a thing.

    Parameters
    ----------
    picked
        From `rzgraph.diagrams.streams.pick_streams`.
    rows
        The rows of ``queries/networks/money-amounts.rq``, for the text twin.
    project, labels
        The project whose templates are used, and the names of things.
    lang
        ``nl`` or ``en``.
    link
        Gives the address of a thing's page, or None.
    """
    painter = _Painter(picked, labels, lang, link)
    painter.connect()
    boxes = painter.caption()
    spread = spread_streams({name: box.size for name, box in boxes.items()}, painter.ribbons)
    words = painter.choose_words(labels.label(picked.centre, lang))
    parts = list_left_out(picked, rows, labels, lang, link)
    width = max(spread.width + 2 * MARGIN, 560.0, measure_text(words.title, 19, True) + 2 * MARGIN)
    foot = _HEAD + spread.height + 16.0
    listed = place_list(message("flows.money-left-out", lang), parts, width, foot, lang) if parts else None
    top = listed.foot + 20.0 if listed else foot + 8.0
    legend = place_legend(words.legend, width)
    notes = [text for note in painter.write_notes() for text in fold_text(note, width - 2 * MARGIN, _SIZE, lang)]
    svg = render_template(
        project.site / "templates" / "drawings",
        "money.svg",
        words=words,
        boxes=[(boxes[name], *spread.boxes[name]) for name in sorted(boxes)],
        bands=[painter.shape(ribbon, spread.ways[ribbon.name]) for ribbon in painter.ribbons],
        lists=[listed] if listed else [],
        legend=legend,
        legend_top=top,
        notes=notes,
        role="group" if link else "img",
        margin=MARGIN,
        left=(width - spread.width) / 2,
        top=_HEAD,
        pitch=_PITCH,
        width=width,
        height=top + legend[-1][1] + LEGEND_ROW + len(notes) * 17.0,
    )  # fmt: skip
    facts = {stream.money.fact for stream in picked.streams} | set(picked.left_out)
    twin = [row for row in rows if isinstance(row["fact"], NamedNode) and row["fact"].value in facts]
    columns = tuple(rows[0]) if rows else ()
    return Drawing(svg, Answer(columns, twin), words.title, words.description)


class _Painter:
    """Turns streams into boxes and ribbons, in one language."""

    def __init__(self, picked: Streams, labels: Labels, lang: str, link: Link | None) -> None:
        self.picked, self.labels, self.lang, self.link = picked, labels, lang, link
        self.by_flow = {stream.flow.iri: stream for stream in picked.streams}
        self.graph: nx.DiGraph[str] = nx.DiGraph()
        self.actors: dict[str, tuple[str, ...]] = {}
        self.ribbons: list[Ribbon] = []
        self.bands: dict[str, Band] = {}
        self.scale = self._choose_scale()

    def name(self, iri: str) -> str:
        return self.labels.label(iri, self.lang)

    def say(self, key: str, **values: object) -> str:
        return message(f"flows.{key}", self.lang, **values)

    def _choose_scale(self) -> float:
        """Return points per euro: the flows that stand for themselves together fill a column."""
        total = sum((s.high for s in self.picked.streams if s.high and not s.whole and not s.sources), Decimal(0))
        largest = max((s.high for s in self.picked.streams if s.high), default=Decimal(0))
        return _FULL / float(max(total, largest)) if max(total, largest) > 0 else 1.0

    def connect(self) -> None:
        """Tie payers, flows, parts and receivers together."""
        onward = {source for stream in self.picked.streams for source in stream.sources}
        for stream in sorted(self.picked.streams, key=lambda stream: (self._count_hops(stream), stream.flow.iri)):
            self._connect_start(stream)
            above = self.by_flow.get(stream.whole)
            if above and above.division == "together":
                self._tie(stream, stream.flow.iri, stream.whole, look="part")
            elif stream.division != "apart" and (stream.receivers or stream.flow.iri not in onward):
                self._tie(stream, stream.flow.iri, self._who(stream.receivers, "receiver"))

    def _count_hops(self, stream: Stream) -> int:
        """Return how many drawn flows come before one: where money goes round, the last of them gets a second box."""
        queue = [*stream.sources]
        for iri in queue:
            queue += [source for source in self.by_flow[iri].sources if source not in queue]
        return len(queue)

    def _connect_start(self, stream: Stream) -> None:
        flow = stream.flow.iri
        above = self.by_flow.get(stream.whole)
        if above and above.division == "apart":
            self._tie(stream, stream.whole, flow, look="part")
        if stream.division == "together" or (above and above.division == "apart"):
            return
        sources = [self.by_flow[iri] for iri in stream.sources]
        # Money that the same party pays further on, or of which only the source says who pays, comes out of its source.
        known = [iris for source in sources for iris in (source.payers, source.receivers, ())]
        is_whole = len(sources) == 1 and stream.payers in known
        if not is_whole:
            self._tie(stream, self._who(stream.payers, "payer"), flow)
        for source in sources:
            giver = self._who(source.receivers, "receiver") if source.receivers else source.flow.iri
            if is_whole or not source.receivers or source.receivers != stream.payers:
                self._tie(stream, giver, flow, look="stream" if is_whole else "passed", thin=not is_whole)

    def _who(self, iris: tuple[str, ...], side: str) -> str:
        key = f"who {' '.join(iris)}" if iris else f"who {side}"
        self.actors[key] = iris
        return key

    def _tie(self, stream: Stream, source: str, target: str, look: str = "stream", thin: bool = False) -> None:
        """Add a ribbon; who would stand both before and after a flow gets a second box."""
        known = source in self.graph and target in self.graph
        if source == target or (known and nx.has_path(self.graph, target, source)):
            end = source if source in self.actors else target
            second = f"{end} again"
            self.actors[second] = self.actors.get(end, ())
            source, target = (second, target) if end == source else (source, second)
        self.graph.add_edge(source, target)
        low, high = (None, None) if thin else (stream.low, stream.high)
        width = max(_LEAST, float(high) * self.scale) if high else 0.0
        sure = float(low / high) if low is not None and high else 1.0
        name = f"band {len(self.ribbons):04}"
        kind = look if look == "passed" else ("silent" if not width else look)
        self.ribbons.append(Ribbon(name, source, target, width))
        self.bands[name] = Band(kind, self.describe(stream), sure)

    def shape(self, ribbon: Ribbon, way: list[tuple[float, float]]) -> tuple[Band, str, str, str]:
        """Return a ribbon as it is drawn."""
        band = self.bands[ribbon.name]
        return (band, *shape_ribbon(way, ribbon.width, band.sure))

    def describe(self, stream: Stream) -> str:
        """Return a flow in a sentence."""
        return self.say(
            "stream-title",
            flow=self.name(stream.flow.iri),
            payers=self._names(stream.payers),
            receivers=self._names(stream.receivers),
            phase=self.name(self.picked.phase),
            amount=write_amount(stream.money, self.labels, self.lang),
            period=format_period(stream.period, self.lang),
        )

    def _names(self, iris: Sequence[str]) -> str:
        return ", ".join(self.name(iri) for iri in iris) or self.say("not-stated")

    def caption(self) -> dict[str, Box]:
        """Return the words of every box."""
        boxes: dict[str, Box] = {}
        for stream in self.picked.streams:
            iri = stream.flow.iri
            href = find_address(self.link, iri)
            lines = [(text, False, href) for text in fold_text(self.name(iri), _FLOW, _SIZE, self.lang, 4)]
            amount = write_amount(stream.money, self.labels, self.lang)
            lines += [(text, True, None) for text in fold_amount(amount, _FLOW, _SIZE, self.lang, 3)]
            boxes[iri] = Box("part" if stream.division else "flow", tuple(lines), self.describe(stream))
        for key in sorted(self.graph):
            if key in self.actors:
                boxes[key] = self._caption_who(key)
        return boxes

    def _caption_who(self, key: str) -> Box:
        iris = self.actors[key]
        if not iris:
            text = self.say("payer-not-stated" if "payer" in key else "receiver-not-stated")
            return Box("unknown", tuple((line, False, None) for line in fold_text(text, _WHO, _SIZE, self.lang)), text)
        shown = iris if len(iris) <= _MANY else iris[: _MANY - 1]
        lines: list[tuple[str, bool, str | None]] = []
        for iri in shown:
            href = find_address(self.link, iri)
            lines += [(text, False, href) for text in fold_text(self.name(iri), _WHO, _SIZE, self.lang, 3)]
        if len(shown) < len(iris):
            lines.append((self.say("others", count=len(iris) - len(shown)), False, None))
        if len(iris) > 1:
            lines.append((f"({self.say('together')})", False, None))
        lines += [(text, True, None) for text in self._sum(key)]
        return Box(kind_of(iris[0]), tuple(lines), self._names(iris))

    def _sum(self, key: str) -> list[str]:
        """Return what a party pays and receives in all: more than one amount, all known and of one stated period."""
        sums: list[str] = []
        for side, ends in (("in", self.graph.in_edges(key)), ("out", self.graph.out_edges(key))):
            flows = {flow for edge in ends for flow in edge if flow in self.by_flow}
            streams = [self.by_flow[flow] for flow in sorted(flows)]
            amounts = [stream.low for stream in streams if stream.low is not None and stream.low == stream.high]
            if len(amounts) == len(streams) > 1 and len({s.period for s in streams}) == 1 and streams[0].period:
                text = self.say(f"sum-{side}", amount=format_amount(sum(amounts, Decimal(0)), self.lang))
                sums += fold_amount(text, _WHO, _SIZE, self.lang, 2)
        return sums

    def write_notes(self) -> list[str]:
        """Return what stands below the legend: the scale, and what a sum is."""
        largest = max((stream.high for stream in self.picked.streams if stream.high), default=None)
        if not largest:
            return []
        scale = {"amount": format_amount(largest, self.lang), "points": f"{float(largest) * self.scale:.0f}"}
        return [self.say("money-scale", least=f"{_LEAST:.0f}", **scale), self.say("money-note")]

    def choose_words(self, name: str) -> Words:
        """Return the words around the drawing."""
        picked, bands = self.picked, self.bands.values()
        phase = self.name(picked.phase)
        period = format_period(picked.period, self.lang) if picked.period is not None else ""
        unsure = [stream for stream in picked.streams if stream.low != stream.high]
        silent = [stream for stream in picked.streams if stream.high is None]
        counts = {
            "streams": len(picked.streams),
            "payers": len({iri for stream in picked.streams for iri in stream.payers}),
            "receivers": len({iri for stream in picked.streams for iri in stream.receivers}),
            "silent": len(silent),
        }
        shown = {band.look for band in bands} | ({"unsure"} if unsure else set())
        shown |= {"part"} if any(stream.division for stream in picked.streams) else set()
        shown |= {"unknown"} if any(not self.actors[key] for key in self.actors if key in self.graph) else set()
        title = self.say("money-title-period" if period else "money-title", name=name, phase=phase, period=period)
        return Words(
            title=title,
            counts=self.say("money-counts", **counts),
            description=self.say(
                "money-description",
                phase=phase,
                streams=counts["streams"],
                silent=len(silent),
                unsure=len(unsure),
                left_out=len(set(picked.left_out) - {stream.money.fact for stream in picked.streams})
                or self.say("none"),
            ),
            legend={sign: self.say(f"legend-{sign}") for sign in _SIGNS if sign in shown},
            lang=self.lang,
            prefix=f"money-{kind_of(picked.centre)}-{slug_of(picked.centre)}-{slug_of(picked.phase)}-{self.lang}"
            + ("-" + "-".join(picked.period or ("unstated",)).replace("/", "_") if picked.period is not None else ""),
        )
