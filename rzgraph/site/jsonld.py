"""What a page says about its thing in schema.org and ORG terms, for machines that read the page itself."""

import json
from typing import Any

from markupsafe import Markup
from pyoxigraph import Literal

from rzgraph.labels import Labels
from rzgraph.namespaces import LICENCE, PREFIXES
from rzgraph.settings import Project
from rzgraph.site.things import Things

_CONTEXT = {
    "@vocab": PREFIXES["schema"],
    "org": PREFIXES["org"],
    "foaf": PREFIXES["foaf"],
    "prov": PREFIXES["prov"],
    "rz": PREFIXES["rz"],
    "sameAs": {"@type": "@id"},
    "license": {"@type": "@id"},
    "publisher": {"@type": "@id"},
}


def describe_thing(project: Project, things: Things, labels: Labels, iri: str, types: list[str]) -> dict[str, Any]:
    """Return the JSON-LD of a body, party, person or document."""
    known: dict[str, Any] = {
        "@context": _CONTEXT,
        "@id": iri,
        "@type": types,
        "name": [{"@language": lang, "@value": labels.label(iri, lang)} for lang in project.languages],
        "alternateName": _texts(things, iri, "skos:altLabel", "rz:abbreviation", "rz:nameAsWritten"),
        "identifier": _texts(things, iri, "rz:cbsCode", "rz:sha256"),
        "sameAs": [
            link
            for name in ("skos:exactMatch", "skos:closeMatch")
            for link in things.links(iri, name)
            if link.startswith(("http://", "https://"))
        ],
        "datePublished": things.text(iri, "dcterms:issued"),
        "publisher": things.links(iri, "dcterms:publisher"),
        "subjectOf": _describe_set(project),
    }
    return {key: value for key, value in known.items() if value}


def describe_site(project: Project) -> dict[str, Any]:
    """Return the JSON-LD of the home page: the data set itself."""
    return {"@context": _CONTEXT, **_describe_set(project), "about": {"@id": project.network}}


def _describe_set(project: Project) -> dict[str, Any]:
    return {
        "@type": "Dataset",
        "@id": project.base,
        "name": [{"@language": lang, "@value": title} for lang, title in sorted(project.titles.items())],
        "license": LICENCE,
    }


def _texts(things: Things, iri: str, *names: str) -> list[str]:
    return sorted({value.value for name in names for value in things.values(iri, name) if isinstance(value, Literal)})


def embed_json(value: object) -> Markup:
    """Return a value as JSON that can stand in a script element: nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for sign in ("<", ">", "&", "\u2028", "\u2029"):
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - every sign that means something to HTML is escaped above
