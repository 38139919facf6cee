"""The commands that answer: ask a question, show a thing, find a name, run a query.

Each takes what the command line was given, writes the answer to a stream and what is not the answer (the day that
was taken, that nothing is stated) to stderr, and returns the exit code.
"""

from collections.abc import Mapping
from typing import IO, Any

import click
from pyoxigraph import Literal, NamedNode, Store

from rzgraph.answers.grouping import Columns
from rzgraph.answers.names import find_entities
from rzgraph.answers.parameters import bind_parameters, describe_options, read_day
from rzgraph.answers.tables import write_answer
from rzgraph.answers.unknowns import list_gaps, write_gaps
from rzgraph.dates import format_day
from rzgraph.errors import InputError, UsageError
from rzgraph.facts import open_store
from rzgraph.labels import Labels, load_labels
from rzgraph.messages import message
from rzgraph.namespaces import rz, slug_of
from rzgraph.queries import Answer, Question, Row, Term, list_questions, run_question
from rzgraph.settings import Project

_FOR_PEOPLE = ("table", "md")


def run_ask(
    project: Project, name: str | None, options: dict[str, str], at: str | None, lang: str, form: str, stream: IO[str]
) -> int:
    """Answer a question of ``queries/questions``, or list them when no name is given.

    Returns
    -------
    int
        0 with an answer, 1 when the documents state nothing.

    Raises
    ------
    UsageError
        When the question or an option does not exist, is missing or cannot be read.
    NotFoundError
        When nothing in the graph answers to a name.
    InputError
        When data or queries cannot be read.
    """
    questions = {question.name: question for question in list_questions(project.queries / "questions")}
    if name is None:
        return _write_catalogue(list(questions.values()), lang, form, stream)
    if name not in questions:
        raise UsageError(message("ask.no-such-question", lang, name=name, candidates=_nearest(questions, name, lang)))
    store = open_store(project)
    labels = load_labels(store)
    question = questions[name]
    bindings = bind_parameters(store, question, options, at, lang)
    answer = answer_question(store, question, bindings, lang)
    say_default_day(store, question, at, lang)
    if not answer.rows:
        nothing = message("ask.no-finding" if "finding" in question.columns else "ask.not-stated", lang)
        say(f"{_write_heading(question, bindings, labels, lang, ': ')}: {nothing}")
        if gaps := list_gaps(store, bindings.values(), lang):
            say("\n- ".join([f"{message('ask.unsaid', lang)}:", *gaps]))
    if form in _FOR_PEOPLE:
        if not answer.rows:
            return 1
        mark = "# " if form == "md" else ""
        stream.write(mark + _write_heading(question, bindings, labels, lang, "\n\n" if mark else "\n") + "\n\n")
    # What was asked for stands in the heading; a column that repeats it says nothing.
    asked = {name.split("_")[1]: value for name, value in bindings.items()}
    repeated = [name for name, value in asked.items() if all(row.get(name, value) == value for row in answer.rows)]
    write_answer(answer, labels, lang, form, stream, list_columns(question), hidden=repeated)
    if form in _FOR_PEOPLE:
        told = {value.value for row in answer.rows for value in row.values() if isinstance(value, Literal)}
        write_gaps(store, bindings.values(), lang, form, stream, told, bool(question.header.get("doubts")))
    return 0 if answer.rows else 1


def answer_question(store: Store, question: Question, bindings: Mapping[str, Term], lang: str) -> Answer:
    """Return the answer to a question, with the file of each document and texts in one language."""
    return add_files(store, keep_language(run_question(store, question, bindings), lang))


def add_files(store: Store, answer: Answer) -> Answer:
    """Return an answer with a column ``file`` after ``document``: the name of the source file."""
    if "document" not in answer.columns or "file" in answer.columns:
        return answer
    files = {str(quad.subject): quad.object for quad in store.quads_for_pattern(None, rz("fileName"), None)}
    place = answer.columns.index("document") + 1
    rows: list[Row] = [{**row, "file": files.get(str(row["document"]))} for row in answer.rows]
    return Answer((*answer.columns[:place], "file", *answer.columns[place:]), rows)


def keep_language(answer: Answer, lang: str) -> Answer:
    """Return an answer without the rows that say in another language what a row in this language says too."""

    def text_of(value: Term | None) -> str:
        return (value.language or "") if isinstance(value, Literal) else ""

    def rest_of(row: Row) -> tuple[Term | None, ...]:
        return tuple(None if text_of(value) else value for value in row.values())

    tongues = [{tongue for value in row.values() if (tongue := text_of(value))} for row in answer.rows]
    said = {rest_of(row) for row, spoken in zip(answer.rows, tongues, strict=True) if spoken == {lang}}
    rows = [
        row for row, spoken in zip(answer.rows, tongues, strict=True) if spoken <= {lang} or rest_of(row) not in said
    ]
    return Answer(answer.columns, rows)


def list_columns(question: Question) -> Columns:
    """Return the columns of a question's header, with the column ``file`` that answers add."""
    return {**question.columns, "file": {"nl": "bronbestand", "en": "source file"}}


def run_find(project: Project, text: str, lang: str, form: str, stream: IO[str]) -> int:
    """List the things whose name resembles a text; 1 when there are none.

    Raises
    ------
    InputError
        When the data cannot be read.
    """
    store = open_store(project)
    labels = load_labels(store)
    matches = find_entities(store, text)
    if not matches:
        say(message("ask.nothing-found", lang, text=text))
    rows: list[tuple[str, ...]] = [
        (slug_of(m.iri), message(f"ask.kind-{m.kind}", lang), labels.label(m.iri, lang), m.name) for m in matches
    ]
    if rows or form not in _FOR_PEOPLE:
        _write_texts(("slug", "kind", "label", "matched"), rows, lang, form, stream)
    return 0 if matches else 1


def run_query(project: Project, text: str, lang: str, form: str, stream: IO[str]) -> int:
    """Run any SELECT query over the whole graph and write its rows; 1 when there are none.

    Raises
    ------
    UsageError
        When the text is not a valid SELECT query.
    InputError
        When the data cannot be read.
    """
    import pyoxigraph as ox

    store = open_store(project)
    try:
        solutions = store.query(text, use_default_graph_as_union=True)
    except (SyntaxError, RuntimeError) as error:
        raise UsageError(message("ask.bad-query", lang, error=" ".join(str(error).split()))) from None
    if not isinstance(solutions, ox.QuerySolutions):
        raise UsageError(message("ask.not-a-select", lang))
    names = tuple(variable.value for variable in solutions.variables)
    try:
        rows: list[Row] = [{name: solution[name] for name in names} for solution in solutions]
    except (RuntimeError, OSError) as error:  # A service that was asked, or a sum that went wrong on the way.
        raise InputError(message("ask.not-run", lang, error=" ".join(str(error).split()))) from None
    write_answer(Answer(names, rows), load_labels(store), lang, form, stream)
    return 0 if rows else 1


def _write_catalogue(questions: list[Question], lang: str, form: str, stream: IO[str]) -> int:
    rows: list[tuple[str, ...]] = [
        (q.name, q.titles[lang], describe_options(q, lang), _name_reader(q, lang)) for q in questions
    ]
    if form in _FOR_PEOPLE:
        stream.write(message("ask.catalogue", lang) + "\n\n")
    _write_texts(("question", "title", "options", "reader"), rows, lang, form, stream)
    return 0


def _write_texts(names: tuple[str, ...], rows: list[tuple[str, ...]], lang: str, form: str, stream: IO[str]) -> None:
    columns: dict[str, dict[str, Any]] = {name: {lang: message(f"ask.column-{name}", lang)} for name in names}
    terms: list[Row] = [{name: Literal(text) for name, text in zip(names, row, strict=True)} for row in rows]
    write_answer(Answer(names, terms), Labels({}), lang, form, stream, columns)


def _nearest(questions: Mapping[str, Question], name: str, lang: str) -> str:
    from rapidfuzz import fuzz

    likeness = {
        q: max(fuzz.WRatio(name, q), fuzz.WRatio(name, question.titles[lang])) for q, question in questions.items()
    }
    return ", ".join(sorted(likeness, key=lambda q: (-likeness[q], q))[:3])


def _write_heading(question: Question, bindings: Mapping[str, Term], labels: Labels, lang: str, between: str) -> str:
    asked = []
    for name, header in question.params.items():
        for variable, value in bindings.items():
            if variable.split("_")[1] == name:
                asked.append(f"{header[lang]}: {_write_value(value, labels, lang)}")
    return question.titles[lang] + (between + " · ".join(asked) if asked else "")


def _write_value(value: Term, labels: Labels, lang: str) -> str:
    from datetime import date

    if isinstance(value, NamedNode):
        return labels.label(value.value, lang)
    text = value.value if isinstance(value, Literal) else str(value)
    return format_day(date.fromisoformat(text), lang) if str(value).endswith("#date>") else text


def say_default_day(store: Store, question: Question, at: str | None, lang: str) -> None:
    """Say on stderr which day was taken when none was asked for."""
    if at is None and "at" in question.params:
        say(message("ask.default-day", lang, day=read_day(store, None, lang).isoformat()))


def say(text: str) -> None:
    """Say on stderr what is not the answer."""
    click.echo(f"rzgraph: {text}", err=True)


def _name_reader(question: Question, lang: str) -> str:
    return message(f"ask.reader-{question.reader.replace(' ', '-')}", lang)
