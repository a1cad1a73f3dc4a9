"""Fit: when a GIF or WebP may only have so many bytes, what it gives up, and how little of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mlanim.errors import UsageError

__all__ = ["FULL", "Rung", "TooLarge", "fit", "rungs"]

_FLOWING, _SLOWEST = 7.5, 5  # frames a second: motion still flows; motion can still be followed
_SCALES = (1.0, 0.84, 0.71, 0.59, 0.5, 0.42, 0.35, 0.3, 0.25)
_LEGIBLE = 340  # pixels of the shorter side: capitals of a 480th's eleven have eight of them
_SMALLEST_SIDE = 64  # pixels


@dataclass(frozen=True)
class Rung:
    """A version: its scale, the frames of which one is kept, how coarse colours may be (0 to 2)."""

    scale: float = 1.0
    every: int = 1
    coarse: int = 0

    def size(self, width: int, height: int) -> tuple[int, int]:
        """Pixels of this version."""
        return max(1, round(width * self.scale)), max(1, round(height * self.scale))


FULL = Rung()


class TooLarge(Exception):  # noqa: N818  it ends an attempt, it is no error
    """A file grew past its limit."""


def rungs(width: int, height: int, rate: Fraction) -> list[Rung]:
    """The versions from the best downward, by what a reader loses: words last of all.

    Colours go first, then frames above 7.5 a second, then size for as long as words can be read,
    then frames above 5, then more size.

    >>> [(r.scale, r.every, r.coarse) for r in rungs(854, 480, Fraction(30))][:6]
    [(1.0, 1, 0), (1.0, 1, 1), (1.0, 1, 2), (1.0, 2, 1), (1.0, 2, 2), (1.0, 4, 1)]
    """
    flowing, slow = (max(1, math.floor(rate / least)) for least in (_FLOWING, _SLOWEST))
    halvings = [2**i for i in range(1, flowing.bit_length()) if 2**i < flowing]
    side = min(width, height)
    scales = [scale for scale in _SCALES if side * scale >= _SMALLEST_SIDE] or [1.0]
    legible = [scale for scale in scales if side * scale >= _LEGIBLE] or [1.0]
    smaller = [scale for scale in scales if scale < legible[-1]]
    ways = [(1.0, every) for every in (1, *halvings)]
    ways += [(scale, flowing) for scale in legible]
    ways += [(scale, slow) for scale in (legible[-1], *smaller)]
    ladder = [Rung(scale, every, coarse) for scale, every in ways for coarse in (1, 2)]
    return list(dict.fromkeys([FULL, *ladder]))


def fit(ladder: Sequence[Rung], write: Callable[[Rung, bool], int], limit: int) -> Rung:
    """Bisect the ladder for the best version that fits, and leave that one written.

    Args:
        write: writes a version and gives its bytes; where told to mind the limit, it raises
            TooLarge as soon as that is passed, and leaves what was written before.

    Raises:
        UsageError: even the last one is too large.
    """
    low, high = 0, len(ladder)
    while low < high:
        middle = (low + high) // 2
        try:
            write(ladder[middle], True)
        except TooLarge:
            low = middle + 1
        else:
            high = middle
    if low == len(ladder):
        least = write(ladder[-1], False)
        raise UsageError(
            f"--max-bytes {limit}: the smallest version takes {least} bytes",
            "allow that many, or render less of it with --steps",
        )
    return ladder[low]
