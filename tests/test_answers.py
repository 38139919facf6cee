"""The commands ask, show, find and query on the invented region: what they write, say and return."""

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, Store

from rzgraph.answers.ask import keep_language, run_ask, run_find, run_query
from rzgraph.answers.parameters import describe_options, read_day
from rzgraph.answers.show import run_show
from rzgraph.errors import NotFoundError, UsageError
from rzgraph.messages import message
from rzgraph.queries import Answer, list_questions, read_question
from rzgraph.settings import Project, load_project

DAY = "2022-03-01"
Asked = tuple[int, str]


def ask(
    project: Project, name: str | None, at: str | None = DAY, lang: str = "nl", form: str = "table", **options: str
) -> Asked:
    stream = io.StringIO()
    return run_ask(project, name, options, at, lang, form, stream), stream.getvalue()


def show(project: Project, entity: str, at: str | None = DAY, lang: str = "nl", form: str = "table") -> Asked:
    stream = io.StringIO()
    return run_show(project, entity, at, lang, form, stream), stream.getvalue()


# ── ask ────────────────────────────────────────────────────────────────────


def test_answer_has_question_parameters_day_standing_and_source(mini: Project) -> None:
    code, text = ask(mini, "seats-of-body", body="SGV")
    assert code == 0
    assert text.startswith("Wie zit er op een dag in een orgaan\norgaan: Stuurgroep Voorbeeld · dag: 1 maart 2022\n")
    for words in (
        "H. Jansen",
        "voorzitter",
        "2021-03-raadsrapport, r. 23-24: “vz H. Jansen (tot juli 2022)”",
    ):
        assert words in text


def test_answer_is_in_the_language_asked_for(mini: Project) -> None:
    _, text = ask(mini, "seats-of-body", lang="en", body="SGV")
    assert text.startswith("Who sits at a body on a day\nbody: Voorbeeld steering group · day: 1 March 2022\n")
    assert "2021-03-raadsrapport, l. 23-24" in text


def test_csv_names_file_and_lines_of_every_row(mini: Project) -> None:
    code, text = ask(mini, "seats-of-body", form="csv", body="SGV")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert code == 0
    assert len(rows) == 6
    assert {row["file"] for row in rows} == {"2021-03-raadsrapport.txt", "2022-10-halfjaarbericht.txt"}
    assert all(row["lines"] and row["fragment"] and row["body"] == "stuurgroep-voorbeeld" for row in rows)


@pytest.mark.parametrize(
    ("lang", "words"), [("nl", "niet genoemd in de documenten"), ("en", "not stated in the documents")]
)
def test_nothing_stated_is_said_and_exits_1(
    mini: Project, capsys: pytest.CaptureFixture[str], lang: str, words: str
) -> None:
    assert ask(mini, "absences-of-party", lang=lang, party="heideveen") == (1, "")
    assert words in capsys.readouterr().err


def test_nothing_stated_is_an_empty_list_for_machines(mini: Project) -> None:
    code, text = ask(mini, "absences-of-party", form="json", party="heideveen")
    assert (code, json.loads(text)) == (1, [])


def test_day_that_was_not_asked_for_comes_from_the_documents(mini: Project, capsys: pytest.CaptureFixture[str]) -> None:
    code, text = ask(mini, "chairs", at=None)
    assert code == 0
    assert "dag: 31 mei 2024" in text
    assert "2024-05-31" in capsys.readouterr().err


def test_question_without_a_day_says_nothing_about_one(mini: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(mini, "documents", at=None)[0] == 0
    assert capsys.readouterr().err == ""


def test_catalogue_lists_every_question_with_its_options(mini: Project) -> None:
    code, text = ask(mini, None)
    names = [question.name for question in list_questions(mini.queries / "questions")]
    assert code == 0
    assert len(names) >= 12
    assert all(name in text for name in names)
    _, machine = ask(mini, None, form="csv", lang="en")
    rows = list(csv.DictReader(io.StringIO(machine, newline="")))
    assert [row["question"] for row in rows] == names
    assert {row["options"] for row in rows if row["question"] == "who-speaks-for"} == {"--party [--body] [--at]"}


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda p: ask(p, "seats-of-bodies"), "seats-of-body"),
        (lambda p: ask(p, "seats-of-body"), "vraagt --body; de opties zijn: --body"),
        (lambda p: ask(p, "seats-of-body", body="SGV", party="x"), "kent geen --party"),
        (lambda p: ask(p, "seats-of-body", body="tafel"), "body/tafel-energie"),
        (lambda p: ask(p, "seats-of-body", at="2022", body="SGV"), "JJJJ-MM-DD"),
        (lambda p: ask(p, "seats-of-body", at="2022-02-30", body="SGV"), "2022-02-30"),
        (lambda p: ask(p, "seats-of-body", at="20220301", body="SGV"), "20220301"),
        (lambda p: ask(p, "said-on-line", document="2021-03-raadsrapport", line="een"), "geen getal"),
        (lambda p: ask(p, "said-on-line", document="2021-03-raadsrapport", line="9" * 40), "geen getal"),
    ],
)
def test_wrong_use_is_one_line_that_helps(mini: Project, call: Callable[[Project], object], words: str) -> None:
    with pytest.raises(UsageError) as error:
        call(mini)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_unknown_name_offers_candidates(mini: Project) -> None:
    with pytest.raises(NotFoundError, match="tafel-wonen"):
        ask(mini, "seats-of-body", body="tafel wonnen")


def test_parameter_is_bound_and_never_pasted(mini: Project) -> None:
    with pytest.raises(NotFoundError):
        ask(mini, "seats-of-body", body="> } DELETE WHERE { ?s ?p ?o")


def test_absence_is_told_apart_from_silence(mini: Project) -> None:
    _, text = ask(mini, "who-speaks-for", party="lindelo", body="tafel-energie")
    assert "uitdrukkelijk afwezig" in text


def test_column_that_repeats_what_was_asked_is_left_out_and_one_that_tells_more_is_kept(mini: Project) -> None:
    assert "orgaan: Stuurgroep" not in ask(mini, "seats-of-body", body="SGV")[1].partition("\n\n")[2]
    assert "Lindelo" in ask(mini, "programmes-in-place", place="linde")[1]
    told = ask(mini, "story-of", of="evaluatie-gevels")[1]
    assert told.startswith("Wat er van iets geworden is, op volgorde\nvan: Evaluatie van Groene Gevels naar de raad\n")
    assert "nagekomen" in told


@pytest.mark.parametrize(("area", "figure"), [("lindelo", "negen"), ("Nederland", "3,2%"), ("regio-voorbeeld", "800")])
def test_area_is_a_party_a_network_or_an_area(mini: Project, area: str, figure: str) -> None:
    assert figure in ask(mini, "figures-of-area", area=area)[1]


def test_text_in_one_language_is_kept_and_a_text_without_twin_too() -> None:
    both = [{"a": Literal("x", language=lang), "b": Literal("1")} for lang in ("nl", "en")]
    alone = [{"a": Literal("y", language="en"), "b": Literal("2")}]
    answer = Answer(("a", "b"), [*both, *alone, {"a": None, "b": Literal("3")}])
    kept = keep_language(answer, "nl").rows
    assert [getattr(row["a"], "value", None) for row in kept] == ["x", "y", None]


def test_last_day_is_that_of_the_last_document(mini_store: Store) -> None:
    assert read_day(mini_store, None, "nl").isoformat() == "2024-05-31"
    assert read_day(Store(), None, "nl").isoformat() == "0001-01-01"
    assert read_day(mini_store, "2022-01-10", "nl").isoformat() == "2022-01-10"


def test_options_in_brackets_may_be_left_out(mini: Project) -> None:
    question = read_question(mini.queries / "questions" / "who-speaks-for.rq")
    assert describe_options(question, "nl") == "--party [--body] [--at]"


# ── what the documents leave unsaid ────────────────────────────────────────


@pytest.fixture
def with_gap(mini: Project, tmp_path: Path) -> Project:
    """The invented region with one finding that something is not known."""
    data = shutil.copytree(mini.data, tmp_path / "mini")
    with (data / "judgements.ttl").open("a", encoding="utf-8") as stream:
        stream.write("""
finding:more-members
    a rz:Finding ;
    rz:kind kind:known-unknown ;
    rz:concerns body:stuurgroep-voorbeeld, body:regiobureau ;
    rz:message "Wie er nog meer zitten, staat er niet."@nl, "Who else sits there is not said."@en ;
    .
""")
    return load_project(data)


def test_answer_ends_with_what_the_documents_leave_unsaid(with_gap: Project) -> None:
    for code, text in (ask(with_gap, "seats-of-body", body="SGV"), show(with_gap, "SGV")):
        assert code == 0
        assert text.endswith("\nWat de documenten niet zeggen\n- Wie er nog meer zitten, staat er niet.\n")
    _, text = ask(with_gap, "seats-of-body", lang="en", form="md", body="SGV")
    assert text.endswith("\n## What the documents do not say\n\n- Who else sits there is not said.\n")
    assert "niet zeggen" not in ask(with_gap, "seats-of-body", form="csv", body="SGV")[1]


def test_no_answer_says_what_is_known_to_be_unknown(with_gap: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(with_gap, "seats-of-body", at="1990-01-01", body="SGV")[0] == 1
    assert "Wie er nog meer zitten, staat er niet." in capsys.readouterr().err


def test_what_is_unknown_is_said_once(mini: Project) -> None:
    code, text = ask(mini, "what-is-unknown", None, about="Board Wonen")
    assert code == 0
    assert text.count("zegt geen document") == 1


def test_no_finding_is_not_called_absence_from_the_documents(mini: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(mini, "contradictions", None, about="SGV") == (1, "")
    said = capsys.readouterr().err
    assert "zo'n bevinding is niet vastgelegd" in said
    assert message("ask.not-stated", "nl") not in said


# ── show ───────────────────────────────────────────────────────────────────


def test_show_tells_what_it_is_and_every_panel_with_sources(mini: Project) -> None:
    code, text = show(mini, "SGV")
    assert code == 0
    assert text.startswith("Stuurgroep Voorbeeld (")
    for words in (
        "ook geschreven als: SGV; Stuurgroep",
        "Zetels",
        "Uitdrukkelijk afwezig",
        "nog niet",
        "“Waterschap Lage",
    ):
        assert words in text


def test_show_tells_what_was_promised_and_what_became_of_it(mini: Project) -> None:
    _, text = show(mini, "evaluatie-gevels")
    promised, became = text.index("Wat er is toegezegd"), text.index("Wat ervan werd")
    assert promised < text.index("Heideveen zegt de raad toe") < became < text.index("nagekomen", became)


def test_show_keeps_iris_of_others_whole(mini: Project) -> None:
    assert "https://identifier.overheid.nl/tooi/id/gemeente/gm9001" in show(mini, "heideveen")[1]


def test_show_gives_all_standings(mini: Project) -> None:
    _, text = show(mini, "tafel-wonen", form="csv")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    seats = {(row["person"], row["standing"]) for row in rows if row["panel"] == "body.10-seats"}
    assert ("e-smit", "ended") in seats
    assert ("f-postma", "later-known") in seats
    assert all(row["lines"] for row in rows)


@pytest.mark.parametrize(
    "entity",
    [
        "gemeente-heideveen",
        "c-de-vries",
        "2021-03-raadsrapport",
        "office/waterhorst-wethouder-energie",
        "regio-voorbeeld",
        "groene-gevels",
        "verkenning-warmtenet",
        "aanvragen-gevelbon",
        "lage-beekdag-2023",
        "woonmonitor-2023",
        "area/nederland",
    ],
)
def test_every_kind_of_thing_can_be_shown(mini: Project, entity: str) -> None:
    assert show(mini, entity)[0] == 0
    assert show(mini, entity, form="md", lang="en")[1].startswith("# ")


def test_thing_of_which_nothing_is_stated_exits_1(mini: Project, capsys: pytest.CaptureFixture[str]) -> None:
    code, text = show(mini, "change/nieuwe-besturing-2024")
    assert code == 1
    assert "Nieuwe besturing 2024" in text
    assert "geen feiten in de documenten" in capsys.readouterr().err


# ── find and query ─────────────────────────────────────────────────────────


def test_find_lists_kind_name_and_what_was_found(mini: Project) -> None:
    stream = io.StringIO()
    assert run_find(mini, "visser", "nl", "csv", stream) == 0
    assert stream.getvalue() == "slug,kind,label,matched\r\nk-visser,persoon,K. Visser,K. Visser\r\n"


def test_find_of_nothing_exits_1(mini: Project, capsys: pytest.CaptureFixture[str]) -> None:
    stream = io.StringIO()
    assert run_find(mini, "xyzzy", "en", "table", stream) == 1
    assert stream.getvalue() == ""
    assert "nothing found" in capsys.readouterr().err


def test_any_select_can_be_run(mini: Project) -> None:
    stream = io.StringIO()
    text = "SELECT ?b WHERE { ?b a <https://w3id.org/rzgraph/ns#Body> } ORDER BY ?b LIMIT 1"
    assert run_query(mini, text, "nl", "csv", stream) == 0
    assert stream.getvalue() == "b,b_label\r\nhttps://w3id.org/rzgraph/id/body/algemeen-bestuur,Algemeen Bestuur\r\n"


@pytest.mark.parametrize("text", ["SELECT ?x WHERE {", "ASK { ?s ?p ?o }", "DELETE WHERE { ?s ?p ?o }", ""])
def test_query_that_gives_no_rows_is_wrong_use(mini: Project, text: str) -> None:
    with pytest.raises(UsageError) as error:
        run_query(mini, text, "nl", "table", io.StringIO())
    assert "\n" not in str(error.value)


def test_every_message_of_these_commands_is_used(mini: Project) -> None:
    import tomllib

    section = tomllib.loads((mini.site / "messages" / "ask.toml").read_text(encoding="utf-8"))
    code = "".join(
        path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent.parent / "rzgraph").rglob("*.py"))
    )
    unused = [
        key
        for key in section
        if not re.search(rf"ask\.{key}\b", code) and not key.startswith(("kind-", "column-", "reader-"))
    ]
    assert unused == []
