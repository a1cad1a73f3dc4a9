"""What a model says beside the loss over two of its parameters, along the way down."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import Animation, Dot, Mobject, VGroup, override_animate
from numpy.typing import NDArray

from mlanim.primitives.area import Area
from mlanim.primitives.charts.chart import Chart
from mlanim.primitives.moving_values import moving_number
from mlanim.primitives.text import Label, Number
from mlanim.subjects.networks.models.linear_fit import Path, error_surface
from mlanim.subjects.networks.primitives.line_fit import LineFit
from mlanim.subjects.networks.primitives.loss_surface import LossSurface
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["DescentPage", "PredictedPage"]

_GRID = 70
_BORDER = 0.22  # of the path's extent, around it


class _Staged(VGroup):
    """A picture, a loss surface and a line of numbers that go along a path together."""

    path: Path
    surface: LossSurface
    numbers: VGroup

    def _rooms(self, area: Area, theme: Theme) -> tuple[Area, Area, Area]:
        cap = theme.sizes.body
        top, strip = area.rows(area.height - 2.4 * cap - 0.1, 2.4 * cap, gap=0.1)
        left, right = top.columns(1, 1, gap=0.6) if top.is_wide else top.rows(1, 1, gap=0.3)
        return left, right, strip

    def _add_numbers(self, names: tuple[tuple[str, int], ...], strip: Area, theme: Theme) -> None:
        """Names and numbers side by side, in as many lines as they need."""
        self.numbers, self.words = VGroup(), VGroup()
        named = [(AsIs(theme.words.said(name)), decimals) for name, decimals in names]
        spans = strip.columns(*(len(name) + 8 for name, _ in named), gap=0.2)
        tight = strip.width < 10 or any(
            Label(name, theme=theme).width + Number(-9, decimals=decimals, theme=theme).width + 0.3
            > span.width
            for (name, decimals), span in zip(named, spans, strict=True)
        )
        style: dict[str, Any] = {"theme": theme, "size": "small" if tight else "body"}
        cap = theme.sizes.small if tight else theme.sizes.body
        for (name, decimals), span in zip(named, spans, strict=True):
            label = Label(name, **style)
            number = Number(0.0, decimals=decimals, weight="bold", anchor="left", **style)
            y = span.center[1] - cap / 2 + (0.55 * 2.1 * cap if tight else 0)
            label.align_baseline(y).shift([span.left - label.get_left()[0], 0, 0])
            x = span.left if tight else label.get_right()[0] + 0.15
            number.align_baseline(y - (2.1 * cap if tight else 0))
            number.shift([x - number.get_left()[0], 0, 0])
            self.words.add(label)
            self.numbers.add(number)

    @property
    def stage(self) -> float:
        """How many steps were gone."""
        return self.surface.stage

    def parameters(self, stage: float) -> NDArray:
        """The parameters at a stage: on the straight line between two steps."""
        points = self.path.points
        i = int(np.clip(stage, 0, len(points) - 1))
        after = min(i + 1, len(points) - 1)
        return np.asarray(points[i] + (stage - i) * (points[after] - points[i]))

    def set_stage(self, stage: float) -> Self:
        """Go to a step of the path; also `.animate.set_stage(...)`."""
        self._show(float(stage))
        return self

    def _show(self, stage: float) -> None:
        raise NotImplementedError

    @override_animate(set_stage)
    def _animate_stage(self, stage: float, anim_args: dict[str, Any] | None = None) -> Animation:
        return moving_number(self, "stage", stage, anim_args)


def _around(values: NDArray) -> NDArray:
    """So many numbers evenly from below the least to above the greatest."""
    low, high = float(values.min()), float(values.max())
    border = _BORDER * ((high - low) or 1.0)
    return np.linspace(low - border, high + border, _GRID)


class DescentPage(_Staged):
    """inputs (n, 1), targets (n,), and the path of weight and bias on their loss.

    Parts: `.fit` (the line at this step), `.surface` (the loss, and the path up to it), `.numbers`.

    >>> from mlanim.subjects.networks.models.linear_fit import descend_line
    >>> xs, ys = np.array([[1.0], [2.0], [3.0]]), np.array([1.0, 2.0, 2.0])
    >>> path = descend_line(xs, ys, np.zeros(2), 20)
    >>> page = DescentPage(xs, ys, path, area=Area(-7, -4, 14, 7))
    >>> bool(np.allclose(page.set_stage(5).fit.weights, path.points[5]))
    True
    """

    def __init__(
        self,
        inputs: NDArray,
        targets: NDArray,
        path: Path,
        *,
        area: Area,
        best: NDArray | None = None,
        names: tuple[str, str] = ("", ""),
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.path = path
        left, right, strip = self._rooms(area, theme)
        start = (float(path.points[0, 0]), float(path.points[0, 1]))
        self.fit = LineFit(inputs[:, 0], targets, start, area=left, names=names, theme=theme)
        ends = path.points if best is None else np.vstack([path.points, best])
        self.fit.remove(self.fit.prices)  # the line comes by at every height
        across, up = _around(ends[:, 0]), _around(ends[:, 1])
        self.surface = LossSurface(
            across,
            up,
            error_surface(inputs, targets, across, up),
            area=right,
            paths={"gradient descent": path.points},
            best=None if best is None else best.tolist(),
            names=("weight", "bias"),
            theme=theme,
        )
        named = (("step", 0), ("weight", 2), ("bias", 2), ("mean squared error", 1))
        self._add_numbers(named, strip, theme)
        self.add(self.fit, self.surface, self.words, self.numbers)
        self.set_stage(0)

    def _show(self, stage: float) -> None:
        at = self.parameters(stage)
        self.surface.set_stage(stage)
        self.fit.set_weights(at)
        for number, value in zip(
            self.numbers, (float(int(stage)), at[0], at[1], self.fit.loss), strict=True
        ):
            number.set_value(float(value))


class PredictedPage(_Staged):
    """inputs (n, 2) less their means, targets (n,), and the path of both weights and the bias.

    The bias of centred inputs stays at the mean target, so the path lies on the surface of the two
    weights. Parts: `.chart` with `.dots` (target across, prediction up), `.surface`, `.numbers`.
    """

    def __init__(
        self,
        inputs: NDArray,
        targets: NDArray,
        path: Path,
        *,
        area: Area,
        best: NDArray,
        names: tuple[str, str, str],
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.path, self.inputs, self.targets = path, inputs, targets
        left, right, strip = self._rooms(area, theme)
        border = 0.15 * np.ptp(targets)
        span = (float(targets.min() - border), float(targets.max() + border))
        self.chart = Chart(
            span, span, area=left, names=(names[2], "prediction"), square=True, theme=theme
        )
        self.diagonal = self.chart.curve(
            np.array([[span[0]] * 2, [span[1]] * 2]), ink=theme.muted, width=theme.stroke.thin
        )
        radius = 0.11 if len(targets) <= 30 else 0.06
        self.dots = VGroup(*(Dot(radius=radius, color=theme.role("encoder").ink) for _ in targets))
        self._dot = Dot(radius=radius).points
        ends = np.vstack([path.points, best])
        across, up = _around(ends[:, 0]), _around(ends[:, 1])
        losses = error_surface(inputs, targets, across, up, bias=float(path.points[0, 2]))
        self.surface = LossSurface(
            across,
            up,
            losses,
            area=right,
            paths={"gradient descent": path.points[:, :2]},
            best=best[:2].tolist(),
            names=(f"weight of {names[0]}", f"weight of {names[1]}"),
            theme=theme,
        )
        named = (("step", 0), ("weights", 1), ("and", 1), ("mean squared error", 0))
        self._add_numbers(named, strip, theme)
        self.add(self.chart, self.diagonal, self.dots, self.surface, self.words, self.numbers)
        self.set_stage(0)

    @property
    def drawn_data(self) -> dict[str, NDArray]:
        """Targets and predictions, (n, 2)."""
        return {"targets and predictions": self._points}

    @property
    def drawn_parts(self) -> dict[str, list[Mobject]]:
        """A dot for each of them."""
        return {"targets and predictions": list(self.dots)}

    def _show(self, stage: float) -> None:
        at = self.parameters(stage)
        self.surface.set_stage(stage)
        made = self.inputs @ at[:2] + at[2]
        self._points = np.stack([self.targets, made], axis=1)
        for dot, place in zip(
            self.dots, self.chart.all_at(self.chart.within(self._points)), strict=True
        ):
            dot.points = self._dot + place  # the same wherever it stood before
        loss = float(np.mean((made - self.targets) ** 2))
        for number, value in zip(
            self.numbers, (float(int(stage)), at[0], at[1], loss), strict=True
        ):
            number.set_value(float(value))
