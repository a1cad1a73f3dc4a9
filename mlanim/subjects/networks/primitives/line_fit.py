"""A straight line among points, with the error of each."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import Animation, Circle, Mobject, VGroup, VMobject, override_animate
from numpy.typing import NDArray

from mlanim.primitives.area import Area
from mlanim.primitives.charts.chart import Chart
from mlanim.primitives.charts.curve import corners
from mlanim.primitives.moving_values import MovingValues
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Number
from mlanim.subjects.networks.models.linear_fit import mean_squared_error
from mlanim.subjects.networks.primitives.plain_number import plain_number
from mlanim.theme import LIGHT, Theme

__all__ = ["LineFit"]

_RADIUS = 0.11


class LineFit(VGroup):
    """inputs (n,), targets (n,), and the line `weights` = (weight, bias).

    Parts: `.chart`, `.dots`, `.prices` (the targets beside their dots, where they are few),
    `.line`, `.errors` (from each dot to the line).

    >>> fit = LineFit([1.0, 2.0], [3.0, 4.0], (1.0, 1.0), area=Area(0, 0, 6, 4))
    >>> fit.set_weights((1.0, 3.0)).loss
    1.0
    """

    def __init__(
        self,
        inputs: Any,
        targets: Any,
        weights: tuple[float, float],
        *,
        area: Area,
        names: tuple[str, str] = ("", ""),
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme = theme
        self.inputs, self.targets = np.asarray(inputs, float), np.asarray(targets, float)
        high = 1.15 * max(self.targets.max(), 0.0)
        low = 1.15 * min(self.targets.min(), 0.0)
        left, right = min(0.0, self.inputs.min()), max(0.0, self.inputs.max())
        side = 0.18 * (right - left)
        span = (left - (side if left else 0), right + (side if right else 0))
        self.chart = Chart(span, (low, high), area=area, names=names, theme=theme)
        places = self.chart.all_at(np.stack([self.inputs, self.targets], axis=1))
        few = len(self.inputs) <= 5
        self.dots = VGroup(
            *(
                Circle(radius=_RADIUS if few else 0.07)
                .set_fill(theme.role("encoder").ink, 1)
                .set_stroke(width=0)
                .move_to(p)
                for p in places
            )
        )
        self.prices = VGroup()
        style: dict[str, Any] = {"theme": theme, "size": "small"}
        for place, target in zip(places if few else [], self.targets, strict=False):
            label = Number(float(target), decimals=1, role="encoder", weight="bold", **style)
            self.prices.add(label.center_on(place + np.array([0, 0.32, 0])))
        self.line = VMobject(stroke_color=theme.role("output").ink, stroke_width=theme.stroke.bold)
        self.errors = VGroup(
            *(
                VMobject(stroke_color=theme.role("score").ink, stroke_width=theme.stroke.normal)
                for _ in places
            )
        )
        self.add(self.chart, self.errors, self.line, self.dots, self.prices)
        self._places = places
        self.set_weights(weights)

    @property
    def weights(self) -> NDArray:
        """Weight and bias, (2,)."""
        return np.array(self._weights)

    @property
    def loss(self) -> float:
        """The mean squared error of the line that is drawn."""
        return mean_squared_error(self.inputs[:, None], self.targets, self.weights)

    @property
    def predictions(self) -> NDArray:
        """What the line says of each input, (n,)."""
        return self.inputs * self._weights[0] + self._weights[1]

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        told = f"weight {self._weights[0]:.2f}, bias {self._weights[1]:.2f}"
        detail = f"{told}, mean squared error {plain_number(self.loss)}"
        return Seen(f"line among {len(self.inputs)} points", detail)

    @property
    def drawn_data(self) -> dict[str, NDArray]:
        """The points (n, 2), weight and bias, and the predictions (n,)."""
        points = np.stack([self.inputs, self.targets], axis=1)
        return {"points": points, "line": self.weights, "predictions": self.predictions}

    @property
    def drawn_parts(self) -> dict[str, list[Mobject]]:
        """A dot a point, a line for weight and bias, and what each prediction is off by."""
        parts = {"points": self.dots, "line": [self.line], "predictions": self.errors}
        return {name: list(shown) for name, shown in parts.items()}

    def set_weights(self, weights: Any) -> Self:
        """Another line; also `.animate.set_weights(...)`."""
        self._weights = tuple(float(w) for w in weights)
        chart = self.chart
        ends = np.array(chart.x)
        line = np.stack([ends, ends * self._weights[0] + self._weights[1]], axis=1)
        self.line.points = corners(chart.all_at(_clipped(line, chart.y)))
        made = np.stack([self.inputs, self.predictions], axis=1)
        feet = chart.all_at(chart.within(made))
        for error, dot, foot in zip(self.errors, self._places, feet, strict=True):
            error.points = corners(np.array([dot, foot]))
        return self

    @override_animate(set_weights)
    def _animate_weights(self, weights: Any, anim_args: dict[str, Any] | None = None) -> Animation:
        end = np.asarray(weights, float)
        return MovingValues(self, lambda: self.weights, self.set_weights, end, **anim_args or {})


def _clipped(line: NDArray, span: tuple[float, float]) -> NDArray:
    """The part (2, 2) of a straight line whose height is within a span."""
    (x0, y0), (x1, y1) = line
    if y0 == y1:
        return np.array([[x0, np.clip(y0, *span)], [x1, np.clip(y1, *span)]])
    shares = sorted((edge - y0) / (y1 - y0) for edge in span)
    low, high = max(0.0, shares[0]), min(1.0, shares[1])
    low = min(low, high)
    ends = np.array([low, high])[:, None]
    return np.asarray(line[0] + ends * (line[1] - line[0]))
