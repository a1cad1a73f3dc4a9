"""The colours of a film, counted in 64 x 64 x 64 bins, each for as long as it is seen.

Pixels are packed: one uint32 holds red in its lowest byte, then green, blue and alpha.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

__all__ = [
    "BINS",
    "BITS",
    "FLAT",
    "GRADUAL",
    "NOTHING",
    "ColourCount",
    "bins",
    "channels",
    "joined",
    "packed",
    "surroundings",
]

BITS = 6  # a channel's levels are counted in 64 bins: 4 levels apart look the same
BINS = 1 << 3 * BITS
NOTHING = BINS  # the bin of a pixel that is not there
_OPAQUE = np.uint32(0x80000000)  # at least half
_BATCH_PIXELS = 1 << 19
_ONE_OF, _APART = 4, 6  # which pixels are looked at for gradients, and how far around them
_STEEPEST = 12  # levels on that way: more is an edge
_NEAR = 2  # pixels around one that are the same, if it is of a surface
GRADUAL, FLAT = 1, 2  # what `surroundings` says


def packed(rgba: np.ndarray) -> np.ndarray:
    """The pixels (height, width, 4) uint8 as (height * width,) uint32.

    >>> hex(packed(np.uint8([[[1, 2, 3, 255]]]))[0])
    '0xff030201'
    """
    return np.ascontiguousarray(rgba).view("<u4").ravel()


def channels(pixels: np.ndarray) -> np.ndarray:
    """Packed pixels (n,) as (n, 4) uint8: red, green, blue, alpha."""
    return pixels.view(np.uint8).reshape(-1, 4)


def bins(pixels: np.ndarray) -> np.ndarray:
    """The bin of each packed pixel; `NOTHING` where it is less than half opaque.

    >>> bins(np.uint32([0xFF000004, 0x00000004])).tolist()
    [4096, 262144]
    """
    found: np.ndarray = (pixels & 0xFC) << 10
    found |= (pixels >> 4) & 0xFC0
    found |= (pixels >> 18) & 0x3F
    found[pixels < _OPAQUE] = NOTHING
    return found


def surroundings(pixels: np.ndarray, places: np.ndarray, width: int) -> np.ndarray:
    """What some places (n,) of a picture lie in: `GRADUAL`, `FLAT`, or 0; of one of four, for all.

    In a gradient colours change on the way to a pixel nearby, but not by much on any such way:
    neither a surface nor an edge. On a surface the nearest pixels are the same.

    >>> ramp = packed(np.tile(np.arange(40, dtype=np.uint8)[:, None], (20, 1, 4)))
    >>> surroundings(ramp, np.array([408, 409, 412]), 40).tolist() == [GRADUAL, 0, GRADUAL]
    True
    >>> surroundings(np.zeros(800, np.uint32), np.array([408]), 40).tolist() == [FLAT]
    True
    """
    found = np.zeros(len(places), np.uint8)
    column, row = places % width, places // width
    inside = (column >= _APART) & (column < width - _APART) & (row >= _APART)
    inside &= (row < len(pixels) // width - _APART) & (places % _ONE_OF == 0)
    which = np.flatnonzero(inside)
    here = places[which]
    middle = channels(pixels[here]).astype(np.int16)
    ways = [
        np.abs(channels(pixels[here + way]) - middle).max(axis=1, initial=0)
        for way in (_APART, -_APART, _APART * width, -_APART * width)
    ]
    steepest = np.max(ways, axis=0)
    flat = np.ones(len(here), bool)
    for way in (_NEAR, -_NEAR, _NEAR * width, -_NEAR * width):
        flat &= pixels[here + way] == pixels[here]
    gradual = (steepest > 0) & (steepest <= _STEEPEST)
    found[which] = np.where(gradual, GRADUAL, np.where(flat, FLAT, 0))
    return found


class ColourCount:
    """Counts the colours of consecutive frames, which begin with nothing.

    >>> colours = ColourCount()
    >>> red = np.uint32([0xFF0000C8])
    >>> colours.add(red, before=np.zeros_like(red), repeat=3)
    >>> bin, film, seen, red, green, blue, gradual, flat = colours.tally()[:, 0]
    >>> float(film), float(red)
    (3.0, 200.0)
    """

    def __init__(self) -> None:
        self._frames = 0
        self._shown = np.zeros(BINS + 1)  # pixels at present
        self._began = np.zeros(BINS + 1)  # sum of the frames at which those began
        self._seen = np.zeros(BINS)
        self._sums = np.zeros((3, BINS))
        self._lies = np.zeros((2, BINS))  # pixels in gradients, on surfaces
        self._waiting: list[tuple[np.ndarray, np.ndarray, np.ndarray, int]] = []
        self._waiting_pixels = 0

    def add(
        self,
        after: np.ndarray,
        before: np.ndarray,
        repeat: int,
        around: np.ndarray | None = None,
    ) -> None:
        """Count a frame by the packed pixels that changed (n,), and what these were before.

        `around` is what `surroundings` says of them.
        """
        lies = np.zeros(len(after), np.uint8) if around is None else around
        self._waiting.append((after, before, lies, self._frames))
        self._waiting_pixels += len(after)
        if self._waiting_pixels > _BATCH_PIXELS:
            self._count()
        self.stay(repeat)

    def stay(self, repeat: int) -> None:
        """The last frame is shown that much longer."""
        self._frames += repeat

    def tally(self) -> np.ndarray:
        """What was counted, (8, n) float64: for each bin that was seen

        its number; its pixels times the frames in which they are seen; how many pixels took a
        colour of it; the sums of red, green and blue of these; how many lie in gradients; and how
        many on surfaces.
        """
        self._count()
        film = self._shown * self._frames - self._began
        used = np.flatnonzero(self._seen)
        lies = np.minimum(_ONE_OF * self._lies, self._seen)[:, used]
        return np.stack([used, film[used], self._seen[used], *self._sums[:, used], *lies])

    def _count(self) -> None:
        """Sum up what waits."""
        if not self._waiting:
            return
        parts = [*zip(*self._waiting, strict=True)][:3]
        after, before, lies = (np.concatenate(part) for part in parts)
        frames = np.repeat(
            np.array([float(frame) for *_, frame in self._waiting]),
            [len(pixels) for pixels, *_ in self._waiting],
        )
        self._waiting, self._waiting_pixels = [], 0
        new, old = bins(after), bins(before)
        moved = new != old
        new, old, frames = new[moved], old[moved], frames[moved]
        for which, sign in ((new, 1), (old, -1)):
            self._shown += sign * np.bincount(which, minlength=BINS + 1)
            self._began += sign * np.bincount(which, frames, minlength=BINS + 1)
        self._seen += np.bincount(new, minlength=BINS + 1)[:BINS]
        for row, what in zip(self._lies, (GRADUAL, FLAT), strict=True):
            row += np.bincount(new[lies[moved] == what], minlength=BINS + 1)[:BINS]
        levels = channels(after[moved])
        for channel in range(3):
            sums = np.bincount(new, levels[:, channel], minlength=BINS + 1)
            self._sums[channel] += sums[:BINS]


def joined(tallies: Iterable[np.ndarray]) -> np.ndarray:
    """One tally of several parts of a film. All numbers are whole, so that no order matters."""
    together = np.concatenate([*tallies, np.zeros((8, 0))], axis=1)
    used, which = np.unique(together[0], return_inverse=True)
    sums = [np.bincount(which, row, minlength=len(used)) for row in together[1:]]
    return np.stack([used, *sums])
