"""All that stands in a text and would be covered by a claim, each sign of it counted once.

The order of finding decides what a thing is: what stands in a web address is nothing else; an amount of money is no
name; a known name is no figure (unless the name is in our own words); what numbers the text itself is nothing; a date
is no number, and a percentage is none either.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import NamedNode

from rzgraph.reading.addresses import find_addresses
from rzgraph.reading.lines import Found, Lines, dig_holes
from rzgraph.reading.markers import find_markers
from rzgraph.reading.moments import Moment, find_moments
from rzgraph.reading.naming import NamesInText
from rzgraph.reading.numerals import find_numerals
from rzgraph.reading.register import KINDS, Register
from rzgraph.reading.sums import find_amounts


@dataclass(frozen=True)
class Spot:
    """A place in a text.

    Attributes
    ----------
    kind
        One of `rzgraph.reading.register.KINDS`.
    found
        Its words and lines, and what it names.
    values
        What a number or percentage can mean.
    moments
        What a date names: the ends of a period, or one date.
    word
        Whether a number is written in words.
    """

    kind: NamedNode
    found: Found
    values: frozenset[Decimal] = frozenset()
    moments: tuple[Moment, ...] = ()
    word: bool = False


def read_places(lines: Sequence[str], register: Register) -> list[Spot]:
    """Return every place in the lines of a text, in order; the same name or date twice on a line is one."""
    text = Lines(lines)
    addresses = list(find_addresses(text.text))
    names = NamesInText(text, register.gazetteer, register.titles, addresses)
    amounts = list(find_amounts(dig_holes(text.text, addresses)))
    spots = [Spot(KINDS["urls"], text.locate(*span)) for span in addresses]
    spots += [Spot(KINDS["amounts"], text.locate(*span)) for span in amounts]
    spots += [
        Spot(kind, found) for found in dict.fromkeys([*names.known, *names.unknown]) if (kind := register.kind(found))
    ]
    as_written = [(found.begin, found.end) for found in names.known if register.own.isdisjoint(found.keys)]
    rest = dig_holes(text.text, [*addresses, *amounts, *as_written])
    structure = find_markers(dig_holes(text.text, [*addresses, *amounts]))
    spots += _find_figures(text, dig_holes(rest, structure), register)
    return sorted(spots, key=lambda spot: (spot.found.first, spot.found.last, spot.found.begin, spot.kind.value))


def _find_figures(text: Lines, rest: str, register: Register) -> list[Spot]:
    periods = list(find_moments(rest))
    dates = {(found := text.locate(p.begin, p.end)): Spot(KINDS["dates"], found, moments=p.moments) for p in periods}
    figures = dig_holes(rest, [(period.begin, period.end) for period in periods])
    numerals = find_numerals(figures, register.gazetteer.knows)
    numbers = [
        Spot(KINDS["percentages" if n.share else "numbers"], text.locate(n.begin, n.end), n.values, word=n.word)
        for n in numerals
    ]
    return [*dates.values(), *numbers]
