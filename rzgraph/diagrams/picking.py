"""Which flows of money a drawing may show together: one phase, one period where amounts meet, no euro twice.

In goes the ledger, out come streams, without a layout. What may not be added up is refused in one line; what is no sum
of money from one to another is left out, with its reason.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from rzgraph.answers.flows import Flow, Ledger, Money
from rzgraph.diagrams.streams import (
    MixedError,
    Period,
    Stream,
    Streams,
    is_about,
    list_phases,
    make_stream,
    period_of,
    touch_centre,
    why_not,
    write_period,
)
from rzgraph.labels import Labels
from rzgraph.messages import message
from rzgraph.money import format_amount, parse_amount
from rzgraph.namespaces import slug_of


def pick_streams(
    ledger: Ledger,
    labels: Labels,
    centre: str,
    lang: str,
    phase: str | None = None,
    period: Period | None = None,
    whole: bool = False,
) -> Streams:
    """Return the flows around a thing that can be drawn together.

    Parameters
    ----------
    centre
        A flow, or who pays or receives: programme, party, body or network.
    lang
        The language of what is refused.
    phase
        The phase; may be left out where there is only one.
    period
        Only amounts of this period; else of any, as long as none are added up.
    whole
        Leave out the parts of what is drawn as a whole.

    Raises
    ------
    MixedError
        When there is nothing to draw, or what there is may not be added up.
    """
    picker = _Picker(ledger, labels, lang, period)
    found = list_phases(ledger, centre)
    phases = sorted({each for each, _ in found})
    if phase is None and len(phases) > 1:
        names = ", ".join(slug_of(each) for each in phases)
        raise MixedError(message("flows.mixed-phases", lang, name=labels.label(centre, lang), phases=names), "phase")
    chosen = phase or next(iter(phases), "")
    picker.phase = chosen
    streams = picker.collect(centre)
    if not streams:
        name = labels.label(centre, lang)
        if not chosen:
            raise MixedError(message("flows.nothing", lang, name=name), "nothing")
        raise MixedError(message("flows.nothing-in", lang, name=name, phase=labels.label(chosen, lang)), "nothing")
    streams = picker.settle_parts(streams, whole)
    ordered = tuple(picker.link(streams[iri], streams) for iri in sorted(streams))
    picker.check_periods(ordered)
    return Streams(centre, chosen, period, ordered, picker.left_out)


class _Picker:
    """Collects the flows of one drawing."""

    def __init__(self, ledger: Ledger, labels: Labels, lang: str, period: Period | None) -> None:
        self.ledger, self.labels, self.lang, self.period = ledger, labels, lang, period
        self.phase = ""
        self.left_out: dict[str, str] = {}

    def name(self, iri: str) -> str:
        return self.labels.label(iri, self.lang)

    def collect(self, centre: str) -> dict[str, Stream]:
        """Return the flows of the centre in the phase, what they came from and what became of them."""
        found: dict[str, Stream] = {}
        for flow in touch_centre(self.ledger, centre):
            money = self.take(flow, centre)
            if money:
                self.follow(flow.iri, found, "sources")
                self.follow(flow.iri, found, "onward")
        return found

    def take(self, flow: Flow, centre: str = "") -> Money | None:
        """Return the amount of a flow in the phase, if it can be drawn."""
        chosen = None
        for money in flow.amounts:
            if money.phase != self.phase or (centre and not is_about(self.ledger, money, centre)):
                continue
            reason = why_not(flow, money)
            if not reason and self.period is not None and period_of(money) != self.period:
                reason = "period"
            if reason:
                self.left_out[money.fact] = reason
            else:
                chosen = money
        return chosen

    def follow(self, start: str, found: dict[str, Stream], way: str) -> None:
        """Add a flow and, one way along the chain, all it came from or went to."""
        queue, seen = [start], set()
        for iri in queue:
            money = self.take(self.ledger.flows[iri])
            if money is None or iri in seen:
                continue
            seen.add(iri)
            found.setdefault(iri, make_stream(self.ledger.flows[iri], money))
            queue += getattr(self.ledger.flows[iri], way)

    def settle_parts(self, streams: dict[str, Stream], whole: bool) -> dict[str, Stream]:
        """Return the streams with no euro twice: a whole whose parts are all known is divided, another stands alone."""
        settled = dict(streams)
        queue = sorted(iri for iri in streams if not any(each in streams for each in self._wholes(iri)))
        for iri in queue:
            flow = self.ledger.flows[iri]
            parts = {part: money for part in flow.parts if (money := self.take(self.ledger.flows[part]))}
            below = [each for each in streams if iri in self._wholes(each)]
            if not parts and not below:
                continue
            reason = self.find_gap(settled[iri], parts)
            if reason and below and not whole:
                raise MixedError(reason, "overlap")
            if reason or whole:
                for each in below:
                    self.left_out[settled.pop(each).money.fact] = "part"
                continue
            settled[iri] = replace(settled[iri], division="apart")
            for part, money in parts.items():
                own = settled.get(part) or make_stream(self.ledger.flows[part], money)
                above = settled[iri]
                settled[part] = replace(
                    own, whole=iri, payers=own.payers or above.payers, receivers=own.receivers or above.receivers
                )
                queue.append(part)
        for iri in [iri for iri, stream in settled.items() if stream.division and not stream.whole]:
            self.choose_division(iri, settled)
        return settled

    def choose_division(self, iri: str, settled: dict[str, Stream]) -> None:
        """Set how a whole and its parts are drawn.

        Money of one payer is drawn apart; money that only its parts say who pays comes together; of a whole without
        payer and receiver only the parts are drawn.
        """
        above = settled[iri]
        parts = [each for each, stream in settled.items() if stream.whole == iri]
        below = [stream for each, stream in settled.items() if iri in self._wholes(each)]
        if above.payers or not any(stream.payers for stream in below):
            return
        if above.receivers:
            for each in (iri, *(each for each in settled if iri in self._wholes(each))):
                if settled[each].division:
                    settled[each] = replace(settled[each], division="together")
            return
        self.left_out[settled.pop(iri).money.fact] = "whole"
        for part in parts:
            settled[part] = replace(settled[part], whole="")
            if settled[part].division:
                self.choose_division(part, settled)

    def _wholes(self, iri: str) -> set[str]:
        """Return every whole a flow is part of, at any remove."""
        found: dict[str, None] = dict.fromkeys(self.ledger.flows[iri].wholes)
        queue = list(found)
        for each in queue:
            fresh = [one for one in self.ledger.flows[each].wholes if one not in found]
            found.update(dict.fromkeys(fresh))
            queue += fresh
        return set(found) - {iri}

    def find_gap(self, above: Stream, parts: dict[str, Money]) -> str:
        """Return why a whole cannot be divided into its parts; empty where the parts make the whole."""
        amounts = [money.low for money in parts.values()]
        known = [amount for amount in amounts if amount is not None]
        words = {"whole": self.name(above.flow.iri), "phase": self.name(self.phase)}
        if len(known) < len(above.flow.parts) or above.money.low is None:
            return message("flows.parts-unknown", self.lang, **words)
        if {period_of(money) for money in parts.values()} - {above.period}:
            return message("flows.parts-of-periods", self.lang, **words)
        total = sum(known, Decimal(0))
        if abs(total - above.money.low) > _allow([above.money, *parts.values()]):
            amounts_of = {
                "amount": format_amount(above.money.low, self.lang),
                "parts": format_amount(total, self.lang),
            }
            return message("flows.overlap", self.lang, **words, **amounts_of)
        return ""

    def link(self, stream: Stream, streams: dict[str, Stream]) -> Stream:
        """Return a stream with the drawn flows it was passed on from."""
        return replace(stream, sources=tuple(iri for iri in stream.flow.sources if iri in streams))

    def check_periods(self, streams: Sequence[Stream]) -> None:
        """See to it that amounts that meet at a party are of one period.

        Raises
        ------
        MixedError
            Naming the party and the periods.
        """
        met: dict[tuple[str, tuple[str, ...]], set[Period]] = {}
        for stream in streams:
            if stream.payers and not stream.division:
                met.setdefault(("out", stream.payers), set()).add(stream.period)
            if stream.receivers and not stream.division:
                met.setdefault(("in", stream.receivers), set()).add(stream.period)
        for (_, actors), periods in sorted(met.items()):
            if len(periods) > 1:
                names = ", ".join(self.name(iri) for iri in actors)
                said = "; ".join(write_period(period) for period in sorted(periods))
                raise MixedError(message("flows.mixed-periods", self.lang, name=names, periods=said), "period")


def _allow(amounts: Iterable[Money]) -> Decimal:
    """Return how far a whole and its parts may differ through rounding as written."""
    written = [parse_amount(said.text) for money in amounts for said in money.said if said.claim == money.preferred]
    return max(Decimal("0.5"), sum((reading.place for reading in written if reading), Decimal(0)) / 2)
