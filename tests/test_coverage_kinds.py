"""Coverage of programmes, numbers, percentages, dates and web addresses: what covers a place, and what does not."""

from collections.abc import Callable

import pytest

from rzgraph.checks.coverage import measure_coverage
from rzgraph.facts import open_store
from rzgraph.namespaces import slug_of
from rzgraph.settings import Project

LINE = 27  # The first line that is added to the slides.

CLAIM = """
c:new-{name}
    a rz:{cls} ;
    {says} ;
    rz:lines "{lines}" ;
    rz:fragment "{fragment}" ;
    rz:basis rz:stated ;
    .
"""


def claim(says: str, cls: str = "ObservationClaim", lines: str = "27", fragment: str = "-", name: str = "a") -> str:
    return CLAIM.format(name=name, cls=cls, says=says, lines=lines, fragment=fragment)


def states(project: Project, kind: str, first: int = LINE) -> list[tuple[str, str]]:
    places = measure_coverage(open_store(project), project, "2024-04-dias").places
    return [
        (place.found.words, place.state)
        for place in places
        if slug_of(place.kind.value) == kind and place.found.first >= first
    ]


# ── Numbers and percentages ────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "says", "state"),
    [
        ("1.200 banen", "rz:value 1200", "covered"),
        ("1.200 banen", "rz:value 1.2", "covered"),
        ("1.200 banen", "rz:value 120", "open"),
        ("12 tot 15", "rz:value 12 ; rz:valueTo 15", "covered"),
        ("ruim 40", 'rz:valueText "ruim 40"', "covered"),
        ("fase 2", 'rz:nameAsWritten "fase 2"', "covered"),
        ("5 leden", 'rz:valueText "1,5"', "open"),
        ("22 leden", "rz:count 22", "covered"),
        ("krimp van 3", "rz:value -3", "covered"),
        ("negen tafels", "rz:value 9", "covered"),
        ("2e plek", 'rz:title "2e plek"', "covered"),
        ("36200-90", 'rz:title "motie 36200-90"', "covered"),
    ],
)
def test_number_is_covered_by_a_claim_that_records_it(
    changed: Callable[..., Project], text: str, says: str, state: str
) -> None:
    found = states(changed(text + "\n", claim(says)), "Number")
    assert found
    assert {place[1] for place in found} == {state}


def test_number_in_digits_is_not_covered_by_the_fragment_alone_but_one_in_words_is(
    changed: Callable[..., Project],
) -> None:
    project = changed("12 banen bij negen bedrijven\n", claim('rz:row "x"', fragment="12 banen bij negen bedrijven"))
    assert states(project, "Number") == [("12", "open"), ("negen", "covered")]


def test_number_that_stands_there_twice_wants_two_claims(changed: Callable[..., Project]) -> None:
    claims = claim("rz:value 12", name="a") + claim("rz:value 7", name="b")
    project = changed("12 en 7 en 12\n", claims)
    assert states(project, "Number") == [("12", "covered"), ("7", "covered"), ("12", "open")]


def test_number_as_typed_and_as_written_is_one(changed: Callable[..., Project]) -> None:
    project = changed("12 en 12\n", claim('rz:value 12 ; rz:valueText "12"'))
    assert states(project, "Number") == [("12", "covered"), ("12", "open")]


def test_claim_on_other_lines_covers_no_number(changed: Callable[..., Project]) -> None:
    assert states(changed("x\n12\n", claim("rz:value 12", lines="27")), "Number") == [("12", "open")]


def test_percentage_is_covered_by_its_value_and_left_out_by_its_words(changed: Callable[..., Project]) -> None:
    assert states(changed("2,1% en 3%\n", claim("rz:value 2.1")), "Percentage") == [("2,1%", "covered"), ("3%", "open")]


def test_number_left_out_with_its_lines_is_explained(changed: Callable[..., Project]) -> None:
    what = 'rz:document document:2024-04-dias ; rz:lines "27" ; rz:name "19"'
    entry = f"judgement:o\n    a rz:LeftOut ;\n    {what} ;\n    .\n"
    assert states(changed("19\n19\n", entry), "Number") == [("19", "explained"), ("19", "open")]


# ── Dates ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "says", "state"),
    [
        ("in 2030", 'rz:due "2030"^^<http://id.loc.gov/datatypes/edtf/EDTF>', "covered"),
        ("in 2030", 'rz:due "2031"', "open"),
        ("Q3", 'rz:when "2030-35"', "covered"),
        ("Q3", 'rz:when "2030-36"', "open"),
        ("2030-2034", 'rz:begin "2030"', "open"),
        ("2030-2034", 'rz:begin "2030" ; rz:end "2034"', "covered"),
        ("2030-2034", 'rz:when "2030/2034"', "covered"),
        ("Agenda 2030-2034", 'rz:nameAsWritten "Agenda 2030-2034"', "covered"),
        ("eind 2030", 'rz:when "2030-12~"', "covered"),
        ("3 mei 2030", 'rz:when "2030"', "open"),
        ("2032 aanvragen", "rz:value 2032", "covered"),
        ("in 2030", 'rz:when "ooit"', "open"),
    ],
)
def test_date_is_covered_by_a_claim_that_states_or_writes_it(
    changed: Callable[..., Project], text: str, says: str, state: str
) -> None:
    assert [found[1] for found in states(changed(text + "\n", claim(says)), "Date")] == [state]


def test_date_of_the_document_itself_is_covered(changed: Callable[..., Project]) -> None:
    # The slides are of spring 2024.
    assert states(changed("voorjaar 2024, mei 2024\n"), "Date") == [("voorjaar 2024", "covered"), ("mei 2024", "open")]


# ── Web addresses ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "says", "state"),
    [
        ("https://a.nl/x", 'rz:url "https://a.nl/x"', "covered"),
        ("https://a.nl/x", 'rz:url "https://a.nl/"', "open"),
        ("www.a.nl", 'rz:url "www.a.nl"', "covered"),
        ("A.nl", 'rz:title "a.nl"', "covered"),
        ("https://a.nl/x", 'rz:title "https://a.nl/X"', "open"),
    ],
)
def test_address_is_covered_by_a_reference_with_that_very_address(
    changed: Callable[..., Project], text: str, says: str, state: str
) -> None:
    assert states(changed(text + "\n", claim(says, "DocumentReferenceClaim")), "Url") == [(text, state)]


def test_address_is_covered_once_for_each_claim_and_by_references_only(changed: Callable[..., Project]) -> None:
    url = 'rz:url "https://a.nl"'
    claims = claim(url, "DocumentReferenceClaim") + claim(url, "EventClaim", name="b")
    project = changed("https://a.nl en https://a.nl\n", claims)
    assert [state for _, state in states(project, "Url")] == ["covered", "open"]


def test_address_is_left_out_by_its_words_and_never_with_its_line(changed: Callable[..., Project]) -> None:
    entry = "judgement:o\n    a rz:LeftOut ;\n    rz:document document:2024-04-dias ;\n    {} ;\n    .\n"
    text = "https://a.nl\nhttps://b.nl\n"
    out = changed(text, entry.format('rz:lines "27-28"') + entry.replace(":o", ":p").format('rz:name "https://b.nl"'))
    assert states(out, "Url") == [("https://a.nl", "open"), ("https://b.nl", "explained")]


# ── Programmes ─────────────────────────────────────────────────────────────


def test_programme_named_once_as_written_is_repeated_elsewhere(changed: Callable[..., Project]) -> None:
    says = 'rz:programme <https://w3id.org/rzgraph/id/programme/groene-gevels> ; rz:nameAsWritten "Groene Gevels"'
    project = changed("Groene Gevels\nGroene Gevels\n", claim(says, "ProgrammeClaim"))
    assert states(project, "Programme") == [("Groene Gevels", "covered"), ("Groene Gevels", "repeated")]


def test_programme_nobody_recorded_is_open(changed: Callable[..., Project]) -> None:
    assert states(changed("Groene Gevels\n"), "Programme") == [("Groene Gevels", "open")]


def test_abbreviation_of_a_programme_is_found_as_it_is_written(changed: Callable[..., Project]) -> None:
    assert states(changed("de RA en de ra\n"), "Programme") == [("RA", "open")]
