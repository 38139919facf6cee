"""Names in a text: whole words only, across line breaks, the longest first; and what merely looks like a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rzgraph.reading.lines import Found, Lines
from rzgraph.reading.naming import Gazetteer, Name, NamesInText, find_candidates, holds_words, split_tokens

NAMES = [
    Name("network", "Regio Voorbeeld", "any"),
    Name("lindelo", "Lindelo", "first"),
    Name("lindelo", "Gemeente Lindelo", "any"),
    Name("hogeschool", "Hogeschool Lindelo", "any"),
    Name("visser", "K. Visser-de Boer", "any"),
    Name("menard", "R. Ménard", "any"),
    Name("db", "DB", "exact"),
    Name("stuurgroep", "Stuurgroep", "any"),
    Name("stuurgroep-wonen", "Stuurgroep Wonen", "any"),
    Name("board", "De Board", "any"),
    Name("board-wonen", "Board Wonen", "any"),
    Name("bakker", "Bakker", "first"),
    Name("bakker-twee", "Bakker", "first"),
]
GAZETTEER = Gazetteer(NAMES)


def known(*lines: str) -> list[tuple[str, int, int]]:
    return [(found.words, found.first, found.last) for found in NamesInText(Lines(lines), GAZETTEER).known]


def unknown(*lines: str) -> list[str]:
    return [found.words for found in NamesInText(Lines(lines), GAZETTEER, ["burgemeester", "wethouder"]).unknown]


# ── Known names ────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("De gemeente Lindelo en Lindelo", ["gemeente Lindelo", "Lindelo"]),
        ("Hogeschool Lindelo (DB)", ["Hogeschool Lindelo", "DB"]),
        ("de stuurgroep, STUURGROEP", ["stuurgroep", "STUURGROEP"]),
        ("K.Visser-de Boer", ["K.Visser-de Boer"]),
        ("R. Me\u0301nard", ["R. Ménard"]),
        ("Stuurgroep Wonen en stuurgroep", ["Stuurgroep Wonen", "stuurgroep"]),
        ("De Board Wonen en de Board", ["Board Wonen", "de Board"]),
        ("lindelo; Lindelose; db; Db; de bakker; Stuurgroepen", []),
        ("www.lindelo.nl", []),
    ],
)
def test_known_names_are_found_whole_and_with_their_capitals(line: str, words: list[str]) -> None:
    assert [found[0] for found in known(line)] == words


def test_name_broken_over_lines_has_both_lines() -> None:
    assert known("x", "bij K. Visser-", "de Boer en", "", "Hogeschool\x0c", "Lindelo") == [
        ("K. Visser- de Boer", 2, 3),
        ("Hogeschool Lindelo", 5, 6),
    ]


def test_name_of_two_things_carries_both() -> None:
    assert NamesInText(Lines(["Bakker"]), GAZETTEER).known == [Found("Bakker", 1, 1, ("bakker", "bakker-twee"))]


GAPS = st.text(alphabet=" \t\n\x0c\u00a0\u200b", min_size=1, max_size=4)
SIGNS = st.sampled_from(["", " ", "\n", "(", ")", ",", ".", "“", "-", "/", "\x0c"])
LETTERS = st.sampled_from("aZé7_")


@given(name=st.sampled_from(NAMES), gaps=st.lists(GAPS, min_size=3, max_size=3), before=SIGNS, after=SIGNS)
def test_name_is_found_whatever_white_space_parts_its_words(
    name: Name, gaps: list[str], before: str, after: str
) -> None:
    words = name.text.split(" ")
    text = words[0] + "".join(gap + word for gap, word in zip(gaps, words[1:], strict=False))
    whole = before + text + after
    (found,) = NamesInText(Lines(whole.split("\n")), GAZETTEER).known
    assert name.key in found.keys
    assert found.first == 1 + before.count("\n")
    assert found.last == found.first + text.count("\n")
    assert holds_words(whole, name.text)


@given(name=st.sampled_from(NAMES), before=LETTERS, after=LETTERS, side=st.sampled_from(["before", "after", "both"]))
def test_name_is_not_found_inside_another_word(name: Name, before: str, after: str, side: str) -> None:
    text = (before if side != "after" else "") + name.text + (after if side != "before" else "")
    assert all(
        name.key not in found.keys or found.words != name.text for found in NamesInText(Lines([text]), GAZETTEER).known
    )
    assert not holds_words(text, name.text)


@given(st.text(max_size=80))
def test_any_text_is_read_and_names_lie_within_it(text: str) -> None:
    lines = text.split("\n")
    names = NamesInText(Lines(lines), GAZETTEER, ["wethouder"])
    for found in names.known + names.unknown:
        assert 1 <= found.first <= found.last <= len(lines)
        assert holds_words("\n".join(lines[found.first - 1 : found.last]), found.words)


@given(st.text(max_size=40), st.text(max_size=10))
def test_holding_words_is_holding_their_signs_in_a_row(text: str, words: str) -> None:
    inside, wanted = "\0".join(split_tokens(text)), "\0".join(split_tokens(words))
    assert holds_words(text, words) == bool(wanted and f"\0{wanted}\0" in f"\0{inside}\0")


# ── What looks like a name ─────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("met A.B. van der Zee en C. Wit-Zwart.", ["A.B. van der Zee", "C. Wit-Zwart"]),
        ("Volgens burgemeester Van Dam", ["Van Dam"]),
        ("De Raad van Bestuur Voorbeeld", ["Raad van Bestuur Voorbeeld"]),
        ("In Stichting Goed Wonen", ["Stichting Goed Wonen"]),
        ("de WBO (Werkgroep Bos) doet mee", ["WBO", "Werkgroep Bos"]),
        ("deel II en deel IV", []),
        ("TABEL MET WBO", []),
        (" WBO ", ["WBO"]),
        ("Het Regio Voorbeeld Fonds", []),
        ("Gemeente Lindelo Stuurgroep", []),
        ("De Kat", []),
    ],
)
def test_what_looks_like_a_name(line: str, words: list[str]) -> None:
    assert unknown(line) == words


def test_only_persons_are_looked_for_across_a_line_break() -> None:
    assert unknown("heer A.", "de Wit en de Stichting", "Wonen") == ["A. de Wit"]


def test_what_follows_a_title_or_initials_looks_like_a_person() -> None:
    text = "wethouder Dam, C. Wit, Stichting Goed Wonen"
    assert [(text[begin:end], person) for begin, end, person in find_candidates(text, ["wethouder"])] == [
        ("Dam", True),
        ("C. Wit", True),
        ("Stichting Goed Wonen", False),
    ]


def test_nothing_is_found_in_a_hole() -> None:
    text = Lines(["zie Lindelo en Stichting Goed Wonen", "Lindelo"])
    names = NamesInText(text, GAZETTEER, holes=[(0, 35)])
    assert [(found.words, found.first) for found in names.known] == [("Lindelo", 2)]
    assert names.unknown == []


def test_word_by_itself_is_known_with_its_capital() -> None:
    assert GAZETTEER.knows("Lindelo")
    assert not GAZETTEER.knows("lindelo")
    assert not GAZETTEER.knows("Gemeente")
