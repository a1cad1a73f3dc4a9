"""Cropping: what of a frame is drawn on, with a small margin, for figures in papers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlanim.errors import MlanimError
from mlanim.render.stills.seeking import Glimpse

__all__ = ["Crop", "crop_of"]

_MARGIN = 0.02  # of the frame's shorter side


@dataclass(frozen=True)
class Crop:
    """A rectangle of a frame's pixels."""

    left: int
    top: int
    width: int
    height: int

    def cut(self, pixels: np.ndarray) -> np.ndarray:
        """The part of an array (height, width, ...)."""
        return pixels[self.top : self.top + self.height, self.left : self.left + self.width]


def crop_of(glimpse: Glimpse, *, whole: bool = False) -> Crop:
    """The rectangle around all that differs from the background; or the whole frame.

    Raises:
        MlanimError: nothing is drawn there.
    """
    background = glimpse.scene.camera.background
    high, wide = background.shape[:2]
    if whole:
        return Crop(0, 0, wide, high)
    drawn = (glimpse.pixels != background).any(axis=-1)
    rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
    if not len(rows):
        raise MlanimError("--crop: nothing is drawn in this frame", "choose another moment by --at")
    margin = round(_MARGIN * min(high, wide))
    left, top = max(0, columns[0] - margin), max(0, rows[0] - margin)
    right, bottom = min(wide, columns[-1] + 1 + margin), min(high, rows[-1] + 1 + margin)
    return Crop(int(left), int(top), int(right - left), int(bottom - top))
