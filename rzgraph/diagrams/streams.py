"""What a drawing of money is made of: flows with their ends and amounts, and the reasons why some are not drawn.

The flows come from the ledger as `rzgraph.answers.flows` reads it; `rzgraph.diagrams.picking` chooses among them.
"""

from dataclasses import dataclass
from decimal import Decimal

from rzgraph.answers.flows import Flow, Ledger, Money
from rzgraph.errors import RzgraphError
from rzgraph.namespaces import slug_of

# Kinds that are no money on its way from one to another, and those that are only as a part of something larger.
_NO_MONEY, _ONLY_PART = ("ratio", "price", "difference"), ("balance", "shortfall")
#: What stands for a period that is not stated.
UNSTATED = "unstated"
Period = tuple[str, ...]


class MixedError(RzgraphError):
    """Amounts that may not stand in one drawing: the words say which.

    Parameters
    ----------
    words
        What is said, in the language of the drawing.
    why
        ``phase``, ``period``, ``overlap`` or ``nothing``.
    """

    exit_code = 1

    def __init__(self, words: str, why: str) -> None:
        super().__init__(words)
        self.why = why


@dataclass(frozen=True)
class Stream:
    """A flow that is drawn.

    Attributes
    ----------
    payers, receivers
        Who pays and who receives, by IRI; none where the documents do not say.
    low, high
        The smallest and largest amount stated; None where no figure stands.
    whole
        The flow it is drawn as a part of, by IRI; empty where it stands for itself.
    sources
        The drawn flows it was passed on from, by IRI.
    division
        How its parts are drawn: ``apart`` after it, ``together`` before it, or empty where it has none drawn.
    """

    flow: Flow
    money: Money
    payers: tuple[str, ...]
    receivers: tuple[str, ...]
    low: Decimal | None
    high: Decimal | None
    whole: str = ""
    sources: tuple[str, ...] = ()
    division: str = ""

    @property
    def period(self) -> Period:
        """The period the amount is of, as stated; empty where none is."""
        return period_of(self.money)


@dataclass(frozen=True)
class Streams:
    """The flows of a drawing: the thing in the middle, the phase, the period if one was chosen, and what is left out.

    `left_out` has the IRI of each fact that is not drawn, with the name of the reason.
    """

    centre: str
    phase: str
    period: Period | None
    streams: tuple[Stream, ...]
    left_out: dict[str, str]


def period_of(money: Money) -> Period:
    """Return the period of an amount as its claims state it; empty where they do not."""
    begins, ends = "/".join(sorted(money.begins)), "/".join(sorted(money.ends))
    return () if not begins and not ends else (begins,) if begins == ends else (begins, ends)


def write_period(period: Period) -> str:
    """Return a period as it is asked for on the command line."""
    return "/".join(period) if period else UNSTATED


def touch_centre(ledger: Ledger, centre: str) -> list[Flow]:
    """Return the flows a thing pays or receives, or the flow that it is; with its parts."""
    if centre in ledger.flows:
        return [ledger.flows[centre]]
    found = {*ledger.paid_by(centre), *ledger.received_by(centre)}
    return [ledger.flows[iri] for iri in sorted(found)]


def list_phases(ledger: Ledger, centre: str) -> list[tuple[str, Period]]:
    """Return the phases, with the periods, in which a thing has money that can be drawn."""
    return sorted(
        {
            (money.phase, period_of(money))
            for flow in touch_centre(ledger, centre)
            for money in flow.amounts
            if is_about(ledger, money, centre) and not why_not(flow, money)
        }
    )


def is_about(ledger: Ledger, money: Money, centre: str) -> bool:
    """Tell whether an amount is of the flow in the middle, or paid or received by what stands there."""
    return centre in ledger.flows or centre in money.payers or centre in money.receivers


def why_not(flow: Flow, money: Money) -> str:
    """Return why an amount of a flow is no stream of money; empty where it is one."""
    if money.per:
        return "per"
    kinds = _NO_MONEY if flow.wholes else _NO_MONEY + _ONLY_PART
    if any(slug_of(kind) in kinds for kind in money.kinds):
        return "kind"
    return "negative" if any(said.low is not None and said.low < 0 for said in money.said) else ""


def make_stream(flow: Flow, money: Money) -> Stream:
    """Return a flow as it is drawn by itself, from its lowest to its highest reading where they differ."""
    lows = [said.low for said in money.said if said.low is not None]
    highs = [said.high for said in money.said if said.high is not None]
    low, high = (min(lows, default=None), max(highs, default=None)) if money.conflicting else (money.low, money.high)
    return Stream(flow, money, tuple(sorted(money.payers)), tuple(sorted(money.receivers)), low, high)
