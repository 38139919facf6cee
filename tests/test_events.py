"""The timeline of events as a drawing."""

import re
from collections import Counter
from datetime import date
from html import unescape

import pytest
from pyoxigraph import Store

from rzgraph.diagrams.events import Happening, draw_timeline, read_happenings
from rzgraph.labels import Labels
from rzgraph.namespaces import slug_of
from rzgraph.settings import Project

LAST = date(2025, 12, 31)


@pytest.fixture(scope="module")
def happenings(store: Store, project: Project) -> list[Happening]:
    return read_happenings(store, project, LAST)[0]


def test_events_stand_in_the_order_of_time(happenings: list[Happening]) -> None:
    assert len(happenings) > 150
    assert [each.earliest for each in happenings] == sorted(each.earliest for each in happenings)


def test_event_with_two_stated_times_has_a_row_for_each(happenings: list[Happening]) -> None:
    rows = Counter(each.event for each in happenings)
    assert any(count > 1 for count in rows.values())
    assert len({(each.event, each.when) for each in happenings}) == len(happenings)


def test_documents_after_the_day_are_not_read(store: Store, project: Project) -> None:
    found, twin = read_happenings(store, project, date(2022, 1, 31))
    assert found
    assert {slug_of(row["document"].value) for row in twin.rows} == {"2022-01-dalfsen"}  # type: ignore[union-attr]


def test_event_is_planned_only_where_every_claim_says_so(store: Store, project: Project) -> None:
    found, twin = read_happenings(store, project, LAST)
    for each in found:
        statuses = [
            slug_of(getattr(row["status"], "value", ""))
            for row in twin.rows
            if (row["event"].value, row["when"].value) == (each.event, each.when)  # type: ignore[union-attr]
        ]
        assert each.is_planned == (set(statuses) == {"planned"})


def test_every_dated_event_is_drawn_with_its_year(
    happenings: list[Happening], store: Store, project: Project, labels: Labels
) -> None:
    drawing = draw_timeline(store, project, labels, LAST, "nl")
    titles = re.findall(r"<g><title>(.*?)</title>", drawing.svg)
    assert len(titles) == len(happenings)
    assert all(any(labels.label(each.event, "nl") in unescape(title) for title in titles) for each in happenings)
    years = {f"{each.earliest.year}" for each in happenings}
    assert set(re.findall(r'font-size="16"[^>]*>(\d+)<', drawing.svg)) == years


def test_no_bar_leaves_the_drawing(store: Store, project: Project, labels: Labels) -> None:
    svg = draw_timeline(store, project, labels, LAST, "en").svg
    width = float(re.search(r'width="([\d.]+)"', svg)[1])  # type: ignore[index]
    bars = re.findall(r'<rect class="drawing-(?:plan|solid)" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', svg)
    assert bars
    assert all(float(x) + float(wide) < width for x, wide in bars)


def test_drawing_is_the_same_twice(store: Store, project: Project, labels: Labels) -> None:
    first, second = (draw_timeline(store, project, labels, LAST, "nl").svg for _ in range(2))
    assert first == second


def test_day_without_documents_gives_an_empty_timeline(mini_store: Store, mini: Project) -> None:
    drawing = draw_timeline(mini_store, mini, Labels({}), date(1990, 1, 1), "nl")
    assert not drawing.rows.rows
    assert "<svg" in drawing.svg
