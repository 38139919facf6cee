"""Pages about money: tables set again, what may be added up, findings with passages, drawings or the reason why not."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from rzgraph.facts import open_store
from rzgraph.namespaces import rz, term
from rzgraph.queries import read_question, run_question
from rzgraph.settings import Project
from rzgraph.site.build import render_site
from rzgraph.site.moneypages import Bookkeeper
from rzgraph.site.plan import Plan, make_plan
from rzgraph.site.tables import read_published

ID = "https://w3id.org/rzgraph/id/"


@pytest.fixture(scope="module")
def plan(mini: Project) -> Plan:
    return make_plan(mini, open_store(mini))


@pytest.fixture(scope="module")
def files(plan: Plan) -> dict[str, bytes]:
    return render_site(plan)


def read(files: dict[str, bytes], path: str) -> str:
    return files[path].decode()


def test_published_table_has_its_columns_and_rows_in_the_order_of_the_document(plan: Plan) -> None:
    table = read_published(plan)[f"{ID}table/begroting-2020"]
    assert [column.rpartition(".")[2] for column in table.columns] == ["begroot", "werkelijk", "verschil", "prognose"]
    assert [row.name for row in table.rows][:3] == ["Bijdragen gemeenten", "Bijdrage provincie", "Subtotaal bijdragen"]
    assert [cell.text for cells in table.rows[3].cells for cell in cells] == [
        "€ 60.000",
        "€ 62.500",
        "-€ 2.500",
        "€ 62.500",
    ]


def test_cells_lead_to_their_line_and_carry_what_does_not_add_up(files: dict[str, bytes]) -> None:
    page = read(files, "table/begroting-2020.html")
    assert 'href="../document/2020-11-begroting.html#lasten-prognose"' in page
    assert page.count('class="wrong"') == 3
    assert "../finding/calculation-begroting-2020.prognose.lasten-2020.html" in page


def test_finding_has_a_page_with_every_passage_it_rests_on(files: dict[str, bytes]) -> None:
    page = read(files, "en/finding/conflict-onderzoek-heideveen.planned.html")
    assert page.count('class="statement"') == 2
    assert "€ 45.000" in page and "€ 54.000" in page and "line 34" in page
    assert 'href="finding/conflict-onderzoek-heideveen.planned.html"' in read(files, "en/findings.html")


def test_flow_page_has_a_drawing_for_each_phase_with_its_table(files: dict[str, bytes]) -> None:
    page = read(files, "flow/impuls-wonen.html")
    assert {"flow/impuls-wonen-granted.svg", "flow/impuls-wonen-actual.svg"} <= set(files)
    assert page.count("Dezelfde tekening als tabel") >= 3
    assert 'class="drawing-stream"' in page


def test_page_says_why_something_is_not_drawn(files: dict[str, bytes]) -> None:
    page = read(files, "en/network/regio-voorbeeld.html")
    assert "Not everything can be in one drawing" in page
    assert "€420,900" in page and "€419,900" in page and "--whole" not in page


def test_periods_that_may_not_be_added_are_drawn_apart(plan: Plan) -> None:
    keeper = Bookkeeper(plan, lambda iri: None)
    one = keeper.books.ledger.flows[f"{ID}flow/impuls-lindelo"]
    for money in one.amounts:
        money.begins.append("2021")
    figures = keeper.draw(f"{ID}network/regio-voorbeeld", ["flows"], "en")
    granted = [figure for figure in figures if figure.heading.startswith("granted")]
    assert [figure.heading for figure in granted] == ["granted", "granted, period not stated", "granted, 2021 – …"]
    assert [figure.drawing is None for figure in granted] == [True, False, False]


def test_entrance_shows_what_does_not_hold_and_what_is_not_stated(files: dict[str, bytes]) -> None:
    page = read(files, "money.html")
    for panel in ("wrong", "conflicts", "payerless", "receiverless", "figureless"):
        assert f'id="_{panel}"' in page
    assert 'href="money.html"' in read(files, "index.html")
    assert 'href="table/begroting-2020.html"' in page


def test_only_amounts_that_may_be_added_are_added(mini: Project, mini_store: Store) -> None:
    question = read_question(mini.queries / "pages" / "money.10-totals.rq")
    assert run_question(mini_store, question).rows == []  # every sum would count a euro twice, or is of one amount
    store = Store()
    store.extend(mini_store)
    known = NamedNode(f"{ID}amount/impuls-wonen.granted")
    other, flow = NamedNode(f"{ID}amount/impuls-twee.granted"), NamedNode(f"{ID}flow/impuls-twee")
    for quad in mini_store.quads_for_pattern(known, None, None):
        value = flow if quad.predicate == rz("flow") else quad.object
        store.add(Quad(other, quad.predicate, value, quad.graph_name))
    assert run_question(store, question).rows == []  # of no stated period
    year = Literal("2021", datatype=term("edtf:EDTF"))
    for node in (known, other):
        for name in ("begin", "end"):
            store.add(Quad(node, rz(name), year, quad.graph_name))
    rows = run_question(store, question).rows
    assert {(row["amounts"], row["total"]) for row in rows} == {
        (Literal("2", datatype=term("xsd:integer")), Literal("2400000", datatype=term("xsd:decimal")))
    }


def test_numbers_stand_as_the_language_writes_them(files: dict[str, bytes]) -> None:
    assert "419.900" in read(files, "money.html") and "419,900" in read(files, "en/money.html")


def test_entrance_lists_findings_that_do_not_come_from_working_out_again(files: dict[str, bytes], plan: Plan) -> None:
    rows = run_question(plan.store, read_question(plan.project.queries / "pages" / "money.35-findings.rq"), {}).rows
    assert rows
    page = read(files, "money.html")
    part = page.split('id="_findings-title"')[1].split("</section>")[0]
    assert "finding/" in part
    assert "calculation-" not in part
    assert part.count("<tr>") == 1 + len({row["finding"] for row in rows})  # one row each, in one language
