"""Subjects and predicates are found on their lines of a Turtle file."""

from pathlib import Path

from rzgraph.turtle import find_blocks

TEXT = """@prefix ex: <https://example.org/> .
PREFIX rz: <https://w3id.org/rzgraph/ns#>

# ── A banner ──
ex:one
    a rz:Body ;
    rz:kind ex:kind ;
    .

<https://example.org/two>
    rz:note "a text
ex:three is only said here" ;
    .
ex:one
    rz:kind ex:other ;
    .
"""


def blocks_of(tmp_path: Path):
    path = tmp_path / "example.ttl"
    path.write_text(TEXT, encoding="utf-8")
    return find_blocks(path)


def test_subject_stands_on_its_line(tmp_path: Path) -> None:
    block = blocks_of(tmp_path)["https://example.org/one"]
    assert (block.first, block.last) == (5, 9)
    assert blocks_of(tmp_path)["https://example.org/two"].first == 10


def test_predicate_stands_on_its_line_and_a_missing_one_on_the_subjects(tmp_path: Path) -> None:
    block = blocks_of(tmp_path)["https://example.org/one"]
    assert block.line_of("https://w3id.org/rzgraph/ns#kind") == 7
    assert block.line_of("http://www.w3.org/1999/02/22-rdf-syntax-ns#type") == 6
    assert block.line_of("https://w3id.org/rzgraph/ns#fragment") == 5
    assert block.line_of(None) == 5


def test_changed_file_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "example.ttl"
    path.write_text("<https://example.org/a>\n    .\n", encoding="utf-8")
    assert list(find_blocks(path)) == ["https://example.org/a"]
    path.write_text("<https://example.org/bb>\n    .\n", encoding="utf-8")
    assert list(find_blocks(path)) == ["https://example.org/bb"]
