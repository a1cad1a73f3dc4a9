"""One dimension of the positional codes over all positions: a wave, known at whole positions."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import LEFT, Dot, Line, VGroup, VMobject

from mlanim.primitives.area import Area
from mlanim.primitives.arrays import finite_array, frozen
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme

__all__ = ["WavePlot"]


class WavePlot(VGroup):
    """Values (count,) from -1 to 1 as dots from left to right, joined by straight lines.

    Parts: `.axis`, `.wave`, `.dots`, `.name` on the left.

    >>> plot = WavePlot(np.sin(np.arange(9)), name="dimension 0", area=Area(0, 0, 8, 2))
    >>> len(plot.dots), bool(plot.dots[1].get_y() > plot.dots[0].get_y())
    (9, True)
    """

    def __init__(
        self, values: Any, *, name: str, area: Area, role: str = "context", theme: Theme = LIGHT
    ) -> None:
        super().__init__()
        array = finite_array(values, "WavePlot", (1,))
        self.values, self.role, self.theme = frozen(array), role, theme
        self.name = Label(name, theme=theme, size="small", role=role)
        left = area.left + self.name.width + 0.3
        xs = np.linspace(left, area.right - 0.06, len(array))
        middle, reach = area.center[1], 0.46 * area.height
        points = np.column_stack([xs, middle + reach * array, np.zeros(len(array))])
        self.axis = Line([left, middle, 0], [area.right, middle, 0])
        self.axis.set_stroke(theme.muted, theme.stroke.thin)
        ink = theme.role(role).ink
        self.wave = VMobject(stroke_color=ink, stroke_width=theme.stroke.normal)
        self.wave.set_points_as_corners(points if len(points) > 1 else np.repeat(points, 2, axis=0))
        radius = min(0.06, 2.5 * (xs[-1] - left) / len(array) / 8)
        self.dots = VGroup(*(Dot(point, radius=radius, color=ink) for point in points))
        self.name.next_to([left - 0.15, middle, 0], LEFT, buff=0)
        self.add(self.axis, self.wave, self.dots, self.name)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        low, high = float(self.values.min()), float(self.values.max())
        told = f"{self.name.text} from {low:.2f} to {high:.2f}"
        return Seen(f"wave of {len(self.values)} points", told)

    @property
    def drawn_parts(self) -> dict[str, VMobject]:
        """The line that runs through its values."""
        return {"": self.wave}
