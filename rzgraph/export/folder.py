"""Everything a user takes away: described tables, a workbook, one for auditors, RDF, networks, and checksums.

The export takes its place when it is complete, so that a folder holds the former export or the new one, never half of
each. A folder is only replaced when it holds an export and nothing else: the checksums tell.
"""

import hashlib
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TextIO

from pyoxigraph import Store

from rzgraph.diagrams.exchange import name_network, write_gexf, write_graphml
from rzgraph.diagrams.networks import build_governance
from rzgraph.errors import InputError, UsageError
from rzgraph.export.csvw import write_tables
from rzgraph.export.dump import write_rdf
from rzgraph.export.moneybook import write_moneybook
from rzgraph.export.tabular import LANGUAGE, Table, read_tables
from rzgraph.export.workbook import write_workbook
from rzgraph.facts import list_days, open_store
from rzgraph.folders import replace_folder
from rzgraph.labels import load_labels
from rzgraph.messages import message
from rzgraph.settings import Project

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
    days = list_days(store)
    with replace_folder(target, CHECKSUMS) as fresh:
        tables = export_tables(project, store, fresh / "tables")
        created = datetime.combine(max(days, default=_UNDATED), time(), UTC)
        write_workbook(tables, fresh / "tables.xlsx", project.titles[LANGUAGE], created)
        write_moneybook(project, store, fresh / "money.xlsx", created, created.date())
        write_rdf(project, store, fresh / "rdf")
        write_networks(project, store, fresh / "networks", days)
        return tables, _write_checksums(fresh)


def export_tables(project: Project, store: Store, folder: Path) -> list[Table]:
    """Write every table as CSV with its metadata to a folder and return the tables."""
    tables = read_tables(project, store)
    folder.mkdir(parents=True, exist_ok=True)
    write_tables(project, tables, folder)
    return tables


def write_networks(project: Project, store: Store, folder: Path, days: list[date]) -> None:
    """Write the network of bodies as it stood on each day, as GraphML and GEXF with Dutch names."""
    labels = load_labels(store)
    folder.mkdir(parents=True, exist_ok=True)
    for day in days:
        graph = name_network(build_governance(store, project, day), labels, LANGUAGE)
        (folder / f"governance-{day}.graphml").write_bytes(write_graphml(graph))
        (folder / f"governance-{day}.gexf").write_bytes(write_gexf(graph))


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
        raise UsageError("error.not-a-folder", folder=folder, option="--to")
    try:
        known = {name: checksum for checksum, _, name in (line.partition("  ") for line in _read_lines(folder))}
        foreign = [
            name for name in _list_files(folder) if name != CHECKSUMS and known.get(name) != _checksum(folder / name)
        ]
    except OSError as error:
        raise InputError("error.not-read", path=folder, reason=error.strerror or error) from None
    if foreign:
        raise UsageError("error.foreign-file", folder=folder, file=foreign[0])


def _read_lines(folder: Path) -> list[str]:
    path = folder / CHECKSUMS
    return path.read_text(encoding="utf-8", errors="replace").split("\n") if path.is_file() else []
