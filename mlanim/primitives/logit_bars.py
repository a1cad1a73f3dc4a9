"""A number for every word of a vocabulary: logits, or the probabilities that softmax makes."""

from __future__ import annotations

from typing import Any, Literal, Self

import numpy as np
from manim import Animation, Line, VGroup, VMobject, override_animate

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.arrays import finite_array, frozen, one_of
from mlanim.primitives.moving_values import MovingValues
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme

__all__ = ["LogitBars"]

_MOST = 600  # bars: more cannot be told apart
_SHARE = 0.74  # of the pitch that a bar takes
_SCALES = ("logits", "probabilities")


class LogitBars(VGroup):
    """One thin upright bar a word, in the order of the vocabulary, the whole of it.

    values: (V,) logits of any sign, or probabilities that sum to 1; `scale` says which.
    The longest bar fills the area's height above the line of indices. `limit` is the value of full
    length (default: the greatest magnitude).

    Parts: `.bars`, `.baseline` (where 0 is), `.ends` (labels "0" and "V − 1" of the indices).

    Raises UsageError for more than 600 values: pick the likeliest before.

    >>> bars = LogitBars([2.0, -1.0, 0.5], area=Area(0, 0, 6, 2))
    >>> bars.best, bool(bars.bars[0].height > bars.bars[1].height)
    (0, True)
    """

    def __init__(
        self,
        values: Any,
        *,
        area: Area,
        scale: Literal["logits", "probabilities"] = "logits",
        role: str = "score",
        theme: Theme = LIGHT,
        limit: float | None = None,
    ) -> None:
        super().__init__()
        one_of("scale", scale, _SCALES)
        array = finite_array(values, "LogitBars", (1,))
        if len(array) > _MOST:
            raise UsageError(
                f"{len(array)} bars cannot be told apart",
                f"LogitBars draws up to {_MOST}",
                "give it the likeliest words only, and say how many there are",
            )
        self.theme, self.role, self.colour_scale = theme, role, scale
        self.label: Any = VGroup()  # a page's name for them, for those who see no colours
        self.limit = float(np.abs(array).max() or 1.0) if limit is None else float(limit)
        line = 1.7 * theme.sizes.small
        self.ends = VGroup(
            *(
                Label(str(index), theme=theme, size="small", role="muted", mono=True)
                for index in dict.fromkeys((0, len(array) - 1))
            )
        )
        floor = area.bottom + line
        below = 0.0 if scale == "probabilities" else max(0.0, float(-array.min()))
        above = self.limit if scale == "probabilities" else max(0.0, float(array.max()))
        self._unit = (area.top - floor) / max(below + above, 1e-9)
        zero = floor + below * self._unit
        self.baseline = Line(
            [area.left, zero, 0],
            [area.right, zero, 0],
            stroke_color=theme.muted,
            stroke_width=theme.stroke.thin,
        )
        self._length = area.width  # when it was drawn: the group may be scaled later
        self.bars = VGroup(*(VMobject(fill_opacity=1, stroke_width=0) for _ in array))
        self._show(array)
        pitch = area.width / len(array)
        for label, index in zip(self.ends, (0, len(array) - 1), strict=False):
            x = area.left + (index + 0.5) * pitch
            label.center_on([x, area.bottom + label.cap_height / 2, 0])
            area.keep(label)
        self.add(self.bars, self.baseline, self.ends)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        longest = f"the longest number {self.best} with {self.values[self.best]:.2f}"
        return Seen(f"row of {len(self.values)} bars", longest)

    @property
    def values(self) -> np.ndarray:
        """What the bars show now, (V,), read-only."""
        return frozen(self._values)

    @property
    def best(self) -> int:
        """The index of the greatest value."""
        return int(self._values.argmax())

    def tip(self, index: int) -> np.ndarray:
        """The end of a bar, shape (3,): where its word can stand."""
        start, end = self.baseline.get_start(), self.baseline.get_end()
        along = (index + 0.5) / len(self._values)
        scale = np.linalg.norm(end - start) / self._length
        up = np.array([0, max(0.0, self._values[index]) * self._unit * scale, 0])
        return start + (end - start) * along + up

    def set_values(self, values: Any) -> Self:
        """Draw other values, as many; also `.animate.set_values(...)`."""
        self._show(self._checked(values))
        return self

    @override_animate(set_values)
    def _animate_values(self, values: Any, anim_args: dict[str, Any] | None = None) -> Animation:
        return MovingValues(
            self, lambda: self.values, self.set_values, self._checked(values), **anim_args or {}
        )

    def _checked(self, values: Any) -> np.ndarray:
        array = finite_array(values, "LogitBars.set_values", (1,))
        if array.shape != self._values.shape:
            raise UsageError(
                f"set_values was given {len(array)} values", f"there are {len(self.bars)} bars"
            )
        return array

    def colours(self) -> np.ndarray:
        """The colour that the scale gives each bar, RGB (V, 3)."""
        if self.colour_scale == "probabilities":
            return self.theme.weight(self._values, self.role, self.limit)
        return self.theme.signed(self._values, self.limit, self.role)

    def _show(self, array: np.ndarray) -> None:
        self._values = array
        start, end = self.baseline.get_start(), self.baseline.get_end()
        along = (end - start) / len(array)
        scale = np.linalg.norm(end - start) / self._length
        for index, (bar, colour) in enumerate(zip(self.bars, self.colours(), strict=True)):
            near = start + along * (index + 0.5 - _SHARE / 2)
            far = near + along * _SHARE
            reach = np.array([0, self._unit * scale * array[index], 0])
            bar.set_points_as_corners([near, near + reach, far + reach, far, near])
            bar.fill_rgbas = np.array([[*colour, bar.fill_rgbas[0, 3]]])
