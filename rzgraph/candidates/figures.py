"""Candidates about figures: amounts, numbers, percentages, dates, and addresses of other documents.

Nothing is guessed: an amount names no flow, a figure no indicator (unless a known one is named on its line), a date no
event. Numbers in words, and dates no finer than a year, are not proposed: `rzgraph sources coverage` lists them.
"""

from collections.abc import Iterable, Iterator

from rzgraph.candidates.claims import Candidate, Entry, Says, choose, propose
from rzgraph.candidates.housestyle import Block, make_slug, write_date, write_text, write_thing
from rzgraph.candidates.known import Known
from rzgraph.candidates.links import name_address, slug_address, tell_kind, tell_marks
from rzgraph.money import parse_amount
from rzgraph.namespaces import slug_of
from rzgraph.reading.lines import Found, Lines
from rzgraph.reading.numerals import read_number
from rzgraph.reading.places import Spot
from rzgraph.reading.register import KINDS

_AROUND = 4


def propose_amounts(text: Lines, spots: Iterable[Spot]) -> Iterator[Candidate]:
    """Yield a claim for every amount that can be read, without flow and kind."""
    for spot in spots:
        reading = parse_amount(spot.found.words)
        if spot.kind != KINDS["amounts"] or reading is None:
            continue
        says: Says = (
            ("rz:flow", choose("flow")),
            ("rz:kind", choose("kind")),
            ("rz:phase", ("phase:unstated",)),
            ("rz:amount", (f"{reading.low:f}",)),
        )
        if reading.high is not None:
            says += (("rz:amountTo", (f"{reading.high:f}",)),)
        says += (("rz:amountText", (write_text(spot.found.words),)),)
        slug = f"amount-{make_slug(spot.found.words.replace('€', 'euro '))}"
        candidate = propose(text, spot.found, slug, "AmountClaim", says, "note-amount", _AROUND)
        if candidate:
            yield candidate


def propose_figures(text: Lines, spots: Iterable[Spot], names: Iterable[Found], known: Known) -> Iterator[Candidate]:
    """Yield a claim for every number in digits and every percentage, with an indicator where one is named beside it."""
    indicators: dict[int, set[str]] = {}
    for name in names:
        for key in name.keys:
            if known.classes.get(key) == "Indicator":
                for line in range(name.first, name.last + 1):
                    indicators.setdefault(line, set()).add(key)
    for spot in spots:
        if spot.kind not in (KINDS["numbers"], KINDS["percentages"]) or spot.word:
            continue
        share = spot.kind == KINDS["percentages"]
        number = read_number(spot.found.words)
        named = sorted(indicators.get(spot.found.first, ()))
        says: Says = (
            ("rz:indicator", (write_thing(named[0]),) if len(named) == 1 else choose("indicator")),
            ("rz:area", choose("network")),
        )
        if number is not None:
            says += (("rz:value", (f"{number:f}",)),)
        says += (
            ("rz:valueText", (write_text(spot.found.words),)),
            ("rz:unit", ("unit:percent",) if share else choose("unit")),
        )
        slug = f"obs-{make_slug(spot.found.words.replace('%', ' procent'))}"
        candidate = propose(text, spot.found, slug, "ObservationClaim", says, "note-figure", _AROUND)
        if candidate:
            yield candidate


def propose_dates(text: Lines, spots: Iterable[Spot]) -> Iterator[Candidate]:
    """Yield a claim for every date finer than a year whose year is said, without the event."""
    for spot in spots:
        edtf = tell_edtf(spot)
        if not edtf:
            continue
        says: Says = (("rz:event", choose("event")), ("rz:kind", choose("kind")), ("rz:when", (write_date(edtf),)))
        slug = f"event-{make_slug(edtf)}"
        candidate = propose(text, spot.found, slug, "EventClaim", says, "note-event", _AROUND)
        if candidate:
            yield candidate


def tell_edtf(spot: Spot) -> str:
    """Return a date that is finer than a year in EDTF, a period as an interval; nothing for any other place."""
    dates = [moment.edtf for moment in spot.moments]
    if spot.kind != KINDS["dates"] or not dates or not all(dates) or not any(moment.code for moment in spot.moments):
        return ""
    first, last = dates[0], dates[-1]
    return first if len(dates) == 1 else f"{first}/{last}" if first < last else ""


def propose_links(
    text: Lines, spots: Iterable[Spot], known: Known, taken: set[str]
) -> Iterator[tuple[Candidate, Entry | None]]:
    """Yield a claim for every web address, each time it stands there, and an entry for a document nobody knows yet."""
    references = dict(known.addresses)
    labels = {name.text.casefold() for name in known.register.names}
    seen: set[str] = set()
    for spot in spots:
        if spot.kind != KINDS["urls"]:
            continue
        address, entry = spot.found.words, None
        if address not in references:
            slug = _free_slug(address, taken)
            # The base of the graph is not needed: only the last part of an IRI is written.
            references[address] = f"/id/reference/{slug}"
            # Two pages of one name are told apart by their addresses.
            label = address if name_address(address).casefold() in labels else name_address(address)
            labels.add(label.casefold())
            written = write_text(label, "nl"), write_text(label, "en")
            says: Says = (("a", ("rz:Reference",)), ("skos:prefLabel", written))
            entry = Entry("register/references.ttl", "Reference", Block(f"reference:{slug}", says), complete=True)
        reference = references[address]
        marks = tuple(f"mark:{mark}" for mark in tell_marks(address, address in seen))
        claim: Says = (
            ("rz:reference", (write_thing(reference),)),
            ("rz:kind", (f"kind:{tell_kind(address)}",)),
            ("rz:url", (write_text(address),)),
        )
        claim += (("rz:urlMark", marks),) if marks else ()
        candidate = propose(text, spot.found, f"ref-{slug_of(reference)}", "DocumentReferenceClaim", claim, around=0)
        if candidate:
            seen.add(address)
            yield candidate, entry


def _free_slug(address: str, taken: set[str]) -> str:
    stem = slug_address(address) or "webadres"
    slug, number = stem, 1
    while f"reference:{slug}" in taken:
        number += 1
        slug = f"{stem}-{number}"
    taken.add(f"reference:{slug}")
    return slug
