"""The command line: options in, one function call per command, errors as one line.

Data goes to stdout, everything else to stderr. What a command needs is imported when it runs, so that ``--help``
starts quickly.
"""

import sys
from pathlib import Path
from typing import NoReturn, TextIO

import click

from rzgraph import __version__
from rzgraph.errors import InputError
from rzgraph.options import (
    DIFF_KINDS,
    day_option,
    drawing_options,
    open_project,
    read_parameters,
    row_options,
    shared_options,
)
from rzgraph.running import run_command
from rzgraph.sourcecommands import sources


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="rzgraph")
def cli() -> None:
    """Ask, check, draw and publish a knowledge graph in which every statement leads back to its line.

    Exit codes: 0 fine, 1 findings or no answer, 2 wrong use, 3 a file or source could not be read.
    """


@cli.command()
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "sarif", "junit"]), default="text", show_default=True
)
@click.option(
    "--engine", type=click.Choice(["shifty", "pyshacl"]), default="shifty", show_default=True, help="SHACL engine."
)
@shared_options
def check(form: str, engine: str, data: Path | None, sources: Path | None, lang: str) -> int:
    """Check shapes, check queries and fragments; exit 1 when our own data holds an error.

    Example: rzgraph check --format sarif > findings.sarif
    """
    from rzgraph.checks.reports import run_check

    return run_check(open_project(data, sources), form, lang, engine, sys.stdout)


cli.add_command(sources)


@cli.command()
@click.argument("words", nargs=-1, required=True, metavar="TEXT")
@row_options
@shared_options
def find(words: tuple[str, ...], form: str, data: Path | None, sources: Path | None, lang: str) -> int:
    """Find entities by a forgiving name: typos, accents, abbreviations, surnames.

    Example: rzgraph find mussche
    """
    from rzgraph.answers.ask import run_find

    return run_find(open_project(data, sources), " ".join(words), lang, form, sys.stdout)


@cli.command()
@click.argument("entity")
@day_option
@row_options
@shared_options
def show(entity: str, at: str | None, form: str, data: Path | None, sources: Path | None, lang: str) -> int:
    """Show all facts about an entity (IRI, slug or name), each with its standing and evidence.

    Example: rzgraph show "tafel Energie" --at 2022-01-10
    """
    from rzgraph.answers.show import run_show

    return run_show(open_project(data, sources), entity, at, lang, form, sys.stdout)


@cli.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("name", required=False)
@day_option
@row_options
@shared_options
@click.pass_context
def ask(
    context: click.Context,
    name: str | None,
    at: str | None,
    form: str,
    data: Path | None,
    sources: Path | None,
    lang: str,
) -> int:
    """List the questions, or ask one: NAME followed by its parameters as options.

    Example: rzgraph ask seats-of-body --body regiegroep --at 2022-01-10
    """
    from rzgraph.answers.ask import run_ask

    return run_ask(open_project(data, sources), name, read_parameters(context.args), at, lang, form, sys.stdout)


@cli.command()
@click.argument("file", type=click.File(encoding="utf-8"))
@row_options
@shared_options
def query(file: TextIO, form: str, data: Path | None, sources: Path | None, lang: str) -> int:
    """Run any SPARQL query from a FILE, or from stdin with -.

    Example: echo 'SELECT ?s WHERE { ?s a ?c } LIMIT 3' | rzgraph query -
    """
    from rzgraph.answers.ask import run_query

    try:
        text = file.read()
    except UnicodeDecodeError as error:
        raise InputError("error.not-utf8", path=file.name, byte=error.start) from None
    return run_query(open_project(data, sources), text, lang, form, sys.stdout)


@cli.command()
@click.option("--from", "first", metavar="DAY|DOCUMENT", required=True, help="The earliest day, or a document.")
@click.option("--to", "second", metavar="DAY|DOCUMENT", required=True, help="The latest day, or another document.")
@click.option("--about", metavar="ENTITY", help="Only what names this body, party, person ...")
@click.option(
    "--kind", "kinds", type=click.Choice(DIFF_KINDS), multiple=True, help="Only facts of this kind; repeatable."
)
@row_options
@shared_options
def diff(
    first: str,
    second: str,
    about: str | None,
    kinds: tuple[str, ...],
    form: str,
    data: Path | None,
    sources: Path | None,
    lang: str,
) -> int:
    """Show what changed between two days, or what one of two documents names and the other does not.

    Example: rzgraph diff --from 2022-01-10 --to 2025-07-01 --about dalfsen --kind seat
    """
    from rzgraph.answers.diff import run_diff

    return run_diff(open_project(data, sources), first, second, lang, form, sys.stdout, about, kinds)


@cli.command()
@click.argument("entity")
@click.option("--down", "direction", flag_value="down", default="down", help="Where its money goes (the default).")
@click.option("--up", "direction", flag_value="up", help="Where its money comes from.")
@click.option("--at", metavar="YYYY-MM-DD", help="Only amounts that may hold on this day; else all of them.")
@row_options
@shared_options
def trace(
    entity: str, direction: str, at: str | None, form: str, data: Path | None, sources: Path | None, lang: str
) -> int:
    """Follow the money of a flow, programme, party, body or table: to where it goes, or back to where it comes from.

    Example: rzgraph trace het-rijk --down
    """
    from rzgraph.answers.trace import run_trace

    return run_trace(
        open_project(data, sources), entity, "up" if direction == "up" else "down", at, lang, form, sys.stdout
    )


@cli.command()
@click.argument(
    "what",
    type=click.Choice(["governance", "seats", "lives", "programmes", "timeline", "map", "network", "money", "budget"]),
)
@click.argument("entity", required=False)
@day_option
@drawing_options
@shared_options
def draw(
    what: str,
    entity: str | None,
    at: str | None,
    output: Path,
    without_internal: bool,
    phase: str | None,
    period: str | None,
    whole: bool,
    data: Path | None,
    sources: Path | None,
    lang: str,
    **narrowed: tuple[str, ...],
) -> int:
    """Draw bodies, seats, lives of bodies, programmes, the timeline, a map of figures, the ties of one thing, or money.

    ENTITY is what stands in the middle: the person, partner or body of a network; the flow, programme, partner or
    body of money; the published table or flow of a budget; the indicator of a map; the programme at the top of a
    tree, if one is wanted.
    Money that does not add up together is not drawn together.

    Example: rzgraph draw network dalfsen --at 2022-01-10 -o dalfsen.svg
    """
    from rzgraph.diagrams.draw import Wish, run_draw

    wish = Wish(what, entity, at, not without_internal, narrowed, phase, period, whole)
    return run_draw(open_project(data, sources), wish, lang, output, sys.stderr)


@cli.command()
@click.option("--to", type=click.Path(path_type=Path), required=True, help="Folder to write to.")
@shared_options
def export(to: Path, data: Path | None, sources: Path | None, lang: str) -> int:
    """Write all tables (CSV with CSVW, one workbook) and the graph as RDF.

    Example: rzgraph export --to build/export
    """
    from rzgraph.export.folder import run_export

    return run_export(open_project(data, sources), to, sys.stderr, lang)


@cli.command()
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=Path("build/site"),
    show_default=True,
    help="Folder of the site.",
)
@click.option("--clean", is_flag=True, help="Build anew instead of reusing what has not changed.")
@shared_options
def build(output: Path, clean: bool, data: Path | None, sources: Path | None, lang: str) -> int:
    """Build the static site, Dutch and English.

    Example: rzgraph build --output build/site
    """
    from rzgraph.site.build import run_build

    return run_build(open_project(data, sources), output, clean, sys.stderr, lang)


def main() -> NoReturn:
    """Run the command line; errors a user can cause become one line and an exit code."""
    run_command(cli)
