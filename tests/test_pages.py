"""What stands on the pages: tables with their evidence, statements in order, names, addresses."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from rzgraph.errors import InputError
from rzgraph.queries import Question, Row
from rzgraph.settings import Project
from rzgraph.site.downloads import protect_cell, select_triples, write_csv, write_jsonld, write_turtle
from rzgraph.site.evidence import find_fact, read_periods, standing_on, write_periods
from rzgraph.site.jsonld import describe_site, describe_thing, embed_json
from rzgraph.site.links import find_broken_links
from rzgraph.site.pages import day_path, list_pages, sort_key, spellings_of
from rzgraph.site.panels import Panel, join_columns, make_panel, read_panels
from rzgraph.site.plan import Plan, make_plan
from rzgraph.site.render import Reader, address_of
from rzgraph.site.statements import remarks_on, statements_of
from rzgraph.site.things import read_things

ID = "https://w3id.org/rzgraph/id"
TABLE = f"{ID}/body/tafel-wonen"
CLAIM = f"{ID}/claim/2021-03-raadsrapport"
LAST_DAY = date(2024, 5, 31)


@pytest.fixture(scope="module")
def plan(mini: Project, mini_store: Store) -> Plan:
    return make_plan(mini, mini_store)


def make_reader(plan: Plan, lang: str, depth: int) -> Reader:
    linked = frozenset(iri for found in plan.entities.values() for iri in found)
    return Reader(plan.project, plan.labels, linked, lang, depth)


# ── Things and the plan ────────────────────────────────────────────────────


def test_every_node_is_read_with_its_values_and_the_way_back(mini_store: Store) -> None:
    things = read_things(mini_store)
    assert things.text(TABLE, "skos:prefLabel", "nl") == "Tafel Wonen"
    assert things.text(TABLE, "skos:prefLabel", "en") == "Housing table"
    assert things.text(TABLE, "rz:nothing") == ""
    assert f"{CLAIM}.tafel-wonen" in things.named_by[TABLE]
    assert len(things.of_class("rz:Body")) == 10
    assert len(things.of_kind("body")) == 10


def test_days_are_the_last_day_a_document_can_mean(plan: Plan) -> None:
    assert list(plan.days) == [date(2020, 11, 30), date(2021, 3, 15), date(2022, 10, 31), LAST_DAY]
    assert plan.last_day == LAST_DAY


@pytest.mark.parametrize("slug", ["..", ".", "a..b", "-a", "a%2Fb", "a b"])
def test_slug_that_is_no_file_name_is_refused(mini: Project, slug: str) -> None:
    store = Store()
    iri = NamedNode(f"{ID}/body/{slug.replace(' ', '%20')}")
    store.update(f"INSERT DATA {{ {iri} a <https://w3id.org/rzgraph/ns#Body> }}")
    with pytest.raises(InputError, match="cannot be a file name"):
        make_plan(mini, store)


# ── Panels ─────────────────────────────────────────────────────────────────


def test_rows_of_one_fact_are_one_row_with_all_its_evidence(plan: Plan, mini_store: Store) -> None:
    panels = read_panels(mini_store, plan.project, plan.things, "body", LAST_DAY, [["person", "office"]])
    seats = panels[f"{ID}/body/tafel-energie"][0]
    chairs = [row for row in seats.rows if row.cells["role"] == (NamedNode(f"{ID}/role/chair"),)]
    assert len(chairs) == 1
    assert [claim.lines for claim in chairs[0].claims][:2] == ["14", "28"]
    assert chairs[0].claims[1].fragment == "vz C. de Vries"
    assert chairs[0].first == "2021-03-15"
    # A seat of a person and a seat of a post stand in one column.
    assert seats.columns[0] == ("person", "office")
    assert {row.take(("person", "office"))[0].value for row in seats.rows} == {
        f"{ID}/person/c-de-vries",
        f"{ID}/office/waterhorst-wethouder-energie",
    }


def test_panel_keeps_only_columns_that_hold_something(plan: Plan) -> None:
    question = Question("x", Path("x.rq"), "", {})
    rows: list[Row] = [{"a": Literal("1"), "b": None, "claim": None}, {"a": Literal("2"), "b": None, "claim": None}]
    panel = make_panel(plan.things, question, ("a", "b"), rows, TABLE, "2021-03-15")
    assert panel.columns == (("a",),)
    assert [row.cells for row in panel.rows] == [{"a": (Literal("1"),)}, {"a": (Literal("2"),)}]


def test_cell_that_only_repeats_the_column_it_should_differ_from_is_empty(plan: Plan) -> None:
    question = Question("x", Path("x.rq"), "", {"columns": {"a": {}, "b": {"differs": "a"}}})
    rows: list[Row] = [
        {"a": Literal("1"), "b": Literal("1"), "claim": None},
        {"a": Literal("2"), "b": Literal("3"), "claim": None},
    ]
    panel = make_panel(plan.things, question, ("a", "b"), rows, TABLE, "2021-03-15")
    assert [sorted(row.cells) for row in panel.rows] == [["a"], ["a", "b"]]


def test_rows_that_say_the_same_become_one(plan: Plan) -> None:
    question = Question("x", Path("x.rq"), "", {})
    rows: list[Row] = [
        {"a": Literal("1"), "claim": NamedNode(f"{CLAIM}.tafel-wonen")},
        {"a": Literal("1"), "claim": NamedNode(f"{CLAIM}.cell-smit-wonen")},
    ]
    panel = make_panel(plan.things, question, ("a",), rows, TABLE, "2021-03-15")
    assert [[claim.lines for claim in row.claims] for row in panel.rows] == [["9", "25"]]


def test_columns_join_only_where_all_are_used() -> None:
    joined = [["person", "office"]]
    assert join_columns(["person", "role", "office"], joined) == (("person", "office"), ("role",))
    assert join_columns(["person", "role"], joined) == (("person",), ("role",))


def test_standing_on_a_day_is_read_from_the_periods(plan: Plan) -> None:
    claim = f"{CLAIM}.cell-jansen-stuurgroep"
    fact = find_fact(plan.things, [claim], {f"{ID}/person/h-jansen"})
    stretches = read_periods(plan.things, fact)
    assert standing_on(stretches, "2021-03-15") == "confirmed"
    assert standing_on(stretches, "2022-07-01") == "ended"
    assert write_periods(stretches).endswith("ended:9999-12-31")


# ── Pages ──────────────────────────────────────────────────────────────────


def test_there_is_a_page_for_everything_that_has_one(plan: Plan) -> None:
    paths = [page.path for page in list_pages(plan)]
    assert len(paths) == len(set(paths))
    assert sum(path.startswith("body/") for path in paths) == 10 + 1
    assert sum(path.startswith("person/") for path in paths) == 9 + 1
    assert sum(path.startswith("day/") for path in paths) == 4 + 1
    assert sum(path.startswith("flow/") for path in paths) == 23 + 1
    assert {"table/begroting-2020.html", "programme/veenrand.html", "money.html"} <= set(paths)
    assert sum(path.startswith("programme/") for path in paths) == 9 + 1
    assert sum(path.startswith("commitment/") for path in paths) == 4 + 1
    assert sum(path.startswith("indicator/") for path in paths) == 6 + 1
    assert sum(path.startswith("event/") for path in paths) == 6 + 1
    assert sum(path.startswith("reference/") for path in paths) == 4 + 1
    assert sum(path.startswith("area/") for path in paths) == 1 + 1
    assert sum(path.startswith("structure/") for path in paths) == 4 + 1
    assert {"tracker.html", "timeline.html", "abbreviations.html"} <= set(paths)
    assert sum(path.startswith("finding/") for path in paths) == len(plan.things.of_kind("finding"))
    assert day_path(LAST_DAY) in paths


def test_day_page_shows_who_sat_at_which_table_and_who_did_not(plan: Plan) -> None:
    page = next(page for page in list_pages(plan) if page.path == "day/2021-03-15.html")
    seats, absences = page.context["tables"]
    assert TABLE in seats["panels"]
    assert {row.standing for panel in seats["panels"].values() for row in panel.rows} == {"confirmed"}
    assert [row.cells["on_behalf_of"][0].value for row in absences["panels"][TABLE].rows] == [
        f"{ID}/party/gemeente-waterhorst"
    ]


def panels_of(plan: Plan, path: str) -> dict[str, Panel]:
    page = next(page for page in list_pages(plan) if page.path == path)
    return {panel.question.name.partition("-")[2]: panel for panel in page.context["panels"]}


def things_in(panel: Panel, column: str) -> list[str]:
    return [value.value.rpartition("/")[2] for row in panel.rows for value in row.cells.get(column, ())]


def test_tracker_sorts_promises_by_what_was_last_reported(plan: Plan) -> None:
    panels = panels_of(plan, "tracker.html")
    assert {name: things_in(panel, "commitment") for name, panel in panels.items()} == {
        "overdue": ["verkenning-warmtenet"],
        "halted": ["1500-woningen"],
        "met": ["evaluatie-gevels"],
        "course": ["verkenning-warmtenet"],
        # What was met needs no further word.
        "silent": ["1500-woningen", "verkenning-warmtenet"],
        "all": ["1500-woningen", "besluit-regioagenda-2025", "evaluatie-gevels", "verkenning-warmtenet"],
    }


def test_promise_tells_how_it_stands_on_the_last_day(plan: Plan) -> None:
    page = next(page for page in list_pages(plan) if page.path == "commitment/verkenning-warmtenet.html")
    state = page.context["state"]
    assert state.statuses == (f"{ID}/status/on-course",)
    assert state.is_overdue
    assert state.silent == f"{ID}/document/2024-04-dias"
    panels = panels_of(plan, "commitment/verkenning-warmtenet.html")
    assert sorted(panels) == ["became", "events", "promised", "silence"]
    assert [len(row.claims) for row in panels["silence"].rows] == [2]


def test_timeline_stands_in_the_order_of_time_and_keeps_apart_what_has_no_date(plan: Plan) -> None:
    panels = panels_of(plan, "timeline.html")
    assert things_in(panels["dated"], "event") == [
        *("bezoek-veenrand-2021-02", "motie-koele-scholen-2022-05", "lage-beekdag-2023", "lage-beekdag-2024"),
        "besluit-regioagenda-2024",
    ]
    assert things_in(panels["undated"], "event") == ["bewonersavond-warmtenet"]


def test_abbreviations_no_document_expands_stand_empty(plan: Plan) -> None:
    rows = panels_of(plan, "abbreviations.html")["list"].rows
    assert [(row.cells["abbreviation"][0].value, "expansion" in row.cells) for row in rows] == [
        *(("BOW", True), ("CBS", False), ("RA", True)),
    ]


def test_figure_without_a_place_names_the_areas_it_may_be_of(plan: Plan) -> None:
    rows = panels_of(plan, "indicator/koele-daken.html")["values"].rows
    assert [[value.value.rpartition("-")[2] for value in row.cells.get("possible_area", ())] for row in rows] == [
        *(["lindelo", "waterhorst"], ["lindelo", "waterhorst"], []),
    ]
    assert things_in(panels_of(plan, "party/gemeente-lindelo.html")["doubtful"], "indicator") == ["koele-daken"] * 2
    assert things_in(panels_of(plan, "area/nederland.html")["figures"], "indicator") == ["werkloosheid"]


def test_reference_tells_where_it_is_named_and_what_rests_on_it(plan: Plan) -> None:
    panels = panels_of(plan, "reference/woonmonitor-2023.html")
    assert [row.claims[0].lines for row in panels["mentions"].rows] == ["24", "26"]
    assert things_in(panels["mentions"], "mark") == ["insecure", "proxy"]
    assert things_in(panels["resting"], "about") == ["gebouwde-woningen"]
    motion = panels_of(plan, "reference/motie-koele-scholen.html")
    assert things_in(motion["events"], "event") == ["motie-koele-scholen-2022-05"]


def test_story_of_a_programme_has_its_places_and_what_followed_on_it(plan: Plan) -> None:
    panel = panels_of(plan, "programme/groene-gevels.html")["story"]
    told = [row.claims[0].iri.rpartition(".")[2] for row in panel.rows]
    assert len(told) == 13
    assert {"takes-part-gevels-lindelo", "prog-koele-daken", "status-evaluatie-gevels"} <= set(told)


def test_statements_stand_in_the_order_of_the_lines(plan: Plan) -> None:
    found = statements_of(plan, f"{ID}/document/2021-03-raadsrapport")
    firsts = [int(statement.lines.partition("-")[0]) for statement in found]
    assert len(found) > 30
    assert firsts == sorted(firsts)
    seat = next(statement for statement in found if statement.iri.endswith(".cell-de-vries-stuurgroep"))
    names = [name.rpartition("#")[2] for name, _ in seat.properties]
    assert names[:3] == ["person", "organisation", "body"]
    assert not {"lines", "fragment", "firstLine", "attestedEarliest"} & set(names)


def test_finding_shows_on_the_thing_it_concerns(plan: Plan) -> None:
    assert [remark.iri for remark in remarks_on(plan, f"{ID}/person/b-bakker")] == [f"{ID}/finding/name-bakker"]
    assert remarks_on(plan, f"{ID}/person/e-smit") == ()


def test_spellings_leave_out_the_name_itself(plan: Plan) -> None:
    assert spellings_of(plan, f"{ID}/person/b-bakker") == ["B. Baker", "Bakker"]
    assert spellings_of(plan, f"{ID}/body/stuurgroep-voorbeeld")[0] == "SGV"


@pytest.mark.parametrize(
    ("names", "ordered"),
    [
        (["E. van Lente", "R. de Heer", "A. Schuurman"], ["R. de Heer", "E. van Lente", "A. Schuurman"]),
        (["Économie", "Dagelijks", "arbeid"], ["arbeid", "Dagelijks", "Économie"]),
        (["H.J. van der Woude", "Th. Smit"], ["Th. Smit", "H.J. van der Woude"]),
    ],
)
def test_names_are_sorted_by_surname_without_accents(names: list[str], ordered: list[str]) -> None:
    assert sorted(names, key=sort_key) == ordered


# ── Words and links ────────────────────────────────────────────────────────


def test_links_are_relative_and_go_to_the_same_language(plan: Plan) -> None:
    assert make_reader(plan, "nl", 0).href(TABLE) == "body/tafel-wonen.html"
    assert make_reader(plan, "en", 1).href(TABLE) == "../body/tafel-wonen.html"
    assert make_reader(plan, "en", 1).top == "../../"
    assert make_reader(plan, "nl", 1).href(f"{CLAIM}.cell-smit-wonen") == (
        "../document/2021-03-raadsrapport.html#cell-smit-wonen"
    )
    assert make_reader(plan, "nl", 1).href(f"{ID}/role/chair") == ""
    assert address_of(TABLE) == "body/tafel-wonen.html"


def test_only_addresses_of_the_web_become_links(plan: Plan) -> None:
    reader = make_reader(plan, "nl", 1)
    assert reader.show(NamedNode("https://example.org/a")).href == "https://example.org/a"
    assert reader.show(NamedNode("javascript:alert(1)")).href == ""
    assert reader.show(NamedNode("data:text/html,x")).href == ""


def test_values_read_as_words(plan: Plan) -> None:
    reader = make_reader(plan, "nl", 1)
    edtf = NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")
    assert reader.show(Literal("2022-01-10", datatype=edtf)).text == "10 januari 2022"
    assert reader.show(Literal(True)).text == "ja"
    both = (Literal("huis", language="nl"), Literal("house", language="en"))
    assert reader.wording(both) == "huis"
    assert make_reader(plan, "en", 1).wording(both) == "house"
    assert make_reader(plan, "en", 1).wording(both[:1]) == "huis"


def test_broken_links_are_reported_one_by_one() -> None:
    files = {
        "a.html": b'<p id="x"><a href="b.html#y">b</a> <a href="#x">x</a> <a href="c.html">c</a></p>',
        "b.html": b'<p id="y"></p><p id="y"></p> <a href="../up.html">up</a> <a href="javascript:x">j</a>',
        "c.html": b'<a href="a.html#z">z</a> <a href="https://example.org/">out</a> <a href="/c.html">root</a>',
    }
    faults = [str(fault) for fault in find_broken_links(files)]
    assert faults == [
        "b.html: the anchor 'y' stands twice",
        "b.html: the link '../up.html' leads to ../up.html, which is not there",
        "b.html: the link 'javascript:x' is neither relative nor http(s)",
        "c.html: the link '/c.html' is neither relative nor http(s)",
        "c.html: the link 'a.html#z' names an anchor that is not on a.html",
    ]


# ── Downloads and embedded data ────────────────────────────────────────────


def test_downloads_hold_the_thing_its_facts_and_its_statements(plan: Plan) -> None:
    triples = select_triples(plan.things, TABLE)
    subjects = {triple.subject.value for triple in triples if isinstance(triple.subject, NamedNode)}
    assert {TABLE, f"{CLAIM}.cell-smit-wonen"} <= subjects
    assert any("/id/seat/tafel-wonen." in subject and "#" not in subject for subject in subjects)
    assert f"{CLAIM}.cell-de-vries-energie" not in subjects
    read = set(parse(write_turtle(triples), format=RdfFormat.TURTLE))
    assert {quad.triple for quad in read} == set(triples)
    again = {quad.triple for quad in parse(write_jsonld(triples), format=RdfFormat.JSON_LD)}
    assert again == set(triples)


def test_table_of_a_page_has_a_row_per_statement_with_its_evidence(plan: Plan) -> None:
    order = plan.settings["statement"]["order"]
    text = write_csv(plan.project, plan.things, plan.labels, order, TABLE, "2021-03-15").decode()
    rows = {row["claim"]: row for row in csv.DictReader(io.StringIO(text))}
    assert list(next(iter(rows.values())))[-5:] == ["basis", "document", "file", "lines", "fragment"]
    row = rows[f"{CLAIM}.cell-smit-wonen"]
    assert (row["person"], row["person_label"], row["lines"]) == ("e-smit", "E. Smit", "25")
    assert row["standing"] == "bevestigd"
    assert row["file"] == "2021-03-raadsrapport.txt"


@pytest.mark.parametrize("text", ["=1+1", "+31", "-1", "@x", "\tx"])
def test_no_cell_starts_a_formula(text: str) -> None:
    assert protect_cell(text) == f"'{text}"
    assert protect_cell("x" + text) == "x" + text


def test_embedded_data_describes_the_thing(plan: Plan) -> None:
    iri = f"{ID}/party/gemeente-heideveen"
    known = describe_thing(plan.project, plan.things, plan.labels, iri, ["Organization"])
    assert known["@id"] == iri
    assert {"@language": "en", "@value": "Municipality of Heideveen"} in known["name"]
    assert known["identifier"] == ["GM9001"]
    assert len(known["sameAs"]) == 2
    quads = list(parse(json.dumps(known).encode(), format=RdfFormat.JSON_LD))
    assert any(quad.predicate.value == "https://schema.org/name" for quad in quads)
    assert describe_site(plan.project)["@type"] == "Dataset"


def test_embedded_data_cannot_end_its_element() -> None:
    text = embed_json({"name": "</script><script>alert(1)</script> & \u2028"})
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text)["name"].startswith("</script>")
