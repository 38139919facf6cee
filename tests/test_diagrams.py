"""The governance drawing: true to the day, readable, safe to set in a page, the same each time."""

import csv
import importlib.metadata
import re
import stat
import struct
from collections.abc import Iterator
from datetime import date
from io import StringIO
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
import resvg_py
from pyoxigraph import Store

from rzgraph.diagrams import engine, governance, pagefit
from rzgraph.diagrams.boxes import Box, Link, Panel
from rzgraph.diagrams.captions import BOX_WIDTH, caption_links
from rzgraph.diagrams.draw import FORMATS, Wish, run_draw
from rzgraph.diagrams.governance import draw_governance
from rzgraph.diagrams.grids import arrange_rows
from rzgraph.diagrams.layout import lay_out_links
from rzgraph.diagrams.lettering import fold_text, measure_text
from rzgraph.diagrams.networks import build_governance
from rzgraph.diagrams.pagefit import compose_page
from rzgraph.diagrams.raster import find_fonts, render_png
from rzgraph.diagrams.routing import Page
from rzgraph.diagrams.template import Drawing
from rzgraph.errors import InputError, UsageError
from rzgraph.labels import Labels
from rzgraph.namespaces import slug_of
from rzgraph.settings import Project

SVG = "{http://www.w3.org/2000/svg}"
DAYS = [date(2022, 1, 10), date(2023, 9, 30), date(2024, 4, 30), date(2025, 7, 31)]
CASES = [(day, lang) for day in DAYS for lang in ("nl", "en")]
MINI_DAY = date(2025, 6, 1)


def address(iri: str) -> str:
    return f"body/{slug_of(iri)}.html"


@pytest.fixture(scope="module")
def drawings(store: Store, project: Project, labels: Labels) -> dict[tuple[date, str], tuple[Drawing, Page]]:
    """The real drawings, each with the page it was made from."""
    pages: list[Page] = []
    with pytest.MonkeyPatch.context() as patch:

        def keep(*arguments: object) -> Page:
            pages.append(compose_page(*arguments))  # type: ignore[arg-type]
            return pages[-1]

        patch.setattr(governance, "compose_page", keep)
        drawn = {case: draw_governance(store, project, labels, *case, link=address) for case in CASES}
    return {case: (drawing, page) for (case, drawing), page in zip(drawn.items(), pages, strict=True)}


@pytest.fixture(scope="module")
def mini_drawing(mini_store: Store, mini: Project, mini_labels: Labels) -> Drawing:
    return draw_governance(mini_store, mini, mini_labels, MINI_DAY, "nl")


def parse(drawing: Drawing) -> ElementTree.Element:
    return ElementTree.fromstring(drawing.svg)


def boxes_of(drawing: Drawing) -> list[ElementTree.Element]:
    return [group for group in parse(drawing).iter(f"{SVG}g") if "drawing-box" in group.get("class", "").split()]


def title_of(element: ElementTree.Element) -> str:
    return next(element.iter(f"{SVG}title")).text or ""


# ── True to the day ────────────────────────────────────────────────────────


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_body_that_stands_is_drawn_once_and_leads_to_its_page(
    store: Store, project: Project, drawings: dict[tuple[date, str], tuple[Drawing, Page]], case: tuple[date, str]
) -> None:
    standing = build_governance(store, project, case[0]).graph
    targets = [link.get("href") for link in parse(drawings[case][0]).iter(f"{SVG}a")]
    assert sorted(map(str, targets)) == sorted(address(iri) for iri in standing)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_boxes_are_named_by_labels_never_by_identifiers(
    drawings: dict[tuple[date, str], tuple[Drawing, Page]],
    labels: Labels,
    store: Store,
    project: Project,
    case: tuple[date, str],
) -> None:
    names = {labels.label(iri, case[1]) for iri in build_governance(store, project, case[0]).graph}
    titles = [title_of(box) for box in boxes_of(drawings[case][0])]
    assert {title.partition(". ")[0] for title in titles} <= {name.partition(". ")[0] for name in names}
    assert not [title for title in titles if re.search(r"https?:|\b[a-z]+-[a-z]+-[a-z]+-[a-z]+\b|node\d", title)]


def test_last_known_bodies_differ_in_outline_and_in_words(
    drawings: dict[tuple[date, str], tuple[Drawing, Page]],
) -> None:
    found = {"confirmed": 0, "last-known": 0}
    for drawing, _ in drawings.values():
        for box in boxes_of(drawing):
            last_known = "drawing-last-known" in box.get("class", "")
            found["last-known" if last_known else "confirmed"] += 1
            outline = next(box.iter(f"{SVG}rect"))
            marks = [text for text in box.iter(f"{SVG}text") if text.get("class") == "drawing-mark"]
            assert bool(outline.get("stroke-dasharray")) == last_known
            assert bool(marks) == last_known
    assert min(found.values()) > 20


def test_derived_relations_are_drawn_unlike_stated_ones(mini_drawing: Drawing) -> None:
    links = [group for group in parse(mini_drawing).iter(f"{SVG}g") if group.get("class") == "drawing-link"]
    dashed = {title_of(link): "stroke-dasharray" in next(link.iter(f"{SVG}path")).attrib for link in links}
    assert any(dashed.values())
    assert not all(dashed.values())
    assert all(("(afgeleid)" in title) == is_dashed for title, is_dashed in dashed.items())


@pytest.mark.parametrize("upward", [True, False])
def test_arrow_points_where_the_relation_points(upward: bool) -> None:
    boxes = (Box("top", BOX_WIDTH, 40.0), Box("bottom", BOX_WIDTH, 40.0))
    panel = Panel("panel", boxes, (Link("link", "top", ("bottom",), 60.0, 14.0, upward, "stated"),))
    layout = lay_out_links([panel], 800)[0]
    (_, top, _, height), (_, bottom, _, _) = layout.boxes["top"], layout.boxes["bottom"]
    ((_, tip), *_) = [max(curve.head, key=lambda p: -p[1] if upward else p[1]) for curve in layout.curves]
    assert top + height < bottom
    assert tip == pytest.approx(top + height if upward else bottom, abs=3)


def test_relation_downwards_ends_in_the_body_below(store: Store, project: Project, labels: Labels) -> None:
    governance = build_governance(store, project, date(2022, 1, 10))
    homes = {iri: data["line"] for iri, data in governance.graph.nodes(data=True)}
    links, _ = caption_links(governance, homes, labels, "nl")
    below = {(link.above, iri): link.upward for link in links for iri in link.below if not link.upward}
    drawn = {(a, b) for a, b, data in governance.graph.edges(data=True) if data["above"] == a}
    assert drawn
    assert set(below) == drawn


def test_each_relation_carries_its_name(
    mini_drawing: Drawing, mini_labels: Labels, mini_store: Store, mini: Project
) -> None:
    graph = build_governance(mini_store, mini, MINI_DAY).graph
    text = " ".join(element.text or "" for element in parse(mini_drawing).iter(f"{SVG}text"))
    names = {mini_labels.label(relation, "nl") for *_, relation in graph.edges(keys=True)}
    assert names
    assert all(word in text for name in names for word in name.split())


def test_title_and_description_say_day_and_counts(drawings: dict[tuple[date, str], tuple[Drawing, Page]]) -> None:
    drawing = drawings[date(2022, 1, 10), "nl"][0]
    assert "10 januari 2022" in drawing.title
    assert f"{len(boxes_of(drawing))} organen" in drawing.description
    assert drawings[date(2022, 1, 10), "en"][0].title.endswith("10 January 2022")


def test_day_without_bodies_gives_an_empty_drawing(store: Store, project: Project, labels: Labels) -> None:
    drawing = draw_governance(store, project, labels, date(1900, 1, 1), "nl")
    assert boxes_of(drawing) == []
    assert "0 organen" in drawing.description


# ── Readable ───────────────────────────────────────────────────────────────


def size_of(drawing: Drawing) -> tuple[float, float]:
    _, _, width, height = (float(part) for part in parse(drawing).get("viewBox", "").split())
    return width, height


@pytest.mark.parametrize("case", CASES, ids=str)
def test_drawing_is_no_ribbon_and_its_type_stays_readable(
    drawings: dict[tuple[date, str], tuple[Drawing, Page]], case: tuple[date, str]
) -> None:
    width, height = size_of(drawings[case][0])
    assert 0.47 <= width / height <= 2.2
    smallest_name = min(
        float(text.get("font-size", 0))
        for text in parse(drawings[case][0]).iter(f"{SVG}text")
        if text.get("class") == "drawing-name"
    )
    assert smallest_name * min(1.0, 1100 / width) >= 11


def rectangles(page: Page) -> list[tuple[float, float, float, float]]:
    found = []
    for p in page.panels:
        left, top = p.origin
        found += [(left + x, top + y, left + x + w, top + y + h) for x, y, w, h in p.layout.boxes.values()]
    return found


@pytest.mark.parametrize("case", CASES, ids=str)
def test_boxes_stand_apart_and_within_their_panel(
    drawings: dict[tuple[date, str], tuple[Drawing, Page]], case: tuple[date, str]
) -> None:
    page = drawings[case][1]
    for a, b in combinations(rectangles(page), 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
    for p in page.panels:
        left, top = p.origin
        for x, y, width, height in p.layout.boxes.values():
            assert p.x <= left + x <= left + x + width <= p.x + p.width
            assert p.y <= top + y <= top + y + height <= p.y + p.height
    for p, q in combinations(page.panels, 2):
        assert p.x + p.width <= q.x or q.x + q.width <= p.x or p.y + p.height <= q.y or q.y + q.height <= p.y


@pytest.mark.parametrize("case", CASES, ids=str)
def test_lines_between_panels_run_through_no_box(
    drawings: dict[tuple[date, str], tuple[Drawing, Page]], case: tuple[date, str]
) -> None:
    page = drawings[case][1]
    assert any(page.wires for _, page in drawings.values())
    for name, points in page.wires:
        for (x1, y1), (x2, y2) in pairwise(points):
            for left, top, right, bottom in rectangles(page):
                apart = (
                    max(x1, x2) <= left or min(x1, x2) >= right or max(y1, y2) <= top + 1 or min(y1, y2) >= bottom - 1
                )
                assert apart, name


def test_there_are_lines_between_panels(drawings: dict[tuple[date, str], tuple[Drawing, Page]]) -> None:
    assert sum(len(page.wires) for _, page in drawings.values()) > 10


def test_bodies_not_named_of_late_stand_apart_below_all_others(
    drawings: dict[tuple[date, str], tuple[Drawing, Page]],
) -> None:
    page = drawings[date(2025, 7, 31), "nl"][1]
    earlier = max(page.panels, key=lambda p: p.y)
    slugs = {slug_of(box.name) for box in earlier.panel.boxes}
    assert {"regiegroep", "tafel-economie"} <= slugs
    assert not {"algemeen-bestuur", "pho-economie"} & slugs
    assert earlier.panel.links == ()


def test_description_counts_the_relations_that_are_drawn(
    drawings: dict[tuple[date, str], tuple[Drawing, Page]],
) -> None:
    for (_, lang), (drawing, page) in drawings.items():
        links = {link.name: len(link.below) for p in page.panels for link in p.panel.links}
        counted = f"{sum(links.values())} " + ("verbanden" if lang == "nl" else "relations")
        assert f" {counted} " in drawing.description


def test_words_fit_their_boxes(drawings: dict[tuple[date, str], tuple[Drawing, Page]]) -> None:
    texts = [text for drawing, _ in drawings.values() for box in boxes_of(drawing) for text in box.iter(f"{SVG}text")]
    assert len(texts) > 500
    assert not [t.text for t in texts if measure_text(t.text or "", float(t.get("font-size", 0))) > BOX_WIDTH - 6]


def test_governing_bodies_stand_above_all_others(drawings: dict[tuple[date, str], tuple[Drawing, Page]]) -> None:
    for _, page in drawings.values():
        governing = next(p for p in page.panels if p.panel.name.endswith("/governing-bodies"))
        assert all(p.y > governing.y + governing.height for p in page.panels if p is not governing)


def test_two_hundred_bodies_still_make_no_ribbon() -> None:
    loose = tuple(Box(f"b{n}", BOX_WIDTH, 40.0 + n % 4 * 15) for n in range(150))
    hung = tuple(Box(f"h{n}", BOX_WIDTH, 55.0) for n in range(50))
    link = Link("link", "h0", tuple(f"h{n}" for n in range(1, 50)), 60.0, 14.0, True, "stated")
    panels = [Panel("hung", hung, (link,)), Panel("loose", loose, ())]
    page = compose_page(panels, {"hung": "Hung", "loose": "Loose"}, {"hung": 1, "loose": 2}, ["loose"], "en")
    assert len(rectangles(page)) == 200
    assert pagefit.ASPECT[0] <= page.width / (page.height + pagefit.FRAMING) <= pagefit.ASPECT[1]


def contrast(a: str, b: str) -> float:
    """The contrast ratio of WCAG 2.2 between two colours."""

    def luminance(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_words_and_outlines_stand_out_from_every_ground(drawings: dict[tuple[date, str], tuple[Drawing, Page]]) -> None:
    root = parse(drawings[date(2024, 4, 30), "nl"][0])
    grounds = {rect.get("fill", "") for rect in root.iter(f"{SVG}rect")}
    inks = {text.get("fill", "") for text in root.iter(f"{SVG}text")}
    outlines = {rect.get("stroke", "") for rect in root.iter(f"{SVG}rect")} - {""}
    assert len(grounds) >= 3
    assert len(inks) >= 3
    assert {(ink, ground) for ink in inks for ground in grounds if contrast(ink, ground) < 4.5} == set()
    assert {(line, ground) for line in outlines for ground in grounds if contrast(line, ground) < 3} == set()


# ── Safe to set in a page ──────────────────────────────────────────────────


def test_identifiers_are_unique_over_drawings(drawings: dict[tuple[date, str], tuple[Drawing, Page]]) -> None:
    ids = [e.get("id") for drawing, _ in drawings.values() for e in parse(drawing).iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert len(ids) > 200


def test_drawing_names_and_describes_itself(mini_drawing: Drawing) -> None:
    root = parse(mini_drawing)
    by_id = {element.get("id"): element for element in root.iter()}
    assert root.get("role") == "img"
    assert by_id[root.get("aria-labelledby")].text == mini_drawing.title
    assert by_id[root.get("aria-describedby")].text == mini_drawing.description


def test_drawing_with_links_is_a_group_since_an_image_cannot_hold_links(
    drawings: dict[tuple[date, str], tuple[Drawing, Page]],
) -> None:
    for drawing, _ in drawings.values():
        root = parse(drawing)
        assert root.get("role") == "group"
        assert all(link.get("aria-label") for link in root.iter(f"{SVG}a"))


def test_drawing_needs_nothing_from_elsewhere(drawings: dict[tuple[date, str], tuple[Drawing, Page]]) -> None:
    for drawing, _ in drawings.values():
        tags = {element.tag.removeprefix(SVG) for element in parse(drawing).iter()}
        assert tags == {"svg", "title", "desc", "g", "a", "rect", "path", "polygon", "text"}
        assert "url(" not in drawing.svg
        assert " style=" not in drawing.svg


HOSTILE = "</text><script>alert(1)</script>\"'&]]>\x01" + "Verstedelijkingsstrategieën" * 40


def test_hostile_label_stays_text(mini_store: Store, mini: Project, mini_labels: Labels) -> None:
    hostile = Labels({iri: {"nl": HOSTILE} for iri in mini_labels.by_iri})
    drawing = draw_governance(mini_store, mini, hostile, MINI_DAY, "nl", address)
    root = parse(drawing)
    assert "script" not in {element.tag.removeprefix(SVG) for element in root.iter()}
    assert all("</text><script>alert(1)</script>" in title_of(box) for box in boxes_of(drawing))
    assert 0.47 <= size_of(drawing)[0] / size_of(drawing)[1] <= 2.2


def test_address_that_runs_code_is_left_out(mini_store: Store, mini: Project, mini_labels: Labels) -> None:
    drawing = draw_governance(mini_store, mini, mini_labels, MINI_DAY, "nl", lambda _: "javascript:alert(1)")
    assert list(parse(drawing).iter(f"{SVG}a")) == []


# ── The same each time, and clear when something is missing ────────────────


def test_same_day_gives_the_same_bytes(
    mini_store: Store, mini: Project, mini_labels: Labels, mini_drawing: Drawing
) -> None:
    engine.run_engine.cache_clear()
    again = draw_governance(mini_store, mini, mini_labels, MINI_DAY, "nl")
    assert again.svg == mini_drawing.svg


def test_missing_layout_program_is_said_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    def lose(name: str) -> None:
        raise importlib.metadata.PackageNotFoundError(name)

    engine.run_engine.cache_clear()
    monkeypatch.setattr(importlib.metadata, "files", lose)
    with pytest.raises(InputError, match="pip install graphviz-pure") as caught:
        engine.run_engine("digraph { a }")
    assert "\n" not in str(caught.value)


def test_failing_layout_program_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "graphviz-pure"
    program.write_text("#!/bin/sh\necho 'out of\nluck' >&2\nexit 3\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    engine.run_engine.cache_clear()
    monkeypatch.setattr(engine, "find_engine", lambda: program)
    with pytest.raises(InputError, match="out of luck"):
        engine.run_engine("digraph { failing }")


def test_layout_program_that_refuses_its_input_is_said() -> None:
    with pytest.raises(InputError, match="failed"):
        engine.run_engine("this is no graph {")


def test_relations_in_a_circle_are_still_laid_out() -> None:
    rows = arrange_rows({"a": 10, "b": 10, "c": 10}, [("a", "b"), ("b", "c"), ("c", "a"), ("a", "a")], 100)
    assert sorted(name for row in rows for name in row) == ["a", "b", "c"]


def test_rows_keep_to_their_width_and_order() -> None:
    rows = arrange_rows(dict.fromkeys("abcde", 50.0), [("a", name) for name in "bcde"], 120)
    assert rows == [["a"], ["b", "c"], ["d", "e"]]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Tafel Werk", ("Tafel Werk",)),
        ("Verstedelijkingsstrategie", ("Verstedelij-", "kingsstrate-", "gie")),
        ("Raads- en staten", ("Raads- en", "staten")),
        ("xxxxxxxxxxxxxxx", ("xxxxxxxxxx", "xxxxx")),
        ("", ()),
    ],
)
def test_text_breaks_where_its_language_allows(text: str, lines: tuple[str, ...]) -> None:
    assert fold_text(text, 78, 13, "nl") == lines


# ── Files ──────────────────────────────────────────────────────────────────

SIGNATURES = {
    ".svg": b"<svg ",
    ".png": b"\x89PNG",
    ".dot": b"digraph ",
    ".mmd": b"---\ntitle:",
    ".graphml": b"<?xml",
    ".gexf": b"<?xml",
    ".csv": b"body,body_label,",
}


@pytest.fixture
def drawn_files(mini: Project, tmp_path: Path) -> Iterator[dict[str, bytes]]:
    files = {}
    for form in FORMATS["governance"]:
        path = tmp_path / f"drawing{form}"
        assert run_draw(mini, Wish("governance", at=MINI_DAY.isoformat()), "nl", path, StringIO()) == 0
        files[form] = path.read_bytes()
    yield files


def test_each_format_is_written(drawn_files: dict[str, bytes]) -> None:
    assert set(SIGNATURES) == set(drawn_files)
    assert all(drawn_files[form].startswith(signature) for form, signature in SIGNATURES.items())


@pytest.mark.parametrize(
    ("what", "entity"),
    [
        ("programmes", None),
        ("programmes", "regio-deal-tranche-3"),
        ("timeline", None),
        ("map", "aanvragen-inwoners-ontwikkelfonds"),
    ],
)
def test_programmes_time_and_place_are_written_in_each_format(
    project: Project, tmp_path: Path, what: str, entity: str | None
) -> None:
    for form in FORMATS[what]:
        path = tmp_path / f"drawing{form}"
        assert run_draw(project, Wish(what, entity, at="2025-07-31"), "nl", path, StringIO()) == 0
        content = path.read_bytes()
        if form == ".csv":
            head, *rows = csv.reader(content.decode("utf-8-sig").splitlines())
            assert head[-5:] == ["claim", "basis", "document", "lines", "fragment"]
            assert len(rows) > 20
        else:
            assert content.startswith(SIGNATURES[form])


def test_file_can_leave_out_internal_bodies(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "regional.graphml"
    for internal in (True, False):
        run_draw(project, Wish("governance", at="2022-01-10", internal=internal), "nl", path, StringIO())
        text = path.read_text(encoding="utf-8")
        assert ("bloemblaadjesoverleg-dalfsen" in text) == internal
        assert "regiegroep" in text


def test_png_has_a_pixel_per_point_and_the_same_bytes_each_time(mini_drawing: Drawing) -> None:
    image = render_png(mini_drawing.svg)
    width, height = struct.unpack(">II", image[16:24])
    assert (width, height) == pytest.approx(size_of(mini_drawing), abs=1)
    assert render_png(mini_drawing.svg) == image
    assert len(image) > 5000


def test_png_is_painted_with_the_fonts_of_the_package_alone(
    mini_drawing: Drawing, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, object] = {}

    def paint(**options: object) -> bytes:
        asked.update(options)
        return b""

    monkeypatch.setattr(resvg_py, "svg_to_bytes", paint)
    render_png(mini_drawing.svg)
    assert asked["skip_system_fonts"] is True
    assert asked["font_files"] == [str(path) for path in find_fonts()]


def test_missing_fonts_are_said_with_their_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.metadata, "files", lambda _: [])
    with pytest.raises(InputError, match="pip install ttf-opensans"):
        render_png("<svg/>")


def test_impossible_format_names_the_possible_ones(mini: Project, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.svg \.png \.dot \.mmd \.graphml \.gexf"):
        run_draw(mini, Wish("governance"), "en", tmp_path / "drawing.pdf", StringIO())


def test_unknown_subject_names_the_known_ones(mini: Project, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="governance"):
        run_draw(mini, Wish("weather"), "en", tmp_path / "drawing.svg", StringIO())


def test_file_that_cannot_be_written_is_said(mini: Project, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="missing"):
        run_draw(mini, Wish("governance"), "en", tmp_path / "missing" / "drawing.dot", StringIO())
