"""Figures in a text: numbers as the Dutch write them, percentages, and numbers in words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rzgraph.reading.numerals import WORDS, find_numerals, read_values


def found(text: str) -> list[str]:
    return [text[n.begin : n.end] for n in find_numerals(text, lambda word: word == "Lindelo")]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("> 25.000 en 1.099.430; cijfer 7,8.", ["25.000", "1.099.430", "7,8"]),
        ("40.000 – 65.000 – 80.000", ["40.000", "65.000", "80.000"]),
        ("50-75 en +/-100", ["50", "75", "100"]),
        ("1e, 2e plek, 3x, 27-jarigen, 78W", ["1", "2", "3", "27", "78"]),
        ("Lindelo49 en Waterhorst12", ["49"]),
        ("N35, A28, G40, D66, Zwolse8, Covid-19, B2B", []),
        ("2,1% en 0,94 % en tien procent", ["2,1%", "0,94 %", "tien procent"]),
        ("tweeëntwintig, Zes, achttien, vijftal, tientallen, driehonderd", [
            "tweeëntwintig", "Zes", "achttien", "vijftal", "tientallen", "driehonderd",
        ]),
        ("een, één, vierde, zesde, tienkamp, drie-eenheid", []),
        ("36200-90", ["36200", "90"]),
        ("1+1=3", ["1", "1", "3"]),
        ("woord\n12 banen", ["12"]),
    ],
)  # fmt: skip
def test_figures_are_found(text: str, figures: list[str]) -> None:
    assert found(text) == figures


@pytest.mark.parametrize(
    ("figure", "values"),
    [
        ("1.099.430", {"1099430"}),
        ("7,8", {"7.8"}),
        ("1.000", {"1000", "1.000"}),
        ("1,000", {"1000", "1.000"}),
        ("2.0", {"2.0"}),
        ("2.829.000,50", {"2829000.50"}),
        ("12.34.56", set()),
    ],
)
def test_figure_is_read_in_every_way_it_can_be_meant(figure: str, values: set[str]) -> None:
    assert read_values(figure) == {Decimal(value) for value in values}


def test_percentages_and_words_are_told_apart() -> None:
    kinds = [(n.share, n.word, sorted(n.values)) for n in find_numerals("2,1% van negen of 26 procent; tientallen")]
    assert kinds == [
        (True, False, [Decimal("2.1")]),
        (False, True, [Decimal(9)]),
        (True, False, [Decimal(26)]),
        (False, True, []),
    ]


def test_words_mean_what_they_say() -> None:
    words = ("twee", "achttien", "eenentwintig", "negenennegentig", "viertal", "tweeduizend")
    assert [WORDS[word] for word in words] == [2, 18, 21, 99, 4, 2000]
    assert "een" not in WORDS


@given(st.integers(0, 10**9))
def test_every_number_is_read_back_with_and_without_dots(number: int) -> None:
    assert Decimal(number) in read_values(str(number))
    assert Decimal(number) in read_values(f"{number:,}".replace(",", "."))


@given(st.text(max_size=60))
def test_any_text_is_searched(text: str) -> None:
    for numeral in find_numerals(text, str.isalpha):
        assert 0 <= numeral.begin < numeral.end <= len(text)
