"""Straight alpha: Cairo's colours are multiplied by their alpha; video and GIF want them plain."""

from __future__ import annotations

import numpy as np

__all__ = ["straight_alpha"]


def straight_alpha(rgba: np.ndarray) -> np.ndarray:
    """Divide colours by alpha, so that soft edges do not darken on the page below.

    Args:
        rgba: (height, width, 4) uint8, colours multiplied by alpha.

    >>> straight_alpha(np.array([[[50, 0, 0, 128]]], np.uint8)).tolist()
    [[[100, 0, 0, 128]]]
    """
    alpha = rgba[..., 3]
    soft = (alpha > 0) & (alpha < 255)
    straight = rgba.copy()
    colours = rgba[soft].astype(np.uint16)
    divided = (colours[:, :3] * 255 + colours[:, 3:] // 2) // np.maximum(colours[:, 3:], 1)
    straight[soft, :3] = np.minimum(divided, 255)
    return straight
