"""The data behind one page, to take away: Turtle, JSON-LD and CSV with the thing, its facts and its statements.

Everything is in a fixed order, so that the same graph gives the same bytes.
"""

import csv
import io
import re

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from rzgraph.labels import Labels
from rzgraph.namespaces import PREFIXES, kind_of, slug_of
from rzgraph.settings import Project
from rzgraph.site.evidence import find_fact, read_periods, sort_statements, standing_on
from rzgraph.site.things import Things, Value, iri_of

SEPARATOR = "; "
_EVIDENCE = ("basis", "document", "file", "lines", "fragment")
_STANDING = ("standing_day", "standing", "first_attested", "last_attested")
# A spreadsheet would run a cell that starts with one of these.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def collect_about(things: Things, iri: str) -> tuple[list[str], list[str]]:
    """Return the nodes that say something about a thing: facts and findings, and statements in reading order."""
    near = things.named_by.get(iri, ())
    facts = [node for node in near if things.values(node, "rz:supportedBy") and things.values(node, "rz:hasStanding")]
    facts += [node for node in near if kind_of(node) in ("finding", "judgement")]
    facts = sorted(set(facts) - {iri} - {fact for fact in facts if kind_of(fact) == kind_of(iri)})
    claims = {node for node in near if things.values(node, "rz:fragment")}
    for fact in (iri, *facts):
        claims.update(things.links(fact, "rz:supportedBy"))
    claims.update(things.links(iri, "rz:restsOn"))
    return facts, sort_statements(things, claims)


def select_triples(things: Things, iri: str) -> list[Triple]:
    """Return what the graph says of a thing: itself, the facts and findings about it, the statements under them."""
    facts, claims = collect_about(things, iri)
    periods = [period for fact in (iri, *facts) for period in things.links(fact, "rz:hasStanding")]
    nodes = dict.fromkeys([iri, *facts, *periods, *claims])
    return [
        Triple(NamedNode(node), NamedNode(predicate), value)
        for node in nodes
        for predicate, values in things.properties.get(node, {}).items()
        for value in values
        if isinstance(value, NamedNode | Literal | BlankNode)
    ]


def write_turtle(triples: list[Triple]) -> bytes:
    """Return triples as Turtle with the prefixes of the project."""
    return _bytes(serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES))


def write_jsonld(triples: list[Triple]) -> bytes:
    """Return triples as JSON-LD."""
    return _bytes(serialize(triples, format=RdfFormat.JSON_LD, prefixes=PREFIXES))


def _bytes(written: bytes | None) -> bytes:
    return (written or b"").rstrip(b"\n") + b"\n"


def write_csv(project: Project, things: Things, labels: Labels, order: list[str], iri: str, day: str) -> bytes:
    """Return the statements about a thing as a table: one row each, with standing and evidence.

    Parameters
    ----------
    order
        The properties a statement may have, in reading order; only those that occur become columns.
    day
        The day the standing column holds for (ISO).
    """
    claims = collect_about(things, iri)[1]
    wanted = [name for name in order if any(things.values(claim, name) for claim in claims)]
    columns = ["claim", "says"]
    for name in wanted:
        columns += [_column(name), f"{_column(name)}_label"]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([*columns, *_STANDING, *_EVIDENCE])
    lang = project.languages[0]
    for claim in claims:
        cells = [claim, SEPARATOR.join(labels.label(cls, lang) for cls in things.links(claim, "rdf:type"))]
        for name in wanted:
            values = things.values(claim, name)
            cells += [
                SEPARATOR.join(map(_code, values)),
                SEPARATOR.join(_word(value, labels, lang) for value in values),
            ]
        cells += _standing_cells(things, labels, claim, iri, day, lang) + _evidence_cells(things, claim)
        writer.writerow([protect_cell(cell) for cell in cells])
    return stream.getvalue().encode()


def _column(name: str) -> str:
    """Return the name of the column of a property: ``rz:onBehalfOf`` is ``on_behalf_of``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.partition(":")[2]).lower()


def _code(value: Value) -> str:
    if isinstance(value, NamedNode):
        return slug_of(value.value)
    return "" if isinstance(value, Triple) else value.value


def _word(value: Value, labels: Labels, lang: str) -> str:
    return labels.label(value.value, lang) if isinstance(value, NamedNode) else _code(value)


def _standing_cells(things: Things, labels: Labels, claim: str, iri: str, day: str, lang: str) -> list[str]:
    fact = find_fact(things, [claim], {iri})
    standing = standing_on(read_periods(things, fact), day)
    word = labels.label(iri_of(f"rz:{standing}"), lang) if standing else ""
    return [day, word, things.text(fact, "rz:firstAttested"), things.text(fact, "rz:lastAttested")]


def _evidence_cells(things: Things, claim: str) -> list[str]:
    document = things.text(claim, "prov:wasQuotedFrom")
    return [
        slug_of(things.text(claim, "rz:basis")),
        slug_of(document),
        things.text(document, "rz:fileName"),
        things.text(claim, "rz:lines"),
        things.text(claim, "rz:fragment"),
    ]


def protect_cell(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text
