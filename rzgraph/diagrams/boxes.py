"""What a drawing is made of before it has words: boxes, links between them, panels, and where they stand.

All lengths are points, y runs downwards.
"""

from dataclasses import dataclass, field
from functools import cached_property

Point = tuple[float, float]
#: Left, top, width, height.
Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class Box:
    """A box and its size."""

    name: str
    width: float
    height: float


@dataclass(frozen=True)
class Link:
    """What joins one box above to boxes below by the same relation; those below stand in one panel.

    Attributes
    ----------
    name
        Unique within the drawing.
    width, height
        The size of the label.
    upward
        Whether the relation points to the box above.
    style
        A word by which the drawing tells kinds of links apart.
    """

    name: str
    above: str
    below: tuple[str, ...]
    width: float
    height: float
    upward: bool
    style: str

    @property
    def trunk(self) -> str:
        """What links of one box have in common where they leave its panel together."""
        return f"{self.above} {self.style} {'up' if self.upward else 'down'}"


@dataclass(frozen=True)
class Panel:
    """Boxes that are laid out together, and the links that touch them; a link may have its upper box elsewhere."""

    name: str
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]

    def holds(self, name: str) -> bool:
        """Tell whether a box stands in this panel."""
        return any(box.name == name for box in self.boxes)

    @cached_property
    def linked(self) -> list[Box]:
        """The boxes that a link of the panel touches."""
        touched = {name for link in self.links for name in (link.above, *link.below)}
        return [box for box in self.boxes if box.name in touched]

    @cached_property
    def loose(self) -> list[Box]:
        """The boxes that no link touches."""
        linked = {box.name for box in self.linked}
        return [box for box in self.boxes if box.name not in linked]


@dataclass(frozen=True)
class Curve:
    """A line of a link: the points of a Bézier curve, and the points of its arrow head, if it has one."""

    link: str
    points: tuple[Point, ...]
    head: tuple[Point, ...] = ()


@dataclass
class PanelLayout:
    """Where everything stands in a panel.

    Attributes
    ----------
    boxes
        By name.
    frames
        By the name of the link that holds for all boxes in the frame.
    curves, labels
        The lines of links, and the middle of their labels.
    entries, exits
        Where links come in at the top and trunks go out at the bottom.
    """

    width: float
    height: float
    boxes: dict[str, Rectangle] = field(default_factory=dict)
    frames: dict[str, Rectangle] = field(default_factory=dict)
    curves: list[Curve] = field(default_factory=list)
    labels: dict[str, Point] = field(default_factory=dict)
    entries: dict[str, float] = field(default_factory=dict)
    exits: dict[str, float] = field(default_factory=dict)
