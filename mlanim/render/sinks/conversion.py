"""From RGBA to an encoder's pixel format, only as far as a frame changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import av
import numpy as np
from av.video.reformatter import Colorspace, VideoReformatter

from mlanim.render.frame_changes import changed_rectangle
from mlanim.render.sinks.alpha import straight_alpha

if TYPE_CHECKING:
    from mlanim.render.sinks.port import Film

__all__ = ["Converter"]

_REACH = 4  # rows and columns, and more: as far as a colour can spread when chroma is halved
_GRID = 16  # pixels: what is converted apart begins and ends on it, as the arithmetic's blocks do
_WORTH_IT = 0.5  # of the frame: above that all of it is converted
_BY_PARTS = "yuv420p"


class Converter:
    """Keeps one frame in the encoder's format, which each call brings up to date."""

    def __init__(self, film: Film, pixel_format: str) -> None:
        self._film, self._pixel_format = film, pixel_format
        self._reformatter = VideoReformatter()
        self._frame: Any = None
        self._shown = np.zeros((0, 0, 4), np.uint8)  # what it was made of

    def frame(self, rgba: np.ndarray, rows: range | None) -> av.VideoFrame:
        """The picture, converted.

        Args:
            rgba: (height, width, 4) uint8, not kept.
            rows: outside of these nothing changed since the last call; None if nobody knows.
        """
        if self._film.transparent:
            return self._convert(straight_alpha(rgba))
        if self._pixel_format != _BY_PARTS:
            return self._convert(rgba)
        if self._frame is None:
            self._frame, self._shown = self._convert(rgba), rgba.copy()
            return self._frame
        rows = range(len(rgba)) if rows is None else rows
        part = slice(rows.start, rows.stop)
        changed = changed_rectangle(self._shown[part], rgba[part]) if rows else None
        if changed:
            x, y = changed.x, changed.y + rows.start
            columns, lines = slice(x, x + changed.width), slice(y, y + changed.height)
            self._shown[lines, columns] = rgba[lines, columns]
            self._update(rgba, lines, columns)
        return self._frame

    def _update(self, rgba: np.ndarray, lines: slice, columns: slice) -> None:
        """Convert again what changed, and around it as far as that shows."""
        height, width = rgba.shape[:2]
        (top, bottom, first, last) = _around(lines, height)
        (left, right, start, end) = _around(columns, width)
        if (bottom - top) * (right - left) > _WORTH_IT * height * width:
            self._frame = self._convert(rgba)
            return
        part = self._convert(rgba[first:last, start:end])
        for plane, fresh in zip(self._frame.planes, part.planes, strict=True):
            halved = height // plane.height
            target = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
            source = np.frombuffer(fresh, np.uint8).reshape(-1, fresh.line_size)
            a, b, c, d = (place // halved for place in (top, bottom, left, right))
            y, x = first // halved, start // halved
            target[a:b, c:d] = source[a - y : b - y, c - x : d - x]

    def _convert(self, rgba: np.ndarray) -> Any:
        frame = av.VideoFrame.from_numpy_buffer(np.ascontiguousarray(rgba), format="rgba")
        return self._reformatter.reformat(
            frame, format=self._pixel_format, dst_colorspace=Colorspace.ITU709, threads=1
        )


def _around(changed: slice, size: int) -> tuple[int, int, int, int]:
    """From where to where it shows, and from where to where it must be converted for that."""
    first = max(0, (changed.start - _REACH) // _GRID * _GRID)
    last = min(size, -(-(changed.stop + _REACH) // _GRID) * _GRID)
    return first, last, max(0, first - _GRID), min(size, last + _GRID)
