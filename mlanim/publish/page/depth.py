"""Depth: a number for each thing that is drawn, so that greater ones lie in front.

Most things keep theirs while others come between: only what changes its place gets a new one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

__all__ = ["Depths"]


class Depths:
    """Gives depths to things by their numbers, from back to front.

    >>> depths = Depths()
    >>> depths.arrange([7, 8]), depths.arrange([7, 9, 8])
    ([(7, 1.0), (8, 2.0)], [(9, 1.5)])
    """

    def __init__(self) -> None:
        self._of: dict[int, float] = {}

    def arrange(self, shown: Sequence[int]) -> list[tuple[int, float]]:
        """What has a new depth, now that these are drawn in this order."""
        known = [(place, self._of[one]) for place, one in enumerate(shown) if one in self._of]
        kept = [known[i][0] for i in _rising([depth for _, depth in known])]
        new: list[tuple[int, float]] = []
        edges = [-1, *kept, len(shown)]
        for left, right in pairwise(edges):
            between = shown[left + 1 : right]
            if not between:
                continue
            low = self._of[shown[left]] if left >= 0 else None
            high = self._of[shown[right]] if right < len(shown) else None
            new.extend(zip(between, _spread(low, high, len(between)), strict=True))
        self._of.update(new)
        return new


def _spread(low: float | None, high: float | None, count: int) -> Iterator[float]:
    """So many numbers between two, either of which may be missing."""
    if low is None:
        low = 0.0 if high is None else high - count - 1
    if high is None:
        high = low + count + 1
    return iter([low + (high - low) * (i + 1) / (count + 1) for i in range(count)])


def _rising(numbers: Sequence[float]) -> list[int]:
    """The places of a longest rising run of numbers, among others.

    >>> _rising([3, 1, 2, 5, 4])
    [1, 2, 4]
    """
    ends: list[float] = []
    places: list[int] = []
    before = [-1] * len(numbers)
    for place, number in enumerate(numbers):
        at = bisect_left(ends, number)
        if at:
            before[place] = places[at - 1]
        if at == len(ends):
            ends.append(number)
            places.append(place)
        else:
            ends[at], places[at] = number, place
    run = []
    place = places[-1] if places else -1
    while place >= 0:
        run.append(place)
        place = before[place]
    return run[::-1]
