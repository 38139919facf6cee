"""What the seat matrix is made of when it is laid out: blocks of columns and rows, with the marks in their cells.

All lengths are points, y runs downwards.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """Seats of one cell that are drawn alike: their sign, standing and number, with the sentences that name them."""

    x: float
    y: float
    sign: str
    standing: str
    is_own: bool
    count: int
    title: str


@dataclass(frozen=True)
class Column:
    """A body of a block: its place, the lines of its name, how it stands, and where it leads."""

    x: float
    width: float
    lines: tuple[str, ...]
    slug: str
    title: str
    standing: str
    href: str | None


@dataclass(frozen=True)
class Group:
    """The columns of one line of governance: their place and the name above them."""

    x: float
    width: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """A row of a block: the head of a section, or a party with where it leads."""

    y: float
    text: str
    is_section: bool
    href: str | None = None


@dataclass(frozen=True)
class Block:
    """A part of the matrix with all its marks; heights count from its own top.

    `top` is where the rows begin, `header` the height of the names of the bodies above it.
    """

    y: float
    width: float
    height: float
    top: float
    header: float
    groups: tuple[Group, ...]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
