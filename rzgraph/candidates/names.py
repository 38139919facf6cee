"""Candidates about names: who and what of the register a text names, and what it names that nobody knows yet.

Of a party, body, programme, office or network the first place of each spelling is proposed, since other places repeat
it; of a person every place. A name of several things is left to choose. An unknown name becomes an entry of the
register with what it looks like, and a claim that rests on it.
"""

from collections.abc import Iterable, Iterator

from rzgraph.candidates.abbreviations import Abbreviation
from rzgraph.candidates.claims import Candidate, Entry, Says, choose, propose, write_note
from rzgraph.candidates.housestyle import Block, make_slug, write_text, write_thing
from rzgraph.candidates.known import Known
from rzgraph.namespaces import kind_of, slug_of
from rzgraph.reading.lines import Found, Lines
from rzgraph.reading.naming import split_tokens
from rzgraph.reading.register import KINDS

# Files of the register and prefixes of the things an unknown name may be.
_FILES = {"Person": ("persons", "person"), "Party": ("parties", "party"), "Body": ("bodies", "body")}
_EXISTENCE = {"Network", "Party", "PartyGroup", "Body", "Person", "Office"}
_PREFIXES = {"Commitment": "commits", "Event": "event", "Reference": "ref", "Programme": "prog"}


def propose_known(text: Lines, names: Iterable[Found], known: Known) -> Iterator[Candidate]:
    """Yield a claim for every known name, each spelling once but persons at every place."""
    seen: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
    # The same name twice on a line is one place.
    for found in dict.fromkeys(names):
        things = tuple(key for key in found.keys if key in known.classes)
        key = things, split_tokens(found.words)
        is_person = len(things) == 1 and known.classes[things[0]] == "Person"
        if not things or (key in seen and not is_person):
            continue
        seen.add(key)
        candidate = _propose_name(text, found, things, known)
        if candidate:
            yield candidate


def _propose_name(text: Lines, found: Found, things: tuple[str, ...], known: Known) -> Candidate | None:
    thing, cls = things[0], known.classes[things[0]]
    written = (write_text(known.spell(thing, found.words)),)
    one = len(things) == 1
    names = (write_thing(thing),) if one else choose(kind_of(thing))
    options = "" if one else ", ".join(write_thing(other) for other in things)
    slug = f"{_PREFIXES.get(cls, kind_of(thing))}-{slug_of(thing)}"
    note = "" if one else "note-several"
    if cls in _EXISTENCE:
        says: Says = (("rz:entity", names), ("rz:nameAsWritten", written), *_kinds(thing, known, one))
        return propose(text, found, slug, "ExistenceClaim", says, note, options=options)
    if cls == "Programme":
        says = (("rz:programme", names), ("rz:nameAsWritten", written))
        return propose(text, found, slug, "ProgrammeClaim", says, note, options=options)
    if cls == "Reference":
        says = (("rz:reference", names), ("rz:title", written))
        return propose(text, found, slug, "DocumentReferenceClaim", says, note, options=options)
    if cls == "Commitment":
        says = (("rz:commitment", names), ("rz:kind", choose("kind")))
        return propose(text, found, slug, "CommitmentClaim", says, note or "note-commitment", options=options)
    if cls == "Event":
        says = (("rz:event", names), ("rz:kind", choose("kind")))
        return propose(text, found, slug, "EventClaim", says, note or "note-known-event", options=options)
    # The name of an indicator is a hint for the figures beside it.
    return None


def _kinds(thing: str, known: Known, one: bool) -> Says:
    codes = known.kinds.get(thing, ()) if one else ()
    return (("rz:kind", tuple(write_thing(code) for code in codes)),) if codes else ()


def propose_unknown(
    text: Lines, names: Iterable[tuple[str, Found]], short: dict[tuple[str, ...], str], taken: set[str]
) -> Iterator[tuple[Candidate, Entry | None]]:
    """Yield a claim for every unknown name, and with its first place an entry of the register.

    Parameters
    ----------
    text
        The lines.
    names
        What each looks like (one of `rzgraph.reading.register.KINDS`), and where it stands.
    short
        The abbreviations the text gives, by what they stand for: they name the same thing.
    taken
        The things of the register, which keep their names.
    """
    entries: dict[tuple[str, ...], str] = {}
    for kind, found in names:
        file, prefix = _FILES[kind]
        words, first = split_tokens(found.words), True
        if words in entries:
            first = False
            if kind != "Person":
                continue
        slug = entries.setdefault(words, _free_slug(prefix, found.words, taken))
        label = write_text(found.words, "nl"), write_text(found.words, "en")
        written = (write_text(found.words),)
        says: Says = (("rz:entity", (f"{prefix}:{slug}",)), ("rz:nameAsWritten", written))
        candidate = propose(text, found, f"{prefix}-{slug}", "ExistenceClaim", says)
        if not candidate:
            continue
        head: Says = (("a", (f"rz:{kind}",)), ("skos:prefLabel", label))
        if words in short:
            head += (("rz:abbreviation", (write_text(short[words]),)),)
        own: Says = (("rz:nameAsWritten", written),) if kind == "Person" else (("rz:kind", choose("kind")),)
        block = Block(f"{prefix}:{slug}", (*head, *own, *write_note("note-unknown")))
        yield candidate, Entry(f"register/{file}.ttl", kind, block, complete=False) if first else None


def _free_slug(prefix: str, words: str, taken: set[str]) -> str:
    stem = make_slug(words) or "naam"
    slug, number = stem, 1
    while f"{prefix}:{slug}" in taken:
        number += 1
        slug = f"{stem}-{number}"
    taken.add(f"{prefix}:{slug}")
    return slug


def propose_abbreviations(text: Lines, found: Iterable[Abbreviation], known: Known) -> Iterator[Candidate]:
    """Yield a claim for every abbreviation, with its expansion where the text gives one and its thing where known."""
    things: dict[str, set[str]] = {}
    for name in known.register.names:
        if name.capitals == "exact":
            things.setdefault(name.text, set()).add(name.key)
    for short in found:
        says: Says = (("rz:abbreviation", (write_text(short.short),)),)
        if short.expansion:
            says += (("rz:expansion", (write_text(short.expansion),)),)
        named = sorted(things.get(short.short, ()))
        if len(named) == 1:
            says += (("rz:entity", (write_thing(named[0]),)),)
        place = text.locate(short.begin, short.end)
        candidate = propose(text, place, f"abbr-{make_slug(short.short)}", "AbbreviationClaim", says)
        if candidate:
            yield candidate


#: What an unknown name may look like, by the IRI of its kind.
LOOKS = {KINDS["persons"]: "Person", KINDS["organisations"]: "Party", KINDS["bodies"]: "Body"}
