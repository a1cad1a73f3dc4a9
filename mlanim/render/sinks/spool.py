"""A spool: the distinct frames of a film on disk, lossless, to be read as often as needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from mlanim.render.sinks.changes import changed_rectangle

__all__ = ["Spool"]

_STORED = "argb"  # what qtrle stores; RGBA bytes pass through it in their own order


class Spool:
    """Frames go in with `add`, come out of `pictures`; memory does not grow with the length.

    Attributes:
        starts: the frame number at which each picture begins; pictures that are equal are one.
        frames: how many frames there are in all.
    """

    def __init__(self, path: Path, width: int, height: int) -> None:
        self.starts: list[int] = []
        self.frames = 0
        self._path = path
        self._last: np.ndarray | None = None
        self._file: Any = av.open(str(path), "w", format="mov")
        self._stream: Any = self._file.add_stream("qtrle", rate=Fraction(25))
        self._stream.width, self._stream.height, self._stream.pix_fmt = width, height, _STORED

    def add(self, rgba: np.ndarray, repeat: int) -> tuple[slice, slice] | None:
        """Append a frame (height, width, 4) uint8; tell what of it is new, None for nothing."""
        changed = changed_rectangle(self._last, rgba)
        if changed is not None:
            self._last = rgba
            picture = av.VideoFrame.from_ndarray(rgba, format=_STORED)
            picture.pts = len(self.starts)
            self._file.mux(self._stream.encode(picture))
            self.starts.append(self.frames)
        self.frames += repeat
        return changed

    def end(self) -> None:
        """No frame follows."""
        self._last = None
        self._file.mux(self._stream.encode())
        self._file.close()

    def pictures(self) -> Iterator[np.ndarray]:
        """Every picture once, in order, RGBA (height, width, 4) uint8."""
        with av.open(str(self._path)) as spool:
            for picture in spool.decode(video=0):
                yield picture.to_ndarray(format=_STORED)

    def remove(self) -> None:
        """Close and delete the file; it may have been closed before."""
        with suppress(OSError):  # closing writes, and the disk may be full
            self._file.close()
        self._path.unlink(missing_ok=True)
