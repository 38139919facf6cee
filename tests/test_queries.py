"""Queries are files with a header; parameters are bound, not pasted."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from rzgraph.errors import InputError
from rzgraph.queries import list_questions, read_question, run_question

HEADER = """#+ summary: Things with a name
#+ titles: {nl: Dingen, en: Things}
#+ descriptions: {nl: "Wat: een naam heeft", en: What has a name}
#+ reader: reader
#+ params: {name: {nl: naam, en: name}}
#+ columns: {thing: {nl: ding, en: thing}}
"""
BODY = """SELECT ?thing ?_name_string
WHERE { ?thing <https://example.org/name> ?n FILTER(?n = ?_name_string) }
ORDER BY ?thing
"""


@pytest.fixture
def small() -> Store:
    store = Store()
    for name in ("one", "two", '" } #'):
        graph = NamedNode("https://example.org/graph")
        thing = NamedNode(f"https://example.org/{len(name)}-{name[0] if name[0] != chr(34) else 'q'}")
        store.add(Quad(thing, NamedNode("https://example.org/name"), Literal(name), graph))
    return store


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "things-by-name.rq"
    path.write_text(text, encoding="utf-8")
    return path


def test_header_is_read(tmp_path: Path) -> None:
    question = read_question(write(tmp_path, HEADER + BODY))
    assert question.name == "things-by-name"
    assert question.titles == {"nl": "Dingen", "en": "Things"}
    assert question.descriptions["nl"] == "Wat: een naam heeft"
    assert question.reader == "reader"
    assert list(question.params) == ["name"]
    assert list(question.columns) == ["thing"]


def test_parameter_is_bound_and_left_out_of_the_answer(tmp_path: Path, small: Store) -> None:
    question = read_question(write(tmp_path, HEADER + BODY))
    answer = run_question(small, question, {"_name_string": Literal("two")})
    assert answer.columns == ("thing",)
    assert [str(row["thing"]) for row in answer.rows] == ["<https://example.org/3-t>"]


def test_hostile_parameter_stays_a_value(tmp_path: Path, small: Store) -> None:
    question = read_question(write(tmp_path, HEADER + BODY))
    assert len(run_question(small, question, {"_name_string": Literal('" } #')}).rows) == 1


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("#+ titles: {nl: [\nSELECT", "header is not YAML"),
        ("SELECT ?s WHERE {", "cannot be run"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "not a SELECT"),
        ("SELECT ?s WHERE { ?s ?p ?_x }", "cannot be run"),
    ],
)
def test_query_that_cannot_be_run_is_named(tmp_path: Path, small: Store, text: str, what: str) -> None:
    with pytest.raises(InputError, match=rf"things-by-name\.rq: .*{what}"):
        run_question(small, read_question(write(tmp_path, text)), {"_x": Literal("x")} if "_x" in text else {})


def test_missing_query_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        read_question(tmp_path / "nowhere.rq")


def test_questions_are_listed_by_name(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.rq").write_text(HEADER + BODY, encoding="utf-8")
    assert [question.name for question in list_questions(tmp_path)] == ["a", "b"]
