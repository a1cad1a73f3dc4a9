"""Weights that sum to 1 as bars with their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Self

import numpy as np
from manim import Animation, Line, VGroup, VMobject, override_animate

from mlanim.errors import UsageError
from mlanim.primitives.arrays import frozen, one_of, weight_array
from mlanim.primitives.axis_labels import axis_labels
from mlanim.primitives.moving_values import MovingValues
from mlanim.primitives.seen import Seen, words_of_weights
from mlanim.primitives.text import Number
from mlanim.theme import LIGHT, Theme

__all__ = ["SoftmaxBars"]

_PITCH = 0.42  # from bar to bar, where no size is given
_LENGTH = 2.4  # of weight 1, where no size is given
_THICKNESS = 0.68  # of the pitch
_NUMBER_GAP = 0.08


class SoftmaxBars(VGroup):
    """One bar for each weight, as long as its weight, its number at its end.

    `orientation="horizontal"` (bars grow to the right, the first on top; `width` is the length of
    weight 1) or `"vertical"` (bars grow upward, the first on the left; `height` is the length of
    weight 1). The other size is that of all bars together, so that bars can stand under columns.
    Bars take the colour of their weight, as attention matrices do. Numbers are left out where
    they would overlap (`numbers="auto"`).

    Parts: `.bars`, `.numbers`, `.labels`, `.baseline`. `limit` is the weight that fills the length.

    >>> bars = SoftmaxBars([0.9647, 0.0177, 0.0176], decimals=4)
    >>> bars.numbers[0].text, float(round(bars.bars[0].width / bars.bars[1].width, 1))
    ('0.9647', 54.5)
    """

    def __init__(
        self,
        weights: Any,
        *,
        role: str = "score",
        theme: Theme = LIGHT,
        orientation: Literal["horizontal", "vertical"] = "horizontal",
        width: float | None = None,
        height: float | None = None,
        labels: Sequence[str] | None = None,
        numbers: bool | Literal["auto"] = "auto",
        decimals: int = 2,
        limit: float = 1.0,
    ) -> None:
        """Raises UsageError for NaN, weights that do not sum to 1, or another count of labels."""
        one_of("orientation", orientation, ("horizontal", "vertical"))
        array = weight_array(weights, "SoftmaxBars", (1,))
        if not limit > 0:
            raise UsageError(f"limit={limit!r}", "the weight of full length is greater than 0")
        super().__init__()
        self.theme, self.role, self.decimals, self.limit = theme, role, decimals, limit
        self._weights = array
        horizontal = orientation == "horizontal"
        length, extent = (width, height) if horizontal else (height, width)
        extent = len(array) * _PITCH if extent is None else extent
        end = np.array([0, -extent, 0] if horizontal else [extent, 0, 0])
        self.baseline = Line([0, 0, 0], end, stroke_color=theme.ink, stroke_width=theme.stroke.thin)
        # Lengths are kept relative to the baseline, which moves, turns and grows with the bars.
        self._length_ratio = (_LENGTH if length is None else length) / extent
        self._number_gap = _NUMBER_GAP / extent
        self.bars = VGroup(*(self._bar() for _ in array))
        anchors = np.array([end * (i + 0.5) / len(array) for i in range(len(array))])
        side: Literal["left", "bottom"] = "left" if horizontal else "bottom"
        self.labels, self.leaders = axis_labels(
            labels, anchors, side=side, theme=theme, name="SoftmaxBars labels"
        )
        self.numbers = VGroup(*self._numbers(numbers, extent / len(array), horizontal))
        self.add(self.bars, self.baseline, self.leaders, self.labels, self.numbers)
        self._show(array)
        self.center()

    @property
    def weights(self) -> np.ndarray:
        """The weights that are drawn now, read-only."""
        return frozen(self._weights)

    def set_weights(self, weights: Any) -> Self:
        """Draw other weights, as many; also `.animate.set_weights(...)`."""
        self._show(self._checked(weights))
        return self

    @override_animate(set_weights)
    def _animate_weights(self, weights: Any, anim_args: dict[str, Any] | None = None) -> Animation:
        return MovingValues(
            self, lambda: self.weights, self.set_weights, self._checked(weights), **anim_args or {}
        )

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        return self.seen_beside([label.text for label in self.labels])

    def seen_beside(self, names: Sequence[str]) -> Seen:
        """What it shows where a word stands beside each bar."""
        way = "column" if self.baseline.height > self.baseline.width else "row"
        told = words_of_weights(self._weights, names, self.decimals)
        return Seen(f"{way} of {len(self._weights)} bars", f"weights {told}")

    def _checked(self, weights: Any) -> np.ndarray:
        array = weight_array(weights, "SoftmaxBars.set_weights", (1,))
        if array.shape != self._weights.shape:
            raise UsageError(
                f"set_weights was given {len(array)} weights", f"there are {len(self.bars)} bars"
            )
        return array

    def _show(self, array: np.ndarray) -> None:
        self._weights = array
        start, end = self.baseline.get_start(), self.baseline.get_end()
        along = (end - start) / len(array)
        outward = np.array([start[1] - end[1], end[0] - start[0], 0.0])
        direction = outward / np.linalg.norm(outward)
        colours = self.theme.weight(array, self.role, self.limit)
        for index, bar in enumerate(self.bars):
            near = start + along * (index + 0.5 - _THICKNESS / 2)
            far = near + along * _THICKNESS
            reach = outward * self._length_ratio * array[index] / self.limit
            bar.set_points_as_corners([near, near + reach, far + reach, far, near])
            bar.fill_rgbas = np.array([[*colours[index], bar.fill_rgbas[0, 3]]])
        for index, number in enumerate(self.numbers):
            number.set_value(float(array[index]))
            tip = (
                start
                + along * (index + 0.5)
                + outward * self._length_ratio * array[index] / self.limit
            )
            text = number.cap_height / 2 * np.array([number.extent[0], 1, 0])
            room = np.linalg.norm(outward) * self._number_gap + abs(direction @ text)
            number.stand_around(tip + direction * room)

    def _bar(self) -> VMobject:
        return VMobject(
            fill_opacity=1,
            stroke_color=self.theme.role(self.role).ink,
            stroke_width=self.theme.stroke.thin,
        )

    def _numbers(
        self, wanted: bool | Literal["auto"], pitch: float, horizontal: bool
    ) -> list[Number]:
        if wanted is False:
            return []
        numbers = [
            Number(float(weight), decimals=self.decimals, theme=self.theme, size="small")
            for weight in self._weights
        ]
        breadth = numbers[0].cap_height if horizontal else max(number.width for number in numbers)
        if breadth + _NUMBER_GAP <= pitch:
            return numbers
        if wanted is True:
            raise UsageError(
                f"numbers of {self.decimals} decimals overlap at {pitch:.2f} units from bar to bar",
                "make the bars larger or the decimals fewer, or numbers='auto'",
            )
        return []
