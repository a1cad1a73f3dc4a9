"""Straight alpha: what PNG, GIF, WebP, VP9 and ProRes take for a pixel's colour.

Cairo's colours are multiplied by their alpha, and Manim fills the frame with the background's own
colour, as much of it as shows through, however transparent that background is. A reader's viewer
wants the colour of what was drawn alone, and mixes it with the page itself.
"""

from __future__ import annotations

import numpy as np

__all__ = ["StraightFrames", "straight_alpha"]


def straight_alpha(rgba: np.ndarray, background: np.ndarray) -> np.ndarray:
    """Take out the background that is not there, and divide colours by their alpha.

    Where things cover all but a share t of a pixel and the background has opacity b, the pixel's
    alpha is 1 - t (1 - b), and it holds t (1 - b) of the background's colour more than it should.
    So that share is 1 - alpha, whatever was drawn. Opaque pixels are not touched, and where
    nothing is, all is 0.

    Args:
        rgba: (height, width, 4) uint8, as a camera has it.
        background: (height, width, 4) uint8, with which that camera began; its colours are plain.

    >>> on_white = np.array([[[255, 127, 127, 128]]], np.uint8)
    >>> straight_alpha(on_white, np.array([[[255, 255, 255, 0]]], np.uint8)).tolist()
    [[[255, 0, 0, 128]]]
    """
    alpha = rgba[..., 3]
    if alpha.min(initial=255) == 255:
        return rgba.copy()
    soft = (alpha > 0) & (alpha < 255)
    straight = np.where(alpha[..., None] == 0, np.uint8(0), rgba)
    pixels = rgba[soft].astype(np.int32)
    seen = pixels[:, 3:]
    plain = 255 * pixels[:, :3] - (255 - seen) * background[soft][:, :3]
    straight[soft, :3] = np.clip((plain + seen // 2) // seen, 0, 255)
    return straight


class StraightFrames:
    """The frames of a film with straight alpha, worked on only where they changed."""

    def __init__(self) -> None:
        self._shown: np.ndarray | None = None

    def frame(
        self, rgba: np.ndarray, background: np.ndarray, rows: range | None = None
    ) -> np.ndarray:
        """A frame, in an array that the next one changes; outside of `rows` it is as the last."""
        if rows is None or self._shown is None:
            self._shown = straight_alpha(rgba, background)
        else:
            part = slice(rows.start, rows.stop)
            self._shown[part] = straight_alpha(rgba[part], background[part])
        return self._shown
