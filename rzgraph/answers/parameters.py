"""What a question is asked with: words of a command line in, bound terms out.

A parameter ``body`` is the variable ``?_body_iri`` of the query and the option ``--body``; the end of the variable
tells what its value must be: a thing, a day, a number or a text. A parameter may be optional in the header. A thing is
looked up among the kind the parameter is called after, or that the header names with ``of``; else, and with
``of: any``, among all kinds.
"""

import re
from collections.abc import Mapping
from datetime import date

from pyoxigraph import Literal, NamedNode, Store

from rzgraph.answers.names import KINDS, resolve_entity
from rzgraph.errors import UsageError
from rzgraph.facts import list_days
from rzgraph.messages import message
from rzgraph.namespaces import term
from rzgraph.queries import Question, Term

_VARIABLE = re.compile(r"\?(_(\w+?)_(iri|date|string|integer))\b")
_DAY = term("xsd:date")


def bind_parameters(
    store: Store, question: Question, options: Mapping[str, str], at: str | None, lang: str
) -> dict[str, Term]:
    """Return the terms to bind, by variable name.

    Parameters
    ----------
    store
        Where names are looked up.
    question
        From `rzgraph.queries.read_question`.
    options
        Parameter name to what somebody typed.
    at
        The day asked about, ``YYYY-MM-DD``; else the last one of `list_days`. Not used by a question without a day.
    lang
        Language of the messages.

    Raises
    ------
    UsageError
        When an option is unknown, missing, ambiguous or not what it must be.
    NotFoundError
        When nothing in the graph answers to a name.
    """
    check_options(question, options, lang)
    bindings: dict[str, Term] = {}
    for variable, name, sort in sorted(set(_VARIABLE.findall(question.text))):
        if name == "at":
            bindings[variable] = Literal(read_day(store, at, lang).isoformat(), datatype=_DAY)
        elif name in options:
            kind = question.params.get(name, {}).get("of", name if name in KINDS else None)
            bindings[variable] = _read_value(store, name, None if kind == "any" else kind, sort, options[name], lang)
    return bindings


def check_options(question: Question, options: Mapping[str, str], lang: str) -> None:
    """See to it that a question gets the options it needs and no others.

    Raises
    ------
    UsageError
        Naming the option and all options of the question.
    """
    known = {name: header for name, header in question.params.items() if name != "at"}
    for key, wrong in (
        ("ask.unknown-option", sorted(options.keys() - known)),
        ("ask.missing-option", [n for n, header in known.items() if n not in options and not header.get("optional")]),
    ):
        if wrong:
            raise UsageError(
                message(key, lang, name=question.name, option=wrong[0], options=describe_options(question, lang))
            )


def describe_options(question: Question, lang: str) -> str:
    """Return the options of a question in a line; those that may be left out stand in brackets."""
    words = [
        f"[--{name}]" if header.get("optional") or name == "at" else f"--{name}"
        for name, header in question.params.items()
    ]
    return " ".join(words) or message("ask.no-options", lang)


def read_day(store: Store, text: str | None, lang: str) -> date:
    """Return the day somebody typed, or the last day the documents attest; the first of all days without documents.

    Raises
    ------
    UsageError
        When the text is not a day.
    """
    if text is None:
        return max(list_days(store), default=date.min)
    try:
        # Longer forms that Python would read too are not a day of this interface.
        return date.fromisoformat(text if len(text) == len("2022-01-10") else "")
    except ValueError:
        raise UsageError(message("ask.not-a-day", lang, text=text)) from None


def _read_value(store: Store, name: str, kind: str | None, sort: str, text: str, lang: str) -> NamedNode | Literal:
    if sort == "iri":
        return resolve_entity(store, text, [kind] if kind else None, lang)
    if sort == "integer":
        if not re.fullmatch(r"[+-]?[0-9]{1,9}", text):
            raise UsageError(message("ask.not-a-number", lang, option=name, text=text))
        return Literal(int(text))
    if sort == "date":
        return Literal(read_day(store, text, lang).isoformat(), datatype=_DAY)
    return Literal(text)
