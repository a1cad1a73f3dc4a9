"""Two traits as the two directions of a plane, and people as arrows on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Arc, Line, Square, VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.arrays import finite_array, frozen
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label
from mlanim.primitives.wire import Wire
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["TraitPlane"]

_ROLES = ("query", "hidden", "context", "encoder", "decoder", "output")
_GAP = 0.2  # between a name and what is beside it
_CLEAR = np.array([0.04, 0.04, 0.0])  # free around a name
_SAMPLES = 101  # points of a line that are looked at


class TraitPlane(VGroup):
    """Vectors (n, 2) of numbers from -1 to 1 as arrows from the middle of a square.

    Parts: `.frame`, `.axes`, `.axis_names`, `.arrows` (a Wire each), `.names`. `.angle(i, j)` is
    an arc between two arrows.

    >>> plane = TraitPlane(["Jay"], [[-0.4, 0.8]], ["open", "careful"], area=Area(0, 0, 6, 6))
    >>> plane.vectors_drawn().round(3).tolist()
    [[-0.4, 0.8]]
    """

    def __init__(
        self,
        names: Sequence[str],
        vectors: Any,
        traits: Sequence[str],
        *,
        area: Area,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme = theme
        self._values = array = finite_array(vectors, "TraitPlane", (2,))
        line = 2.2 * theme.sizes.small
        side = min(area.width - 2 * line, area.height - line)
        middle = area.center + np.array([line / 2, line / 2, 0])
        self._unit = side / 2
        self.frame = Square(side).set_stroke(theme.muted, theme.stroke.thin).move_to(middle)
        half = side / 2
        across, up = np.array([half, 0, 0]), np.array([0, half, 0])
        self.axes = VGroup(
            Line(middle - across, middle + across),
            Line(middle - up, middle + up),
        ).set_stroke(theme.muted, theme.stroke.thin)
        style: dict[str, Any] = {"theme": theme, "size": "small", "role": "muted"}
        level, upright = (Label(f"{trait}: −1 to 1", **style) for trait in traits)
        level.center_on(middle - [0, half + 0.6 * line, 0])
        upright.rotate(np.pi / 2).move_to(middle - [half + 0.6 * line, 0, 0])
        self.axis_names = VGroup(level, upright)
        self.arrows, self.names = VGroup(), VGroup()
        self._middle = middle
        for i, vector in enumerate(array):
            role = _ROLES[i % len(_ROLES)]
            self.arrows.add(
                Wire(
                    middle,
                    self.point(vector),
                    role=role,
                    theme=theme,
                    thickness=theme.stroke.bold,
                    tip_length=0.22,
                )
            )
        for name, arrow, vector in zip(names, self.arrows, array, strict=True):
            label = Label(AsIs(name), theme=theme, role=arrow.role, weight="bold")
            self._put(label, vector)
            self.names.add(label)
        self.add(self.frame, self.axes, self.axis_names, self.arrows, self.names)

    @property
    def values(self) -> np.ndarray:
        """The vectors (n, 2), read-only."""
        return frozen(self._values)

    def point(self, vector: Any) -> np.ndarray:
        """Where a vector (2,) ends, (3,)."""
        return self._middle + self._unit * np.array([*np.asarray(vector, float), 0.0])

    def _put(self, name: Label, vector: np.ndarray) -> None:
        """A name beside its arrow's tip: outward, else above or below, else wherever it is free."""
        tip, half = self.point(vector), name.width / 2
        outward, upward = (-1 if part < 0 else 1 for part in vector[:2])
        aside, level = (_GAP + half) * outward, 1.5 * _GAP * upward
        for x, y in (
            *((aside, 0), (0, level), (aside, level), (-aside, level)),
            *((0, -level), (-aside, 0), (aside, -level), (-aside, -level)),
        ):
            name.center_on(np.add(tip, (x, y, 0)))
            if self._is_free(name):
                return
        inward = max(0.0, abs(vector[0]) * self._unit + half + _GAP - self._unit)
        name.center_on(np.add(tip, (-outward * inward, level, 0)))

    def _is_free(self, name: Label) -> bool:
        """Whether a name is inside the frame, and nothing crosses it."""
        low, high = name.get_corner((-1, -1, 0)) - _CLEAR, name.get_corner((1, 1, 0)) + _CLEAR
        if (low < self.frame.get_corner((-1, -1, 0))).any() or (
            (high > self.frame.get_corner((1, 1, 0))).any()
        ):
            return False
        along = np.linspace(0, 1, _SAMPLES)[:, None]
        lines = [(line.get_start(), line.get_end()) for line in self.axes]
        lines += [(self._middle, arrow.end) for arrow in self.arrows]
        lines += [(other.get_left(), other.get_right()) for other in self.names]
        return not any(
            ((low < (way := start + along * (end - start))) & (way < high))[:, :2].all(axis=1).any()
            for start, end in lines
        )

    def vectors_drawn(self) -> np.ndarray:
        """The vectors (n, 2) read back from where the arrows end."""
        ends = np.array([arrow.end for arrow in self.arrows])
        return (ends - self._middle)[:, :2] / self._unit

    def angle(self, one: int, other: int, *, radius: float = 0.32) -> Arc:
        """An arc from one arrow to another, the short way round; radius: of half the side."""
        first, last = (np.arctan2(*self._values[i][::-1]) for i in (one, other))
        turn = (last - first + np.pi) % (2 * np.pi) - np.pi
        arc = Arc(radius * self._unit, first, turn, arc_center=self._middle)
        return arc.set_stroke(self.theme.role("score").ink, self.theme.stroke.bold)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        return Seen(f"plane with {len(self.arrows)} arrows", ", ".join(n.text for n in self.names))
