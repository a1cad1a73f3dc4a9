"""Flashes: no more than three in any second (WCAG 2.3.1, general flash threshold).

A flash is a pair of opposing changes of relative luminance by 0.1 or more, where the darker picture
is below 0.80. Flashing pixels count where they fill a quarter of any window of a third of the frame
by a third (341 x 256 of 1024 x 768, ten degrees of the visual field).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import numpy as np

from mlanim.colour import luminance
from mlanim.review.finding import Finding
from mlanim.review.picture import Array

__all__ = ["FlashMeter"]

_CHANGE, _DARKER, _FLASHES, _AREA = 0.1, 0.8, 3, 0.25
_TARGET = 72  # rows to which a frame is thinned out


class FlashMeter:
    """Watches frames in the order of time; `findings` tells where it flashed.

    >>> meter = FlashMeter()
    >>> black, white = np.zeros((90, 160, 4), np.uint8), np.full((90, 160, 4), 255, np.uint8)
    >>> for i in range(30): meter.see([black, white][i % 2], i / 15, "blink")
    >>> [finding.rule for finding in meter.findings()]
    ['flash']
    """

    def __init__(self) -> None:
        self._extreme: Array | None = None
        self._direction = np.zeros(0, dtype=np.int8)
        self._turns: deque[tuple[float, np.ndarray]] = deque()
        self._count = np.zeros(0, dtype=np.int16)
        self._found: list[Finding] = []
        self._worst = 0

    def see(self, pixels: np.ndarray, time: float, step: str) -> None:
        """Take a frame (rows, columns, 3 or 4) uint8 at its time in seconds."""
        every = max(1, pixels.shape[0] // _TARGET)
        light = luminance(pixels[::every, ::every, :3] / 255)
        if self._extreme is None or self._extreme.shape != light.shape:
            self._extreme, self._direction = light, np.zeros(light.shape, np.int8)
            self._count = np.zeros(light.shape, np.int16)
            self._turns.clear()
            return
        darker = np.minimum(light, self._extreme) < _DARKER
        up = (light - self._extreme >= _CHANGE) & darker & (self._direction <= 0)
        down = (self._extreme - light >= _CHANGE) & darker & (self._direction >= 0)
        turned = up | down
        self._direction[up], self._direction[down] = 1, -1
        further = (light - self._extreme) * self._direction > 0
        self._extreme = np.where(turned | further, light, self._extreme)
        while self._turns and self._turns[0][0] <= time - 1 + 1e-6:
            self._count -= self._turns.popleft()[1]
        if turned.any():
            self._turns.append((time, turned))
            self._count += turned
            self._judge(time, step)

    def findings(self) -> Iterator[Finding]:
        """One finding for each spell of flashing."""
        return iter(self._found)

    def _judge(self, time: float, step: str) -> None:
        flashing = self._count > 2 * _FLASHES
        if not flashing.any() or not _fills_a_window(flashing):
            return
        start = time - 1
        seen = self._found[-1] if self._found else None
        if seen and seen.time + seen.seconds >= start:
            self._worst = max(self._worst, int(self._count.max() + 1) // 2)
            self._found.pop()
            start = seen.time
        else:
            self._worst = int(self._count.max() + 1) // 2
        problem = f"{self._worst} flashes in a second, 3 are the most"
        advice = "slow it down, or change its colour once and leave it"
        self._found.append(
            Finding(step, max(start, 0.0), "flash", ("the picture",), problem, advice, time - start)
        )


def _fills_a_window(flashing: np.ndarray) -> bool:
    """Whether a quarter of some window of a third by a third flashes."""
    rows, columns = (max(1, -(-side // 3)) for side in flashing.shape)
    total = np.pad(flashing.astype(np.int64).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    window = (
        total[rows:, columns:] - total[:-rows, columns:] - total[rows:, :-columns]
        + total[:-rows, :-columns]
    )  # fmt: skip
    return bool(window.max() >= _AREA * rows * columns)
