"""Votes as marks in rows, class by class, counted."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import VGroup, VMobject

from mlanim.primitives.area import Area
from mlanim.primitives.arrays import frozen
from mlanim.primitives.charts.class_marks import CLASS_ROLES, mark_outline
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme

__all__ = ["VoteGrid"]

_ROWS = 5  # of one class, where there are many votes


class VoteGrid(VGroup):
    """Votes (n,) for classes from 0; each class has a row of its marks, and their count.

    Parts: `.rows` (one shape a class) and `.counts` (labels).

    >>> grid = VoteGrid([1, 0, 1], ["left", "right"], area=Area(0, 0, 4, 2))
    >>> [label.text for label in grid.counts]
    ['left: 1', 'right: 2']
    """

    def __init__(self, votes: Any, names: list[str], *, area: Area, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.names, self.theme, self._area = names, theme, area
        self.rows = VGroup()
        for kind in range(len(names)):
            ink = theme.role(CLASS_ROLES[kind]).ink
            self.rows.add(VMobject(stroke_width=0, fill_color=ink, fill_opacity=1))
        self.counts = VGroup()
        self.add(self.rows, self.counts)
        self.set_votes(votes)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        counts = [f"{int((self.votes == i).sum())} for {n}" for i, n in enumerate(self.names)]
        return Seen(f"grid of {len(self.votes)} votes", ", ".join(counts))

    def set_votes(self, votes: Any) -> Self:
        """Show other votes in the same place."""
        self.votes = frozen(np.asarray(votes, int))
        area, cap = self._area, self.theme.sizes.body
        high = area.height / len(self.names)
        if high < (3.2 + _ROWS) * cap:
            return self._in_lines(min(high, 3 * cap))
        columns = max(1, int(np.ceil(len(self.votes) / _ROWS)), 10)
        step = min(area.width / columns, (high - 3.2 * cap) / _ROWS, 0.3)
        counts = []
        for kind, name in enumerate(self.names):
            top = area.top - kind * high
            count = int((self.votes == kind).sum())
            label = Label(f"{name}: {count}", theme=self.theme, role=CLASS_ROLES[kind])
            label.align_baseline(top - cap)
            counts.append(label.shift([area.left - label.get_left()[0], 0, 0]))
            number = np.arange(count)
            places = np.zeros((count, 3))
            places[:, 0] = area.left + (number % columns + 0.5) * step
            places[:, 1] = top - 2.6 * cap - (number // columns) * step
            outline = 0.36 * step * mark_outline(kind)
            self.rows[kind].points = (places[:, None] + outline).reshape(-1, 3)
        self.counts.submobjects = counts
        return self

    def _in_lines(self, high: float) -> Self:
        """Many classes: each has one line, of its name, its count and its marks."""
        area, cap = self._area, self.theme.sizes.small
        style: dict[str, Any] = {"theme": self.theme, "size": "small"}
        counts = [int((self.votes == kind).sum()) for kind in range(len(self.names))]
        widest = f"{max(self.names, key=len)}: {len(self.votes)}"
        left = area.left + Label(widest, **style).width + 0.3
        step = min(0.26, (area.right - left) / max(*counts, 1))
        labels = []
        for kind, (name, count) in enumerate(zip(self.names, counts, strict=True)):
            y = area.top - (kind + 0.5) * high
            label = Label(f"{name}: {count}", role=CLASS_ROLES[kind], **style)
            label.align_baseline(y - cap / 2)
            labels.append(label.shift([area.left - label.get_left()[0], 0, 0]))
            places = np.zeros((count, 3))
            places[:, 0], places[:, 1] = left + (np.arange(count) + 0.5) * step, y
            outline = 0.36 * step * mark_outline(kind)
            self.rows[kind].points = (places[:, None] + outline).reshape(-1, 3)
        self.counts.submobjects = labels
        return self
