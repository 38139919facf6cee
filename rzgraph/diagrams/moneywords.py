"""How drawings of money word amounts and periods: bounds, ranges, and all readings where documents differ."""

from collections.abc import Sequence
from decimal import Decimal

from pyoxigraph import NamedNode

from rzgraph.answers.flows import Money
from rzgraph.dates import format_edtf
from rzgraph.diagrams.lettering import fold_text
from rzgraph.diagrams.streams import Period, Streams
from rzgraph.diagrams.template import Link, find_address
from rzgraph.labels import Labels
from rzgraph.messages import message
from rzgraph.money import format_amount, format_range
from rzgraph.queries import Row


def write_amount(money: Money, labels: Labels, lang: str) -> str:
    """Return the amount of a fact in words: with its bound, both ends of a range, all readings of a conflict."""
    if money.conflicting:
        found = {(said.low, said.high): said for said in reversed(money.said) if said.low is not None}
        first = [key for key, said in found.items() if said.claim == money.preferred]
        rest = sorted((key for key in found if key not in first), key=lambda key: key[0] or Decimal(0))
        texts = [write_figure(low, high, lang) for low, high in (*first, *rest)]
        if first and len(texts) > 1:
            return message("flows.also", lang, amount=texts[0], others=", ".join(texts[1:]))
        return message("flows.readings", lang, amounts=message("flows.or", lang).join(texts))
    if money.low is None:
        return next((f"“{said.text}”" for said in money.said if said.text), message("flows.no-amount", lang))
    bound = f"{labels.label(money.bound, lang)} " if money.bound else ""
    return bound + write_figure(money.low, money.high, lang)


def fold_amount(text: str, width: float, size: float, lang: str, most: int) -> tuple[str, ...]:
    """Break a text with amounts into lines, the euro sign kept with its figure."""
    kept = text.replace("€ ", "€\ue000").replace("€\u00a0", "€\ue000")
    return tuple(line.replace("\ue000", " ") for line in fold_text(kept, width, size, lang, most, bold=True))


def write_figure(low: Decimal | None, high: Decimal | None, lang: str) -> str:
    """Return an amount or range in words; empty where there is none."""
    if low is None:
        return ""
    return format_amount(low, lang) if high is None or high == low else format_range(low, high, lang)


def format_period(period: Period, lang: str) -> str:
    """Return a period in words."""
    if not period:
        return message("flows.no-period", lang)
    return " – ".join(format_edtf(text, lang) if text else "…" for text in period)


def list_left_out(
    picked: Streams, rows: Sequence[Row], labels: Labels, lang: str, link: Link | None
) -> dict[str, list[tuple[str, str | None]]]:
    """Return the flows that are not drawn, each with where it leads, by the reason in words."""
    flows = {
        row["fact"].value: row["flow"].value
        for row in rows
        if isinstance(row["fact"], NamedNode) and isinstance(row["flow"], NamedNode)
    }
    drawn = {stream.money.fact for stream in picked.streams}
    parts: dict[str, dict[str, None]] = {}
    for fact, reason in sorted(picked.left_out.items(), key=lambda pair: (pair[1], pair[0])):
        if fact not in drawn and fact in flows:
            parts.setdefault(message(f"flows.left-{reason}", lang), {})[flows[fact]] = None
    return {
        head: [(labels.label(iri, lang), find_address(link, iri)) for iri in found] for head, found in parts.items()
    }
