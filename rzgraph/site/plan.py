"""What the site is made from: the graph read once, the settings of the pages, the things that have a page, the days."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pyoxigraph import Store

from rzgraph.errors import InputError
from rzgraph.labels import Labels, load_labels
from rzgraph.namespaces import slug_of
from rzgraph.settings import Project
from rzgraph.site.evidence import issued_on
from rzgraph.site.things import Things, read_things

_SAFE_SLUG = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?!\.))*")


@dataclass(frozen=True)
class Plan:
    """Everything the pages are made from.

    Attributes
    ----------
    kinds
        Kind of thing to its section in ``site/pages.toml``.
    entities
        Kind of thing to the things of that kind that have a page.
    days
        The day of each document, oldest first, with the documents of that day.
    """

    project: Project
    store: Store
    things: Things
    labels: Labels
    settings: dict[str, Any]
    kinds: dict[str, Any]
    entities: dict[str, list[str]]
    days: dict[date, list[str]]

    @property
    def last_day(self) -> date:
        """The last day the documents describe: the day standings hold for unless another is asked."""
        return max(self.days, default=date.min)


def make_plan(project: Project, store: Store) -> Plan:
    """Read the graph and the settings of the pages.

    Raises
    ------
    InputError
        When a thing has a slug that is no file name, or the settings cannot be read.
    """
    path = project.site / "pages.toml"
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError("error.settings-not-read", path=path, reason=error) from None
    things = read_things(store)
    entities = {kind: things.of_kind(kind) for kind in settings["kinds"]}
    for iri in (iri for found in entities.values() for iri in found):
        if not _SAFE_SLUG.fullmatch(slug_of(iri)):
            raise InputError("error.no-file-name", iri=iri)
    days: dict[date, list[str]] = {}
    for document in sorted(entities.get("document", ()), key=lambda iri: (issued_on(things, iri), iri)):
        days.setdefault(issued_on(things, document), []).append(document)
    labels = name_findings(things, load_labels(store), project.languages)
    return Plan(project, store, things, labels, settings, settings["kinds"], entities, days)


def name_findings(things: Things, labels: Labels, languages: Iterable[str]) -> Labels:
    """Return labels that also name each finding: after its kind and the first thing it concerns."""
    names: dict[str, dict[str, str]] = {}
    for iri in things.of_kind("finding"):
        told = [*things.links(iri, "rz:kind"), *things.links(iri, "rz:concerns")[:1]]
        if told and iri not in labels.by_iri:
            names[iri] = {lang: ": ".join(labels.label(each, lang) for each in told) for lang in languages}
    return Labels(labels.by_iri | names)
