"""Faults put into the data on purpose: each spoils one thing in the quads, and names the rules meant to report it.

The tests try a few of each kind on the invented region. Run as a program it tries as many as asked for on any data
folder, and tells how many the checks find, and how many by the rule meant for them::

    python -m tests.faults --count 1000 --data data
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from rzgraph.checks.validate import check_store
from rzgraph.facts import add_facts
from rzgraph.graph import load_store
from rzgraph.namespaces import rz, slug_of, term
from rzgraph.settings import Project, load_project

Quads = list[ox.Quad]
PLACES = {
    "person",
    "body",
    "organisation",
    "onBehalfOf",
    "network",
    "fromBody",
    "entity",
    "role",
    "function",
    "relation",
}


def pick(quads: Quads, choice: random.Random, *names: str, cls: str = "") -> ox.Quad:
    """A random triple of a claim with one of the properties, of claims of a class if one is given."""
    kinds = {quad.subject for quad in quads if cls and quad.object == rz(cls)}
    claims = {quad.subject for quad in quads if quad.predicate == rz("fragment")}
    found = [q for q in quads if q.subject in claims and slug_of(q.predicate.value) in names]
    return choice.choice(sorted((q for q in found if not cls or q.subject in kinds), key=str))


def replace(quads: Quads, old: ox.Quad, value: ox.NamedNode | ox.Literal) -> Quads:
    return [q for q in quads if q != old] + [ox.Quad(old.subject, old.predicate, value, old.graph_name)]


def list_people(quads: Quads) -> set[ox.NamedNode]:
    return {q.subject for q in quads if q.predicate == term("rdf:type") and q.object == rz("Person")}


def class_of(quads: Quads, subject: ox.NamedNode) -> str:
    return next(slug_of(q.object.value) for q in quads if q.subject == subject and q.predicate == term("rdf:type"))


def change_sign(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    quad = pick(quads, choice, "fragment")
    text = quad.object.value
    place = choice.choice([number for number, sign in enumerate(text) if sign.isalnum()])
    changed = text[:place] + ("7" if text[place] != "7" else "8") + text[place + 1 :]
    return replace(quads, quad, ox.Literal(changed)), {"Claim-fragment-in-lines"}


def drop_evidence(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    quad = pick(quads, choice, "lines", "basis")
    return [q for q in quads if q != quad], {f"Claim-{slug_of(quad.predicate.value)}"}


def drop_fragment(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    quad = pick(quads, choice, "fragment")
    return [q for q in quads if q != quad], {"Claim-fragment"}


def drop_body(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    quad = pick(quads, choice, "body", cls="SeatClaim")
    return [q for q in quads if q != quad], {"SeatClaim-body"}


def dangle(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    quad = pick(quads, choice, *PLACES)
    rule = f"{class_of(quads, quad.subject)}-{slug_of(quad.predicate.value)}"
    return replace(quads, quad, ox.NamedNode(quad.object.value + "x")), {rule}


def misspell_property(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    quad = pick(quads, choice, "role", "held", "person", "network", "entity")
    changed = ox.Quad(quad.subject, ox.NamedNode(quad.predicate.value + "s"), quad.object, quad.graph_name)
    return [q for q in quads if q != quad] + [changed], {class_of(quads, quad.subject)}


def misspell_class(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    claim = pick(quads, choice, "fragment").subject
    quad = next(q for q in quads if q.subject == claim and q.predicate == term("rdf:type"))
    return replace(quads, quad, ox.NamedNode(quad.object.value + "s")), {"unknown-term"}


def shift_lines(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    quad = pick(quads, choice, "lines")
    first = int(quad.object.value.partition("-")[0])
    return replace(quads, quad, ox.Literal(str(first + 900))), {"Claim-lines-in-text", "Claim-fragment-in-lines"}


def reverse_dates(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    quad = pick(quads, choice, "role", cls="PartnershipClaim")
    rest = [q for q in quads if q.subject != quad.subject or q.predicate not in (rz("begin"), rz("end"))]
    year = choice.randrange(1990, 2020)
    edtf = term("edtf:EDTF")
    dates = (("begin", str(year + choice.randrange(1, 9))), ("end", str(year)))
    new = [ox.Quad(quad.subject, rz(n), ox.Literal(t, datatype=edtf), quad.graph_name) for n, t in dates]
    return rest + new, {"period-reversed"}


def repeat_claim(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    claim = pick(quads, choice, "fragment").subject
    again = ox.NamedNode(claim.value + "-again")
    return quads + [ox.Quad(again, q.predicate, q.object, q.graph_name) for q in quads if q.subject == claim], {
        "duplicate-claim"
    }


def move_to_other_document(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    claim = pick(quads, choice, "fragment").subject
    graphs = sorted({q.graph_name for q in quads if "/claims/" in q.graph_name.value}, key=str)
    own = next(q.graph_name for q in quads if q.subject == claim)
    other = choice.choice([graph for graph in graphs if graph != own])
    moved = [ox.Quad(q.subject, q.predicate, q.object, other if q.subject == claim else q.graph_name) for q in quads]
    return moved, {"claim-of-other-document"}


def swap_person(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    quad = pick(quads, choice, "person", cls="SeatClaim")
    stated = ox.Quad(quad.subject, rz("basis"), rz("stated"), quad.graph_name)
    text = next(q.object.value for q in quads if q.subject == quad.subject and q.predicate == rz("fragment"))
    people = list_people(quads)
    others = [p for p in people if slug_of(p.value).rpartition("-")[2] not in text.lower()]
    rest = [q for q in quads if q.subject != quad.subject or q.predicate not in (rz("basis"), rz("reasoning"))]
    return replace([*rest, stated], quad, choice.choice(sorted(others, key=str))), {"person-in-fragment"}


def end_body_early(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    quad = pick(quads, choice, "kind", cls="ExistenceClaim")
    while next(q.object for q in quads if q.subject == quad.subject and q.predicate == rz("entity")) not in {
        q.object
        for q in quads
        if q.predicate == rz("body") and ox.Quad(q.subject, rz("held"), ox.Literal(True), q.graph_name) in quads
    }:
        quad = pick(quads, choice, "kind", cls="ExistenceClaim")
    rest = [q for q in quads if q.subject != quad.subject or q.predicate != rz("begin")]
    body = next(q.object for q in quads if q.subject == quad.subject and q.predicate == rz("entity"))
    rest = [q for q in rest if not (q.predicate in (rz("end"), rz("when")) and ends_body(rest, q.subject, body))]
    end = ox.Quad(quad.subject, rz("end"), ox.Literal("2001", datatype=term("edtf:EDTF")), quad.graph_name)
    return [*rest, end], {"seat-after-end-of-body", "outside-life-of-body"}


def ends_body(quads: Quads, claim: ox.NamedNode, body: ox.NamedNode) -> bool:
    names = (rz("entity"), rz("fromBody"), rz("toBody"))
    return any(q.subject == claim and q.predicate in names and q.object == body for q in quads)


def drop_language(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    labels = [q for q in quads if q.predicate == term("skos:prefLabel") and "/register/" in q.graph_name.value]
    quad = choice.choice(sorted(labels, key=str))
    return [q for q in quads if q != quad], {f"Thing-prefLabel-{quad.object.language}"}


def crown_second_chair(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    named = {q.subject for q in quads if q.predicate == rz("person")}
    chairs = {q.subject for q in quads if q.predicate == rz("role") and slug_of(q.object.value) == "chair"}
    quad = pick([q for q in quads if q.subject in named & chairs], choice, "person", cls="SeatClaim")
    rival = ox.NamedNode(quad.subject.value + "-rival")
    other = choice.choice(sorted(list_people(quads) - {quad.object}, key=str))
    own = [q for q in quads if q.subject == quad.subject]
    copied = [ox.Quad(rival, q.predicate, other if q == quad else q.object, q.graph_name) for q in own]
    return quads + copied, {"two-chairs"}


def swap_entity(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    """A name as written stands at another thing than the one that is called so."""
    quad = pick(quads, choice, "entity", cls="ExistenceClaim")
    others = {q.object for q in quads if slug_of(q.predicate.value) == "entity"} - {quad.object}
    written = next(q.object.value for q in quads if q.subject == quad.subject and q.predicate == rz("nameAsWritten"))
    others -= {q.subject for q in quads if isinstance(q.object, ox.Literal) and q.object.value == written}
    return replace(quads, quad, choice.choice(sorted(others, key=str))), {"name-not-in-register"}


def change_name(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    quad = pick(quads, choice, "nameAsWritten", cls="ExistenceClaim")
    return replace(quads, quad, ox.Literal(quad.object.value + " II")), {"name-in-fragment", "name-not-in-register"}


def take_code_of_other_list(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    quad = pick(quads, choice, "role", "function", "relation", "line", "theme", "countBound")
    return replace(quads, quad, rz("stated")), {f"{class_of(quads, quad.subject)}-{slug_of(quad.predicate.value)}"}


def reverse_lines(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    found = sorted((q for q in quads if q.predicate == rz("lines") and "-" in q.object.value), key=str)
    quad = choice.choice([q for q in found if "/claims/" in q.graph_name.value])
    first, _, last = quad.object.value.partition("-")
    return replace(quads, quad, ox.Literal(f"{last}-{first}")), {"lines-reversed"}


def move_by_a_page(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    """One digit of the lines is wrong, and they still are lines of the text."""
    quad = pick(quads, choice, "lines")
    first, _, last = quad.object.value.partition("-")
    moved = [str(int(number) + 2) for number in (first, last) if number]
    return replace(quads, quad, ox.Literal("-".join(moved))), {"Claim-fragment-in-lines", "Claim-lines-in-text"}


def drop_reasoning(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    quad = pick(quads, choice, "reasoning")
    return [q for q in quads if q != quad], {"Claim-reasoning"}


def say_derived(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    stated = [q for q in quads if q.predicate == rz("basis") and q.object == rz("stated")]
    quad = choice.choice(sorted(stated, key=str))
    return replace(quads, quad, rz("derived")), {"Claim-reasoning"}


def lose_held(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    quad = pick(quads, choice, "held", cls="SeatClaim")
    return [q for q in quads if q != quad], {"SeatClaim-held"}


def deny_seat(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    """The same lines say that a seat is held, and that it is not."""
    quad = pick(quads, choice, "held", cls="SeatClaim")
    again = ox.NamedNode(quad.subject.value + "-denied")
    own = [q for q in quads if q.subject == quad.subject and q != quad]
    opposite = ox.Literal("false" if quad.object.value == "true" else "true", datatype=quad.object.datatype)
    copied = [ox.Quad(again, q.predicate, q.object, q.graph_name) for q in own]
    return [*quads, *copied, ox.Quad(again, quad.predicate, opposite, quad.graph_name)], {"held-and-absent"}


def turn_relation(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    """Of two bodies each is said to be part of the other."""
    one_way = {"part-of", "reports-to", "drawn-under", "commissioned-by"}
    claims = {q.subject for q in quads if q.predicate == rz("relation") and slug_of(q.object.value) in one_way}
    resting = {q.object for q in quads if q.predicate == rz("restsOn")}
    quad = pick([q for q in quads if q.subject in claims - resting], choice, "toBody", cls="BodyRelationClaim")
    again = ox.NamedNode(quad.subject.value + "-turned")
    turned = {rz("fromBody"): rz("toBody"), rz("toBody"): rz("fromBody")}
    own = [q for q in quads if q.subject == quad.subject]
    copied = [ox.Quad(again, turned.get(q.predicate, q.predicate), q.object, q.graph_name) for q in own]
    return [*quads, *copied], {"relation-both-ways"}


def relate_to_itself(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    quad = pick(quads, choice, "toBody", cls="BodyRelationClaim")
    own = next(q.object for q in quads if q.subject == quad.subject and q.predicate == rz("fromBody"))
    return replace(quads, quad, own), {"BodyRelationClaim-toBody"}


def break_date(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    quad = pick(quads, choice, "begin", "end", "when", "asOf")
    name = slug_of(quad.predicate.value)
    text = choice.choice(["2024-13", "2023-02-30", "Q1 2024", "20240114", ""])
    rule = f"{class_of(quads, quad.subject)}-when" if name == "when" else f"Claim-{name}"
    return replace(quads, quad, ox.Literal(text, datatype=term("edtf:EDTF"))), {rule}


def mistype_year(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    quad = pick(quads, choice, "begin", "end", "when", "asOf")
    text = choice.choice(["9", "1"]) + quad.object.value[:3] + quad.object.value[4:]
    return replace(quads, quad, ox.Literal(text, datatype=term("edtf:EDTF"))), {
        "Time-year", "period-reversed", "interval-reversed", "outside-life-of-body", "seat-after-end-of-body",
        "event-not-yet", "due-before-made", "status-before-promise",
    }  # fmt: skip


def describe_twice(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    names = [q for q in quads if q.predicate == term("skos:prefLabel") and "/register/" in q.graph_name.value]
    quad = choice.choice(sorted(names, key=str))
    others = {q.graph_name for q in quads if "/register/" in q.graph_name.value} - {quad.graph_name}
    other = choice.choice(sorted(others, key=str))
    copied = [ox.Quad(q.subject, q.predicate, q.object, other) for q in quads if q.subject == quad.subject]
    return [*quads, *copied], {"described-twice"}


def share_name(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    names = [q for q in quads if q.predicate == term("skos:prefLabel") and "/register/bodies" in q.graph_name.value]
    quad = choice.choice(sorted(names, key=str))
    rivals = [q for q in names if q.subject != quad.subject and q.object.language == quad.object.language]
    return replace(quads, choice.choice(sorted(rivals, key=str)), quad.object), {"same-name"}


def forget_reason(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    reasons = [
        q
        for q in quads
        if q.predicate in (rz("reason"), rz("message")) and q.graph_name.value.endswith("data/judgements")
    ]
    quad = choice.choice(sorted(reasons, key=str))
    owner = "Finding-message" if quad.predicate == rz("message") else "Judgement-reason"
    return [q for q in quads if q != quad], {f"{owner}-{quad.object.language}"}


def unsupport_finding(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    quad = choice.choice(sorted((q for q in quads if q.predicate == rz("restsOn")), key=str))
    return replace(quads, quad, ox.NamedNode(quad.object.value + "x")), {"Finding-restsOn"}


def add_stranger(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    """Somebody stands in the register whom no document names."""
    person = choice.choice(sorted(list_people(quads), key=str))
    stranger = ox.NamedNode(person.value + "-the-other")
    own = [q for q in quads if q.subject == person]
    copied = [
        ox.Quad(stranger, q.predicate, rename(q.object) if isinstance(q.object, ox.Literal) else q.object, q.graph_name)
        for q in own
    ]
    return [*quads, *copied], {"never-named"}


def rename(name: ox.Literal) -> ox.Literal:
    text = name.value + " jr."
    return ox.Literal(text, language=name.language) if name.language else ox.Literal(text)


def change_digit(text: str, choice: random.Random) -> str:
    """One digit of a figure is another; the first never becomes a nought, so that it stays a figure of its size."""
    places = [number for number, sign in enumerate(text) if sign.isdigit()]
    place = choice.choice(places)
    digits = "123456789" if place == places[0] else "0123456789"
    return text[:place] + choice.choice([digit for digit in digits if digit != text[place]]) + text[place + 1 :]


def change_amount(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    """One digit of an amount in euro is wrong."""
    quad = pick(quads, choice, "amount", cls="AmountClaim")
    changed = ox.Literal(change_digit(quad.object.value, choice), datatype=quad.object.datatype)
    return replace(quads, quad, changed), {"AmountClaim-as-written"}


def change_amount_text(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    """One digit of an amount as written is wrong."""
    figures = [q for q in quads if q.predicate == rz("amountText") and any(sign.isdigit() for sign in q.object.value)]
    quad = choice.choice(sorted(figures, key=str))
    return replace(quads, quad, ox.Literal(change_digit(quad.object.value, choice))), {"AmountClaim-in-fragment"}


def change_sum(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    """The cell of a total is mistyped throughout: amount, amount as written and fragment agree with each other."""
    totals = {
        q.subject for q in quads if q.predicate == rz("kind") and slug_of(q.object.value) in ("total", "subtotal")
    }
    quad = pick([q for q in quads if q.subject in totals], choice, "amount", cls="AmountClaim")
    own = {q.predicate: q for q in quads if q.subject == quad.subject}
    text, fragment = own[rz("amountText")], own[rz("fragment")]
    written = change_digit(text.object.value, choice)
    number = "".join(sign for sign in written if sign.isdigit() or sign == "-")
    for old, new in (
        (quad, ox.Literal(number, datatype=quad.object.datatype)),
        (text, ox.Literal(written)),
        (fragment, ox.Literal(fragment.object.value.replace(text.object.value, written))),
    ):
        quads = replace(quads, old, new)
    return quads, {"Claim-fragment-in-lines"}


def drop_phase(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    quad = pick(quads, choice, "phase", cls="AmountClaim")
    return [q for q in quads if q != quad], {"AmountClaim-phased"}


def lose_payer(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    """Who pays or receives does not exist."""
    quad = pick(quads, choice, "payer", "receiver", cls="AmountClaim")
    rule = f"AmountClaim-{slug_of(quad.predicate.value)}"
    return replace(quads, quad, ox.NamedNode(quad.object.value + "x")), {rule}


def move_cell(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    """A cell is said to stand in another column of its table."""
    columns = {q.object for q in quads if q.predicate == rz("column")}
    tables = Counter(column.value.rpartition(".")[0] for column in columns)
    wide = [q for q in quads if q.predicate != rz("column") or tables[q.object.value.rpartition(".")[0]] > 1]
    quad = pick(wide, choice, "column", cls="AmountClaim")
    table = quad.object.value.rpartition(".")[0]
    others = [column for column in columns if column != quad.object and column.value.rpartition(".")[0] == table]
    moved = replace(quads, quad, choice.choice(sorted(others, key=str)))
    return moved, {"cell-twice", "column-of-two-phases", "difference-against-column"}


def turn_flow(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    """A whole is said to be part of its own part."""
    flows = {q.subject for q in quads if q.predicate == term("rdf:type") and q.object in (rz("Flow"), rz("Budget"))}
    links = [q for q in quads if q.predicate in (rz("partOf"), rz("passedOnFrom")) and q.subject in flows]
    quad = choice.choice(sorted(links, key=str))
    return [*quads, ox.Quad(quad.object, quad.predicate, quad.subject, quad.graph_name)], {"flow-of-itself"}


# ── Programmes, promises, figures, happenings, references, abbreviations ──────


def only(quads: Quads, wanted: Callable[[Quads], bool]) -> Quads:
    """The quads of the claims whose own quads are wanted."""
    own: dict[object, Quads] = {}
    for quad in quads:
        own.setdefault(quad.subject, []).append(quad)
    return [quad for group in own.values() if wanted(group) for quad in group]


def has(name: str, value: ox.NamedNode | None = None) -> Callable[[Quads], bool]:
    """Tell whether a claim has a property, with a value if one is given."""
    return lambda own: any(q.predicate == rz(name) and value in (None, q.object) for q in own)


def change_letter(text: str) -> str:
    """The first letter or figure of a text is another."""
    place = next(number for number, sign in enumerate(text) if sign.isalnum())
    return text[:place] + ("7" if text[place] != "7" else "8") + text[place + 1 :]


def change_words(
    quads: Quads, choice: random.Random, cls: str, name: str, among: Quads | None = None
) -> tuple[Quads, set[str]]:
    quad = pick(among or quads, choice, name, cls=cls)
    return replace(quads, quad, ox.Literal(change_letter(quad.object.value))), {"words-in-fragment"}


def change_abbreviation(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    return change_words(quads, choice, "AbbreviationClaim", "abbreviation")


def change_expansion(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    return change_words(quads, choice, "AbbreviationClaim", "expansion")


def change_url(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    return change_words(quads, choice, "DocumentReferenceClaim", "url")


def change_title(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    stated = only(quads, has("basis", rz("stated")))
    return change_words(quads, choice, "DocumentReferenceClaim", "title", stated)


def change_value(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    """One digit of a figure, or of a promised quantity, is wrong."""
    figures = only(quads, lambda own: any(q.predicate == rz("valueText") and q.object.value[0].isdigit() for q in own))
    quad = pick(figures, choice, "value", "quantity")
    changed = ox.Literal(change_digit(quad.object.value, choice), datatype=quad.object.datatype)
    return replace(quads, quad, changed), {"Claim-value-as-written"}


def change_value_text(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    """One digit of a figure as written is wrong."""
    figures = [q for q in quads if q.predicate == rz("valueText") and any(sign.isdigit() for sign in q.object.value)]
    quad = choice.choice(sorted(figures, key=str))
    changed = replace(quads, quad, ox.Literal(change_digit(quad.object.value, choice)))
    return changed, {"Claim-value-in-fragment", "Claim-value-as-written"}


def change_unit(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    quad = pick(quads, choice, "unit", cls="ObservationClaim")
    units = {q.object for q in quads if q.predicate == rz("unit")} - {quad.object}
    return replace(quads, quad, choice.choice(sorted(units, key=str))), {"unit-of-indicator"}


def doubt_area(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    quad = pick(quads, choice, "area", cls="ObservationClaim")
    return [*quads, ox.Quad(quad.subject, rz("possibleArea"), quad.object, quad.graph_name)], {
        "ObservationClaim-one-area"
    }


def repeat_figure(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    """A figure is read twice, the second time with a remark."""
    certain = only(quads, lambda own: not has("possibleArea")(own))
    quad = pick(certain, choice, "value", cls="ObservationClaim")
    again = ox.NamedNode(quad.subject.value + "-again")
    copied = [ox.Quad(again, q.predicate, q.object, q.graph_name) for q in quads if q.subject == quad.subject]
    return quads + copied, {"observation-twice"}


def turn_range(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    upper = pick(quads, choice, "valueTo")
    lower = next(q for q in quads if q.subject == upper.subject and q.predicate in (rz("value"), rz("quantity")))
    return replace(replace(quads, upper, lower.object), lower, upper.object), {"range-reversed"}


def rename_programme(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    quad = pick(quads, choice, "nameAsWritten", cls="ProgrammeClaim")
    return replace(quads, quad, ox.Literal(change_letter(quad.object.value))), {"name-in-fragment"}


def swap_programme(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    """A name as written stands at another programme than the one that is called so."""
    named = only(quads, has("nameAsWritten"))
    quad = pick(named, choice, "programme", cls="ProgrammeClaim")
    own = [q for q in quads if q.subject == quad.subject]
    written = next(q.object.value.lower() for q in own if q.predicate == rz("nameAsWritten"))
    called = {q.subject for q in quads if isinstance(q.object, ox.Literal) and q.object.value.lower() == written}
    others = {q.object for q in quads if q.predicate == rz("programme")} - called - {quad.object}
    return replace(quads, quad, choice.choice(sorted(others, key=str))), {"name-not-in-register"}


def nest_programme(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    """A whole is said to be part of its own part."""
    quad = pick(quads, choice, "partOf", cls="ProgrammeClaim")
    turned = {rz("programme"): rz("partOf"), rz("partOf"): rz("programme"), rz("nameAsWritten"): None}
    again = ox.NamedNode(quad.subject.value + "-turned")
    own = [(turned.get(q.predicate, q.predicate), q.object) for q in quads if q.subject == quad.subject]
    copied = [ox.Quad(again, name, value, quad.graph_name) for name, value in own if name]
    return [*quads, *copied], {"programme-of-itself"}


def enclose_programme(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    """A programme is said to be part of itself, to follow itself or to lean on itself."""
    quad = pick(quads, choice, "partOf", "succeeds", "leansOn", cls="ProgrammeClaim")
    own = next(q.object for q in quads if q.subject == quad.subject and q.predicate == rz("programme"))
    return replace(quads, quad, own), {"programme-of-itself"}


def lose_thing(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    """What a claim is about does not exist."""
    quad = pick(quads, choice, "programme", "commitment", "indicator", "event", "reference", "by", "participant")
    rule = f"{class_of(quads, quad.subject)}-{slug_of(quad.predicate.value)}"
    return replace(quads, quad, ox.NamedNode(quad.object.value + "x")), {rule}


def take_status_of_other_list(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    quad = pick(quads, choice, "status", "urlMark", "bound", "unit")
    return replace(quads, quad, rz("stated")), {f"{class_of(quads, quad.subject)}-{slug_of(quad.predicate.value)}"}


def forget_participant(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    nowhere = only(quads, lambda own: not has("place")(own))
    quad = pick(nowhere, choice, "party", "body", "office", cls="ParticipationClaim")
    return [q for q in quads if q != quad], {"ParticipationClaim-who"}


def forget_promise(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    """Nobody made the commitment a document reports on."""
    commitment = pick(quads, choice, "commitment", cls="CommitmentStatusClaim").object
    promises = {q.subject for q in quads if q.object == rz("CommitmentClaim")}
    made = {q.subject for q in quads if q.object == commitment and q.subject in promises}
    return [q for q in quads if q.subject not in made], {"status-without-promise"}


def report_too_early(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    promises = {q.subject for q in quads if q.object == rz("CommitmentClaim")}
    made = {(q.object, q.graph_name) for q in quads if q.subject in promises and q.predicate == rz("commitment")}
    elsewhere = only(
        quads, lambda own: not any(q.predicate == rz("commitment") and (q.object, q.graph_name) in made for q in own)
    )
    quad = pick(elsewhere, choice, "commitment", cls="CommitmentStatusClaim")
    rest = [q for q in quads if q.subject != quad.subject or q.predicate != rz("asOf")]
    early = ox.Literal("1990", datatype=term("edtf:EDTF"))
    return [*rest, ox.Quad(quad.subject, rz("asOf"), early, quad.graph_name)], {"status-before-promise"}


def promise_too_late(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    """A commitment is due before it was made."""
    quad = pick(quads, choice, "due", cls="CommitmentClaim")
    rest = [q for q in quads if q.subject != quad.subject or q.predicate != rz("when")]
    late = ox.Literal("2150", datatype=term("edtf:EDTF"))
    return [*rest, ox.Quad(quad.subject, rz("when"), late, quad.graph_name)], {"due-before-made"}


def happen_later(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    """What took place lies after the document that says so."""
    took_place = ox.NamedNode("https://w3id.org/rzgraph/id/status/took-place")
    quad = pick(only(quads, has("status", took_place)), choice, "when", cls="EventClaim")
    return replace(quads, quad, ox.Literal("2150", datatype=term("edtf:EDTF"))), {"event-not-yet"}


def lose_address(quads: Quads, choice: random.Random) -> tuple[Quads, set[str]]:
    quad = pick(only(quads, has("urlMark")), choice, "url", cls="DocumentReferenceClaim")
    return [q for q in quads if q != quad], {"DocumentReferenceClaim-marked"}


Fault = Callable[[Quads, random.Random], tuple[Quads, set[str]]]
FAULTS: tuple[Fault, ...] = (
    change_sign, drop_evidence, drop_fragment, drop_body, dangle, misspell_property, misspell_class, shift_lines,
    reverse_dates, repeat_claim, move_to_other_document, swap_person, end_body_early, drop_language,
    crown_second_chair, swap_entity, change_name, take_code_of_other_list, reverse_lines, move_by_a_page,
    drop_reasoning, say_derived, lose_held, deny_seat, turn_relation, relate_to_itself, break_date, mistype_year,
    describe_twice, share_name, forget_reason, unsupport_finding, add_stranger, change_amount, change_amount_text,
    change_sum, drop_phase, lose_payer, move_cell, turn_flow, change_abbreviation, change_expansion, change_url,
    change_title, change_value, change_value_text, change_unit, doubt_area, repeat_figure, turn_range,
    rename_programme, swap_programme, nest_programme, enclose_programme, lose_thing, take_status_of_other_list,
    forget_participant, forget_promise, report_too_early, promise_too_late, happen_later, lose_address,
)  # fmt: skip


def try_fault(fault: Fault, seed: int, quads: Quads, project: Project) -> tuple[set[str], set[str]]:
    """Put one fault into a copy of the quads, and return the rules that report it and the rules meant to."""
    spoilt, rules = fault(quads, random.Random(f"{fault.__name__} {seed}"))
    store = ox.Store()
    store.extend(spoilt)
    add_facts(store, project)
    return {finding.rule for finding in check_store(store, project) if finding.about == "data"}, rules


@lru_cache(maxsize=1)
def _load(data: Path | None) -> tuple[Project, Quads]:
    project = load_project(data)
    return project, sorted(load_store(project), key=str)


def _try_numbered(number: int, data: Path | None) -> tuple[str, int, str]:
    fault, seed = FAULTS[number % len(FAULTS)], number // len(FAULTS)
    project, quads = _load(data)
    found, rules = try_fault(fault, seed, quads, project)
    return fault.__name__, seed, "meant" if found & rules else "other" if found else "missed"


def main() -> int:
    """Try faults and print per kind how many were found; 1 when fewer than 95 in 100 were found as meant."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=100, help="how many faults")
    parser.add_argument("--data", type=Path, help="data folder; else the project's own")
    parser.add_argument("--jobs", type=int, default=2, help="how many at a time")
    options = parser.parse_args()
    tally: Counter[tuple[str, str]] = Counter()
    with ProcessPoolExecutor(options.jobs) as pool:
        data = [options.data] * options.count
        for name, seed, state in pool.map(_try_numbered, range(options.count), data, chunksize=len(FAULTS)):
            tally[name, state] += 1
            if state != "meant":
                print(f"{state}: {name}, seed {seed}", file=sys.stderr, flush=True)
    for fault in FAULTS:
        states = [tally[fault.__name__, state] for state in ("meant", "other", "missed")]
        print(f"{fault.__name__:26} {states[0]:5} as meant {states[1]:4} otherwise {states[2]:4} missed")
    meant = sum(count for (_, state), count in tally.items() if state == "meant")
    missed = sum(count for (_, state), count in tally.items() if state == "missed")
    print(f"{options.count} faults: {options.count - missed} found, {meant} by the rule meant for them")
    return int(meant < 0.95 * options.count)


if __name__ == "__main__":
    sys.exit(main())
