"""A finding: what a check has to say about one thing, where it stands and what to do about it.

Findings about our *data* are mistakes to mend; findings about the *sources* are content, written by curators as
``rz:Finding``, and are only listed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store

from rzgraph.checks.rules import Rule, fill
from rzgraph.errors import RzgraphError
from rzgraph.graph import file_of_graph
from rzgraph.labels import Labels, load_labels
from rzgraph.namespaces import NS, kind_of, rz, slug_of, term
from rzgraph.settings import Project
from rzgraph.turtle import find_blocks

#: From bad to harmless; only an error makes a check fail.
SEVERITIES = ("error", "warning", "information")

# What tells one claim from another, in the order people would name it.
_NAMING = ("person", "office", "representative", "onBehalfOf", "organisation", "represented", "entity", "fromBody")
_NAMING_AFTER = ("flow", "body", "toBody", "line", "theme", "network", "change")


@dataclass(frozen=True)
class Finding:
    """One thing a check has to say.

    Attributes
    ----------
    rule
        The name of the rule that was broken, or the kind of a finding about the sources.
    severity
        ``error``, ``warning`` or ``information``.
    about
        ``data`` or ``source``.
    subject
        The IRI of the thing, or a file name.
    label_nl, message_nl, repair_nl
        The name of the thing, what is wrong with it, and what to do; likewise in English.
    file, line
        Where it stands in our Turtle: the file as seen from the project, line 0 where no line can be named.
    document, lines
        For a claim: the slug of its document and the lines there.
    """

    rule: str
    severity: str
    about: str
    subject: str
    label_nl: str
    label_en: str
    message_nl: str
    message_en: str
    repair_nl: str
    repair_en: str
    file: str = ""
    line: int = 0
    document: str = ""
    lines: str = ""

    def words(self, part: str, lang: str) -> str:
        """Return the ``label``, ``message`` or ``repair`` in a language."""
        text: str = getattr(self, f"{part}_{lang}")
        return text

    def sentence(self, lang: str) -> str:
        """Return what the finding is about and says; a message that begins with the name is not given it twice."""
        label, said = self.words("label", lang), self.words("message", lang)
        return said if said.startswith(label) else f"{label}: {said}"

    def sort_key(self) -> tuple[object, ...]:
        """Return the order of findings: about our data first, errors first, then by place."""
        return (
            self.about != "data",
            SEVERITIES.index(self.severity),
            self.file,
            self.line,
            self.rule,
            self.subject,
            self.message_nl,
        )


@dataclass(frozen=True)
class Place:
    """Where a subject stands: file and line of ours, document and lines of the source."""

    file: str = ""
    line: int = 0
    document: str = ""
    lines: str = ""


@dataclass(frozen=True)
class Locator:
    """Names and places of everything in a store, for messages."""

    store: Store
    project: Project

    @cached_property
    def labels(self) -> Labels:
        """The names in the store."""
        return load_labels(self.store)

    def name(self, iri: str, lang: str) -> str:
        """Return what people call a thing; a claim is called by its kind and what it is about.

        A thing or term without a label is called by its prefixed name, and any other text is returned as it is.
        """
        if iri in self.labels.by_iri:
            return self.labels.label(iri, lang)
        if iri.startswith(NS):
            return f"rz:{slug_of(iri)}"
        if not kind_of(iri):
            return iri
        if kind_of(iri) != "claim" or not self.values(iri, term("rdf:type")):
            return f"{kind_of(iri)}:{slug_of(iri)}"
        kind = next((self.labels.label(value, lang) for value in self.values(iri, term("rdf:type"))), "")
        about = [
            self.labels.label(value, lang) for names in (_NAMING, _NAMING_AFTER) for value in self._first(iri, names)
        ]
        return f"{kind} {slug_of(iri).partition('.')[2]} ({' – '.join(about)})" if about else f"{kind} {slug_of(iri)}"

    def place(self, iri: str, predicate: str = "", value: str = "") -> Place:
        """Return where a subject stands, to the line of a property or value when it can be found there."""
        if "://" not in iri:
            return Place()
        node = NamedNode(iri)
        names = {quad.graph_name for quad in self.store.quads_for_pattern(node, None, None)}
        graphs = sorted(name.value for name in names if isinstance(name, NamedNode))
        files = [path for graph in graphs if (path := file_of_graph(self.project, graph)) and path.is_file()]
        lines = next(iter(self.values(iri, rz("lines"))), "")
        document = next(iter(self.values(iri, term("prov:wasQuotedFrom"))), "")
        return Place(
            self.relative(files[0]) if files else "",
            find_line(files[0], iri, predicate, value) if files else 0,
            slug_of(document) if document else "",
            lines,
        )

    def relative(self, path: Path) -> str:
        """Return a file as people would name it: from the project, or from the folder that holds the data folder."""
        for folder in (self.project.root, self.project.data.parent):
            if path.is_relative_to(folder):
                return path.relative_to(folder).as_posix()
        return path.as_posix()

    def _first(self, iri: str, names: tuple[str, ...]) -> list[str]:
        return next((found[:1] for name in names if (found := self.values(iri, rz(name)))), [])

    def text(self, iri: str, name: str, lang: str) -> str:
        """Return the text of a property of ours in a language, or nothing."""
        found = self.store.quads_for_pattern(NamedNode(iri), rz(name), None)
        texts = [q.object.value for q in found if isinstance(q.object, Literal) and q.object.language == lang]
        return min(texts, default="")

    def values(self, iri: str, predicate: NamedNode) -> list[str]:
        """Return the values of a property, sorted."""
        found = self.store.quads_for_pattern(NamedNode(iri), predicate, None)
        return sorted({quad.object.value for quad in found if isinstance(quad.object, NamedNode | Literal)})


def find_line(path: Path, iri: str, predicate: str = "", value: str = "") -> int:
    """Return the line of a subject in a Turtle file, of its property, or of the value itself when it stands there.

    Parameters
    ----------
    path
        The file.
    iri
        The subject.
    predicate
        The property that is wrong, if one is.
    value
        The value that is wrong: the text of a literal, or an IRI.
    """
    block = find_blocks(path).get(iri)
    if not block:
        return 0
    start = block.line_of(predicate or None)
    if not value:
        return start
    lines = path.read_text(encoding="utf-8").split("\n")
    needles = (f'"{value}"', f"<{value}>", f":{slug_of(value)}", value)
    for needle in needles:
        for number in range(start, block.last + 1):
            if needle in lines[number - 1]:
                return number
    return start


def make_finding(
    rule: Rule,
    locator: Locator,
    subject: str,
    predicate: str = "",
    values: Mapping[str, str | RzgraphError] | None = None,
) -> Finding:
    """Return the finding that a subject breaks a rule.

    Parameters
    ----------
    rule
        What was broken.
    locator
        Of the store the subject is in.
    subject
        The IRI of the thing, or any other name.
    predicate
        The property that is wrong (an IRI), if one is.
    values
        What the words of the rule may name; ``value`` also helps to find the line.
    """
    values = values or {}
    words = {}
    for lang in ("nl", "en"):
        named = {
            name: locator.name(value, lang) if isinstance(value, str) else value.in_language(lang)
            for name, value in values.items()
        }
        words[f"label_{lang}"] = locator.name(subject, lang)
        words[f"message_{lang}"] = fill(rule.words("message", lang), named)
        words[f"repair_{lang}"] = fill(rule.words("repair", lang), named)
    place = locator.place(subject, predicate, str(values.get("value", "")))
    return Finding(
        rule=rule.name,
        severity=rule.severity,
        about="data",
        subject=subject,
        file=place.file,
        line=place.line,
        document=place.document,
        lines=place.lines,
        **words,
    )
