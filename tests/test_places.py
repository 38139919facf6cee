"""Places in a text: each sign is counted once, as what it is."""

from collections import Counter

import pytest
from pyoxigraph import Store

from rzgraph.namespaces import slug_of
from rzgraph.reading.places import read_places
from rzgraph.reading.register import KINDS, Register
from rzgraph.settings import Project


@pytest.fixture(scope="module")
def register(mini: Project, mini_store: Store) -> Register:
    return Register(mini_store, mini)


def read(register: Register, *lines: str) -> list[tuple[str, str]]:
    return [(slug_of(spot.kind.value), spot.found.words) for spot in read_places(lines, register)]


@pytest.mark.parametrize(
    ("line", "places"),
    [
        ("zie https://lindelo.nl/2024/12-banen", [("Url", "https://lindelo.nl/2024/12-banen")]),
        ("In 2024 € 5.000 voor 12 banen", [("Date", "2024"), ("Amount", "€ 5.000"), ("Number", "12")]),
        ("Groene Gevels groeit met 2,1%", [("Programme", "Groene Gevels"), ("Percentage", "2,1%")]),
        ("De Regioagenda 2020-2024 (RA)", [("Programme", "Regioagenda 2020-2024"), ("Programme", "RA")]),
        ("Lindelo49", [("Number", "49")]),
        ("1. Lindelo\n2. Wonen", [("Party", "Lindelo")]),
        ("(1) Groene Gevels en (2) water", [("Programme", "Groene Gevels")]),
        ("twee lijnen", [("Number", "twee")]),
        ("Regio Voorbeeld", []),
    ],
)
def test_places_of_a_line(register: Register, line: str, places: list[tuple[str, str]]) -> None:
    assert read(register, *line.split("\n")) == places


def test_name_or_date_twice_on_a_line_is_one_place_and_a_figure_is_two(register: Register) -> None:
    places = Counter(read(register, "Lindelo 2024 12 Lindelo 2024 12"))
    assert places == {("Party", "Lindelo"): 1, ("Date", "2024"): 1, ("Number", "12"): 2}


def test_figure_in_a_name_of_our_own_words_is_a_figure(register: Register, mini_store: Store) -> None:
    own = sorted(slug_of(thing) for thing in register.own)
    assert "1500-woningen" in own
    assert ("Number", "1.500") in read(register, "er komen 1.500 woningen erbij")


def test_every_kind_of_place_has_its_own_name() -> None:
    assert len(set(KINDS.values())) == len(KINDS) == 9
