"""What the documents leave unsaid about a thing: the known unknowns that curators wrote down as findings.

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


def list_gaps(store: Store, things: Iterable[object], lang: str) -> list[str]:
    """Return what is known to be unknown about any of these things, in a fixed order."""
    nodes = {
        quad.subject.value
        for thing in things
        if isinstance(thing, NamedNode)
        for quad in store.quads_for_pattern(None, rz("concerns"), thing)
        if isinstance(quad.subject, NamedNode) and _is_gap(store, quad.subject)
    }
    return [
        quad.object.value
        for iri in sorted(nodes)
        for quad in store.quads_for_pattern(NamedNode(iri), rz("message"), None)
        if isinstance(quad.object, Literal) and quad.object.language == lang
    ]


def write_gaps(
    store: Store, things: Iterable[object], lang: str, form: str, stream: IO[str], told: Collection[str] = ()
) -> None:
    """Write below an answer for people what the documents leave unsaid about the things it is about.

    Parameters
    ----------
    told
        Texts that stand in the answer; they are not repeated.
    """
    gaps = [gap for gap in list_gaps(store, things, lang) if gap not in told]
    if not gaps:
        return
    title = message("ask.unsaid", lang)
    stream.write(f"\n## {title}\n\n" if form == "md" else f"\n{title}\n")
    for gap in gaps:
        stream.writelines([f"- {gap}\n"] if form == "md" else fold_lines("- ", gap, find_width(stream)))


def _is_gap(store: Store, finding: NamedNode) -> bool:
    kinds = (quad.object for quad in store.quads_for_pattern(finding, rz("kind"), None))
    return any(isinstance(kind, NamedNode) and slug_of(kind.value) == _GAP for kind in kinds)
