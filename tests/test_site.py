"""The site as files: whole, the same on every build, safe against hostile names, swapped in at once."""

import io
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import Store

from rzgraph.errors import InputError, UsageError
from rzgraph.folders import check_place, replace_folder
from rzgraph.settings import Project, load_project
from rzgraph.site.build import MARKER, build_site, is_up_to_date, read_assets, render_site, run_build
from rzgraph.site.drawings import lighten_drawing
from rzgraph.site.links import find_broken_links
from rzgraph.site.plan import Plan, make_plan

FIRST_PAGE_LIMIT = 100_000
EVIL = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>&amp;"


@pytest.fixture(scope="module")
def plan(project: Project, store: Store) -> Plan:
    return make_plan(project, store)


@pytest.fixture(scope="module")
def files(plan: Plan) -> dict[str, bytes]:
    """The whole site of the real data, not written anywhere."""
    return render_site(plan)


@pytest.fixture(scope="module")
def built(mini: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "site"
    build_site(mini, folder)
    return folder


# ── What is there ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "kind",
    [
        *("body", "party", "person", "office", "document", "network", "programme", "commitment", "indicator", "event"),
        *("reference", "area", "flow"),
    ],
)
def test_everything_has_a_page_in_both_languages_with_its_downloads(
    plan: Plan, files: dict[str, bytes], kind: str
) -> None:
    names = [iri.rpartition("/")[2] for iri in plan.entities[kind]]
    assert names
    wanted = {f"{folder}{kind}/{name}.html" for name in [*names, "index"] for folder in ("", "en/")}
    assert {path for path in files if re.fullmatch(rf"(en/)?{kind}/[^/]+\.html", path)} == wanted
    assert {f"{kind}/{name}.{ending}" for name in names for ending in ("ttl", "jsonld", "csv")} <= files.keys()


def test_pages_of_days_documents_and_texts_are_there(plan: Plan, files: dict[str, bytes]) -> None:
    names = [f"day/{day.isoformat()}.{ending}" for day in plan.days for ending in ("html", "svg")]
    names += [f"{name}.html" for name in ("index", "findings", "terms", "about", "accessibility")]
    names += [f"{name}.html" for name in ("tracker", "timeline", "abbreviations", "money")]
    assert len(plan.days) == 5
    assert {folder + name for name in names for folder in ("", "en/")} <= files.keys()


def test_every_statement_is_an_anchor_of_its_document(plan: Plan, files: dict[str, bytes]) -> None:
    claims = [iri for iri in plan.things.properties if plan.things.values(iri, "rz:fragment")]
    assert len(claims) > 500
    for claim in claims:
        document, _, anchor = claim.rpartition("/")[2].partition(".")
        assert f'id="{anchor}"'.encode() in files[f"document/{document}.html"]


def test_every_page_leads_to_its_twin_and_names_its_language(files: dict[str, bytes]) -> None:
    pages = {path: content.decode() for path, content in files.items() if path.endswith(".html")}
    for path, html in pages.items():
        lang, other = ("en", "nl") if path.startswith("en/") else ("nl", "en")
        assert f'<html lang="{lang}">' in html
        assert f'hreflang="{other}"' in html
        assert (path.removeprefix("en/") if lang == "en" else f"en/{path}") in pages
        assert html.count("<h1>") == 1
        assert html.count("<main ") == 1


def test_english_pages_hold_no_dutch_words_of_the_interface(files: dict[str, bytes]) -> None:
    words = "Bewijs|Stand|Organen|Personen|Zoeken|Verwijzen|Uitspraken|niet genoemd"
    words += "|Gemelde stand|Toezegging|Uiterlijk|Voluit|Cijfers"
    dutch = re.compile(f">({words})<")
    assert [path for path, content in files.items() if path.startswith("en/") and dutch.search(content.decode())] == []


def test_every_page_forbids_what_it_does_not_need(files: dict[str, bytes]) -> None:
    policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'"
    # The policy would refuse these, so the page must not need them.
    refused = r"<style|\sstyle=|\son\w+=|<script(?! (?:src=\"(?:\.\./)*assets/|type=\"application/ld))"
    for path, content in files.items():
        if path.endswith(".html"):
            html = content.decode()
            assert policy in html
            assert not re.search(refused, html), path


def test_links_are_whole(files: dict[str, bytes]) -> None:
    assert find_broken_links(files) == []


def test_a_missing_page_is_noticed(files: dict[str, bytes]) -> None:
    without = {path: content for path, content in files.items() if path != "body/regiegroep.html"}
    faults = find_broken_links(without)
    assert faults
    assert all("body/regiegroep.html" in str(fault) for fault in faults)


def test_first_page_is_light(files: dict[str, bytes]) -> None:
    for path in ("index.html", "en/index.html"):
        assert len(files[path]) + len(files["assets/site.css"]) <= FIRST_PAGE_LIMIT


def test_no_source_text_is_published(texts: Path, files: dict[str, bytes]) -> None:
    """Fragments of at most twelve words, never the sentences around them."""
    contents = [path.read_text(encoding="utf-8") for path in sorted(texts.glob("*.txt"))]
    assert len(contents) == 5
    long = {
        " ".join(words[i : i + 16]) for text in contents for words in [text.split()] for i in range(0, len(words), 16)
    }
    pages = [" ".join(content.decode().split()) for path, content in files.items() if path.startswith("document/")]
    # What is left at the end of a text may be one long address, which is kept as it is written.
    sentences = [part for part in long if len(part) > 60 and len(part.split()) > 12]
    assert len(sentences) > 500
    assert [part for part in sentences if any(part in page for page in pages)] == []


# ── The same bytes, at once or not at all ──────────────────────────────────


def read_folder(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_graph_without_documents_still_has_a_site(mini: Project, tmp_path: Path) -> None:
    data = Path(shutil.copytree(mini.data, tmp_path / "data"))
    shutil.rmtree(data / "claims")
    (data / "judgements.ttl").unlink()
    (data / "documents.ttl").write_text("", encoding="utf-8")
    assert "index.html" in build_site(load_project(data), tmp_path / "site")


def test_two_builds_give_the_same_bytes(mini: Project, built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copied data"
    shutil.copytree(mini.data, copy)
    build_site(load_project(copy, mini.sources), tmp_path / "site")
    assert read_folder(tmp_path / "site") == read_folder(built)


def test_nothing_is_left_beside_the_site(built: Path) -> None:
    assert [path.name for path in built.parent.iterdir()] == [built.name]


def test_unchanged_site_is_left_alone_unless_asked(mini: Project, built: Path) -> None:
    before = (built / "index.html").stat().st_ino
    said = io.StringIO()
    assert run_build(mini, built, False, said) == 0
    assert "Niets veranderd" in said.getvalue()
    assert (built / "index.html").stat().st_ino == before
    assert run_build(mini, built, True, said) == 0
    assert (built / "index.html").stat().st_ino != before
    assert "pagina's" in said.getvalue()


def test_changed_data_or_a_changed_page_makes_the_site_old(mini: Project, built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "mini"
    shutil.copytree(mini.data, copy)
    changed = load_project(copy, mini.sources)
    assert is_up_to_date(changed, built)
    judgements = copy / "judgements.ttl"
    judgements.write_text(judgements.read_text(encoding="utf-8") + "# x\n", encoding="utf-8")
    assert not is_up_to_date(changed, built)
    site = tmp_path / "site"
    shutil.copytree(built, site)
    assert is_up_to_date(mini, site)
    (site / "about.html").write_text("x", encoding="utf-8")
    assert not is_up_to_date(mini, site)


def test_folder_with_other_files_is_refused(mini: Project, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(UsageError, match="not ours"):
        run_build(mini, tmp_path, False, io.StringIO())
    with pytest.raises(UsageError, match="is not a folder"):
        check_place(tmp_path / "letter.txt", MARKER)
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "dear"


def test_failed_writing_keeps_the_former_folder(tmp_path: Path) -> None:
    place = tmp_path / "site"
    for text in ("old", "new"):
        with replace_folder(place, MARKER) as folder:
            (folder / MARKER).write_text(text, encoding="utf-8")
            (folder / "page.html").write_text(text, encoding="utf-8")
    with pytest.raises(ZeroDivisionError), replace_folder(place, MARKER) as folder:
        (folder / "page.html").write_text("half", encoding="utf-8")
        raise ZeroDivisionError
    assert (place / "page.html").read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [place]


WRITER = """
import sys, time
from pathlib import Path
from rzgraph.folders import replace_folder
with replace_folder(Path(sys.argv[1]), "marker") as folder:
    (folder / "marker").write_text("new")
    print("writing", flush=True)
    time.sleep(60)
"""


def test_killed_build_leaves_the_former_folder_whole_and_its_leftovers_go(tmp_path: Path) -> None:
    place = tmp_path / "site"
    place.mkdir()
    (place / "marker").write_text("old", encoding="utf-8")
    with subprocess.Popen([sys.executable, "-c", WRITER, str(place)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"writing\n"
        os.kill(process.pid, signal.SIGKILL)
    assert (place / "marker").read_text(encoding="utf-8") == "old"
    assert len(list(tmp_path.iterdir())) == 2
    with replace_folder(place, "marker") as folder:
        (folder / "marker").write_text("new", encoding="utf-8")
    assert (place / "marker").read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [place]


def test_there_is_a_site_at_every_moment(tmp_path: Path) -> None:
    """While one folder replaces the other, a reader never finds nothing."""
    place = tmp_path / "site"
    script = (
        "import sys\nfrom pathlib import Path\nfrom rzgraph.folders import replace_folder\n"
        "for _ in range(300):\n"
        "    with replace_folder(Path(sys.argv[1]), 'marker') as folder:\n"
        "        (folder / 'marker').touch()\n"
    )
    with replace_folder(place, "marker") as folder:
        (folder / "marker").touch()
    missing = looked = 0
    with subprocess.Popen([sys.executable, "-c", script, str(place)]) as process:
        while process.poll() is None:
            looked += 1
            missing += not place.exists()
            time.sleep(0)
    assert process.returncode == 0
    assert looked > 100
    if sys.platform.startswith("linux"):
        assert missing == 0


def test_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "behind").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "behind", target_is_directory=True)
    with replace_folder(tmp_path / "site", MARKER) as folder:
        (folder / MARKER).touch()
    assert (tmp_path / "site").is_symlink()
    assert (tmp_path / "behind" / MARKER).is_file()


def test_unwritable_place_is_one_message(mini: Project, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot be written"):
        build_site(mini, tmp_path / "file" / "site")


# ── Hostile names ──────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def hostile(mini: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site of the invented region with names, links and remarks that try to break out."""
    folder = tmp_path_factory.mktemp("hostile") / "data"
    shutil.copytree(mini.data, folder)
    text = EVIL.replace("\\", "\\\\").replace('"', '\\"')
    for path in sorted(folder.rglob("*.ttl")):
        turtle = path.read_text(encoding="utf-8")
        turtle = turtle.replace('"Tafel Wonen"@nl', f'"{text}"@nl').replace('"B. Bakker heet eenmaal', f'"{text}')
        turtle = turtle.replace("http://www.wikidata.org/entity/Q99900001", "javascript:alert(1)")
        turtle = turtle.replace('rz:nameAsWritten "Bakker" ;', 'rz:nameAsWritten "=HYPERLINK(1)" ;')
        path.write_text(turtle.replace("één lid per provincie", text), encoding="utf-8")
    project = load_project(folder, mini.sources)
    from rzgraph.facts import open_store

    return render_site(make_plan(project, open_store(project)))


def test_hostile_names_stay_text_everywhere(hostile: dict[str, bytes]) -> None:
    seen = 0
    for path, content in hostile.items():
        text = content.decode()
        if path.endswith((".html", ".svg")):
            assert not re.search(r"<script>|<img|alert\('x'\)</script", text), path
            seen += "&lt;script&gt;" in text
        if path.endswith(".js"):
            assert path != "assets/search-nl.js" or "alert" in text
    assert seen > 5


def test_hostile_link_is_shown_not_linked(hostile: dict[str, bytes]) -> None:
    page = hostile["party/gemeente-heideveen.html"].decode()
    assert "javascript:alert(1)" in page
    assert not re.search(r'(?:href|src)="javascript', page)
    assert '"javascript:alert(1)"' not in page.partition("application/ld+json")[2].partition("</script>")[0]


def test_hostile_cell_is_no_formula(hostile: dict[str, bytes]) -> None:
    table = hostile["person/b-bakker.csv"].decode()
    assert ",'=HYPERLINK(1)," in table
    assert not re.search(r'(?:^|,)"?=', table, re.M)


# ── Parts ──────────────────────────────────────────────────────────────────


def test_assets_name_no_other_address(project: Project) -> None:
    assets = read_assets(project)
    assert set(assets) == {"assets/site.css", "assets/site.js", "assets/icon.svg"}
    for name in ("assets/site.css", "assets/site.js"):
        assert not re.search(rb"https?://|@import|url\(", assets[name])


def test_drawing_keeps_its_shapes_and_loses_only_the_type_of_its_texts() -> None:
    svg = (
        '<svg>\n  <rect fill="#fff"/>\n  <text class="drawing-name" x="1" font-size="13" fill="#000">a</text>\n</svg>\n'
    )
    assert lighten_drawing(svg) == '<svg>\n<rect fill="#fff"/>\n<text class="drawing-name" x="1">a</text>\n</svg>'


# ── Drawings ───────────────────────────────────────────────────────────────


def test_seat_matrix_has_a_page_and_a_file_per_day(plan: Plan, files: dict[str, bytes]) -> None:
    for day, folder in [(day, folder) for day in plan.days for folder in ("", "en/")]:
        page = files[f"{folder}seats/{day.isoformat()}.html"].decode()
        assert f'href="../seats/{day.isoformat()}.svg"' in page
        assert 'id="_twin"' in page
        assert files[f"{folder}seats/{day.isoformat()}.svg"].startswith(b"<svg ")
        assert f'href="../seats/{day.isoformat()}.html"' in files[f"{folder}day/{day.isoformat()}.html"].decode()


def test_life_lines_have_a_page_with_bodies_and_changes_as_tables(files: dict[str, bytes]) -> None:
    for folder in ("", "en/"):
        page = files[f"{folder}lives.html"].decode()
        assert page.count('<section class="panel"') == 2
        assert 'href="body/regiegroep.html"' in page
        assert b'href="body/' in files[f"{folder}lives.svg"]


@pytest.mark.parametrize("path", ["person/e-van-lente", "party/gemeente-dalfsen", "body/regiegroep"])
def test_drawing_of_a_thing_leads_to_what_it_shows_and_has_a_twin(files: dict[str, bytes], path: str) -> None:
    for folder in ("", "en/"):
        page = files[f"{folder}{path}.html"].decode()
        drawing = page[page.index("<svg xmlns") : page.index("</svg>", page.index("<svg xmlns"))]
        assert len(set(re.findall(r'href="\.\./(?:person|party|body)/[^"]+"', drawing))) > 2
        assert '<details class="twin">' in page
        assert files[f"{folder}{path}.svg"].startswith(b"<svg ")


def test_thing_without_ties_has_no_drawing(plan: Plan, files: dict[str, bytes]) -> None:
    pages = [path for path in files if re.fullmatch(r"(person|party|body)/(?!index)[^/]+\.html", path)]
    without = [path for path in pages if b"<figure" not in files[path]]
    assert 0 < len(without) < len(pages)
    assert not [path for path in without if path.replace(".html", ".svg") in files]


def test_day_and_home_lead_to_the_drawings(plan: Plan, files: dict[str, bytes]) -> None:
    home = files["index.html"].decode()
    assert f'href="seats/{plan.last_day.isoformat()}.html"' in home
    assert 'href="lives.html"' in home
    assert 'href="../lives.html"' in files["body/index.html"].decode()


def test_programme_trees_have_a_page_and_a_file_per_day(plan: Plan, files: dict[str, bytes]) -> None:
    for day, folder in [(day, folder) for day in plan.days for folder in ("", "en/")]:
        page = files[f"{folder}structure/{day.isoformat()}.html"].decode()
        assert f'href="../structure/{day.isoformat()}.svg"' in page
        assert 'href="../programme/' in page
        assert 'id="_twin"' in page
        assert files[f"{folder}structure/{day.isoformat()}.svg"].startswith(b"<svg ")


def test_timeline_is_drawn_above_its_tables(files: dict[str, bytes]) -> None:
    for folder in ("", "en/"):
        page = files[f"{folder}timeline.html"].decode()
        assert 0 < page.index("<svg xmlns") < page.index('id="_dated"') < page.index('id="_undated"')
        assert b'href="event/' in files[f"{folder}timeline.svg"]


def test_indicator_with_figures_of_municipalities_has_a_map(files: dict[str, bytes]) -> None:
    for folder in ("", "en/"):
        page = files[f"{folder}indicator/aanvragen-inwoners-ontwikkelfonds.html"].decode()
        start = page.index("<svg xmlns")
        assert 'href="../party/gemeente-dalfsen.html"' in page[start : page.index("</svg>", start)]
        assert files[f"{folder}indicator/aanvragen-inwoners-ontwikkelfonds.svg"].startswith(b"<svg ")
    assert "indicator/actielijnen-regio-deal.svg" not in files


def test_programme_with_parts_has_its_tree_and_tells_its_story(files: dict[str, bytes]) -> None:
    page = files["programme/n35.html"].decode()
    story = page[page.index('id="_story"') :]
    lines = [
        int(first)
        for first in re.findall(r"document/2022-01-dalfsen.html#[^>]*>r\. (\d+)", story.partition("</section>")[0])
    ]
    assert len(lines) > 8
    assert lines == sorted(lines)
    assert "<svg xmlns" in files["programme/regio-deal-tranche-3.html"].decode()


def test_menu_leads_to_promises_figures_and_the_timeline(files: dict[str, bytes]) -> None:
    for path, back in (("index.html", ""), ("en/body/index.html", "../")):
        page = files[path].decode()
        for name in ("tracker.html", "indicator/index.html", "timeline.html", "programme/index.html"):
            assert f'href="{back}{name}"' in page
