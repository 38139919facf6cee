"""The pages of the site and what stands on each: one pass over the graph, one run per panel query.

In goes the plan; out come `Page` records, each with its address, its template and the data the template shows. What
is here knows no HTML; what is in the templates knows no SPARQL.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pyoxigraph import Literal

from rzgraph.dates import format_day
from rzgraph.diagrams.mapdata import list_mapped
from rzgraph.messages import message
from rzgraph.namespaces import slug_of
from rzgraph.queries import read_question
from rzgraph.site.drawings import has_drawing
from rzgraph.site.evidence import read_periods, read_state, sort_statements, standing_on, write_periods
from rzgraph.site.panels import join_columns, read_overview, read_panels, run_panel
from rzgraph.site.plan import Plan
from rzgraph.site.statements import rank_remark, read_remark, read_statement, remarks_on, statements_of
from rzgraph.site.tables import read_published
from rzgraph.site.things import iri_of

_INITIALS_AND_PARTICLES = re.compile(r"^(?:[A-Z]\S*\.\s*|[a-z'’]+\s+)+")


@dataclass(frozen=True)
class Page:
    """One page, in all languages.

    Attributes
    ----------
    path
        Its address in the first language, relative to the site.
    section
        The menu entry it stands under.
    names
        Its name per language.
    iri
        The thing it is about; empty for pages about the whole.
    parent
        The address of the page above it; empty for the home page and what hangs right under it.
    """

    path: str
    template: str
    section: str
    names: dict[str, str]
    iri: str = ""
    parent: str = ""
    context: dict[str, Any] = field(default_factory=dict)


def list_pages(plan: Plan) -> list[Page]:
    """Return every page of the site, in a fixed order."""
    pages = [_home_page(plan), Page("day/index.html", "days.html", "day", _names(plan, "day-many"))]
    pages += [_day_page(plan, day) for day in plan.days]
    pages += [Page("seats/index.html", "days.html", "seats", _names(plan, "seats-many"))]
    pages += [_seats_page(plan, day) for day in plan.days]
    pages += [Page("structure/index.html", "days.html", "structure", _names(plan, "structure-many"))]
    pages += [_structure_page(plan, day) for day in plan.days]
    pages += [Page("lives.html", "lives.html", "lives", _names(plan, "lives-many"), context=_draw(plan, "lives"))]
    pages += [_overview_page(plan, name) for name in plan.settings["overviews"]]
    for kind, settings in plan.kinds.items():
        if "index" not in settings:
            pages.append(_index_page(plan, kind))
        pages += _entity_pages(plan, kind)
    return [*pages, _terms_page(plan), _findings_page(plan), *_text_pages(plan)]


def day_path(day: date) -> str:
    """Return the address of the page of a day."""
    return f"day/{day.isoformat()}.html"


def _names(plan: Plan, key: str) -> dict[str, str]:
    return {lang: message(f"site.{key}", lang) for lang in plan.project.languages}


def _home_page(plan: Plan) -> Page:
    things = plan.things
    claims = [iri for iri in things.properties if things.values(iri, "rz:fragment")]
    example = next((read_statement(plan, claim) for claim in _plain_seats(plan)), None)
    context = {
        "claims_total": len(claims),
        "example": example,
        "person": things.text(example.iri, "rz:person") if example else "",
        "body": things.text(example.iri, "rz:body") if example else "",
    }
    context |= _draw(plan, "regional") if plan.days else {}
    return Page("index.html", "home.html", "home", dict(plan.project.titles), context=context)


def _draw(plan: Plan, what: str, day: date | None = None) -> dict[str, Any]:
    """Return what tells that a page has a drawing of a day, else of the last one."""
    return {"figure": (what, day or plan.last_day)}


def _plain_seats(plan: Plan) -> list[str]:
    """Return statements that a person sits somewhere, said in so many words: examples for the home page."""
    things = plan.things
    plain = [
        claim
        for claim in things.of_class("rz:SeatClaim")
        if things.text(claim, "rz:held") == "true"
        and things.text(claim, "rz:basis") == iri_of("rz:stated")
        and things.values(claim, "rz:person")
    ]
    return sort_statements(things, plain)


def _day_page(plan: Plan, day: date) -> Page:
    names = {lang: message("site.who-sits-on", lang, day=format_day(day, lang)) for lang in plan.project.languages}
    tables = [_read_table(plan, day, table) for table in plan.settings["day"]["tables"]]
    context = {
        "day": day,
        "figure": ("governance", day),
        "documents": plan.days[day],
        "tables": [table for table in tables if table["panels"]],
    }
    return Page(day_path(day), "day.html", "day", names, parent="day/index.html", context=context)


def _seats_page(plan: Plan, day: date) -> Page:
    names = {lang: message("site.seats-on", lang, day=format_day(day, lang)) for lang in plan.project.languages}
    context = {"day": day, **_draw(plan, "seats", day)}
    return Page(
        f"seats/{day.isoformat()}.html", "seats.html", "seats", names, parent="seats/index.html", context=context
    )


def _structure_page(plan: Plan, day: date) -> Page:
    names = {lang: message("site.structure-on", lang, day=format_day(day, lang)) for lang in plan.project.languages}
    path, context = f"structure/{day.isoformat()}.html", {"day": day, **_draw(plan, "structure", day)}
    return Page(path, "structure.html", "structure", names, parent="structure/index.html", context=context)


def _read_table(plan: Plan, day: date, table: dict[str, str]) -> dict[str, Any]:
    """Return a table of all bodies on a day: its question, the columns that are used, its rows per body."""
    question = read_question(plan.project.queries / table["query"])
    found = run_panel(plan.store, plan.things, question, day, table["by"])
    panels = {body: panel.keep(plan.settings["day"]["standings"]) for body, panel in found.items()}
    kept = {body: panel for body, panel in panels.items() if panel.rows}
    filled = {column for panel in kept.values() for row in panel.rows for column in row.cells}
    used = [column for column in question.columns if column in filled]
    return {"question": question, "panels": kept, "columns": join_columns(used, plan.settings["joined"])}


def _overview_page(plan: Plan, name: str) -> Page:
    """Return a page about the whole, with the tables of its queries."""
    found = read_overview(plan.store, plan.project, plan.things, name, plan.last_day, plan.settings["joined"])
    settings = plan.settings["overviews"][name]
    context: dict[str, Any] = {"panels": found, "kinds": settings.get("kinds", []), "day": plan.last_day}
    context |= _draw(plan, settings["figure"]) if "figure" in settings else {}
    return Page(f"{name}.html", settings["template"], name, _names(plan, f"{name}-many"), context=context)


def _index_page(plan: Plan, kind: str) -> Page:
    if plan.kinds[kind]["order"] == "date":
        ordered = [document for documents in plan.days.values() for document in documents]
    else:
        ordered = plan.entities[kind]
    context = {"entries": [_index_entry(plan, iri) for iri in ordered], "day": plan.last_day}
    return Page(f"{kind}/index.html", "index.html", kind, _names(plan, f"{kind}-many"), context=context)


def _index_entry(plan: Plan, iri: str) -> dict[str, Any]:
    things = plan.things
    return {
        "iri": iri,
        "kind": things.links(iri, "rz:kind"),
        "also": spellings_of(plan, iri),
        "date": things.text(iri, "dcterms:issued"),
        "claims": sum(1 for node in things.named_by.get(iri, ()) if things.values(node, "rz:fragment")),
        "sort": {lang: sort_key(plan.labels.label(iri, lang)) for lang in plan.project.languages},
        **_standing_of(plan, iri),
    }


def _standing_of(plan: Plan, iri: str) -> dict[str, str]:
    """Return how a thing itself stands: only bodies have a life of their own."""
    stretches = read_periods(plan.things, iri)
    return {
        "standing": standing_on(stretches, plan.last_day.isoformat()),
        "periods": write_periods(stretches),
        "first": plan.things.text(iri, "rz:firstAttested"),
        "last": plan.things.text(iri, "rz:lastAttested"),
    }


def spellings_of(plan: Plan, iri: str) -> list[str]:
    """Return every other name of a thing in the register, the abbreviation first."""
    names = ("rz:abbreviation", "skos:altLabel", "rz:nameAsWritten")
    found = [value.value for name in names for value in plan.things.values(iri, name) if isinstance(value, Literal)]
    own = {plan.labels.label(iri, lang) for lang in plan.project.languages}
    return [text for text in dict.fromkeys(found) if text not in own]


def sort_key(name: str) -> tuple[str, str]:
    """Return what a name is sorted by: the surname of a person, without accents and capitals."""
    plain = unicodedata.normalize("NFKD", name)
    folded = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return (_INITIALS_AND_PARTICLES.sub("", folded).casefold(), name)


def _entity_pages(plan: Plan, kind: str) -> list[Page]:
    settings = plan.kinds[kind]
    panels = read_panels(plan.store, plan.project, plan.things, kind, plan.last_day, plan.settings["joined"])
    published = read_published(plan) if kind == "table" else {}
    mapped = list_mapped(plan.store, plan.project, plan.last_day) if kind == "indicator" else frozenset()
    pages = []
    for iri in plan.entities[kind]:
        context: dict[str, Any] = {
            "facts": [(iri_of(name), found) for name in settings["facts"] if (found := plan.things.values(iri, name))],
            "panels": panels.get(iri, []),
            "remarks": remarks_on(plan, iri),
            "state": read_state(plan.things, iri, plan.last_day.isoformat()),
            "day": plan.last_day,
            **_standing_of(plan, iri),
        }
        if has_drawing(iri):
            context["figure"] = ("network", iri)
        if any(panel.question.name == "programme.20-parts" for panel in context["panels"]):
            context["figure"] = ("parts", iri)
        if iri in mapped:
            context["figure"] = ("map", iri)
        if kind == "document":
            context["statements"] = statements_of(plan, iri)
            context["day_path"] = next(day_path(day) for day, found in plan.days.items() if iri in found)
        if kind == "table":
            context["published"] = published.get(iri)
        if kind == "finding":
            context["note"] = read_remark(plan, iri)
        if "money" in settings:
            context["money"] = settings["money"]
        names = {lang: plan.labels.label(iri, lang) for lang in plan.project.languages}
        path = f"{kind}/{slug_of(iri)}.html"
        parent = settings.get("index", f"{kind}/index.html")
        pages.append(Page(path, settings["template"], kind, names, iri, parent, context))
    return pages


def _terms_page(plan: Plan) -> Page:
    things = plan.things
    schemes = {
        scheme: [term for term in things.named_by.get(scheme, ()) if scheme in things.links(term, "skos:inScheme")]
        for scheme in things.of_class("skos:ConceptScheme")
    }
    return Page("terms.html", "terms.html", "terms", _names(plan, "terms-many"), context={"schemes": schemes})


def _findings_page(plan: Plan) -> Page:
    findings = sorted((read_remark(plan, iri) for iri in plan.things.of_kind("finding")), key=rank_remark)
    context = {"finding": findings, "judgement": [read_remark(plan, iri) for iri in plan.things.of_kind("judgement")]}
    return Page("findings.html", "findings.html", "findings", _names(plan, "findings-many"), context=context)


def _text_pages(plan: Plan) -> list[Page]:
    return [Page(f"{name}.html", f"{name}.html", name, _names(plan, f"{name}-many")) for name in plan.settings["texts"]]
