"""Answers written down: what each form holds, and that no text becomes anything but text."""

import csv
import io
import json
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from rzgraph.answers.grouping import group_rows
from rzgraph.answers.plaintext import fold_lines, lay_out_records, lay_out_table
from rzgraph.answers.tables import WIDTH, write_answer
from rzgraph.errors import UsageError
from rzgraph.labels import Labels
from rzgraph.namespaces import EDTF, rz, term
from rzgraph.queries import Answer, Row

ID = "https://w3id.org/rzgraph/id/"
HOSTILE = [
    "=1+1",
    "+31",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("https://example.org")',
    "http://example.org",
    'a "quoted" word',
    "two\nlines",
    "a,b;c",
    "<script>alert(1)</script>",
    "a | b",
    "[link](javascript:x)",
    "`code` *bold* _it_",
    "é ‰ 漢",
    "1e5",
]
COLUMNS: dict[str, dict[str, Any]] = {
    "person": {"nl": "persoon", "en": "person", "thing": "person"},
    "organisation": {"nl": "organisatie", "en": "organisation", "thing": "party", "differs": "person"},
    "held": {"nl": "bezet", "en": "held"},
    "count": {"nl": "aantal", "en": "number"},
    "begin": {"nl": "begin", "en": "begin"},
    "fact": {"nl": "feit", "en": "fact", "thing": "fact", "key": True},
}
EVIDENCE = ("claim", "basis", "document", "file", "lines", "fragment")
LABELS = Labels({ID + "person/x": {"nl": "De heer X", "en": "Mr X"}})


def make_row(fragment: str, number: int = 1, **more: Any) -> Row:
    row: Row = {
        "person": NamedNode(ID + "person/x"),
        "organisation": None,
        "held": Literal(True),
        "count": Literal(22),
        "begin": Literal("2024-21", datatype=EDTF),
        "fact": NamedNode(ID + "seat/s"),
        "claim": NamedNode(f"{ID}claim/d.c{number}"),
        "basis": rz("stated"),
        "document": NamedNode(ID + "document/d"),
        "file": Literal("d.txt"),
        "lines": Literal(f"{number}"),
        "fragment": Literal(fragment),
    }
    return {**row, **more}


def make_answer(*rows: Row) -> Answer:
    return Answer((*COLUMNS, *EVIDENCE), list(rows))


def written(answer: Answer, form: str, lang: str = "nl", columns: Any = COLUMNS, **more: Any) -> str:
    stream = io.StringIO()
    write_answer(answer, LABELS, lang, form, stream, columns, **more)
    return stream.getvalue()


class Bytes(io.TextIOWrapper):
    """A text stream with bytes below it, as stdout has."""


def written_workbook(answer: Answer, columns: Any = COLUMNS) -> bytes:
    raw = io.BytesIO()
    stream = Bytes(raw, encoding="utf-8")
    write_answer(answer, LABELS, "nl", "xlsx", stream, columns)
    stream.flush()
    return raw.getvalue()


# ── For machines ───────────────────────────────────────────────────────────


def test_csv_has_a_row_per_claim_and_twins_for_things() -> None:
    text = written(make_answer(make_row("a", 1), make_row("b", 2)), "csv")
    assert text.endswith("\r\n")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    assert header == [
        *("person", "person_label", "organisation", "organisation_label", "held", "count", "begin", "fact"),
        *EVIDENCE,
    ]
    assert rows[0] == ["x", "De heer X", "", "", "true", "22", "2024-21", "s", "d.c1", "stated", "d", "d.txt", "1", "a"]
    assert [row[-1] for row in rows] == ["a", "b"]


def test_csv_of_no_rows_has_the_same_header() -> None:
    some = written(make_answer(make_row("a")), "csv").splitlines()[0]
    assert written(make_answer(), "csv").splitlines() == [some]


@pytest.mark.parametrize("text", HOSTILE)
def test_csv_gives_a_text_back_as_it_was(text: str) -> None:
    rows = list(csv.DictReader(io.StringIO(written(make_answer(make_row(text)), "csv"), newline="")))
    assert [row["fragment"] for row in rows] == [text]


def test_json_has_numbers_truth_values_and_nothing() -> None:
    (row,) = json.loads(written(make_answer(make_row("é")), "json", "en"))
    assert row["count"] == 22
    assert row["held"] is True
    assert row["organisation"] is None
    assert row["person_label"] == "Mr X"
    assert json.loads(written(make_answer(), "json")) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_workbook_holds_texts_and_no_formulas_or_links(text: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(written_workbook(make_answer(make_row(text))))).active
    cells = {str(cell.value): sheet.cell(2, cell.column) for cell in sheet[1]}
    assert cells["fragment"].value == text
    assert cells["fragment"].data_type == "s"
    assert cells["fragment"].hyperlink is None
    assert cells["count"].value == 22
    assert cells["held"].value is True


def test_workbook_says_where_a_text_is_cut_off() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(written_workbook(make_answer(make_row("a" * 40_000))))).active
    assert max(len(str(cell.value)) for row in sheet.iter_rows() for cell in row) == 32_767
    assert any(str(cell.value).endswith("a…") for row in sheet.iter_rows() for cell in row)


def test_same_answer_gives_the_same_workbook() -> None:
    answer = make_answer(make_row("a"), make_row("b", 2))
    assert written_workbook(answer) == written_workbook(answer)


def test_workbook_for_a_terminal_is_refused() -> None:
    with pytest.raises(UsageError, match="xlsx"):
        written(make_answer(make_row("a")), "xlsx")


def test_foreign_iri_stays_whole_and_columns_without_header_are_guessed() -> None:
    answer = Answer(("s", "o"), [{"s": NamedNode("https://example.org/a/b"), "o": Literal("x")}])
    text = written(answer, "csv", columns=None)
    assert text.splitlines() == ["s,s_label,o", "https://example.org/a/b,b,x"]


# ── For people ─────────────────────────────────────────────────────────────


def test_two_claims_read_from_the_same_words_are_one_source() -> None:
    answer = make_answer(make_row("vz Jansen"), make_row("vz Jansen", claim=NamedNode(f"{ID}claim/d.c2")))
    for form in ("table", "md"):
        assert written(answer, form).count("vz Jansen") == 1
    assert written(answer, "csv").count("vz Jansen") == 2


def test_people_read_yes_and_no() -> None:
    assert " ja " in written(make_answer(make_row("a")), "table")
    assert "| yes |" in written(make_answer(make_row("a")), "md", "en")


def test_rows_of_one_fact_become_one_line_with_all_sources() -> None:
    answer = make_answer(make_row("a", 1), make_row("b", 2), make_row("c", 3, fact=NamedNode(ID + "seat/t")))
    groups = group_rows(answer, COLUMNS)
    assert [[one.fragment for one in group.evidence] for group in groups] == [["a", "b"], ["c"]]
    text = written(answer, "table")
    assert text.count("De heer X") == 2
    assert "[1]   d, r. 1: “a”" in text
    assert "1, 2" in text


def test_without_key_every_row_is_a_line() -> None:
    answer = Answer(("a",), [{"a": Literal("x")}, {"a": Literal("y")}])
    assert [group.cells["a"][0] for group in group_rows(answer)] == [Literal("x"), Literal("y")]


def test_table_leaves_out_what_says_nothing() -> None:
    text = written(make_answer(make_row("a")), "table", hidden=("count",))
    head = text.splitlines()[0]
    assert head.split() == ["persoon", "bezet", "begin", "bron"]
    assert "voorjaar 2024" in text


def test_column_that_repeats_another_is_shown_where_it_differs() -> None:
    same = make_row("a", organisation=NamedNode(ID + "person/x"))
    other = make_row("b", 2, organisation=NamedNode(ID + "party/y"), fact=NamedNode(ID + "seat/t"))
    assert "organisatie" not in written(make_answer(same), "table")
    text = written(make_answer(same, other), "table")
    assert "organisatie" in text
    assert text.count("De heer X") == 2


def test_derived_claim_is_marked() -> None:
    assert "(afgeleid)" in written(make_answer(make_row("a", basis=rz("derived"))), "table")
    assert "(afgeleid)" not in written(make_answer(make_row("a")), "table")


def test_table_keeps_to_its_width_and_has_no_trailing_blanks() -> None:
    text = written(make_answer(*(make_row("woord " * 30, n) for n in range(1, 9))), "table")
    assert all(len(line) <= WIDTH and line == line.rstrip() for line in text.splitlines())


def test_many_sources_are_counted_in_a_table() -> None:
    text = written(make_answer(*(make_row(f"f{n}", n) for n in range(1, 6))), "table")
    assert "+2" in text
    assert "“f3”" in text
    assert "“f4”" not in text


def test_many_sources_are_counted_in_a_record() -> None:
    wide = {name: Literal(name * 9) for name in ("person", "held", "count", "begin")}

    def record_of(sources: int) -> str:
        return written(make_answer(*(make_row(f"f{n}", n, **wide) for n in range(1, sources + 1))), "table")

    assert record_of(6).splitlines()[-2:] == ["    - d, r. 3: “f3”", "    - en nog 3; alle staan in --format csv"]
    # One more takes no more room than saying so.
    assert record_of(4).splitlines()[-1] == "    - d, r. 4: “f4”"


def test_words_that_do_not_fit_in_columns_become_records() -> None:
    head = [f"kolom{n}" for n in range(9)]
    row = [f"{'woord' * 4}{n}" for n in range(9)]
    assert lay_out_table(head, [row], 100) is None
    lines = list(lay_out_records(head, [row], [["een bron"]], 100))
    assert lines[0].startswith("1.  kolom0: ")
    assert lines[-1] == "    - een bron\n"
    assert all(len(line) <= 101 for line in lines)
    assert all(word in "".join(lines) for word in row)


def test_no_word_of_a_table_is_broken_when_it_fits() -> None:
    lines = lay_out_table(["a", "b"], [["voorzitter " * 9, "gemeente " * 9]], 40)
    assert lines is not None
    words = {word for line in lines for word in line.split()}
    assert words - {"─" * 38, "─" * 37, "─" * 39} == {"a", "b", "voorzitter", "gemeente"}


@pytest.mark.parametrize("text", ["\x1b[31mred\x1b[0m", "a\x07b", "[bold]x[/bold]", ":smile:"])
def test_text_steers_no_terminal(text: str) -> None:
    out = written(make_answer(make_row(text)), "table")
    assert "\x1b" not in out
    assert "\x07" not in out
    assert text.replace("\x1b", " ").replace("\x07", " ").strip() in out


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_a_text_and_nothing_else(text: str) -> None:
    lines = written(make_answer(make_row(text)), "md").splitlines()
    assert len(lines) == 3
    assert "<script" not in lines[2]
    bare = lines[2].replace("\\|", "")
    assert bare.count("|") == lines[0].count("|")
    for sign in "`*_[]":
        assert all(before == "\\" for before, here in zip(lines[2], lines[2][1:], strict=False) if here == sign)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.integers(20, 120))
@example("\ue000", 20)
@example("€ 12 of € 30", 20)
def test_folded_lines_keep_every_word(text: str, width: int) -> None:
    lines = list(fold_lines("[1] ", text, width))
    assert "".join("".join(lines).split()) == "".join(f"[1] {text}".split())
    assert all(line.endswith("\n") for line in lines)


def test_amounts_of_money_are_written_for_people_and_are_numbers_for_machines() -> None:
    answer = Answer(("amount",), [{"amount": Literal("1950000.5", datatype=term("xsd:decimal"))}])
    columns = {"amount": {"nl": "bedrag", "en": "amount", "unit": "euro"}}
    forms = {}
    for form in ("table", "csv", "json"):
        stream = io.StringIO()
        write_answer(answer, LABELS, "nl", form, stream, columns)
        forms[form] = stream.getvalue()
    assert "€ 1.950.000,50" in forms["table"].replace("\xa0", " ")
    assert "1950000.5" in forms["csv"]
    assert json.loads(forms["json"]) == [{"amount": 1950000.5}]
    sheet = openpyxl.load_workbook(io.BytesIO(written_workbook(answer, columns))).active
    assert (sheet["A2"].value, sheet["A2"].number_format) == (1950000.5, "#,##0.00")


def test_an_amount_is_not_broken_off_its_sign() -> None:
    lines = lay_out_table(["a", "b"], [["-€ 1.950.000 en meer"] * 2], 30)
    assert lines is not None
    folded = list(fold_lines("- ", "er staat een bedrag van € 1.950.000", 28))
    for line in [*lines, *folded]:
        assert line.count("€ 1.950.000") == line.count("€") == line.count("1.950.000")
    assert any("€" in line for line in folded)
