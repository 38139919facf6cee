"""The templates of the drawings: ``site/templates/drawings/*.svg`` filled in, every text escaped, every number short.

What all drawings share stands here: the words around one, its legend, and the writing of points.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader

from rzgraph.diagrams.boxes import Point
from rzgraph.diagrams.lettering import measure_text
from rzgraph.diagrams.routing import MARGIN
from rzgraph.queries import Answer

#: Size of type of a legend, and height of its rows.
LEGEND_SIZE, LEGEND_ROW = 12, 25.0
#: Gives the address of a thing's page, or None.
Link = Callable[[str], str | None]
FAMILIES = "DejaVu Sans, Verdana, Open Sans, Liberation Sans, Arial, sans-serif"


@dataclass(frozen=True)
class Words:
    """The words around a drawing: title, a line of counts, description, legend by kind, language, prefix of ids."""

    title: str
    counts: str
    description: str
    legend: Mapping[str, str]
    lang: str
    prefix: str


@dataclass(frozen=True)
class Drawing:
    """A drawing and what stands for it where it cannot be seen.

    Attributes
    ----------
    svg
        The drawing; to be set in a page as it is.
    rows
        The text twin: the same in rows, with the evidence.
    title, description
        What the drawing shows, in one line and in a few sentences.
    """

    svg: str
    rows: Answer
    title: str
    description: str


def render_template(folder: Path, name: str, **values: object) -> str:
    """Return a template of a drawing filled in.

    Parameters
    ----------
    folder
        The folder of the templates.
    name
        The name of the template.
    values
        What the template uses; texts are escaped, numbers rounded to tenths.
    """
    return _environment(folder).get_template(name).render(families=FAMILIES, **values)


@lru_cache(maxsize=4)
def _environment(folder: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, trim_blocks=True, lstrip_blocks=True, finalize=_finalize
    )
    environment.filters["corners"] = write_points
    return environment


def _finalize(value: object) -> object:
    """Round numbers to tenths, and take out of texts the characters that XML does not allow."""
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    if isinstance(value, str) and not value.isprintable():
        return type(value)("".join(" " if unicodedata.category(sign) in ("Cc", "Cs", "Cn") else sign for sign in value))
    return value


def find_address(link: Link | None, iri: str) -> str | None:
    """Return where a thing leads to, if anywhere; an address that is not of the web is left out."""
    href = link(iri) if link else None
    return href if href is not None and urlsplit(href).scheme in ("", "http", "https") else None


def write_points(points: Sequence[Point]) -> str:
    """Return points as SVG writes them."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def place_legend(legend: Mapping[str, str], width: float) -> list[tuple[float, float, str, str]]:
    """Return the entries of a legend with their places in rows of a width: left, foot, kind, text."""
    placed: list[tuple[float, float, str, str]] = []
    x, y = MARGIN, 14.0
    for kind, text in legend.items():
        needed = 42 + measure_text(text, LEGEND_SIZE)
        if placed and x + needed > width - MARGIN:
            x, y = MARGIN, y + LEGEND_ROW
        placed.append((x, y, kind, text))
        x += needed + 24
    return placed
