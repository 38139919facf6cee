"""The command line: options in, one function call per command, errors as one line.

Data goes to stdout, everything else to stderr. What a command needs is imported when it runs, so that ``--help``
starts quickly.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from rzgraph import __version__
from rzgraph.errors import RzgraphError

if TYPE_CHECKING:
    from rzgraph.settings import Project

ROW_FORMATS = ("table", "csv", "json", "md", "xlsx")
Command = Callable[..., Any]


def _shared(command: Command) -> Command:
    """Add the options every command has."""
    for option in (
        click.option(
            "--lang", type=click.Choice(["nl", "en"]), default="nl", show_default=True, help="Language of the output."
        ),
        click.option(
            "--sources", type=click.Path(path_type=Path), help="Folder of the source texts [RZGRAPH_SOURCES]."
        ),
        click.option("--data", type=click.Path(path_type=Path), help="Another data folder than the project's own."),
    ):
        command = option(command)
    return command


def _rows(command: Command) -> Command:
    """Add the option of commands that give rows."""
    return click.option(
        "--format", "form", type=click.Choice(ROW_FORMATS), default="table", show_default=True, help="Form of the rows."
    )(command)


def _day(command: Command) -> Command:
    """Add the option of commands where time matters."""
    return click.option(
        "--at", metavar="YYYY-MM-DD", help="The day that is asked about; else the last day the documents attest."
    )(command)


def _project(data: Path | None, sources: Path | None) -> "Project":
    from rzgraph.settings import load_project

    return load_project(data, sources)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="rzgraph")
def cli() -> None:
    """Ask, check, draw and publish a knowledge graph in which every statement leads back to its line.

    Exit codes: 0 fine, 1 findings or no answer, 2 wrong use, 3 a file or source could not be read.
    """


def main() -> NoReturn:
    """Run the command line; errors a user can cause become one line and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        sys.exit(cli.main(standalone_mode=False))
    except RzgraphError as error:
        click.echo(f"rzgraph: {error}", err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("rzgraph: stopped", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output has gone (such as `head`): nothing is left to say.
        sys.stderr.close()
        sys.exit(0)
