"""Turtle in the style of the ledger, written once and then kept by hand: prefixes in order, banners, dots on lines.

Only candidates are written so. What a curator has accepted is never rewritten by a tool.
"""

import re
import unicodedata
from dataclasses import dataclass

from pyoxigraph import Literal

from rzgraph.namespaces import NS, PREFIXES, kind_of, slug_of

#: The slug that stands where only a human can say which thing is meant; `rzgraph check` reports every one.
CHOOSE = "choose"
# The order of prefixes in Turtle; what is not here is the prefix of a thing and stands between the two.
_FIRST = ("rz", "c", "network", "party", "body", "person", "office", "document", "change", "flow", "programme")
_MIDDLE = ("commitment", "indicator", "event", "reference", "area", "kind", "role", "phase", "status", "unit", "mark")
_LAST = ("skos", "edtf", "dcterms")
_WIDTH = 86
_NAME = re.compile(r"(?<![\w<:\"/-])([a-z]+):(?=[\w])")


@dataclass(frozen=True)
class Block:
    """A subject with what is said of it: pairs of a property and its values, all as they are written in Turtle."""

    subject: str
    says: tuple[tuple[str, tuple[str, ...]], ...]

    def write(self) -> str:
        """Return the block: the subject alone on its line, and so the closing dot."""
        lines = [self.subject]
        for name, values in self.says:
            lines.append(f"    {name} " + f",\n{' ' * 8}".join(values) + " ;")
        return "\n".join([*lines, "    ."])


def write_text(text: str, language: str = "") -> str:
    """Return a text as a literal, hostile signs escaped."""
    return str(Literal(text, language=language) if language else Literal(text))


def write_date(edtf: str) -> str:
    """Return a partial date as a literal."""
    return f'"{edtf}"^^edtf:EDTF'


def write_thing(iri: str) -> str:
    """Return a thing with its prefix: ``party:gemeente-dalfsen``."""
    return f"{kind_of(iri)}:{slug_of(iri)}" if kind_of(iri) else f"<{iri}>"


def make_slug(text: str, most: int = 60) -> str:
    """Return a slug of a text: lower case, without accents, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return slug if len(slug) <= most else slug[:most].rpartition("-")[0] or slug[:most]


def write_banner(title: str, first: int, last: int) -> str:
    """Return the line that names a section of the text."""
    head = f"# ── {title} (lines {first}-{last}) "
    return head + "─" * max(2, _WIDTH - len(head))


def write_heading(title: str) -> str:
    """Return the line that names a part of a file."""
    head = f"# ── {title} "
    return head + "─" * max(2, _WIDTH - len(head))


def write_prefixes(body: str, base: str, slug: str) -> str:
    """Return the declarations of the prefixes that a body of Turtle uses, in order."""
    outside = re.sub(r'"(?:[^"\\]|\\.)*"', '""', re.sub(r"(?m)^#.*$", "", body))
    used = set(_NAME.findall(outside)) | {"rz"}
    order = (*_FIRST, *_MIDDLE, *_LAST)
    return "\n".join(f"@prefix {name}: <{_expand(name, base, slug)}> ." for name in order if name in used)


def _expand(name: str, base: str, slug: str) -> str:
    if name == "rz":
        return NS
    if name == "c":
        return f"{base}id/claim/{slug}."
    return PREFIXES.get(name, f"{base}id/{name}/")
