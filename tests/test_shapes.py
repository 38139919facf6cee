"""The rules: each has a file that keeps it and a file that breaks it and nothing else, and both engines agree.

The files of ``tests/shapes`` are additions to the mini region. A claim goes into the ledger its name tells, anything
else into a file of the register. Additions of one class say nearly the same, so that a batch of files holds one of
each; a finding belongs to the file that describes its subject.
"""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, Namespace

from rzgraph.checks.findings import Finding
from rzgraph.checks.rules import LANGUAGES, fill, list_shape_files, read_rules
from rzgraph.checks.validate import check_queries, check_store, run_shapes
from rzgraph.dates import read_edtf
from rzgraph.facts import add_facts
from rzgraph.graph import load_store
from rzgraph.namespaces import EDTF, SHAPE, kind_of, rz, slug_of, term
from rzgraph.settings import Project, load_project

TESTS = Path(__file__).parent
VALID, INVALID = (
    {path.stem: path for path in sorted((TESTS / "shapes" / name).glob("*.ttl"))} for name in ("valid", "invalid")
)
RULES = read_rules(load_project())
#: Rules no addition to the graph can break, and the test that breaks them.
TESTED_ELSEWHERE = {
    "SourceDocument-folder": "test_missing_source_folder_is_one_warning",
    "Calculation-misread": "test_sum_that_rests_on_a_mistake_of_ours_is_no_finding_about_the_source",
}
SH = Namespace("http://www.w3.org/ns/shacl#")


def read_addition(path: Path, project: Project) -> list[ox.Quad]:
    """The quads of an addition, each in the graph its subject belongs to."""
    quads = []
    for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
        iri = quad.subject.value
        name = f"claims/{slug_of(iri).partition('.')[0]}" if kind_of(iri) == "claim" else "register/addition"
        graph = ox.NamedNode(f"{project.base}graph/data/{name}")
        quads.append(ox.Quad(quad.subject, quad.predicate, quad.object, graph))
    return quads


def list_batches(files: dict[str, Path]) -> list[list[str]]:
    """Names of additions in batches that hold each class once, or on different lines of the document."""
    seen: Counter[tuple[str, ...]] = Counter()
    batches: dict[int, list[str]] = defaultdict(list)
    for name, path in files.items():
        text = path.read_text(encoding="utf-8")
        key = tuple(
            found[0]
            for found in (re.findall(rf"^    {what} (.+) ;$", text, re.M) for what in ("a", "rz:lines"))
            if found
        )
        batches[seen[key]].append(name)
        seen[key] += 1
    return [batches[number] for number in sorted(batches)]


def check_batches(files: dict[str, Path], project: Project) -> tuple[dict[str, list[Finding]], list[Finding]]:
    """Findings per addition, and those about things no addition describes."""
    base = list(load_store(project))
    found: dict[str, list[Finding]] = {name: [] for name in files}
    strays = []
    for batch in list_batches(files):
        store = ox.Store()
        store.extend(base)
        owner = {}
        for name in batch:
            quads = read_addition(files[name], project)
            store.extend(quads)
            owner |= {quad.subject.value: name for quad in quads}
        add_facts(store, project)
        for finding in check_store(store, project):
            if finding.about == "data" and finding.subject in owner:
                found[owner[finding.subject]].append(finding)
            elif finding.about == "data":
                strays.append(finding)
                assert finding.rule in batch, f"{finding.rule}: {finding.label_en} {finding.message_en}"
    return found, strays


@pytest.fixture(scope="module")
def broken(mini: Project) -> dict[str, list[Finding]]:
    return check_batches(INVALID, mini)[0]


@pytest.fixture(scope="module")
def kept(mini: Project) -> dict[str, list[Finding]]:
    found, strays = check_batches(VALID, mini)
    assert strays == []
    return found


# ── The files ──────────────────────────────────────────────────────────────


def test_every_rule_has_a_pair_of_files_and_every_file_a_rule() -> None:
    expected = sorted(RULES.keys() - TESTED_ELSEWHERE.keys())
    assert sorted(INVALID) == expected
    assert sorted(VALID) == expected
    assert len(expected) >= 165


def test_mini_region_breaks_no_rule(mini: Project, mini_store: ox.Store) -> None:
    assert [finding for finding in check_store(mini_store, mini) if finding.about == "data"] == []


@pytest.mark.parametrize("name", sorted(INVALID))
def test_invalid_file_breaks_its_rule_and_no_other(name: str, broken: dict[str, list[Finding]]) -> None:
    found = broken[name]
    assert {finding.rule for finding in found} == {name}, [f"{f.rule}: {f.message_en}" for f in found]
    assert {finding.severity for finding in found} == {RULES[name].severity}
    for finding in found:
        assert finding.label_nl and finding.label_en and finding.repair_nl and finding.repair_en


@pytest.mark.parametrize("name", sorted(VALID))
def test_valid_file_breaks_no_rule(name: str, kept: dict[str, list[Finding]]) -> None:
    assert [f"{finding.rule}: {finding.message_en}" for finding in kept[name]] == []


@pytest.mark.parametrize("name", sorted(VALID))
def test_twins_differ_only_a_little(name: str) -> None:
    # Prefixes and the banner set aside, a pair shares its subjects or nearly all its lines.
    texts = [files[name].read_text(encoding="utf-8") for files in (VALID, INVALID)]
    lines = [{line for line in text.split("\n") if line and line[0] not in "@#"} for text in texts]
    assert len(lines[0] ^ lines[1]) <= 8


# ── The rules ──────────────────────────────────────────────────────────────


def test_rules_have_words_without_leftovers() -> None:
    for rule in RULES.values():
        for lang in LANGUAGES:
            for part in ("message", "repair"):
                text = rule.words(part, lang)
                assert text == " ".join(text.split())
                assert text.endswith("...") or not text.endswith(".")
        assert set(re.findall(r"{\?\w+}", rule.message_nl)) == set(re.findall(r"{\?\w+}", rule.message_en))
        assert rule.message_nl != rule.message_en


def test_shapes_are_named_after_class_and_property() -> None:
    shapes = Graph()
    for path in list_shape_files(load_project()):
        shapes.parse(path)
    properties = set(shapes.objects(None, SH.property))
    assert len(properties) >= 100
    for shape in properties:
        assert str(shape).startswith(SHAPE) and "-" in str(shape)
    for shape in set(shapes.subjects(SH.message, None)):
        assert len(set(shapes.objects(shape, SH.severity))) == 1


def test_readme_lists_every_rule() -> None:
    text = (load_project().shapes / "README.md").read_text(encoding="utf-8")
    listed = {row[0]: row for row in re.findall(r"^\| `([\w-]+)` \| (\w+) \| (.+?) \|$", text, re.M)}
    assert sorted(listed) == sorted(RULES)
    for name, rule in RULES.items():
        assert listed[name][1:] == (rule.severity, rule.message_en.replace("|", "\\|"))


def test_rule_without_a_value_loses_its_brackets() -> None:
    assert fill("names no body ({?value})", {}) == "names no body"
    assert fill("names no body ({?value})", {"value": "Tafel"}) == "names no body (Tafel)"


# ── Two engines ────────────────────────────────────────────────────────────


def test_both_engines_give_the_same_results_on_every_broken_rule(mini: Project) -> None:
    store = load_store(mini)
    for path in INVALID.values():
        store.extend(read_addition(path, mini))
    quick, reference = (run_shapes(store, mini, engine) for engine in ("shifty", "pyshacl"))
    assert quick == reference
    shaped = {name for name, rule in RULES.items() if rule.origin.startswith("shapes/")}
    texts = {name for name, rule in RULES.items() if rule.origin == "shapes/texts.ttl"}
    assert {result.shape.removeprefix(SHAPE) for result in quick} == shaped - texts
    assert len({result.component for result in quick}) >= 12


@pytest.mark.parametrize("region", ["project", "mini"])
def test_both_engines_agree_that_the_data_conforms(region: str, request: pytest.FixtureRequest) -> None:
    project = request.getfixturevalue(region)
    store = load_store(project)
    quick, reference = (run_shapes(store, project, engine) for engine in ("shifty", "pyshacl"))
    assert quick == reference == []


def test_check_queries_find_nothing_in_an_empty_graph(mini: Project) -> None:
    assert list(check_queries(ox.Store(), mini)) == []


def test_shape_of_times_accepts_what_the_dates_accept(mini: Project) -> None:
    years, months, days = ("2023", "2024", "1900"), range(45), ("", "00", "28", "29", "30", "31", "32")
    dates = [*years, *(f"{y}-{m:02}{d and f'-{d}'}" for y in years for m in months for d in days)]
    odd = [
        "",
        "24",
        "2024-1",
        "2024~?",
        "..",
        "../..",
        "/",
        "2024/",
        "2024/2025/2026",
        " 2024",
        "2024-01-01T10:00",
        "20x4",
    ]
    intervals = [
        f"{first}/{last}" for first in ("..", "2023", "2024-02-30", "2024-01~") for last in ("..", "2025?", "x")
    ]
    texts = [*dates, *odd, *intervals, "2024~", "2024-33?", "2024-02-29~"]
    assert len(texts) > 950
    store = ox.Store()
    for number, text in enumerate(texts):
        claim = ox.NamedNode(f"{mini.base}id/claim/x.{number:04}")
        store.add(ox.Quad(claim, term("rdf:type"), rz("Claim")))
        store.add(ox.Quad(claim, rz("asOf"), ox.Literal(text, datatype=EDTF)))
    refused = {r.value for r in run_shapes(store, mini, "shifty") if r.shape == f"{SHAPE}Claim-asOf"}
    assert refused == {text for text in texts if not is_readable(text)}


def is_readable(text: str) -> bool:
    try:
        read_edtf(text)
    except ValueError:
        return False
    return True
