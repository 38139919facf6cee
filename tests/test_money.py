"""Amounts are read as Dutch documents write them, exactly, and what is not understood as a whole is not read."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rzgraph.money import Reading, agree, format_amount, format_number, format_range, parse_amount

D = Decimal


@pytest.mark.parametrize(
    ("text", "amount", "place"),
    [
        ("€ 1.950.000", "1950000", "1"),
        ("€226k", "226000", "1000"),
        ("€ 22,5 miljoen", "22500000", "100000"),
        ("22,5 MILJOEN", "22500000", "100000"),
        ("€4 mld.", "4000000000", "1000000000"),
        ("1,95 miljard", "1950000000", "10000000"),
        ("30 miljoen euro", "30000000", "1000000"),
        ("€ 100 miljoen euro", "100000000", "1000000"),
        ("€26,5 mln", "26500000", "100000"),
        ("€ 30\n mln.", "30000000", "1000000"),
        ("€ 250 duizend", "250000", "1000"),
        ("-€ 380.230", "-380230", "1"),
        ("€ -380.230", "-380230", "1"),
        ("−€ 12", "-12", "1"),
        ("-/- € 50", "-50", "1"),
        ("€ 2,35", "2.35", "0.01"),
        ("€ 2,35 per inwoner", "2.35", "0.01"),
        ("€ 2,35 x inwoners", "2.35", "0.01"),
        ("1.348", "1348", "1"),
        ("€ 1 950 000", "1950000", "1"),
        ("€10.000,-", "10000", "1"),
        ("€ 10.000,=", "10000", "1"),
        ("€ 5.325.549,00", "5325549", "0.01"),
        ("1.5 miljoen", "1500000", "100000"),
        ("ruim € 154 miljoen", "154000000", "1000000"),
        ("+/- € 40 mln.", "40000000", "1000000"),
        ("circa € 67.000", "67000", "1"),
        ("maximaal € 5.000", "5000", "1"),
        ("tot € 5.000", "5000", "1"),
        ("anderhalf miljoen euro", "1500000", "100000"),
        ("twee miljoen", "2000000", "1000000"),
        ("tien euro", "10", "1"),
        ("50%", "50", "1"),
        ("31,5 procent", "31.5", "0.1"),
        ("-", "0", "1"),
        ("–", "0", "1"),
        ("kosteloos", "0", "1"),
        ("gratis", "0", "1"),
    ],
)
def test_amount_as_written_is_read(text: str, amount: str, place: str) -> None:
    assert parse_amount(text) == Reading(D(amount), None, D(place))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("tussen de €200 en €225 mln", "200000000", "225000000"),
        ("tussen de € 2 en € 2,5 miljoen", "2000000", "2500000"),
        ("500.000 tot € 1 miljoen", "500000", "1000000"),
        ("€ 5 - € 10", "5", "10"),
        ("van € 5 tot en met € 10", "5", "10"),
    ],
)
def test_range_has_two_ends(text: str, low: str, high: str) -> None:
    reading = parse_amount(text)
    assert reading
    assert (reading.low, reading.high) == (D(low), D(high))


@pytest.mark.parametrize(
    "text",
    [
        "", "nog geen dekking", "minimaal hetzelfde bedrag", "een investering", "twee", "12.34.56", "1.23.456", "€",
        "€ 40 mln. en €50", "€ 10 tot € 5", "2020-2023", "1,2,3", "€ 5 miljoenen plannen", "vijf projecten",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_not_read(text: str) -> None:
    assert parse_amount(text) is None


EUROS = st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False)


def write_dutch(amount: Decimal, *, cents: bool) -> str:
    text = f"{amount:,.2f}" if cents else f"{amount:,.0f}"
    return text.translate(str.maketrans({",": ".", ".": ","}))


@given(EUROS, st.sampled_from(["", "€", "€ "]), st.sampled_from(["", "-"]))
def test_any_amount_written_out_is_read_back(amount: Decimal, sign: str, minus: str) -> None:
    reading = parse_amount(f"{minus}{sign}{write_dutch(amount, cents=True)}")
    assert reading == Reading(-amount if minus else amount, None, D("0.01"))


@given(
    st.integers(0, 9999),
    st.integers(0, 9),
    st.sampled_from([("k", 3), ("duizend", 3), ("mln.", 6), ("miljoen", 6), ("mld", 9)]),
)
def test_any_rounded_amount_is_read_back(whole: int, tenth: int, scale: tuple[str, int]) -> None:
    word, zeros = scale
    reading = parse_amount(f"€ {whole},{tenth} {word}")
    assert reading == Reading(D(f"{whole}.{tenth}") * 10**zeros, None, D(10) ** (zeros - 1))


@given(st.integers(-(10**12), 10**12))
def test_formatted_amount_is_read_back(amount: int) -> None:
    reading = parse_amount(format_amount(D(amount), "nl"))
    assert reading
    assert reading.low == amount


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    reading = parse_amount(text)
    assert reading is None or reading.high is None or reading.low < reading.high


@given(st.integers(0, 10**9), st.integers(0, 8))
def test_one_changed_digit_is_another_amount(amount: int, place: int) -> None:
    text = f"{amount:09}"
    changed = text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]
    first, second = (parse_amount(write_dutch(D(number), cents=False)) for number in (text, changed))
    assert first and second
    assert not agree(first, second)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("€ 226.713", "€226k", True),
        ("€ 226.713", "€ 227.000", False),
        ("€ 227.000", "€226k", False),
        ("22 miljoen", "22,5 miljoen", True),
        ("22 miljoen", "23 miljoen", False),
        ("€ 45.000", "€ 54.000", False),
        ("€ 45.000", "€ 45.000,-", True),
        ("tussen de €200 en €225 mln", "€ 210 mln", True),
        ("tussen de €200 en €225 mln", "€ 226 mln", False),
        ("tussen de €200 en €225 mln", "tussen de €200 en €230 mln", True),
        ("tussen de €200 en €225 mln", "tussen de €210 en €230 mln", False),
    ],
)
def test_readings_agree_when_rounding_explains_the_difference(first: str, second: str, same: bool) -> None:
    one, other = parse_amount(first), parse_amount(second)
    assert one and other
    assert agree(one, other) is agree(other, one) is same


def test_amounts_are_written_in_the_manner_of_each_language() -> None:
    assert format_amount(D("1950000"), "nl") == "€ 1.950.000"
    assert format_amount(D("1950000"), "en") == "€1,950,000"
    assert format_amount(D("-380230.5"), "nl") == "-€ 380.230,50"
    assert format_amount(D("2.35"), "en") == "€2.35"
    assert format_range(D(200), D(225), "nl") == "€ 200 tot € 225"
    assert format_number(D("1.7338"), "nl") == "1,7338"
