"""The ontology: every term that is used exists, and every term that exists is named and defined in both languages."""

import os
import re
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse
from rdflib import XSD

from rzgraph.namespaces import NS, PREFIXES, SHAPE, kind_of, rz, slug_of, term

ROOT = Path(__file__).parents[1]
VOCABULARIES = ROOT / "tests" / "ontology" / "node_modules" / "@vocabulary"

#: Vocabularies whose own text is installed, by namespace. The text of schema.org still writes http.
FULL_TEXT = {
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/linked-data/cube#": "qb",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs",
    "http://www.w3.org/2002/07/owl#": "owl",
    "http://www.w3.org/2004/02/skos/core#": "skos",
    "http://www.w3.org/2006/time#": "time",
    "http://www.w3.org/ns/oa#": "oa",
    "http://www.w3.org/ns/org#": "org",
    "http://www.w3.org/ns/prov#": "prov",
    "http://www.w3.org/ns/shacl#": "sh",
    "http://xmlns.com/foaf/0.1/": "foaf",
    "https://schema.org/": "schema",
}

_SDMX = "UKGovLD/publishing-statistical-data, specs/src/main/vocab, 2009"
_OPENBUDGETS = "openbudgets/data-model, components.ttl and code_lists.ttl"

#: Terms of vocabularies that no package brings, each with the file it was read in.
READ_BY_HAND = {
    "http://data.europa.eu/m8g/PublicOrganisation": "SEMICeu/CPOV, releases/2.1.2/voc",
    "http://data.openbudgets.eu/ontology/dsd/dimension/budgetPhase": _OPENBUDGETS,
    "http://data.openbudgets.eu/resource/codelist/budget-phase/approved": _OPENBUDGETS,
    "http://data.openbudgets.eu/resource/codelist/budget-phase/executed": _OPENBUDGETS,
    "http://id.loc.gov/datatypes/edtf/EDTF": "Library of Congress, datatypes",
    "http://purl.org/linked-data/sdmx/2009/attribute#unitMeasure": _SDMX,
    "http://purl.org/linked-data/sdmx/2009/dimension#refArea": _SDMX,
    "http://purl.org/linked-data/sdmx/2009/dimension#refPeriod": _SDMX,
    "http://purl.org/linked-data/sdmx/2009/measure#obsValue": _SDMX,
    "https://w3id.org/valueflows/ont/vf#Commitment": "valueflows/valueflows, all_vf.TTL 0.13",
}

#: Things on the web that the data points at; they are links, not terms.
LINKS = (
    "http://www.wikidata.org/entity/Q",
    "https://identifier.overheid.nl/tooi/id/",
    "https://creativecommons.org/licenses/",
)

#: The ontology and the code lists stand on their own; only the alignment knows other models.
OWN_FOOTING = {"dcterms", "owl", "rdf", "rdfs", "skos", "xsd"}

TERM_TYPES = {
    term("owl:Class"),
    term("owl:ObjectProperty"),
    term("owl:DatatypeProperty"),
    term("owl:AnnotationProperty"),
}


def require(present: bool, reason: str) -> None:
    """Skip a test that lacks a tool, but fail where the tool has to be there."""
    if not present and os.environ.get("CI") == "true":
        pytest.fail(reason)
    if not present:
        pytest.skip(reason)


def turtle_files() -> list[Path]:
    """Every Turtle file of the project, those of the invented region included."""
    folders = ("ontology", "data", "shapes", "tests/graphs")
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.ttl"))


def query_files() -> list[Path]:
    return sorted([*(ROOT / "queries").rglob("*.rq"), *(ROOT / "tests" / "ontology").glob("*.rq")])


def iris_in_turtle(path: Path) -> set[str]:
    """Every IRI of a Turtle file, the datatypes of its literals included."""
    found = set()
    for quad in parse(path=path):
        for node in (quad.subject, quad.predicate, quad.object):
            if isinstance(node, NamedNode):
                found.add(node.value)
            elif isinstance(node, Literal):
                found.add(node.datatype.value)
    return found


def iris_in_query(path: Path) -> set[str]:
    """Every prefixed name and IRI of a query, outside its comments, strings and prefix declarations."""
    text = re.sub(r"^\s*#.*$|\s#\s.*$", "", path.read_text(encoding="utf-8"), flags=re.M)
    text = re.sub(r'"(?:[^"\\\n]|\\.)*"', '""', text)
    declared = dict(re.findall(r"^PREFIX\s+([\w-]*):\s*<([^>]*)>", text, flags=re.M | re.I))
    body = re.sub(r"^PREFIX.*$", "", text, flags=re.M | re.I)
    names = re.findall(r"(?<![\w?:<-])([A-Za-z][\w-]*):([A-Za-z][\w-]*)", re.sub(r"<[^>\s]*>", "", body))
    return {declared[prefix] + name for prefix, name in names} | set(re.findall(r"<(https?://[^>\s]+)>", body))


def iris_in_python(path: Path) -> set[str]:
    """Every term a module names by ``rz("...")`` or ``term("...")``."""
    text = path.read_text(encoding="utf-8")
    own = {NS + name for name in re.findall(r'\brz\("([\w-]+)"\)', text)}
    return own | {PREFIXES[prefix] + name for prefix, name in re.findall(r'\bterm\("(\w+):([\w-]+)"\)', text)}


@pytest.fixture(scope="module")
def used() -> dict[str, set[str]]:
    """Every IRI that files of the project use, with the files."""
    readers = [
        (turtle_files(), iris_in_turtle),
        (query_files(), iris_in_query),
        (sorted((ROOT / "rzgraph").rglob("*.py")), iris_in_python),
    ]
    found: dict[str, set[str]] = {}
    for paths, reader in readers:
        assert len(paths) > 10
        for path in paths:
            for iri in reader(path):
                found.setdefault(iri, set()).add(path.relative_to(ROOT).as_posix())
    return found


@pytest.fixture(scope="module")
def ontology() -> Store:
    """The files of the ontology alone."""
    store = Store()
    paths = sorted((ROOT / "ontology").glob("*.ttl"))
    assert [path.name for path in paths] == ["alignment.ttl", "codes.ttl", "cube.ttl", "rz.ttl"]
    for path in paths:
        store.load(path=path, format=RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def vocabulary_terms() -> set[str]:
    """Every term that the vocabularies themselves define."""
    require(VOCABULARIES.is_dir(), "the vocabularies are not installed: npm ci --prefix tests/ontology")
    terms = set(READ_BY_HAND) | {str(XSD) + name for name in XSD.__annotations__}
    for namespace, name in FULL_TEXT.items():
        own = {
            quad.subject.value.replace("http://schema.org/", "https://schema.org/")
            for quad in parse(path=VOCABULARIES / name / f"{name}.nq")
            if isinstance(quad.subject, NamedNode)
        }
        own = {iri for iri in own if iri.startswith(namespace)}
        assert len(own) > 10, name
        terms |= own
    return terms


def subjects(store: Store, types: set[NamedNode]) -> set[NamedNode]:
    """Things of given types with a name of our own."""
    found = {quad.subject for kind in types for quad in store.quads_for_pattern(None, term("rdf:type"), kind)}
    return {node for node in found if isinstance(node, NamedNode) and node.value.startswith(NS[: -len("ns#")])}


def texts(store: Store, subject: NamedNode, predicate: NamedNode) -> list[tuple[str, str]]:
    """Language and text of every literal, sorted."""
    found = [quad.object for quad in store.quads_for_pattern(subject, predicate, None)]
    return sorted((text.language or "", text.value) for text in found if isinstance(text, Literal))


def lacks_two_languages(store: Store, subject: NamedNode, predicate: NamedNode) -> bool:
    found = texts(store, subject, predicate)
    return [language for language, _ in found] != ["en", "nl"] or not all(text.strip() for _, text in found)


def test_every_term_of_another_vocabulary_exists_there(
    used: dict[str, set[str]], vocabulary_terms: set[str], project
) -> None:
    ours = (project.base, NS, SHAPE)
    unknown = {
        iri: files
        for iri, files in used.items()
        if not iri.startswith(ours)
        and not iri.startswith(LINKS)
        and not re.match(r"https?://[^/]*\bexample\b", iri)
        and iri not in vocabulary_terms
    }
    assert unknown == {}


def test_terms_read_by_hand_are_used(used: dict[str, set[str]]) -> None:
    assert set(READ_BY_HAND) - set(used) == set()


def test_every_own_term_in_use_is_declared(used: dict[str, set[str]], ontology: Store) -> None:
    declared = {
        quad.subject.value
        for quad in ontology.quads_for_pattern(None, term("rdf:type"), None)
        if isinstance(quad.subject, NamedNode)
    }
    own = {iri for iri in used if iri.startswith(NS) and iri != NS}
    assert len(own) > 150
    assert {iri: used[iri] for iri in own - declared} == {}


def test_every_code_in_use_is_declared(used: dict[str, set[str]], ontology: Store, project) -> None:
    codes = {node.value for node in subjects(ontology, {term("skos:Concept"), term("skos:ConceptScheme")})}
    kinds = {kind_of(iri) for iri in codes} - {""}
    assert len(kinds) > 10
    own = {iri for iri in used if iri.startswith(project.base) and kind_of(iri) in kinds}
    assert {iri: used[iri] for iri in own - codes} == {}


def test_ontology_and_codes_leave_other_models_to_the_alignment() -> None:
    known = {namespace: name for name, namespace in PREFIXES.items()}
    for name in ("rz.ttl", "codes.ttl"):
        namespaces = {
            re.split(r"(?<=[/#])[^/#]*$", iri)[0]
            for iri in iris_in_turtle(ROOT / "ontology" / name)
            if not iri.startswith(("https://w3id.org/rzgraph/", *LINKS))
        }
        assert {known.get(namespace, namespace) for namespace in namespaces} <= OWN_FOOTING, name


def test_every_term_has_a_label_and_a_definition_in_both_languages(ontology: Store) -> None:
    terms = subjects(ontology, TERM_TYPES)
    assert len(terms) > 150
    bad = {
        node.value
        for node in terms
        for predicate in ("rdfs:label", "skos:definition")
        if lacks_two_languages(ontology, node, term(predicate))
    }
    assert bad == set()


@pytest.mark.parametrize("types", ["class", "property"])
def test_no_two_terms_share_a_label(ontology: Store, types: str) -> None:
    classes = {term("owl:Class")}
    nodes = subjects(ontology, classes if types == "class" else TERM_TYPES - classes)
    labels = Counter(label for node in nodes for label in texts(ontology, node, term("rdfs:label")))
    assert [label for label, count in labels.items() if count > 1] == []


def test_names_of_terms_follow_the_house_style(ontology: Store) -> None:
    for node in subjects(ontology, {term("owl:Class")}):
        assert re.fullmatch(r"[A-Z][A-Za-z]+", slug_of(node.value)), node
    for node in subjects(ontology, TERM_TYPES - {term("owl:Class")}):
        assert re.fullmatch(r"[a-z][A-Za-z0-9]+", slug_of(node.value)), node
    for node in subjects(ontology, {term("skos:Concept"), term("skos:ConceptScheme")}):
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug_of(node.value)), node


def test_every_code_and_list_has_a_name_and_a_definition_in_both_languages(ontology: Store) -> None:
    codes, schemes = subjects(ontology, {term("skos:Concept")}), subjects(ontology, {term("skos:ConceptScheme")})
    assert len(codes) > 200
    assert len(schemes) > 20
    wanted = [(node, name) for node in codes | schemes for name in ("skos:prefLabel", "skos:definition")]
    wanted += [(node, "dcterms:title") for node in schemes]
    assert {(node.value, name) for node, name in wanted if lacks_two_languages(ontology, node, term(name))} == set()


def test_every_code_stands_in_one_list_that_names_it(ontology: Store) -> None:
    schemes = subjects(ontology, {term("skos:ConceptScheme")})
    named = {(quad.object, quad.subject) for quad in ontology.quads_for_pattern(None, term("skos:hasTopConcept"), None)}
    top = {(quad.subject, quad.object) for quad in ontology.quads_for_pattern(None, term("skos:topConceptOf"), None)}
    inside = {(quad.subject, quad.object) for quad in ontology.quads_for_pattern(None, term("skos:inScheme"), None)}
    assert named == top == inside
    assert {code for code, _ in inside} == subjects(ontology, {term("skos:Concept")})
    assert {scheme for _, scheme in inside} == schemes
    assert len({code for code, _ in inside}) == len(inside)


def test_no_two_codes_of_a_list_share_a_name(ontology: Store) -> None:
    names = Counter(
        (quad.object, label)
        for quad in ontology.quads_for_pattern(None, term("skos:inScheme"), None)
        for label in texts(ontology, quad.subject, term("skos:prefLabel"))
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_every_property_mapping_is_whole(ontology: Store) -> None:
    mappings = subjects(ontology, {rz("PropertyMapping")})
    assert len(mappings) > 10
    declared = subjects(ontology, TERM_TYPES)
    for mapping in mappings:
        parts = {
            name: [quad.object for quad in ontology.quads_for_pattern(mapping, rz(name), None)]
            for name in ("onInstancesOf", "fromProperty", "toProperty")
        }
        assert all(len(nodes) == 1 for nodes in parts.values()), mapping
        assert {parts["onInstancesOf"][0], parts["fromProperty"][0]} <= declared, mapping


def test_a_held_seat_reads_as_a_membership_and_an_absence_never_does(mini_store: Store) -> None:
    query = (ROOT / "tests" / "ontology" / "standard-terms.rq").read_text(encoding="utf-8")
    triples = list(mini_store.query(query, use_default_graph_as_union=True))
    memberships = {triple.subject for triple in triples if triple.predicate == term("org:organization")}
    in_org = {triple.subject for triple in triples if triple.predicate.value.startswith(PREFIXES["org"])}
    seats = subjects(mini_store, {rz("Seat")})
    absent = {quad.subject for quad in mini_store.quads_for_pattern(None, rz("held"), Literal(False))} & seats
    assert len(seats) > len(absent) > 0
    assert seats - absent <= memberships
    assert absent.isdisjoint(in_org)
    assert in_org.isdisjoint(quad.subject for quad in mini_store.quads_for_pattern(None, rz("fragment"), None))
