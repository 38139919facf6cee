"""Templates in, pages out: Jinja with escaping always on, and the few words and links every template needs.

Links are relative, so that the site works from a folder and under any address. A page in another language than the
first stands at the same place under a folder named after the language.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from pyoxigraph import Literal, NamedNode

from rzgraph.dates import format_day, format_edtf
from rzgraph.labels import Labels
from rzgraph.messages import message
from rzgraph.money import format_number
from rzgraph.namespaces import EDTF, kind_of, slug_of, term
from rzgraph.queries import Term
from rzgraph.settings import Project

_BOOLEAN, _DECIMAL = term("xsd:boolean"), term("xsd:decimal")


@dataclass(frozen=True)
class Shown:
    """A value as people read it, with where it leads."""

    text: str
    href: str = ""
    is_outside: bool = False


@dataclass(frozen=True)
class Reader:
    """Words and links for one language and one depth of folder."""

    project: Project
    labels: Labels
    pages: frozenset[str]
    lang: str
    depth: int

    @property
    def base(self) -> str:
        """The way from a page to the first page in its language."""
        return "../" * self.depth

    @property
    def top(self) -> str:
        """The way from a page to the folder of the whole site."""
        return self.base + ("" if self.lang == self.project.languages[0] else "../")

    def t(self, key: str, **values: object) -> str:
        """Return a message of the site."""
        return message(f"site.{key}", self.lang, **values)

    def label(self, iri: str) -> str:
        """Return the name of a thing or term."""
        return self.labels.label(iri, self.lang)

    def property(self, iri: str) -> str:
        """Return the name of a property: of the ontology, else of the site's own messages, else its local name."""
        if iri in self.labels.by_iri:
            return self.label(iri)
        try:
            return self.t(f"property-{slug_of(iri)}")
        except KeyError:
            return slug_of(iri)

    def href(self, iri: str) -> str:
        """Return the relative address of a thing, statement or code; empty for what has no page."""
        if iri in self.pages:
            return self.base + address_of(iri)
        if kind_of(iri) == "claim":
            document, _, anchor = slug_of(iri).partition(".")
            return f"{self.base}document/{document}.html#{anchor}"
        if kind_of(iri) in ("finding", "judgement"):
            return f"{self.base}findings.html#{kind_of(iri)}-{slug_of(iri)}"
        return ""

    def show(self, value: Term) -> Shown:
        """Return a value as people read it."""
        if isinstance(value, NamedNode):
            if value.value.startswith(("http://", "https://")) and value.value not in self.labels.by_iri:
                return Shown(value.value, value.value, is_outside=True)
            return Shown(self.label(value.value), self.href(value.value))
        return self._show_literal(value) if isinstance(value, Literal) else Shown(str(value))

    def show_all(self, values: Iterable[Term]) -> list[Shown]:
        """Return values as people read them; of texts in several languages only the one of this language."""
        found = list(values)
        worded = {value.language: value for value in found if isinstance(value, Literal) and value.language}
        kept = worded.get(self.lang) or (worded[min(worded)] if worded else None)
        return [self.show(value) for value in found if value is kept or value not in worded.values()]

    def _show_literal(self, text: Literal) -> Shown:
        if text.datatype == EDTF:
            return Shown(format_edtf(text.value, self.lang))
        if text.datatype == _BOOLEAN:
            return Shown(self.t("yes" if text.value in ("true", "1") else "no"))
        if text.datatype == _DECIMAL:
            return Shown(format_number(Decimal(text.value), self.lang))
        return Shown(text.value)

    def edtf(self, text: str) -> str:
        """Return a stated time in words."""
        return format_edtf(text, self.lang) if text else ""

    def day(self, day: date) -> str:
        """Return a day in words."""
        return format_day(day, self.lang)

    def wording(self, values: Iterable[Term]) -> str:
        """Return the text of a property in this language, else in any."""
        return "; ".join(shown.text for shown in self.show_all(values))

    def names(self) -> dict[str, Callable[..., Any] | str]:
        """Return what templates may use."""
        return {
            "lang": self.lang,
            "base": self.base,
            "top": self.top,
            "site_title": self.project.titles[self.lang],
            "t": self.t,
            "label": self.label,
            "property_name": self.property,
            "href": self.href,
            "show_all": self.show_all,
            "edtf": self.edtf,
            "day_name": self.day,
            "wording": self.wording,
        }


def address_of(iri: str) -> str:
    """Return where the page of a thing stands, seen from the first page of its language."""
    return f"{kind_of(iri)}/{slug_of(iri)}.html"


class _Compiled(BytecodeCache):
    """Templates compiled once, for the environments of all languages and depths."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self._code.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


def make_environment(folder: Path, names: Mapping[str, Any]) -> Environment:
    """Return the template environment of a reader: escaping always on, an undefined name is an error.

    Parameters
    ----------
    folder
        The folder of the templates.
    names
        What every template may use, apart from what belongs to its page.
    """
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        auto_reload=False,
        bytecode_cache=_COMPILED,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(names)
    environment.filters.update(
        {
            "dashed": lambda lines: lines.replace("-", "–"),
            "slug": slug_of,
            "anchor": lambda iri: slug_of(iri).partition(".")[2],
            "panel_name": lambda question: question.name.rpartition("-")[2],
            "sort_labels": lambda iris, label: sorted(iris, key=lambda iri: (label(iri).casefold(), iri)),
            "call": lambda value, function: function(value),
            "capital": lambda text: text[:1].upper() + text[1:],
        }
    )
    return environment
