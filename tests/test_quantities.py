"""Quantities as written: what each says, and what is not read at all."""

from decimal import Decimal

import pytest

from rzgraph.quantities import parse_quantity

READ = {
    "24": "24",
    "1.500": "1500",
    "780.000": "780000",
    "3,2%": "3.2",
    "1,43 %": "1.43",
    "3,5 procent": "3.5",
    "7,6": "7.6",
    "1,2 miljoen": "1200000",
    "> 200": "200",
    "ruim 40": "40",
    "al 12": "12",
    "negen": "9",
    "TWEE": "2",
    "één": "1",
    "twintig": "20",
    "tweeëntwintig": "22",
    "vijfenveertig": "45",
    "viertal": "4",
    "beide": "2",
    "driemaal": "3",
    "3x": "3",
    "10e": "10",
    "900+": "900",
    "geen": "0",
}


@pytest.mark.parametrize(("text", "number"), READ.items(), ids=READ)
def test_quantity_says(text: str, number: str) -> None:
    reading = parse_quantity(text)
    assert reading is not None
    assert (reading.low, reading.high) == (Decimal(number), None)


@pytest.mark.parametrize("text", ["200 tot 250", "200 – 250", "tussen 200 en 250", "200-250"])
def test_range_says_both_its_ends(text: str) -> None:
    reading = parse_quantity(text)
    assert reading is not None
    assert (reading.low, reading.high) == (Decimal(200), Decimal(250))


@pytest.mark.parametrize(
    "text", ["", "tientallen", "minimaal hetzelfde bedrag", "een derde", "1 op de 5", "12 en 31 ha"]
)
def test_what_is_no_single_number_is_not_read(text: str) -> None:
    assert parse_quantity(text) is None
