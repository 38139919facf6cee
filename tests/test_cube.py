"""Observations are a data cube: the integrity constraints of RDF Data Cube hold, and each finds what breaks it.

``tests/cube`` holds the constraints and the two phases of normalisation, as the specification words them
(https://www.w3.org/TR/vocab-data-cube/#wf). A constraint is true when it is broken.
"""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions, Store

from rzgraph.namespaces import slug_of

CUBE = Path(__file__).parent / "cube"
CONSTRAINTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(CUBE.glob("ic-*.rq"))}
PHASES = [path.read_text(encoding="utf-8") for path in sorted(CUBE.glob("normalise-*.ru"))]

PREFIXES = """
PREFIX rz: <https://w3id.org/rzgraph/ns#>
PREFIX scheme: <https://w3id.org/rzgraph/id/scheme/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX sdmx-dimension: <http://purl.org/linked-data/sdmx/2009/dimension#>
PREFIX ex: <https://example.org/>
"""

#: What breaks each constraint.
FAULTS = {
    "ic-01": "INSERT DATA { ex:o a qb:Observation }",
    "ic-02": "INSERT DATA { ex:d a qb:DataSet }",
    "ic-03": "INSERT DATA { ex:s a qb:DataStructureDefinition }",
    "ic-04": "INSERT DATA { ex:dimension a qb:DimensionProperty }",
    "ic-05": "INSERT DATA { rz:subject rdfs:range skos:Concept }",
    "ic-06": "INSERT DATA { rz:AreaComponent qb:componentRequired false }",
    "ic-07": "INSERT DATA { ex:key a qb:SliceKey }",
    "ic-08": """INSERT DATA { rz:ObservationStructure qb:sliceKey ex:key .
        ex:key a qb:SliceKey ; qb:componentProperty rz:note }""",
    "ic-09": "INSERT DATA { ex:slice a qb:Slice }",
    "ic-10": "INSERT DATA { ex:slice qb:sliceStructure ex:key . ex:key qb:componentProperty rz:indicator }",
    "ic-11": "DELETE { ?o sdmx-dimension:refArea ?v } WHERE { ?o a qb:Observation ; sdmx-dimension:refArea ?v }",
    "ic-12": "INSERT { ex:again ?p ?v } WHERE { ?o rz:valueText 'negen' ; a qb:Observation ; ?p ?v }",
    "ic-13": "DELETE { ?o rz:unit ?v } WHERE { ?o a qb:Observation ; rz:unit ?v }",
    "ic-14": "DELETE { ?o rz:value ?v } WHERE { ?o a qb:Observation ; rz:value ?v }",
    "ic-15": """INSERT { ?o qb:measureType ex:other } WHERE { ?o a qb:Observation } ;
        INSERT DATA { rz:ObservationStructure qb:component ex:m . ex:m qb:dimension qb:measureType }""",
    "ic-16": """INSERT { ?o qb:measureType rz:value ; ex:other 1 } WHERE { ?o a qb:Observation } ;
        INSERT DATA { rz:ObservationStructure qb:component ex:m, ex:n .
        ex:m qb:dimension qb:measureType . ex:n qb:measure ex:other }""",
    "ic-17": """INSERT { ?o qb:measureType rz:value } WHERE { ?o a qb:Observation } ;
        INSERT DATA { rz:ObservationStructure qb:component ex:m, ex:n .
        ex:m qb:dimension qb:measureType . ex:n qb:measure ex:other }""",
    "ic-18": "INSERT { ?d qb:slice ex:slice . ex:slice qb:observation ex:o } WHERE { ?d a qb:DataSet }",
    "ic-19": "INSERT DATA { rz:subject qb:codeList scheme:unit }",
    "ic-20": """INSERT DATA { rz:subject qb:codeList ex:list . ex:list a qb:HierarchicalCodeList ;
        qb:hierarchyRoot ex:root ; qb:parentChildProperty skos:narrower }""",
    "ic-21": """INSERT DATA { rz:subject qb:codeList ex:list . ex:list a qb:HierarchicalCodeList ;
        qb:hierarchyRoot ex:root ; qb:parentChildProperty [ owl:inverseOf skos:broader ] }""",
}


def make_cube(store: Store, fault: str = "") -> Store:
    """One graph with everything, normalised, with a fault if one is given."""
    cube = Store()
    cube.extend(Quad(quad.subject, quad.predicate, quad.object) for quad in store)
    for update in [PREFIXES + fault, *PHASES] if fault else PHASES:
        cube.update(update)
    return cube


def list_links(cube: Store, pattern: str) -> list[str]:
    found = cube.query(f"{PREFIXES} SELECT DISTINCT ?p WHERE {{ ?list {pattern} . FILTER(ISIRI(?p)) }}")
    assert isinstance(found, QuerySolutions)
    return sorted(row["p"].value for row in found if isinstance(row["p"], NamedNode))


def is_broken(cube: Store, name: str) -> bool:
    """Ask a constraint; those on hierarchies are asked for the links of the code lists there are."""
    texts = [CONSTRAINTS[name]]
    if "urn:p" in CONSTRAINTS[name]:
        inverse = "qb:parentChildProperty/owl:inverseOf ?p" if name == "ic-21" else "qb:parentChildProperty ?p"
        texts = [CONSTRAINTS[name].replace("urn:p", link) for link in list_links(cube, inverse)]
    answers = [cube.query(text) for text in texts]
    assert all(isinstance(answer, QueryBoolean) for answer in answers)
    return any(bool(answer) for answer in answers)


@pytest.fixture(scope="module")
def cubes(store: Store, mini_store: Store) -> dict[str, Store]:
    return {"mini_store": make_cube(mini_store), "store": make_cube(store)}


def test_all_constraints_are_there() -> None:
    assert list(CONSTRAINTS) == list(FAULTS) == [f"ic-{number:02}" for number in range(1, 22)]
    assert len(PHASES) == 2


@pytest.mark.parametrize("region", ["mini_store", "store"])
@pytest.mark.parametrize("name", CONSTRAINTS)
def test_constraint_holds(name: str, region: str, cubes: dict[str, Store]) -> None:
    assert not is_broken(cubes[region], name)


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_constraint_finds_what_breaks_it(name: str, mini_store: Store) -> None:
    assert is_broken(make_cube(mini_store, FAULTS[name]), name)


@pytest.mark.parametrize("region", ["mini_store", "store"])
def test_every_observation_has_each_dimension_once(region: str, cubes: dict[str, Store]) -> None:
    rows = cubes[region].query(
        f"""{PREFIXES} SELECT ?o ?dimension (COUNT(DISTINCT ?v) AS ?values) WHERE {{
        ?o qb:dataSet/qb:structure/qb:component/qb:dimension ?dimension ; ?dimension ?v }} GROUP BY ?o ?dimension"""
    )
    assert isinstance(rows, QuerySolutions)
    values = [int(row["values"].value) for row in rows]
    assert len(values) > 50
    assert set(values) == {1}


def test_figures_that_differ_stand_side_by_side(mini_store: Store) -> None:
    rows = mini_store.query(
        f"""{PREFIXES} SELECT ?value ?document WHERE {{
        ?o a rz:Observation ; rz:indicator ?i ; sdmx-dimension:refArea ?a ; sdmx-dimension:refPeriod ?p ;
        rz:subject ?s ; rz:document ?document ; rz:value ?value .
        ?other a rz:Observation ; rz:indicator ?i ; sdmx-dimension:refArea ?a ; sdmx-dimension:refPeriod ?p ;
        rz:subject ?s ; rz:value ?otherwise . FILTER(ISIRI(?a) && ?value != ?otherwise)
        MINUS {{ ?o rz:possibleArea ?area }} }} ORDER BY ?value""",
        use_default_graph_as_union=True,
    )
    assert isinstance(rows, QuerySolutions)
    found = [(row["value"].value, slug_of(row["document"].value)) for row in rows]
    assert found == [("24", "2021-03-raadsrapport"), ("26", "2022-10-halfjaarbericht")]
