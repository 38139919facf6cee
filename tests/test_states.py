"""How promises and programmes stand on each day."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, Store

from rzgraph.dates import END
from rzgraph.namespaces import rz
from rzgraph.states import Report, State, list_states

FIRST, SECOND, THIRD = date(2022, 1, 10), date(2023, 9, 30), date(2025, 8, 31)
DOCUMENTS = [(FIRST, "one"), (SECOND, "two"), (THIRD, "three")]
CLOSING = frozenset({"met"})


def on(day: date, states: list[State]) -> State:
    return next(state for state in states if state.first <= day <= state.last)


def promise(due: date | None = None, made: date | None = None) -> Report:
    return Report(FIRST, FIRST, "one", due=due, made=made)


def test_promise_is_followed_from_the_day_it_is_first_spoken_of() -> None:
    states = list_states([promise()], DOCUMENTS, CLOSING)
    assert (states[0].first, states[-1].last) == (FIRST, END)


def test_promise_is_followed_from_the_day_it_was_made_where_that_is_stated() -> None:
    assert list_states([promise(made=date(2018, 12, 31))], DOCUMENTS, CLOSING)[0].first == date(2018, 12, 31)


def test_promise_is_overdue_from_the_day_after_it_was_due() -> None:
    states = list_states([promise(due=date(2022, 6, 30))], DOCUMENTS, CLOSING)
    assert [on(day, states).overdue for day in (date(2022, 6, 30), date(2022, 7, 1))] == [False, True]


def test_promise_reported_met_is_no_longer_overdue() -> None:
    states = list_states([promise(due=date(2022, 6, 30)), Report(SECOND, SECOND, "two", "met")], DOCUMENTS, CLOSING)
    assert [on(day, states).overdue for day in (date(2023, 9, 29), SECOND, END)] == [True, False, False]


def test_promise_reported_delayed_stays_overdue() -> None:
    states = list_states([promise(due=date(2022, 6, 30)), Report(SECOND, SECOND, "two", "delayed")], DOCUMENTS, CLOSING)
    assert on(SECOND, states).overdue
    assert on(SECOND, states).statuses == ("delayed",)


def test_newer_due_date_takes_the_place_of_the_older() -> None:
    later = Report(SECOND, SECOND, "two", due=date(2026, 12, 31))
    states = list_states([promise(due=date(2022, 6, 30)), later], DOCUMENTS, CLOSING)
    assert [on(day, states).overdue for day in (date(2023, 9, 29), SECOND)] == [True, False]


def test_last_report_is_the_status() -> None:
    reports = [promise(), Report(SECOND, SECOND, "two", "paused"), Report(THIRD, THIRD, "three", "met")]
    states = list_states(reports, DOCUMENTS, CLOSING)
    assert [on(day, states).statuses for day in (FIRST, SECOND, THIRD)] == [(), ("paused",), ("met",)]


def test_state_names_the_document_of_the_last_report() -> None:
    reports = [promise(), Report(SECOND, SECOND, "two", "paused"), Report(THIRD, THIRD, "three", "paused")]
    states = list_states(reports, DOCUMENTS, CLOSING)
    assert [on(day, states).reported for day in (FIRST, SECOND, THIRD)] == [(), ("two",), ("three",)]


def test_two_reports_of_one_day_stand_side_by_side() -> None:
    reports = [promise(), Report(SECOND, SECOND, "two", "paused"), Report(SECOND, SECOND, "two", "changed")]
    assert on(SECOND, list_states(reports, DOCUMENTS, CLOSING)).statuses == ("changed", "paused")


def test_first_document_without_a_word_is_named() -> None:
    states = list_states([promise()], DOCUMENTS, CLOSING)
    assert [on(day, states).silent for day in (date(2023, 9, 29), SECOND, END)] == ["", "two", "two"]


def test_later_word_ends_the_silence() -> None:
    states = list_states([promise(), Report(THIRD, THIRD, "three")], DOCUMENTS, CLOSING)
    assert [on(day, states).silent for day in (SECOND, THIRD)] == ["two", ""]


DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2030, 12, 31))
REPORTS = st.lists(
    st.builds(
        lambda issued, status, due: Report(issued[0], issued[0], issued[1], status, due),
        st.sampled_from(DOCUMENTS),
        st.sampled_from(["", "met", "paused"]),
        st.none() | DAYS,
    ),
    min_size=1,
    max_size=6,
)


@given(REPORTS)
def test_periods_follow_each_other_without_a_gap_and_differ(reports: list[Report]) -> None:
    states = list_states(reports, DOCUMENTS, CLOSING)
    assert states[-1].last == END
    for former, latter in pairwise(states):
        assert (latter.first - former.last).days == 1
        assert replace(former, first=latter.first, last=latter.last) != latter


def test_codes_say_which_status_closes(store: Store) -> None:
    closing = {
        quad.subject.value.rpartition("/")[2] for quad in store.quads_for_pattern(None, rz("closes"), Literal(True))
    }
    assert closing == {"met", "not-met", "stopped", "completed"}


@pytest.mark.parametrize("link", ["commitment", "programme"])
def test_every_promise_and_programme_that_is_spoken_of_has_states(mini_store: Store, link: str) -> None:
    spoken = {
        quad.object
        for quad in mini_store.quads_for_pattern(None, rz(link), None)
        if any(mini_store.quads_for_pattern(quad.subject, rz("fragment"), None))
    }
    followed = {quad.subject for quad in mini_store.quads_for_pattern(None, rz("hasState"), None)}
    assert spoken
    assert spoken <= followed
