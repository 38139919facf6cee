"""Checking as a whole: every seeded fault is reported by the rule meant for it, with file, line, rule and repair."""

import re
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from rzgraph.checks.findings import Finding, Locator, find_line
from rzgraph.checks.fragments import check_evidence
from rzgraph.checks.validate import check_project, has_errors, list_source_findings, run_shapes
from rzgraph.errors import InputError, UsageError
from rzgraph.graph import load_store
from rzgraph.namespaces import rz
from rzgraph.settings import Project, load_project
from tests.faults import FAULTS, Fault, Quads, try_fault

CLAIMS = "data/claims/2021-03-raadsrapport.ttl"


@pytest.fixture
def copy(mini: Project, tmp_path: Path) -> Project:
    """A copy of the mini region that a test may spoil."""
    return load_project(Path(shutil.copytree(mini.data, tmp_path / "data")))


def spoil(project: Project, file: str, old: str, new: str) -> int:
    """Replace the one occurrence of a text in a file of the data, and return its line."""
    path = project.data.parent / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def find_faults(project: Project) -> list[Finding]:
    return [finding for finding in check_project(project) if finding.about == "data"]


# ── One sign changed in a file ─────────────────────────────────────────────


@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        (CLAIMS, '"vz H. Jansen (tot juli 2022)"', '"vz H. Jansen (tot juni 2022)"', "Claim-fragment-in-lines"),
        (CLAIMS, '"Elke provincie levert één lid', '"Elke provincie levert een lid', "Claim-fragment-in-lines"),
        (CLAIMS, 'rz:lines "23-24"', 'rz:lines "21-22"', "Claim-fragment-in-lines"),
        (CLAIMS, 'rz:lines "23-24"', 'rz:lines "24-23"', "lines-reversed"),
        (CLAIMS, 'rz:lines "32"', 'rz:lines "320"', "Claim-lines-in-text"),
        (CLAIMS, '"2022-06"^^edtf:EDTF', '"2022-13"^^edtf:EDTF', "Claim-end"),
        (CLAIMS, 'rz:begin "2021-41"^^edtf:EDTF', 'rz:begin "2O21-41"^^edtf:EDTF', "Claim-begin"),
        (CLAIMS, "rz:relation relation:prepares-for", "rz:relation relation:prepares", "BodyRelationClaim-relation"),
        (CLAIMS, "rz:person person:h-jansen", "rz:person person:h-janssen", "SeatClaim-person"),
        (CLAIMS, "rz:person person:i-mulder", "rz:person person:e-smit", "person-in-fragment"),
        (CLAIMS, "rz:theme theme:energy", "rz:theme theme:energies", "ProgrammeClaim-theme"),
        (CLAIMS, "rz:value 6200 ;", "rz:value 6300 ;", "Claim-value-as-written"),
        (CLAIMS, "rz:leansOn programme:klimaatfonds", "rz:leansOn programme:klimaat", "ProgrammeClaim-leansOn"),
        ("data/documents.ttl", "3112d0dd52", "3112d0dd53", "SourceDocument-checksum"),
        ("data/documents.ttl", '"2022-10"^^edtf:EDTF', '"2022-10-32"^^edtf:EDTF', "SourceDocument-issued"),
        ("data/register/bodies.ttl", '"Housing table"@en', '"Housing table"@nl', "Thing-prefLabel-en"),
        ("data/judgements.ttl", "rz:concerns person:b-bakker", "rz:concerns person:b-baker", "Finding-concerns"),
    ],
)  # fmt: skip
def test_changed_sign_names_file_line_rule_and_repair(copy: Project, file: str, old: str, new: str, rule: str) -> None:
    line = spoil(copy, file, old, new)
    faults = find_faults(copy)
    assert has_errors(faults)
    (fault,) = [fault for fault in faults if fault.rule == rule]
    assert (fault.file, fault.severity) == (file, "error")
    # A fragment that is not in its lines is shown where the fragment stands, below the lines.
    assert fault.line - line in (0, 1)
    assert fault.message_nl and fault.message_en and fault.repair_nl and fault.repair_en and fault.label_nl
    if "/claims/" in file:
        assert fault.document == "2021-03-raadsrapport"
        assert fault.lines


def test_two_faults_are_both_reported(copy: Project) -> None:
    spoil(copy, CLAIMS, "rz:person person:h-jansen", "rz:person person:h-janssen")
    spoil(copy, CLAIMS, "rz:person person:i-mulder", "rz:person person:nobody")
    faults = find_faults(copy)
    assert [fault.rule for fault in faults if fault.severity == "error"] == [
        "SeatClaim-person",
        "ThemeCouplingClaim-person",
    ]
    # Nothing names these two any more: worth a warning each.
    assert [fault.rule for fault in faults if fault.severity != "error"] == ["never-named", "never-named"]


def test_fault_is_named_by_the_label_of_its_claim(copy: Project) -> None:
    spoil(copy, CLAIMS, '"vz H. Jansen (tot juli 2022)"', '"vz H. Jansen (tot juni 2022)"')
    (fault,) = find_faults(copy)
    assert fault.label_en == "seat claim cell-jansen-stuurgroep (H. Jansen – Voorbeeld steering group)"
    assert fault.message_nl == "het fragment “vz H. Jansen (tot juni 2022)” staat niet in regel 23-24 van de tekst"
    assert fault.lines == "23-24"


def test_missing_property_is_reported_at_its_subject(copy: Project) -> None:
    line = spoil(copy, CLAIMS, "    rz:function function:municipal-secretary ;\n    rz:theme theme:housing ;\n", "")
    (fault,) = find_faults(copy)
    assert fault.rule == "ThemeCouplingClaim-theme"
    assert fault.line == line - 4
    assert "{" not in fault.message_en and "()" not in fault.message_en


# ── Files and folders ──────────────────────────────────────────────────────


def test_missing_source_folder_is_one_warning(mini: Project, mini_store: ox.Store, tmp_path: Path) -> None:
    project = load_project(mini.data, tmp_path / "nowhere")
    (fault,) = check_evidence(mini_store, project).findings
    assert (fault.rule, fault.severity) == ("SourceDocument-folder", "warning")
    assert "could not be verified" in fault.message_en
    assert not has_errors(check_project(project))


def test_missing_source_text_is_one_warning(copy: Project) -> None:
    (copy.sources / "2024-04-dias.txt").unlink()
    (fault,) = find_faults(copy)
    assert (fault.rule, fault.severity, fault.file) == ("SourceDocument-text", "warning", "data/documents.ttl")
    assert fault.label_en == "Slides for the council of Lindelo"


def test_source_text_in_another_encoding_is_one_warning(copy: Project) -> None:
    path = copy.sources / "2021-03-raadsrapport.txt"
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1"))
    (fault,) = find_faults(copy)
    assert fault.rule == "SourceDocument-text"
    assert "not UTF-8" in fault.message_en
    assert "geen UTF-8" in fault.message_nl


def test_changed_source_text_is_an_error(copy: Project) -> None:
    path = copy.sources / "2021-03-raadsrapport.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("H. Jansen", "H. Jansma"), encoding="utf-8")
    assert {"SourceDocument-checksum", "Claim-fragment-in-lines"} == {fault.rule for fault in find_faults(copy)}


def test_file_name_cannot_lead_out_of_the_source_folder(copy: Project) -> None:
    spoil(copy, "data/documents.ttl", '"2024-04-dias.txt"', '"../documents.ttl"')
    assert [fault.rule for fault in find_faults(copy)] == ["SourceDocument-fileName"]


def test_broken_turtle_is_one_line_with_its_place(copy: Project) -> None:
    line = spoil(copy, CLAIMS, "    rz:person person:h-jansen ;\n", "    rz:person person:h-jansen\n")
    with pytest.raises(InputError, match=rf"2021-03-raadsrapport\.ttl:{line + 1}: not valid Turtle"):
        check_project(copy)


def test_unknown_engine_is_wrong_use(mini_store: ox.Store, mini: Project) -> None:
    with pytest.raises(UsageError, match="shifty, pyshacl"):
        run_shapes(mini_store, mini, "magic")


# ── Findings about the sources ─────────────────────────────────────────────


def test_findings_about_the_sources_are_listed_and_are_no_errors(mini_store: ox.Store, mini: Project) -> None:
    found = [one for one in list_source_findings(mini_store, mini) if one.file.endswith("judgements.ttl")]
    gap, finding = found
    assert (gap.rule, gap.message_en) == ("known-unknown", "No document says who sits on the Board Wonen.")
    assert (finding.rule, finding.about, finding.severity) == ("conflicting-names", "source", "information")
    assert finding.message_en == "B. Bakker is once called B. Baker."
    assert (finding.label_nl, finding.document, finding.lines) == ("B. Bakker", "2021-03-raadsrapport", "27")
    assert finding.file == "tests/graphs/mini/judgements.ttl"
    assert not has_errors([finding])


def test_check_lists_our_data_first_and_is_the_same_each_time(copy: Project) -> None:
    spoil(copy, CLAIMS, '"vz H. Jansen (tot juli 2022)"', '"vz H. Jansen (tot juni 2022)"')
    first, second = check_project(copy), check_project(copy)
    assert first == second
    assert [finding.about for finding in first] == ["data"] + 7 * ["source"]


def test_findings_of_calculations_and_conflicts_are_about_the_source(mini_store: ox.Store, mini: Project) -> None:
    found = {one.subject.rpartition("/")[2]: one for one in list_source_findings(mini_store, mini)}
    derived = {name: one for name, one in found.items() if name.startswith(("calculation-", "conflict-"))}
    assert {one.file for one in derived.values()} == {"tests/graphs/mini/claims/2020-11-begroting.ttl"}
    assert sorted((name, one.rule, one.severity, one.lines) for name, one in derived.items()) == [
        ("calculation-begroting-2020.prognose.lasten-2020", "sum-mismatch", "error", "14"),
        ("calculation-begroting-2020.verschil.lasten-2020.sum", "sum-mismatch", "error", "14"),
        ("calculation-begroting-2020.verschil.lasten-energie-2020", "sum-mismatch", "error", "12"),
        ("calculation-saldo-2020-brief", "truncated-value", "information", "17"),
        ("conflict-onderzoek-heideveen.planned", "conflicting-values", "warning", "32"),
    ]
    assert not has_errors(list(derived.values()))


def test_sum_that_rests_on_a_mistake_of_ours_is_no_finding_about_the_source(copy: Project) -> None:
    before = {one.subject for one in check_project(copy) if one.about == "source"}
    path = copy.data / "claims" / "2020-11-begroting.ttl"
    text = path.read_text(encoding="utf-8")
    cell = text[text.index("c:bijdragen-begroot\n") : text.index("c:bijdragen-werkelijk\n")]
    path.write_text(text.replace(cell, cell.replace("390000", "399000")), encoding="utf-8")
    found = check_project(copy)
    assert [one.rule for one in found if one.about == "data" and one.rule != "Calculation-misread"] == [
        "AmountClaim-as-written"
    ]
    misread = {one.subject.rpartition("/")[2] for one in found if one.rule == "Calculation-misread"}
    # The subtotal itself, the total it is part of, and the difference in its row.
    assert misread == {
        "begroting-2020.begroot.bijdragen-2020",
        "begroting-2020.begroot.inkomsten-2020",
        "begroting-2020.verschil.bijdragen-2020",
    }
    assert {one.subject for one in found if one.about == "source"} == before


def test_cell_mistyped_throughout_is_ours_because_its_fragment_is_not_in_the_text(copy: Project) -> None:
    path = copy.data / "claims" / "2020-11-begroting.ttl"
    text = path.read_text(encoding="utf-8")
    cell = text[text.index("c:lasten-begroot\n") : text.index("c:lasten-werkelijk\n")]
    path.write_text(
        text.replace(cell, cell.replace("425.000", "426.000").replace("425000", "426000")), encoding="utf-8"
    )
    found = check_project(copy)
    ours = {one.rule for one in found if one.about == "data"}
    assert ours == {"Claim-fragment-in-lines", "Calculation-misread"}
    sums = {one.subject.rpartition("/")[2] for one in found if one.about == "source"}
    assert "calculation-begroting-2020.begroot.lasten-2020" not in sums


# ── Places ─────────────────────────────────────────────────────────────────


def test_line_is_that_of_the_value_when_it_can_be_found(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(
        '@prefix a: <a:> .\n\na:x\n    a a:T ;\n    a:p "one",\n        "two" ;\n    a:q a:v ;\n    .\n',
        encoding="utf-8",
    )
    assert find_line(path, "a:x") == 3
    assert find_line(path, "a:x", "a:p") == 5
    assert find_line(path, "a:x", "a:p", "two") == 6
    assert find_line(path, "a:x", "a:missing") == 3
    assert find_line(path, "a:y") == 0


def test_thing_without_a_label_is_called_by_its_prefixed_name(mini_store: ox.Store, mini: Project) -> None:
    locator = Locator(mini_store, mini)
    assert locator.name(f"{mini.base}id/person/nobody", "nl") == "person:nobody"
    assert locator.name(rz("guessed").value, "nl") == "rz:guessed"
    assert locator.name("some words", "en") == "some words"


# ── A thousand ways to go wrong, a few at a time ───────────────────────────


@pytest.fixture(scope="module")
def mini_quads(mini: Project) -> Quads:
    return sorted(load_store(mini), key=str)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_seeded_fault_is_reported_by_the_rule_meant_for_it(fault: Fault, mini: Project, mini_quads: Quads) -> None:
    for seed in range(3):
        found, rules = try_fault(fault, seed, mini_quads, mini)
        assert found & rules, f"seed {seed}: expected {rules}, found {found}"


def test_every_kind_of_fault_has_its_turn() -> None:
    text = (Path(__file__).parent / "faults.py").read_text(encoding="utf-8")
    written = re.findall(r"^def (\w+)\(quads: Quads, choice: random\.Random\) -> tuple", text, re.M)
    assert [fault.__name__ for fault in FAULTS] == written
    assert len(written) == 62


def test_data_without_a_fault_are_clean(mini: Project, mini_quads: Quads) -> None:
    assert try_fault(lambda quads, _: (quads, set()), 0, mini_quads, mini)[0] == set()
