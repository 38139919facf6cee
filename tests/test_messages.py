"""Everything the interface says exists in both languages, with the same placeholders."""

import string
import tomllib
from pathlib import Path

import pytest

from rzgraph.messages import message
from rzgraph.settings import find_root

FILES = sorted((find_root() / "site" / "messages").glob("*.toml"))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_all_sections_are_read() -> None:
    assert len(FILES) >= 5


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_message_is_whole_in_both_languages(path: Path) -> None:
    section = tomllib.loads(path.read_text(encoding="utf-8"))
    assert section
    for key, words in section.items():
        assert set(words) == {"nl", "en"}, key
        assert words["nl"].strip() and words["en"].strip(), key
        assert placeholders(words["nl"]) == placeholders(words["en"]), key


def test_placeholders_are_filled_in() -> None:
    assert message("dates.interval", "en", begin="2020", end="2023") == "2020 to 2023"


def test_unknown_message_is_an_error_of_ours() -> None:
    with pytest.raises(KeyError):
        message("dates.nonsense", "nl")
