"""From RGBA to an encoder's pixel format, only as far as a frame changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import av
import numpy as np
from av.video.reformatter import Colorspace, VideoReformatter

from mlanim.render.sinks.alpha import straight_alpha

if TYPE_CHECKING:
    from mlanim.render.sinks.port import Film

__all__ = ["Converter"]

_REACH = 4  # rows: as far as a row's colour can spread when chroma is halved
_BY_PARTS = "yuv420p"


class Converter:
    """Keeps one frame in the encoder's format, which each call brings up to date."""

    def __init__(self, film: Film, pixel_format: str) -> None:
        self._film, self._pixel_format = film, pixel_format
        self._reformatter = VideoReformatter()
        self._frame: Any = None

    def frame(self, rgba: np.ndarray, rows: range | None) -> av.VideoFrame:
        """The picture, converted.

        Args:
            rgba: (height, width, 4) uint8, not kept.
            rows: outside of these nothing changed since the last call; None if nobody knows.
        """
        if self._film.transparent:
            return self._convert(straight_alpha(rgba))
        height = len(rgba)
        if self._frame is None or rows is None or self._pixel_format != _BY_PARTS:
            rows = range(height)
        if len(rows) > height // 2:
            self._frame = self._convert(rgba)
        elif rows:
            self._update(rgba, rows)
        return self._frame

    def _update(self, rgba: np.ndarray, rows: range) -> None:
        top = max(0, (rows.start - _REACH) // 4 * 4)
        bottom = min(len(rgba), -(-(rows.stop + _REACH) // 4) * 4)
        first, last = max(0, top - _REACH), min(len(rgba), bottom + _REACH)
        part = self._convert(rgba[first:last])
        for plane, fresh in zip(self._frame.planes, part.planes, strict=True):
            halved = len(rgba) // plane.height
            target = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
            source = np.frombuffer(fresh, np.uint8).reshape(-1, fresh.line_size)
            a, b, c = top // halved, bottom // halved, first // halved
            target[a:b, : plane.width] = source[a - c : b - c, : plane.width]

    def _convert(self, rgba: np.ndarray) -> Any:
        frame = av.VideoFrame.from_numpy_buffer(np.ascontiguousarray(rgba), format="rgba")
        return self._reformatter.reformat(
            frame, format=self._pixel_format, dst_colorspace=Colorspace.ITU709, threads=1
        )
