"""The codes of positions as a picture: a row for each position, a column for each dimension."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from manim import DOWN, LEFT, Group, Rectangle, VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.arrays import finite_array
from mlanim.primitives.heat_image import HeatImage
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme

__all__ = ["PositionMap"]

_MOST = 1600  # cells that are drawn one by one


class PositionMap(Group):
    """Codes (count, width), values from -1 to 1, as large as the area holds.

    Up to 1600 values are cells, more are one picture; the first and the last index stand at both
    axes.

    Parts: `.map` (TensorBox or HeatImage), `.ticks` (labels), `.titles` (of the axes).

    >>> picture = PositionMap(np.zeros((4, 8)), area=Area(-6, -3, 12, 6))
    >>> picture.values.shape, [tick.text for tick in picture.ticks]
    ((4, 8), ['0', '3', '0', '7'])
    """

    def __init__(
        self,
        codes: Any,
        *,
        area: Area,
        role: str = "context",
        highest_row: float = 0.4,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        array = finite_array(codes, "PositionMap", (2,))
        count, width = array.shape
        self.theme, self.role = theme, role
        style: dict[str, Any] = {"theme": theme, "size": "small", "role": "muted"}
        across, up = Label("dimension", **style), Label("position", **style)
        self.ticks = VGroup(
            *(Label(str(i), mono=True, **style) for i in (0, count - 1, 0, width - 1))
        )
        beside = max(up.width, self.ticks[0].width, self.ticks[1].width) + 0.15
        below = 0.42
        wide, high = area.width - beside, min(area.height - below, highest_row * count)
        told: dict[str, Any] = {"role": role, "theme": theme, "means": "positional code"}
        if count * width <= _MOST:
            self.map: Any = TensorBox(
                array,
                cell=(wide - 0.08) / width,
                cell_height=(high - 0.08) / count,
                limit=1.0,
                numbers=False,
                shape_label=False,
                **told,
            )
        else:
            self.map = HeatImage(array, width=wide, height=high, limit=1.0, **told)
        place = Area(area.left + beside, area.bottom + below, wide, area.height - below)
        self.map.move_to(place.center)
        frame = self.frame
        for tick, index in zip(self.ticks[:2], (0, count - 1), strict=True):
            y = frame.get_top()[1] - (index + 0.5) * frame.height / count
            tick.next_to([frame.get_left()[0], y, 0], LEFT, buff=0.1)
            tick.set_y(y)
        if count > 1 and self.ticks[0].get_y() - self.ticks[1].get_y() < 0.3:
            self.ticks[1].shift([0, self.ticks[0].get_y() - 0.3 - self.ticks[1].get_y(), 0])
        for tick, index in zip(self.ticks[2:], (0, width - 1), strict=True):
            x = frame.get_left()[0] + (index + 0.5) * frame.width / width
            tick.next_to([x, frame.get_bottom()[1], 0], DOWN, buff=0.1)
            area.keep(tick)
        across.next_to(frame, DOWN, buff=0.1).align_baseline(self.ticks[2])
        up.next_to(frame, LEFT, buff=0.1)
        self.titles = VGroup(across, up) if high > 1.3 else VGroup(across)
        self.add(self.map, self.ticks, self.titles)

    drawn_data: ClassVar[dict[str, Any]] = {}  # the map in it tells its values

    @property
    def values(self) -> np.ndarray:
        """The codes (count, width), read-only."""
        return np.asarray(self.map.values)

    @property
    def frame(self) -> Any:
        """What encloses the values."""
        return self.map.frame if isinstance(self.map, TensorBox) else self.map

    def row(self, position: int) -> Rectangle:
        """A frame around one position's code, to point at it."""
        count = len(self.values)
        box = Rectangle(width=self.frame.width, height=self.frame.height / count)
        box.set_stroke(self.theme.ink, self.theme.stroke.normal)
        top = self.frame.get_top()[1]
        return box.move_to(
            [self.frame.get_x(), top - (position + 0.5) * self.frame.height / count, 0]
        )
