"""A sound as its samples: a dot each, over time."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Dot, Line, VGroup, VMobject

from mlanim.primitives.area import Area
from mlanim.primitives.arrays import finite_array, frozen
from mlanim.primitives.seen import Seen
from mlanim.theme import LIGHT, Theme

__all__ = ["SampleWave"]


class SampleWave(VGroup):
    """Samples (count,) from -limit to limit as dots from left to right, joined by lines.

    Parts: `.axis`, `.wave`, `.dots`.

    >>> wave = SampleWave([0, 100, 0], limit=128, area=Area(0, 0, 8, 2))
    >>> len(wave.dots), bool(wave.dots[1].get_y() > wave.dots[0].get_y())
    (3, True)
    """

    def __init__(
        self,
        samples: Any,
        *,
        limit: float,
        area: Area,
        role: str = "context",
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        array = finite_array(samples, "SampleWave", (1,))
        self.values, self.role, self.theme = frozen(array), role, theme
        xs = np.linspace(area.left + 0.06, area.right - 0.06, len(array))
        ys = area.center[1] + 0.48 * area.height * array / limit
        points = np.column_stack([xs, ys, np.zeros(len(array))])
        ink = theme.role(role).ink
        self.axis = Line([area.left, area.center[1], 0], [area.right, area.center[1], 0])
        self.axis.set_stroke(theme.muted, theme.stroke.thin)
        self.wave = VMobject(stroke_color=ink, stroke_width=theme.stroke.normal)
        self.wave.set_points_as_corners(points if len(points) > 1 else np.repeat(points, 2, axis=0))
        self.dots = VGroup(*(Dot(point, radius=0.05, color=ink) for point in points))
        self.add(self.axis, self.wave, self.dots)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        low, high = self.values.min(), self.values.max()
        return Seen(f"wave of {len(self.values)} samples", f"from {low:.0f} to {high:.0f}")

    @property
    def drawn_parts(self) -> dict[str, VMobject]:
        """The line that runs through its values."""
        return {"": self.wave}
