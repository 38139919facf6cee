"""A trace for people: the tree with its places, amounts per phase, sums, and where the evidence stops."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import IO

from rzgraph.answers.chains import (
    POOL,
    SHARED,
    STOCK,
    Direction,
    Node,
    Sum,
    add_up,
    join,
    pick_ends,
    pick_entered,
    pick_own,
    pick_split,
    pick_start,
    picks_with_figure,
)
from rzgraph.answers.flows import Flow, Ledger, Money, Said
from rzgraph.answers.grouping import Evidence
from rzgraph.answers.plaintext import fold_lines, lay_out_table
from rzgraph.answers.stops import find_stops
from rzgraph.answers.tables import escape_markdown, find_width, write_source
from rzgraph.dates import format_edtf
from rzgraph.labels import Labels
from rzgraph.messages import message
from rzgraph.money import format_amount, format_range
from rzgraph.namespaces import slug_of


@dataclass(frozen=True)
class _Line:
    """A line of the tree: how deep it stands, and the place in front of the first line of a flow."""

    depth: int
    place: str
    text: str


class _Writer:
    """Puts a tree into lines, and numbers the sources it names."""

    def __init__(self, ledger: Ledger, direction: Direction, labels: Labels, lang: str) -> None:
        self.ledger, self.direction, self.labels, self.lang = ledger, direction, labels, lang
        self.notes: dict[str, int] = {}
        self.findings: dict[str, str] = {}

    def say(self, key: str, **values: object) -> str:
        return message(f"trace.{key}", self.lang, **values)

    def name(self, iri: str) -> str:
        return self.labels.label(iri, self.lang)

    def list_lines(self, node: Node, depth: int = 0) -> Iterator[_Line]:
        flow = self.name(node.flow.iri)
        if node.above:
            flow = self.say("node", relation=self.say(f"relation-{node.relation}"), flow=flow)
        yield _Line(depth, node.place, flow)
        for text in self._describe(node):
            yield _Line(depth, "", text)
        for other in node.below:
            yield from self.list_lines(other, depth + 1)

    def _describe(self, node: Node) -> Iterator[str]:
        if node.again:
            yield self.say("circle" if node.circle else "again", place=node.again)
            return
        periods = list(dict.fromkeys(self._say_period(amount) for amount in node.flow.amounts))
        yield " · ".join([self._say_who(node.flow), *(periods if len(periods) == 1 else [])])
        if not node.flow.amounts:
            yield self.say("no-amount")
        for amount in node.flow.amounts:
            yield from self._say_amount(amount, [self._say_period(amount)] if len(periods) > 1 else [])
        if node.relation in (POOL, SHARED, STOCK):
            yield self.say(f"not-counted-{node.relation}")
        own = pick_own(node.flow)
        for relation, picks in pick_split(node).items():
            for phase, found in picks_with_figure(picks).items():
                yield self._say_split(relation, phase, add_up(found), add_up(own.get(phase, [])))
        for finding in node.flow.findings.get(self.lang, []):
            if (place := self.findings.setdefault(finding, node.place)) == node.place:
                yield self.say("finding", text=finding)
            else:
                yield self.say("finding-again", place=place)
        for stop in find_stops(self.ledger, node, self.direction, self.labels, self.lang):
            yield self.say("stop", text=stop)

    def _say_who(self, flow: Flow) -> str:
        payers = "; ".join(map(self.name, flow.payers)) or self.say("nobody")
        receivers = "; ".join(map(self.name, flow.receivers)) or self.say("nobody")
        return f"{payers} → {receivers}"

    def _say_period(self, amount: Money) -> str:
        begin, end = (
            ", ".join(format_edtf(text, self.lang) for text in texts) for texts in (amount.begins, amount.ends)
        )
        if begin and end:
            return begin if begin == end else f"{begin} – {end}"
        if begin or end:
            return self.say("from", begin=begin) if begin else self.say("until", end=end)
        return self.say("no-period")

    def _say_amount(self, amount: Money, period: list[str]) -> Iterator[str]:
        details = [*map(self.name, amount.kinds), *period, self.name(amount.standing)]
        settled = next((said for said in amount.said if said.claim == amount.preferred), None)
        if amount.conflicting:
            details.insert(0, self.say("disputed"))
        words = self.say("without-figure") if settled is None else self._word(settled, amount.per)
        agreed = [] if amount.conflicting else amount.said
        line = self.say("amount", phase=self.name(amount.phase), amount=words, details=", ".join(details))
        yield " ".join([line, *(self.say("written", text=one.text, source=self._cite(one)) for one in agreed)])
        if amount.conflicting:
            yield from self._say_readings(amount, settled)

    def _say_readings(self, amount: Money, settled: Said | None) -> Iterator[str]:
        """Say what each document says of a disputed amount, the preferred reading first."""
        figures = [said for said in amount.said if said.low is not None]
        for said in sorted(figures, key=lambda one: one is not settled):
            reading = self.say("reading", amount=self._word(said, amount.per), text=said.text, source=self._cite(said))
            kind = "open" if settled is None else "preferred" if said is settled else "other"
            yield self.say(f"reading-{kind}", reading=reading)
        if words := [
            self.say("written", text=one.text, source=self._cite(one)) for one in amount.said if one.low is None
        ]:
            yield self.say("reading-without", readings=" ".join(words))

    def _word(self, said: Said, per: str) -> str:
        """Return the amount of a claim in words; a percentage or ratio as it was written."""
        if said.low is None or slug_of(per) == "euro":
            return said.text
        words = self.word_range(said.low, said.high or said.low)
        words = f"{self.name(said.bound)} {words}" if said.bound else words
        return self.say("per", amount=words, unit=self.name(per)) if per else words

    def word_range(self, low: Decimal, high: Decimal) -> str:
        return format_amount(low, self.lang) if low == high else format_range(low, high, self.lang)

    def word_sum(self, found: Sum) -> str:
        if not found.flows:
            return self.say("nothing-counted")
        words = self.word_range(found.low, found.high)
        words = words if found.exact or found.low != found.high else self.say("about", amount=words)
        return self.say("missing", amount=words, missing=found.missing) if found.missing else words

    def _say_split(self, relation: str, phase: str, found: Sum, own: Sum) -> str:
        rest = ""
        if found.flows and own.flows and not found.missing and found.low == found.high and own.low == own.high:
            gap = own.low - found.low
            if gap:
                word = "rest" if gap > 0 else "over"
                amounts = {"own": self.word_sum(own), "rest": format_amount(abs(gap), self.lang)}
                rest = self.say(f"{word}-{relation}", **amounts)
        return self.say(
            "split", what=self.say(f"split-{relation}"), phase=self.name(phase), amount=self.word_sum(found), rest=rest
        )

    def _cite(self, said: Said) -> str:
        evidence = Evidence(said.claim, said.basis, said.document, "", said.lines, said.fragment)
        return f"[{self.notes.setdefault(write_source(evidence, self.lang), len(self.notes) + 1)}]"


@dataclass(frozen=True)
class Told:
    """What is told of a trace: heading, remarks, trees, and whether each tree has totals of its own."""

    heading: str
    notes: Sequence[str]
    nodes: Sequence[Node]
    apart: bool = False


def write_trace(
    told: Told, ledger: Ledger, direction: Direction, labels: Labels, lang: str, form: str, stream: IO[str]
) -> None:
    """Write a trace as text or Markdown: the tree, the totals per phase and the sources."""
    writer, width = _Writer(ledger, direction, labels, lang), find_width(stream)
    heading, notes = told.heading, told.notes
    lines = [line for node in told.nodes for line in writer.list_lines(node)]
    rows, head = _list_all_totals(writer, told), ["phase", "start", "entered", "finish", "gap"]
    head = [message(f"trace.column-{name}", lang) for name in (["place", *head] if told.apart else head)]
    if form == "md":
        stream.write(f"# {escape_markdown(heading)}\n\n")
        stream.writelines(f"{escape_markdown(note)}\n\n" for note in notes)
        stream.writelines(_write_item(line) for line in lines)
        stream.write(f"\n## {message('trace.totals', lang)}\n\n")
        stream.writelines(
            f"| {' | '.join(map(escape_markdown, row))} |\n" for row in [head, ["---"] * len(head), *rows]
        )
        stream.write(f"\n## {message('ask.sources', lang)}\n\n")
        stream.writelines(f"{number}. {escape_markdown(source)}\n" for source, number in writer.notes.items())
        return
    stream.write(heading + "\n\n")
    for note in notes:
        stream.writelines(fold_lines("", note, width))
    for number, line in enumerate(lines):
        if number and line.place and not line.depth:
            stream.write("\n")
        indent = "   " * line.depth
        stream.writelines(fold_lines(f"{indent}{line.place}  " if line.place else f"{indent}     ", line.text, width))
    stream.write(f"\n{message('trace.totals', lang)}\n\n")
    stream.writelines(lay_out_table(head, rows, width) or [" · ".join(row) + "\n" for row in [head, *rows]])
    stream.write(f"\n{message('ask.sources', lang)}\n")
    for source, number in writer.notes.items():
        stream.writelines(fold_lines(f"[{number}]".ljust(6), source, width))


def _write_item(line: _Line) -> str:
    indent = "  " * (line.depth * 2)
    if line.place:
        return f"{indent}- **{line.place}** {escape_markdown(line.text)}\n"
    return f"{indent}  - {escape_markdown(line.text)}\n"


def _list_all_totals(writer: _Writer, told: Told) -> list[list[str]]:
    """Return the totals of all trees together, or of each by itself."""
    counted = [node for node in told.nodes if node.counted]
    if not told.apart:
        return _list_totals(writer, counted)
    return [[node.place, *row] for node in counted for row in _list_totals(writer, [node])]


def _list_totals(writer: _Writer, nodes: Sequence[Node]) -> list[list[str]]:
    """Return per phase what there is at the start, what is first known on the way, the end, and the difference."""
    start, entered, ends = (join(map(pick, nodes)) for pick in (pick_start, pick_entered, pick_ends))
    rows = []
    for phase in sorted({*start, *ends}, key=lambda iri: (writer.name(iri), iri)):
        first, way, last = (add_up(picks.get(phase, [])) for picks in (start, entered, ends))
        gap = ""
        if first.missing or way.missing or last.missing:
            gap = writer.say("no-gap")
        elif first.flows + way.flows and last.flows:
            low, high = last.low - first.low - way.low, last.high - first.high - way.high
            gap = writer.word_range(min(low, high), max(low, high))
        amounts = [writer.word_sum(first), writer.word_sum(way) if way.flows else "", writer.word_sum(last)]
        rows.append([writer.name(phase), *amounts, gap])
    return rows
