"""Everything about one thing: what it is, its names, and every panel of its kind on a day.

The panels are the queries of ``queries/pages`` whose file name begins with the kind of the thing, the same that fill
its page on the site.
"""

from typing import IO, Any

from pyoxigraph import Literal, NamedNode, Store

from rzgraph.answers.ask import answer_question, list_columns, say, say_default_day
from rzgraph.answers.names import NAMES, resolve_entity
from rzgraph.answers.parameters import read_day
from rzgraph.answers.tables import write_answer
from rzgraph.answers.unknowns import write_gaps
from rzgraph.dates import format_day
from rzgraph.facts import open_store
from rzgraph.graph import facts_graph
from rzgraph.labels import Labels, load_labels
from rzgraph.messages import message
from rzgraph.namespaces import kind_of, term
from rzgraph.queries import Answer, Question, Row, Term, list_questions
from rzgraph.settings import Project


def run_show(project: Project, entity: str, at: str | None, lang: str, form: str, stream: IO[str]) -> int:
    """Show all facts about a thing, each with its standing on a day and its evidence.

    Parameters
    ----------
    entity
        IRI, slug or name.
    at
        The day, else the last one a document attests.

    Returns
    -------
    int
        0, or 1 when the documents state nothing about the thing.

    Raises
    ------
    NotFoundError
        When nothing answers to the name.
    UsageError
        When several things do, or the day cannot be read.
    InputError
        When data or queries cannot be read.
    """
    store = open_store(project)
    labels = load_labels(store)
    thing = resolve_entity(store, entity, None, lang)
    day = read_day(store, at, lang)
    panels = _read_panels(project, store, thing, Literal(day.isoformat(), datatype=term("xsd:date")), lang)
    dated = [question for question, _ in panels if "at" in question.params]
    if dated:
        say_default_day(store, dated[0], at, lang)
    if form in ("table", "md"):
        heading = (
            f"{labels.label(thing.value, lang)} ({_class_label(store, thing, labels, lang)}), {format_day(day, lang)}"
        )
        stream.write(("# " if form == "md" else "") + heading + "\n\n")
        for line in _describe(store, project, thing, labels, lang):
            stream.write(("- " if form == "md" else "") + line + "\n")
        for question, answer in panels:
            stream.write(("\n## " if form == "md" else "\n") + question.titles[lang] + "\n\n")
            write_answer(answer, labels, lang, form, stream, list_columns(question), hidden=("entity",))
        write_gaps(store, [thing], lang, form, stream, with_doubts=True)
    else:
        answer, columns = _join_panels(panels, lang)
        write_answer(answer, labels, lang, form, stream, columns)
    if not panels:
        say(f"{labels.label(thing.value, lang)}: {message('ask.no-facts', lang)}")
    return 0 if panels else 1


def _read_panels(
    project: Project, store: Store, thing: NamedNode, day: Literal, lang: str
) -> list[tuple[Question, Answer]]:
    """Return the panels of a thing that have rows."""
    panels = []
    for question in list_questions(project.queries / "pages"):
        if question.name.partition(".")[0] != kind_of(thing.value):
            continue
        bindings: dict[str, Term] = {"entity": thing}
        if "at" in question.params:
            bindings["_at_date"] = day
        answer = answer_question(store, question, bindings, lang)
        if answer.rows:
            panels.append((question, answer))
    return panels


def _join_panels(panels: list[tuple[Question, Answer]], lang: str) -> tuple[Answer, dict[str, dict[str, Any]]]:
    """Return all panels as one answer: the name of the panel, then every column any of them has."""
    columns: dict[str, dict[str, Any]] = {"panel": {lang: message("ask.column-panel", lang)}}
    rows: list[Row] = []
    for question, answer in panels:
        for name in answer.columns:
            columns.setdefault(name, dict(list_columns(question)[name]))
        rows += [{"panel": Literal(question.name), **row} for row in answer.rows]
    names = tuple(columns)
    return Answer(names, [{name: row.get(name) for name in names} for row in rows]), columns


def _class_label(store: Store, thing: NamedNode, labels: Labels, lang: str) -> str:
    found = sorted(quad.object.value for quad in _own_quads(store, thing) if quad.predicate == term("rdf:type"))
    return labels.label(found[0], lang) if found else kind_of(thing.value)


def _own_quads(store: Store, thing: NamedNode) -> list[Any]:
    return [quad for quad in store.quads_for_pattern(thing, None, None) if isinstance(quad.object, NamedNode | Literal)]


def _describe(store: Store, project: Project, thing: NamedNode, labels: Labels, lang: str) -> list[str]:
    """Return what the register says of a thing, a property a line; names that differ from its label first."""
    names: set[str] = set()
    properties: dict[str, set[str]] = {}
    for quad in _own_quads(store, thing):
        if quad.graph_name == facts_graph(project) or quad.predicate == term("rdf:type"):
            continue
        if quad.predicate in [term(name) for name in NAMES]:
            names.add(quad.object.value)
        elif isinstance(quad.object, NamedNode):
            known = quad.object.value in labels.by_iri
            properties.setdefault(quad.predicate.value, set()).add(
                labels.label(quad.object.value, lang) if known else quad.object.value
            )
        elif quad.object.language in (None, lang):
            properties.setdefault(quad.predicate.value, set()).add(quad.object.value)
    names.discard(labels.label(thing.value, lang))
    lines = [f"{message('ask.names', lang)}: {'; '.join(sorted(names))}"] if names else []
    said = (f"{labels.label(predicate, lang)}: {'; '.join(sorted(values))}" for predicate, values in properties.items())
    return lines + sorted(said)
