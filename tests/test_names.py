"""Forgiving names: what is found, what is certain enough, and what is said when it is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from rzgraph.answers.names import find_entities, fold_name, resolve_entity
from rzgraph.errors import NotFoundError, UsageError
from rzgraph.facts import open_store
from rzgraph.namespaces import kind_of, slug_of
from rzgraph.settings import Project


def found(store: Store, text: str, kinds: list[str] | None = None) -> list[str]:
    return [f"{match.kind}/{slug_of(match.iri)}" for match in find_entities(store, text, kinds)]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("R. Ménard", "r menard"),
        ("K. Visser-de Boer", "k visser de boer"),
        ("  Raads- en Statenklankbordgroep ", "raads en statenklankbordgroep"),
        ("IJSSELMEER", "ijsselmeer"),
        ("…", ""),
    ],
)
def test_name_is_folded_to_words(text: str, folded: str) -> None:
    assert fold_name(text) == folded


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("SGV", "body/stuurgroep-voorbeeld"),
        ("sgv", "body/stuurgroep-voorbeeld"),
        ("db", "body/dagelijks-bestuur"),
        ("menard", "person/r-menard"),
        ("Mènard", "person/r-menard"),
        ("karin visser", "person/k-visser"),
        ("Visser-de Boer", "person/k-visser"),
        ("bakekr", "person/b-bakker"),
        ("heidevene", "party/gemeente-heideveen"),
        ("Voorland", "party/provincie-voorland"),
        ("stuur groep", "body/stuurgroep-voorbeeld"),
        ("tafel won", "body/tafel-wonen"),
        ("steering group", "body/stuurgroep-voorbeeld"),
        ("gemeente lindelo", "party/gemeente-lindelo"),
        ("halfjaarbericht", "document/2022-10-halfjaarbericht"),
        ("1500 woningen", "commitment/1500-woningen"),
        ("gevelbon", "indicator/aanvragen-gevelbon"),
        ("werkbezoek", "event/bezoek-veenrand-2021-02"),
        ("housing monitor", "reference/woonmonitor-2023"),
        ("nederland", "area/nederland"),
        ("RA", "programme/regioagenda-2020-2024"),
    ],
)
def test_the_thing_that_is_meant_comes_first(mini_store: Store, text: str, first: str) -> None:
    assert found(mini_store, text)[0] == first


def test_exact_name_comes_before_part_of_a_name_before_a_slip(mini_store: Store) -> None:
    matches = find_entities(mini_store, "Lindelo", ["party"])
    assert [slug_of(match.iri) for match in matches] == ["gemeente-lindelo", "hogeschool-lindelo", "raad-lindelo"]
    assert [match.score[0] for match in matches] == [0, 1, 1]
    slips = find_entities(mini_store, "Lindeloo", ["party"])
    assert slips
    assert not any(match.is_certain for match in slips)


@pytest.mark.parametrize("text", ["", "...", "xyzzy", "qq"])
def test_nothing_is_found_where_nothing_resembles(mini_store: Store, text: str) -> None:
    assert find_entities(mini_store, text) == []


def test_short_words_allow_no_slips(mini_store: Store) -> None:
    assert found(mini_store, "AB", ["body"]) == ["body/algemeen-bestuur"]
    assert "body/algemeen-bestuur" not in found(mini_store, "AC", ["body"])


def test_kinds_narrow_and_limit_shortens(mini_store: Store) -> None:
    assert {kind_of(match.iri) for match in find_entities(mini_store, "wonen", ["theme", "body"])} <= {"theme", "body"}
    everything = find_entities(mini_store, "lindelo", limit=None)
    assert find_entities(mini_store, "lindelo", limit=1) == everything[:1]
    assert len(everything) > 2


@pytest.mark.parametrize(
    ("text", "kinds", "thing"),
    [
        ("https://w3id.org/rzgraph/id/body/tafel-wonen", None, "body/tafel-wonen"),
        ("tafel-wonen", None, "body/tafel-wonen"),
        ("body/tafel-wonen", ["body"], "body/tafel-wonen"),
        ("De Vries", None, "person/c-de-vries"),
        ("heideveen", ["party"], "party/gemeente-heideveen"),
        ("WAW", ["body"], "body/werkatelier-wonen"),
        ("voorlandse gemeenten", ["party"], "party/voorlandse-gemeenten"),
    ],
)
def test_iri_slug_or_name_is_resolved(mini_store: Store, text: str, kinds: list[str] | None, thing: str) -> None:
    assert resolve_entity(mini_store, text, kinds).value == f"https://w3id.org/rzgraph/id/{thing}"


def test_ambiguous_name_lists_the_candidates(mini_store: Store) -> None:
    with pytest.raises(UsageError) as error:
        resolve_entity(mini_store, "tafel", ["body"])
    assert "body/tafel-energie (Tafel Energie); body/tafel-wonen (Tafel Wonen)" in str(error.value)
    assert "\n" not in str(error.value)


def test_slip_of_the_finger_is_offered_and_not_answered(mini_store: Store) -> None:
    with pytest.raises(NotFoundError, match=r"body/stuurgroep-voorbeeld \(Voorbeeld steering group\)"):
        resolve_entity(mini_store, "stuurgroepp", ["body"], "en")


def test_unknown_name_says_so_in_the_language(mini_store: Store) -> None:
    with pytest.raises(NotFoundError, match="'xyzzy' komt niet voor"):
        resolve_entity(mini_store, "xyzzy")
    with pytest.raises(NotFoundError, match="'xyzzy' is not in the graph"):
        resolve_entity(mini_store, "xyzzy", lang="en")


def test_name_of_another_kind_is_not_resolved(mini_store: Store) -> None:
    with pytest.raises(NotFoundError):
        resolve_entity(mini_store, "https://w3id.org/rzgraph/id/body/tafel-wonen", ["person"])


def test_finding_does_not_depend_on_the_store_it_looks_in(mini: Project, mini_store: Store) -> None:
    again = open_store(mini)
    for text in ("a", "wonen", "lindelo", "de"):
        assert find_entities(mini_store, text, limit=None) == find_entities(again, text, limit=None)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_any_text_can_be_looked_up(mini_store: Store, text: str) -> None:
    matches = find_entities(mini_store, text)
    assert matches == sorted(matches, key=lambda match: match.score)
    assert len(matches) <= 10


@pytest.mark.parametrize(
    ("text", "kinds", "thing"),
    [
        ("dalfsen", ["party"], "party/gemeente-dalfsen"),
        ("Overijssel", ["party"], "party/provincie-overijssel"),
        ("regiegroep", ["body"], "body/regiegroep"),
        ("van Lente", ["person"], "person/e-van-lente"),
        ("Mussche", ["person"], "person/a-mussche"),
    ],
)
def test_names_of_the_real_region_are_resolved(store: Store, text: str, kinds: list[str], thing: str) -> None:
    assert resolve_entity(store, text, kinds).value == f"https://w3id.org/rzgraph/id/{thing}"


def test_promise_figure_or_event_named_after_a_programme_does_not_stand_in_its_way(mini_store: Store) -> None:
    assert len(find_entities(mini_store, "koele daken")) > 1
    assert resolve_entity(mini_store, "Koele Daken").value.endswith("/programme/koele-daken")
    assert resolve_entity(mini_store, "koele-daken", ["indicator"]).value.endswith("/indicator/koele-daken")
    assert resolve_entity(mini_store, "indicator/koele-daken").value.endswith("/indicator/koele-daken")


def test_a_flow_named_after_a_party_does_not_stand_in_its_way(mini_store: Store) -> None:
    assert resolve_entity(mini_store, "lindelo").value.endswith("/party/gemeente-lindelo")
    assert resolve_entity(mini_store, "inkomsten-2020").value.endswith("/flow/inkomsten-2020")
    assert resolve_entity(mini_store, "Veenrand").value.endswith("/programme/veenrand")
