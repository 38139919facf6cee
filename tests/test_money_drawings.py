"""Drawings of money: nothing without an amount in the ledger, no euro twice, refused where it does not add up."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pyoxigraph import NamedNode, Store

from rzgraph.diagrams.books import Books, draw_bars, draw_flows, find_period, find_phase, open_books
from rzgraph.diagrams.draw import Wish, run_draw
from rzgraph.diagrams.picking import pick_streams
from rzgraph.diagrams.sankey import SPACE, Ribbon, spread_streams
from rzgraph.diagrams.streams import MixedError, Streams
from rzgraph.diagrams.template import Drawing
from rzgraph.errors import UsageError
from rzgraph.labels import Labels
from rzgraph.namespaces import slug_of
from rzgraph.settings import Project

SVG = "{http://www.w3.org/2000/svg}"
ID = "https://w3id.org/rzgraph/id/"
DAY = date(2025, 6, 1)


@pytest.fixture(scope="module")
def books(mini_store: Store, mini: Project) -> Books:
    return open_books(mini_store, mini, DAY)


def pick(books: Books, labels: Labels, centre: str, phase: str, **choice: object) -> Streams:
    return pick_streams(books.ledger, labels, f"{ID}{centre}", "nl", f"{ID}phase/{phase}", **choice)  # type: ignore[arg-type]


def slugs(picked: Streams) -> set[str]:
    return {slug_of(stream.flow.iri) for stream in picked.streams}


def draw(books: Books, mini: Project, labels: Labels, centre: str, phase: str, lang: str = "nl") -> Drawing:
    return draw_flows(books, mini, labels, f"{ID}{centre}", lang, f"{ID}phase/{phase}", link=address)


def address(iri: str) -> str:
    return f"{slug_of(iri)}.html"


def texts(drawing: Drawing) -> str:
    return " ".join("".join(text.itertext()) for text in ElementTree.fromstring(drawing.svg).iter(f"{SVG}text"))


# ── What is drawn ──────────────────────────────────────────────────────────


def test_a_chain_is_drawn_from_the_first_payer_to_the_last_receiver(books: Books, mini_labels: Labels) -> None:
    picked = pick(books, mini_labels, "programme/veenrand", "granted")
    assert slugs(picked) == {"impuls-wonen", "impuls-heideveen", "impuls-veenrand"}
    sources = {slug_of(stream.flow.iri): [slug_of(iri) for iri in stream.sources] for stream in picked.streams}
    assert sources["impuls-veenrand"] == ["impuls-heideveen"]


def test_ribbons_are_as_wide_as_their_amounts(books: Books, mini: Project, mini_labels: Labels) -> None:
    svg = draw(books, mini, mini_labels, "flow/impuls-wonen", "granted").svg
    paths = re.findall(r'drawing-stream" d="M[\d.]+,([\d.]+) .*? L[\d.]+,([\d.]+) C[^Z]* ([\d.]+),([\d.]+) Z', svg)
    widths = sorted(round(float(foot) - float(top)) for top, _, _, foot in paths)
    assert widths == [50, 50, 75, 75, 125, 125, 175, 175, 175, 175, 300, 300]


def test_totals_at_the_end_equal_those_at_the_source(books: Books, mini_labels: Labels) -> None:
    for phase in ("granted", "actual"):
        streams = pick(books, mini_labels, "flow/impuls-wonen", phase).streams
        onward = {iri for stream in streams for iri in stream.sources}
        ends = sum((stream.low or Decimal(0) for stream in streams if stream.flow.iri not in onward), Decimal(0))
        assert ends == next(stream.low for stream in streams if not stream.sources)


def test_money_a_payer_passes_on_itself_is_not_paid_twice(books: Books, mini: Project, mini_labels: Labels) -> None:
    flows = dict(books.ledger.flows)
    one, payers = f"{ID}flow/impuls-heideveen", [f"{ID}party/provincie-voorland"]
    flows[one] = replace(flows[one], amounts=[replace(money, payers=payers) for money in flows[one].amounts])
    other = replace(books, ledger=replace(books.ledger, flows=flows))
    drawing = draw(other, mini, mini_labels, "flow/impuls-wonen", "granted")
    assert "1.900.000" not in texts(drawing) and texts(drawing).count("Provincie Voorland") == 1


def test_whole_whose_parts_make_it_up_is_drawn_with_them(books: Books, mini_labels: Labels) -> None:
    picked = pick(books, mini_labels, "network/regio-voorbeeld", "planned")
    division = {slug_of(stream.flow.iri): stream.division for stream in picked.streams if stream.division}
    assert division == {"inkomsten-2020": "together", "bijdragen-2020": "together", "lasten-2020": "apart"}


def test_every_amount_in_a_drawing_is_in_its_table(books: Books, mini: Project, mini_labels: Labels) -> None:
    drawing = draw(books, mini, mini_labels, "network/regio-voorbeeld", "planned")
    figures = set(re.findall(r"€ ([\d.]+)", texts(drawing).partition("Een band is")[0]))
    rows = {f"{Decimal(row['amount'].value):,.0f}".replace(",", ".") for row in drawing.rows.rows if row["amount"]}  # type: ignore[union-attr]
    assert figures and figures <= rows
    assert all(row[name] for row in drawing.rows.rows for name in ("claim", "document", "lines", "fragment"))


def test_who_is_not_stated_stands_as_not_stated(books: Books, mini: Project, mini_labels: Labels) -> None:
    drawing = draw(books, mini, mini_labels, "flow/brug", "forecast", "en")
    assert "payer not stated" in texts(drawing) and "receiver not stated" in texts(drawing)


def test_both_readings_of_a_conflict_are_drawn(books: Books, mini: Project, mini_labels: Labels) -> None:
    drawing = draw(books, mini, mini_labels, "flow/onderzoek-heideveen", "planned")
    assert "€ 45.000" in texts(drawing) and "€ 54.000" in texts(drawing)
    assert drawing.svg.count("drawing-stream-unsure") == 3  # before and after the flow, and in the legend


def test_ends_of_a_range_are_drawn(books: Books, mini: Project, mini_labels: Labels) -> None:
    drawing = draw(books, mini, mini_labels, "flow/brug", "forecast")
    assert "€ 2.000.000" in texts(drawing) and "€ 2.500.000" in texts(drawing)


# ── What is refused ────────────────────────────────────────────────────────


def test_phases_are_never_mixed(books: Books, mini_labels: Labels) -> None:
    with pytest.raises(MixedError, match="actual, granted") as refused:
        pick_streams(books.ledger, mini_labels, f"{ID}flow/impuls-wonen", "nl")
    assert refused.value.why == "phase"


def test_whole_and_parts_that_differ_are_refused_and_the_whole_can_be_drawn(books: Books, mini_labels: Labels) -> None:
    with pytest.raises(MixedError, match=r"€ 420\.900.*€ 419\.900") as refused:
        pick(books, mini_labels, "network/regio-voorbeeld", "forecast")
    assert refused.value.why == "overlap" and "\n" not in str(refused.value)
    picked = pick(books, mini_labels, "network/regio-voorbeeld", "forecast", whole=True)
    assert slugs(picked) == {"inkomsten-2020", "lasten-2020"}
    assert "part" in picked.left_out.values()


def test_amounts_of_different_periods_do_not_meet(books: Books, mini_labels: Labels) -> None:
    flows = dict(books.ledger.flows)
    one = f"{ID}flow/impuls-lindelo"
    flows[one] = replace(flows[one], amounts=[replace(money, begins=["2021"]) for money in flows[one].amounts])
    ledger = replace(books.ledger, flows=flows)
    with pytest.raises(MixedError, match=r"Regio Voorbeeld.*2021") as refused:
        pick(replace(books, ledger=ledger), mini_labels, "flow/impuls-wonen", "granted")
    assert refused.value.why == "period"


def test_what_is_no_stream_of_money_is_left_out_with_the_reason(books: Books, mini_labels: Labels) -> None:
    picked = pick(books, mini_labels, "flow/bijdrage-per-inwoner", "planned")
    assert picked.left_out == {f"{ID}amount/bijdrage-per-inwoner.planned.inhabitant": "per"}
    with pytest.raises(MixedError) as refused:
        pick_streams(books.ledger, mini_labels, f"{ID}flow/saldo-2020", "nl")
    assert refused.value.why == "nothing"


def test_what_is_known_only_later_is_not_drawn(mini_store: Store, mini: Project, mini_labels: Labels) -> None:
    early = open_books(mini_store, mini, date(2010, 1, 1), known_only=True)
    with pytest.raises(MixedError) as refused:
        pick(early, mini_labels, "flow/impuls-wonen", "granted")
    assert refused.value.why == "nothing"


@pytest.mark.parametrize(
    ("wish", "hint"),
    [
        (Wish("money", "impuls-wonen"), "--phase"),
        (Wish("money", "regio-voorbeeld", phase="forecast"), "--whole"),
    ],
)
def test_refusal_on_the_command_line_says_what_to_ask_instead(
    mini: Project, tmp_path: Path, wish: Wish, hint: str
) -> None:
    with pytest.raises(MixedError, match=hint) as refused:
        run_draw(mini, wish, "en", tmp_path / "drawing.svg", StringIO())
    assert refused.value.exit_code == 1 and not list(tmp_path.iterdir())


def test_phase_and_period_are_found_by_what_people_type(books: Books, mini_labels: Labels) -> None:
    assert find_phase(mini_labels, "Toegekend", "nl") == f"{ID}phase/granted"
    assert find_period(books.ledger, "2020-01/2020-06", "nl") == ("2020-01", "2020-06")
    assert find_period(books.ledger, "unstated", "nl") == ()
    with pytest.raises(UsageError, match="granted"):
        find_phase(mini_labels, "nonsense", "en")
    with pytest.raises(UsageError, match="2020-01/2020-06"):
        find_period(books.ledger, "1999", "en")


# ── Layout ─────────────────────────────────────────────────────────────────


def test_boxes_in_a_column_stand_apart_and_long_ribbons_go_around_them() -> None:
    boxes = dict.fromkeys("abcde", (80.0, 30.0))
    ribbons = [Ribbon("1", "a", "b", 40.0), Ribbon("2", "b", "c", 40.0), Ribbon("3", "a", "c", 20.0)]
    ribbons += [Ribbon("4", "d", "b", 10.0), Ribbon("5", "e", "c", 5.0)]
    spread = spread_streams(boxes, ribbons)
    left, top, _, height = spread.boxes["b"]
    assert height == 50.0
    crossing = [y for x, y in spread.ways["3"] if x == left]
    assert all(y + 10.0 <= top - SPACE + 0.01 or y - 10.0 >= top + height + SPACE - 0.01 for y in crossing)
    columns: dict[float, list[tuple[float, float]]] = {}
    for x, y, _, tall in spread.boxes.values():
        columns.setdefault(x, []).append((y, tall))
    for found in columns.values():
        for (y, tall), (below, _) in zip(sorted(found), sorted(found)[1:], strict=False):
            assert y + tall + SPACE <= below + 0.01


def test_who_receives_back_what_was_paid_gets_a_second_box(books: Books, mini: Project, mini_labels: Labels) -> None:
    flows = dict(books.ledger.flows)
    last = f"{ID}flow/impuls-hogeschool"
    back = [f"{ID}party/provincie-voorland"]
    flows[last] = replace(flows[last], amounts=[replace(money, receivers=back) for money in flows[last].amounts])
    circle = replace(books, ledger=replace(books.ledger, flows=flows))
    assert texts(draw(circle, mini, mini_labels, "flow/impuls-wonen", "granted")).count("Provincie Voorland") == 2


# ── Budgets ────────────────────────────────────────────────────────────────


def test_a_table_has_a_bar_for_every_cell_of_a_phase(books: Books, mini: Project, mini_labels: Labels) -> None:
    drawing = draw_bars(books, mini, mini_labels, f"{ID}table/begroting-2020", "nl")
    assert texts(drawing).count("€") - texts(drawing).count("≠ €") == 27
    assert len(drawing.rows.rows) == 36


def test_cell_that_does_not_add_up_says_what_was_worked_out(books: Books, mini: Project, mini_labels: Labels) -> None:
    drawing = draw_bars(books, mini, mini_labels, f"{ID}table/begroting-2020", "nl")
    assert "€ 420.900 ≠ € 419.900 berekend" in texts(drawing)


def test_series_of_a_budget_differ_without_colour(books: Books, mini: Project, mini_labels: Labels) -> None:
    svg = draw_bars(books, mini, mini_labels, f"{ID}flow/lasten-2020", "nl").svg
    looks = set(re.findall(r'rect class="(drawing-bar[^"]*)"', svg))
    assert looks == {"drawing-bar", "drawing-bar-solid", "drawing-bar-striped"}


def test_both_readings_of_a_conflict_have_a_bar(books: Books, mini: Project, mini_labels: Labels) -> None:
    drawing = draw_bars(books, mini, mini_labels, f"{ID}flow/onderzoek-brug", "en")
    assert "€45,000 (reading 1)" in texts(drawing) and "€54,000 (reading 2)" in texts(drawing)


def test_lines_of_different_periods_do_not_stand_side_by_side(books: Books, mini: Project, mini_labels: Labels) -> None:
    flows = dict(books.ledger.flows)
    one = f"{ID}flow/lasten-wonen-2020"
    flows[one] = replace(flows[one], amounts=[replace(money, begins=["2019"]) for money in flows[one].amounts])
    other = replace(books, ledger=replace(books.ledger, flows=flows))
    with pytest.raises(MixedError, match="2019"):
        draw_bars(other, mini, mini_labels, f"{ID}flow/lasten-2020", "nl")


def test_nothing_to_draw_is_said(books: Books, mini: Project, mini_labels: Labels) -> None:
    with pytest.raises(MixedError, match="fase van project"):
        draw_bars(books, mini, mini_labels, f"{ID}flow/veenrand-fase-2", "nl")


# ── As a picture ───────────────────────────────────────────────────────────


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_drawing_names_describes_and_links(books: Books, mini: Project, mini_labels: Labels, lang: str) -> None:
    for drawing in (
        draw(books, mini, mini_labels, "flow/impuls-wonen", "granted", lang),
        draw_bars(books, mini, mini_labels, f"{ID}table/begroting-2020", lang, link=address),
    ):
        root = ElementTree.fromstring(drawing.svg)
        assert root.get("role") == "group" and root.find(f"{SVG}title") is not None
        assert root.find(f"{SVG}desc").text == drawing.description  # type: ignore[union-attr]
        assert list(root.iter(f"{SVG}a"))
        found = re.findall(r' id="([^"]+)"', drawing.svg)
        assert len(found) == len(set(found))


def test_hostile_names_stay_text(books: Books, mini: Project, mini_labels: Labels) -> None:
    hostile = {f"{ID}flow/impuls-wonen": {"nl": "<script>alert(1)</script>"}}
    labels = Labels(mini_labels.by_iri | hostile)
    assert "<script" not in draw(books, mini, labels, "flow/impuls-wonen", "granted").svg


@pytest.mark.parametrize("form", [".svg", ".png", ".csv"])
def test_files_are_the_same_each_time(mini: Project, tmp_path: Path, form: str) -> None:
    written = []
    for number in range(2):
        for wish in (Wish("money", "impuls-wonen", phase="granted"), Wish("budget", "begroting-2020")):
            file = tmp_path / f"{wish.what}{number}{form}"
            assert run_draw(mini, wish, "nl", file, StringIO()) == 0
        written.append([(tmp_path / f"{what}{number}{form}").read_bytes() for what in ("money", "budget")])
    assert written[0] == written[1]


def test_table_of_a_drawing_has_the_rows_of_what_is_drawn(books: Books, mini: Project, mini_labels: Labels) -> None:
    drawing = draw(books, mini, mini_labels, "programme/veenrand", "granted")
    flows = {row["flow"] for row in drawing.rows.rows}
    assert flows == {NamedNode(f"{ID}flow/{name}") for name in ("impuls-wonen", "impuls-heideveen", "impuls-veenrand")}


# ── The real documents ─────────────────────────────────────────────────────


def test_a_party_has_a_sum_of_one_stated_period_only(project: Project, store: Store, labels: Labels) -> None:
    real = open_books(store, project, DAY)
    # Both parts of the deal are of 2024-2028; what the State reserved is of no stated period.
    assert "Σ ontvangt" in draw(real, project, labels, "flow/regio-deal-5", "unstated").svg
    reserved = draw(real, project, labels, "party/het-rijk", "reserved").svg
    assert reserved.count("Σ") == 1  # the note below the drawing
