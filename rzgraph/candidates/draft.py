"""All candidates of one text, and the two files they are written in: the ledger's and that of what it needs.

Same text and same graph, same bytes. The claims stand in the order of the text under banners that name its sections,
as in ``data/claims``; entries of the register and of the catalogue stand in a file beside it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rzgraph.candidates.abbreviations import find_abbreviations
from rzgraph.candidates.claims import Candidate, Entry, Says, choose, write_note
from rzgraph.candidates.figures import propose_amounts, propose_dates, propose_figures, propose_links, tell_edtf
from rzgraph.candidates.housestyle import (
    Block,
    write_banner,
    write_date,
    write_heading,
    write_prefixes,
    write_text,
    write_thing,
)
from rzgraph.candidates.known import Known
from rzgraph.candidates.names import LOOKS, propose_abbreviations, propose_known, propose_unknown
from rzgraph.candidates.sections import find_sections
from rzgraph.reading.addresses import find_addresses
from rzgraph.reading.lines import Lines, dig_holes
from rzgraph.reading.naming import NamesInText, split_tokens
from rzgraph.reading.places import Spot, read_places
from rzgraph.settings import Project
from rzgraph.sources import SourceText, fold

# How far down a document may say of what date it is.
_TOP = 12


@dataclass(frozen=True)
class Draft:
    """The candidates of a text.

    Attributes
    ----------
    claims
        With their slugs, in the order of the text.
    entries
        Proposed entries of the register and the catalogue, the catalogue first.
    ledger, needs
        What is written: the claims, and the entries.
    """

    claims: tuple[tuple[str, Candidate], ...]
    entries: tuple[Entry, ...]
    ledger: str
    needs: str


def draft_candidates(source: SourceText, path: Path, slug: str, known: Known, project: Project) -> Draft:
    """Return the candidates of a text.

    Parameters
    ----------
    source, path
        The text and its file.
    slug
        What the document will be called.
    known
        The graph, as candidates need it.
    project
        Gives the base IRI.
    """
    text = Lines(source.lines)
    addresses = list(find_addresses(text.text))
    spots = read_places(source.lines, known.register)
    names = NamesInText(text, known.register.gazetteer, known.register.titles, addresses)
    taken = {write_thing(thing) for thing in known.classes}
    abbreviations = list(find_abbreviations(dig_holes(text.text, addresses), [(n.begin, n.end) for n in names.known]))
    # What an abbreviation stands for is one thing with it.
    short = {split_tokens(found.expansion): found.short for found in abbreviations if found.expansion}
    unknown = [
        (LOOKS[spot.kind], spot.found)
        for spot in spots
        if spot.kind in LOOKS and not spot.found.keys and spot.found.words not in short.values()
    ]
    pairs = [*propose_unknown(text, unknown, short, taken), *propose_links(text, spots, known, taken)]
    claims = [
        *propose_known(text, names.known, known),
        *(claim for claim, _ in pairs),
        *propose_amounts(text, spots),
        *propose_figures(text, spots, names.known, known),
        *propose_dates(text, spots),
        *propose_abbreviations(text, abbreviations, known),
    ]
    named = name_claims(claims)
    entries = [_draft_document(source, path, slug, spots, project), *(entry for _, entry in pairs if entry)]
    return Draft(
        named,
        tuple(entries),
        _write_ledger(named, source.lines, slug, project),
        _write_needs(entries, slug, project),
    )


def name_claims(claims: Iterable[Candidate]) -> tuple[tuple[str, Candidate], ...]:
    """Return claims in the order of the text, each with a slug of its own: the line is added to one that is taken."""
    ordered = sorted(claims, key=lambda c: (c.found.first, c.found.last, c.found.begin, c.cls, c.slug))
    alone = Counter(candidate.slug for candidate in ordered)
    used: Counter[str] = Counter()
    named = []
    for candidate in ordered:
        slug = candidate.slug if alone[candidate.slug] == 1 else f"{candidate.slug}-regel-{candidate.found.first}"
        used[slug] += 1
        named.append((slug if used[slug] == 1 else f"{slug}-{used[slug]}", candidate))
    return tuple(named)


def _write_ledger(claims: Sequence[tuple[str, Candidate]], lines: Sequence[str], slug: str, project: Project) -> str:
    parts = []
    for section in find_sections(lines):
        own = [pair for pair in claims if section.first <= pair[1].found.first <= section.last]
        if own:
            parts.append(write_banner(section.title, section.first, section.last))
            parts += [candidate.make_block(name).write() for name, candidate in own]
    body = "\n\n".join(parts)
    return f"{write_prefixes(body, project.base, slug)}\n\n{body}\n" if parts else ""


def _write_needs(entries: Sequence[Entry], slug: str, project: Project) -> str:
    parts = []
    for file in dict.fromkeys(entry.file for entry in entries):
        parts.append(write_heading(f"data/{file}"))
        parts += sorted(entry.block.write() for entry in entries if entry.file == file)
    body = "\n\n".join(parts)
    return f"{write_prefixes(body, project.base, slug)}\n\n{body}\n"


def _draft_document(source: SourceText, path: Path, slug: str, spots: Sequence[Spot], project: Project) -> Entry:
    title = next((words for line in source.lines if (words := fold(line))), slug)[:200]
    dates = [edtf for spot in spots if spot.found.first <= _TOP and (edtf := tell_edtf(spot))]
    says: Says = (
        ("a", ("rz:SourceDocument",)),
        ("dcterms:title", (write_text(title, "nl"), write_text(title, "en"))),
        ("rz:kind", choose("kind")),
        *((("dcterms:issued", (write_date(dates[0]),)),) if dates else ()),
        ("dcterms:publisher", choose("party")),
        ("rz:fileName", (write_text(name_file(path, slug)),)),
        ("rz:sha256", (write_text(source.sha256),)),
        ("rz:ledger", (f"<{project.base}graph/data/claims/{slug}>",)),
        *write_note("note-document"),
    )
    return Entry("documents.ttl", "SourceDocument", Block(f"document:{slug}", says), complete=False)


def name_file(path: Path, slug: str) -> str:
    """Return the name the text has among the source texts: its own, or one after the slug when that is no text file."""
    return path.name if path.suffix == ".txt" else f"{slug}.txt"
