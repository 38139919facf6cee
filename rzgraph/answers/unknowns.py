"""What the documents leave unsaid about a thing, and what is doubted of it: findings that curators wrote down.

An answer that lists one member of a board would mislead without the remark that no document names the members.
"""

from collections.abc import Collection, Iterable
from typing import IO

from pyoxigraph import Literal, NamedNode, Store

from rzgraph.answers.plaintext import fold_lines
from rzgraph.answers.tables import find_width
from rzgraph.messages import message
from rzgraph.namespaces import rz, slug_of

_GAP = "known-unknown"


def list_gaps(store: Store, things: Iterable[object], lang: str, are_gaps: bool = True) -> list[str]:
    """Return what is known to be unknown about any of these things, in a fixed order; else what is doubted of them."""
    nodes = {
        quad.subject.value
        for thing in things
        if isinstance(thing, NamedNode)
        for quad in store.quads_for_pattern(None, rz("concerns"), thing)
        if isinstance(quad.subject, NamedNode) and _is_gap(store, quad.subject) is are_gaps
    }
    return [
        quad.object.value
        for iri in sorted(nodes)
        for quad in store.quads_for_pattern(NamedNode(iri), rz("message"), None)
        if isinstance(quad.object, Literal) and quad.object.language == lang
    ]


def write_gaps(
    store: Store,
    things: Collection[object],
    lang: str,
    form: str,
    stream: IO[str],
    told: Collection[str] = (),
    with_doubts: bool = False,
) -> None:
    """Write below an answer for people what the documents leave unsaid about the things it is about.

    Parameters
    ----------
    told
        Texts that stand in the answer; they are not repeated.
    with_doubts
        Whether contradictions and doubts about the things are written too.
    """
    for heading, are_gaps in (("ask.doubts", False), ("ask.unsaid", True)):
        found = list_gaps(store, things, lang, are_gaps) if are_gaps or with_doubts else []
        left = [text for text in found if text not in told]
        if not left:
            continue
        title = message(heading, lang)
        stream.write(f"\n## {title}\n\n" if form == "md" else f"\n{title}\n")
        for text in left:
            stream.writelines([f"- {text}\n"] if form == "md" else fold_lines("- ", text, find_width(stream)))


def _is_gap(store: Store, finding: NamedNode) -> bool:
    kinds = (quad.object for quad in store.quads_for_pattern(finding, rz("kind"), None))
    return any(isinstance(kind, NamedNode) and slug_of(kind.value) == _GAP for kind in kinds)
