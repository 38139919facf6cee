"""The static site: pages rendered in every language, with downloads, search index and assets, swapped in at once.

Everything is made in memory, checked, and written to a new folder that takes the place of the former site. The same
input gives the same bytes; a build that finds nothing changed leaves the site as it is.
"""

import hashlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from rzgraph import __version__
from rzgraph.errors import InputError
from rzgraph.facts import open_store
from rzgraph.folders import check_place, replace_folder
from rzgraph.messages import message
from rzgraph.settings import Project
from rzgraph.site.downloads import select_triples, write_csv, write_jsonld, write_turtle
from rzgraph.site.drawings import open_studio, waits_for_drawing
from rzgraph.site.links import find_broken_links
from rzgraph.site.pages import Page, list_pages
from rzgraph.site.plan import Plan, make_plan
from rzgraph.site.writer import Writer, render_search_index

MARKER = ".rzgraph-site"
_COMMENT, _INDENT = re.compile(rb"/\*.*?\*/", re.S), re.compile(rb"\n\s+")
Progress = Callable[[int, int], None]


def render_site(plan: Plan, progress: Progress | None = None) -> dict[str, bytes]:
    """Return every file of the site: path to content.

    Raises
    ------
    InputError
        When a link between the pages leads nowhere: one line for each.
    """
    files: dict[str, bytes] = dict(read_assets(plan.project))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        studio = open_studio(plan, pool)
        writers = {lang: Writer(plan, studio, lang) for lang in plan.project.languages}
        # Pages that wait for a drawing come last: the layout program works beside us meanwhile.
        pages = sorted(list_pages(plan), key=lambda page: (waits_for_drawing(page.context), page.path))
        for number, page in enumerate(pages, 1):
            for writer in writers.values():
                files[writer.address(page.path)] = writer.render(page)
            files.update(render_downloads(plan, page))
            if progress:
                progress(number, len(pages))
        for lang, writer in writers.items():
            files.update(writer.take_drawings())
            files[f"assets/search-{lang}.js"] = render_search_index(plan, pages, lang)
    if faults := find_broken_links(files):
        raise InputError("error.broken-links", faults=faults)
    return files


def render_downloads(plan: Plan, page: Page) -> dict[str, bytes]:
    """Return the files to take away from the page of a thing."""
    if not page.iri:
        return {}
    stem = page.path.removesuffix(".html")
    triples = select_triples(plan.things, page.iri)
    order = plan.settings["statement"]["order"]
    table = write_csv(plan.project, plan.things, plan.labels, order, page.iri, plan.last_day.isoformat())
    return {f"{stem}.ttl": write_turtle(triples), f"{stem}.jsonld": write_jsonld(triples), f"{stem}.csv": table}


def read_assets(project: Project) -> dict[str, bytes]:
    """Return the style sheet, the script and the icon: the files of site/styles and site/scripts, joined by name."""
    assets = {}
    for folder, kind in (("styles", "css"), ("scripts", "js")):
        parts = [path.read_bytes() for path in sorted((project.site / folder).glob(f"*.{kind}"))]
        assets[f"assets/site.{kind}"] = b"\n".join(parts)
    assets["assets/site.css"] = _INDENT.sub(b"\n", _COMMENT.sub(b"", assets["assets/site.css"])).lstrip()
    assets["assets/icon.svg"] = (project.site / "styles" / "icon.svg").read_bytes()
    return assets


def build_site(project: Project, output: Path, progress: Progress | None = None) -> dict[str, bytes]:
    """Build the whole site and put it in the place of the former one.

    Parameters
    ----------
    output
        The folder of the site: missing, empty, or a former site.
    progress
        Called with the number of pages done and their total.

    Raises
    ------
    UsageError
        When the output folder holds something else.
    InputError
        When an input cannot be read, the disk refuses, or a link leads nowhere.
    """
    check_place(output, MARKER)
    digest = digest_inputs(project)
    files = render_site(make_plan(project, open_store(project)), progress)
    files[MARKER] = f"{digest} {digest_files(files)}\n".encode()
    with replace_folder(output, MARKER) as folder:
        for directory in sorted({(folder / path).parent for path in files}):
            directory.mkdir(parents=True, exist_ok=True)
        for path, content in files.items():
            (folder / path).write_bytes(content)
    return files


def digest_inputs(project: Project) -> str:
    """Return a digest of all the site is made from: data but for candidates, ontology, queries, templates, package."""
    folders = (project.data, project.ontology, project.queries, project.site, Path(__file__).parents[1])
    paths = [(folder, path) for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    kept = [
        (folder, path)
        for folder, path in paths
        if "__pycache__" not in path.parts and not path.is_relative_to(project.candidates)
    ]
    return _digest((path.relative_to(folder).as_posix(), path.read_bytes()) for folder, path in kept)


def digest_files(files: Mapping[str, bytes]) -> str:
    """Return a digest of the files of a site."""
    return _digest((path, content) for path, content in sorted(files.items()) if path != MARKER)


def _digest(parts: Iterable[tuple[str, bytes]]) -> str:
    whole = hashlib.sha256(__version__.encode())
    for name, content in parts:
        whole.update(f"{name}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()


def is_up_to_date(project: Project, output: Path) -> bool:
    """Tell whether a site stands as it was built, from inputs that have not changed since."""
    marker = output / MARKER
    if not marker.is_file():
        return False
    built = {path.relative_to(output).as_posix(): path for path in output.rglob("*") if path.is_file()}
    files = {name: path.read_bytes() for name, path in built.items()}
    return files[MARKER] == f"{digest_inputs(project)} {digest_files(files)}\n".encode()


def run_build(project: Project, output: Path, clean: bool, stream: TextIO, lang: str = "nl") -> int:
    """Build the site for the command line and say where it stands; progress shows on a terminal only.

    Parameters
    ----------
    clean
        Build also when nothing has changed.
    lang
        The language of what is said on the way; the site itself speaks all languages.
    """
    where = output / "index.html"
    check_place(output, MARKER)
    if not clean and is_up_to_date(project, output):
        stream.write(message("site.unchanged", lang, where=where) + "\n")
        return 0
    with _show_progress(message("site.building", lang)) as progress:
        files = build_site(project, output, progress)
    pages = sum(1 for path in files if path.endswith(".html"))
    stream.write(message("site.built", lang, pages=pages, files=len(files), where=where) + "\n")
    return 0


@contextmanager
def _show_progress(words: str) -> Iterator[Progress | None]:
    """Give a progress bar on stderr when it is a terminal; nothing otherwise."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words)
        yield lambda done, total: bar.update(task, completed=done, total=total)
