"""The data: nothing lost, nothing without evidence, tidy names, and every cell of the table of Dalfsen."""

import csv
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from rzgraph.namespaces import NS, kind_of, slug_of, term
from rzgraph.settings import Project
from rzgraph.sources import fragment_in_lines, read_lines, read_source

TESTS = Path(__file__).parent
RDF_TYPE, PREF_LABEL, ALT_LABEL = term("rdf:type"), term("skos:prefLabel"), term("skos:altLabel")
DOCUMENTS = ["2022-01-dalfsen", "2023-09-halfjaar", "2023-12-stapt-door", "2024-04-westerveld", "2025-07-voortgang"]


def rz(name: str) -> ox.NamedNode:
    return ox.NamedNode(NS + name)


def count_class(store: ox.Store, name: str) -> int:
    return len({q.subject for q in store.quads_for_pattern(None, RDF_TYPE, rz(name))})


def list_values(store: ox.Store, subject: ox.NamedNode, predicate: ox.NamedNode) -> list[str]:
    return sorted(q.object.value for q in store.quads_for_pattern(subject, predicate, None))


# ── Counts ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("kind", "count"), [("municipality", 22), ("province", 4)])
def test_register_holds_all_of_a_kind(store: ox.Store, project: Project, kind: str, count: int) -> None:
    node = ox.NamedNode(f"{project.base}id/kind/{kind}")
    parties = {
        q.subject
        for q in store.quads_for_pattern(None, rz("kind"), node)
        if list(store.quads_for_pattern(q.subject, RDF_TYPE, rz("Party")))
    }
    assert len(parties) == count


def test_every_municipality_has_its_codes_and_lies_in_a_province(store: ox.Store, project: Project) -> None:
    municipality = ox.NamedNode(f"{project.base}id/kind/municipality")
    provinces = Counter()
    for quad in store.quads_for_pattern(None, rz("kind"), municipality):
        if not quad.subject.value.startswith(f"{project.base}id/party/"):
            continue
        (code,) = list_values(store, quad.subject, rz("cbsCode"))
        assert re.fullmatch(r"GM\d{4}", code)
        exact = list_values(store, quad.subject, term("skos:exactMatch"))
        assert exact == [f"https://identifier.overheid.nl/tooi/id/gemeente/{code.lower()}"]
        (item,) = list_values(store, quad.subject, term("skos:closeMatch"))
        assert re.fullmatch(r"http://www\.wikidata\.org/entity/Q\d+", item)
        (province,) = list_values(store, quad.subject, rz("province"))
        provinces[slug_of(province)] += 1
    assert sorted(provinces) == [
        "provincie-drenthe",
        "provincie-flevoland",
        "provincie-gelderland",
        "provincie-overijssel",
    ]


def test_catalogue_holds_the_five_documents(store: ox.Store, project: Project) -> None:
    found = {q.subject.value for q in store.quads_for_pattern(None, RDF_TYPE, rz("SourceDocument"))}
    assert found == {f"{project.base}id/document/{slug}" for slug in DOCUMENTS}


with (TESTS / "counts.csv").open(encoding="utf-8", newline="") as _file:
    MINIMA = [(row["class"], row["document"], int(row["minimum"])) for row in csv.DictReader(_file)]


@pytest.mark.parametrize(("name", "document", "minimum"), MINIMA, ids=lambda value: str(value))
def test_no_claims_were_lost(store: ox.Store, project: Project, name: str, document: str, minimum: int) -> None:
    """Counts may grow; a lower one means that something was dropped."""
    if not document:
        assert count_class(store, name) >= minimum
        return
    graph = ox.NamedNode(f"{project.base}graph/data/claims/{document}")
    assert len(list(store.quads_for_pattern(None, RDF_TYPE, rz(name), graph))) >= minimum


def test_minima_are_kept_close_to_the_data(store: ox.Store) -> None:
    """A minimum far below the data guards nothing: raise it in counts.csv when the data has grown."""
    counts = {name: (minimum, count_class(store, name)) for name, document, minimum in MINIMA if not document}
    assert len(counts) >= 25
    assert {name: pair for name, pair in counts.items() if pair[0] * 2 < pair[1]} == {}


# ── Evidence ───────────────────────────────────────────────────────────────


def list_claims(store: ox.Store) -> list[tuple[ox.NamedNode, str, str, str]]:
    """Claim, lines, fragment and document of every claim."""
    claims = []
    for quad in store.quads_for_pattern(None, rz("fragment"), None):
        (lines,) = list_values(store, quad.subject, rz("lines"))
        (document,) = list_values(store, quad.subject, term("prov:wasQuotedFrom"))
        claims.append((quad.subject, lines, quad.object.value, document))
    return claims


def test_every_fragment_stands_in_its_lines(store: ox.Store, texts: Path) -> None:
    read = {}
    for quad in store.quads_for_pattern(None, rz("fileName"), None):
        read[quad.subject.value] = read_source(texts / quad.object.value)
        assert [read[quad.subject.value].sha256] == list_values(store, quad.subject, rz("sha256"))
    claims = list_claims(store)
    missing = []
    for claim, lines, fragment, document in claims:
        first, last = read_lines(lines) or (0, 0)
        if not fragment_in_lines(read[document].lines, first, last, fragment):
            missing.append(f"{slug_of(claim.value)} ({lines}): {fragment}")
    assert len(claims) > 400
    assert missing == []


def test_every_claim_is_named_after_its_document(store: ox.Store) -> None:
    strays = [
        claim.value
        for claim, _, _, document in list_claims(store)
        if not slug_of(claim.value).startswith(f"{slug_of(document)}.")
    ]
    assert strays == []


def test_no_fragment_is_longer_than_twelve_words(store: ox.Store) -> None:
    assert [fragment for _, _, fragment, _ in list_claims(store) if len(fragment.split()) > 12] == []


def test_derived_claims_give_their_reasoning_in_both_languages(store: ox.Store) -> None:
    claims = {q.subject for q in store.quads_for_pattern(None, rz("fragment"), None)}
    derived = [q.subject for q in store.quads_for_pattern(None, rz("basis"), rz("derived")) if q.subject in claims]
    silent = [
        claim.value
        for claim in derived
        if sorted(q.object.language for q in store.quads_for_pattern(claim, rz("reasoning"), None)) != ["en", "nl"]
    ]
    assert len(derived) > 50
    assert silent == []


# ── Names ──────────────────────────────────────────────────────────────────

NAMES = [
    *("skos:prefLabel", "skos:altLabel", "skos:definition", "dcterms:title", "rdfs:label"),
    *("rz:nameAsWritten", "rz:abbreviation", "rz:fragment", "rz:note", "rz:reasoning", "rz:rule", "rz:frequency"),
    *("rz:portfolio", "rz:message", "rz:explanation", "rz:reason", "rz:name", "rz:fileName", "rz:cbsCode"),
]


def is_tidy(text: str) -> bool:
    """Whether a text is free of stray blanks, odd characters and unsettled accents."""
    odd = [sign for sign in text if unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cn") or sign == "\ufffd"]
    return bool(text) and text == " ".join(text.split()) and text == unicodedata.normalize("NFC", text) and not odd


@pytest.mark.parametrize("prefixed", NAMES)
def test_texts_are_tidy(store: ox.Store, prefixed: str) -> None:
    quads = list(store.quads_for_pattern(None, term(prefixed), None))
    assert quads
    assert [f"{q.subject.value}: {q.object.value!r}" for q in quads if not is_tidy(q.object.value)] == []


@pytest.mark.parametrize("text", ["a  b", " a", "a ", "a\nb", "a\u00adb", "e\u0301", "", "a\ufffdb", "a\u00a0b"])
def test_untidy_texts_are_seen(text: str) -> None:
    assert not is_tidy(text)


def test_everything_has_one_name_per_language(store: ox.Store, project: Project) -> None:
    faults = []
    for quad in store.quads_for_pattern(None, RDF_TYPE, None):
        if quad.subject.value.startswith(f"{project.base}id/") and kind_of(quad.subject.value) in REGISTER:
            labels = [q.object for q in store.quads_for_pattern(quad.subject, PREF_LABEL, None)]
            if sorted(label.language or "" for label in labels) != ["en", "nl"]:
                faults.append((quad.subject.value, [str(label) for label in labels]))
    assert faults == []


REGISTER = ("network", "party", "body", "person", "office", "change")


def test_two_things_of_a_kind_never_share_a_name(store: ox.Store) -> None:
    """Unless a curator has judged that they differ; columns of different tables often have the same heading."""
    apart = [
        {q.object.value for q in store.quads_for_pattern(judgement.subject, rz("entity"), None)}
        for judgement in store.quads_for_pattern(None, RDF_TYPE, rz("DifferentThingsJudgement"))
    ]
    things: dict[tuple[str, str, str], set[str]] = {}
    for quad in store.quads_for_pattern(None, PREF_LABEL, None):
        name = (kind_of(quad.subject.value), quad.object.language or "", quad.object.value.casefold())
        things.setdefault(name, set()).add(quad.subject.value)
    assert len(things) > 300
    shared = {
        name: found
        for name, found in things.items()
        if len(found) > 1 and name[0] != "column" and not any(found <= pair for pair in apart)
    }
    assert shared == {}


def test_other_names_differ_from_the_name(store: ox.Store) -> None:
    same = [
        quad.subject.value
        for quad in store.quads_for_pattern(None, ALT_LABEL, None)
        if list(store.quads_for_pattern(quad.subject, PREF_LABEL, quad.object))
    ]
    assert same == []


# ── Identifiers ────────────────────────────────────────────────────────────


def test_slugs_are_plain(store: ox.Store, project: Project) -> None:
    iris = {
        node.value
        for quad in store
        for node in (quad.subject, quad.object)
        if isinstance(node, ox.NamedNode) and node.value.startswith(f"{project.base}id/")
    }
    assert len(iris) > 1000
    # A period of standing, or of a state, is a part of its fact, named after a hash.
    slug = r"[a-z0-9]+([.-][a-z0-9]+)*"
    parts = re.compile(rf"{re.escape(project.base)}id/[a-z-]+/{slug}(#standing-[a-z-]+|#state-[0-9-]+)?")
    assert sorted(iri for iri in iris if not parts.fullmatch(iri)) == []


def list_subjects(path: Path) -> list[str]:
    """The IRIs of the subjects of a Turtle file, one per block."""
    text = path.read_text(encoding="utf-8")
    prefixes = dict(re.findall(r"^@prefix ([\w-]*): <([^>]+)> \.$", text, re.M))
    return [prefixes[prefix] + name for prefix, name in re.findall(r"^([\w-]+):(\S+)$", text, re.M)]


def test_every_thing_is_described_once(project: Project) -> None:
    files = sorted(project.data.rglob("*.ttl"))
    subjects = Counter(iri for path in files for iri in list_subjects(path))
    assert len(files) >= 12
    assert len(subjects) > 800
    assert {iri: count for iri, count in subjects.items() if count > 1} == {}


def test_nothing_refers_to_a_thing_that_is_not_there(store: ox.Store, project: Project) -> None:
    described = {q.subject.value for q in store.quads_for_pattern(None, RDF_TYPE, None)}
    dangling = {
        (quad.subject.value, quad.object.value)
        for quad in store
        if isinstance(quad.object, ox.NamedNode)
        and quad.object.value.startswith((f"{project.base}id/", NS))
        and quad.object.value not in described
    }
    assert sorted(dangling) == []


def test_things_of_the_register_are_named_by_a_claim(store: ox.Store, project: Project) -> None:
    """What no claim names has no evidence; water boards, whose number alone is stated, say so in a note."""
    named = {
        quad.object.value
        for claim in store.quads_for_pattern(None, rz("fragment"), None)
        for quad in store.quads_for_pattern(claim.subject, None, None)
        if isinstance(quad.object, ox.NamedNode)
    }
    unnamed = [
        quad.subject.value
        for name in ("Body", "Person", "Office")
        for quad in store.quads_for_pattern(None, RDF_TYPE, rz(name))
        if quad.subject.value not in named
    ]
    assert unnamed == []


# ── The table "Bestuurlijke betrokkenheid gemeente Dalfsen en buurgemeenten" ─

COLUMNS = ["zwolle", "dalfsen", "ommen", "hardenberg", "raalte", "staphorst"]
ABSENT = "-"
# Per cell who is named, the chair marked with vz, a name in brackets in brackets, an explicit absence as a dash.
TABLE = {
    "regiegroep": ["vz p-snijders r-de-heer", "e-van-lente", "-", "-", "m-dadema d-melenhorst", "-"],
    "tafel-economie": ["r-de-heer", "a-schuurman", "b-jaspers-faijer", "a-te-rietstap", "d-melenhorst", "l-mulder"],
    "tafel-bereikbaarheid": ["w-dogger", "-", "-", "a-te-rietstap", "vz m-dadema", "-"],
    "tafel-leefomgeving": ["e-anker", "e-van-lente (a-schuurman)", "-", "-", "w-wagenmans", "-"],
    "tafel-energie": ["-", "- vz e-van-lente", "-", "-", "-", "a-mussche"],
    "menselijk-kapitaal-arbeidsmarkt": [
        *("r-de-heer", "r-van-leeuwen", "l-bongers", "m-looman", "j-van-loevezijn", "a-mussche"),
    ],
    "menselijk-kapitaal-hca": ["r-de-heer", "-", "-", "-", "-", "-"],
}
CELLS = [(row, column, cell) for row, cells in TABLE.items() for column, cell in zip(COLUMNS, cells, strict=True)]
# Seats held on other grounds than the municipality's own: (row, person) to capacity.
CAPACITIES = {
    ("regiegroep", "e-van-lente"): "tafel-energie",
    ("regiegroep", "m-dadema"): "tafel-bereikbaarheid",
    ("regiegroep", "d-melenhorst"): "overijsselse-gemeenten",
    ("tafel-bereikbaarheid", "m-dadema"): "corridor-salland",
    ("tafel-energie", "a-mussche"): "res-west-overijssel",
}


def find_cell(store: ox.Store, project: Project, row: str, column: str) -> list[ox.NamedNode]:
    """The seat claims read from the lines of the table for a body and a municipality."""
    graph = ox.NamedNode(f"{project.base}graph/data/claims/2022-01-dalfsen")
    party = ox.NamedNode(f"{project.base}id/party/gemeente-{column}")
    body = ox.NamedNode(f"{project.base}id/body/{row}")
    found = []
    for quad in store.quads_for_pattern(None, rz("organisation"), party, graph):
        (lines,) = list_values(store, quad.subject, rz("lines"))
        first, last = read_lines(lines) or (0, 0)
        if 1055 <= first <= last <= 1126 and list(store.quads_for_pattern(quad.subject, rz("body"), body, graph)):
            found.append(quad.subject)
    return found


def describe_claim(store: ox.Store, claim: ox.NamedNode) -> str:
    """What a seat claim says, in the notation of the table."""
    if list_values(store, claim, rz("held")) == ["false"]:
        assert list_values(store, claim, rz("person")) == []
        return ABSENT
    (person,) = [slug_of(iri) for iri in list_values(store, claim, rz("person"))]
    (role,) = [slug_of(iri) for iri in list_values(store, claim, rz("role"))]
    return {"chair": f"vz {person}", "named-in-brackets": f"({person})"}.get(role, person)


def test_table_has_42_cells() -> None:
    assert len(CELLS) == 42


@pytest.mark.parametrize(("row", "column", "cell"), CELLS)
def test_cell_of_the_table_says_who_sits_there(
    store: ox.Store, project: Project, row: str, column: str, cell: str
) -> None:
    claims = find_cell(store, project, row, column)
    assert sorted(describe_claim(store, claim) for claim in claims) == sorted(re.findall(r"vz \S+|\S+", cell))


@pytest.mark.parametrize(("row", "column", "cell"), CELLS)
def test_seat_is_held_in_the_capacity_the_table_gives(
    store: ox.Store, project: Project, row: str, column: str, cell: str
) -> None:
    for claim in find_cell(store, project, row, column):
        capacity = [slug_of(iri) for iri in list_values(store, claim, rz("capacity"))]
        person = [slug_of(iri) for iri in list_values(store, claim, rz("person"))]
        expected = CAPACITIES.get((row, person[0])) if person else None
        assert capacity == ([expected] if expected else [])


def test_mayor_of_dalfsen_does_not_speak_for_dalfsen_in_the_steering_group(store: ox.Store, project: Project) -> None:
    (claim,) = find_cell(store, project, "regiegroep", "dalfsen")
    assert list_values(store, claim, rz("onBehalfOf")) == []
