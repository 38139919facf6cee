"""From page records to HTML in one language, and the index the search box reads."""

import json
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from rzgraph.namespaces import kind_of
from rzgraph.site.drawings import Studio
from rzgraph.site.evidence import STANDINGS
from rzgraph.site.jsonld import describe_site, describe_thing, embed_json
from rzgraph.site.pages import Page, day_path, sort_key, spellings_of
from rzgraph.site.plan import Plan
from rzgraph.site.render import Reader, make_environment
from rzgraph.site.things import iri_of


class Writer:
    """Renders pages in one language."""

    def __init__(self, plan: Plan, studio: Studio, lang: str) -> None:
        self.plan = plan
        self.lang = lang
        self._studio = studio
        self._files: dict[str, bytes] = {}
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
        listed = {*self.plan.settings["daily"], *self.plan.kinds}
        return f"{name}/index.html" if name in listed else f"{name}.html"

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
            "money": self._draw_money(page, reader),
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

    def take_drawings(self) -> dict[str, bytes]:
        """Return the drawings of the pages rendered so far, each as a file beside its page."""
        return self._files

    def _draw(self, page: Page, reader: Reader) -> dict[str, Any]:
        """Return the drawing of a page, the tables that say the same, and where the drawing stands by itself."""
        wish = page.context.get("figure")
        figure = self._studio.draw(wish, page.path, self.lang, reader.base) if wish else None
        if figure is None:
            return {"drawing": "", "twins_of_drawing": (), "alone": ""}
        if figure.content:
            self._files[self.address(figure.file)] = figure.content
        svg = Markup(figure.svg)  # noqa: S704 - the template of the drawing escapes its texts
        return {"drawing": svg, "twins_of_drawing": figure.tables, "alone": reader.base + figure.file}

    def _draw_money(self, page: Page, reader: Reader) -> list[dict[str, Any]]:
        """Return the drawings of money of a page: heading, what is not drawn and why, drawing, tables, own file."""
        if "money" not in page.context:
            return []
        shown = []
        sorts = page.context["money"]
        for money, figure in self._studio.draw_money(page.iri, sorts, page.path, self.lang, reader.base):
            entry: dict[str, Any] = {"heading": money.heading, "reasons": money.reasons, "drawing": ""}
            if figure:
                self._files[self.address(figure.file)] = figure.content
                svg = Markup(figure.svg)  # noqa: S704 - the template of the drawing escapes its texts
                entry |= {"drawing": svg, "tables": figure.tables, "alone": reader.base + figure.file}
            shown.append(entry)
        return shown


def render_search_index(plan: Plan, pages: Iterable[Page], lang: str) -> bytes:
    """Return the index of the search box as a script: address, name, kind, other names of every thing with a page."""
    entries = []
    for page in pages:
        # Findings are named after what they are about, and would stand in its way.
        if page.iri and page.section != "finding":
            kinds = [plan.labels.label(kind, lang) for kind in plan.things.links(page.iri, "rz:kind")]
            names = [name for code, name in sorted(page.names.items()) if code != lang]
            also = " ".join([*spellings_of(plan, page.iri), *names])
            entries.append([page.path, page.names[lang], ", ".join(kinds), also])
    entries.sort(key=lambda entry: (sort_key(entry[1]), entry[0]))
    text = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    return f"globalThis.rzgraphIndex={text};\n".encode()
