"""Points of several classes as marks: one shape and one colour a class, one mobject a class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import VGroup, VMobject
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.primitives.plane_view import PlaneView
from mlanim.primitives.seen import Seen
from mlanim.theme import LIGHT, Theme

__all__ = ["CLASS_ROLES", "ClassMarks", "mark_outline", "mark_radius"]

CLASS_ROLES = ("class_a", "class_b", "class_c", "class_d", "class_e", "class_f")
_LARGEST, _SMALLEST = 0.062, 0.026  # units: radius of a mark among few and among thousands
_STEP = 1.05  # times
_NEWEST = 1.9  # as large is a mark when it arrives
_FEW = 400  # marks up to which each is parted from its neighbours by a thin rim
_SHAPES = ("circles", "squares", "triangles", "diamonds", "crosses", "triangles on their tips")


class ClassMarks(VGroup):
    """Marks at places (n, 3) of the page, in the order in which they are learned from.

    kinds: the class (n,) of each, from 0 to 5. Class 0 is drawn as circles, 1 as squares, then
    triangles, diamonds, crosses and triangles on their tips: shape says what colour says.

    Parts: `.classes`, one path of many shapes for each class. `.set_count(count)` shows the first
    so many; with a fraction the newest are still arriving.

    >>> marks = ClassMarks(np.zeros((3, 3)), np.array([0, 1, 1]), classes=2)
    >>> marks.set_count(2).count, len(marks.places_shown(1))
    (2.0, 1)
    """

    def __init__(
        self,
        places: NDArray,
        kinds: NDArray,
        *,
        classes: int,
        radius: float | None = None,
        count: float | None = None,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        if not 2 <= classes <= len(CLASS_ROLES):
            raise UsageError(
                f"{classes} classes of points", f"2 to {len(CLASS_ROLES)} can be drawn"
            )
        self.theme = theme
        self.radius = mark_radius(len(places)) if radius is None else radius
        self.rows = [np.flatnonzero(np.asarray(kinds) == kind) for kind in range(classes)]
        self._places = [np.asarray(places, float)[rows] for rows in self.rows]
        rim = 0.6 if len(places) <= _FEW else 0.0
        self.classes = VGroup()
        for kind in range(classes):
            path = VMobject(fill_color=theme.role(CLASS_ROLES[kind]).ink, fill_opacity=1)
            self.classes.add(path.set_stroke(theme.surface, rim))
        self.add(self.classes)
        self.set_count(len(places) if count is None else count)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        shown = [len(self.places_shown(kind)) for kind in range(len(self.classes))]
        told = [f"{n} {_SHAPES[i]}" for i, n in enumerate(shown) if n]
        return Seen(f"cloud of {sum(shown)} points", ", ".join(told))

    def set_count(self, count: float, arriving: float = 0.0) -> ClassMarks:
        """Show the first `count`; the last `arriving` of them come in, the newest the largest."""
        self.count = float(count)
        for kind, (path, rows) in enumerate(zip(self.classes, self.rows, strict=True)):
            shown = int(np.searchsorted(rows, count - 1e-9))
            outline = mark_outline(kind)
            age = (count - rows[:shown]) / max(arriving, 1e-9)
            grown = 1 + (_NEWEST - 1) * np.clip(1 - age, 0, 1) if arriving else np.ones(shown)
            shapes = outline * (self.radius * grown)[:, None, None]
            path.points = (self._places[kind][:shown, None] + shapes).reshape(-1, 3)
        return self

    def set_counts(self, counts: Sequence[int]) -> ClassMarks:
        """Show so many of each class."""
        self.count = float(sum(counts))
        for kind, (path, count) in enumerate(zip(self.classes, counts, strict=True)):
            at = self._places[kind][:count, None]
            path.points = (at + self.radius * mark_outline(kind)).reshape(-1, 3)
        return self

    def places_shown(self, kind: int) -> NDArray:
        """The middles (m, 3) of the marks of a class that are drawn now."""
        corners = self.classes[kind].points.reshape(-1, len(mark_outline(kind)), 3)
        low, high = corners.min(axis=1), corners.max(axis=1)
        return (low + high) / 2 if len(corners) else np.zeros((0, 3))

    @property
    def drawn_data(self) -> dict[str, NDArray]:
        """The points of each class that are drawn now: of the data where they stand on a plane,
        else (m, 3) of the page."""
        view: PlaneView | None = getattr(self, "plane_view", None)
        shown = {f"class {k} points": self.places_shown(k) for k in range(len(self.classes))}
        return shown if view is None else {name: view.data(p) for name, p in shown.items()}

    @property
    def drawn_parts(self) -> dict[str, VMobject]:
        """The path of each class, a shape for each point."""
        return {f"class {k} points": path for k, path in enumerate(self.classes)}


def mark_radius(count: int) -> float:
    """The radius of a mark among so many: their ink grows slower than their number.

    It shrinks in small steps: most of the time nothing but the newest marks has to be drawn anew.

    >>> mark_radius(100) > mark_radius(4000), mark_radius(1000) == mark_radius(1010)
    (True, True)
    """
    shrinks = (150 / max(count, 1)) ** 0.3
    stepped = _STEP ** np.floor(np.log(shrinks) / np.log(_STEP))
    return float(np.clip(_LARGEST * stepped, _SMALLEST, _LARGEST))


def mark_outline(kind: int) -> NDArray:
    """A class's shape as cubic curves (4 m, 3) around the origin, about as large as a unit circle.

    >>> mark_outline(0).shape, mark_outline(2).shape
    ((16, 3), (12, 3))
    """
    if kind == 0:
        return _circle()
    if kind == 4:  # two bars
        a, b = 0.34, 1.12
        half = [(a, b), (a, a), (b, a), (b, -a), (a, -a), (a, -b)]
        cross = np.array([*half, *[(-x, -y) for x, y in half]])
        turn = np.sqrt(0.5) * np.array([[1, -1], [1, 1]])
        return _polygon(cross @ turn)
    sides, size, start = {
        1: (4, 1.22, np.pi / 4),
        2: (3, 1.35, np.pi / 2),
        3: (4, 1.3, 0.0),
        5: (3, 1.35, -np.pi / 2),
    }[kind]
    angles = start + 2 * np.pi * np.arange(sides) / sides
    corners = size * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return _polygon(corners - (corners.max(axis=0) + corners.min(axis=0)) / 2)


def _circle() -> NDArray:
    k = 4 / 3 * np.tan(np.pi / 8)
    arc = np.array([[1, 0], [1, k], [k, 1], [0, 1]])
    turn: Any = np.array([[0, 1], [-1, 0]])
    arcs = [arc @ np.linalg.matrix_power(turn, i) for i in range(4)]
    return np.c_[np.concatenate(arcs), np.zeros(16)]


def _polygon(corners: NDArray) -> NDArray:
    ends = np.roll(corners, -1, axis=0)
    curves = [corners + (ends - corners) * part for part in (0, 1 / 3, 2 / 3, 1)]
    flat = np.stack(curves, axis=1).reshape(-1, 2)
    return np.c_[flat, np.zeros(len(flat))]
