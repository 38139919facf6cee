"""A candidate: a claim, or an entry of the register, as far as a machine can propose it.

What only a human can decide is left to choose: the slug ``choose`` stands where a thing or code is missing, and a
note says in both languages what to do. `rzgraph check` reports both as long as they stand in the data.
"""

from dataclasses import dataclass

from rzgraph.candidates.fragments import cut_fragment
from rzgraph.candidates.housestyle import CHOOSE, Block, write_text
from rzgraph.messages import message
from rzgraph.reading.lines import Found, Lines

Says = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Candidate:
    """A proposed claim.

    Attributes
    ----------
    slug
        What it is called; a number of a line is added where another has the same name.
    cls
        Its class, such as ``ExistenceClaim``.
    says
        What it says, in Turtle, evidence and note apart.
    found, fragment
        Where it was read, and the words that carry it.
    note
        The name of the message that tells what is to be chosen; nothing where it is complete.
    values
        What that message names.
    """

    slug: str
    cls: str
    says: Says
    found: Found
    fragment: str
    note: str = ""
    values: tuple[tuple[str, str], ...] = ()

    def make_block(self, slug: str) -> Block:
        """Return it in Turtle, under a slug of its own."""
        first, last = self.found.first, self.found.last
        lines = str(first) if first == last else f"{first}-{last}"
        evidence: Says = (
            ("rz:lines", (write_text(lines),)),
            ("rz:fragment", (write_text(self.fragment),)),
            ("rz:basis", ("rz:stated",)),
        )
        return Block(
            f"c:{slug}", (("a", (f"rz:{self.cls}",)), *self.says, *evidence, *write_note(self.note, self.values))
        )


@dataclass(frozen=True)
class Entry:
    """A proposed entry of the register: the file it belongs in, its block, and whether something is to be chosen."""

    file: str
    cls: str
    block: Block
    complete: bool


def propose(
    text: Lines,
    found: Found,
    slug: str,
    cls: str,
    says: Says,
    note: str = "",
    around: int = 2,
    **values: str,
) -> Candidate | None:
    """Return a candidate; None where no fragment of a few words can carry it."""
    fragment = cut_fragment(text, found, around)
    if not fragment:
        return None
    return Candidate(slug, cls, says, found, fragment, note, tuple(sorted(values.items())))


def write_note(name: str, values: tuple[tuple[str, str], ...] = ()) -> Says:
    """Return the note that tells what is to be chosen, in both languages; nothing without a name."""
    if not name:
        return ()
    texts = [
        write_text(f"{message('candidates.mark', lang)} {message(f'candidates.{name}', lang, **dict(values))}", lang)
        for lang in ("nl", "en")
    ]
    return (("rz:note", tuple(texts)),)


def choose(prefix: str) -> tuple[str, ...]:
    """Return what stands where a thing or code is to be chosen."""
    return (f"{prefix}:{CHOOSE}",)
