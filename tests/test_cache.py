"""A kept graph equals the one made anew, and is never stale."""

import shutil
from pathlib import Path

import pytest
from pyoxigraph import Store

from rzgraph.cache import cache_folder, content_key, keep, read_kept
from rzgraph.facts import open_store
from rzgraph.settings import Project, load_project


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RZGRAPH_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def lines(store: Store) -> set[str]:
    return {str(quad) for quad in store if "_:" not in str(quad)}


def test_kept_graph_equals_the_one_made_anew(mini: Project, own_cache: Path) -> None:
    made = open_store(mini)
    assert len(list(own_cache.glob("*.nq"))) == 1
    kept = open_store(mini)
    assert len(kept) == len(made)
    assert lines(kept) == lines(made)


def test_one_changed_byte_gives_another_key(mini: Project, tmp_path: Path) -> None:
    data = Path(shutil.copytree(mini.data, tmp_path / "data"))
    before = content_key(load_project(data))
    assert content_key(mini) == before
    path = data / "documents.ttl"
    path.write_bytes(path.read_bytes() + b"\n")
    assert content_key(load_project(data)) != before


def test_spoilt_or_missing_graph_is_made_again(mini: Project, own_cache: Path) -> None:
    size = len(open_store(mini))
    (kept,) = own_cache.glob("*.nq")
    kept.write_text("this is no graph", encoding="utf-8")
    assert read_kept(kept.stem) is None
    assert len(open_store(mini)) == size
    assert read_kept("0" * 64) is None


def test_only_a_handful_is_kept(own_cache: Path) -> None:
    for number in range(12):
        keep(f"key-{number}", Store())
    assert len(list(own_cache.glob("*.nq"))) == 8
    assert not list(own_cache.glob("*.draft"))


def test_folder_that_cannot_be_written_is_no_obstacle(
    mini: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("RZGRAPH_CACHE", str(tmp_path / "file" / "below"))
    assert len(open_store(mini)) > 1000


def test_folder_is_the_users_cache_unless_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("RZGRAPH_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "rzgraph"
