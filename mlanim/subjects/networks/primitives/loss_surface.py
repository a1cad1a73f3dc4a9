"""A loss of two parameters as contour lines, and the ways that were gone on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from contourpy import contour_generator
from manim import Animation, Circle, VGroup, VMobject, override_animate
from numpy.typing import NDArray

from mlanim.primitives.area import Area
from mlanim.primitives.charts.chart import Chart
from mlanim.primitives.charts.curve import corners
from mlanim.primitives.moving_values import moving_number
from mlanim.primitives.seen import Seen
from mlanim.theme import LIGHT, Theme

__all__ = ["LossSurface"]

_LEVELS = 11
_ROLES = ("score", "context", "encoder", "hidden")
_SHAPES = (0, 4, 3, 6)  # corners of a path's head; 0: round


class LossSurface(VGroup):
    """across (m,), up (k,), losses (k, m) over them; paths: by name, points (s, 2) each.

    Contours lie at equal steps of the square root of the height above the least, so that they tell
    the ground too; they are darker where the loss is higher. `.set_stage(s)` draws every path up to
    its s-th point.

    Parts: `.chart`, `.contours`, `.paths`, `.heads`, `.labels` at the paths' beginnings; `best`
    is marked by a cross, `.cross`.

    >>> xs = np.linspace(-1, 1, 20)
    >>> surface = LossSurface(xs, xs, xs**2 + xs[:, None]**2, area=Area(0, 0, 4, 4))
    >>> len(surface.contours) > 5
    True
    """

    def __init__(
        self,
        across: NDArray,
        up: NDArray,
        losses: NDArray,
        *,
        area: Area,
        paths: Mapping[str, NDArray] | None = None,
        best: Sequence[float] | None = None,
        names: tuple[str, str] = ("", ""),
        stage: float = 0.0,
        square: bool = False,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme, self.losses = theme, np.asarray(losses, float)
        x, y = (float(across[0]), float(across[-1])), (float(up[0]), float(up[-1]))
        ticks = 4 if square else 5
        self.chart = Chart(
            x, y, area=area, names=names, square=square, most_ticks=ticks, theme=theme
        )
        low, high = self.losses.min(), self.losses.max()
        self.levels = low + (high - low) * (np.arange(1, _LEVELS + 1) / (_LEVELS + 1)) ** 2.4
        self.contours = VGroup()
        found = contour_generator(across, up, self.losses)
        for i, level in enumerate(self.levels):
            line = VMobject(
                stroke_color=theme.muted,
                stroke_width=theme.stroke.thin,
                stroke_opacity=0.35 + 0.6 * i / _LEVELS,
            )
            made = [np.asarray(path, float) for path in found.lines(level)]
            lines = [self.chart.all_at(path) for path in made if len(path) > 1]
            line.points = (
                np.concatenate([corners(path) for path in lines]) if lines else np.zeros((0, 3))
            )
            self.contours.add(line)
        self._paths = {n: np.asarray(path, float) for n, path in (paths or {}).items()}
        self.paths, self.heads, self.cross = VGroup(), VGroup(), VGroup()
        for role, sides in zip(_ROLES[: len(self._paths)], _SHAPES, strict=False):
            ink = theme.role(role).ink
            self.paths.add(VMobject(stroke_color=ink, stroke_width=theme.stroke.normal))
            self.heads.add(_head(sides).set_fill(ink, 1).set_stroke(theme.surface, 1))
        self._head_points = [head.points.copy() for head in self.heads]
        if best is not None:
            self.cross = _cross(theme.ink, theme.stroke.bold).shift(self.chart.at(*best))
        self.add(self.chart, self.contours, self.cross, self.paths, self.heads)
        self.set_stage(stage)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        told = ", ".join(self._paths)
        return Seen("contour map of a loss", f"with the way of {told}" if told else "")

    @property
    def drawn_data(self) -> dict[str, Any]:
        """The loss over the grid, the levels of the contours, each path as far as it is drawn."""
        drawn = {f"path {name}": self._drawn(path) for name, path in self._paths.items()}
        return {"losses": self.losses, "levels": self.levels} | drawn

    @property
    def drawn_parts(self) -> dict[str, Any]:
        """The contours, one a level; the line of each path, and the mark at its end."""
        paths = zip(self._paths, self.paths, self.heads, strict=True)
        told = {f"path {name}": (line, head) for name, line, head in paths}
        return {"levels": list(self.contours)} | told

    def set_stage(self, stage: float) -> Self:
        """Every path up to its stage-th point; between two, on the straight line."""
        self.stage = float(stage)
        for line, head, shape, path in zip(
            self.paths, self.heads, self._head_points, self._paths.values(), strict=True
        ):
            drawn = self.chart.all_at(self.chart.within(self._drawn(path)))
            line.points = corners(drawn) if len(drawn) > 1 else np.zeros((0, 3))
            head.points = shape + drawn[-1]
        return self

    @override_animate(set_stage)
    def _animate_stage(self, stage: float, anim_args: dict[str, Any] | None = None) -> Animation:
        return moving_number(self, "stage", stage, anim_args)

    def _drawn(self, path: NDArray) -> NDArray:
        stage = min(max(self.stage, 0.0), len(path) - 1.0)
        i = int(stage)
        if i == stage:
            return path[: i + 1]
        end = path[i] + (stage - i) * (path[i + 1] - path[i])
        return np.vstack([path[: i + 1], end])


def _cross(ink: str, width: float) -> VMobject:
    """A mark of two strokes, around the origin."""
    cross = VMobject(stroke_color=ink, stroke_width=width)
    strokes = 0.13 * np.array([[[-1, -1, 0], [1, 1, 0]], [[-1, 1, 0], [1, -1, 0]]])
    cross.points = np.concatenate([corners(stroke) for stroke in strokes])
    return cross


def _head(sides: int) -> VMobject:
    """A mark of its own shape, around the origin."""
    if not sides:
        return Circle(radius=0.11)
    turn = np.linspace(0, 2 * np.pi, sides + 1) + np.pi / 2
    mark = VMobject()
    mark.points = corners(0.14 * np.stack([np.cos(turn), np.sin(turn), 0 * turn], axis=1))
    return mark
