"""What boxes and links of the governance drawing say: their lines of text, their titles, their standing.

A box names its body, the level it works at, and, when it is not confirmed on the day, when it was last attested. Links
of one relation to one body above share a line of text.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import accumulate

from rzgraph.dates import format_edtf
from rzgraph.diagrams.boxes import Link
from rzgraph.diagrams.lettering import fold_text, measure_text
from rzgraph.diagrams.networks import Governance
from rzgraph.diagrams.template import find_address
from rzgraph.labels import Labels
from rzgraph.messages import message
from rzgraph.namespaces import NS, slug_of

LAST_KNOWN, DERIVED = NS + "last-known", NS + "derived"

#: The width of every box, and the space between its outline and its text.
BOX_WIDTH = 158.0
_INSET = 5.5
#: Size of type, and height of a line, of each class of text in a box.
SIZES = {"name": 13.0, "level": 11.0, "mark": 11.0}
PITCH = {"name": 15.5, "level": 13.5, "mark": 13.5}
#: The size of the texts of links, and how wide they may run.
LINK_SIZE, _LINK_WIDTH = 11.0, 126.0
#: The space between a line and its label.
LINK_GAP = 4.0


@dataclass(frozen=True)
class BoxText:
    """What a box says.

    Attributes
    ----------
    slug
        The short name of what the box stands for.
    lines
        The lines of text with the class of each: ``name``, ``level`` or ``mark``.
    title
        The sentence that names the box.
    standing
        ``confirmed`` or ``last-known``.
    href
        Where the box leads to, if anywhere.
    """

    slug: str
    lines: tuple[tuple[str, str], ...]
    title: str
    standing: str
    href: str | None

    @property
    def height(self) -> float:
        """The height a box needs for its lines."""
        return sum(PITCH[kind] for kind, _ in self.lines) + 2 * _INSET

    @property
    def set_lines(self) -> list[tuple[str, str, float]]:
        """Each line with its class and the height of its baseline in the box."""
        feet = accumulate(PITCH[kind] for kind, _ in self.lines)
        return [(kind, text, _INSET + foot - 4.0) for (kind, text), foot in zip(self.lines, feet, strict=True)]


@dataclass(frozen=True)
class LinkText:
    """What a link says: the lines of its label, the sentences that name it, and whether it is derived."""

    lines: tuple[str, ...]
    title: str
    derived: bool


def caption_box(
    governance: Governance, iri: str, labels: Labels, lang: str, link: Callable[[str], str | None] | None
) -> BoxText:
    """Return what the box of a body says; `link` gives the address of its page."""
    data = governance.graph.nodes[iri]
    name, standing, day = labels.label(iri, lang), slug_of(data["standing"]), data["last_attested"]
    said = {"name": name, "level": labels.label(data["level"], lang) if data["level"] else ""}
    if data["standing"] == LAST_KNOWN:
        # The box gives the month; the exact day, and any doubt about it, stands in the title and in the twin.
        said["mark"] = message("draw.last-known-short", lang, day=format_edtf(day[:7], lang))
    lines = [(kind, line) for kind, text in said.items() for line in fold_text(text, BOX_WIDTH - 14, SIZES[kind], lang)]
    title = message(
        "draw.box-title",
        lang,
        body=name,
        line=title_of_line(data["line"], labels, lang),
        standing=message(f"draw.{standing}", lang, day=format_edtf(day, lang)),
    )
    return BoxText(slug_of(iri), tuple(lines), title, standing, find_address(link, iri))


def title_of_line(line: str, labels: Labels, lang: str) -> str:
    """Return the name of a governance line, or the words for none."""
    title = labels.label(line, lang) if line else message("draw.no-line", lang)
    return title[:1].upper() + title[1:]


def caption_links(
    governance: Governance, panel_of: Mapping[str, str], labels: Labels, lang: str
) -> tuple[list[Link], dict[str, LinkText]]:
    """Return the links of a drawing, and what each says by its name.

    Relations to one body above are one link when they are the same relation, equally well known, and the bodies below
    stand in one panel.
    """
    nodes = governance.graph.nodes
    groups: dict[tuple[str, ...], list[str]] = {}
    for source, target, relation, data in sorted(governance.graph.edges(keys=True, data=True), key=lambda e: e[:3]):
        upward = data["above"] == target
        above, below = (target, source) if upward else (source, target)
        # Where both bodies are confirmed and only their relation is not, the link says so itself.
        faded = data["standing"] == LAST_KNOWN not in (nodes[above]["standing"], nodes[below]["standing"])
        mark = message("draw.last-known", lang, day=format_edtf(data["last_attested"], lang)) if faded else ""
        key = (above, relation, data["basis"], "up" if upward else "down", mark, panel_of[below])
        groups.setdefault(key, []).append(below)
    links, texts = [], {}
    for number, ((above, relation, basis, way, mark, _), below) in enumerate(groups.items(), start=1):
        label = labels.label(relation, lang)
        lines = [line for text in (label, mark) for line in fold_text(text, _LINK_WIDTH, LINK_SIZE, lang)]
        pairs = [(iri, above) if way == "up" else (above, iri) for iri in below]
        named = [f"{labels.label(a, lang)} {label} {labels.label(b, lang)}" for a, b in pairs]
        title = message(f"draw.link-{slug_of(basis)}", lang, relations="; ".join(named))
        name = f"link {number:03}"
        width = max(measure_text(line, LINK_SIZE) for line in lines) + 2 * LINK_GAP
        links.append(Link(name, above, tuple(below), width, PITCH["level"] * len(lines), way == "up", slug_of(basis)))
        texts[name] = LinkText(tuple(lines), title, basis == DERIVED)
    return links, texts
