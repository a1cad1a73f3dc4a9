"""A picture in a frame, with a line of text below; where nothing is drawn the page is seen."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import Group, ImageMobject, Rectangle
from manim.constants import RESAMPLING_ALGORITHMS
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label, shortened
from mlanim.theme import LIGHT, Theme

__all__ = ["PicturePanel"]

_BELOW = 2.3  # cap heights that the line of text takes


class PicturePanel(Group):
    """colours (rows, columns, 3) from 0 to 1, shown where `there` (rows, columns) is True.

    Parts: `.picture`, `.frame`, `.label` (empty without a name). It fills an area as far as its
    shape allows; `.set_colours` shows another picture of the same size.

    >>> panel = PicturePanel(np.zeros((3, 6, 3)), area=Area(0, 0, 4, 4))
    >>> float(panel.frame.width), float(panel.frame.height)
    (4.0, 2.0)
    """

    def __init__(
        self,
        colours: NDArray,
        there: NDArray | None = None,
        *,
        area: Area,
        name: str = "",
        what: str = "picture",
        size: str | float = "body",
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme, self.what = theme, what
        rows, columns = colours.shape[:2]
        style: dict[str, Any] = {"theme": theme, "size": size}
        self.label = Label(shortened(name, area.width, **style), **style)
        below = _BELOW * self.label.cap_height if name else 0.0
        width = min(area.width, (area.height - below) * columns / rows)
        height = width * rows / columns
        x, middle = area.center[0], area.center[1] + below / 2
        self.frame = Rectangle(width=width, height=height).move_to([x, middle, 0])
        self.frame.set_stroke(theme.muted, theme.stroke.thin)
        self.picture = ImageMobject(np.zeros((rows, columns, 4), np.uint8))
        self.picture.set_resampling_algorithm(RESAMPLING_ALGORITHMS["nearest"])
        self.picture.stretch_to_fit_width(width).stretch_to_fit_height(height)
        self.picture.move_to(self.frame)
        self.label.center_on([x, middle - height / 2 - below / 2 - 0.03, 0])
        self.set_colours(colours, there)
        self.add(self.picture, self.frame)
        if name:
            self.add(self.label)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        rows, columns = self.colours.shape[:2]
        return Seen(f"{self.what} of {columns} by {rows} pixels", self.label.text)

    def set_colours(self, colours: NDArray, there: NDArray | None = None) -> Self:
        """Another picture; UsageError for one of another size."""
        shape = self.picture.pixel_array.shape[:2]
        if colours.shape != (*shape, 3):
            raise UsageError(f"a picture of shape {colours.shape}", f"this panel shows {shape}")
        self.colours = np.asarray(colours, float)
        self.there = np.ones(shape, bool) if there is None else np.asarray(there, bool)
        pixels = np.zeros((*shape, 4), np.uint8)
        pixels[..., :3] = np.rint(255 * np.clip(self.colours, 0, 1))
        pixels[..., 3] = np.where(self.there, 255, 0)
        self.picture.pixel_array = pixels
        return self
