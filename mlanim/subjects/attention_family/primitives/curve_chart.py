"""Several named curves over one axis, on a plain or a logarithmic scale, drawn up to a place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from manim import Animation, DashedLine, Dot, Line, VGroup, VMobject, override_animate
from numpy.typing import ArrayLike, NDArray

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.charts.chart import round_steps
from mlanim.primitives.moving_values import moving_number
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label, format_number
from mlanim.theme import LIGHT, Theme

__all__ = ["CurveChart"]

ROLES = ("score", "context", "encoder", "output")
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class CurveChart(VGroup):
    """curves: (k, 2) of x and y by name. y: (least, most); log: y on a logarithmic scale.

    names: of the axes. roles: one a curve. told: what stands at a curve's end, instead of its name.
    limit: where a dashed line stands, and what is written at it. `.set_stage(x)` draws up to there.

    Parts: `.axes`, `.ticks`, `.names`, `.curves`, `.heads` (dots) and `.labels`, one a curve;
    `.limit`.

    >>> chart = CurveChart({"a": [[0, 1], [4, 1e-8]]}, y=(1e-8, 1), log=True, area=Area(0, 0, 6, 4))
    >>> chart.data_drawn("a").round(9).tolist()
    [[0.0, 1.0], [4.0, 1e-08]]
    """

    def __init__(
        self,
        curves: Mapping[str, ArrayLike],
        *,
        y: tuple[float, float],
        area: Area,
        names: tuple[str, str] = ("", ""),
        log: bool = False,
        roles: Sequence[str] = ROLES,
        told: Mapping[str, str] | None = None,
        limit: tuple[float, str] | None = None,
        percent: bool = False,
        theme: Theme = LIGHT,
    ) -> None:
        if not 1 <= len(curves) <= len(roles):
            raise UsageError(f"{len(curves)} curves", f"1 to {len(roles)} can be told apart")
        super().__init__()
        self.theme, self.log, self.percent = theme, log, percent
        self.data = {name: np.asarray(points, float) for name, points in curves.items()}
        ends = np.concatenate([points[:, 0] for points in self.data.values()])
        self.x, self.y = (float(ends.min()), float(ends.max())), y
        self.roles = dict(zip(self.data, roles, strict=False))
        texts = {name: (told or {}).get(name, name) for name in self.data}
        self.labels = VGroup(
            *(
                Label(texts[name], theme=theme, size="small", role=self.roles[name], weight="bold")
                for name in self.data
            )
        )
        self._labels = list(self.labels)
        self._frame(area, names)
        self.curves, self.heads = VGroup(), VGroup()
        self._dot = Dot(radius=0.09).points
        for name in self.data:
            ink = theme.role(self.roles[name]).ink
            self.curves.add(VMobject(stroke_color=ink, stroke_width=theme.stroke.bold))
            self.heads.add(Dot(radius=0.09, color=ink))
        self._drawn = list(zip(self.curves, self.heads, self.data.values(), strict=True))
        self.limit = self._limit(*limit) if limit else VGroup()
        self._place_labels()
        self.add(self.axes, self.ticks, self.names, self.limit, self.curves, self.heads)
        self.add(self.labels)
        self.set_stage(self.x[1])

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        kind = "logarithmic chart" if self.log else "chart"
        told = [
            f"{label.text}: {points[0, 1]:.2g} to {points[-1, 1]:.2g}"
            for label, points in zip(self._labels, self.data.values(), strict=True)
        ]
        return Seen(f"{kind} with {len(told)} curves", "; ".join(told))

    def at(self, x: float, y: float) -> NDArray:
        """Where a point of the data is on the page, (3,)."""
        return self.all_at(np.array([[x, y]]))[0]

    def all_at(self, points: ArrayLike) -> NDArray:
        """The same for points (n, 2): (n, 3)."""
        given = np.array(points, float)
        low, high = self.y
        if self.log:
            given[:, 1] = np.log(given[:, 1])
            low, high = np.log(low), np.log(high)
        share_x = (given[:, 0] - self.x[0]) / (self.x[1] - self.x[0])
        share_y = (given[:, 1] - low) / (high - low)
        box = self.box
        return np.column_stack(
            [
                box.left + share_x * box.width,
                box.bottom + share_y * box.height,
                np.zeros(len(given)),
            ]
        )

    def data_drawn(self, name: str) -> NDArray:
        """The points (m, 2) of a curve, read back from what is drawn."""
        curve = self._drawn[list(self.data).index(name)][0]
        ends = np.array([*curve.points[::4], curve.points[-1]])
        share_x = (ends[:, 0] - self.box.left) / self.box.width
        share_y = (ends[:, 1] - self.box.bottom) / self.box.height
        low, high = self.y
        if self.log:
            values = np.exp(np.log(low) + share_y * (np.log(high) - np.log(low)))
        else:
            values = low + share_y * (high - low)
        return np.column_stack([self.x[0] + share_x * (self.x[1] - self.x[0]), values])

    def hold_back(self, name: str) -> tuple[Dot, Label]:
        """Take a curve's head and label off the chart, to come later; they stay in place."""
        at = list(self.data).index(name)
        head, label = self._drawn[at][1], self._labels[at]
        self.heads.remove(head)
        self.labels.remove(label)
        return head, label

    def set_stage(self, stage: float) -> Self:
        """Draw all curves up to an x; also `.animate.set_stage(...)`."""
        self.stage = float(np.clip(stage, *self.x))
        for curve, head, points in self._drawn:
            until = min(max(self.stage, points[0, 0]), points[-1, 0])
            heights = np.log(points[:, 1]) if self.log else points[:, 1]
            now = np.interp(until, points[:, 0], heights)
            last = [until, np.exp(now) if self.log else now]
            past = self.all_at(np.vstack([points[points[:, 0] < until], last]))
            curve.set_points_as_corners(past if len(past) > 1 else np.repeat(past, 2, axis=0))
            head.points = self._dot + past[-1]
        return self

    @override_animate(set_stage)
    def _animate_stage(self, stage: float, anim_args: dict[str, Any] | None = None) -> Animation:
        return moving_number(self, "stage", stage, anim_args)

    def _frame(self, area: Area, names: tuple[str, str]) -> None:
        theme, cap = self.theme, self.theme.sizes.small
        style: dict[str, Any] = {"theme": theme, "size": "small", "role": "muted"}
        marks = self._marks(area.height)
        numbers = [Label(self._written(mark), **style) for mark in marks]
        beside = max(number.width for number in numbers) + 0.18
        ends = max(label.width for label in self.labels) + 0.3
        below = 2.2 * cap + (2.2 * cap if names[0] else 0)
        above = 2.4 * cap if names[1] else cap
        box = Area(
            area.left + beside,
            area.bottom + below,
            area.width - beside - ends,
            area.height - below - above,
        )
        self.box = box
        self.axes = VGroup(
            Line(box.point(-1, -1), box.point(1, -1)), Line(box.point(-1, -1), box.point(-1, 1))
        ).set_stroke(theme.muted, theme.stroke.thin)
        self.ticks = VGroup()
        for number, mark in zip(numbers, marks, strict=True):
            x = box.left - 0.12 - number.width / 2
            self.ticks.add(number.center_on([x, self.at(self.x[0], mark)[1], 0]))
        for value in round_steps(self.x, max(2, min(6, int(box.width / 1.0)))):
            tick = Label(format_number(value, 0), **style)
            x = self.at(value, self.y[0])[0]
            self.ticks.add(tick.center_on([x, box.bottom - 1.15 * cap, 0]))
        self.names = VGroup()
        if names[0]:
            label = Label(names[0], **style)
            label.center_on([box.center[0], box.bottom - 3.2 * cap, 0])
            self.names.add(area.keep(label))
        if names[1]:
            label = Label(names[1], **style)
            label.center_on([area.left + label.width / 2, box.top + 1.6 * cap, 0])
            self.names.add(label)

    def _marks(self, height: float) -> list[float]:
        """Values for the vertical axis; on a logarithmic one powers of ten."""
        most = max(2, min(6, int(height / 0.6)))
        if not self.log:
            return round_steps(self.y, most)
        low, high = np.log10(self.y[0]), np.log10(self.y[1])
        step = max(1, int(np.ceil((high - low) / most)))
        powers = np.arange(np.floor(high + 1e-9), low - 1e-9, -step)
        return [10.0**power for power in powers]

    def _written(self, value: float) -> str:
        if self.log:
            power = round(np.log10(value))
            return "1" if power == 0 else "10" + str(power).translate(_SUPERSCRIPTS)
        if self.percent:
            return f"{100 * value:.0f} %"
        return format_number(value, 1)

    def _place_labels(self) -> None:
        """Each at the end of its curve, moved up or down where they would touch."""
        cap = self.theme.sizes.small
        heights = [float(self.at(*points[-1])[1]) for points in self.data.values()]
        order = np.argsort(heights, kind="stable")
        apart, least = 2.0 * cap, -np.inf
        for i in order:
            least = max(heights[i], least + apart)
            heights[i] = least
        over = max(0.0, max(heights) - (self.box.top + cap))
        ceiling = np.inf
        for i in order[::-1] if over else ():
            ceiling = min(heights[i], self.box.top + cap, ceiling - apart)
            heights[i] = ceiling
        for label, points, y in zip(self.labels, self.data.values(), heights, strict=True):
            x = float(self.at(*points[-1])[0]) + 0.2
            label.center_on([x + label.width / 2, y, 0])

    def _limit(self, x: float, text: str) -> VGroup:
        """A dashed line that rises to what it parts, beside its upper end."""
        foot, top = self.at(x, self.y[0]), self.at(x, self.y[1])
        cap = self.theme.sizes.small
        top[1] += 2.1 * cap
        line = DashedLine(foot, top, dash_length=0.12)
        line.set_stroke(self.theme.muted, self.theme.stroke.thin)
        label = Label(text, theme=self.theme, size="small", role="muted")
        label.center_on([top[0] + 0.7 * cap + label.width / 2, top[1] - 0.5 * cap, 0])
        return VGroup(line, label)
