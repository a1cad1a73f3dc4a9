"""Several named curves over one axis, on a plain or a logarithmic scale, drawn up to a place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from manim import Animation, DashedLine, Dot, VGroup, VMobject, override_animate
from numpy.typing import ArrayLike, NDArray

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.charts.chart import Chart, round_steps
from mlanim.primitives.moving_values import moving_number
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme

__all__ = ["CurveChart"]

ROLES = ("score", "context", "encoder", "output")


class CurveChart(Chart):
    """curves: (k, 2) of x and y by name. y: (least, most); log: y on a logarithmic scale.

    names: of the axes. roles: one a curve. told: what stands at a curve's end, instead of its name.
    limit: where a dashed line stands, and what is written at it. `.set_stage(x)` draws up to there.

    Parts: a Chart's; `.curves`, `.heads` (dots) and `.labels`, one a curve; `.limit`.

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
        data = {name: np.asarray(points, float) for name, points in curves.items()}
        ends = np.concatenate([points[:, 0] for points in data.values()])
        x = float(ends.min()), float(ends.max())
        labels = [
            Label((told or {}).get(name, name), theme=theme, size="small", role=role, weight="bold")
            for name, role in zip(data, roles, strict=False)
        ]
        most = max(2, min(6, int(area.height / 0.6)))
        shares = [(v, f"{100 * v:.0f} %") for v in round_steps(y, most)] if percent else None
        super().__init__(
            x,
            y,
            area=area,
            names=names,
            log=(False, log),
            ticks=(None, shares),
            most_ticks=6,
            beyond=max(label.width for label in labels) + 0.3,
            theme=theme,
        )
        self.data, self._labels, self.labels = data, labels, VGroup(*labels)
        self.roles = dict(zip(data, roles, strict=False))
        self.curves, self.heads = VGroup(), VGroup()
        self._dot = Dot(radius=0.09).points
        for name in self.data:
            ink = theme.role(self.roles[name]).ink
            self.curves.add(VMobject(stroke_color=ink, stroke_width=theme.stroke.bold))
            self.heads.add(Dot(radius=0.09, color=ink))
        self._past: list[NDArray] = []
        self._drawn = list(zip(self.curves, self.heads, self.data.values(), strict=True))
        self.limit = self._limit(*limit) if limit else VGroup()
        self._place_labels()
        self.add(self.limit, self.curves, self.heads, self.labels)
        self.set_stage(self.x[1])

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        kind = "logarithmic chart" if self.log[1] else "chart"
        told = [
            f"{label.text}: {points[0, 1]:.2g} to {points[-1, 1]:.2g}"
            for label, points in zip(self._labels, self.data.values(), strict=True)
        ]
        return Seen(f"{kind} with {len(told)} curves", "; ".join(told))

    @property
    def drawn_data(self) -> dict[str, NDArray]:
        """Each curve (m, 2) as far as it is drawn."""
        return {f"curve {n!r}": past for n, past in zip(self.data, self._past, strict=True)}

    @property
    def drawn_parts(self) -> dict[str, tuple[VMobject, VMobject]]:
        """The line that runs through each curve's points, and the dot at its end."""
        return {
            f"curve {name!r}": (line, head)
            for name, (line, head, _) in zip(self.data, self._drawn, strict=True)
        }

    def data_drawn(self, name: str) -> NDArray:
        """The points (m, 2) of a curve, read back from what is drawn."""
        curve = self._drawn[list(self.data).index(name)][0]
        return self.data_at(np.array([*curve.points[::4], curve.points[-1]]))

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
        self._past = []
        for curve, head, points in self._drawn:
            until = min(max(self.stage, points[0, 0]), points[-1, 0])
            heights = np.log(points[:, 1]) if self.log[1] else points[:, 1]
            now = np.interp(until, points[:, 0], heights)
            last = [until, np.exp(now) if self.log[1] else now]
            self._past.append(np.vstack([points[points[:, 0] < until], last]))
            past = self.all_at(self._past[-1])
            curve.set_points_as_corners(past if len(past) > 1 else np.repeat(past, 2, axis=0))
            head.points = self._dot + past[-1]
        return self

    @override_animate(set_stage)
    def _animate_stage(self, stage: float, anim_args: dict[str, Any] | None = None) -> Animation:
        return moving_number(self, "stage", stage, anim_args)

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
