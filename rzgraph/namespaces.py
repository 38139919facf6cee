"""The namespaces of the project, and the parts of its IRIs.

Terms stand in ``https://w3id.org/rzgraph/ns#``; things in ``<base>id/<kind>/<slug>``, where the base is a setting.
"""

import re

from pyoxigraph import NamedNode

NS = "https://w3id.org/rzgraph/ns#"
SHAPE = "https://w3id.org/rzgraph/shape#"
#: The licence of the data and of what is made from it.
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
EDTF = NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")

#: Prefixes of standard vocabularies, in the order of the Turtle house style.
PREFIXES = {
    "rz": NS,
    "shape": SHAPE,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "cv": "http://data.europa.eu/m8g/",
    "schema": "https://schema.org/",
}

_THING = re.compile(r"^(?P<base>.*/)id/(?P<kind>[^/#]+)/(?P<slug>[^/#]+)$")


def rz(name: str) -> NamedNode:
    """Return the term ``rz:<name>``."""
    return NamedNode(NS + name)


def term(prefixed: str) -> NamedNode:
    """Return the term of a standard vocabulary written as ``prefix:name``.

    Raises
    ------
    KeyError
        When the prefix is not one of `PREFIXES`.
    """
    prefix, _, name = prefixed.partition(":")
    return NamedNode(PREFIXES[prefix] + name)


def kind_of(iri: str) -> str:
    """Return the kind segment of a thing's IRI (``body``, ``party`` ...), or an empty string for any other IRI."""
    match = _THING.match(iri)
    return match["kind"] if match else ""


def slug_of(iri: str) -> str:
    """Return the slug of a thing, or the local name of a term, so that every IRI has a short name."""
    match = _THING.match(iri)
    if match:
        return match["slug"]
    return re.split(r"[/#]", iri.rstrip("/#"))[-1]
