"""Source texts: lines as `cat -n` counts them, fragments word for word but for white space, faults as one line."""

import hashlib
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rzgraph.checks.fragments import check_evidence
from rzgraph.errors import InputError
from rzgraph.namespaces import rz
from rzgraph.settings import Project
from rzgraph.sources import MOST_WORDS, count_words, fold, fragment_in_lines, read_lines, read_source

LINES = ("De Tafel Wonen\x0c telt 31,5 leden", "en\u00a0vergadert  eens", "", "per kwartaal (SGV), in 2022-2023.")


def found(fragment: str, first: int = 1, last: int = 4) -> bool:
    return fragment_in_lines(LINES, first, last, fragment)


# ── Reading ────────────────────────────────────────────────────────────────


def test_line_ends_at_a_line_feed_and_nowhere_else(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes("een\x0ctwee\u2028drie\x85vier\r\nvijf\n".encode())
    text = read_source(path)
    assert text.lines == ("een\x0ctwee\u2028drie\x85vier\r", "vijf")
    assert text.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_changed_text_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("een\n", encoding="utf-8")
    before = read_source(path).sha256
    path.write_text("twee\n", encoding="utf-8")
    assert read_source(path).sha256 != before


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"caf\xe9\n"], ids=["missing", "utf-16", "latin-1"])
def test_text_that_cannot_be_read_is_one_line(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "text.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as error:
        read_source(path)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


def test_folder_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_source(tmp_path)


# ── Lines ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("text", "lines"), [("7", (7, 7)), ("7-9", (7, 9)), ("12-12", (12, 12))])
def test_lines_are_one_number_or_two(text: str, lines: tuple[int, int]) -> None:
    assert read_lines(text) == lines


@pytest.mark.parametrize("text", ["", "0", "9-7", "7-", "-7", "7–9", "07", "7 - 9", "7-9-11", "zeven", "1" * 50, "٣"])
def test_anything_else_is_no_lines(text: str) -> None:
    assert read_lines(text) is None


# ── Fragments ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "fragment",
    [
        "De Tafel Wonen telt",  # a form feed between words
        "en vergadert eens per kwartaal",  # a no-break space, double spaces, an empty line
        "leden en vergadert",  # a line break
        "(SGV)",
        "SGV",
        "kwartaal (SGV), in",
        "31,5",
        "2022",
        "2022-2023.",
    ],
)
def test_fragment_is_found_across_white_space(fragment: str) -> None:
    assert found(fragment)


@pytest.mark.parametrize(
    "fragment",
    [
        "Tafe",  # begins, but does not end, at the end of a word
        "afel",
        "en Vergadert",  # letters are literal
        "31",  # part of a number
        "5",
        "202",
        "Tafel wonen",
        "kwartaal SGV",
        "",
        "   ",
        "eens kwartaal",
    ],
)
def test_fragment_inside_a_word_or_changed_is_not_found(fragment: str) -> None:
    assert not found(fragment)


def test_single_sign_does_not_match_inside_a_word() -> None:
    assert fragment_in_lines(["Experts x x nee"], 1, 1, "x")
    assert not fragment_in_lines(["Experts"], 1, 1, "x")


def test_accent_counts_however_it_is_composed() -> None:
    assert fragment_in_lines(["R. Me\u0301nard"], 1, 1, "R. Ménard")
    assert not fragment_in_lines(["R. Menard"], 1, 1, "R. Ménard")


def test_substitution_character_is_a_sign_like_any_other() -> None:
    assert fragment_in_lines(["caf\ufffd vol"], 1, 1, "caf\ufffd vol")
    assert not fragment_in_lines(["caf\ufffd vol"], 1, 1, "caf vol")


def test_fragment_is_not_found_outside_its_lines() -> None:
    assert found("per kwartaal", 4, 4)
    assert not found("per kwartaal", 1, 3)
    for first, last in ((0, 1), (4, 5), (3, 2), (5, 5)):
        assert not found("per", first, last)


def test_fragment_of_more_than_twelve_words_is_refused() -> None:
    words = ["een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf", "dertien"]
    line = " ".join(words)
    assert count_words(line) == MOST_WORDS + 1
    assert fragment_in_lines([line], 1, 1, " ".join(words[:12]))
    assert not fragment_in_lines([line], 1, 1, line)


WORD = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=8)
GAP = st.text(st.sampled_from(" \t\n\r\x0b\x0c\x00\x07\u00a0\u2009\u2028\u3000\u200b\ufeff"), min_size=1, max_size=3)


@given(st.lists(st.tuples(WORD, GAP), min_size=1, max_size=20), st.data())
def test_any_run_of_words_is_found_whatever_stands_between_them(
    pairs: list[tuple[str, str]], data: st.DataObject
) -> None:
    lines = "".join(word + gap for word, gap in pairs).split("\n")
    words = [fold(word) for word, _ in pairs]
    first = data.draw(st.integers(0, len(words) - 1))
    fragment = " ".join(words[first : first + MOST_WORDS])
    assert fragment_in_lines(lines, 1, len(lines), fragment)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert "  " not in fold(text)


@given(st.text(), st.text())
def test_any_text_and_fragment_can_be_compared(text: str, fragment: str) -> None:
    lines = text.split("\n")
    result = fragment_in_lines(lines, 1, len(lines), fragment)
    assert not result or fold(fragment) in fold(text)


@given(st.text(st.sampled_from("abc 12.,-"), min_size=1), st.integers(0, 30), st.sampled_from("xyz789"))
def test_one_changed_sign_is_noticed(fragment: str, place: int, sign: str) -> None:
    place %= len(fragment)
    changed = fragment[:place] + sign + fragment[place + 1 :]
    assert not fragment_in_lines([fragment], 1, 1, changed)


def test_every_fragment_of_the_mini_region_is_found(mini_store: ox.Store, mini: Project) -> None:
    evidence = check_evidence(mini_store, mini)
    assert evidence.findings == []
    fragments = list(mini_store.quads_for_pattern(None, rz("fragment"), None))
    assert evidence.verified == evidence.claims == len(fragments) >= 120
    assert evidence.texts == evidence.documents == 4
