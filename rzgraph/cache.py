"""The derived graph kept between commands, by the content of everything it was made from.

A change of one byte in a file, a query or the code that derives facts gives another key, so a kept graph is never
stale. What cannot be read or written is left alone: the graph is then simply made again.
"""

import contextlib
import hashlib
import os
import sys
from pathlib import Path

import pyoxigraph as ox

from rzgraph import __version__
from rzgraph.errors import InputError
from rzgraph.graph import list_turtle_files
from rzgraph.settings import Project

_KEPT = 8
# The modules whose code decides what the derived graph says.
_MAKERS = ("amounts", "calculations", "dates", "facts", "graph", "labels", "money", "namespaces", "sources")


def cache_folder() -> Path:
    """Return the folder of kept graphs: ``RZGRAPH_CACHE``, else a folder of our own in the user's cache."""
    if named := os.environ.get("RZGRAPH_CACHE"):
        return Path(named)
    home = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else os.environ.get("XDG_CACHE_HOME")
    return Path(home or Path.home() / ".cache") / "rzgraph"


def content_key(project: Project) -> str:
    """Return the SHA-256 of all that the graph of a project is made from.

    Raises
    ------
    InputError
        When a file cannot be read.
    """
    package = Path(__file__).parent
    code = [package / f"{name}.py" for name in _MAKERS]
    words = project.site / "messages" / "money.toml"
    digest = hashlib.sha256(f"{__version__} {ox.__version__} {project.base}".encode())
    for path in [*list_turtle_files(project), *sorted((project.queries / "facts").glob("*.rq")), *code, words]:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise InputError("error.not-read", path=path, reason=error.strerror) from None
        digest.update(f"\n{_name(project, path)} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _name(project: Project, path: Path) -> str:
    folder = project.data if path.is_relative_to(project.data) else project.root
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name


def read_kept(key: str) -> ox.Store | None:
    """Return the kept graph of a key, or None when there is none that can be read."""
    store = ox.Store()
    try:
        store.bulk_load(path=cache_folder() / f"{key}.nq", format=ox.RdfFormat.N_QUADS, lenient=True)
    except (OSError, SyntaxError):
        return None
    return store


def keep(key: str, store: ox.Store) -> None:
    """Keep a graph under a key, whole or not at all, and drop the oldest beyond a handful."""
    folder = cache_folder()
    draft = folder / f"{key}.{os.getpid()}.draft"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        store.dump(draft, ox.RdfFormat.N_QUADS)
        draft.replace(folder / f"{key}.nq")
        kept = sorted(folder.glob("*.nq"), key=lambda path: (path.stat().st_mtime, path.name))
        for path in kept[:-_KEPT]:
            path.unlink(missing_ok=True)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
