"""Lists below a drawing: names under heads, running on in lines, so that what is not drawn is named all the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rzgraph.diagrams.lettering import fold_text, measure_text
from rzgraph.diagrams.routing import MARGIN

_SIZE, _PITCH, _TITLE = 12.0, 17.0, 15.0


Name = tuple[str, str | None]


@dataclass(frozen=True)
class Run:
    """A line of a list: its place, and its names, each with where it leads."""

    x: float
    y: float
    names: tuple[Name, ...]


@dataclass(frozen=True)
class List:
    """A list: its title, the heads of its parts with their places, its lines, and where it ends."""

    title: tuple[tuple[float, str], ...]
    heads: tuple[tuple[float, str], ...]
    runs: tuple[Run, ...]
    foot: float


def place_list(
    title: str, parts: Mapping[str, Sequence[Name]], width: float, top: float, lang: str, heads_width: float = 190.0
) -> List:
    """Return a list with the place of everything in it.

    Parameters
    ----------
    title
        What the list is of.
    parts
        The head of each part to its names, each with where it leads.
    width
        The width of the drawing.
    top
        Where the list begins.
    lang
        The language in which texts are broken.
    heads_width
        The width of the heads of the parts.
    """
    lines = fold_text(title, width - 2 * MARGIN, _TITLE, lang, bold=True)
    titles = tuple((top + 16.0 + 19.0 * number, line) for number, line in enumerate(lines))
    y = titles[-1][0] + 24.0
    heads: list[tuple[float, str]] = []
    runs: list[Run] = []
    for head, names in parts.items():
        folded = fold_text(head, heads_width - 16.0, _SIZE, lang, bold=True)
        heads += [(y + _PITCH * number, line) for number, line in enumerate(folded)]
        set_lines = _set_lines(names, width - 2 * MARGIN - heads_width)
        runs += [Run(MARGIN + heads_width, y + _PITCH * number, line) for number, line in enumerate(set_lines)]
        y += _PITCH * max(len(folded), len(set_lines)) + 4.0
    return List(titles, tuple(heads), tuple(runs), y - _PITCH)


def _set_lines(names: Sequence[Name], width: float) -> list[tuple[Name, ...]]:
    """Return names in lines no wider than a width."""
    lines: list[list[Name]] = [[]]
    reach = 0.0
    for text, href in names:
        needed = measure_text(f"{text} · ", _SIZE)
        if lines[-1] and reach + needed > width:
            lines.append([])
            reach = 0.0
        lines[-1].append((text, href))
        reach += needed
    return [tuple(line) for line in lines]
