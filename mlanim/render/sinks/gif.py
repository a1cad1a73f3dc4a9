"""GIF from the drawn frames, in two passes, so that memory does not grow with the length.

First every distinct frame goes into a lossless temporary film while its colours are counted; then
a palette is computed from all of them, and each frame is written as indices, without dithering.
FFmpeg's GIF encoder stores only the rectangle that changed.
"""

from __future__ import annotations

import math
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np

from mlanim.render.sinks.alpha import straight_alpha
from mlanim.render.sinks.changes import changed_rectangle
from mlanim.render.sinks.palette import TRANSPARENT, ColourCount, Palette
from mlanim.render.sinks.port import Ending, Film

if TYPE_CHECKING:
    from mlanim.render.result import Picture

__all__ = ["Gif", "tick"]

_TICKS = 100  # a GIF counts in hundredths of a second
_SHORTEST_DELAY = 2  # ticks; players take a shorter one for 10
_SPOOLED = "argb"  # what qtrle stores; RGBA bytes pass through it in their own order


def tick(frame: int, rate: Fraction) -> int:
    """The hundredth of a second at which a frame begins: at 15 fps delays are 7, 7, 6.

    >>> [tick(i + 1, Fraction(15)) - tick(i, Fraction(15)) for i in range(4)]
    [7, 7, 6, 7]
    """
    return math.ceil(frame * _TICKS / rate)


class Gif:
    """Counts colours while frames come; `finish` writes the GIF."""

    def start(self, target: Path, film: Film) -> None:
        """Open the temporary film."""
        self._target, self._film = target, film
        self._colours = ColourCount()
        self._starts: list[int] = []  # the tick at which each kept picture begins
        self._frames = 0
        self._spool_path = target.with_name(f"{target.name}.spool")
        self._spool: Any = av.open(str(self._spool_path), "w", format="mov")
        stream: Any = self._spool.add_stream("qtrle", rate=film.rate)
        stream.width, stream.height, stream.pix_fmt = film.width, film.height, _SPOOLED
        self._stream = stream
        self._last: np.ndarray | None = None

    def frame(self, rgba: np.ndarray, repeat: int) -> None:
        """Spool a picture and count its colours; one equal to the last only lasts longer."""
        pixels = straight_alpha(rgba) if self._film.transparent else rgba
        begins = tick(self._frames, self._film.rate)
        self._frames += repeat
        if self._starts:
            begins = max(begins, self._starts[-1] + _SHORTEST_DELAY)
        changed = changed_rectangle(self._last, pixels)
        no_time_left = begins >= tick(self._frames, self._film.rate)
        if changed is None or no_time_left:
            return
        self._last = pixels
        self._colours.add(pixels[changed])
        picture = av.VideoFrame.from_ndarray(pixels, format=_SPOOLED)
        picture.pts = len(self._starts)
        self._spool.mux(self._stream.encode(picture))
        self._starts.append(begins)

    def finish(self, ending: Ending) -> tuple[Picture, ...]:
        """Compute the palette and write the pictures with their delays."""
        self._spool.mux(self._stream.encode())
        self._spool.close()
        palette = self._colours.palette()
        last_delay = tick(self._frames, self._film.rate) - self._starts[-1]
        options = {"loop": "0", "final_delay": str(last_delay)}
        with (
            av.open(str(self._spool_path)) as spool,
            av.open(str(self._target), "w", format="gif", options=options) as output,
        ):
            stream: Any = output.add_stream("gif", rate=_TICKS)
            stream.width, stream.height = self._film.width, self._film.height
            stream.pix_fmt = "pal8"
            stream.codec_context.time_base = Fraction(1, _TICKS)
            indices = np.zeros((self._film.height, self._film.width), np.uint8)
            last: np.ndarray | None = None
            for picture, begins in zip(spool.decode(video=0), self._starts, strict=True):
                pixels = picture.to_ndarray(format=_SPOOLED)
                if changed := changed_rectangle(last, pixels):
                    indices[changed] = self._indices(pixels[changed], palette)
                last = pixels
                pair: Any = (indices, palette.argb)  # PyAV takes both, its stubs do not say so
                indexed = av.VideoFrame.from_ndarray(pair, format="pal8")
                indexed.pts, indexed.time_base = begins, Fraction(1, _TICKS)
                output.mux(stream.encode(indexed))
            output.mux(stream.encode())
        self._spool_path.unlink()
        return ()

    def abort(self) -> None:
        """Close and remove the temporary film."""
        with suppress(OSError):  # closing writes, and the disk may be full
            self._spool.close()
        self._spool_path.unlink(missing_ok=True)

    def _indices(self, rgba: np.ndarray, palette: Palette) -> np.ndarray:
        indices = palette.indices(rgba[..., :3])
        if self._film.transparent:
            indices[rgba[..., 3] < 128] = TRANSPARENT
        return indices
