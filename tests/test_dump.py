"""The graph of the export as RDF: the same in each format, canonical, whole, and read by others."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Dataset


@pytest.mark.parametrize("part", ["ledger", "facts", "ontology"])
def test_rdf_formats_say_the_same(exported: Path, part: str) -> None:
    quads = {str(quad) for quad in ox.parse(path=exported / "rdf" / f"{part}.nq")}
    assert len(quads) > 100
    assert quads == {str(quad) for quad in ox.parse(path=exported / "rdf" / f"{part}.jsonld")} or part == "ontology"
    triples = {quad.triple for quad in ox.parse(path=exported / "rdf" / f"{part}.ttl")}
    assert len(triples) == len({quad.triple for quad in ox.parse(path=exported / "rdf" / f"{part}.nq")})


@pytest.mark.parametrize("part", ["ledger", "facts", "ontology"])
def test_nquads_are_canonical(exported: Path, part: str) -> None:
    text = (exported / "rdf" / f"{part}.nq").read_text(encoding="utf-8")
    lines = text.splitlines()
    assert lines == sorted(lines)
    assert part == "ontology" or "_:" not in text
    dataset = ox.Dataset(ox.parse(text, ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert sorted(f"{quad} ." for quad in dataset) == lines


def test_rdf_holds_the_whole_graph(exported: Path, mini_store: ox.Store) -> None:
    lines = [line for path in (exported / "rdf").glob("*.nq") for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == len(mini_store)


# The parser of rdflib calls names that rdflib itself deprecates.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_jsonld_is_read_by_another_library(exported: Path) -> None:
    dataset = Dataset()
    with (exported / "rdf" / "ledger.jsonld").open("rb") as file:
        dataset.parse(file, format="json-ld")
    assert len(list(dataset.quads())) == len((exported / "rdf" / "ledger.nq").read_text(encoding="utf-8").splitlines())
