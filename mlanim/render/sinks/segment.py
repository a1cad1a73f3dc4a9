"""A segment: consecutive frames of a film, encoded on their own into a file of their own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av

from mlanim.render.sinks.conversion import Converter
from mlanim.render.sinks.port import Film
from mlanim.render.sinks.priority import kept_priority
from mlanim.render.sinks.rest import Rest
from mlanim.render.sinks.video import encoding_of

if TYPE_CHECKING:
    import numpy as np

__all__ = ["SegmentWriter"]

_BT709 = 1  # the number of BT.709 among colour primaries, transfer curves and matrices
_LIMITED_RANGE = 1
_REORDERED = 2  # frames that x264 holds back: a B-frame that others refer to, and its own


class SegmentWriter:
    """Encodes frames in line with whoever draws them, in one thread: workers fill the cores."""

    def __init__(self, path: Path, film: Film) -> None:
        self.path = path
        encoding = encoding_of(film)
        self._converter = Converter(film, encoding.pixel_format)
        self._time_base = 1 / film.rate
        self._frames = 0
        os.environ.setdefault("SVT_LOG", "1")  # else SVT-AV1 tells stderr how it is configured
        self._container = av.open(str(path), "w", format=film.format)
        stream: Any = self._container.add_stream(
            encoding.codec, rate=film.rate, options=dict(encoding.options)
        )
        stream.width, stream.height = film.width, film.height
        stream.pix_fmt = encoding.pixel_format
        codec = stream.codec_context
        codec.thread_count = 1
        codec.color_primaries = codec.color_trc = codec.colorspace = _BT709
        codec.color_range = _LIMITED_RANGE
        codec.sample_aspect_ratio = 1
        with kept_priority():
            codec.open(strict=False)
        self._stream = stream
        self._rest = Rest(codec) if encoding.codec == "libx264" else None
        self._coded = 0
        self._since = 0  # frames before the repeats of the last picture
        self._repeats = self._resting = 0  # all of them; those that are not encoded yet

    def frame(self, rgba: np.ndarray, repeat: int, rows: range | None = None) -> None:
        """Append a frame that is shown `repeat` times; outside of `rows` it is as the last one."""
        if changed := self._converter.changed(rgba, rows):
            self._encode(self._resting)  # they are not how the segment ends
            self._picture = self._converter.frame(rgba, changed)
            self._picture.time_base = self._time_base
            self._encode(1)
            self._since, self._repeats = self._frames, -1
        self._repeats += repeat
        self._resting = self._rest.repeats(self._since, self._repeats) if self._rest else 0
        self._encode(self._since + self._repeats - self._resting - self._frames)

    def close(self) -> None:
        """Complete the file."""
        self._take(self._stream.encode())
        for packet in self._rest.packets(self._resting) if self._rest else ():
            packet.stream = self._stream
            self._container.mux(packet)
        self._container.close()

    def _encode(self, times: int) -> None:
        for _ in range(times):
            self._picture.pts = self._frames
            self._take(self._stream.encode(self._picture))
            self._frames += 1

    def _take(self, packets: Sequence[av.Packet]) -> None:
        for packet in packets:
            if self._rest and packet.dts is not None:
                # As if it were long enough for B-frames: segments of one film must agree in this.
                packet.dts, self._coded = self._coded - _REORDERED, self._coded + 1
                self._rest.follow(packet)
            self._container.mux(packet)

    def abort(self) -> None:
        """Close and remove the file."""
        with suppress(OSError):  # closing writes, and the disk may be full
            self._container.close()
        self.path.unlink(missing_ok=True)
