"""Findings in four forms: text for people, JSON, SARIF and JUnit for tools; the same bytes each time."""

import io
import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from rzgraph.checks.reports import run_check, run_sources_check
from rzgraph.checks.rules import read_rules
from rzgraph.labels import Labels
from rzgraph.namespaces import rz
from rzgraph.settings import Project, load_project

FORMS = ["text", "json", "sarif", "junit"]
CLAIMS = "claims/2021-03-raadsrapport.ttl"


@pytest.fixture
def copy(mini: Project, tmp_path: Path) -> Project:
    """A copy of the mini region that a test may spoil."""
    return load_project(Path(shutil.copytree(mini.data, tmp_path / "data")))


@pytest.fixture
def spoiled(copy: Project) -> Project:
    """A copy with one changed sign in a fragment, a warning, and a finding about the sources."""
    path = copy.data / CLAIMS
    text = path.read_text(encoding="utf-8")
    changed = text.replace("vz H. Jansen (tot juli 2022)", "vz H. Jansen (tot juni 2022)")
    assert changed != text
    path.write_text(changed.replace("    rz:role role:named-in-brackets ;\n", ""), encoding="utf-8")
    return copy


def check(project: Project, form: str, lang: str = "en", engine: str = "shifty") -> tuple[int, str]:
    stream = io.StringIO()
    code = run_check(project, form, lang, engine, stream)
    return code, stream.getvalue()


# ── Exit codes ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", FORMS)
def test_error_makes_the_check_fail_in_every_form_and_the_same_way_each_time(spoiled: Project, form: str) -> None:
    code, text = check(spoiled, form)
    assert code == 1
    assert check(spoiled, form) == (code, text)
    assert str(spoiled.data) not in text


def test_conforming_data_passes(mini: Project) -> None:
    code, text = check(mini, "text")
    assert code == 0
    assert "No errors." in text
    assert "findings about the sources: 7" in text


def test_warning_alone_does_not_fail(copy: Project) -> None:
    path = copy.data / CLAIMS
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("    rz:role role:named-in-brackets ;\n", ""), encoding="utf-8")
    code, text = check(copy, "text")
    assert code == 0
    assert "warning [SeatClaim-role-known]" in text


def test_both_engines_write_the_same_report(spoiled: Project) -> None:
    assert check(spoiled, "json") == check(spoiled, "json", engine="pyshacl")


# ── Text ───────────────────────────────────────────────────────────────────


def test_text_names_file_line_rule_label_lines_and_repair(spoiled: Project, mini_labels: Labels) -> None:
    seat = mini_labels.label(rz("SeatClaim").value, "nl")
    number = next(
        number
        for number, line in enumerate((spoiled.data / CLAIMS).read_text(encoding="utf-8").split("\n"), 1)
        if "tot juni 2022" in line
    )
    _, text = check(spoiled, "text", "nl")
    assert (
        f"data/{CLAIMS}:{number}: fout [Claim-fragment-in-lines]\n"
        f"    {seat} cell-jansen-stuurgroep (H. Jansen – Stuurgroep Voorbeeld): het fragment"
        " “vz H. Jansen (tot juni 2022)” staat niet in regel 23-24 van de tekst (2021-03-raadsrapport, regel 23-24)\n"
        "    herstel: neem de woorden letterlijk uit de tekst over in rz:fragment, of verbeter rz:lines\n"
    ) in text
    assert "Fouten: 1; waarschuwingen: 1; ter kennisneming: 0; bevindingen over de bronnen: 7." in text


def test_message_that_begins_with_the_name_is_not_given_the_name_twice(mini: Project) -> None:
    _, text = check(mini, "text", "nl")
    assert "\n    Lasten 2020 (kolom “prognose”): er staat € 420.900" in text
    assert "Lasten 2020: Lasten 2020" not in text


def test_text_is_coloured_only_on_a_terminal(spoiled: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    plain = check(spoiled, "text")[1]
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    run_check(spoiled, "text", "en", "shifty", terminal)
    assert "\x1b[" not in plain
    assert "\x1b[" in terminal.getvalue()
    assert "Claim-fragment-in-lines" in terminal.getvalue()


def test_control_signs_in_the_data_do_not_reach_the_terminal(copy: Project) -> None:
    path = copy.data / CLAIMS
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("vz H. Jansen (tot juli 2022)", r"vz H. Jansen \u001B[2J"), encoding="utf-8")
    for form in FORMS:
        assert "\x1b" not in check(copy, form)[1]
    ElementTree.fromstring(check(copy, "junit")[1])


# ── For tools ──────────────────────────────────────────────────────────────


def test_json_holds_every_finding_in_both_languages(spoiled: Project) -> None:
    report = json.loads(check(spoiled, "json")[1])
    assert report["totals"] == {"error": 1, "warning": 1, "information": 0}
    assert [finding["about"] for finding in report["findings"]] == ["data"] * 2 + ["source"] * 7
    first = report["findings"][0]
    assert first["rule"] == "Claim-fragment-in-lines"
    assert {first[f"{part}_{lang}"] != "" for part in ("label", "message", "repair") for lang in ("nl", "en")} == {True}


def test_sarif_is_whole(spoiled: Project) -> None:
    report = json.loads(check(spoiled, "sarif")[1])
    assert report["version"] == "2.1.0"
    (run,) = report["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(rule["id"] for rule in rules)
    assert [(r["level"], r["kind"]) for r in run["results"]] == [
        ("error", "fail"),
        ("warning", "fail"),
        *[("none", "informational")] * 7,
    ]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        assert not place["artifactLocation"]["uri"].startswith("/")
        assert place["region"]["startLine"] >= 1


def test_junit_has_a_case_per_rule(spoiled: Project) -> None:
    suite = ElementTree.fromstring(check(spoiled, "junit")[1])
    rules = read_rules(spoiled)
    assert [case.get("name") for case in suite.iter("testcase")] == sorted(rules)
    assert (suite.get("tests"), suite.get("failures")) == (str(len(rules)), "1")
    (case,) = [case for case in suite.iter("testcase") if case.find("failure") is not None]
    assert case.get("name") == "Claim-fragment-in-lines"
    (noted,) = [case for case in suite.iter("testcase") if case.find("system-out") is not None]
    assert noted.get("name") == "SeatClaim-role-known"


# ── Sources ────────────────────────────────────────────────────────────────


def count_claims(project: Project) -> int:
    """How many claims the files hold, each with a line of its own for the fragment."""
    files = sorted((project.data / "claims").glob("*.ttl"))
    return sum(path.read_text(encoding="utf-8").count("\n    rz:fragment ") for path in files)


def test_sources_check_says_how_much_was_verified(mini: Project, spoiled: Project) -> None:
    stream = io.StringIO()
    count = count_claims(mini)
    assert count > 150
    assert run_sources_check(mini, "en", stream) == 0
    assert f"{count} of {count} fragments found in their lines, in 4 of 4 texts." in stream.getvalue()
    stream = io.StringIO()
    assert run_sources_check(spoiled, "nl", stream) == 1
    assert f"{count - 1} van {count} fragmenten gevonden" in stream.getvalue()
    assert "[Claim-fragment-in-lines]" in stream.getvalue()


def test_missing_texts_are_said_and_do_not_fail(mini: Project, tmp_path: Path) -> None:
    stream = io.StringIO()
    assert run_sources_check(load_project(mini.data, tmp_path / "nowhere"), "en", stream) == 3
    assert "could not be verified" in stream.getvalue()
    count = count_claims(mini)
    assert f"0 of {count} fragments found in their lines, in 0 of 4 texts." in stream.getvalue()
