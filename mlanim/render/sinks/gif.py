"""GIF from the drawn frames: one computed palette, no dither on flat art, only what changed."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np

from mlanim.render.sinks.gif_file import GifFile
from mlanim.render.sinks.loop import Version

__all__ = ["tick", "write_gif"]

_TICKS = 100  # a GIF counts in hundredths of a second
_SHORTEST_DELAY = 2  # ticks; players take a shorter one for 10


def tick(frame: int, rate: Fraction) -> int:
    """The hundredth of a second at which a frame begins: at 15 fps delays are 7, 7, 6.

    >>> [tick(i + 1, Fraction(15)) - tick(i, Fraction(15)) for i in range(4)]
    [7, 7, 6, 7]
    """
    return math.ceil(frame * _TICKS / rate)


def write_gif(path: Path, version: Version, check: Callable[[int], None]) -> int:
    """Write a version; `check` hears the bytes so far. Returns the number of its colours.

    Above 50 frames a second there is no time for some pictures; the last one is always shown.
    """
    film, palette = version.film, version.palette
    width, height = version.size
    ends = max(tick(version.frames, film.rate), _SHORTEST_DELAY)
    indices = np.full(height * width, palette.transparent, np.uint8)
    begins = -_SHORTEST_DELAY
    with path.open("wb") as output:
        gif = GifFile(output, width, height, palette, film.plays)
        for shown in version.pictures():
            places = shown.changed
            indices[places] = palette.indices(shown.pixels[places], places, width)
            earliest = max(tick(shown.begins, film.rate), begins + _SHORTEST_DELAY)
            if shown.ends == version.frames:  # else it takes the place of the one before
                begins = earliest if earliest <= ends - _SHORTEST_DELAY else begins
            elif earliest < tick(shown.ends, film.rate):
                begins = earliest
            else:
                continue
            gif.picture(indices.reshape(height, width), begins)
            check(output.tell())
        gif.end(ends + round(film.hold * _TICKS))
    return len(palette.rgb)
