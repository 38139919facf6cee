"""The one place that creates stores: Turtle files in, an Oxigraph store out, one named graph per file.

The name of a graph tells its file: ``<base>graph/data/claims/2022-01-dalfsen`` holds
``data/claims/2022-01-dalfsen.ttl``. Questions see the union of all graphs.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, QueryTriples, RdfFormat, Store, Triple

from rzgraph.errors import InputError
from rzgraph.settings import Project

if TYPE_CHECKING:
    from rdflib import Dataset


def list_turtle_files(project: Project) -> list[Path]:
    """Return the files of the graph in a fixed order: ontology first, then the data; candidates are no part of it.

    Raises
    ------
    InputError
        When a folder holds no Turtle at all.
    """
    files = []
    for folder in (project.ontology, project.data):
        found = sorted(path for path in folder.rglob("*.ttl") if not path.is_relative_to(project.candidates))
        if not found:
            raise InputError("error.no-turtle", folder=folder)
        files += found
    return files


def graph_name(project: Project, path: Path) -> NamedNode:
    """Return the name of the graph that holds a file of the ontology, the data or the shapes."""
    for name, folder in (("data", project.data), ("ontology", project.ontology), ("shapes", project.shapes)):
        if path.is_relative_to(folder):
            return NamedNode(f"{project.base}graph/{name}/{path.relative_to(folder).with_suffix('').as_posix()}")
    raise InputError("error.foreign-path", path=path)


def file_of_graph(project: Project, graph: str) -> Path | None:
    """Return the Turtle file a named graph was read from; None for derived graphs."""
    name, _, rest = graph.removeprefix(f"{project.base}graph/").partition("/")
    folder = {"data": project.data, "ontology": project.ontology, "shapes": project.shapes}.get(name)
    return folder / f"{rest}.ttl" if folder and rest else None


def facts_graph(project: Project) -> NamedNode:
    """Return the name of the graph of derived facts."""
    return NamedNode(f"{project.base}graph/facts")


def load_file(store: Store, project: Project, path: Path) -> None:
    """Load one Turtle file into its graph.

    Raises
    ------
    InputError
        When the file cannot be read or is not Turtle: one line with file and line.
    """
    try:
        store.bulk_load(path=path, format=RdfFormat.TURTLE, to_graph=graph_name(project, path))
    except SyntaxError as error:
        where = f"{path}:{error.lineno}" if error.lineno else f"{path}"
        raise InputError("error.not-turtle", place=where, reason=error.msg) from None
    except (OSError, ValueError) as error:
        raise InputError("error.not-read", path=path, reason=error) from None


def load_store(project: Project) -> Store:
    """Return a store with the ontology and the data as they stand in the files, without derived facts.

    Raises
    ------
    InputError
        When a file cannot be read or is not Turtle.
    """
    store = Store()
    for path in list_turtle_files(project):
        load_file(store, project, path)
    return store


def view_in_rdflib(store: Store) -> "Dataset":
    """Return the rdflib view of a store, for users of that library: plain patterns see the union of all graphs."""
    from oxrdflib import OxigraphStore
    from rdflib import Dataset

    return Dataset(store=OxigraphStore(store=store), default_union=True)


def construct(store: Store, path: Path) -> list[Triple]:
    """Run a CONSTRUCT query from a file over the union of all graphs and return its triples.

    Raises
    ------
    InputError
        When the file cannot be read, is not valid SPARQL, or is not a CONSTRUCT.
    """
    try:
        triples = store.query(path.read_text(encoding="utf-8"), use_default_graph_as_union=True)
    except (OSError, UnicodeDecodeError, SyntaxError) as error:
        raise InputError("error.query-not-run", path=path, reason=error) from None
    if not isinstance(triples, QueryTriples):
        raise InputError("error.not-construct", path=path)
    return list(triples)
