"""Forgiving names: what a person types, and which thing of the graph is meant.

A name is looked up among labels, other labels, abbreviations, names as written and slugs, with accents, case and
punctuation folded away. An exact name counts before whole words of a name (a surname), these before first letters,
these before slips of the finger. Only the first two are certain enough to answer a question with; the rest is
offered as candidates.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from rzgraph.errors import NotFoundError, UsageError
from rzgraph.labels import load_labels
from rzgraph.messages import message
from rzgraph.namespaces import kind_of, slug_of, term

#: Kinds of things people ask for, in the order in which equals are listed.
KINDS = (
    *("party", "body", "person", "office", "network", "document", "change", "theme", "line"),
    *("programme", "commitment", "indicator", "event", "reference", "area", "flow", "table"),
)
# Things with long names that hold the names of others: meant only where nothing else is.
_NAMED_AFTER_OTHERS = ("commitment", "indicator", "event", "reference", "flow", "table")

#: The properties that hold a name of a thing.
NAMES = ("skos:prefLabel", "skos:altLabel", "rz:abbreviation", "rz:nameAsWritten", "dcterms:title")
_EXACT, _WORDS, _START, _TYPO = range(4)
_CANDIDATES = 6


@dataclass(frozen=True)
class Match:
    """A thing whose name resembles a text.

    Attributes
    ----------
    name
        The name that resembles it most.
    score
        How much, less is closer: kind of resemblance, letters that differ, words left over.
    """

    iri: str
    kind: str
    name: str
    score: tuple[int, int, int]

    @property
    def is_certain(self) -> bool:
        """Whether the text is the name, or whole words of it."""
        return self.score[0] <= _WORDS


def fold_name(text: str) -> str:
    """Return a name without case, accents and punctuation: words of letters and digits, one space apart."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", bare.casefold()))


def find_entities(store: Store, text: str, kinds: Collection[str] | None = None, limit: int | None = 10) -> list[Match]:
    """Return the things whose name resembles a text, closest first, in a fixed order.

    Parameters
    ----------
    store
        From `rzgraph.facts.open_store`.
    text
        What somebody typed.
    kinds
        Kinds of things to look among; else `KINDS`.
    limit
        How many to return at most; None for all.
    """
    wanted = fold_name(text)
    best: dict[str, Match] = {}
    for iri, name in _read_names(store, kinds or KINDS) if wanted else ():
        score = _compare(wanted, fold_name(name))
        if score is None:
            continue
        match = Match(iri, kind_of(iri), name, score)
        if iri not in best or (match.score, match.name) < (best[iri].score, best[iri].name):
            best[iri] = match
    return sorted(best.values(), key=_order)[:limit]


def resolve_entity(store: Store, text: str, kinds: Collection[str] | None = None, lang: str = "nl") -> NamedNode:
    """Return the one thing that is meant by an IRI, a slug (``kind/slug`` where it needs telling apart) or a name.

    Raises
    ------
    NotFoundError
        When nothing answers to it; the nearest names are offered.
    UsageError
        When several things answer to it; they are listed.
    """
    if named := _find_named(store, text, kinds):
        return named
    matches = find_entities(store, text, kinds, limit=None)
    certain = [match for match in matches if match.is_certain]
    exact = [match for match in certain if match.score[0] == _EXACT]
    chosen = exact or certain
    chosen = [match for match in chosen if match.kind not in _NAMED_AFTER_OTHERS] or chosen
    if len(chosen) == 1:
        return NamedNode(chosen[0].iri)
    if chosen:
        raise UsageError(message("ask.ambiguous", lang, text=text, candidates=_list(store, chosen, lang)))
    if matches:
        raise NotFoundError(message("ask.unknown-but", lang, text=text, candidates=_list(store, matches, lang)))
    raise NotFoundError(message("ask.unknown", lang, text=text))


def _read_names(store: Store, kinds: Collection[str]) -> Iterator[tuple[str, str]]:
    for prefixed in NAMES:
        for quad in store.quads_for_pattern(None, term(prefixed), None):
            iri = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
            if kind_of(iri) in kinds and isinstance(quad.object, Literal):
                yield iri, quad.object.value
                yield iri, slug_of(iri)


def _find_named(store: Store, text: str, kinds: Collection[str] | None) -> NamedNode | None:
    """Return the thing whose IRI or slug a text is, letter for letter."""
    found = sorted(
        {
            iri
            for iri, _ in _read_names(store, kinds or KINDS)
            if text in (iri, slug_of(iri), f"{kind_of(iri)}/{slug_of(iri)}")
        }
    )
    return NamedNode(found[0]) if len(found) == 1 else None


def _compare(wanted: str, name: str) -> tuple[int, int, int] | None:
    """Return how much a folded name resembles a folded text, or None when it does not."""
    if wanted == name:
        return _EXACT, 0, 0
    words, tokens = name.split(), wanted.split()
    left = len(words) - len(tokens)
    if set(tokens) <= set(words) or wanted.replace(" ", "") == name.replace(" ", ""):
        return _WORDS, 0, max(left, 0)
    if all(any(word.startswith(token) for word in words) for token in tokens):
        return _START, 0, max(left, 0)
    slips = [_count_slips(token, words) for token in tokens]
    together = _count_slips(wanted.replace(" ", ""), [name.replace(" ", "")])
    if None not in slips:
        return _TYPO, sum(slip or 0 for slip in slips), max(left, 0)
    return None if together is None else (_TYPO, together, 0)


def _count_slips(token: str, words: list[str]) -> int | None:
    """Return the fewest letters that differ from any word, or None when too many do for a slip of the finger."""
    from rapidfuzz.distance import OSA

    allowed = 0 if len(token) < 4 else 1 if len(token) < 6 else 2
    counts = [OSA.distance(token, word, score_cutoff=allowed) for word in words]
    fewest = min(counts, default=allowed + 1)
    return fewest if fewest <= allowed else None


def _order(match: Match) -> tuple[tuple[int, int, int], int, str]:
    rank = KINDS.index(match.kind) if match.kind in KINDS else len(KINDS)
    return match.score, rank, match.iri


def _list(store: Store, matches: list[Match], lang: str) -> str:
    labels = load_labels(store)
    names = [f"{m.kind}/{slug_of(m.iri)} ({labels.label(m.iri, lang)})" for m in matches[:_CANDIDATES]]
    return "; ".join(names) + ("; ..." if len(matches) > _CANDIDATES else "")
