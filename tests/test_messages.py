"""Everything the interface says exists in both languages, with the same placeholders."""

import ast
import string
import tomllib
from pathlib import Path

import pytest

from rzgraph import messages
from rzgraph.errors import InputError
from rzgraph.messages import message
from rzgraph.root import find_root

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


# ── Errors ─────────────────────────────────────────────────────────────────

PACKAGE = Path(messages.__file__).parent
ERRORS = tomllib.loads((find_root() / "site" / "messages" / "error.toml").read_text(encoding="utf-8"))


def read_raised() -> list[tuple[str, set[str]]]:
    """Key and names of the values of each error the package makes by a key."""
    calls = [
        node
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.endswith("Error")
    ]
    return [
        (call.args[0].value, {str(keyword.arg) for keyword in call.keywords})
        for call in calls
        if call.args and isinstance(call.args[0], ast.Constant) and str(call.args[0].value).startswith("error.")
    ]


def test_every_error_that_is_raised_has_its_words_and_values() -> None:
    raised = read_raised()
    assert len(raised) > 30
    for key, values in raised:
        assert placeholders(ERRORS[key.removeprefix("error.")]["en"]) == values, key


def test_every_error_with_words_is_raised() -> None:
    assert {f"error.{name}" for name in ERRORS} == {key for key, _ in read_raised()}


def test_no_error_of_ours_is_worded_in_one_language() -> None:
    """An error holds a key, or words that were asked for in a language; never a text of its own."""
    worded = [
        f"{path.name}:{node.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"RzgraphError", "NotFoundError", "UsageError", "InputError"}
        and not (isinstance(node.args[0], ast.Constant) and str(node.args[0].value).startswith("error."))
        and not (isinstance(node.args[0], ast.Call) and ast.unparse(node.args[0].func) == "message")
    ]
    assert worded == []


def test_error_speaks_the_asked_language_and_english_as_a_text() -> None:
    error = InputError("error.no-turtle", folder=Path("here"))
    assert error.in_language("nl") == "here: hier staan geen Turtle-bestanden; is dit de juiste map?"
    assert str(error) == error.in_language("en") == "here: no Turtle files here; is this the right folder?"


def test_error_words_the_errors_it_holds() -> None:
    faults = [InputError("error.foreign-path", path="{a}"), InputError("error.not-select", path="b")]
    error = InputError("error.broken-links", faults=faults)
    assert error.in_language("nl") == "{a}: geen bestand van dit project\nb: geen SELECT-vraag"


@pytest.mark.parametrize("text", [None, "[no-turtle", "[other]", "\udcff"], ids=["missing", "broken", "other", "bytes"])
def test_error_without_its_messages_shows_key_and_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None
) -> None:
    if text is not None:
        (tmp_path / "site" / "messages").mkdir(parents=True)
        (tmp_path / "site" / "messages" / "error.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    monkeypatch.setattr(messages, "find_root", lambda: tmp_path)
    messages._section.cache_clear()
    try:
        assert str(InputError("error.no-turtle", folder="here")) == "error.no-turtle folder=here"
    finally:
        messages._section.cache_clear()
