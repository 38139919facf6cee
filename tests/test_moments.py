"""Dates in a text: what is found, and which days it can mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rzgraph.dates import read_edtf
from rzgraph.reading.moments import Moment, find_moments


def read(text: str) -> list[tuple[str, list[str]]]:
    return [
        (" ".join(text[p.begin : p.end].split()), [m.edtf or f"?{m.code}" for m in p.moments])
        for p in find_moments(text)
    ]


@pytest.mark.parametrize(
    ("text", "words", "moments"),
    [
        ("op 10 januari 2022 is", "10 januari 2022", ["2022-01-10"]),
        ("voor 22 november.", "22 november", ["?-11-22"]),
        ("per 1-12-’22", "1-12-’22", ["2022-12-01"]),
        ("donderdag 9 en vrijdag 10 \nnovember 2023", "9 en vrijdag 10 november 2023", ["2023-11-09", "2023-11-10"]),
        ("eind juni 2021", "eind juni 2021", ["2021-06"]),
        ("in december ‘22 heeft", "december ‘22", ["2022-12"]),
        ("(sept 21)", "sept 21", ["2021-09"]),
        ("BO 04 2022", "04 2022", ["2022"]),
        ("in juli vinden", "juli", ["?-07"]),
        ("voorjaar \n2025 vastgesteld", "voorjaar 2025", ["2025-21"]),
        ("na de zomer van 2025", "zomer van 2025", ["2025-22"]),
        ("In het najaar volgt", "najaar", ["?-23"]),
        ("start in Q1 2024", "Q1 2024", ["2024-33"]),
        ("In Q3 krijgt", "Q3", ["?-35"]),
        ("het 1e kwartaal van 2022", "1e kwartaal van 2022", ["2022-33"]),
        ("eerste helft van 2023", "eerste helft van 2023", ["2023-40"]),
        ("het tweede halfjaar", "tweede halfjaar", ["?-41"]),
        ("2e helft juni", "2e helft juni", ["?-06"]),
        ("medio 2024", "medio 2024", ["2024"]),
        ("2020-2023/2025", "2020-2023/2025", ["2020", "2023", "2025"]),
        ("2024 – \n2028", "2024 – 2028", ["2024", "2028"]),
        ("van 2024 t/m 2027", "2024 t/m 2027", ["2024", "2027"]),
        ("januari 2024 tot en met juni \n2025", "januari 2024 tot en met juni 2025", ["2024-01", "2025-06"]),
        ("juli-december 2021", "juli-december 2021", ["2021-07", "2021-12"]),
        ("werkelijk jan-juni", "jan-juni", ["?-01", "?-06"]),
        ("JAN FEB MRT APR MEI JUN", "JAN FEB MRT APR MEI JUN", ["?-01", "?-06"]),
        ("naar 2100 toe", "2100", ["2100"]),
    ],
)
def test_date_is_found_and_read(text: str, words: str, moments: list[str]) -> None:
    assert read(text) == [(words, moments)]


@pytest.mark.parametrize(
    "text",
    [
        "€ 2.024 en 2024,5 of 2024%",
        "12024 of 20245",
        "de eerste helft",
        "Meisje, meiden, Voorjaarsnota",
        "deca en decor",
    ],
)
def test_what_is_no_date_is_not_found(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("moment", "edtf", "covered"),
    [
        (Moment(2024, ""), "2024-05-01", True),
        (Moment(2024, ""), "2024/2027", True),
        (Moment(2024, ""), "2023/2025", False),
        (Moment(2024, ""), "2025", False),
        (Moment(2024, "-05"), "2024-05~", True),
        (Moment(2024, "-05"), "2024-21", True),
        (Moment(2024, "-05"), "2024", False),
        (Moment(2024, "-05"), "../2023", False),
        (Moment(2024, "-05"), "2024-05/..", True),
        (Moment(None, "-11-22"), "2023-11-22", True),
        (Moment(None, "-11-22"), "2023-11-21", False),
        (Moment(None, "-24"), "2024-01-15", True),
        (Moment(None, "-05"), "2020/2022", False),
        (Moment(2023, "-02-30"), "2023", False),
    ],
)
def test_date_is_covered_by_a_time_that_begins_or_ends_in_it(moment: Moment, edtf: str, covered: bool) -> None:
    assert moment.is_bound_of(read_edtf(edtf)) is covered


def test_day_that_does_not_exist_has_no_edtf() -> None:
    assert Moment(2023, "-02-30").edtf == ""
    assert Moment(None, "").edtf == ""


@given(st.text(alphabet="0123456789 -/.’jansepmiQ\nvoe", max_size=60))
def test_any_text_is_searched_and_dates_are_dates(text: str) -> None:
    for period in find_moments(text):
        assert 0 <= period.begin < period.end <= len(text)
        assert period.moments
        assert all(not moment.edtf or read_edtf(moment.edtf) for moment in period.moments)
