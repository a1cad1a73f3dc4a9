"""GIF from the drawn frames: one computed palette, no dither on flat art, only what changed."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np

from mlanim.render.sinks.changes import changed_rectangle
from mlanim.render.sinks.fit import Rung
from mlanim.render.sinks.gif_file import GifFile
from mlanim.render.sinks.spooled import Spooled

__all__ = ["Gif", "tick"]

_TICKS = 100  # a GIF counts in hundredths of a second
_SHORTEST_DELAY = 2  # ticks; players take a shorter one for 10


def tick(frame: int, rate: Fraction) -> int:
    """The hundredth of a second at which a frame begins: at 15 fps delays are 7, 7, 6.

    >>> [tick(i + 1, Fraction(15)) - tick(i, Fraction(15)) for i in range(4)]
    [7, 7, 6, 7]
    """
    return math.ceil(frame * _TICKS / rate)


class Gif(Spooled):
    """Above 50 frames a second there is no time for some pictures; the last one is always shown."""

    def _write(
        self,
        path: Path,
        rung: Rung,
        check: Callable[[int], None],
        on_progress: Callable[[float], None],
    ) -> int:
        film, palette = self._film, self._palette(rung)
        width, height = rung.size(film.width, film.height)
        ends = max(tick(self._spool.frames, film.rate), _SHORTEST_DELAY)
        indices = np.full((height, width), palette.transparent, np.uint8)
        last: np.ndarray | None = None
        begins = -_SHORTEST_DELAY
        with path.open("wb") as output:
            gif = GifFile(output, width, height, palette, film.plays)
            for shown in self._pictures(rung, on_progress):
                earliest = max(tick(shown.begins, film.rate), begins + _SHORTEST_DELAY)
                if shown.ends == self._spool.frames:  # else it takes the place of the one before
                    begins = earliest if earliest <= ends - _SHORTEST_DELAY else begins
                elif earliest < tick(shown.ends, film.rate):
                    begins = earliest
                else:
                    continue
                if changed := changed_rectangle(last, shown.pixels):
                    rows, columns = changed
                    indices = indices.copy()
                    indices[changed] = palette.indices(
                        shown.pixels[changed], rows.start, columns.start
                    )
                last = shown.pixels
                gif.picture(indices, begins)
                check(output.tell())
            gif.end(ends + round(film.hold * _TICKS))
        return len(palette.rgb)
