"""A line among points, and beside it what it says of each, how far off, and how far off squared."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import Animation, VGroup, override_animate
from numpy.typing import NDArray

from mlanim.primitives.area import Area
from mlanim.primitives.moving_values import MovingValues
from mlanim.primitives.text import Label, Number
from mlanim.subjects.networks.models.houses import Table
from mlanim.subjects.networks.primitives.line_fit import LineFit
from mlanim.theme import LIGHT, Theme

__all__ = ["LinePage"]

_HEADS = ("target", "prediction", "error", "squared")
_ROLES = ("encoder", "output", "score", "score")
_MOST = 5  # rows of the table
_LEADING = 2.6  # line to line, in cap heights


class LinePage(VGroup):
    """table and the line (weight, bias) through its first input.

    Parts: `.fit` (chart, dots, line, errors), `.heads` and `.rows` of the table (rows only where
    they are few), `.mean` (name and number of the mean squared error), `.told` (weight and bias).

    >>> from mlanim.subjects.networks.models.houses import houses
    >>> page = LinePage(houses(), (0.18, 0.0), area=Area(-7, -4, 14, 7))
    >>> [number.text for number in page.column("prediction")], page.mean[1].text
    (['378.7', '288.0', '432.0'], '2057.7')
    """

    def __init__(
        self,
        table: Table,
        weights: tuple[float, float],
        *,
        area: Area,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme, self.table = theme, table
        chart_room, side = (
            area.columns(1.35, 1, gap=0.5) if area.is_broad else area.rows(1.1, 1, gap=0.3)
        )
        self.fit = LineFit(
            table.inputs[:, 0],
            table.targets,
            weights,
            area=chart_room,
            names=(table.names[0], table.names[-1]),
            theme=theme,
        )
        few = len(table.targets) if len(table.targets) <= _MOST else 0
        lines = 4 + few
        cap = min(1.5 * theme.sizes.body, side.height / (_LEADING * lines), side.width / 26)
        cap = max(cap, theme.sizes.small)
        self._style: dict[str, Any] = {"theme": theme, "size": cap}
        pitch = min(_LEADING * cap, (side.height - 1.6 * cap) / (lines - 0.9))
        top = side.center[1] + pitch * (lines - 0.9) / 2 - cap / 2
        self.heads, self.rows = VGroup(), VGroup()
        rights = side.left + side.width * np.array([0.19, 0.5, 0.72, 1.0])
        if few:
            for text, role, right in zip(_HEADS, _ROLES, rights, strict=True):
                head = self._right(Label(text, role=role, **self._style), right, top)
                self.heads.add(side.keep(head))
        for i in range(few):
            row = VGroup()
            for role, right in zip(_ROLES, rights, strict=True):
                number = Number(0.0, decimals=1, role=role, anchor="right", **self._style)
                row.add(self._right(number, right, top - (i + 1) * pitch))
            self.rows.add(row)
        y = top - (few + 1.1) * pitch if few else top - 0.1 * pitch
        self.mean = self._named("mean squared error", rights[-1], y, 1, "score")
        self.weight = self._named("weight", rights[-1], y - pitch, 6, "output")
        self.bias = self._named("bias", rights[-1], y - 2 * pitch, 3, "output")
        self.add(self.fit, self.heads, self.rows, self.mean, self.weight, self.bias)
        self.set_weights(weights)

    def column(self, head: str) -> list[Number]:
        """The numbers below a head of the table."""
        return [row[_HEADS.index(head)] for row in self.rows]

    def set_weights(self, weights: Any) -> Self:
        """Another line, and all numbers with it; also `.animate.set_weights(...)`."""
        self.fit.set_weights(weights)
        made, targets = self.fit.predictions, self.fit.targets
        numbers = np.stack([targets, made, made - targets, (made - targets) ** 2], axis=1)
        for row, values in zip(self.rows, numbers, strict=False):
            for number, value in zip(row, values.tolist(), strict=True):
                number.set_value(value)
        self.mean[1].set_value(self.fit.loss)
        self.weight[1].set_value(float(self.fit.weights[0]))
        self.bias[1].set_value(float(self.fit.weights[1]))
        return self

    @override_animate(set_weights)
    def _animate_weights(self, weights: Any, anim_args: dict[str, Any] | None = None) -> Animation:
        end = np.asarray(weights, float)
        return MovingValues(
            self, lambda: self.fit.weights, self.set_weights, end, **anim_args or {}
        )

    def _named(self, name: str, right: float, y: float, decimals: int, role: str) -> VGroup:
        label = Label(name, **self._style)
        number = Number(
            0.0, decimals=decimals, role=role, weight="bold", anchor="right", **self._style
        )
        self._right(number, right, y)
        widest = 6.5 * number.cap_height
        return VGroup(self._right(label, right - widest, y), number)

    @staticmethod
    def _right(label: Label, right: float, y: float) -> Label:
        label.align_baseline(y)
        shift: NDArray = np.array([right - label.get_right()[0], 0, 0])
        return label.shift(shift)
