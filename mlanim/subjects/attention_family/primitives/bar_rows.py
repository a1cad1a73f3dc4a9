"""Rows of bars over one row of signs: what each place has, from 0 to 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from manim import Animation, Line, Rectangle, RoundedRectangle, VGroup, override_animate
from numpy.typing import ArrayLike, NDArray

from mlanim.primitives.area import Area
from mlanim.primitives.arrays import finite_array, frozen
from mlanim.primitives.moving_values import MovingValues
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme

__all__ = ["BarRows"]

_FLAT = 1e-4  # units: a bar of nothing still has a width to grow from


class BarRows(VGroup):
    """signs: n texts of a letter or two. names: of the rows. values: (rows, n), none below 0.

    roles: one a row. tops: the value that fills each row (1). signs_role: by sign; the others are
    in plain ink.

    Parts: `.signs`, `.names`, and by row `.bars` (a group of n) and `.grounds` (a line each).
    `.frame(i, j)` is a frame around signs i to j.

    >>> rows = BarRows("ab", ["left"], [[0.25, 0.75]], roles=["query"], area=Area(0, 0, 6, 3))
    >>> rows.values_drawn().round(6).tolist()
    [[0.25, 0.75]]
    """

    def __init__(
        self,
        signs: Sequence[str],
        names: Sequence[str],
        values: ArrayLike,
        *,
        roles: Sequence[str],
        area: Area,
        tops: Sequence[float] | None = None,
        signs_role: dict[str, str] | None = None,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme = theme
        array = finite_array(values, "BarRows", (2,))
        cap = theme.sizes.small
        labels = [
            Label(name, theme=theme, size="small", role=role, weight="bold")
            for name, role in zip(names, roles, strict=True)
        ]
        beside = max(label.width for label in labels) + 0.25
        self.above = area.width - beside < 0.42 * len(signs)  # names stand above their rows
        left = area.left if self.above else area.left + beside
        self._pitch = (area.right - left) / len(signs)
        head = max(2.6 * cap, min(1.0, 1.3 * self._pitch))
        self._lefts = left + self._pitch * np.arange(len(signs))
        rows = Area(left, area.bottom, area.right - left, area.height - head - 0.1)
        self._rooms = rows.rows(*[1] * len(labels), gap=0.16)
        size = min(0.75 * self._pitch, 0.34, 0.5 * head)
        self.signs = VGroup()
        for x, sign in zip(self._lefts + self._pitch / 2, signs, strict=True):
            role = (signs_role or {}).get(sign)
            weight: Any = "bold" if role else "normal"
            label = Label(sign, theme=theme, size=max(cap, size), role=role, weight=weight)
            self.signs.add(label.center_on([x, area.top - head / 2, 0]))
        self._head = Area(left, area.top - head, area.right - left, head)
        self.names, self.grounds, self.bars = VGroup(), VGroup(), VGroup()
        self._full: list[float] = []
        for room, label, role in zip(self._rooms, labels, roles, strict=True):
            high = room.height - (2.1 * cap if self.above else 0)
            self._full.append(high / (tops[len(self._full)] if tops else 1.0))
            if self.above:
                label.center_on([room.left + label.width / 2, room.top - 0.8 * cap, 0])
            else:
                label.center_on([area.left + label.width / 2, room.bottom + high / 2, 0])
            self.names.add(label)
            ground = Line([room.left, room.bottom, 0], [room.right, room.bottom, 0])
            self.grounds.add(ground.set_stroke(theme.muted, theme.stroke.thin))
            ink = theme.role(role).ink
            bars = [Rectangle(width=0.8 * self._pitch, height=1.0) for _ in signs]
            self.bars.add(VGroup(*(b.set_fill(ink, 1).set_stroke(width=0) for b in bars)))
        self._bars = list(self.bars)
        self.add(self.signs, self.grounds, self.bars, self.names)
        self.set_values(array)

    @property
    def values(self) -> NDArray:
        """What is drawn now, (rows, n), read-only."""
        return frozen(self._values)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        text = "".join(label.text for label in self.signs)
        told = [
            f"{name.text} most at sign {int(row.argmax()) + 1}"
            for name, row in zip(self.names, self._values, strict=False)
        ]
        return Seen(f"{len(told)} rows of bars over {text}", ", ".join(told))

    def set_values(self, values: ArrayLike) -> Self:
        """Draw other values of the same shape; also `.animate.set_values(...)`."""
        self._values = np.asarray(values, float)
        for row, bars in enumerate(self._bars):
            for column in range(len(bars)):
                self._draw(row, column)
        return self

    def values_drawn(self) -> NDArray:
        """The values (rows, n), read back from the heights of the bars."""
        return np.array(
            [
                [(bar.height - _FLAT) / full for bar in bars]
                for bars, full in zip(self._bars, self._full, strict=True)
            ]
        )

    def hold_back(self, index: int) -> VGroup:
        """Take a row off, to come later; it stays in place, and `set_values` still draws it."""
        parts = (self.names[index], self.grounds[index], self.bars[index])
        for group, part in zip((self.names, self.grounds, self.bars), parts, strict=True):
            group.remove(part)
        return VGroup(*parts)

    def row(self, index: int) -> VGroup:
        """A row with all that belongs to it."""
        return VGroup(self.names[index], self.grounds[index], self.bars[index])

    def frame(self, first: int, last: int, *, role: str = "score") -> RoundedRectangle:
        """A frame around signs first to last."""
        width = (last - first + 1) * self._pitch
        box = RoundedRectangle(width=width, height=0.92 * self._head.height, corner_radius=0.1)
        box.set_stroke(self.theme.role(role).ink, self.theme.stroke.bold)
        return box.move_to([self._lefts[first] + width / 2, self._head.center[1], 0])

    def _draw(self, row: int, column: int) -> None:
        """A bar that stands on its ground, by its four corners."""
        height = self._values[row, column] * self._full[row] + _FLAT
        left, foot = self._lefts[column] + 0.1 * self._pitch, self._rooms[row].bottom
        right, top = left + 0.8 * self._pitch, foot + height
        corners = [[right, top, 0], [left, top, 0], [left, foot, 0], [right, foot, 0]]
        self._bars[row][column].set_points_as_corners([*corners, corners[0]])

    @override_animate(set_values)
    def _animate_values(self, values: Any, anim_args: dict[str, Any] | None = None) -> Animation:
        end = np.asarray(values, float)
        return MovingValues(self, lambda: self.values, self.set_values, end, **anim_args or {})
