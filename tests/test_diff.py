"""What changed: worked out by hand on the invented region, and the new governance of 2024 in the real data."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rzgraph.answers.diff import run_diff
from rzgraph.errors import NotFoundError, UsageError
from rzgraph.options import DIFF_KINDS
from rzgraph.settings import Project

SPRING_2022, SUMMER_2024 = "2022-03-01", "2024-06-01"
REPORT, HALF_YEAR = "2021-03-raadsrapport", "2022-10-halfjaarbericht"

# Worked out from the texts in graphs/mini/sources: slugs of the facts per kind and change.
BETWEEN_DAYS = {
    # Slides, lines 5 and 14: per 1 January 2024, Q1 2024.
    "body appeared": {"algemeen-bestuur", "board-wonen"},
    # Only in the slides of spring 2024, without a begin.
    "body newly-known": {"dagelijks-bestuur", "klankbordgroep-raden"},
    # Report, line 8; slides, line 6; half-year report, line 15.
    "body ended": {"stuurgroep-voorbeeld", "werkatelier-wonen"},
    # Last in the half-year report, not in the slides. The Regiobureau is: a proposal of line 19 names it.
    "body no-longer-named": {"tafel-energie", "tafel-wonen"},
    "seat appeared": {"algemeen-bestuur.c-de-vries.member.for-gemeente-heideveen", "algemeen-bestuur.k-visser.chair"},
    "seat newly-known": {
        "dagelijks-bestuur.c-de-vries.member",
        "dagelijks-bestuur.k-visser.member",
        "tafel-wonen.f-postma.participant",
    },
    # H. Jansen by his own end, the others with their body. E. Smit had gone before the first day.
    "seat ended": {
        "stuurgroep-voorbeeld.b-bakker.member.for-voorlandse-gemeenten.as-voorlandse-gemeenten",
        "stuurgroep-voorbeeld.c-de-vries.member.as-tafel-energie",
        "stuurgroep-voorbeeld.h-jansen.chair.for-gemeente-waterhorst",
        "stuurgroep-voorbeeld.k-visser.chair",
        "stuurgroep-voorbeeld.m-oosting.member.for-provincie-voorland",
        "werkatelier-wonen.c-de-vries.chair",
    },
    "seat no-longer-named": {
        "tafel-energie.c-de-vries.chair",
        "tafel-energie.waterhorst-wethouder-energie.member.for-gemeente-waterhorst",
        "tafel-wonen.b-bakker.member.for-gemeente-lindelo",
        "tafel-wonen.c-de-vries.named-in-brackets.for-gemeente-heideveen",
        "tafel-wonen.r-menard.member.for-gemeente-heideveen",
    },
    "absence appeared": {"board-wonen.for-gemeente-heideveen.not-held"},
    "absence ended": {"stuurgroep-voorbeeld.for-waterschap-lage-beek.not-held"},
    "absence no-longer-named": {
        "tafel-energie.for-gemeente-lindelo.not-held",
        "tafel-wonen.for-gemeente-waterhorst.not-held",
    },
    "office newly-known": {
        "f-postma.director.hogeschool-lindelo",
        "k-visser.mayor.gemeente-waterhorst",
        "m-oosting.provincial-executive.provincie-voorland",
    },
    "office no-longer-named": {
        "b-bakker.director.waterschap-lage-beek",
        "c-de-vries.mayor.gemeente-heideveen",
    },
    # In the slides themselves, and no document is younger.
    "office not-heard-since": {"b-bakker.alderman.gemeente-lindelo"},
    "representation ended": {
        "gemeente-heideveen.by-b-bakker.in-stuurgroep-voorbeeld.as-voorlandse-gemeenten",
    },
    # Its begin is that of the board; the end is that of the Stuurgroep.
    "composition appeared": {"2024-04-dias.one-for-voorlandse"},
    "composition newly-known": {
        "2022-10-halfjaarbericht.four-at-energie",
        "2022-10-halfjaarbericht.wonen-quarterly",
    },
    "composition ended": {"2021-03-raadsrapport.one-per-province"},
    "coupling no-longer-named": {"i-mulder.housing"},
    # Half-year report, line 16.
    "partnership appeared": {"regio-voorbeeld.waterschap-lage-beek.partner"},
    # All of the report; Hogeschool Lindelo, partner until autumn 2024, is confirmed on both days.
    "partnership no-longer-named": {
        "regio-voorbeeld.gemeente-heideveen.partner",
        "regio-voorbeeld.gemeente-lindelo.partner",
        "regio-voorbeeld.gemeente-waterhorst.partner",
        "regio-voorbeeld.provincie-voorland.involved",
        "regio-voorbeeld.regiogemeenten.partner.3",
    },
    # No sooner than the Algemeen Bestuur.
    "relation appeared": {"dagelijks-bestuur.prepares-for.algemeen-bestuur"},
    "relation newly-known": {"klankbordgroep-raden.in-line.in-councils", "tafel-wonen.in-line.in-regional-tasks"},
    # "2024" may be any day of that year.
    "relation may-have-begun": {"board-wonen.drawn-under.dagelijks-bestuur"},
    "relation ended": {
        "regiobureau.prepares-for.stuurgroep-voorbeeld",
        "tafel-energie.advises.stuurgroep-voorbeeld",
        "tafel-wonen.advises.stuurgroep-voorbeeld",
    },
    # Half-year report, line 21, and slides, lines 22 and 23.
    "programme first-named": {"koele-daken", "regioagenda-2025-2029"},
    "programme status-changed": {"groene-gevels"},
    # In the report only, or not in the slides; Groene Gevels is finished, so no word is due.
    "programme fell-silent": {"klimaatfonds", "opgave-energie", "regioagenda-2016-2019", "regioagenda-2020-2024"},
    # Half-year report, line 25; slides, line 22.
    "commitment promised": {"besluit-regioagenda-2025", "verkenning-warmtenet"},
    # Half-year report, line 20. The evaluation had been sent before the first day.
    "commitment status-changed": {"1500-woningen"},
    "commitment fell-silent": {"1500-woningen"},
}
BETWEEN_DOCUMENTS = {
    "body only-in-from": {"regiobureau"},
    "absence only-in-to": {"stuurgroep-voorbeeld.for-waterschap-lage-beek.not-held"},
    "composition only-in-from": {"2021-03-raadsrapport.one-per-province"},
    "composition only-in-to": {
        "2022-10-halfjaarbericht.four-at-energie",
        "2022-10-halfjaarbericht.wonen-quarterly",
    },
    "coupling only-in-from": {"i-mulder.housing"},
    "office only-in-from": {
        "b-bakker.alderman.gemeente-lindelo",
        "b-bakker.director.waterschap-lage-beek",
        "c-de-vries.mayor.gemeente-heideveen",
    },
    "partnership only-in-to": {
        "regio-voorbeeld.hogeschool-lindelo.partner",
        "regio-voorbeeld.waterschap-lage-beek.partner",
    },
    # Report, lines 39 to 42; half-year report, lines 21 and 25.
    "programme only-in-from": {"klimaatfonds", "opgave-wonen", "regioagenda-2016-2019", "regioagenda-2020-2024"},
    "programme only-in-to": {"koele-daken"},
    "commitment only-in-to": {"verkenning-warmtenet"},
    "relation only-in-to": {"tafel-wonen.in-line.in-regional-tasks"},
    "seat only-in-to": {
        "stuurgroep-voorbeeld.k-visser.chair",
        "stuurgroep-voorbeeld.m-oosting.member.for-provincie-voorland",
        "tafel-wonen.f-postma.participant",
    },
}


def diff(
    project: Project, first: str, second: str, lang: str = "nl", form: str = "table", **narrow: Any
) -> tuple[int, str]:
    stream = io.StringIO()
    return run_diff(project, first, second, lang, form, stream, **narrow), stream.getvalue()


def rows_of(project: Project, first: str, second: str) -> list[dict[str, str]]:
    code, text = diff(project, first, second, form="csv")
    assert code == 0
    return list(csv.DictReader(io.StringIO(text, newline="")))


def group(rows: list[dict[str, str]]) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = {}
    for row in rows:
        groups.setdefault(f"{row['kind']} {row['change']}", set()).add(row["fact"])
    return groups


def rows_about(rows: list[dict[str, str]], fact: str) -> list[dict[str, str]]:
    found = [row for row in rows if row["fact"] == fact]
    assert found
    return found


# ── Two days ───────────────────────────────────────────────────────────────


def test_what_changed_is_what_the_texts_say(mini: Project) -> None:
    assert group(rows_of(mini, SPRING_2022, SUMMER_2024)) == BETWEEN_DAYS


def test_every_row_has_its_evidence(mini: Project) -> None:
    rows = rows_of(mini, SPRING_2022, SUMMER_2024)
    assert len(rows) > 100
    assert all(row["claim"] and row["basis"] and row["file"] and row["lines"] and row["fragment"] for row in rows)
    assert len({(row["fact"], row["change"], row["claim"]) for row in rows}) == len(rows)


def test_seat_that_ends_with_its_body_shows_where_that_end_is_stated(mini: Project) -> None:
    rows = rows_of(mini, SPRING_2022, SUMMER_2024)
    bakker = rows_about(rows, "stuurgroep-voorbeeld.b-bakker.member.for-voorlandse-gemeenten.as-voorlandse-gemeenten")
    assert [(row["document"], row["lines"], row["end"], row["side"]) for row in bakker] == [
        ("2024-04-dias", "5-6", "2023-12", "to"),
        (REPORT, "8", "2023", "from"),
        (HALF_YEAR, "5", "", "to"),
        (REPORT, "21-22", "", "from"),
    ]
    jansen = rows_about(rows, "stuurgroep-voorbeeld.h-jansen.chair.for-gemeente-waterhorst")
    assert [(row["lines"], row["end"]) for row in jansen] == [("23-24", "2022-06")]


def test_silent_document_is_named_and_ends_nothing(mini: Project) -> None:
    rows = rows_about(rows_of(mini, SPRING_2022, SUMMER_2024), "tafel-energie")
    assert {(row["silent_document"], row["end"], row["standing_to"]) for row in rows} == {
        ("2024-04-dias", "", "last-known")
    }
    assert {row["meaning"] for row in rows} == {
        "In jongere documenten is het niet meer gelezen; nergens staat dat het is geëindigd."
    }


def test_vague_end_is_no_end(mini: Project) -> None:
    hogeschool = "regio-voorbeeld.hogeschool-lindelo.partner"
    autumn = group(rows_of(mini, SUMMER_2024, "2024-10-01"))
    winter = group(rows_of(mini, SUMMER_2024, "2024-12-01"))
    assert autumn == {"partnership may-have-ended": {hogeschool}}
    assert winter["partnership ended"] == {hogeschool}


def test_what_was_silent_before_the_first_day_already_is_no_change(mini: Project) -> None:
    rows = rows_of(mini, "2023-01-01", SUMMER_2024)
    assert "c-de-vries.mayor.gemeente-heideveen" not in {row["fact"] for row in rows}


# ── Two documents ──────────────────────────────────────────────────────────


def test_documents_differ_in_what_only_one_of_them_names(mini: Project) -> None:
    rows = rows_of(mini, REPORT, "half-year report of regio voorbeeld")
    found = group(rows)
    assert {key: found[key] for key in BETWEEN_DOCUMENTS} == BETWEEN_DOCUMENTS
    assert {(row["change"], row["document"]) for row in rows} == {
        ("only-in-from", REPORT),
        ("only-in-to", HALF_YEAR),
    }


def test_proposal_names_a_body_too(mini: Project) -> None:
    found = group(rows_of(mini, REPORT, "2024-04-dias"))
    assert "regiobureau" not in found["body only-in-from"]
    assert "netwerkbureau" in found["body only-in-to"]


def test_turned_round_the_sides_change_places(mini: Project) -> None:
    there, back = (group(rows_of(mini, *pair)) for pair in [(REPORT, HALF_YEAR), (HALF_YEAR, REPORT)])
    swap = {"only-in-from": "only-in-to", "only-in-to": "only-in-from"}
    assert {re.sub(r"only-in-\w+", lambda found: swap[found[0]], key): facts for key, facts in there.items()} == back


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("nl", ("Organen: genoemd in A, niet in B (1)", "niet hetzelfde als beëindigd", "r. 10: “Het Regiobureau")),
        ("en", ("Bodies: named in A, not in B (1)", "not the same as ended", "l. 10: “Het Regiobureau")),
    ],
)
def test_silence_of_a_document_is_said_as_that(mini: Project, lang: str, words: tuple[str, ...]) -> None:
    code, text = diff(mini, REPORT, HALF_YEAR, lang)
    assert code == 0
    assert all(word in text for word in words)


# ── Part of it ─────────────────────────────────────────────────────────────


def test_kind_asked_for_is_all_that_is_shown(mini: Project) -> None:
    for kinds in (("seat",), ("coupling", "composition")):
        _, text = diff(mini, SPRING_2022, SUMMER_2024, form="csv", kinds=kinds)
        found = group(list(csv.DictReader(io.StringIO(text, newline=""))))
        assert found == {key: facts for key, facts in BETWEEN_DAYS.items() if key.split()[0] in kinds}


def test_thing_asked_about_is_in_every_fact_that_is_shown_with_all_its_claims(mini: Project) -> None:
    _, text = diff(mini, SPRING_2022, SUMMER_2024, form="csv", about="Oosting")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert group(rows) == {
        "seat ended": {"stuurgroep-voorbeeld.m-oosting.member.for-provincie-voorland"},
        "office newly-known": {"m-oosting.provincial-executive.provincie-voorland"},
    }
    everything = rows_of(mini, SPRING_2022, SUMMER_2024)
    assert [row for row in everything if row["fact"] in {row["fact"] for row in rows}] == rows


def test_group_of_the_party_asked_about_is_shown_where_it_is_spoken_for_or_ruled(mini: Project) -> None:
    _, text = diff(mini, SPRING_2022, SUMMER_2024, form="csv", about="Heideveen")
    facts = group(list(csv.DictReader(io.StringIO(text, newline=""))))
    assert facts["composition appeared"] == {"2024-04-dias.one-for-voorlandse"}
    assert (
        "stuurgroep-voorbeeld.b-bakker.member.for-voorlandse-gemeenten.as-voorlandse-gemeenten" in facts["seat ended"]
    )
    _, text = diff(mini, SPRING_2022, SUMMER_2024, form="csv", about="Waterhorst")
    assert "voorlandse" not in text


def test_nothing_about_what_was_asked_is_not_called_nothing_at_all(
    mini: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert diff(mini, SPRING_2022, SUMMER_2024, about="Ménard", kinds=("body",)) == (1, "")
    assert "van wat gevraagd is verschilt niets" in capsys.readouterr().err


def test_kinds_the_command_offers_are_those_the_queries_tell_apart(project: Project) -> None:
    for names in (("days", "states"), ("documents",)):
        text = "".join((project.queries / "diff" / f"{name}.rq").read_text(encoding="utf-8") for name in names)
        named = set(re.findall(r'BIND\("([a-z]+)" AS \?kind\)', text)) | {"seat", "absence"}
        named |= set(re.findall(r'\(rz:\w+ rz:\w+ "([a-z]+)" \d+\)', text))
        assert named == set(DIFF_KINDS)


# ── Forms, nothing and wrong use ───────────────────────────────────────────


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "nl",
            ("tussen 1 maart 2022 en 1 juni 2024", "Zetels: beëindigd (6)", "Uitdrukkelijk geen zetel: verschenen (1)"),
        ),
        ("en", ("between 1 March 2022 and 1 June 2024", "Seats: ended (6)", "Explicitly no seat: appeared (1)")),
    ],
)
def test_sections_are_in_the_language_asked_for(mini: Project, lang: str, words: tuple[str, ...]) -> None:
    for form in ("table", "md"):
        code, text = diff(mini, SPRING_2022, SUMMER_2024, lang, form)
        assert code == 0
        assert all(word in text for word in words)
    assert text.startswith("# ")
    assert text.count("\n## ") == len(BETWEEN_DAYS)


def test_facts_are_put_in_words(mini: Project) -> None:
    whats = {row["what"] for row in rows_of(mini, SPRING_2022, SUMMER_2024)}
    assert whats >= {
        "Algemeen Bestuur",
        "C. de Vries in Algemeen Bestuur, lid, namens Gemeente Heideveen",
        "Gemeente Heideveen niet in Board Wonen",
        "M. Oosting, gedeputeerde van Provincie Voorland",
        "B. Bakker voor Gemeente Heideveen, in Stuurgroep Voorbeeld, vanwege Voorlandse gemeenten",
        "De regiogemeenten, partner, aantal 3",
        "Tafel Energie: adviseert, Stuurgroep Voorbeeld",
        "Tafel Energie: ten minste vier leden",
        "I. Mulder bij het thema wonen",
    }


def test_json_and_workbook_hold_the_same_rows(mini: Project, tmp_path: Path) -> None:
    rows = rows_of(mini, SPRING_2022, SUMMER_2024)
    assert len(json.loads(diff(mini, SPRING_2022, SUMMER_2024, form="json")[1])) == len(rows)
    path = tmp_path / "diff.xlsx"
    with path.open("w", encoding="utf-8") as stream:
        assert run_diff(mini, SPRING_2022, SUMMER_2024, "nl", "xlsx", stream) == 0
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert sheet.max_row == len(rows) + 1


@pytest.mark.parametrize(
    ("sides", "words"),
    [((SUMMER_2024, "2024-06-02"), "1 juni 2024 en 2 juni 2024 veranderde niets"), ((REPORT, REPORT), "hetzelfde")],
)
def test_no_change_is_said_and_exits_1(
    mini: Project, capsys: pytest.CaptureFixture[str], sides: tuple[str, str], words: str
) -> None:
    assert diff(mini, *sides) == (1, "")
    assert words in capsys.readouterr().err
    assert diff(mini, *sides, form="json") == (1, "[]\n")


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (SPRING_2022, HALF_YEAR, "geen twee dagen"),
        (HALF_YEAR, SPRING_2022, "geen twee dagen"),
        (SUMMER_2024, SPRING_2022, "ligt na"),
        ("2022-02-30", SUMMER_2024, "JJJJ-MM-DD"),
    ],
)
def test_wrong_use_is_one_line(mini: Project, first: str, second: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        diff(mini, first, second)


def test_unknown_document_is_named(mini: Project) -> None:
    with pytest.raises(NotFoundError, match="zzzzqqq"):
        diff(mini, "zzzzqqq", HALF_YEAR)


# ── The real data ──────────────────────────────────────────────────────────


def test_regiegroep_is_no_longer_named_and_algemeen_bestuur_appears(project: Project) -> None:
    rows = rows_of(project, "2022-01-10", "2025-07-01")
    regiegroep = rows_about(rows, "regiegroep")
    assert {(row["change"], row["standing_from"], row["standing_to"], row["end"]) for row in regiegroep} == {
        ("no-longer-named", "confirmed", "last-known", "")
    }
    assert {(row["side"], row["document"]) for row in regiegroep} == {("from", "2022-01-dalfsen")}
    assert {row["silent_document"] for row in regiegroep} == {"2023-09-halfjaar"}
    bestuur = rows_about(rows, "algemeen-bestuur")
    assert {row["change"] for row in bestuur} == {"appeared"}
    assert {row["begin"] for row in bestuur} >= {"2024-01/2024-03-14"}


@pytest.mark.parametrize("second", ["2024-06-01", "2025-07-01", "2026-01-01"])
def test_no_document_is_called_silent_about_what_it_names(project: Project, second: str) -> None:
    rows = rows_of(project, "2022-01-10", second)
    named = {(row["fact"], row["document"]) for row in rows}
    silent = {(row["fact"], row["silent_document"]) for row in rows if row["silent_document"]}
    assert len(silent) > 20
    assert silent & named == set()


def test_report_of_2022_and_of_2025_name_other_bodies(project: Project) -> None:
    found = group(rows_of(project, "2022-01-dalfsen", "2025-07-voortgang"))
    assert "regiegroep" in found["body only-in-from"]
    assert "algemeen-bestuur" in found["body only-in-to"]
