"""Following money: chains, parts, sums per phase, circles, and where the evidence stops."""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

import pytest
from pyoxigraph import Store

from rzgraph.answers.chains import (
    SHARED,
    START,
    Direction,
    Node,
    add_up,
    find_starts,
    follow,
    join,
    pick_ends,
    pick_entered,
    pick_start,
    walk,
)
from rzgraph.answers.flows import Flow, Ledger, Money
from rzgraph.answers.names import resolve_entity
from rzgraph.answers.trace import TRACED, Trace, run_trace, trace_entity
from rzgraph.labels import Labels
from rzgraph.namespaces import slug_of
from rzgraph.settings import Project


def trace_mini(store: Store, mini: Project, labels: Labels, text: str, direction: str, at: str | None = None) -> Trace:
    entity = resolve_entity(store, text, TRACED)
    return trace_entity(store, mini, entity, "up" if direction == "up" else "down", at, labels, "nl")


def write_mini(mini: Project, text: str, direction: str, form: str = "table", lang: str = "nl") -> str:
    stream = io.StringIO()
    run_trace(mini, text, "up" if direction == "up" else "down", None, lang, form, stream)
    return stream.getvalue()


def total(nodes: Iterable[Node], where: str) -> dict[str, Decimal]:
    pick = pick_start if where == "start" else pick_ends
    picked = join(pick(node) for node in nodes if node.counted)
    return {slug_of(phase): found.low for phase, amounts in picked.items() if (found := add_up(amounts)).flows}


def money(flow: str, amount: int | None, phase: str = "granted", payers: Iterable[str] = ("p",)) -> Money:
    value = None if amount is None else Decimal(amount)
    return Money(f"{flow}.{phase}", phase, value, value, "", "", "", False, "x", payers=list(payers))


def make_ledger(amounts: dict[str, list[Money]], parts: dict[str, str], onward: list[tuple[str, str]]) -> Ledger:
    flows = {iri: Flow(iri, amounts=found) for iri, found in amounts.items()}
    for part, whole in parts.items():
        flows[part].wholes.append(whole)
        flows[whole].parts.append(part)
    for source, later in onward:
        flows[source].onward.append(later)
        flows[later].sources.append(source)
    return Ledger(flows, {}, {})


# ── The chain of three hops of the mini region ─────────────────────────────


def test_three_hops_end_with_what_they_began_with(mini_store: Store, mini: Project, mini_labels: Labels) -> None:
    trace = trace_mini(mini_store, mini, mini_labels, "flow/impuls-wonen", "down")
    assert [(node.place, node.relation, slug_of(node.flow.iri)) for node in walk(trace.nodes)] == [
        ("1", "start", "impuls-wonen"),
        ("1.1", "onward", "impuls-heideveen"),
        ("1.1.1", "onward", "impuls-veenrand"),
        ("1.2", "onward", "impuls-lindelo"),
        ("1.2.1", "onward", "impuls-hogeschool"),
        ("1.2.2", "onward", "impuls-waterschap"),
    ]
    expected = {"granted": Decimal(1200000), "actual": Decimal(600000)}
    assert total(trace.nodes, "start") == total(trace.nodes, "end") == expected


def test_a_trail_back_shows_what_else_the_source_paid(mini: Project) -> None:
    written = write_mini(mini, "hogeschool-lindelo", "up")
    assert "1.1.1  komt uit: Impuls Wonen: provincie aan de regio" in written
    assert "de bronnen samen, toegekend: € 500.000; € 300.000 daarvan komt niet hier (€ 200.000)" in written


def test_no_flow_is_counted_twice_from_a_party_in_the_middle(
    mini_store: Store, mini: Project, mini_labels: Labels
) -> None:
    trace = trace_mini(mini_store, mini, mini_labels, "regio-voorbeeld", "down")
    counted = [node.flow.iri for node in walk(trace.nodes) if node.counted]
    assert len(counted) == len(set(counted))
    assert total(trace.nodes, "start")["granted"] == Decimal(1200000)


def test_what_is_paid_together_counts_by_the_share_of_the_payer(
    mini_store: Store, mini: Project, mini_labels: Labels
) -> None:
    trace = trace_mini(mini_store, mini, mini_labels, "gemeente-lindelo", "down")
    assert total(trace.nodes, "start")["planned"] == Decimal(55000)


def test_a_whole_is_not_added_to_its_parts(mini_store: Store, mini: Project, mini_labels: Labels) -> None:
    trace = trace_mini(mini_store, mini, mini_labels, "inkomsten-2020", "down")
    assert total(trace.nodes, "start") == {
        "planned": Decimal(450000),
        "actual": Decimal(402500),
        "forecast": Decimal(452500),
    }


def test_tables_of_income_and_spending_are_not_added(mini: Project) -> None:
    written = write_mini(mini, "table/begroting-2020", "down")
    assert "€ 875.000" not in written
    assert "€ 1.000 niet verder verdeeld" in written
    assert "▲ bevinding: Lasten 2020" in written


def test_both_readings_of_a_conflict_are_shown(mini: Project) -> None:
    written = " ".join(write_mini(mini, "onderzoek-heideveen", "down").split())
    assert "begroot: € 45.000 (de documenten spreken elkaar tegen" in written
    assert "voorkeur: € 45.000 “€ 45.000”" in written
    assert "andere lezing: € 54.000 “€ 54.000”" in written


def test_a_trail_says_where_it_stops(mini: Project) -> None:
    written = " ".join(write_mini(mini, "veenrand", "up").split())
    assert "■ wie dit betaalt, staat niet in de documenten" in written
    assert "wat Project Veenrand hiermee betaalt, staat niet in" in " ".join(
        write_mini(mini, "veenrand", "down").split()
    )
    english = " ".join(write_mini(mini, "lasten-bureau-2020", "down", lang="en").split())
    assert "■ who receives this is not in the documents" in english


def test_the_share_of_one_member_of_a_group_is_not_guessed(mini: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_trace(mini, "gemeente-waterhorst", "down", None, "nl", "table", io.StringIO()) == 1
    said = capsys.readouterr().err
    assert "niet genoemd in de documenten" in said
    assert "het aandeel van Gemeente Waterhorst is niet genoemd in de documenten" in said


def test_rows_that_count_add_up_to_the_totals(mini_store: Store, mini: Project, mini_labels: Labels) -> None:
    trace = trace_mini(mini_store, mini, mini_labels, "provincie-voorland", "down")
    rows = list(csv.DictReader(io.StringIO(write_mini(mini, "provincie-voorland", "down", "csv"))))
    for column, where in (("counts_at_start", "start"), ("counts_at_end", "end")):
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for row in rows:
            if row[column] == "true":
                sums[row["phase"]] += Decimal(row["amount"])
        assert sums == total(trace.nodes, where)


def test_every_row_has_its_evidence(mini: Project) -> None:
    rows = json.loads(write_mini(mini, "onderzoek-brug", "down", "json"))
    assert len(rows) == 4
    assert all(row["document"] and row["lines"] and row["fragment"] and row["file"] for row in rows)
    assert [row["amount_text"] for row in rows if row["conflicting"]] == ["€ 45.000", "€ 54.000"]


def test_a_day_leaves_out_what_is_over(mini_store: Store, mini: Project, mini_labels: Labels) -> None:
    assert not trace_mini(mini_store, mini, mini_labels, "inkomsten-2020", "down", "2023-01-01").nodes
    assert trace_mini(mini_store, mini, mini_labels, "inkomsten-2020", "down", "2020-06-01").nodes


def test_markdown_has_the_tree_the_totals_and_the_sources(mini: Project) -> None:
    written = write_mini(mini, "impuls-lindelo", "down", "md", "en")
    assert "- **1.1** passed on as: Impuls Wonen: Lindelo to the university" in written
    assert "| granted | €500,000 |  | €500,000 | €0 |" in written
    assert "## Sources" in written


# ── Shapes a ledger can have ───────────────────────────────────────────────


@pytest.mark.parametrize("direction", ["down", "up"])
def test_circles_come_to_an_end(direction: str) -> None:
    circle = make_ledger(
        {name: [money(name, 5)] for name in "abc"}, {"c": "b"}, [("a", "b"), ("b", "a"), ("c", "c"), ("b", "c")]
    )
    way: Direction = "up" if direction == "up" else "down"
    starts = find_starts(circle, "abc", way)
    assert starts == ["a"]
    nodes = follow(circle, dict.fromkeys(starts, START), way)
    assert any(node.circle for node in walk(nodes))
    assert len([node for node in walk(nodes) if node.counted]) == 3


def test_what_comes_together_is_counted_once() -> None:
    diamond = make_ledger(
        {"a": [money("a", 10)], "b": [money("b", 6)], "c": [money("c", 4)], "d": [money("d", 10)]},
        {},
        [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")],
    )
    nodes = follow(diamond, {"a": START}, "down")
    assert total(nodes, "start") == total(nodes, "end") == {"granted": Decimal(10)}
    assert [node.again for node in walk(nodes) if node.again] == ["1.1.1"]


def test_phases_are_never_mixed() -> None:
    ledger = make_ledger({"a": [money("a", 10)], "b": [money("b", 7, "actual")]}, {}, [("a", "b")])
    nodes = follow(ledger, {"a": START}, "down")
    assert total(nodes, "start") == {"granted": Decimal(10)}
    assert total(nodes, "end") == {"granted": Decimal(10), "actual": Decimal(7)}
    entered = join(map(pick_entered, nodes))
    assert {phase: add_up(amounts).low for phase, amounts in entered.items()} == {"actual": Decimal(7)}


def test_parts_stand_in_for_a_whole_without_a_figure() -> None:
    ledger = make_ledger(
        {"a": [money("a", None)], "b": [money("b", 7)], "c": [money("c", None)]}, {"b": "a", "c": "a"}, []
    )
    picked = join(pick_start(node) for node in follow(ledger, {"a": START}, "down"))
    assert (add_up(picked["granted"]).low, add_up(picked["granted"]).missing) == (Decimal(7), 1)


def test_what_goes_into_a_whole_is_followed_without_counting() -> None:
    ledger = make_ledger(
        {"w": [money("w", 10, payers=["p", "q"])], "s": [money("s", 6)], "d": [money("d", 10, payers=["w"])]},
        {"s": "w"},
        [("w", "d")],
    )
    nodes = follow(ledger, {"s": START}, "down")
    assert [(node.relation, node.counted) for node in walk(nodes)] == [
        ("start", True),
        ("pool", False),
        ("onward", False),
    ]
    assert total(nodes, "start") == total(nodes, "end") == {"granted": Decimal(6)}


def test_a_start_that_is_shared_does_not_count() -> None:
    ledger = make_ledger({"a": [money("a", 10, payers=["p", "q"])]}, {}, [])
    assert total(follow(ledger, {"a": SHARED}, "down"), "start") == {}


def test_a_slug_of_two_kinds_means_the_flow(mini: Project) -> None:
    assert "Impuls Wonen" in write_mini(mini, "impuls-wonen", "down")


def test_who_of_a_group_pays_how_much_is_not_guessed(mini: Project) -> None:
    written = " ".join(write_mini(mini, "bijdrage-gemeenten-2020", "up").split())
    assert "■ De regiogemeenten is een groep; wie daarvan hoeveel betaalt, staat niet in de documenten" in written


def test_the_preferred_reading_comes_first(mini: Project) -> None:
    written = write_mini(mini, "onderzoek-heideveen", "down")
    assert written.index("voorkeur: ") < written.index("andere lezing: ")


# ── The real documents ─────────────────────────────────────────────────────


def write_real(project: Project, text: str, direction: str) -> str:
    stream = io.StringIO()
    assert run_trace(project, text, "up" if direction == "up" else "down", None, "nl", "table", stream) == 0
    return " ".join(stream.getvalue().split())


def test_the_fifth_regio_deal_leads_back_to_the_state_and_stops_at_the_partners(project: Project) -> None:
    written = write_real(project, "regio-deal-5", "up")
    assert "voorkeur: € 95.000.000 “€ 95 miljoen”" in written
    assert "andere lezing: meer dan € 90.000.000 “€90 miljoen”" in written
    assert "komt uit: Regio Deals, vijfde ronde" in written


def test_no_difference_is_told_where_an_amount_on_the_way_is_missing(project: Project) -> None:
    written = write_real(project, "regio-deal-3", "up")
    assert "€ 22.500.000 (+ 1 zonder" in written
    assert "niet te bepalen" in written
    assert "-€ 67.500.000" not in written


def test_money_of_the_state_ends_with_what_it_began_with_in_every_phase_but_one(
    project: Project, store: Store, labels: Labels
) -> None:
    trace = trace_mini(store, project, labels, "het-rijk", "down")
    counted = [node.flow.iri for node in walk(trace.nodes) if node.counted]
    assert len(counted) == len(set(counted))
    # Of what the State reserved for all regions only the part of this region can be followed.
    start, end = total(trace.nodes, "start"), total(trace.nodes, "end")
    assert start["reserved"] - end["reserved"] == Decimal(354600000)
    assert {phase for phase in start if start[phase] != end[phase]} == {"reserved", "unstated"}


def test_the_share_of_one_municipality_is_not_stated(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_trace(project, "gemeente-hardenberg", "down", None, "nl", "table", io.StringIO()) == 1
    assert "het aandeel van Gemeente Hardenberg is niet genoemd in de documenten" in capsys.readouterr().err
