"""Values as the pixels of one picture, for tables with too many cells to draw each."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from manim import ImageMobject
from manim.constants import RESAMPLING_ALGORITHMS

from mlanim.primitives.arrays import finite_array, frozen
from mlanim.primitives.seen import Seen, meaning_of
from mlanim.theme import LIGHT, Theme

__all__ = ["HeatImage"]


class HeatImage(ImageMobject):
    """One pixel a value (rows, columns), enlarged without blur to `width` x `height` units.

    limit: the value of full colour. Where `blank` (rows, columns) is True nothing is drawn.
    `means` tells what the values are, in English, to a colour bar and to a listener; unasked the
    role tells.
    It is sharp at any size, but vector files hold it as a picture.

    >>> image = HeatImage(np.eye(3), width=3, height=1.5, scale="weight")
    >>> image.values.shape, image.pixel_array.shape, round(float(image.height), 2)
    ((3, 3), (3, 3, 4), 1.5)
    """

    def __init__(
        self,
        values: Any,
        *,
        width: float,
        height: float,
        role: str = "score",
        scale: Literal["signed", "weight"] = "signed",
        limit: float | None = None,
        blank: Any = None,
        means: str = "",
        theme: Theme = LIGHT,
    ) -> None:
        array = finite_array(values, "HeatImage", (2,))
        self.values = frozen(array)
        self.role, self.theme, self.means = role, theme, means
        self.limit = float(np.abs(array).max() or 1.0) if limit is None else float(limit)
        colours = (
            theme.weight(array, role, self.limit)
            if scale == "weight"
            else theme.signed(array, self.limit, role)
        )
        alpha = np.full(array.shape, 255) if blank is None else np.where(blank, 0, 255)
        pixels = np.dstack([np.rint(colours * 255), alpha]).astype(np.uint8)
        super().__init__(pixels)
        self.set_resampling_algorithm(RESAMPLING_ALGORITHMS["nearest"])
        self.stretch_to_fit_width(width).stretch_to_fit_height(height)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        rows, columns = self.values.shape
        return Seen(f"heat map of {rows} by {columns} numbers", meaning_of(self))
