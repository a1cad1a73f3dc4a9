"""From RGBA to an encoder's pixel format, only as far as a frame changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import av
import numpy as np
from av.video.reformatter import Colorspace, VideoReformatter

from mlanim.render.twins.frame_changes import changed_rectangle

if TYPE_CHECKING:
    from mlanim.render.sinks.port import Film

__all__ = ["Converter"]

_REACH = 4  # rows and columns, and more: as far as a colour can spread when chroma is halved
_GRID = 16  # pixels: what is converted apart begins and ends on it, as the arithmetic's blocks do
_WORTH_IT = 0.5  # of the frame: above that all of it is converted
_BY_PARTS = "yuv420p"

Part = tuple[slice, slice]  # lines, columns


class Converter:
    """Keeps one frame in the encoder's format, which each call brings up to date."""

    def __init__(self, film: Film, pixel_format: str) -> None:
        self._pixel_format = pixel_format
        self._by_parts = pixel_format == _BY_PARTS and not film.transparent
        self._reformatter = VideoReformatter()
        self._frame: Any = None
        self._shown = np.zeros((0, 0, 4), np.uint8)  # what it was made of

    def changed(self, rgba: np.ndarray, rows: range | None) -> Part | None:
        """The lines and columns that are to be converted; None if it is the last picture again.

        Args:
            rgba: (height, width, 4) uint8.
            rows: outside of these nothing changed since the last picture; None if nobody knows.
        """
        height, width = rgba.shape[:2]
        if self._frame is None or not self._by_parts:
            return slice(0, height), slice(0, width)
        rows = range(height) if rows is None else rows
        part = slice(rows.start, rows.stop)
        found = changed_rectangle(self._shown[part], rgba[part]) if rows else None
        if found is None:
            return None
        x, y = found.x, found.y + rows.start
        return slice(y, y + found.height), slice(x, x + found.width)

    def frame(self, rgba: np.ndarray, changed: Part) -> av.VideoFrame:
        """The picture, which is not kept, converted where it `changed`."""
        if not self._by_parts:
            return self._convert(rgba)
        if self._frame is None:
            self._frame, self._shown = self._convert(rgba), rgba.copy()
        else:
            self._shown[changed] = rgba[changed]
            self._update(rgba, *changed)
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
