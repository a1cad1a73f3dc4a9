"""Attention weights as one picture: a pixel a weight, for more of them than cells could show."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import ImageMobject

from mlanim.theme import Theme

__all__ = ["weight_picture"]

_SHARPEST = 2048  # pixels a side that a picture is blown up to, so that no player blurs its cells


def weight_picture(
    weights: Any, *, width: float, height: float, role: str, limit: Any, theme: Theme
) -> ImageMobject:
    """(rows, columns) weights as an image of this size in units; NaN is left transparent.

    limit: the weight of full colour, one for all or one for each weight.
    """
    array = np.asarray(weights, dtype=float)
    share = np.nan_to_num(array) / np.broadcast_to(limit, array.shape)
    pixels = np.zeros((*array.shape, 4), dtype=np.uint8)
    pixels[..., :3] = np.rint(255 * theme.weight(share, role, 1.0))
    pixels[..., 3] = np.where(np.isnan(array), 0, 255)
    times = max(1, _SHARPEST // max(array.shape))
    picture = ImageMobject(pixels.repeat(times, axis=0).repeat(times, axis=1))
    picture.stretch_to_fit_width(width).stretch_to_fit_height(height)
    return picture
