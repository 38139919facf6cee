"""Where in our Turtle files a subject stands, so that a message can name file and line.

The house style makes this exact without a parser of our own: every subject stands alone at the first column as a
prefixed name or IRI, its properties are indented below it, and its block ends at the next subject.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rzgraph.namespaces import term

_PREFIX = re.compile(r"^(?:@prefix|PREFIX)\s+([\w.-]*):\s*<([^>]*)>", re.I)
_SUBJECT = re.compile(r"^(?:<([^>]*)>|([\w.-]*):(\S+))(?=\s|$)")
_PREDICATE = re.compile(r"^\s+(?:<([^>]*)>|([\w.-]*):([\w.-]+)|(a))(?=\s)")


@dataclass(frozen=True)
class Block:
    """The lines of one subject: 1-based, first and last included."""

    first: int
    last: int
    predicates: dict[str, int]

    def line_of(self, predicate: str | None) -> int:
        """Return the line of a predicate (an IRI) in the block, or the first line of the block."""
        return self.predicates.get(predicate or "", self.first)


@lru_cache(maxsize=256)
def _read_blocks(path: Path, _changed: int) -> dict[str, Block]:
    prefixes: dict[str, str] = {}
    blocks: dict[str, Block] = {}
    subject, first = "", 0
    predicates: dict[str, int] = {}
    lines = path.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines, 1):
        if declared := _PREFIX.match(line):
            prefixes[declared[1]] = declared[2]
            continue
        if found := _SUBJECT.match(line):
            if subject:
                blocks.setdefault(subject, Block(first, number - 1, predicates))
            subject = found[1] or prefixes.get(found[2], found[2] + ":") + found[3]
            first, predicates = number, {}
        elif subject and (found := _PREDICATE.match(line)):
            iri = found[1] or (term("rdf:type").value if found[4] else prefixes.get(found[2], "") + found[3])
            predicates.setdefault(iri, number)
    if subject:
        blocks.setdefault(subject, Block(first, len(lines), predicates))
    return blocks


def find_blocks(path: Path) -> dict[str, Block]:
    """Return the block of every subject in a Turtle file, by IRI; the first one where a subject stands twice."""
    return _read_blocks(path, path.stat().st_mtime_ns)
