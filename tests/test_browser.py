"""The site in a real browser: accessible, usable by keyboard and without scripts, from disk and under any address."""

import os
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, Page, sync_playwright

from rzgraph.settings import Project
from rzgraph.site.build import build_site

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# One page of each type, in the invented region.
TYPES = [
    "index.html",
    "day/index.html",
    "day/2021-03-15.html",
    "seats/2022-10-31.html",
    "lives.html",
    "body/index.html",
    "body/stuurgroep-voorbeeld.html",
    "party/gemeente-heideveen.html",
    "person/b-bakker.html",
    "office/waterhorst-wethouder-energie.html",
    "money.html",
    "flow/impuls-wonen.html",
    "table/begroting-2020.html",
    "programme/veenrand.html",
    "programme/groene-gevels.html",
    "structure/2024-05-31.html",
    "tracker.html",
    "commitment/verkenning-warmtenet.html",
    "indicator/koele-daken.html",
    "area/nederland.html",
    "timeline.html",
    "event/lage-beekdag-2023.html",
    "abbreviations.html",
    "reference/woonmonitor-2023.html",
    "finding/conflict-onderzoek-heideveen.planned.html",
    "document/index.html",
    "document/2021-03-raadsrapport.html",
    "findings.html",
    "terms.html",
    "about.html",
    "accessibility.html",
]
LANGUAGES = {"nl": "", "en": "en/"}

if not CHROMIUM.exists():
    if os.environ.get("CI") == "true":
        pytest.fail(f"{CHROMIUM} is missing; the checks of the site need it", pytrace=False)
    pytest.skip(f"{CHROMIUM} is not installed", allow_module_level=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(mini: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the invented region, in a folder whose name needs quoting in an address."""
    folder = tmp_path_factory.mktemp("een site") / "onder pad"
    build_site(mini, folder)
    return folder


@pytest.fixture(scope="module")
def real_site(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("real") / "site"
    build_site(project, folder)
    return folder


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    """The address of the site on a web server, under a path."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site.parent)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/onder%20pad/"
    server.shutdown()
    thread.join()
    server.server_close()


def read_violations(page: Page) -> list[str]:
    """What axe finds on the page as it shows now; its code is put in once per page."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    options = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False}
    results = page.evaluate("options => axe.run(options)", options)
    return [f"{rule['id']}: {node['html'][:120]}" for rule in results["violations"] for node in rule["nodes"][:3]]


@pytest.mark.parametrize("folder", LANGUAGES.values(), ids=LANGUAGES)
def test_every_page_type_is_accessible_light_and_dark_wide_and_narrow(page: Page, site: Path, folder: str) -> None:
    faults, checked = [], 0
    for path in TYPES:
        page.goto((site / folder / path).as_uri())
        for width, scheme in product((1280, 320), ("light", "dark")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            faults += [f"{path} {width} {scheme}: {fault}" for fault in read_violations(page)]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                faults.append(f"{path}: wider than {width} pixels")
            checked += 1
    assert faults == []
    assert checked == 4 * 31


def test_a_page_that_is_not_accessible_is_seen(page: Page) -> None:
    page.set_content('<html lang="nl"><title>x</title><main><h1>x</h1><p style="color:#999">bleek</p></main>')
    assert [fault.partition(":")[0] for fault in read_violations(page)] == ["color-contrast"]


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "body/regiegroep.html",
        "party/gemeente-dalfsen.html",
        "money.html",
        "programme/regio-deal-tranche-5.html",
        "commitment/50-000-woningen.html",
        "indicator/aanvragen-inwoners-ontwikkelfonds.html",
        "abbreviations.html",
        "table/begroting-2023-halfjaar.html",
    ],
)
def test_pages_of_the_real_data_are_accessible(page: Page, real_site: Path, path: str) -> None:
    """Pages whose size axe can bear; each long kind is checked above, in the invented region."""
    page.goto((real_site / path).as_uri())
    assert read_violations(page) == []


@pytest.mark.parametrize("from_disk", [True, False])
def test_a_page_asks_nothing_of_another_address_and_logs_no_error(
    page: Page, site: Path, served: str, from_disk: bool
) -> None:
    base = f"{site.as_uri()}/" if from_disk else served
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in TYPES:
        page.goto(base + path)
        page.locator("#_search").fill("heideveen")
        page.locator(".found a").first.wait_for()
    assert said == []
    assert len(asked) > len(TYPES)
    assert [url for url in asked if not url.startswith(base)] == []


@pytest.mark.parametrize("from_disk", [True, False])
def test_style_and_links_work_from_disk_and_under_a_path(page: Page, site: Path, served: str, from_disk: bool) -> None:
    page.goto((f"{site.as_uri()}/" if from_disk else served) + "en/body/stuurgroep-voorbeeld.html")
    assert page.locator("header.band").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(12, 63, 77)"
    page.get_by_role("link", name="Nederlands").click()
    assert page.locator("html").get_attribute("lang") == "nl"
    assert page.url.endswith("onder%20pad/body/stuurgroep-voorbeeld.html")
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Organen").click()
    assert page.locator("h1").inner_text() == "Organen"


def test_evidence_leads_from_the_day_to_the_line(page: Page, real_site: Path) -> None:
    page.goto((real_site / "index.html").as_uri())
    page.get_by_role("link", name="Wie zat waar op 10 januari 2022").first.click()
    row = page.get_by_role("row").filter(has_text="E. van Lente (tafel Energie)").first
    row.get_by_role("link", name="r. 1060–1061").click()
    assert page.url.endswith("document/2022-01-dalfsen.html#" + page.url.partition("#")[2])
    statement = page.locator(".statement:target")
    assert "E. van Lente (tafel Energie)" in statement.inner_text()
    assert "1060–1061" in statement.inner_text()
    box = statement.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 900


def test_skip_link_is_first_and_leads_to_the_content(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "_main"


def test_search_by_keyboard_forgives_a_typo(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.locator("#_search").focus()
    page.keyboard.type("stuurgorep")
    ink, ground = page.locator("#_search").evaluate(
        "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    )
    assert (ink, ground) == ("rgb(27, 35, 39)", "rgb(255, 255, 255)")
    page.locator(".found a").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent").startswith("Stuurgroep Voorbeeld")
    page.keyboard.press("Enter")
    page.locator("h1", has_text="Stuurgroep Voorbeeld").wait_for()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("menard", "R. Ménard"),
        ("visser de boer", "K. Visser"),
        ("SGV", "Voorbeeld steering group"),
        ("hiedeveen", "Municipality of Heideveen"),
    ],
)
def test_search_knows_accents_spellings_abbreviations_and_swapped_letters(
    page: Page, site: Path, text: str, name: str
) -> None:
    page.goto((site / "en/about.html").as_uri())
    page.locator("#_search").fill(text)
    page.locator(".found a").first.wait_for()
    assert page.locator(".found a").first.inner_text().startswith(name)


def test_search_that_finds_nothing_says_so_and_escape_closes_it(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.locator("#_search").fill("qqqqqq")
    page.locator(".found p", has_text="Niets gevonden").wait_for()
    page.keyboard.press("Escape")
    assert not page.locator(".found").is_visible()


def test_another_day_changes_the_standing_and_is_kept_on_the_next_page(page: Page, site: Path) -> None:
    page.goto((site / "body/tafel-wonen.html").as_uri())
    chip = page.locator("#_seats .standing").first
    before = chip.inner_text()
    page.locator("#_day").fill("2021-03-15")
    assert chip.inner_text() == "bevestigd"
    assert before != "bevestigd"
    assert "15 maart 2021" in page.locator(".day p").inner_text()
    page.goto((site / "body/tafel-energie.html").as_uri())
    assert "15 maart 2021" in page.locator(".day p").inner_text()
    page.get_by_role("button", name="Terug naar de laatste dag").click()
    assert "15 maart 2021" not in page.locator(".day p").inner_text()


def test_filter_narrows_an_index(page: Page, site: Path) -> None:
    page.goto((site / "body/index.html").as_uri())
    rows = page.locator("tbody tr:visible")
    total = rows.count()
    page.locator("#_filter").fill("tafel energie")
    assert rows.count() == 1
    assert page.locator(".filter [role=status]").inner_text() == f"1 van {total}"


def test_without_scripts_everything_can_be_read(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "body/stuurgroep-voorbeeld.html").as_uri())
    assert page.locator("#_seats tbody tr").first.is_visible()
    assert page.locator(".day p").is_visible()
    # What needs scripts does not show.
    for name in ("#_search", "#_day", ".day button"):
        assert not page.locator(name).is_visible()
    page.locator(".query summary").first.click()
    assert page.locator(".query pre").first.is_visible()
    page.locator(".proof a").first.click()
    assert page.locator(".statement:target").is_visible()
    context.close()


def test_without_scripts_a_promise_can_be_followed_to_its_line(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "tracker.html").as_uri())
    page.locator("#_overdue").get_by_role("link", name="Verkenning van een warmtenet").click()
    assert page.locator("h1").inner_text() == "Verkenning van een warmtenet"
    assert page.locator("#_promised tbody tr").is_visible()
    page.locator("#_became .proof a").click()
    assert "op koers" in page.locator(".statement:target").inner_text()
    context.close()


def test_printing_leaves_out_what_cannot_be_pressed(page: Page, site: Path) -> None:
    page.goto((site / "body/stuurgroep-voorbeeld.html").as_uri())
    page.emulate_media(media="print")
    for name in (".search", ".crumbs", ".band nav", ".query", "#_day"):
        assert not page.locator(name).first.is_visible(), name
    for name in ("h1", "#_seats table", ".colophon"):
        assert page.locator(name).is_visible(), name
    assert page.pdf()[:5] == b"%PDF-"
