"""The command that shows how far the claims reach: a summary, the open places, or the lines no claim touches."""

from collections import Counter
from collections.abc import Sequence
from typing import TextIO

from pyoxigraph import Literal, NamedNode

from rzgraph.answers.tables import write_answer
from rzgraph.checks.coverage import Coverage, measure_coverage
from rzgraph.errors import UsageError
from rzgraph.facts import open_store
from rzgraph.labels import Labels, load_labels
from rzgraph.messages import message
from rzgraph.namespaces import kind_of
from rzgraph.queries import Answer, Row
from rzgraph.reading.register import KINDS
from rzgraph.settings import Project

_STATES = ("covered", "repeated", "explained", "open")
# Columns that hold things, so that they are named in the language asked for.
_THINGS = {"kind": "class", "entity": "entity"}


def run_coverage(
    project: Project,
    document: str | None,
    kind: str | None,
    show: Sequence[str],
    lang: str,
    form: str,
    stream: TextIO,
    notes: TextIO,
) -> int:
    """Write what the claims cover, and return the exit code: 1 while a place, or a line asked for, is open.

    Parameters
    ----------
    project
        Whose texts and claims.
    document
        The slug of one document; all when None.
    kind
        One of `rzgraph.reading.register.KINDS`; all when None.
    show
        Nothing for the summary, ``missing`` for the open places, ``lines`` for the open lines.
    lang, form
        Language and form of the rows.
    stream, notes
        Where the rows go, and the sentence that sums them up.

    Raises
    ------
    UsageError
        When there is no such document, or both lists are asked for.
    InputError
        When a text is missing, or is not the text that was read.
    """
    if len(show) > 1:
        raise UsageError(message("coverage.one-list", lang))
    store = open_store(project)
    coverage = measure_coverage(store, project, document or "", lang)
    kinds = [KINDS[kind]] if kind else list(KINDS.values())
    names: tuple[str, ...]
    if "lines" in show:
        names, rows = ("document", "line", "words"), list_lines(coverage)
    elif "missing" in show:
        names, rows = ("document", "kind", "line", "name", "entity"), list_missing(coverage, kinds)
    else:
        names, rows = ("document", "kind", "places", *_STATES, "percentage"), summarise(coverage, kinds)
    columns = {name: _describe(name) for name in names}
    write_answer(Answer(names, rows), _name_kinds(load_labels(store)), lang, form, stream, columns)
    places = [place for place in coverage.places if place.kind in kinds]
    if "lines" in show:
        left, total, key = len(rows), coverage.lines, "lines"
    else:
        left, total, key = sum(place.state == "open" for place in places), len(places), "places"
    counts = {"done": total - left, key: total, "percentage": percentage(total - left, total)}
    notes.write(message(f"coverage.{key}", lang, **counts) + "\n")
    return int(left > 0)


def _describe(name: str) -> dict[str, str]:
    words = {lang: message(f"coverage.column-{name}", lang) for lang in ("nl", "en")}
    return words | ({"thing": _THINGS[name]} if name in _THINGS else {})


def _name_kinds(labels: Labels) -> Labels:
    """Add the names of the kinds that are no class of the ontology."""
    ours = {
        kind.value: {lang: message(f"coverage.kind-{name}", lang) for lang in ("nl", "en")}
        for name, kind in KINDS.items()
        if kind.value not in labels.by_iri
    }
    return Labels(labels.by_iri | ours)


def percentage(done: int, of: int) -> int:
    """Return how many per cent are done, rounded down, so that 100 is all."""
    return done * 100 // of if of else 100


def summarise(coverage: Coverage, kinds: Sequence[NamedNode]) -> list[Row]:
    """Return a row per document and kind: places, covered, repeated, left out with a reason, open, percentage."""
    counts = Counter((place.document, place.kind, place.state) for place in coverage.places)
    rows: list[Row] = []
    for document in coverage.documents:
        for kind in kinds:
            states = {state: counts[document, kind, state] for state in _STATES}
            total = sum(states.values())
            numbers = {"places": total, **states, "percentage": percentage(total - states["open"], total)}
            cells = {name: Literal(number) for name, number in numbers.items()}
            rows.append({"document": Literal(document), "kind": kind, **cells})
    return rows


def list_missing(coverage: Coverage, kinds: Sequence[NamedNode]) -> list[Row]:
    """Return a row per open place: document, kind, line or lines, name, and the thing when the register knows it."""
    rows: list[Row] = []
    for place in coverage.places:
        if place.state == "open" and place.kind in kinds:
            found = place.found
            lines = str(found.first) if found.first == found.last else f"{found.first}-{found.last}"
            # Of several things with one name none can be said to be meant.
            entity = NamedNode(found.keys[0]) if len(found.keys) == 1 and kind_of(found.keys[0]) else None
            cells = {"document": place.document, "line": lines, "name": found.words}
            rows.append({name: Literal(text) for name, text in cells.items()} | {"kind": place.kind, "entity": entity})
    return rows


def list_lines(coverage: Coverage) -> list[Row]:
    """Return a row per line that no claim touches: document, line, first words."""
    return [
        {"document": Literal(document), "line": Literal(number), "words": Literal(words)}
        for document, number, words in coverage.open_lines
    ]
