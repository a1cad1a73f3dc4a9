"""Errors against the size of the sample, on a logarithmic axis, beside the best that can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from manim import DashedLine, Dot, Line, VGroup, VMobject
from numpy.typing import NDArray

from mlanim.primitives.area import Area
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label, Number, format_number
from mlanim.subjects.boundary.primitives.plane import corners_of
from mlanim.theme import LIGHT, Theme

__all__ = ["ErrorCurve"]

_ROLES = ("score", "decoder")
_DIGITS = 3


class ErrorCurve(VGroup):
    """errors: by name, one for each of `sizes`. floor: the Bayes error, if it is known.

    ticks: the sizes named along the axis, where there is room. counted: what the sizes are.

    Parts: `.axes`, `.ticks`, `.floor` (name, number, line), `.lines`, `.heads` (at their
    ends), `.names` and `.numbers` beside the heads, `.size` (points learned from).
    `.set_stage(s)` draws the curves up to the s-th size.

    >>> curve = ErrorCurve([10, 100], {"test error": [0.3, 0.1]}, floor=0.07, area=Area(0, 0, 6, 4))
    >>> bool(curve.point(100, 0.1)[0] > curve.point(10, 0.1)[0])
    True
    >>> curve.set_stage(1).numbers[0].text
    '0.100'
    """

    def __init__(
        self,
        sizes: Sequence[int],
        errors: Mapping[str, Sequence[float]],
        *,
        area: Area,
        floor: float | None = None,
        ticks: Sequence[int] = (),
        stage: float = 0.0,
        counted: str = "points learned from:",
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self._counted = counted
        self.theme, self.sizes, self.errors = theme, list(sizes), dict(errors)
        self.bayes = floor
        values = [v for row in self.errors.values() for v in row] + [floor or 0.0]
        self._highest = max(0.05, 1.08 * max(values))
        self._style: dict[str, Any] = {"theme": theme, "size": "small"}
        self._title = Label("share of points it gets wrong", role="muted", **self._style)
        self.names, self.numbers, self.lines, self.heads = VGroup(), VGroup(), VGroup(), VGroup()
        for (name, row), role in zip(self.errors.items(), _ROLES, strict=False):
            self.names.add(Label(name, role=role, weight="bold", **self._style))
            self.numbers.add(
                Number(row[0], decimals=_DIGITS, role=role, anchor="left", **self._style)
            )
            ink = theme.role(role).ink
            self.lines.add(VMobject(stroke_color=ink, stroke_width=theme.stroke.bold))
            self.heads.add(Dot(radius=0.075, color=ink))
        self._dot = Dot(radius=0.075).points
        self.floor = VGroup()
        if floor is not None:
            self.floor.add(
                Label("Bayes error", weight="bold", **self._style),
                Label(format_number(floor, 4), **self._style),
            )
        self._frame(area)
        self._ticks(ticks or self.sizes)
        self._corners = [
            np.array([self.point(*at) for at in zip(self.sizes, row, strict=True)])
            for row in self.errors.values()
        ]
        self._order = self._rank()
        self.add(self.axes, self.ticks, self.floor, self.lines, self.heads)
        self.add(self.names, self.numbers, self.size)
        self.set_stage(stage)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        stage = int(self.stage)
        told = [f"{name} {row[stage]:.3f}" for name, row in self.errors.items()]
        return Seen("chart of errors", f"with {self.sizes[stage]} points {', '.join(told)}")

    def point(self, size: float, error: float) -> NDArray:
        """Where a size and an error are on the page, (3,)."""
        first, last = np.log(self.sizes[0]), np.log(self.sizes[-1])
        share = (np.log(size) - first) / max(last - first, 1e-9)
        box = self._box
        return np.array(
            [box.left + share * box.width, box.bottom + error / self._highest * box.height, 0]
        )

    @property
    def drawn_data(self) -> dict[str, Any]:
        """Each curve (m, 2) as far as it is drawn: sizes and errors; and the Bayes error."""
        i, part = int(self.stage), self.stage - int(self.stage)
        curves: dict[str, Any] = {}
        for name, row in self.errors.items():
            at = np.stack([self.sizes, row], axis=1)[: i + 1]
            if part:
                at = np.vstack(
                    [at, [self._sized(i + part), np.interp(i + part, range(len(row)), row)]]
                )
            curves[f"curve {name!r}"] = at
        return curves | ({} if self.bayes is None else {"Bayes error": [self.bayes]})

    @property
    def drawn_parts(self) -> dict[str, Any]:
        """Each curve's line and the dot at its end; what shows the Bayes error."""
        parts = zip(self.errors, self.lines, self.heads, strict=True)
        told = {f"curve {name!r}": (line, head) for name, line, head in parts}
        return told | {"Bayes error": list(self.floor)}

    def _sized(self, stage: float) -> float:
        """The size at a stage between two, on the axis of logarithms."""
        return float(np.exp(np.interp(stage, range(len(self.sizes)), np.log(self.sizes))))

    def set_stage(self, stage: float) -> ErrorCurve:
        """Draw up to a stage; numbers are those of the last size reached."""
        self.stage = float(np.clip(stage, 0, len(self.sizes) - 1))
        i, part = int(self.stage), self.stage - int(self.stage)
        rows = list(self.errors.values())
        heads = []
        for row, corners, line, head, number in zip(
            rows, self._corners, self.lines, self.heads, self.numbers, strict=True
        ):
            end = corners[i] if not part else corners[i] + part * (corners[i + 1] - corners[i])
            line.points = corners_of([np.array([*corners[: i + 1], end])])
            head.points = self._dot + end
            number.set_value(row[i])
            heads.append(end)
        self.size.set_value(self.sizes[i])
        self._name(heads)
        return self

    def _name(self, heads: list[NDArray]) -> None:
        """Names stand beside their heads, in one order, pushed apart where they would touch."""
        wanted = [head[1] for head in heads]
        if self.bayes is not None:
            wanted.append(self.point(self.sizes[0], self.bayes)[1])
        gap = 2.0 * self.theme.sizes.small
        heights = np.empty(len(wanted))
        heights[self._order] = _apart(np.array(wanted)[self._order], gap)
        heights += max(0.0, self._box.bottom + 0.4 * gap - heights.min())
        x = self._box.right + 0.2
        rows = [*zip(self.names, self.numbers, strict=True)]
        if self.bayes is not None:
            rows.append(tuple(self.floor[:2]))
        for (name, number), y in zip(rows, heights, strict=True):
            baseline = y - self.theme.sizes.small / 2
            name.stand_at(x, baseline)
            number.stand_at(x + self._wide, baseline)

    def _rank(self) -> list[int]:
        """Curves from low to high as they end, so that their names never change places."""
        ends = [row[-1] for row in self.errors.values()]
        if self.bayes is not None:
            ends.append(self.bayes)
        return np.argsort(ends, kind="stable").tolist()

    def _frame(self, area: Area) -> None:
        cap = self.theme.sizes.small
        named = [*self.names, *self.floor[:1]]
        self._wide = max(name.width for name in named) + 0.14
        beside = self._wide + max(n.width for n in [*self.numbers, *self.floor[1:2]])
        left = area.left + 0.2 + Label("0.00", mono=True, **self._style).width
        low = area.bottom + 4.6 * cap
        top = area.top - 2.4 * cap
        self._box = box = Area(left, low, area.right - beside - 0.25 - left, top - low)
        self.axes = VGroup(
            Line([left, low, 0], [box.right, low, 0]), Line([left, low, 0], [left, top, 0])
        ).set_stroke(self.theme.muted, self.theme.stroke.thin)
        self._title.align_baseline(area.top - cap)
        self._title.shift([area.left - self._title.get_left()[0], 0, 0])
        told = Label(self._counted, role="muted", **self._style)
        self.size = Number(
            self.sizes[-1], decimals=0, weight="bold", anchor="left", theme=self.theme, size="small"
        )
        told.align_baseline(area.bottom + 0.3 * cap)
        middle = max(area.left, box.center[0] - (told.width + self.size.width + 0.1) / 2)
        told.shift([middle - told.get_left()[0], 0, 0])
        self.size.align_baseline(told)
        self.size.shift([told.get_right()[0] + 0.12 - self.size.get_left()[0], 0, 0])
        self.ticks = VGroup(self._title, told)
        if self.bayes is not None:
            start = self.point(self.sizes[0], self.bayes)
            line = DashedLine(start, [box.right + 0.12, start[1], 0], dash_length=0.12)
            self.floor.add(line.set_stroke(self.theme.ink, self.theme.stroke.normal))

    def _ticks(self, sizes: Sequence[int]) -> None:
        cap, box = self.theme.sizes.small, self._box
        spans: list[tuple[float, float]] = []
        first, last = self.sizes[0], self.sizes[-1]
        round_ones = [n for n in (10, 100, 1000, 30, 300, 3000) if first < n < last]
        for size in dict.fromkeys([last, first, *sizes, *round_ones]):  # both ends before others
            tick = Label(str(size), role="muted", mono=True, **self._style)
            x = self.point(size, 0)[0]
            low, high = x - tick.width / 2 - 0.1, x + tick.width / 2 + 0.1
            if all(high < start or low > end for start, end in spans):
                spans.append((low, high))
                self.ticks.add(tick.center_on([x, box.bottom - 1.2 * cap, 0]))
        most = max(2, int(box.height / 0.8))
        step = next(s for s in (0.02, 0.05, 0.1, 0.2, 0.5, 1) if self._highest / s <= most)
        for k in range(int(self._highest / step) + 1):
            tick = Label(format_number(k * step, 2), role="muted", mono=True, **self._style)
            y = self.point(self.sizes[0], k * step)[1]
            self.ticks.add(tick.center_on([box.left - 0.12 - tick.width / 2, y, 0]))


def _apart(wanted: NDArray, gap: float) -> NDArray:
    """Rising heights nearest to those wanted, a gap or more between neighbours.

    Neighbours that are too near become a block around their mean; blocks that meet become one.
    So the heights move as smoothly as what is wanted.

    >>> _apart(np.array([0.0, 0.1, 3.0]), 1.0).round(2).tolist()
    [-0.45, 0.55, 3.0]
    """
    shifted = wanted - gap * np.arange(len(wanted))
    blocks: list[list[float]] = []  # mean and length
    for value in shifted:
        blocks.append([float(value), 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            mean, length = blocks.pop()
            before, count = blocks[-1]
            total = count + length
            blocks[-1] = [(before * count + mean * length) / total, total]
    level = np.concatenate([np.full(int(length), mean) for mean, length in blocks])
    return np.asarray(level + gap * np.arange(len(wanted)))
