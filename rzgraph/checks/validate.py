"""Checking a graph: shapes, check queries, fragments. Everything that is wrong is gathered, nothing stops at the first.

A store goes in, findings come out. The shapes are run by one of two engines with the same results: shifty, or pySHACL,
the reference. What SHACL cannot see (which file a claim stands in, how many things there are) is a check query.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rzgraph.checks.amounts import check_amounts, check_calculations
from rzgraph.checks.findings import Finding, Locator, make_finding
from rzgraph.checks.fragments import check_evidence
from rzgraph.checks.rules import SH, list_shape_files, read_rules
from rzgraph.checks.values import check_values
from rzgraph.errors import UsageError
from rzgraph.facts import open_store
from rzgraph.graph import facts_graph
from rzgraph.namespaces import SHAPE, rz, slug_of, term
from rzgraph.queries import list_questions, run_question
from rzgraph.settings import Project

if TYPE_CHECKING:
    from rdflib import Graph
    from shifty import PreparedValidator

ENGINES = ("shifty", "pyshacl")

#: How a severity of the data (``rz:severity``) grades a finding about the sources.
_SOURCE_GRADES = {"serious": "error", "warning": "warning", "information": "information"}


@dataclass(frozen=True, order=True)
class Result:
    """One validation result of SHACL, as IRIs and texts; empty where the report names none, or a blank node."""

    focus: str
    component: str
    path: str
    value: str
    severity: str
    shape: str


def check_project(project: Project, engine: str = "shifty") -> list[Finding]:
    """Load a project and return everything that is wrong with it, sorted, with the findings about the sources last.

    Parameters
    ----------
    project
        What to check.
    engine
        One of `ENGINES`.

    Raises
    ------
    InputError
        When a file cannot be read.
    UsageError
        When the engine is not known.
    """
    return check_store(open_store(project), project, engine)


def check_store(store: ox.Store, project: Project, engine: str = "shifty") -> list[Finding]:
    """Return everything that is wrong with a loaded store with facts, sorted."""
    findings = [
        *check_shapes(store, project, engine),
        *check_queries(store, project),
        *check_evidence(store, project).findings,
        *check_amounts(store, project),
        *check_values(store, project),
    ]
    faulty = {finding.subject for finding in findings if finding.severity == "error"}
    findings += [*check_calculations(store, project, faulty), *list_source_findings(store, project, faulty)]
    return sorted(set(findings), key=Finding.sort_key)


def check_shapes(store: ox.Store, project: Project, engine: str = "shifty") -> Iterator[Finding]:
    """Give the findings of the shapes."""
    rules, locator = read_rules(project), Locator(store, project)
    for result in run_shapes(store, project, engine):
        rule = rules[result.shape.removeprefix(SHAPE)]
        yield make_finding(rule, locator, result.focus, result.path, {"value": result.value, "path": result.path})


def run_shapes(store: ox.Store, project: Project, engine: str) -> list[Result]:
    """Validate the ontology and the data of a store, as one graph, and return the results, sorted.

    Facts are left out: they follow from the claims, and queries check what they say.

    Raises
    ------
    UsageError
        When the engine is not known.
    """
    data = _serialize(store, project)
    if engine == "shifty":
        report = _run_shifty(data, project)
    elif engine == "pyshacl":
        report = _run_pyshacl(data, project)
    else:
        raise UsageError("error.no-engine", engine=engine, engines=", ".join(ENGINES))
    return sorted(_read_report(report)) if report is not None else []


@lru_cache(maxsize=4)
def _prepare_shifty(files: tuple[Path, ...], _changed: tuple[int, ...]) -> "PreparedValidator":
    import shifty

    return shifty.PreparedValidator(files)


def _run_shifty(data: str, project: Project) -> "Graph | None":
    files = tuple(list_shape_files(project))
    validator = _prepare_shifty(files, tuple(path.stat().st_mtime_ns for path in files))
    # Most graphs conform: the quick way to know that saves the slower one that writes the report.
    if validator.validate_algebra(data, graph_mode="data", infer=False, on_unsupported="error").conforms:
        return None
    return validator.validate(data, graph_mode="data", infer=False, on_unsupported="error")[1]


def _run_pyshacl(data: str, project: Project) -> "Graph":
    import pyshacl
    from rdflib import Graph

    shapes = Graph()
    for path in list_shape_files(project):
        shapes.parse(path, format="turtle")
    report: Graph = pyshacl.validate(
        Graph().parse(data=data, format="nt"), shacl_graph=shapes, inference="none", advanced=False
    )[1]
    return report


def _serialize(store: ox.Store, project: Project) -> str:
    """Return the union of all graphs but that of the facts as N-Triples, in a fixed order."""
    derived = facts_graph(project)
    triples = {str(quad.triple) for quad in store if quad.graph_name != derived}
    return "".join(f"{triple} .\n" for triple in sorted(triples))


def _read_report(report: "Graph") -> Iterator[Result]:
    from rdflib import Namespace, URIRef

    sh = Namespace(SH)
    for node in report.objects(None, sh.result):
        values = [
            "" if value is None or (name != "value" and not isinstance(value, URIRef)) else str(value)
            for name in (
                "focusNode",
                "sourceConstraintComponent",
                "resultPath",
                "value",
                "resultSeverity",
                "sourceShape",
            )
            for value in [report.value(node, sh[name], any=True)]
        ]
        yield Result(*values)


def check_queries(store: ox.Store, project: Project) -> Iterator[Finding]:
    """Give a finding for each row of each check query; its columns are ``subject`` and what the words name."""
    rules, locator = read_rules(project), Locator(store, project)
    for question in list_questions(project.queries / "checks"):
        for row in run_question(store, question).rows:
            values = {name: value.value for name, value in row.items() if isinstance(value, ox.NamedNode | ox.Literal)}
            subject, path = values.pop("subject", ""), values.pop("path", "")
            yield make_finding(rules[question.name], locator, subject, path, values)


def list_source_findings(store: ox.Store, project: Project, faulty: Set[str] = frozenset()) -> Iterator[Finding]:
    """Give the findings about the sources: content, not mistakes of ours.

    What a calculation shows is left out where it rests on a faulty claim; what a curator wrote down never is.
    """
    locator = Locator(store, project)
    nodes = {
        quad.subject.value
        for quad in store.quads_for_pattern(None, term("rdf:type"), rz("Finding"))
        if isinstance(quad.subject, ox.NamedNode)
    }
    for iri in sorted(nodes):
        place = locator.place(iri)
        claims = locator.values(iri, rz("restsOn"))
        shown = [result for node in locator.values(iri, rz("shownBy")) for result in locator.values(node, rz("result"))]
        if shown and not place.file and not faulty.isdisjoint(claims):
            continue
        evidence = locator.place([*shown, *claims][0]) if claims else place
        # What was derived stands in no file of ours: then the claim it is about is shown.
        place = place if place.file else evidence
        words = {
            f"{part}_{lang}": locator.text(iri, name, lang)
            for part, name in (("message", "message"), ("repair", "explanation"))
            for lang in ("nl", "en")
        }
        yield Finding(
            rule=next(map(slug_of, locator.values(iri, rz("kind"))), "finding"),
            severity=next((_SOURCE_GRADES.get(slug_of(s), "") for s in locator.values(iri, rz("severity"))), "")
            or "information",
            about="source",
            subject=iri,
            label_nl=_about(locator, iri, "nl"),
            label_en=_about(locator, iri, "en"),
            file=place.file,
            line=place.line,
            document=evidence.document,
            lines=evidence.lines,
            **words,
        )


def _about(locator: Locator, iri: str, lang: str) -> str:
    names = [locator.name(value, lang) for value in locator.values(iri, rz("concerns"))]
    return ", ".join(names) or slug_of(iri)


def has_errors(findings: list[Finding]) -> bool:
    """Tell whether our own data holds an error; warnings, and findings about the sources, are none."""
    return any(finding.about == "data" and finding.severity == "error" for finding in findings)
