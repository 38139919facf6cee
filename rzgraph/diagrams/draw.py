"""Drawings to files: what can be drawn, in which formats, and the way from words of a command line to bytes.

A format that a drawing does not have is refused in one line that names those it has.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from pathlib import Path
from typing import TextIO

from pyoxigraph import Store

from rzgraph.answers.names import resolve_entity
from rzgraph.answers.parameters import read_day
from rzgraph.answers.tables import write_answer
from rzgraph.diagrams.books import BUDGETS, draw_bars, draw_flows, find_period, find_phase, open_books
from rzgraph.diagrams.books import CENTRES as MONEY_CENTRES
from rzgraph.diagrams.ego import draw_ego
from rzgraph.diagrams.egoformats import write_ego
from rzgraph.diagrams.events import draw_timeline
from rzgraph.diagrams.governance import draw_governance, write_governance
from rzgraph.diagrams.matrix import draw_seats
from rzgraph.diagrams.raster import render_png
from rzgraph.diagrams.seats import Choice
from rzgraph.diagrams.streams import MixedError
from rzgraph.diagrams.structure import draw_structure, write_structure
from rzgraph.diagrams.template import Drawing
from rzgraph.diagrams.ties import CENTRES, pick_ego, read_ties
from rzgraph.diagrams.tiles import draw_tiles
from rzgraph.diagrams.timeline import draw_lives
from rzgraph.diagrams.trees import build_trees, read_claims
from rzgraph.errors import InputError, UsageError
from rzgraph.facts import open_store
from rzgraph.labels import Labels, load_labels
from rzgraph.messages import message
from rzgraph.queries import read_question
from rzgraph.settings import Project

_PICTURES, _GRAPHS, _TABLE = (".svg", ".png"), (".dot", ".mmd", ".graphml", ".gexf"), (".csv",)
#: What can be drawn, and the formats of each.
FORMATS = {
    "governance": _PICTURES + _GRAPHS + _TABLE,
    "seats": _PICTURES + _TABLE,
    "lives": _PICTURES + _TABLE,
    "programmes": _PICTURES + _GRAPHS + _TABLE,
    "timeline": _PICTURES + _TABLE,
    "map": _PICTURES + _TABLE,
    "network": _PICTURES + _GRAPHS + _TABLE,
    "money": _PICTURES + _TABLE,
    "budget": _PICTURES + _TABLE,
}
#: What is drawn around one thing.
_AROUND = ("network", "money", "budget", "map")
# The query that gives the columns of the text twin their names.
_TWINS = {
    "governance": ("governance-nodes", "governance-edges"),
    "seats": ("seats-cells",),
    "lives": ("lives-attestations", "lives-changes"),
    "programmes": ("programmes-claims",),
    "timeline": ("timeline-events",),
    "map": ("map-observations",),
    "network": ("network-facts",),
    "money": ("money-amounts",),
    "budget": ("money-amounts", "budget-cells"),
}


@dataclass(frozen=True)
class Wish:
    """What somebody wants drawn.

    Attributes
    ----------
    what
        One of `FORMATS`.
    entity
        What stands in the middle, by IRI, slug or name: the person, party or body of a network, the flow or programme
        of money, the table or flow of a budget, the indicator of a map; the programme at the top of a tree, if one is
        asked for.
    at
        The day; else the last day the documents attest, and for life lines none.
    internal
        Whether bodies inside one organisation take part in the governance.
    narrowed
        Lines, bodies and parties to which seats are narrowed, by kind: ``line``, ``body`` and ``party``.
    phase, period
        The phase and period of the money; where there is one only, it may be left out.
    whole
        Whether the parts of what is drawn as a whole are left out.
    """

    what: str
    entity: str | None = None
    at: str | None = None
    internal: bool = True
    narrowed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    phase: str | None = None
    period: str | None = None
    whole: bool = False


def run_draw(project: Project, wish: Wish, lang: str, output: Path, stream: TextIO) -> int:
    """Draw to a file whose ending tells the format, and return the exit code.

    Parameters
    ----------
    wish
        What is drawn.
    output
        The file to write.
    stream
        Where the name of the written file goes.

    Raises
    ------
    UsageError
        When subject, thing, day, option or format are not among the possible ones.
    NotFoundError
        When nothing answers to a name.
    InputError
        When the file cannot be written, or something the drawing needs is missing.
    """
    form = output.suffix.lower()
    _check_wish(wish, form, lang, output)
    store = open_store(project)
    labels = load_labels(store)
    content = _make(project, store, labels, wish, lang, form)
    try:
        output.write_bytes(content)
    except OSError as error:
        raise InputError(message("draw.not-written", lang, file=output, reason=error.strerror)) from None
    stream.write(f"{output}\n")
    return 0


def _check_wish(wish: Wish, form: str, lang: str, output: Path) -> None:
    if wish.what not in FORMATS:
        raise UsageError(message("draw.subjects", lang, what=wish.what, subjects=", ".join(FORMATS)))
    if form not in FORMATS[wish.what]:
        formats = " ".join(FORMATS[wish.what])
        raise UsageError(message("draw.formats", lang, file=output, what=wish.what, formats=formats))
    if wish.what != "programmes" and (wish.what in _AROUND) != (wish.entity is not None):
        key = "draw.entity-needed" if wish.what in _AROUND else "draw.no-entity"
        raise UsageError(message(key, lang, what=wish.what))
    given = {f"--{name}": "seats" for name, texts in wish.narrowed.items() if texts}
    if not wish.internal:
        given["--without-internal"] = "governance"
    money = {"--phase": wish.phase, "--period": wish.period, "--whole": wish.whole}
    given |= {option: "money" for option, value in money.items() if value}
    for option, subject in given.items():
        if subject != wish.what:
            raise UsageError(message("draw.option", lang, option=option, subject=subject))


def _make(project: Project, store: Store, labels: Labels, wish: Wish, lang: str, form: str) -> bytes:
    """Return a drawing in a format."""
    day = read_day(store, wish.at, lang)
    if wish.what == "network":
        centre = resolve_entity(store, wish.entity or "", CENTRES, lang).value
        ego = pick_ego(read_ties(store, project, day), centre)
        if form in _GRAPHS:
            return write_ego(ego, labels, lang, draw_ego(ego, project, labels, lang).title, form)
        drawing = draw_ego(ego, project, labels, lang)
    elif wish.what == "governance":
        if form in _GRAPHS:
            return write_governance(store, project, labels, day, lang, form, wish.internal)
        drawing = draw_governance(store, project, labels, day, lang, internal=wish.internal)
    elif wish.what == "programmes":
        root = resolve_entity(store, wish.entity, ["programme"], lang).value if wish.entity else ""
        claims = read_claims(store, project, day)
        drawing = draw_structure(claims, project, labels, day, lang, root=root)
        if form in _GRAPHS:
            return write_structure(build_trees(claims, root), labels, lang, drawing.title, form)
    else:
        drawing = _draw_flat(project, store, labels, wish, lang, day)
    writers: dict[str, Callable[[], bytes]] = {
        ".svg": drawing.svg.encode,
        ".png": lambda: render_png(drawing.svg),
        ".csv": lambda: _write_twin(project, drawing, labels, wish.what, lang),
    }
    return writers[form]()


def _draw_flat(project: Project, store: Store, labels: Labels, wish: Wish, lang: str, day: date) -> Drawing:
    """Return a drawing that is no network: the seat matrix, life lines, the timeline, a map, money or a budget."""
    if wish.what in ("money", "budget"):
        books = open_books(store, project, day, known_only=wish.at is not None)
        kinds = MONEY_CENTRES if wish.what == "money" else BUDGETS
        about = resolve_entity(store, wish.entity or "", kinds, lang).value
        if wish.what == "budget":
            return draw_bars(books, project, labels, about, lang)
        phase = find_phase(labels, wish.phase, lang) if wish.phase else None
        period = find_period(books.ledger, wish.period, lang) if wish.period else None
        try:
            return draw_flows(books, project, labels, about, lang, phase, period, wish.whole)
        except MixedError as refused:
            if refused.why == "nothing":
                raise
            hint = message(f"flows.hint-{refused.why}", lang, reason=refused.key)
            raise MixedError(hint, refused.why) from None
    if wish.what == "map":
        indicator = resolve_entity(store, wish.entity or "", ["indicator"], lang).value
        return draw_tiles(store, project, labels, indicator, day, lang)
    if wish.what == "timeline":
        return draw_timeline(store, project, labels, day, lang)
    if wish.what == "lives":
        return draw_lives(store, project, labels, lang, day if wish.at else None)
    found = {
        kind: [resolve_entity(store, text, [kind], lang).value for text in texts]
        for kind, texts in wish.narrowed.items()
    }
    choice = Choice(found.get("line", ()), found.get("body", ()), found.get("party", ()))
    return draw_seats(store, project, labels, day, lang, choice=choice)


def _write_twin(project: Project, drawing: Drawing, labels: Labels, what: str, lang: str) -> bytes:
    """Return the text twin of a drawing as CSV."""
    columns = {
        name: header
        for query in _TWINS[what]
        for name, header in read_question(project.queries / "networks" / f"{query}.rq").columns.items()
    }
    known = {name: columns.get(name, {}) for name in drawing.rows.columns}
    stream = StringIO(newline="")
    write_answer(drawing.rows, labels, lang, "csv", stream, known)
    return stream.getvalue().encode()
