"""What a reader sees at one moment, as plain data: the rules of the lint read nothing else.

Lengths are in units in which the frame's shorter side is 8, measured from the frame's middle, so
that a zoomed camera or another aspect needs no rule of its own. Colours are RGB from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "VISIBLE",
    "Array",
    "Frame",
    "Mark",
    "Picture",
    "Shape",
    "Tensor",
    "Text",
    "Weights",
    "box_of",
]

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
VISIBLE = 0.05  # what is fainter than this is on its way in or out, not on screen


@dataclass(frozen=True, eq=False)
class Text:
    """A run of glyphs that reads as one label.

    `glyphs` are boxes (n, 4) as left, bottom, right, top; `inks` their colours and opacity (n, 4).
    """

    name: str
    key: int
    words: str
    order: int
    glyphs: Array
    inks: Array
    cap_height: float

    @cached_property
    def box(self) -> Array:
        """The whole run's left, bottom, right, top."""
        return np.concatenate([self.glyphs[:, :2].min(axis=0), self.glyphs[:, 2:].max(axis=0)])

    @cached_property
    def opacity(self) -> float:
        """The strongest glyph's opacity, so that a run fading in letter by letter is on screen."""
        return float(self.inks[:, 3].max())


@dataclass(frozen=True, eq=False)
class Shape:
    """Anything drawn that is not text. `outline` is (m, 2, 2): straight pieces from a to b.

    `fill` is one colour with its opacity (4,), `stroke` likewise, `width` units wide.
    `pixels` (rows, columns, 4) from 0 to 1 when it is an image. `plotted`: it is a curve, a grid or
    an axis of a plot, which may end where the frame does. `plain`: no primitive of ours drew it.
    """

    name: str
    key: int
    kind: str
    order: int
    outline: Array
    fill: Array
    stroke: Array
    width: float
    closed: bool = True
    pixels: Array | None = None
    plotted: bool = False
    plain: bool = False

    @cached_property
    def box(self) -> Array:
        """Left, bottom, right, top."""
        return box_of(self.outline.reshape(-1, 2))

    @cached_property
    def rectangular(self) -> bool:
        """Whether it fills its box: four straight upright or level sides."""
        if len(self.outline) != 4 or not self.closed:
            return False
        return bool((np.abs(self.outline[:, 0] - self.outline[:, 1]) < 1e-5).any(axis=1).all())

    @property
    def filled(self) -> bool:
        """Whether its area can be seen."""
        return bool(self.fill[3] > VISIBLE) or self.pixels is not None

    @property
    def stroked(self) -> bool:
        """Whether its outline can be seen."""
        return bool(self.stroke[3] > VISIBLE and self.width > 0)


@dataclass(frozen=True, eq=False)
class Frame:
    """An outline that was drawn around something, and what that is, as far as anybody can tell.

    `held` are boxes (n, 4) of what it was drawn around, one for each part that lies apart from the
    others, and `keys` are all that belongs to it; both are empty if it has moved on since.
    `reach` is the box (4,) in which what lies is taken for held. `told`: it is one by its kind;
    of a plain outline nobody knows, if it holds nothing that it was moved to.
    """

    shape: Shape
    held: Array
    keys: frozenset[int]
    reach: Array
    told: bool = True


@dataclass(frozen=True, eq=False)
class Tensor:
    """An array on screen: its values, what its cells show (n, 3) and what the scale says (n, 3).

    `printed` and `expected` are the numbers upon the cells: as drawn, and as the array's values
    round; both are empty when the box carries no numbers. `places` names each cell drawn.
    """

    name: str
    key: int
    values: Array
    places: list[str]
    drawn: Array
    due: Array
    printed: dict[str, str] = field(default_factory=dict)
    expected: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Weights:
    """Weights on screen and what stands for them, by name: {"length": (n,)} of bars, or the
    thickness and opacity of arrows.

    `part` is the word for one of them. `proportional`: twice the weight must be twice the size;
    otherwise a size must only grow with it.
    """

    name: str
    key: int
    values: Array
    sizes: dict[str, Array]
    part: str
    proportional: bool = False


@dataclass(frozen=True, eq=False)
class Mark:
    """Something whose colour says which one it is: its look (shape), colour and label, if any."""

    name: str
    look: str
    color: Array
    label: str = ""
    role: str = ""


@dataclass(frozen=True, eq=False)
class Picture:
    """One moment: when, in which step, and everything on screen from back to front."""

    time: float
    step: str
    size: tuple[float, float]
    background: Array
    margin: float
    theme: str = ""
    settled: bool = True
    moved: bool = False  # the camera is not where it began
    texts: list[Text] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    tensors: list[Tensor] = field(default_factory=list)
    weights: list[Weights] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


def box_of(points: Array) -> Array:
    """Left, bottom, right, top of points (n, 2).

    >>> box_of(np.array([[0.0, 1.0], [2.0, -1.0]])).tolist()
    [0.0, -1.0, 2.0, 1.0]
    """
    return np.concatenate([points.min(axis=0), points.max(axis=0)])
