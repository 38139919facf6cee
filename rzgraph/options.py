"""The options commands share, and the reading of words that click leaves to us."""

from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rzgraph.errors import UsageError

if TYPE_CHECKING:
    from rzgraph.settings import Project

LANGUAGES = ("nl", "en")
ROW_FORMATS = ("table", "csv", "json", "md", "xlsx")
#: What ``sources coverage`` looks for in the texts.
COVERAGE_KINDS = (
    "persons",
    "organisations",
    "bodies",
    "programmes",
    "amounts",
    "numbers",
    "percentages",
    "dates",
    "urls",
)
#: What can be told apart between two days or documents, as ``queries/diff`` calls it.
DIFF_KINDS = (
    "body",
    "seat",
    "absence",
    "office",
    "representation",
    "composition",
    "coupling",
    "partnership",
    "relation",
    "programme",
    "commitment",
)
Command = Callable[..., Any]


def open_project(data: Path | None, sources: Path | None) -> "Project":
    """Return the project the shared options name; its settings are read only now, so that help starts quickly."""
    from rzgraph.settings import load_project

    return load_project(data, sources)


def shared_options(command: Command) -> Command:
    """Add the options every command has."""
    for option in (
        click.option(
            "--lang",
            type=click.Choice(LANGUAGES),
            default=LANGUAGES[0],
            show_default=True,
            help="Language of the output.",
        ),
        click.option(
            "--sources", type=click.Path(path_type=Path), help="Folder of the source texts [RZGRAPH_SOURCES]."
        ),
        click.option("--data", type=click.Path(path_type=Path), help="Another data folder than the project's own."),
    ):
        command = option(command)
    return command


def row_options(command: Command) -> Command:
    """Add the option of commands that give rows."""
    return click.option(
        "--format", "form", type=click.Choice(ROW_FORMATS), default="table", show_default=True, help="Form of the rows."
    )(command)


def day_option(command: Command) -> Command:
    """Add the option of commands where time matters."""
    return click.option(
        "--at", metavar="YYYY-MM-DD", help="The day that is asked about; else the last day the documents attest."
    )(command)


def drawing_options(command: Command) -> Command:
    """Add the options of drawings: where to, and what to show of seats, governance and money."""
    output = "The ending tells the format: .svg .png .csv; of networks also .dot .mmd .graphml .gexf."
    for option in (
        click.option("--without-internal", is_flag=True, help="Governance: leave out bodies inside one organisation."),
        click.option("--party", multiple=True, help="Seats: only this partner; may be repeated."),
        click.option("--body", multiple=True, help="Seats: only this body; may be repeated."),
        click.option("--line", multiple=True, help="Seats: only bodies of this line; may be repeated."),
        click.option("--whole", is_flag=True, help="Money: leave out the parts of what is drawn as a whole."),
        click.option(
            "--period", metavar="EDTF", help="Money: only this period, as stated (2020, 2023/2027, unstated)."
        ),
        click.option("--phase", help="Money: the phase (requested, planned, granted, actual, forecast ...)."),
        click.option("--output", "-o", type=click.Path(path_type=Path), required=True, help=output),
    ):
        command = option(command)
    return command


def read_parameters(words: list[str]) -> dict[str, str]:
    """Return the options a question was given, ``--name value`` or ``--name=value``."""
    options: dict[str, str] = {}
    rest = list(words)
    while rest:
        option, equals, value = rest.pop(0).partition("=")
        if not option.startswith("--") or not (equals or rest):
            raise UsageError("error.option-not-understood", option=option)
        options[option.removeprefix("--")] = value if equals else rest.pop(0)
    return options


def asked_language(words: list[str]) -> str:
    """Return the language of ``--lang`` among the words of a command, wherever it stopped; else the default."""
    options = words[: words.index("--")] if "--" in words else words
    asked = [
        following if word == "--lang" else word.removeprefix("--lang=")
        for word, following in zip_longest(options, options[1:], fillvalue="")
        if word == "--lang" or word.startswith("--lang=")
    ]
    return next((lang for lang in reversed(asked) if lang in LANGUAGES), LANGUAGES[0])
