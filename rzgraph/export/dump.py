"""The graph as RDF files: ledger, facts and ontology, each as N-Quads, Turtle and JSON-LD.

N-Quads keep the named graphs and are canonical (RDFC-1.0, sorted lines); Turtle holds the same triples without the
graphs; JSON-LD holds the graphs again. The same store gives the same bytes.
"""

from pathlib import Path

from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, Store, serialize

from rzgraph.namespaces import PREFIXES, kind_of
from rzgraph.settings import Project

#: File name to the part of the graph names it holds.
PARTS = {"ledger": "data/", "facts": "facts", "ontology": "ontology/"}


def write_rdf(project: Project, store: Store, folder: Path) -> None:
    """Write every part of the graph in every format to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, part in PARTS.items():
        quads = _select_quads(store, f"{project.base}graph/{part}")
        prefixes = {**PREFIXES, **_thing_prefixes(project, quads)}
        serialize(quads, folder / f"{name}.nq", RdfFormat.N_QUADS)
        serialize(quads, folder / f"{name}.jsonld", RdfFormat.JSON_LD)
        triples = sorted({quad.triple for quad in quads}, key=str)
        serialize(triples, folder / f"{name}.ttl", RdfFormat.TURTLE, prefixes=prefixes)


def _select_quads(store: Store, start: str) -> list[Quad]:
    """Return the quads of the graphs whose names begin so, blank nodes named canonically, in the order of N-Quads."""
    graphs = [g for g in store.named_graphs() if isinstance(g, NamedNode) and g.value.startswith(start)]
    found = Dataset(quad for graph in graphs for quad in store.quads_for_pattern(None, None, None, graph))
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(found, key=str)


def _thing_prefixes(project: Project, quads: list[Quad]) -> dict[str, str]:
    kinds = {kind_of(n.value) for quad in quads for n in (quad.subject, quad.object) if isinstance(n, NamedNode)}
    return {kind: f"{project.base}id/{kind}/" for kind in sorted(kinds) if kind}
