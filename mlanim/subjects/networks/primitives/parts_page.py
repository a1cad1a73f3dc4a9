"""Model, loss and optimiser as three parts side by side, and below them what they make together."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Group, RoundedRectangle, VGroup

from mlanim.models.boundary_data import grid_points
from mlanim.primitives.area import Area
from mlanim.primitives.charts.chart import Chart
from mlanim.primitives.charts.class_marks import ClassMarks
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label, Number
from mlanim.subjects.networks.models.frameworks import Exchange
from mlanim.subjects.networks.models.playground import CELLS
from mlanim.subjects.networks.primitives.unit_view import ScoreView
from mlanim.theme import LIGHT, Theme

__all__ = ["PartsPage"]

_HEADS = ("model", "loss", "optimiser")


class PartsPage(Group):
    """One exchange. Parts: `.boxes` (frame, head, what it is), `.plane` and `.marks`, `.chart` and
    `.curve` (its loss, step by step), `.numbers` (its last loss, the share it gets right).

    >>> from mlanim.subjects.networks.models.frameworks import exchanges
    >>> page = PartsPage(exchanges()[0], area=Area(-7, -4, 14, 7))
    >>> [box[2].text for box in page.boxes]
    ['a weighted sum', 'squared error', 'gradient descent']
    """

    def __init__(self, made: Exchange, *, area: Area, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.made, self.theme = made, theme
        top, rest = area.rows(1.2, area.height - 1.35, gap=0.15)
        self.boxes = VGroup()
        for i, (room, head, told) in enumerate(
            zip(top.columns(1, 1, 1, gap=0.3), _HEADS, made.parts, strict=True)
        ):
            self.boxes.add(self._box(room, head, told, changed=i == made.changed))
        left, right = rest.columns(1, 1, gap=0.5) if rest.is_wide else rest.rows(1.2, 1, gap=0.3)
        self._add_plane(left)
        self._add_loss(right)
        self.add(self.boxes, self.plane, self.marks, self.chart, self.curve, self.numbers)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        return Seen("fit of three parts", f"{', '.join(self.made.parts)}")

    def _box(self, room: Area, head: str, told: str, *, changed: bool) -> VGroup:
        theme = self.theme
        role = theme.role("output" if changed else "context")
        frame = RoundedRectangle(
            width=room.width,
            height=room.height,
            corner_radius=0.12,
            stroke_color=role.ink,
            stroke_width=theme.stroke.bold if changed else theme.stroke.thin,
            fill_color=role.fill,
            fill_opacity=1,
        ).move_to(room.center)
        size = theme.sizes.body if room.width > 3.2 else theme.sizes.small
        cap = size
        name = Label(head, theme=theme, size="small")
        name.center_on(room.center + np.array([0, 0.3 * room.height, 0]))
        label = Label(
            told, theme=theme, size=cap, weight="bold", width=room.width - 0.2, align="center"
        )
        label.center_on(room.center - np.array([0, 0.13 * room.height, 0]))
        return VGroup(frame, name, label)

    def _add_plane(self, room: Area) -> None:
        data = self.made.data
        side = min(room.width, room.height)
        away = self.made.seen(grid_points(data.view, CELLS)[0])
        # How far above the threshold, as two scores: the picture knows no probabilities here.
        ahead = np.tanh(2 * away) / 2 + 0.5
        self.plane = ScoreView(np.stack([1 - ahead, ahead]), side=side, theme=self.theme)
        self.plane.move_to(room.center)
        self.plane.set_scores(self.plane.scores)
        left, right, bottom, top = data.view
        share = (data.points - (left, bottom)) / (right - left, top - bottom)
        inside = ((share > 0.015) & (share < 0.985)).all(axis=1)
        corner = self.plane.frame.get_corner(np.array([-1, -1, 0]))
        places = np.column_stack([corner[:2] + share[inside] * side, np.zeros(inside.sum())])
        self.marks = ClassMarks(places, data.kinds[inside], classes=2, theme=self.theme)

    def _add_loss(self, room: Area) -> None:
        fit, theme = self.made.fit, self.theme
        size = "body" if room.width > 5 else "small"
        cap = theme.sizes.body if size == "body" else theme.sizes.small
        pairs = [
            self._named_number(word, value, size)
            for word, value in (("loss", float(fit.losses[-1])), ("right", self.made.accuracy))
        ]
        in_line = sum(pair.width for pair in pairs) + 0.6 < room.width
        lines = [pairs] if in_line else [[pair] for pair in pairs]
        high_head = 2.4 * cap * len(lines)
        head, body = room.rows(high_head, room.height - high_head - 0.1, gap=0.1)
        self.numbers = VGroup(*(part for pair in pairs for part in pair))
        for line, strip in zip(lines, head.rows(*[1.0] * len(lines), gap=0), strict=True):
            x = strip.left
            for pair in line:
                pair.shift([x - pair.get_left()[0], strip.center[1] - cap / 2, 0])
                x = float(pair.get_right()[0]) + 0.6
        high = 1.1 * float(fit.losses.max())
        self.chart = Chart(
            (0, float(fit.steps[-1])), (0, high), area=body, names=("step", ""), theme=theme
        )
        points = np.stack([fit.steps, fit.losses], axis=1)
        self.curve = self.chart.curve(points, ink=theme.role("score").ink)

    def _named_number(self, word: str, value: float, size: str) -> VGroup:
        """A word and its number side by side, on the line of height 0."""
        style: dict[str, Any] = {"theme": self.theme, "size": size}
        label = Label(word, **style).align_baseline(0)
        number = Number(value, decimals=3, weight="bold", **style).align_baseline(0)
        return VGroup(
            label, number.shift([label.get_right()[0] + 0.15 - number.get_left()[0], 0, 0])
        )
