"""What every command has in common when it runs: open streams, and errors that become one line and an exit code."""

import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from rzgraph.errors import InputError, RzgraphError
from rzgraph.options import asked_language


def run_command(command: click.Command) -> NoReturn:
    """Run a command with the words of the command line and leave with its exit code."""
    if sys.stdout is None:  # It was closed before we began: what we say goes nowhere.
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = command.main(standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code)
    except RzgraphError as error:
        click.echo(f"rzgraph: {error.in_language(asked_language(sys.argv[1:]))}", err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        stopped = RzgraphError("error.stopped").in_language(asked_language(sys.argv[1:]))
        click.echo(f"rzgraph: {stopped}", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output has gone (such as `head`): nothing is left to say.
        _drop_output()
        sys.exit(1)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        click.echo(f"rzgraph: {where}{error.strerror or error}", err=True)
        _drop_output()
        sys.exit(InputError.exit_code)


def _drop_output() -> None:
    """Send what is still to be written nowhere, so that Python does not try again when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
