"""The drawings of the pages: made while the pages are written, each with the tables that say the same.

Drawings of the whole are made beside us, several at a time; the drawing of one thing is quick and made when its page
is. Every drawing also stands in a file of its own beside the page.
"""

import re
from collections.abc import Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from rzgraph.diagrams.ego import draw_ego
from rzgraph.diagrams.events import draw_timeline
from rzgraph.diagrams.governance import draw_governance
from rzgraph.diagrams.matrix import draw_seats
from rzgraph.diagrams.structure import draw_structure
from rzgraph.diagrams.template import Drawing
from rzgraph.diagrams.ties import CENTRES, Ties, pick_ego, read_ties
from rzgraph.diagrams.tiles import draw_tiles
from rzgraph.diagrams.timeline import draw_lives
from rzgraph.diagrams.trees import Claims, read_claims
from rzgraph.namespaces import kind_of, slug_of
from rzgraph.queries import Row, read_question
from rzgraph.site.moneypages import Bookkeeper, MoneyFigure
from rzgraph.site.panels import Panel, make_panel
from rzgraph.site.plan import Plan
from rzgraph.site.render import address_of

#: What the tables beside the drawings show, apart from standing and evidence, by the query that names the columns.
TWINS = {
    "governance-edges": ("body", "line", "relation", "to_body"),
    "seats-cells": ("party", "body", "held", "person", "office", "role", "on_behalf_of", "organisation", "capacity"),
    "lives-attestations": ("body", "line", "begin", "end", "attested"),
    "lives-changes": ("change", "kind", "from_body", "to_body", "when", "attested"),
    "programmes-claims": ("programme", "whole", "kind", "status", "name"),
    "map-observations": ("area", "concerns", "value_text", "as_of", "begin", "end", "possible_area", "doubt"),
    "network-facts": ("who", "what", "body", "to_body", "party", "organisation", "capacity", "held"),
    "money-amounts": (
        *("flow", "phase", "kind", "payer", "receiver", "amount", "amount_to", "bound", "per", "amount_text"),
        *("begin", "end", "part_of", "passed_on_from"),
    ),
    "budget-cells": ("row", "flow", "column", "phase", "amount_text", "amount", "begin", "end"),
}
# What is drawn of one thing, when its page is made.
_OF_ONE_THING = ("network", "parts", "map")
_BOX_TEXT = re.compile(r'<text class="drawing-(?:name|level|mark)"[^>]*>')
_TYPE = re.compile(r' (?:text-anchor|font-size|font-style|fill)="[^"]*"')
_INDENT = re.compile(r"\n\s+")


@dataclass(frozen=True)
class Figure:
    """A drawing on a page.

    Attributes
    ----------
    svg
        The drawing, its links seen from the page.
    tables
        The tables that say the same.
    file
        The file the drawing stands in by itself, in the folder of its language.
    content
        What stands in that file; empty where it is the file of another page.
    """

    svg: str
    tables: tuple[Panel, ...]
    file: str
    content: bytes


@dataclass(frozen=True)
class Studio:
    """Where drawings come from.

    Attributes
    ----------
    made
        Drawings of the whole, by what they show, the day, and the language.
    ties
        What things are tied to on the last day.
    programmes
        What the documents say of programmes.
    books
        Who draws money.
    """

    plan: Plan
    made: Mapping[tuple[str, date, str], Future[Drawing]]
    ties: Ties
    programmes: Claims
    books: Bookkeeper

    def draw_money(
        self, iri: str, sorts: list[str], page_path: str, lang: str, base: str
    ) -> list[tuple[MoneyFigure, Figure | None]]:
        """Return the drawings of money of a page, each with what is said about it.

        Parameters
        ----------
        iri, sorts
            The thing, and the sorts of drawing its kind has.
        page_path, base
            The address of the page in the first language, and the way from it to the first page.
        """
        found: list[tuple[MoneyFigure, Figure | None]] = []
        for money in self.books.draw(iri, sorts, lang):
            figure = None
            if money.drawing:
                file = f"{page_path.removesuffix('.html')}-{money.file}.svg"
                content = _turn_links(money.drawing.svg, "../" * file.count("/")).encode()
                table = self._make_table(money.query, money.drawing.rows.rows, self.plan.last_day)
                svg = _turn_links(lighten_drawing(money.drawing.svg), base)
                figure = Figure(svg, (table,), file, content)
            found.append((money, figure))
        return found

    def draw(self, wish: tuple[str, Any], page_path: str, lang: str, base: str) -> Figure | None:
        """Return the drawing of a page, None where there is nothing to draw.

        Parameters
        ----------
        wish
            What is drawn: ``governance``, ``regional``, ``seats``, ``structure``, ``lives`` or ``timeline`` with a
            day; ``network``, ``parts`` or ``map`` with a thing.
        page_path
            The address of the page in the first language.
        base
            The way from the page to the first page of its language.
        """
        what, about = wish
        if what == "network":
            ego = pick_ego(self.ties, about)
            if not ego.ties:
                return None
            drawing = draw_ego(ego, self.plan.project, self.plan.labels, lang, partial(find_address, self.plan))
        elif what == "parts":
            names, day = (self.plan.project, self.plan.labels), self.plan.last_day
            drawing = draw_structure(self.programmes, *names, day, lang, partial(find_address, self.plan), about)
        elif what == "map":
            whole, day = (self.plan.store, self.plan.project, self.plan.labels), self.plan.last_day
            drawing = draw_tiles(*whole, about, day, lang, partial(find_address, self.plan))
        else:
            drawing = self.made[what, about, lang].result()
        file = page_path.removesuffix(".html") + ".svg"
        content = b"" if what == "regional" else _turn_links(drawing.svg, "../" * file.count("/")).encode()
        if what == "regional":
            file = f"day/{about.isoformat()}.svg"
        svg = _turn_links(lighten_drawing(drawing.svg), base)
        return Figure(svg, tuple(self._list_tables(what, about, drawing.rows.rows)), file, content)

    def _list_tables(self, what: str, about: Any, rows: list[Row]) -> list[Panel]:
        """Return the tables that say the same as a drawing.

        Where other tables of the page bear all evidence, a row shows only the last.
        """
        day = about if isinstance(about, date) else self.plan.last_day
        if what == "governance":
            table = self._make_table("governance-edges", rows, day).keep(self.plan.settings["day"]["standings"])
            return [replace(table, rows=tuple(row if "relation" in row.cells else row.shorten() for row in table.rows))]
        if what == "seats":
            return [self._make_table("seats-cells", rows, day)]
        if what == "lives":
            lives = self._make_table("lives-attestations", [row for row in rows if row["body"] is not None], day)
            changes = self._make_table("lives-changes", [row for row in rows if row["change"] is not None], day)
            # A statement on a change has no standing of its own.
            return [table for table in (lives, changes.without_standing()) if table.rows]
        if what in ("structure", "parts"):
            return [self._make_table("programmes-claims", rows, day).without_standing()]
        if what == "map":
            return [self._make_table("map-observations", rows, day).without_standing()]
        if what == "network" and rows:
            table = self._make_table("network-facts", rows, day, about)
            return [replace(table, rows=tuple(row.shorten() for row in table.rows))]
        return []

    def _make_table(self, query: str, rows: list[Row], day: date, about: str = "") -> Panel:
        plan = self.plan
        question = read_question(plan.project.queries / "networks" / f"{query}.rq")
        joined = plan.settings["joined"]
        return make_panel(plan.things, question, TWINS[query], rows, about, day.isoformat(), joined)


def open_studio(plan: Plan, pool: Executor) -> Studio:
    """Have the drawings of the whole made in every language, several at a time.

    The home page leaves out bodies within one organisation and those not named of late, so that it stays light.
    """
    made: dict[tuple[str, date, str], Future[Drawing]] = {}
    whole, link = (plan.store, plan.project, plan.labels), partial(find_address, plan)
    for lang in plan.project.languages:
        for day in plan.days:
            made["governance", day, lang] = pool.submit(draw_governance, *whole, day, lang, link)
        if plan.days:
            last = plan.last_day
            made["regional", last, lang] = pool.submit(draw_governance, *whole, last, lang, link, False, True)
    for lang in plan.project.languages:
        for day in plan.days:
            made["seats", day, lang] = pool.submit(draw_seats, *whole, day, lang, link)
        for day in plan.days:
            programmes = read_claims(plan.store, plan.project, day)
            made["structure", day, lang] = pool.submit(draw_structure, programmes, *whole[1:], day, lang, link)
        made["timeline", plan.last_day, lang] = pool.submit(draw_timeline, *whole, plan.last_day, lang, link)
        made["lives", plan.last_day, lang] = pool.submit(draw_lives, *whole, lang, None, link)
    ties = read_ties(plan.store, plan.project, plan.last_day)
    return Studio(plan, made, ties, read_claims(plan.store, plan.project, plan.last_day), Bookkeeper(plan, link))


def find_address(plan: Plan, iri: str) -> str | None:
    """Return where a thing or term stands, seen from the first page of its language; None where it has no page."""
    if iri in plan.entities.get(kind_of(iri), ()):
        return address_of(iri)
    scheme = next(iter(plan.things.links(iri, "skos:inScheme")), "")
    return f"terms.html#{slug_of(scheme)}.{slug_of(iri)}" if scheme else None


def waits_for_drawing(context: Mapping[str, Any]) -> bool:
    """Tell whether a page needs a drawing that is made beside us."""
    return context.get("figure", ("network", ""))[0] not in _OF_ONE_THING


def has_drawing(iri: str) -> bool:
    """Tell whether a thing has a drawing of its own."""
    return kind_of(iri) in CENTRES


def _turn_links(svg: str, base: str) -> str:
    """Return a drawing whose links, made for the first page of a language, are seen from another folder."""
    return svg.replace(' href="', f' href="{base}')


def lighten_drawing(svg: str) -> str:
    """Return a drawing without indents and without the type of its box texts, which the style sheet gives."""
    plain = _BOX_TEXT.sub(lambda text: _TYPE.sub("", text[0]), svg)
    return _INDENT.sub("\n", plain).strip()
