"""A data folder says what network it is about; what is wrong with it is said in one line."""

from pathlib import Path

import pytest

from rzgraph.errors import InputError
from rzgraph.settings import Project, load_project


def test_own_data_is_the_default(project: Project) -> None:
    assert project.data == project.root / "data"
    assert project.network.startswith(project.base)
    assert project.languages == ("nl", "en")


def test_sources_are_named_by_option_then_environment_then_settings(
    mini: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RZGRAPH_SOURCES", raising=False)
    assert load_project(mini.data).sources == mini.data / "sources"
    monkeypatch.setenv("RZGRAPH_SOURCES", str(tmp_path))
    assert load_project(mini.data).sources == tmp_path
    assert load_project(mini.data, tmp_path / "other").sources == tmp_path / "other"


def test_missing_data_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such data folder"):
        load_project(tmp_path / "nowhere")


def test_missing_settings_are_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"rzgraph\.toml: the settings are missing"):
        load_project(tmp_path)


@pytest.mark.parametrize(
    ("text", "what"),
    [("base =", "cannot be read"), ('base = "x"', "setting 'sources' is missing"), ("\udcff", "cannot be read")],
)
def test_broken_settings_are_said(tmp_path: Path, text: str, what: str) -> None:
    (tmp_path / "rzgraph.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError, match=what):
        load_project(tmp_path)
