"""A document nobody has read yet: candidates are proposed, read by nothing, and hold once a curator moves them."""

import hashlib
import io
import re
import shutil
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from rzgraph.cache import content_key
from rzgraph.candidates.draft import draft_candidates
from rzgraph.candidates.known import Known, load_known
from rzgraph.candidates.new import MOST_BYTES, run_new
from rzgraph.checks.coverage import measure_coverage
from rzgraph.checks.validate import check_project
from rzgraph.errors import InputError, UsageError
from rzgraph.export.folder import write_export
from rzgraph.facts import open_store
from rzgraph.graph import list_turtle_files
from rzgraph.namespaces import slug_of
from rzgraph.settings import Project, load_project
from rzgraph.site.build import run_build
from rzgraph.sources import SourceText

TEXT = """Halfjaarbericht Regio Voorbeeld
Oktober 2026

Wie doet mee
Gemeente Lindelo en de Stuurgroep werken aan Groene Gevels. Burgemeester
C. de Vries opent het Klimaatpunt Lage Beek (KLB) op 3 maart 2026.
C. de Vries is blij, gemeente Lindelo ook.

Cijfers
In 2025 vroegen 1.250 inwoners een gevelbon aan, dat is 4,5% meer dan in
2024. Het kost € 12.500 en nog eens € 2 miljoen.

Lees meer
https://www.lindelo.example/nieuws/gevels-2026?utm_source=brief
https://www.lindelo.example/nieuws/gevels-2026?utm_source=brief
Het Bestuurlijk Overleg Warmte (BOW) praat verder met de Stichting Nieuw Dak.
"""
SLUG = "2026-10-halfjaarbericht"


@pytest.fixture
def region(mini: Project, tmp_path: Path) -> Project:
    """A copy of the invented region that may be changed."""
    data = Path(shutil.copytree(mini.data, tmp_path / "data"))
    return load_project(data, data / "sources")


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "bericht.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def propose(project: Project, path: Path, slug: str | None = SLUG, to: Path | None = None, force: bool = False):
    stream, notes = io.StringIO(), io.StringIO()
    code = run_new(project, path, slug, to, force, "en", "csv", stream, notes)
    assert code == 0
    return stream.getvalue(), notes.getvalue()


def read_candidates(project: Project, slug: str = SLUG) -> tuple[str, str]:
    folder = project.candidates
    return tuple((folder / f"{slug}{end}.ttl").read_text(encoding="utf-8") for end in ("", ".register"))


def blocks(turtle: str) -> dict[str, str]:
    """The blocks of a file by subject."""
    parts = re.split(r"\n\n", turtle.strip())
    return {part.split("\n")[0]: part for part in parts if re.match(r"[a-z]+:\S+$", part.split("\n")[0])}


# ── What is proposed ───────────────────────────────────────────────────────


def test_candidates_of_every_kind_are_proposed_and_counted(region: Project, text: Path) -> None:
    rows, notes = propose(region, text)
    assert dict(re.findall(r"^(\w+),[^,]+,(\d+,\d+)", rows, re.M)) == {
        "AbbreviationClaim": "2,2",
        "AmountClaim": "2,0",
        "DocumentReferenceClaim": "2,2",
        "EventClaim": "2,0",
        "Body": "1,0",
        "ExistenceClaim": "8,8",
        "ObservationClaim": "2,0",
        "Party": "2,0",
        "ProgrammeClaim": "1,1",
        "Reference": "1,1",
        "SourceDocument": "1,0",
    }
    assert [line[:2] for line in notes.splitlines()[1:]] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert f"claims/{SLUG}.ttl" in notes


def test_claims_stand_in_the_house_style(region: Project, text: Path) -> None:
    propose(region, text)
    ledger, _ = read_candidates(region)
    assert (
        """c:ref-lindelo-example-nieuws-gevels-2026-regel-14
    a rz:DocumentReferenceClaim ;
    rz:reference reference:lindelo-example-nieuws-gevels-2026 ;
    rz:kind kind:news-item ;
    rz:url "https://www.lindelo.example/nieuws/gevels-2026?utm_source=brief" ;
    rz:urlMark mark:tracking ;
    rz:lines "14" ;
    rz:fragment "https://www.lindelo.example/nieuws/gevels-2026?utm_source=brief" ;
    rz:basis rz:stated ;
    ."""
        in ledger
    )
    assert "rz:urlMark mark:repeated,\n        mark:tracking ;" in ledger
    lines = [int(line) for line in re.findall(r'rz:lines "(\d+)', ledger)]
    assert lines == sorted(lines)
    assert re.search(r"^# ── Halfjaarbericht Regio Voorbeeld \(lines 1-\d+\) ─+$", ledger, re.M)


def test_amount_carries_no_flow_and_says_what_is_to_be_chosen(region: Project, text: Path) -> None:
    propose(region, text)
    amount = blocks(read_candidates(region)[0])["c:amount-euro-12-500"]
    assert "rz:flow flow:choose ;" in amount
    assert 'rz:phase phase:unstated ;\n    rz:amount 12500 ;\n    rz:amountText "€ 12.500" ;' in amount
    assert re.search(r'rz:note "Kandidaat: .*"@nl,\n +"Candidate: .*"@en ;', amount)
    assert "rz:payer party" not in amount


def test_person_is_proposed_at_every_place_and_a_party_once(region: Project, text: Path) -> None:
    propose(region, text)
    ledger, _ = read_candidates(region)
    assert len(re.findall("rz:entity person:c-de-vries ;", ledger)) == 2
    assert len(re.findall("rz:entity party:gemeente-lindelo ;", ledger)) == 1


def test_unknown_name_is_an_entry_to_choose_and_a_document_behind_a_link_is_whole(region: Project, text: Path) -> None:
    propose(region, text)
    _, needs = read_candidates(region)
    entries = blocks(needs)
    assert "rz:kind kind:choose ;" in entries["party:stichting-nieuw-dak"]
    assert "choose" not in entries["reference:lindelo-example-nieuws-gevels-2026"]
    assert needs.index("data/documents.ttl") < needs.index("data/register/parties.ttl")
    sha = hashlib.sha256(text.read_bytes()).hexdigest()
    assert f'rz:sha256 "{sha}" ;' in entries[f"document:{SLUG}"]
    assert 'rz:fileName "bericht.txt" ;' in entries[f"document:{SLUG}"]


HINTS = """Kop

Aantal inwoners: 6.200 in Waterhorst
Er komen 1.500 woningen erbij, zegt de Woonmonitor 2023, op de Lage Beekdag 2024
met mevrouw K.Visser-
de Boer
"""


def test_known_promises_happenings_and_indicators_are_hints(region: Project, tmp_path: Path) -> None:
    path = tmp_path / "hints.txt"
    path.write_text(HINTS, encoding="utf-8")
    propose(region, path)
    claims = blocks(read_candidates(region)[0])
    assert "rz:indicator indicator:inwoners ;\n    rz:area network:choose" in claims["c:obs-6-200"]
    promise = claims["c:commits-1500-woningen"]
    assert "rz:commitment commitment:1500-woningen ;\n    rz:kind kind:choose ;" in promise
    assert "rz:event event:lage-beekdag-2024 ;\n    rz:kind kind:choose ;" in claims["c:event-lage-beekdag-2024"]
    assert 'rz:title "Woonmonitor 2023" ;' in claims["c:ref-woonmonitor-2023"]
    assert "choose" not in claims["c:ref-woonmonitor-2023"]


def test_name_over_a_line_break_is_spelled_as_the_register_does(region: Project, tmp_path: Path) -> None:
    path = tmp_path / "hints.txt"
    path.write_text(HINTS, encoding="utf-8")
    propose(region, path)
    (person,) = [block for block in blocks(read_candidates(region)[0]).values() if "rz:entity person:" in block]
    assert 'rz:nameAsWritten "K. Visser-de Boer" ;' in person
    assert 'rz:lines "5-6" ;\n    rz:fragment "met mevrouw K.Visser- de Boer" ;' in person


def test_name_of_several_things_is_left_to_choose(region: Project, text: Path) -> None:
    other = 'programme:gevels-twee\n    a rz:Programme ;\n    skos:prefLabel "Groene Gevels"@nl, "Green"@en ;\n    .'
    add(region.data / "register" / "programmes.ttl", other)
    propose(region, text)
    (claim,) = [block for block in blocks(read_candidates(region)[0]).values() if '"Groene Gevels"' in block]
    assert "rz:programme programme:choose ;" in claim
    assert "(programme:gevels-twee, programme:groene-gevels)" in claim


def test_same_text_gives_the_same_bytes(region: Project, text: Path) -> None:
    first = propose(region, text), read_candidates(region)
    assert (propose(region, text), read_candidates(region)) == first


# ── Nothing reads candidates ───────────────────────────────────────────────


def test_candidates_change_neither_the_graph_nor_what_is_made_from_it(
    region: Project, text: Path, tmp_path: Path
) -> None:
    def observe(name: str) -> tuple[object, ...]:
        folder = tmp_path / name
        write_export(region, open_store(region), folder / "export")
        run_build(region, folder / "site", True, io.StringIO(), "nl")
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        made = [(path.relative_to(folder), path.read_bytes()) for path in files]
        assert len(made) > 100
        return content_key(region), list_turtle_files(region), made, check_project(region)

    before = observe("before")
    propose(region, text)
    assert any(region.candidates.iterdir())
    assert observe("after") == before


# ── Accepting ──────────────────────────────────────────────────────────────


COMPLETE = {"ExistenceClaim", "ProgrammeClaim", "DocumentReferenceClaim", "AbbreviationClaim"}


def add(path: Path, block: str) -> None:
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{block}\n", encoding="utf-8")


def accept_document(region: Project, text: Path) -> None:
    """Put the text, its entry in the catalogue with what was to be chosen, and complete entries where they belong."""
    shutil.copy(text, region.sources)
    entries = blocks(read_candidates(region)[1])
    document = re.sub(r"    rz:note .*\n.*@en ;\n", "", entries.pop(f"document:{SLUG}"))
    document = document.replace("kind:choose", "kind:half-year-report")
    add(region.data / "documents.ttl", document.replace("party:choose", "party:gemeente-lindelo"))
    for block in entries.values():
        if "choose" not in block:
            add(region.data / "register" / "references.ttl", block)


def accept_claims(region: Project, classes: set[str]) -> None:
    """Move the claims of some classes into the ledger, but those about names nobody knows yet."""
    ledger, needs = read_candidates(region)
    head = "\n".join(line for line in ledger.split("\n") if line.startswith("@prefix"))
    unknown = [subject for subject, block in blocks(needs).items() if "choose" in block]
    moved = [
        block
        for block in blocks(ledger).values()
        if any(f"a rz:{name} ;" in block for name in classes) and not any(f" {name} ;" in block for name in unknown)
    ]
    (region.data / "claims" / f"{SLUG}.ttl").write_text("\n\n".join([head, *moved]) + "\n", encoding="utf-8")


def read_errors(project: Project) -> list[str]:
    findings = check_project(project)
    return [f"{f.rule} {slug_of(f.subject)}" for f in findings if (f.about, f.severity) == ("data", "error")]


def list_open(region: Project) -> list[tuple[str, str]]:
    places = measure_coverage(open_store(region), region, SLUG).places
    return [(slug_of(place.kind.value), place.found.words) for place in places if place.state == "open"]


def test_complete_candidates_pass_the_check_once_they_are_moved_and_cover_the_document(
    region: Project, text: Path
) -> None:
    propose(region, text)
    accept_document(region, text)
    accept_claims(region, set())
    before = list_open(region)
    assert ("Person", "C. de Vries") in before
    accept_claims(region, COMPLETE)
    assert read_errors(region) == []
    left = list_open(region)
    assert len(before) == 20
    assert left == [
        ("Date", "3 maart 2026"),
        ("Date", "2025"),
        ("Number", "1.250"),
        ("Percentage", "4,5%"),
        ("Date", "2024"),
        ("Amount", "€ 12.500"),
        ("Amount", "€ 2 miljoen"),
        ("Party", "Stichting Nieuw Dak"),
    ]


@pytest.mark.parametrize("cls", ["AmountClaim", "ObservationClaim", "EventClaim"])
def test_check_says_of_every_candidate_that_was_moved_too_early_what_is_missing(
    region: Project, text: Path, cls: str
) -> None:
    propose(region, text)
    accept_document(region, text)
    accept_claims(region, {cls})
    found = [f for f in check_project(region) if f.rule == "candidate-unfinished"]
    moved = [subject for subject, block in blocks(read_candidates(region)[0]).items() if f"a rz:{cls} ;" in block]
    assert {f"c:{slug_of(f.subject).removeprefix(f'{SLUG}.')}" for f in found} == set(moved)
    assert all(f.severity == "error" and f.file.endswith(f"{SLUG}.ttl") and f.line for f in found)
    assert any("note" in f.message_en for f in found)
    assert any("kind" in f.message_en or "indicator" in f.message_en for f in found)


def test_note_that_was_left_behind_is_reported(region: Project, text: Path) -> None:
    propose(region, text)
    accept_document(region, text)
    accept_claims(region, {"AmountClaim"})
    ledger = region.data / "claims" / f"{SLUG}.ttl"
    done = (
        ledger.read_text(encoding="utf-8")
        .replace("flow:choose", "flow:impuls-wonen")
        .replace("kind:choose", "kind:grant")
    )
    ledger.write_text(done, encoding="utf-8")
    found = [f for f in check_project(region) if f.rule == "candidate-unfinished"]
    assert len(found) == 2
    assert all("note" in f.message_en for f in found)


# ── What a curator did is kept ─────────────────────────────────────────────


def test_candidates_a_curator_worked_in_are_not_overwritten_unless_asked(region: Project, text: Path) -> None:
    propose(region, text)
    path = region.candidates / f"{SLUG}.ttl"
    worked = path.read_text(encoding="utf-8").replace("flow:choose", "flow:impuls-wonen")
    path.write_text(worked, encoding="utf-8")
    with pytest.raises(UsageError, match="by hand"):
        propose(region, text)
    assert path.read_text(encoding="utf-8") == worked
    propose(region, text, force=True)
    assert "flow:choose" in path.read_text(encoding="utf-8")


def test_file_of_somebody_else_is_not_overwritten_either(region: Project, text: Path) -> None:
    region.candidates.mkdir()
    path = region.candidates / f"{SLUG}.register.ttl"
    path.write_text("mine\n", encoding="utf-8")
    with pytest.raises(UsageError, match="by hand"):
        propose(region, text)
    assert [file.name for file in region.candidates.iterdir()] == [path.name]


# ── Odd input ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "holds no text"),
        (b" \n\x0c\n \r\n", "holds no text"),
        (b"%PDF-1.7\x00\x01 tekst", "not a text"),
        ("één".encode("latin-1"), "not UTF-8"),
        (b"a" * (MOST_BYTES + 1), "too many"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(region: Project, tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(content)
    with pytest.raises(InputError, match=words) as error:
        propose(region, path)
    assert "\n" not in str(error.value)
    assert not region.candidates.exists()


def test_missing_file_and_folder_are_refused(region: Project, tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.txt", tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            propose(region, path)


@pytest.mark.parametrize("slug", ["../buiten", "Met Hoofdletters", "", "a/b", "-x"])
def test_slug_that_cannot_name_a_document_is_refused(region: Project, text: Path, slug: str) -> None:
    with pytest.raises(UsageError, match="cannot name"):
        propose(region, text, slug=slug)


def test_document_that_is_in_the_catalogue_is_refused(region: Project, text: Path) -> None:
    with pytest.raises(UsageError, match="already, as 2024-04-dias"):
        propose(region, region.sources / "2024-04-dias.txt")
    with pytest.raises(UsageError, match="another document already"):
        propose(region, text, slug="2024-04-dias")


def test_candidates_are_never_written_into_the_graph(region: Project, text: Path, tmp_path: Path) -> None:
    for folder in (region.data, region.data / "claims", region.candidates / ".." / "claims", region.shapes):
        with pytest.raises(UsageError, match="part of the graph"):
            propose(region, text, to=folder)
    propose(region, text, to=tmp_path / "elsewhere")
    assert sorted(path.name for path in (tmp_path / "elsewhere").iterdir()) == [f"{SLUG}.register.ttl", f"{SLUG}.ttl"]


def test_slug_comes_from_the_file_when_none_is_given(region: Project, text: Path) -> None:
    propose(region, text, slug=None)
    assert (region.candidates / "bericht.ttl").is_file()


HOSTILE = (
    'De "Stichting \\ Gek" <script> van Lindelo\x0cheeft € 5\r\n'
    + "Lindelo " * 20_000
    + "a" * 100_000 + "(1) x " * 500 + "1, " * 500
    + "\r\nhttps://a.nl/" + "x" * 50_000 + "\r\n# ── Kop (lines 1-2) ──\r\n31 februari 2026 en 12 banen\r\n"
)  # fmt: skip


def test_odd_signs_and_huge_lines_give_turtle_that_can_be_read(region: Project, tmp_path: Path) -> None:
    path = tmp_path / "gek.txt"
    path.write_bytes(HOSTILE.encode())
    propose(region, path, slug="gek")
    for content in read_candidates(region, "gek"):
        assert list(pyoxigraph.parse(content.encode(), pyoxigraph.RdfFormat.TURTLE))
        assert max(map(len, content.split("\n"))) < 3000


@given(st.text(max_size=300))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_gives_turtle_that_can_be_read(mini: Project, mini_known: Known, text: str) -> None:
    source = SourceText(tuple(text.split("\n")), "0" * 64)
    draft = draft_candidates(source, Path("x.txt"), "x", mini_known, mini)
    for content in (draft.ledger, draft.needs):
        list(pyoxigraph.parse(content.encode(), pyoxigraph.RdfFormat.TURTLE))
    slugs = [slug for slug, _ in draft.claims]
    assert len(set(slugs)) == len(slugs)


@pytest.fixture(scope="module")
def mini_known(mini: Project, mini_store: Store) -> Known:
    return load_known(mini_store, mini)
