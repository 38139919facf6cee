"""From page records to HTML in one language, and the index the search box reads."""

import json
import re
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import replace
from datetime import date
from typing import Any

from markupsafe import Markup

from rzgraph.diagrams.governance import Drawing, draw_governance
from rzgraph.namespaces import kind_of
from rzgraph.queries import read_question
from rzgraph.site.evidence import STANDINGS
from rzgraph.site.jsonld import describe_site, describe_thing, embed_json
from rzgraph.site.pages import Page, day_path, sort_key, spellings_of
from rzgraph.site.panels import make_panel
from rzgraph.site.plan import Plan
from rzgraph.site.render import Reader, address_of, make_environment
from rzgraph.site.things import iri_of

#: By day, language, and whether bodies within one organisation take part.
Drawings = Mapping[tuple[date, str, bool], Future[Drawing]]

_BOX_TEXT = re.compile(r'<text class="drawing-(?:name|level|mark)"[^>]*>')
_TYPE = re.compile(r' (?:text-anchor|font-size|font-style|fill)="[^"]*"')
_INDENT = re.compile(r"\n\s+")

#: What the table beside a drawing shows, apart from standing and evidence.
TWIN_COLUMNS = ("body", "line", "relation", "to_body")


class Writer:
    """Renders pages in one language."""

    def __init__(self, plan: Plan, drawings: Drawings, lang: str) -> None:
        self.plan = plan
        self.lang = lang
        self._drawings = drawings
        self._first = plan.project.languages[0]
        linked = frozenset(iri for found in plan.entities.values() for iri in found)
        self._readers = [Reader(plan.project, plan.labels, linked, lang, depth) for depth in (0, 1)]
        folder, shared = plan.project.site / "templates", self._name_shared()
        self._environments = [make_environment(folder, reader.names() | shared) for reader in self._readers]

    def address(self, path: str, lang: str = "") -> str:
        """Return where a page stands in this language, or another."""
        lang = lang or self.lang
        return path if lang == self._first else f"{lang}/{path}"

    def _name_shared(self) -> dict[str, Any]:
        plan, settings = self.plan, self.plan.settings
        return {
            "menu": [{"name": name, "path": self._menu_path(name)} for name in settings["menu"]],
            "foot": [{"name": name, "path": self._menu_path(name)} for name in settings["foot"]],
            "network": plan.labels.label(plan.project.network, self.lang),
            "project_base": plan.project.base,
            "entities": plan.entities,
            "counted": settings["counted"],
            "source_lang": self._first,
            "days": plan.days,
            "first_day": min(plan.days, default=plan.last_day),
            "last_day": plan.last_day,
            "day_path": day_path,
            "standings": STANDINGS,
            "standing_iri": lambda name: iri_of(f"rz:{name}"),
            "definition": lambda iri: plan.things.text(iri, "skos:definition", self.lang),
        }

    def _menu_path(self, name: str) -> str:
        return f"{name}/index.html" if name == "day" or name in self.plan.kinds else f"{name}.html"

    def render(self, page: Page) -> bytes:
        """Return a page as HTML."""
        depth = page.path.count("/")
        reader = self._readers[depth]
        languages = self.plan.project.languages
        twins = {lang: reader.top + self.address(page.path, lang) for lang in languages}
        other = next((lang for lang in languages if lang != self.lang), self.lang)
        names = {
            "page": page,
            "name": page.names[self.lang],
            "twins": twins,
            "other": other,
            "cited": page.iri or self.plan.project.base,
            "downloads": self._name_downloads(page, reader),
            "embedded": self._embed(page),
            **self._draw(page, reader),
        }
        choices = [page.template.replace(".html", f".{self.lang}.html"), page.template]
        template = self._environments[depth].select_template(choices)
        return (template.render(names).rstrip() + "\n").encode()

    def _name_downloads(self, page: Page, reader: Reader) -> list[tuple[str, str, str]]:
        if not page.iri:
            return []
        stem = reader.top + page.path.removesuffix(".html")
        kinds = (("text/turtle", "ttl"), ("application/ld+json", "jsonld"), ("text/csv", "csv"))
        return [(kind, f"{stem}.{ending}", ending) for kind, ending in kinds]

    def _embed(self, page: Page) -> str:
        plan = self.plan
        if page.path == "index.html":
            return embed_json(describe_site(plan.project))
        if not page.iri:
            return ""
        types = plan.kinds[kind_of(page.iri)]["types"]
        return embed_json(describe_thing(plan.project, plan.things, plan.labels, page.iri, types))

    def write_drawings(self) -> dict[str, bytes]:
        """Return the drawing of each day as a file of its own, beside the page of the day."""
        return {
            self.address(day_path(day).replace(".html", ".svg")): drawing.result()
            .svg.replace(' href="', ' href="../')
            .encode()
            for (day, lang, is_whole), drawing in self._drawings.items()
            if lang == self.lang and is_whole
        }

    def _draw(self, page: Page, reader: Reader) -> dict[str, Any]:
        """Return the drawing of a page and, on the page of a day, the table that says the same."""
        day, is_whole = page.context.get("drawn"), page.section == "day"
        if day is None:
            return {"drawing": "", "twin_table": None}
        drawing = self._drawings[day, self.lang, is_whole].result()
        # The drawing leads to pages beside the first page of its language.
        svg = lighten_drawing(drawing.svg).replace(' href="', f' href="{reader.base}')
        question = read_question(self.plan.project.queries / "networks" / "governance-edges.rq")
        table = make_panel(self.plan.things, question, TWIN_COLUMNS, drawing.rows.rows, "", day.isoformat())
        table = table.keep(self.plan.settings["day"]["standings"])
        table = replace(table, rows=tuple(row if "relation" in row.cells else row.shorten() for row in table.rows))
        return {"drawing": Markup(svg), "twin_table": table}  # noqa: S704 - the template of the drawing escapes its texts


def start_drawings(plan: Plan, pool: Executor) -> Drawings:
    """Have the governance drawing of every day made in every language, several at a time.

    The home page leaves out bodies within one organisation, so that it stays light.
    """
    wanted = [(day, lang, True) for day in plan.days for lang in plan.project.languages]
    wanted += [(plan.last_day, lang, False) for lang in plan.project.languages if plan.days]
    return {
        (day, lang, is_whole): pool.submit(
            draw_governance, plan.store, plan.project, plan.labels, day, lang, address_of, is_whole
        )
        for day, lang, is_whole in wanted
    }


def lighten_drawing(svg: str) -> str:
    """Return a drawing without indents and without the type of its box texts, which the style sheet gives."""
    plain = _BOX_TEXT.sub(lambda text: _TYPE.sub("", text[0]), svg)
    return _INDENT.sub("\n", plain).strip()


def render_search_index(plan: Plan, pages: Iterable[Page], lang: str) -> bytes:
    """Return the index of the search box as a script: address, name, kind, other names of every thing with a page."""
    entries = []
    for page in pages:
        if page.iri:
            kinds = [plan.labels.label(kind, lang) for kind in plan.things.links(page.iri, "rz:kind")]
            names = [name for code, name in sorted(page.names.items()) if code != lang]
            also = " ".join([*spellings_of(plan, page.iri), *names])
            entries.append([page.path, page.names[lang], ", ".join(kinds), also])
    entries.sort(key=lambda entry: (sort_key(entry[1]), entry[0]))
    text = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    return f"globalThis.rzgraphIndex={text};\n".encode()
