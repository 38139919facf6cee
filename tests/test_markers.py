"""Numbers that number the text itself: list markers in running order, and references to figures and tables."""

import pytest

from rzgraph.reading.markers import find_markers


def marked(text: str) -> list[str]:
    return [text[begin:end] for begin, end in find_markers(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1. Wonen\n2. Werken\n3.\tWater", ["1.", "2.", "3."]),
        ("1) Wonen\n\n2) Werken", ["1)", "2)"]),
        ("opgaven: 1) wonen, 2) werken en 3) \nwater", ["1)", "2)", "3)"]),
        ("lijnen: (1) wonen en (2) werken", ["1)", "2)"]),
        ("Bijlagen:\n\n1. Halfjaarrapportage", ["1."]),
        ("zie figuur 3, (figuur 8 en 9) en Tabel 2: wonen", ["figuur 3", "figuur 8 en 9", "Tabel 2"]),
        ("in deel 2 staat", ["deel 2"]),
    ],
)
def test_what_numbers_the_text_is_found(text: str, found: list[str]) -> None:
    assert marked(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "toe te voegen aan route\n2. Op die manier",
        "op plek\n1. Daarna volgt",
        "145\nKampen\n79",
        "1.500 woningen\n2.000 banen",
        "een cijfer (landelijk 7) en de helft",
        "3. Wonen\n5. Werken",
        "x\n1. Wonen" + "\n" * 70 + "2. Werken",
        "tabel 25% en pagina 3.400 en deel 12",
    ],
)
def test_figures_are_not_hidden(text: str) -> None:
    assert marked(text) == []
