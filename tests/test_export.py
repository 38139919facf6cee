"""The folder of the export: the same bytes each time, replaced as a whole, and nothing of others lost."""

import io
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

from rzgraph.errors import InputError, UsageError
from rzgraph.export import folder as export
from rzgraph.export.folder import CHECKSUMS, export_tables, run_export, write_export
from rzgraph.settings import Project
from tests.exports import TABLES, export_turtle, read_files


def test_two_exports_have_the_same_bytes(mini: Project, mini_store: ox.Store, exported: Path, tmp_path: Path) -> None:
    write_export(mini, mini_store, tmp_path / "again")
    first, second = read_files(exported), read_files(tmp_path / "again")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_checksums_cover_every_file(exported: Path) -> None:
    files = read_files(exported)
    lines = files.pop(CHECKSUMS).decode().splitlines()
    assert [line.split("  ")[1] for line in lines] == sorted(files)


def test_network_of_bodies_is_written_for_the_day_of_each_document(exported: Path) -> None:
    names = sorted(path.name for path in (exported / "networks").iterdir())
    days = ["2020-11-30", "2021-03-15", "2022-10-31", "2024-05-31"]
    assert names == [f"governance-{day}.{form}" for day in days for form in ("gexf", "graphml")]
    graph = nx.read_graphml(exported / "networks" / "governance-2021-03-15.graphml")
    assert graph.nodes["stuurgroep-voorbeeld"]["label"] == "Stuurgroep Voorbeeld"
    assert "algemeen-bestuur" not in graph
    later = nx.read_graphml(exported / "networks" / "governance-2024-05-31.graphml")
    assert "algemeen-bestuur" in later
    assert sorted(nx.read_gexf(exported / "networks" / "governance-2024-05-31.gexf")) == sorted(later)


def test_export_says_what_it_wrote(mini: Project, tmp_path: Path) -> None:
    stream = io.StringIO()
    assert run_export(mini, tmp_path / "out", stream) == 0
    assert f"{len(TABLES)} tabellen" in stream.getvalue()
    stream = io.StringIO()
    assert run_export(mini, tmp_path / "out", stream, "en") == 0
    assert f"{len(TABLES)} tables" in stream.getvalue()


def test_former_export_is_replaced_as_a_whole(
    mini: Project, mini_store: ox.Store, exported: Path, tmp_path: Path
) -> None:
    old = export_turtle(mini, tmp_path, "person:p a rz:Person .")
    write_export(mini, mini_store, old)
    assert read_files(old) == read_files(exported)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


def test_empty_folder_is_filled(mini: Project, mini_store: ox.Store, tmp_path: Path) -> None:
    write_export(mini, mini_store, tmp_path)
    assert (tmp_path / "tables" / "bodies.csv").is_file()


def test_foreign_file_is_never_overwritten(mini: Project, mini_store: ox.Store, tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "bodies.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"tables/bodies\.csv"):
        write_export(mini, mini_store, tmp_path)
    assert read_files(tmp_path) == {"tables/bodies.csv": b"mine"}


def test_changed_table_is_never_overwritten(mini: Project, mini_store: ox.Store, tmp_path: Path) -> None:
    write_export(mini, mini_store, tmp_path)
    with (tmp_path / "tables" / "bodies.csv").open("a", encoding="utf-8") as file:
        file.write("mine")
    with pytest.raises(UsageError, match=r"tables/bodies\.csv"):
        write_export(mini, mini_store, tmp_path)


def test_file_in_the_place_of_the_folder_is_refused(mini: Project, mini_store: ox.Store, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="not a folder"):
        write_export(mini, mini_store, tmp_path / "out")


def test_place_below_a_file_cannot_be_written(mini: Project, mini_store: ox.Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        write_export(mini, mini_store, tmp_path / "file" / "out")


@pytest.mark.parametrize("step", ["write_rdf", "write_workbook", "write_networks", "_write_checksums"])
def test_failure_leaves_the_former_export_whole(
    mini: Project, mini_store: ox.Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    folder = export_turtle(mini, tmp_path, "person:p a rz:Person .")
    before = read_files(folder)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, step, fail)
    with pytest.raises(InputError, match="No space left on device"):
        write_export(mini, mini_store, folder)
    assert read_files(folder) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


def test_tables_can_be_written_alone(mini: Project, mini_store: ox.Store, exported: Path, tmp_path: Path) -> None:
    tables = export_tables(mini, mini_store, tmp_path)
    assert len(tables) == len(TABLES)
    names = [path.name for path in tmp_path.iterdir()]
    assert (tmp_path / "bodies.csv").read_bytes() == (exported / "tables" / "bodies.csv").read_bytes()
    assert sorted(names) == sorted(path.name for path in (exported / "tables").iterdir())
