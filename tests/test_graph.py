"""Every file is one named graph, and a file that cannot be read is named with its line."""

import shutil
from pathlib import Path

import pytest
from pyoxigraph import Store

from rzgraph.errors import InputError
from rzgraph.graph import (
    construct,
    file_of_graph,
    graph_name,
    list_turtle_files,
    load_file,
    load_store,
    view_in_rdflib,
)
from rzgraph.settings import Project, load_project


@pytest.fixture
def copy(mini: Project, tmp_path: Path) -> Project:
    """A copy of the mini region that a test may spoil."""
    return load_project(Path(shutil.copytree(mini.data, tmp_path / "data")))


def test_every_file_is_its_own_graph(mini: Project) -> None:
    files = list_turtle_files(mini)
    graphs = {graph.value for graph in load_store(mini).named_graphs()}
    assert graphs == {graph_name(mini, path).value for path in files}
    assert len(graphs) == len(files) >= 10


def test_graph_name_leads_back_to_the_file(mini: Project) -> None:
    for path in list_turtle_files(mini):
        assert file_of_graph(mini, graph_name(mini, path).value) == path
    assert file_of_graph(mini, f"{mini.base}graph/facts") is None


def test_file_elsewhere_has_no_graph(mini: Project, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a file of this project"):
        graph_name(mini, tmp_path / "x.ttl")


@pytest.mark.parametrize(
    "text", ["party:x a rz:Party .", "<https://example.org/a> <https://example.org/b> .", '<a:b> <a:c> "open']
)
def test_broken_turtle_is_named_with_its_line(copy: Project, text: str) -> None:
    path = copy.data / "register" / "broken.ttl"
    path.write_text(f"\n\n{text}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"broken\.ttl:[34]: not valid Turtle"):
        load_store(copy)


def test_wrong_encoding_is_said(copy: Project) -> None:
    path = copy.data / "register" / "latin.ttl"
    path.write_bytes(b'<https://example.org/a> <https://example.org/b> "caf\xe9" .\n')
    with pytest.raises(InputError, match=r"latin\.ttl"):
        load_store(copy)


def test_folder_without_turtle_is_said(copy: Project) -> None:
    for path in copy.data.rglob("*.ttl"):
        path.unlink()
    with pytest.raises(InputError, match="no Turtle files here"):
        load_store(copy)


def test_empty_file_holds_nothing(copy: Project) -> None:
    path = copy.data / "register" / "empty.ttl"
    path.write_text("", encoding="utf-8")
    store = Store()
    load_file(store, copy, path)
    assert len(store) == 0


def test_construct_refuses_another_form_of_query(tmp_path: Path) -> None:
    path = tmp_path / "select.rq"
    path.write_text("SELECT ?s WHERE { ?s ?p ?o }", encoding="utf-8")
    with pytest.raises(InputError, match="not a CONSTRUCT"):
        construct(Store(), path)
    path.write_text("CONSTRUCT", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be run"):
        construct(Store(), path)


def test_view_in_rdflib_sees_the_union_of_all_graphs(mini: Project) -> None:
    store = load_store(mini)
    view = view_in_rdflib(store)
    bodies = list(view.query("SELECT ?b WHERE { ?b a <https://w3id.org/rzgraph/ns#Body> }"))
    typed = store.query("SELECT ?b WHERE { ?b a <https://w3id.org/rzgraph/ns#Body> }", use_default_graph_as_union=True)
    assert len(bodies) == len(list(typed)) >= 5  # type: ignore[arg-type]
