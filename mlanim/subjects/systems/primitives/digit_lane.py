"""A small network from its input to its answer, in a row: what goes in, weights, units, chances."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from manim import Group, VGroup
from numpy.typing import NDArray

from mlanim.primitives.area import Area
from mlanim.primitives.heat_image import HeatImage
from mlanim.primitives.seen import Seen
from mlanim.primitives.softmax_bars import SoftmaxBars
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label
from mlanim.primitives.wire import Wire
from mlanim.theme import LIGHT, Theme

__all__ = ["DigitLane"]


class DigitLane(Group):
    """inputs (8, 8), first (64, h), hidden (h,), second (h, 10), chances (10,) that sum to 1.

    name: stands over the lane. told: five texts below the five parts.

    Parts: `.title`, `.input`, `.first`, `.hidden`, `.second`, `.bars`, `.wires` (four), `.notes`.

    >>> rng = np.random.default_rng(0)
    >>> lane = DigitLane(
    ...     np.eye(8), rng.normal(size=(64, 32)), rng.normal(size=32), rng.normal(size=(32, 10)),
    ...     np.full(10, 0.1), name="float32", area=Area(-7, -2, 14, 3.5))
    >>> lane.hidden.values.shape, len(lane.wires)
    ((32,), 4)
    """

    def __init__(
        self,
        inputs: NDArray,
        first: NDArray,
        hidden: NDArray,
        second: NDArray,
        chances: NDArray,
        *,
        name: str,
        area: Area,
        told: tuple[str, str, str, str, str] = ("", "", "", "", ""),
        role: str = "hidden",
        limits: tuple[float, float] | None = None,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme, self.name = theme, name
        cap = theme.sizes.body
        self.title = Label(name, theme=theme, role=role, weight="bold")
        self.title.shift([area.left - self.title.get_left()[0], 0, 0])
        self.title.align_baseline(area.top - cap)
        room = Area(area.left, area.bottom, area.width, area.height - 1.9 * cap)
        rooms = self._rooms(room)
        below = 2.1 * theme.sizes.small if any(told) else 0.0
        parts = [Area(r.left, r.bottom + below, r.width, r.height - below) for r in rooms]
        largest = limits or (float(np.abs(first).max()), float(np.abs(second).max()))
        side = min(parts[0].width, parts[0].height) - 0.1  # of which the frame takes a little
        self.input = parts[0].place(
            TensorBox(
                inputs,
                cell=side / 8,
                role=role,
                numbers=False,
                shape_label=False,
                means="pixel",
                theme=theme,
            )
        )
        self.first = self._picture(first, parts[1], largest[0], role)
        high = parts[2].height
        self.hidden = parts[2].place(
            TensorBox(
                hidden,
                cell=min(parts[2].width, 0.35),
                cell_height=high / len(hidden),
                role=role,
                means="hidden unit",
                numbers=False,
                shape_label=False,
                theme=theme,
            )
        )
        self.second = self._picture(second, parts[3], largest[1], role)
        self.bars = SoftmaxBars(
            chances,
            orientation="vertical",
            width=parts[4].width,
            height=parts[4].height - 3.4 * theme.sizes.small,
            labels=[str(i) for i in range(len(chances))],
            numbers=False,
            theme=theme,
        )
        parts[4].place(self.bars)
        self.wires = self._join(parts, rooms)
        self.notes = VGroup()
        for text, part, whole in zip(told, parts, rooms, strict=True):
            label = Label(text, theme=theme, size="small")
            label.center_on([part.center[0], whole.bottom + 0.6 * theme.sizes.small, 0])
            self.notes.add(area.keep(label))
        self.add(self.title, self.input, self.first, self.hidden, self.second, self.bars)
        self.add(self.wires, self.notes)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        chances = self.bars.weights
        best = int(np.argmax(chances))
        return Seen("network", f"{self.name} reads a {best}, {100 * chances[best]:.1f} %")

    @property
    def parts(self) -> list[Any]:
        """From the input to the chances."""
        return [self.input, self.first, self.hidden, self.second, self.bars]

    @staticmethod
    def _rooms(room: Area) -> list[Area]:
        if not room.is_tall and room.width > 2.2 * room.height:
            return list(room.columns(1.3, 2.3, 0.5, 1.6, 2.2, gap=0.55))
        upper, lower = room.rows(1, 1, gap=0.2)
        left = upper.columns(1.3, 2.4, 0.5, gap=0.5)
        return [*left, *lower.columns(1, 1.3, gap=0.5)]

    def _picture(self, weights: NDArray, room: Area, limit: float, role: str) -> HeatImage:
        """A layer's weights, a row for each unit that it feeds."""
        rows, columns = weights.T.shape
        scale = min(room.width / columns, room.height / rows, room.height * 2 / 3 / rows)
        return room.place(
            HeatImage(
                weights.T,
                width=scale * columns,
                height=scale * rows,
                role=role,
                limit=limit,
                means="weight",
                theme=self.theme,
            )
        )

    def _join(self, parts: list[Area], rooms: list[Area]) -> VGroup:
        made = VGroup()
        things = self.parts
        for i, (one, other) in enumerate(pairwise(things)):
            if parts[i + 1].left > parts[i].left:
                y = parts[i].center[1]
                ends = (one.get_right()[0] + 0.08, y), (other.get_left()[0] - 0.08, y)
                made.add(Wire(*ends, theme=self.theme))
            else:  # from the end of the upper line to the beginning of the lower
                gap = (rooms[i].bottom + rooms[i + 1].top) / 2
                x, y, below = one.get_right()[0], one.get_y(), other.get_x()
                way = (
                    (x + 0.05, y),
                    (x + 0.2, y),
                    (x + 0.2, gap),
                    (below, gap),
                    (below, other.get_top()[1] + 0.06),
                )
                made.add(Wire(*way, theme=self.theme))
        return made
