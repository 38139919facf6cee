"""Web addresses in a text: whole, with www, and the bare names of sites."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rzgraph.reading.addresses import find_addresses, is_whole


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("zie https://a.nl/b?c=d&e=%20f, en", ["https://a.nl/b?c=d&e=%20f"]),
        ("(http://www.a.nl/).", ["http://www.a.nl/"]),
        ("https://a.nl/#:~:text=Over%20ons,%E2%80%93", ["https://a.nl/#:~:text=Over%20ons,%E2%80%93"]),
        ("https://a.nl/x_(y)", ["https://a.nl/x_(y)"]),
        ("• 18 projecten – www.datdeal.nl", ["www.datdeal.nl"]),
        ("Via de website datdeal.nl kunt u", ["datdeal.nl"]),
        ("Voor Regiovoorbeeld.nl ontwikkelden wij", ["Regiovoorbeeld.nl"]),
        ("https://a.nl https://a.nl", ["https://a.nl", "https://a.nl"]),
        ("iemand@regio.nl, e.v., d.m.v. en 2.nlx; www is", []),
    ],
)
def test_addresses_are_found_as_written(text: str, found: list[str]) -> None:
    assert [text[begin:end] for begin, end in find_addresses(text)] == found


def test_whole_address_says_how_it_is_reached() -> None:
    assert is_whole("HTTP://a.nl")
    assert not is_whole("www.a.nl")


@given(st.text(alphabet="ahtps:/.nlw@ (),\n", max_size=60))
def test_any_text_is_searched_and_addresses_hold_no_white_space(text: str) -> None:
    for begin, end in find_addresses(text):
        assert 0 <= begin < end <= len(text)
        assert not any(sign.isspace() for sign in text[begin:end])
