"""The command line as a user meets it: separate processes, exit codes, one line per error."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from rzgraph.cli import cli, main
from rzgraph.options import asked_language
from rzgraph.settings import Project


def run(*words: str, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rzgraph", *words],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONWARNINGS": "error", **env},
        check=False,
    )


def walk(group: click.Group, path: tuple[str, ...] = ()):
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from walk(command, (*path, name))
        else:
            yield (*path, name), command


COMMANDS = list(walk(cli))


def test_the_commands_are_those_of_the_interface() -> None:
    names = [" ".join(path) for path, _ in COMMANDS]
    assert names == [
        "ask",
        "build",
        "check",
        "diff",
        "draw",
        "export",
        "find",
        "query",
        "show",
        "sources check",
        "sources coverage",
        "sources new",
        "trace",
    ]


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=lambda value: value[0] if isinstance(value, tuple) else "")
def test_every_command_has_help_with_an_example_and_stands_in_the_readme(
    path: tuple[str, ...], command: click.Command, project: Project
) -> None:
    assert re.search(r"Example: .*rzgraph " + " ".join(path), command.help or "")
    assert all(
        option.help or isinstance(option, click.Argument)
        for option in command.params
        if option.name not in {"form", "engine"}
    )
    assert f"rzgraph {path[0]}" in (project.root / "README.md").read_text(encoding="utf-8")


def test_help_and_version_are_quick_and_fine() -> None:
    assert run("--help").returncode == 0
    assert run("--version").stdout.startswith("rzgraph")


def test_help_loads_no_heavy_library() -> None:
    heavy = ("rdflib", "pyoxigraph", "rich", "babel", "networkx", "jinja2")
    code = f"import sys, rzgraph.cli; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


@pytest.mark.parametrize(
    ("words", "code", "what"),
    [
        (["nonsense"], 2, "No such command"),
        (["ask", "no-such-question"], 2, "no-such-question"),
        (["ask", "seats-of-body"], 2, "--body"),
        (["ask", "seats-of-body", "--body"], 2, "--naam waarde"),
        (["ask", "seats-of-body", "--body", "stuurgroep-voorbeeld", "--colour", "red"], 2, "colour"),
        (["ask", "seats-of-body", "--body", "stuurgroep-voorbeeld", "--at", "soon"], 2, "JJJJ-MM-DD"),
        (["ask", "seats-of-body", "--body", "stuurgroep voorbeld x"], 1, "stuurgroep-voorbeeld"),
        (["show", "zzzzqqq"], 1, "zzzzqqq"),
        (["diff", "--from", "2022-01-10"], 2, "--to"),
        (["diff", "--from", "2022-01-10", "--to", "2024-04-dias"], 2, "2024-04-dias"),
        (["diff", "--from", "2022-13-01", "--to", "2024-01-01"], 2, "JJJJ-MM-DD"),
        (["diff", "--from", "2024-01-01", "--to", "2022-01-01"], 2, "2022-01-01"),
        (["diff", "--from", "zzzzqqq", "--to", "2024-04-dias"], 1, "zzzzqqq"),
        (["draw", "governance", "-o", "drawing.xyz"], 2, ".svg"),
        (["draw", "seats", "-o", "drawing.gexf"], 2, ".csv"),
        (["draw", "seats", "--body", "zzzzqqq", "-o", "drawing.svg"], 1, "zzzzqqq"),
        (["draw", "lives", "--at", "2022-13-01", "-o", "drawing.svg"], 2, "JJJJ-MM-DD"),
        (["draw", "network", "-o", "drawing.svg"], 2, "draw network NAAM"),
        (["draw", "network", "zzzzqqq", "-o", "drawing.svg"], 1, "zzzzqqq"),
        (["draw", "money", "-o", "drawing.svg"], 2, "draw money NAAM"),
        (["draw", "seats", "--phase", "planned", "-o", "drawing.svg"], 2, "draw money"),
        (["draw", "money", "impuls-wonen", "-o", "drawing.svg"], 1, "--phase"),
        (["draw", "money", "impuls-wonen", "--phase", "soon", "-o", "drawing.svg"], 2, "granted"),
        (["draw", "money", "regio-voorbeeld", "--phase", "forecast", "-o", "drawing.svg"], 1, "--whole"),
        (["draw", "budget", "begroting-2020", "-o", "drawing.gexf"], 2, ".csv"),
        (["draw", "timeline", "-o", "drawing.gexf"], 2, ".csv"),
        (["draw", "timeline", "lage-beekdag-2023", "-o", "drawing.svg"], 2, "timeline"),
        (["draw", "programmes", "gemeente-heideveen", "-o", "drawing.svg"], 1, "gemeente-heideveen"),
        (["draw", "map", "-o", "drawing.svg"], 2, "draw map NAAM"),
        (["draw", "map", "inwoners", "-o", "drawing.svg"], 1, "values-of-indicator"),
        (["draw", "map", "aanvragen-gevelbon", "-o", "drawing.mmd"], 2, ".png"),
        (["trace", "zzzzqqq", "--up"], 1, "zzzzqqq"),
        (["trace", "gemeente-waterhorst"], 1, "niet genoemd in de documenten"),
        (["trace", "impuls-wonen", "--at", "soon"], 2, "JJJJ-MM-DD"),
        (["query", "no-such-file.rq"], 2, "no-such-file.rq"),
        (["query", "-"], 2, "SPARQL"),
    ],
)
def test_wrong_use_gives_one_line_and_a_code(
    mini: Project, tmp_path: Path, words: list[str], code: int, what: str
) -> None:
    data = [] if words == ["nonsense"] else ["--data", str(mini.data)]
    done = run(*words, *data, stdin="SELECT nonsense")
    assert done.returncode == code, done.stderr
    assert what in done.stderr
    assert "Traceback" not in done.stderr


LANGUAGES = pytest.mark.parametrize("words", [(), ("--lang", "nl"), ("--lang=en",)], ids=["default", "nl", "en"])


def check_error(done: subprocess.CompletedProcess[str], code: int, words: tuple[str, ...], nl: str, en: str) -> None:
    """See to it that a command ended in one line, in the language its words ask for."""
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (code, "", 1), done.stderr
    said, unsaid = (en, nl) if "--lang=en" in words else (nl, en)
    assert said in done.stderr
    assert unsaid not in done.stderr


def test_name_of_several_words_needs_no_quotes(mini: Project) -> None:
    done = [run("find", *words, "--data", str(mini.data)) for words in (("board", "wonen"), ("board wonen",))]
    assert done[0].returncode == 0
    assert "board-wonen" in done[0].stdout
    assert done[0].stdout == done[1].stdout


@LANGUAGES
def test_missing_data_folder_exits_3(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run("check", "--data", str(tmp_path / "nowhere"), *words)
    check_error(done, 3, words, "er is geen map", "no such data folder")


@LANGUAGES
def test_broken_turtle_speaks_the_asked_language(mini: Project, tmp_path: Path, words: tuple[str, ...]) -> None:
    data = Path(shutil.copytree(mini.data, tmp_path / "data"))
    (data / "register" / "broken.ttl").write_text("@prefix : <", encoding="utf-8")
    done = run("find", "x", *words, "--data", str(data))
    check_error(done, 3, words, "geen geldige Turtle", "not valid Turtle")


@LANGUAGES
@pytest.mark.parametrize("command", [("build", "--output"), ("export", "--to")], ids=lambda command: command[0])
def test_unwritable_folder_speaks_the_asked_language(
    mini: Project, tmp_path: Path, command: tuple[str, ...], words: tuple[str, ...]
) -> None:
    (tmp_path / "file").touch()
    done = run(*command, str(tmp_path / "file" / "out"), "--data", str(mini.data), *words)
    check_error(done, 3, words, "niet te schrijven", "cannot be written")
    done = run(*command, str(tmp_path / "file"), "--data", str(mini.data), *words)
    check_error(done, 2, words, "is geen map", "is not a folder")


@LANGUAGES
@pytest.mark.parametrize(
    ("options", "nl", "en"),
    [
        (("--at", "soon"), "is geen dag", "is not a day"),
        (("extra",), "is niet te begrijpen", "is not understood"),
    ],
    ids=["value", "word"],
)
def test_unknown_option_value_speaks_the_asked_language(
    mini: Project, options: tuple[str, ...], nl: str, en: str, words: tuple[str, ...]
) -> None:
    done = run("ask", "bodies-on-day", *options, "--data", str(mini.data), *words)
    check_error(done, 2, words, nl, en)


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        ("", "nl"),
        ("find x --lang en", "en"),
        ("find --lang=en x", "en"),
        ("find --lang en --lang nl x", "nl"),
        ("find --lang=en --lang nl x", "nl"),
        ("find --lang nl --lang=en x", "en"),
        ("find --lang", "nl"),
        ("find --lang fr x", "nl"),
        ("find -- --lang en", "nl"),
    ],
)
def test_language_is_found_wherever_a_command_stopped(words: str, lang: str) -> None:
    assert asked_language(words.split()) == lang


@pytest.mark.parametrize("text", ["party:x a rz:Party .", "@prefix : <"])
def test_broken_turtle_exits_3_and_names_file_and_line(mini: Project, tmp_path: Path, text: str) -> None:
    data = Path(shutil.copytree(mini.data, tmp_path / "data"))
    (data / "register" / "broken.ttl").write_text(f"\n{text}\n", encoding="utf-8")
    done = run("check", "--data", str(data))
    assert done.returncode == 3
    assert re.search(r"broken\.ttl:[23]", done.stderr)
    assert len(done.stderr.strip().splitlines()) == 1


def test_missing_source_texts_are_a_warning_not_a_crash(mini: Project, tmp_path: Path) -> None:
    done = run("check", "--data", str(mini.data), "--sources", str(tmp_path / "nowhere"))
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def run_raw(words: list[str], **streams: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "rzgraph", *words], check=False, stderr=subprocess.PIPE, **streams)


def test_query_that_is_not_utf8_is_one_line(mini: Project) -> None:
    words = ["query", "-", "--data", str(mini.data)]
    done = run_raw(words, input=b"SELECT \xff", stdout=subprocess.PIPE)
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)
    assert b"geen UTF-8" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write to here")
@pytest.mark.parametrize("form", ["table", "json", "xlsx"])
def test_full_disk_is_one_line(mini: Project, form: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run_raw(["ask", "documents", "--format", form, "--data", str(mini.data)], stdout=full)
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1), done.stderr.decode()


@pytest.mark.skipif(os.name == "nt", reason="no shell that closes a stream")
def test_closed_output_leaves_no_error(mini: Project) -> None:
    command = f"exec {sys.executable} -m rzgraph ask documents --data {mini.data} >&-"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_reader_that_goes_away_leaves_no_error(mini: Project) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = run_raw(["ask", "documents", "--format", "json", "--data", str(mini.data)], stdout=writer)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")


def test_folder_that_may_not_be_read_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied", "/somewhere/site")

    monkeypatch.setattr(cli, "main", refuse)
    monkeypatch.setattr("rzgraph.running._drop_output", lambda: None)
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 3
    assert capsys.readouterr().err == "rzgraph: /somewhere/site: Permission denied\n"


def test_name_that_cannot_be_written_down_is_one_line(mini: Project) -> None:
    done = run_raw([b"find", b"\xffqqq", b"--data", str(mini.data).encode()], stdout=subprocess.PIPE)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)


@pytest.mark.parametrize("value", ['"abc"^^xsd:integer', f'"{"9" * 5000}"^^xsd:integer', '"2022-02-31"^^edtf:EDTF'])
@pytest.mark.parametrize("form", ["table", "json", "xlsx"])
def test_value_that_is_not_what_it_says_is_shown_as_text(mini: Project, value: str, form: str) -> None:
    prefixes = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX edtf: <http://id.loc.gov/datatypes/edtf/> "
    words = ["query", "-", "--format", form, "--data", str(mini.data)]
    done = run_raw(words, input=f"{prefixes}SELECT ({value} AS ?x) {{}}".encode(), stdout=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (0, b"")


def test_service_that_cannot_be_reached_is_one_line(mini: Project) -> None:
    select = "SELECT ?s { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"
    done = run("query", "-", "--data", str(mini.data), stdin=select)
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)


def test_coverage_says_what_is_open_and_needs_the_texts(mini: Project, tmp_path: Path) -> None:
    done = run(
        "sources", "coverage", "--data", str(mini.data), "--kind", "organisations", "--missing", "--format", "csv"
    )
    assert done.returncode == 1, done.stderr
    assert len(done.stdout.splitlines()) == 11
    assert len(done.stderr.strip().splitlines()) == 1
    assert run("sources", "coverage", "--data", str(mini.data), "--kind", "bodies").returncode == 0
    done = run("sources", "coverage", "--data", str(mini.data), "--sources", str(tmp_path / "nowhere"))
    assert (done.returncode, done.stdout) == (3, "")
    assert len(done.stderr.strip().splitlines()) == 1


def test_query_prints_rows_of_any_select(mini: Project) -> None:
    select = "PREFIX rz: <https://w3id.org/rzgraph/ns#> SELECT (COUNT(?b) AS ?bodies) WHERE { ?b a rz:Body }"
    done = run("query", "-", "--format", "csv", "--data", str(mini.data), stdin=select)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "bodies"
    assert int(done.stdout.splitlines()[1]) >= 5


def test_find_and_show_answer_in_both_languages(mini: Project) -> None:
    for lang in ("nl", "en"):
        assert "stuurgroep-voorbeeld" in run("find", "stuurgroep", "--data", str(mini.data), "--lang", lang).stdout
        assert (
            run(
                "show", "stuurgroep-voorbeeld", "--at", "2021-03-15", "--data", str(mini.data), "--lang", lang
            ).returncode
            == 0
        )


def test_data_goes_to_stdout_and_the_rest_to_stderr(mini: Project) -> None:
    done = run("ask", "bodies-on-day", "--format", "json", "--data", str(mini.data))
    assert done.returncode == 0
    assert done.stdout.lstrip()[0] in "[{"
    assert done.stderr.strip()
