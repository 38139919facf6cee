"""The commands about source texts: whether evidence holds, how far claims reach, and what a new document may say."""

import sys
from pathlib import Path

import click

from rzgraph.options import COVERAGE_KINDS, open_project, row_options, shared_options


@click.group()
def sources() -> None:
    """Look at the source texts behind the claims."""


@sources.command("check")
@shared_options
def sources_check(data: Path | None, sources: Path | None, lang: str) -> int:
    """Find the fragment of every claim in its lines, and check the texts themselves.

    Example: rzgraph sources check --sources ../shared/sources
    """
    from rzgraph.checks.reports import run_sources_check

    return run_sources_check(open_project(data, sources), lang, sys.stdout)


@sources.command("coverage")
@click.option("--document", metavar="SLUG", help="One document; else all.")
@click.option("--kind", type=click.Choice(COVERAGE_KINDS), help="One kind; else all.")
@click.option("--missing", "show", flag_value="missing", multiple=True, help="List what no claim covers.")
@click.option("--lines", "show", flag_value="lines", multiple=True, help="List the lines no claim touches.")
@row_options
@shared_options
def sources_coverage(
    document: str | None,
    kind: str | None,
    show: tuple[str, ...],
    form: str,
    data: Path | None,
    sources: Path | None,
    lang: str,
) -> int:
    """Count names, amounts, figures, dates and links, and how many a claim covers; exit 1 while one is open.

    Example: rzgraph sources coverage --document 2024-04-westerveld --kind bodies --missing
    """
    from rzgraph.checks.gaps import run_coverage

    return run_coverage(open_project(data, sources), document, kind, show, lang, form, sys.stdout, sys.stderr)


@sources.command("new")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--id", "slug", metavar="SLUG", help="What the document will be called; else after its file.")
@click.option("--to", type=click.Path(path_type=Path), help="Folder to write to; else candidates/ in the data folder.")
@click.option("--force", is_flag=True, help="Overwrite candidates a curator has worked in.")
@row_options
@shared_options
def sources_new(
    file: Path,
    slug: str | None,
    to: Path | None,
    force: bool,
    form: str,
    data: Path | None,
    sources: Path | None,
    lang: str,
) -> int:
    """Propose candidate claims for a document nobody has read yet, where no output reads them.

    A curator accepts a candidate by moving it into the data; check names what is still to be chosen.

    Example: rzgraph sources new halfjaar.txt --id 2026-02-halfjaar
    """
    from rzgraph.candidates.new import run_new

    return run_new(open_project(data, sources), file, slug, to, force, lang, form, sys.stdout, sys.stderr)
