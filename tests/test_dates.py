"""Partial dates have exact bounds, and standings tile all of time."""

from datetime import date
from itertools import pairwise

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rzgraph.dates import (
    BEGINNING,
    END,
    Bounds,
    Period,
    format_day,
    format_edtf,
    last_day_of,
    limit_periods,
    read_edtf,
    standing_periods,
)

D = date.fromisoformat


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2022-01-10", "2022-01-10", "2022-01-10"),
        ("2024-21", "2024-03-01", "2024-05-31"),
        ("2025-23", "2025-09-01", "2025-11-30"),
        ("2024-24", "2024-12-01", "2025-02-28"),
        ("2024-33", "2024-01-01", "2024-03-31"),
        ("2024-36", "2024-10-01", "2024-12-31"),
        ("2023-41", "2023-07-01", "2023-12-31"),
        ("2024-02-14~", "2024-02-14", "2024-02-14"),
        ("2020/2023", "2020-01-01", "2023-12-31"),
    ],
)
def test_stated_time_has_exact_bounds(text: str, earliest: str, latest: str) -> None:
    assert read_edtf(text) == Bounds(D(earliest), D(latest))


def test_open_interval_has_one_bound() -> None:
    assert read_edtf("2024-01/..") == Bounds(D("2024-01-01"), None)
    assert read_edtf("../2021") == Bounds(None, D("2021-12-31"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "2024-13",
        "2024-00",
        "2023-02-29",
        "2024-1",
        "2024-99",
        "2024/2023",
        "../..",
        "10-01-2022",
        "2024-24-01",
        "0000",
    ],
)
def test_text_outside_the_subset_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_edtf(text)


@given(st.integers(1900, 2100), st.sampled_from([None, *range(1, 13), 33, 34, 35, 36, 40, 41]))
def test_bounds_agree_with_the_edtf_library(year: int, part: int | None) -> None:
    text = f"{year}" if part is None else f"{year}-{part:02}"
    reference = edtf.parse_edtf(text)
    bounds = read_edtf(text)
    assert bounds.earliest and bounds.latest
    assert tuple(reference.lower_strict())[:3] == (bounds.earliest.year, bounds.earliest.month, bounds.earliest.day)
    assert tuple(reference.upper_strict())[:3] == (bounds.latest.year, bounds.latest.month, bounds.latest.day)


@pytest.mark.parametrize(
    ("text", "nl", "en"),
    [
        ("2022-01-10", "10 januari 2022", "10 January 2022"),
        ("2023-09", "september 2023", "September 2023"),
        ("2025-23", "najaar 2025", "autumn 2025"),
        ("2024-33", "eerste kwartaal 2024", "first quarter 2024"),
        ("2024-02-14~", "omstreeks 14 februari 2024", "about 14 February 2024"),
        ("2020/2023", "2020 tot 2023", "2020 to 2023"),
        ("2024/..", "2024 tot …", "2024 to …"),
        ("zeer binnenkort", "zeer binnenkort", "zeer binnenkort"),
    ],
)
def test_stated_time_reads_as_words(text: str, nl: str, en: str) -> None:
    assert (format_edtf(text, "nl"), format_edtf(text, "en")) == (nl, en)


@pytest.mark.parametrize("text", ["2022-02-31", "2022-13-45", "0000-01", "spring", "2022-02-31/..", ""])
def test_stated_time_outside_the_subset_stays_as_it_is_and_has_no_day(text: str) -> None:
    assert format_edtf(text, "nl") == text
    assert last_day_of(text) is None


def test_last_day_of_a_stated_time_is_the_end_of_its_bounds() -> None:
    assert last_day_of("2024-01") == D("2024-01-31")
    assert last_day_of("2024/..") is None


def test_day_reads_as_words() -> None:
    assert format_day(D("2025-07-31"), "nl") == "31 juli 2025"


def standing_on(day: str, periods: list[Period]) -> str:
    return next(p.standing for p in periods if p.first <= D(day) <= p.last)


def test_fact_attested_once_is_confirmed_on_that_day_only() -> None:
    periods = standing_periods([], [], [read_edtf("2022-01-10")])
    assert [standing_on(day, periods) for day in ("2022-01-09", "2022-01-10", "2022-01-11")] == [
        "later-known",
        "confirmed",
        "last-known",
    ]


def test_fact_attested_twice_is_confirmed_in_between() -> None:
    periods = standing_periods([], [], [read_edtf("2022-01-10"), read_edtf("2023-09")])
    assert standing_on("2022-12-01", periods) == "confirmed"
    assert standing_on("2023-09-02", periods) == "last-known"


def test_month_of_a_single_document_confirms_no_day() -> None:
    assert {p.standing for p in standing_periods([], [], [read_edtf("2024-04")])} == {"later-known", "last-known"}


def test_stated_begin_makes_earlier_days_not_yet() -> None:
    periods = standing_periods([read_edtf("2024-01")], [], [read_edtf("2023-12"), read_edtf("2025-07")])
    assert standing_on("2023-12-31", periods) == "not-yet"
    assert standing_on("2024-01-15", periods) == "later-known"
    assert standing_on("2024-02-01", periods) == "confirmed"
    assert standing_on("2025-08-01", periods) == "last-known"


def test_announcement_alone_confirms_nothing() -> None:
    periods = standing_periods([read_edtf("2024-01")], [], [read_edtf("2023-12")])
    assert "confirmed" not in {p.standing for p in periods}
    assert standing_on("2024-02-01", periods) == "last-known"


def test_stated_period_covers_its_days_and_ends() -> None:
    periods = standing_periods([read_edtf("2018")], [read_edtf("2021")], [read_edtf("2022-01-10")])
    assert standing_on("2019-06-01", periods) == "confirmed"
    assert standing_on("2021-06-01", periods) == "last-known"
    assert standing_on("2022-01-01", periods) == "ended"


def test_end_of_a_body_ends_its_seats() -> None:
    seat = standing_periods([], [], [read_edtf("2022-01-10")])
    body = standing_periods([read_edtf("2018")], [read_edtf("2023")], [read_edtf("2022-01-10")])
    periods = limit_periods(seat, body)
    assert standing_on("2017-01-01", periods) == "not-yet"
    assert standing_on("2023-06-01", periods) == "last-known"
    assert standing_on("2024-01-01", periods) == "ended"


times = st.sampled_from(["2018", "2020-23", "2021-05", "2022-01-10", "2023-41", "2024-01", "2025-07", "2019/2020"])


@given(
    st.lists(times, max_size=2),
    st.lists(times, max_size=2),
    st.lists(times, min_size=1, max_size=4),
    st.lists(times, min_size=1),
)
def test_standings_tile_all_of_time(begins: list[str], ends: list[str], attested: list[str], body: list[str]) -> None:
    life = standing_periods([], map(read_edtf, ends), map(read_edtf, body))
    periods = standing_periods(map(read_edtf, begins), map(read_edtf, ends), map(read_edtf, attested))
    for laid in (periods, limit_periods(periods, life)):
        assert laid[0].first == BEGINNING
        assert laid[-1].last == END
        assert all((after.first - before.last).days == 1 for before, after in pairwise(laid))
        assert len({p.standing for p in laid}) == len(laid)
