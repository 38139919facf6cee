"""Tile maps: what the documents give per municipality, and the drawing of it."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from rzgraph.diagrams.mapdata import Atlas, Tile, build_atlas, list_mapped, read_tiles
from rzgraph.diagrams.tiles import CLASSES, draw_tiles, find_bounds
from rzgraph.errors import NotFoundError
from rzgraph.labels import Labels
from rzgraph.settings import Project

ID = "https://w3id.org/rzgraph/id/"
SHARE = ID + "indicator/aanvragen-inwoners-percentage-beroepsbevolking"
LAST = date(2025, 12, 31)


@pytest.fixture(scope="module")
def tiles(store: Store, project: Project, labels: Labels) -> tuple[Tile, ...]:
    return read_tiles(store, project, labels, "nl")


@pytest.fixture(scope="module")
def atlas(store: Store, project: Project, tiles: tuple[Tile, ...]) -> Atlas:
    return build_atlas(store, project, SHARE, LAST, tiles)


def test_each_of_the_22_municipalities_has_a_tile_of_its_own(tiles: tuple[Tile, ...]) -> None:
    assert len(tiles) == 22
    assert len({(tile.row, tile.column) for tile in tiles}) == 22


def test_tile_bears_the_name_without_the_kind_of_party(tiles: tuple[Tile, ...]) -> None:
    assert {"Dalfsen", "De Wolden", "Olst-Wijhe"} <= {tile.name for tile in tiles}


def test_share_of_the_labour_force_has_a_map_for_each_report(atlas: Atlas) -> None:
    assert [sheet.document.rpartition("/")[2] for sheet in atlas.sheets] == ["2023-09-halfjaar", "2025-07-voortgang"]
    dalfsen = [sheet.on(ID + "party/gemeente-dalfsen") for sheet in atlas.sheets]
    assert [[figure.value for figure in found] for found in dalfsen] == [[Decimal("2.1")], [Decimal("3.5")]]


def test_number_divided_by_percentage_is_one_labour_force_in_both_reports(
    store: Store, project: Project, tiles: tuple[Tile, ...], atlas: Atlas
) -> None:
    """The check by which the scrambled maps were read: rounding leaves each area one labour force for both years."""
    number = build_atlas(store, project, ID + "indicator/aanvragen-inwoners-ontwikkelfonds", LAST, tiles)
    counted = 0
    for tile in tiles:
        ranges = []
        for shares, counts in zip(atlas.sheets, number.sheets, strict=True):
            for share, count in zip(shares.on(tile.area), counts.on(tile.area), strict=True):
                low, high = (count.value * 100 / (share.value + off) for off in (Decimal("0.05"), Decimal("-0.05")))
                ranges.append((low, high))
        if ranges:
            counted += 1
            assert max(low for low, _ in ranges) <= min(high for _, high in ranges), tile.name
    assert counted == 21


def test_document_after_the_day_is_not_read(store: Store, project: Project, tiles: tuple[Tile, ...]) -> None:
    assert len(build_atlas(store, project, SHARE, date(2024, 1, 1), tiles).sheets) == 1


def test_indicators_with_a_map_are_found(store: Store, project: Project) -> None:
    mapped = {iri.rpartition("/")[2] for iri in list_mapped(store, project, LAST)}
    assert mapped == {
        "aanvragen-inwoners-ontwikkelfonds",
        "aanvragen-inwoners-percentage-beroepsbevolking",
        "aanvragen-werkgevers-ontwikkelfonds",
    }


def test_every_figure_is_drawn_as_written(atlas: Atlas, store: Store, project: Project, labels: Labels) -> None:
    svg = draw_tiles(store, project, labels, SHARE, LAST, "nl").svg
    drawn = re.findall(r'text-anchor="end" font-size="15"[^>]*>([^<]+)<', svg)
    written = [figure.text for sheet in atlas.sheets for figure in sheet.figures]
    assert sorted(text for text in drawn if text != "–") == sorted(written)
    assert len(drawn) == 44


def test_indicator_of_one_place_is_refused(store: Store, project: Project, labels: Labels) -> None:
    with pytest.raises(NotFoundError, match="gemeenten"):
        draw_tiles(store, project, labels, ID + "indicator/groei-overnachtingen", LAST, "nl")


def test_drawing_is_the_same_twice(store: Store, project: Project, labels: Labels) -> None:
    first, second = (draw_tiles(store, project, labels, SHARE, LAST, "en").svg for _ in range(2))
    assert first == second


@given(st.lists(st.decimals(0, 10_000, places=1), min_size=1, max_size=60))
def test_bounds_rise_and_leave_no_class_above_the_highest(values: list[Decimal]) -> None:
    bounds = find_bounds(values)
    assert list(bounds) == sorted(set(bounds))
    assert len(bounds) < len(CLASSES)
    assert all(bound < max(values) for bound in bounds)


def test_equal_figures_are_one_class() -> None:
    assert find_bounds([Decimal(5)] * 9) == ()
