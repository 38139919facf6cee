"""The rules of the graph, wherever they are written: in shapes or in check queries.

A rule is known by one name: the local name of its shape or the file name of its query. Its words and its severity
stand beside it, in Dutch and English; nothing of a rule is written here. What is checked against the texts has its
words in shapes without constraints (``shapes/texts.ttl``).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from rzgraph.errors import InputError
from rzgraph.graph import load_file
from rzgraph.namespaces import SHAPE, rz, slug_of, term
from rzgraph.queries import read_question
from rzgraph.settings import Project

SH = "http://www.w3.org/ns/shacl#"
LANGUAGES = ("nl", "en")
#: How the severities of SHACL grade a finding. A warning never makes a check fail.
GRADES = {"Violation": "error", "Warning": "warning", "Info": "information"}

_SHAPES = (ox.NamedNode(SH + "NodeShape"), ox.NamedNode(SH + "PropertyShape"))


@dataclass(frozen=True)
class Rule:
    """What must hold.

    Attributes
    ----------
    name
        The name findings carry.
    origin
        The file it is written in, relative to the project.
    severity
        ``error``, ``warning`` or ``information``.
    message_nl, message_en
        What is wrong when it is broken; ``{?x}`` stands for a value of the result.
    repair_nl, repair_en
        What to do then.
    """

    name: str
    origin: str
    severity: str
    message_nl: str
    message_en: str
    repair_nl: str
    repair_en: str

    def words(self, part: str, lang: str) -> str:
        """Return the ``message`` or ``repair`` in a language."""
        text: str = getattr(self, f"{part}_{lang}")
        return text


def read_rules(project: Project) -> dict[str, Rule]:
    """Return all rules of a project by name.

    Raises
    ------
    InputError
        When a file of rules cannot be read, a rule lacks its words, or two rules share a name.
    """
    rules: dict[str, Rule] = {}
    for rule in [*_shape_rules(project), *_query_rules(project)]:
        if rule.name in rules:
            raise InputError("error.rule-twice", origin=rule.origin, name=rule.name, other=rules[rule.name].origin)
        rules[rule.name] = rule
    return dict(sorted(rules.items()))


def list_shape_files(project: Project) -> list[Path]:
    """Return the files of shapes, in order.

    Raises
    ------
    InputError
        When there are none.
    """
    files = sorted(project.shapes.glob("*.ttl"))
    if not files:
        raise InputError("error.no-shapes", folder=project.shapes)
    return files


def _shape_rules(project: Project) -> Iterable[Rule]:
    for path in list_shape_files(project):
        store = ox.Store()
        load_file(store, project, path)
        shapes = {q.subject for kind in _SHAPES for q in store.quads_for_pattern(None, term("rdf:type"), kind)}
        for shape in sorted(shapes, key=str):
            # Shapes without a message only serve other shapes.
            if isinstance(shape, ox.NamedNode) and (message := _texts(store, shape, SH + "message")):
                severity = next(store.quads_for_pattern(shape, ox.NamedNode(SH + "severity"), None)).object
                words = {"message": message, "repair": _texts(store, shape, rz("repair").value)}
                yield _rule(
                    shape.value.removeprefix(SHAPE), _origin(project, path), GRADES[slug_of(_value(severity))], words
                )


def _value(node: object) -> str:
    return node.value if isinstance(node, ox.NamedNode | ox.Literal) else ""


def _texts(store: ox.Store, node: ox.NamedNode, predicate: str) -> dict[str, str]:
    found = [quad.object for quad in store.quads_for_pattern(node, ox.NamedNode(predicate), None)]
    return {text.language or "": text.value for text in found if isinstance(text, ox.Literal)}


def _query_rules(project: Project) -> Iterable[Rule]:
    for path in sorted((project.queries / "checks").glob("*.rq")):
        header = read_question(path).header
        words = {"message": header.get("messages") or {}, "repair": header.get("repair") or {}}
        yield _rule(path.stem, _origin(project, path), str(header.get("severity", "error")), words)


def _rule(name: str, origin: str, severity: str, words: dict[str, dict[str, str]]) -> Rule:
    missing = [f"{part} ({lang})" for part in words for lang in LANGUAGES if not words[part].get(lang)]
    if missing:
        raise InputError("error.rule-lacks-words", origin=origin, name=name, parts=", ".join(missing))
    if severity not in GRADES.values():
        raise InputError("error.rule-lacks-severity", origin=origin, name=name)
    texts = {f"{part}_{lang}": words[part][lang] for part in words for lang in LANGUAGES}
    return Rule(name=name, origin=origin, severity=severity, **texts)


def _origin(project: Project, path: Path) -> str:
    return path.relative_to(project.root).as_posix()


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return a message with its placeholders ``{?name}`` filled in; one in brackets without a value is left out."""
    known = re.sub(r" \(\{\?(\w+)\}\)", lambda found: found[0] if values.get(found[1]) else "", text)
    return re.sub(r"\{\?(\w+)\}", lambda found: values.get(found[1]) or "…", known)
