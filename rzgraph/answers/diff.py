"""What changed between two days, or what one of two documents names and the other does not.

Which facts changed, and how that is called, is decided by the queries of ``queries/diff``. Here each fact is put in
a few words, and rows become sections: per kind of fact and change one, with a sentence on what the change does and
does not say. A document that is silent about something does not end it.
"""

import re
from collections.abc import Collection, Mapping
from itertools import groupby
from typing import IO, Any

from pyoxigraph import Literal, NamedNode, Store

from rzgraph.answers.ask import answer_question, list_columns, say
from rzgraph.answers.grouping import Columns
from rzgraph.answers.names import resolve_entity
from rzgraph.answers.parameters import read_day
from rzgraph.answers.rows import name_value
from rzgraph.answers.tables import write_answer
from rzgraph.dates import format_day
from rzgraph.errors import UsageError
from rzgraph.facts import open_store
from rzgraph.labels import Labels, load_labels
from rzgraph.messages import message
from rzgraph.namespaces import rz, slug_of, term
from rzgraph.queries import Answer, Row, Term, read_question
from rzgraph.settings import Project

# What tells facts of a kind apart beside what the words for that kind name already, in the order of reading.
_DETAILS = {
    "seat": ("role", "on_behalf_of", "capacity"),
    "office": ("office",),
    "representation": ("body", "capacity"),
    "partnership": ("role", "count"),
    "relation": ("to_body", "line"),
}
# Changes that say no more than that nothing was said.
_SILENCE = ("no-longer-named", "not-heard-since", "fell-silent")
# Kinds of which claims, and not the row, say whom they name.
_FOLLOWED = ("programme", "commitment")
# The columns in which a group stands for those who belong to it; where these are empty, the capacity does.
_FOR_GROUPS = ("on_behalf_of", "represented", "who")
# The columns added here, and those a reader sees; what else a row holds is in its words already.
_WORDS = ("what", "meaning")
_SHOWN = (
    *("what", "begin", "end", "standing_from", "standing_to", "last_attested"),
    *("status_from", "status_to", "due", "silent_document"),
)


def run_diff(
    project: Project,
    first: str,
    second: str,
    lang: str,
    form: str,
    stream: IO[str],
    about: str | None = None,
    kinds: Collection[str] = (),
) -> int:
    """Write what changed between two days, or what tells two documents apart.

    Parameters
    ----------
    first, second
        Two days (``YYYY-MM-DD``, the earliest first) or two documents (IRI, slug or name).
    about
        A body, person, party ... (IRI, slug or name): only the facts that name it, or that speak for or are ruled
        for a group it belongs to.
    kinds
        Only facts of these kinds, as the queries call them (``seat``, ``office`` ...); all when empty.

    Returns
    -------
    int
        0, or 1 when nothing changed.

    Raises
    ------
    UsageError
        When they are not two of a kind, a day cannot be read or they stand the wrong way round.
    NotFoundError
        When no document, or no thing asked about, answers to a name.
    InputError
        When data or queries cannot be read.
    """
    store = open_store(project)
    labels = load_labels(store)
    sort, bindings, names = _read_sides(store, first, second, lang)
    columns, answer = _compare(store, project, sort, bindings, lang)
    narrowed = _narrow(store, answer, resolve_entity(store, about, lang=lang) if about else None, kinds)
    found = _add_words(narrowed, labels, names, lang)
    words: dict[str, dict[str, Any]] = {name: {lang: message(f"diff.column-{name}", lang)} for name in _WORDS}
    columns = {**columns, **words}
    if not found.rows:
        say(message("diff.nothing-asked" if about or kinds else f"diff.nothing-{sort}", lang, **names))
    if form not in ("table", "md"):
        write_answer(found, labels, lang, form, stream, columns)
    elif found.rows:
        heading = message(f"diff.heading-{sort}", lang, **names)
        stream.write(("# " if form == "md" else "") + heading + "\n")
        for title, meaning, answer in _split_sections(found, lang):
            stream.write(("\n## " if form == "md" else "\n") + f"{title}\n{meaning}\n\n")
            hidden = [name for name in answer.columns if name not in _SHOWN]
            write_answer(answer, labels, lang, form, stream, columns, hidden)
    return 0 if found.rows else 1


def _read_sides(store: Store, first: str, second: str, lang: str) -> tuple[str, dict[str, Term], dict[str, str]]:
    """Return what is compared (days or documents), the terms to bind, and what to call the two sides."""
    are_days = [bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text)) for text in (first, second)]
    if are_days == [True, True]:
        days = [read_day(store, text, lang) for text in (first, second)]
        if days[0] > days[1]:
            raise UsageError(message("diff.wrong-way-round", lang, first=first, second=second))
        terms: list[Term] = [Literal(day.isoformat(), datatype=term("xsd:date")) for day in days]
        return "days", *_name_sides("date", terms, [format_day(day, lang) for day in days])
    if any(are_days):
        raise UsageError(message("diff.two-of-a-kind", lang, first=first, second=second))
    documents = [resolve_entity(store, text, ["document"], lang) for text in (first, second)]
    return "documents", *_name_sides("iri", list(documents), [slug_of(document.value) for document in documents])


def _compare(
    store: Store, project: Project, sort: str, bindings: Mapping[str, Term], lang: str
) -> tuple[Columns, Answer]:
    """Return the columns and rows of a comparison: of days also how promises and programmes stand differently."""
    question = read_question(project.queries / "diff" / f"{sort}.rq")
    columns, answer = list_columns(question), answer_question(store, question, bindings, lang)
    if sort != "days":
        return columns, answer
    states = read_question(project.queries / "diff" / "states.rq")
    found = answer_question(store, states, bindings, lang)
    place = answer.columns.index("side")
    own = [name for name in found.columns if name not in answer.columns]
    names = (*answer.columns[:place], *own, *answer.columns[place:])
    rows = [{name: row.get(name) for name in names} for row in (*answer.rows, *found.rows)]
    return {**list_columns(states), **columns}, Answer(names, rows)


def _name_sides(sort: str, terms: list[Term], names: list[str]) -> tuple[dict[str, Term], dict[str, str]]:
    bindings = {f"_from_{sort}": terms[0], f"_to_{sort}": terms[1]}
    return bindings, {"first": names[0], "second": names[1]}


def _narrow(store: Store, answer: Answer, entity: NamedNode | None, kinds: Collection[str]) -> Answer:
    """Return the rows of facts of some kinds that name a thing or a group it is in; a fact is kept with its claims."""
    groups = {quad.subject for quad in store.quads_for_pattern(None, rz("includes"), entity)} if entity else set()
    claims = {quad.subject for quad in store.quads_for_pattern(None, None, entity)} if entity else set()
    naming = {
        row["fact"]
        for row in answer.rows
        if entity in row.values()
        or not groups.isdisjoint(_list_spoken_for(row))
        # Who promised, and what a promise is about, stands in the claims alone.
        or (getattr(row["kind"], "value", "") in _FOLLOWED and row["claim"] in claims)
    }
    rows = [
        row
        for row in answer.rows
        if (entity is None or row["fact"] in naming) and (not kinds or getattr(row["kind"], "value", "") in kinds)
    ]
    return Answer(answer.columns, rows)


def _list_spoken_for(row: Row) -> list[Term]:
    """Return for whom a fact speaks, or whom it rules."""
    spoken_for = [value for name in _FOR_GROUPS if (value := row[name]) is not None]
    return spoken_for or [value for value in (row["capacity"],) if value is not None]


def _add_words(answer: Answer, labels: Labels, names: Mapping[str, str], lang: str) -> Answer:
    """Return an answer with the fact in words and the meaning of the change after the name of the change."""
    place = answer.columns.index("change") + 1
    rows: list[Row] = []
    for row in answer.rows:
        texts = {name: name_value(value, labels, lang) for name, value in row.items() if value is not None}
        what = Literal(_describe(texts, lang))
        meaning = Literal(message(f"diff.meaning-{texts['change']}", lang, **names))
        rows.append({**row, "what": what, "meaning": meaning})
    return Answer((*answer.columns[:place], *_WORDS, *answer.columns[place:]), rows)


def _describe(texts: Mapping[str, str], lang: str) -> str:
    """Return a fact in a few words: ``B. Bakker in Tafel Wonen, lid, namens gemeente Lindelo``."""
    kind = texts["kind"]
    details = [name for name in _DETAILS.get(kind, ()) if name in texts]
    who = next((texts[name] for name in ("person", "office") if name in texts), None)
    if who is None and kind == "absence":
        who = texts.get("on_behalf_of", texts.get("organisation"))
    elif who is None and kind == "seat" and "on_behalf_of" not in texts and "organisation" in texts:
        details.append("organisation")
    words = message(f"diff.what-{kind}", lang, **{**texts, "who": who or message("diff.unnamed", lang)})
    return ", ".join([words, *(message(f"diff.detail-{name}", lang, value=texts[name]) for name in details)])


def _split_sections(answer: Answer, lang: str) -> list[tuple[str, str, Answer]]:
    """Return title, meaning and rows per kind of fact and change: what is new first, what is only silence last."""
    sections = []
    ordered = sorted(answer.rows, key=lambda row: getattr(row["change"], "value", "") in _SILENCE)
    for (kind, change, meaning), rows in groupby(ordered, key=_section_of):
        part = [{**row, "silent_document": _name_shortly(row.get("silent_document"))} for row in rows]
        title = message(
            "diff.section",
            lang,
            kind=message(f"diff.kind-{kind}", lang),
            change=message(f"diff.change-{change}", lang),
            count=len({str(row["fact"]) for row in part}),
        )
        sections.append((title, meaning, Answer(answer.columns, part)))
    return sections


def _section_of(row: Row) -> tuple[str, ...]:
    return tuple(getattr(row[name], "value", "") for name in ("kind", "change", "meaning"))


def _name_shortly(document: Term | None) -> Term | None:
    """Return a document by its slug, as the sources call it: titles are too long for a column."""
    return Literal(slug_of(document.value)) if isinstance(document, NamedNode) else None
