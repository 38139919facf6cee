"""Everything a user takes away: tables with their descriptions, one workbook, RDF, and the checksums of them all.

The export is written beside its place and moved in when it is complete, so that a folder holds the former export or
the new one, never half of each. A folder is only replaced when it holds an export and nothing else: the checksums
tell.
"""

import hashlib
import tempfile
from contextlib import suppress
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TextIO

from pyoxigraph import Literal, Store

from rzgraph.csvw import write_tables
from rzgraph.dates import read_edtf
from rzgraph.dump import write_rdf
from rzgraph.errors import InputError, UsageError
from rzgraph.facts import open_store
from rzgraph.messages import message
from rzgraph.namespaces import term
from rzgraph.settings import Project
from rzgraph.tabular import LANGUAGE, Table, read_tables
from rzgraph.workbook import write_workbook

CHECKSUMS = "SHA256SUMS"
# A date spreadsheets can hold, for a graph without documents.
_UNDATED = date(1980, 1, 1)


def run_export(project: Project, to: Path, stream: TextIO, lang: str = LANGUAGE) -> int:
    """Export a project to a folder, say what was written, and return the exit code.

    Raises
    ------
    UsageError
        When the folder holds anything but an export.
    InputError
        When a file of the project cannot be read, or the folder cannot be written.
    """
    tables, files = write_export(project, open_store(project), to)
    rows = sum(len(table.rows) for table in tables)
    stream.write(message("export.done", lang, folder=to, tables=len(tables), rows=rows, files=files) + "\n")
    return 0


def write_export(project: Project, store: Store, to: Path) -> tuple[list[Table], int]:
    """Export an open store to a folder and return the tables and the number of files.

    Raises
    ------
    UsageError
        When the folder holds anything but an export.
    InputError
        When the folder cannot be written.
    """
    target = to.resolve()
    _refuse_foreign_content(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as work:
            fresh = Path(work) / "new"
            fresh.mkdir()
            tables = export_tables(project, store, fresh / "tables")
            created = datetime.combine(_last_day(store), time(), UTC)
            write_workbook(tables, fresh / "tables.xlsx", project.titles[LANGUAGE], created)
            write_rdf(project, store, fresh / "rdf")
            files = _write_checksums(fresh)
            _replace(target, fresh, Path(work) / "old")
    except OSError as error:
        raise InputError(f"{to}: the export cannot be written ({error.strerror or error})") from None
    return tables, files


def export_tables(project: Project, store: Store, folder: Path) -> list[Table]:
    """Write every table as CSV with its metadata to a folder and return the tables."""
    tables = read_tables(project, store)
    folder.mkdir(parents=True, exist_ok=True)
    write_tables(project, tables, folder)
    return tables


def _replace(target: Path, fresh: Path, old: Path) -> None:
    """Put a complete folder in the place of another; when that fails the other comes back."""
    if not target.exists():
        fresh.rename(target)
        return
    target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        old.rename(target)
        raise


def _last_day(store: Store) -> date:
    """Return the date of the last document: the date of everything that is made from the documents alone."""
    days = [_UNDATED]
    for quad in store.quads_for_pattern(None, term("dcterms:issued"), None):
        # A date that cannot be read is reported by the shapes, not here.
        with suppress(ValueError):
            latest = read_edtf(quad.object.value).latest if isinstance(quad.object, Literal) else None
            days += [latest] if latest else []
    return max(days)


def _list_files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write_checksums(folder: Path) -> int:
    lines = [f"{_checksum(folder / name)}  {name}\n" for name in _list_files(folder)]
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8", newline="\n")
    return len(lines) + 1


def _refuse_foreign_content(folder: Path) -> None:
    """Raise when a folder holds a file that no export wrote, or one that was changed since."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UsageError(f"{folder}: not a folder; name another one with --to")
    try:
        known = {name: checksum for checksum, _, name in (line.partition("  ") for line in _read_lines(folder))}
        foreign = [
            name for name in _list_files(folder) if name != CHECKSUMS and known.get(name) != _checksum(folder / name)
        ]
    except OSError as error:
        raise InputError(f"{folder}: cannot be read ({error.strerror or error})") from None
    if foreign:
        raise UsageError(
            f"{folder}: holds {foreign[0]}, which no export wrote; move it away or name another folder with --to"
        )


def _read_lines(folder: Path) -> list[str]:
    path = folder / CHECKSUMS
    return path.read_text(encoding="utf-8", errors="replace").split("\n") if path.is_file() else []
