"""A picture as the array that it is: a number a pixel, or three."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import ImageMobject
from manim.constants import RESAMPLING_ALGORITHMS

from mlanim.errors import UsageError
from mlanim.primitives.arrays import frozen
from mlanim.primitives.seen import Seen

__all__ = ["PixelPicture"]


class PixelPicture(ImageMobject):
    """Values from 0 to 255 (rows, columns) in greys, or (rows, columns, 3) in colours.

    >>> picture = PixelPicture(np.eye(3, dtype=np.uint8) * 255, height=1.5)
    >>> picture.values.shape
    (3, 3)
    """

    def __init__(self, values: Any, *, height: float) -> None:
        array = np.asarray(values)
        known = array.ndim == 2 or (array.ndim == 3 and array.shape[2] == 3)
        if not known or array.dtype != np.uint8:
            what = f"a picture of shape {array.shape}, {array.dtype}"
            raise UsageError(what, "give uint8 of shape (rows, columns) or (rows, columns, 3)")
        self.values = frozen(array)
        colours = array if array.ndim == 3 else np.repeat(array[..., None], 3, axis=2)
        alpha = np.full((*array.shape[:2], 1), 255, dtype=np.uint8)
        super().__init__(np.concatenate([colours, alpha], axis=2))
        self.set_resampling_algorithm(RESAMPLING_ALGORITHMS["nearest"])
        self.stretch_to_fit_height(height)
        self.stretch_to_fit_width(height * array.shape[1] / array.shape[0])

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        rows, columns = self.values.shape[:2]
        kind = "colour" if self.values.ndim == 3 else "grey"
        return Seen(f"{kind} picture of {rows} by {columns} pixels")
