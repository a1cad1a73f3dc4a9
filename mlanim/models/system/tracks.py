"""Tracks: wires on one line of the lattice lie side by side, in the order of fewest crossings.

After Wybrow, Marriott and Stuckey 2009 ("Orthogonal connector routing"): ways first, then nudging.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mlanim.models.system.routing import Point, Way

__all__ = ["Segment", "crossings", "segments_of", "tracks_of"]

_SWEEPS = 4


@dataclass(frozen=True)
class Segment:
    """A straight part of a wire: it lies on a line of the lattice, from low to high along it.

    level: whether it runs from side to side. line: its row of lattice points, or its column.
    """

    wire: int
    level: bool
    line: int
    low: int
    high: int


def segments_of(ways: Sequence[Way]) -> tuple[tuple[Segment, ...], ...]:
    """The straight parts of each wire, in its order.

    >>> [(s.level, s.line, s.low, s.high) for s in segments_of([((1, 1), (2, 1), (2, 2))])[0]]
    [(True, 1, 1, 2), (False, 2, 1, 2)]
    """
    found = []
    for wire, way in enumerate(ways):
        corners = [way[0]]
        for before, here, after in zip(way, way[1:], way[2:], strict=False):
            straight = before[0] == here[0] == after[0] or before[1] == here[1] == after[1]
            if not straight:
                corners.append(here)
        corners.append(way[-1])
        found.append(tuple(_segment(wire, a, b) for a, b in pairwise(corners)))
    return tuple(found)


def _segment(wire: int, a: Point, b: Point) -> Segment:
    level = a[1] == b[1]
    along, line = (0, a[1]) if level else (1, a[0])
    return Segment(wire, level, line, min(a[along], b[along]), max(a[along], b[along]))


def tracks_of(
    parts: Sequence[Sequence[Segment]], boxes: set[Point]
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each (wire, part): its track from the left or top, and how many lie side by side there.

    boxes: the lattice points that boxes stand on; two wires that meet there have a box between.
    """
    named = {(w, k): part for w, wire in enumerate(parts) for k, part in enumerate(wire)}
    groups = _groups(named, boxes)
    place = {key: (i, len(group)) for group in groups for i, key in enumerate(group)}
    best = crossings(parts, place)
    for _ in range(_SWEEPS):
        before = best
        for group in groups:
            for i in range(len(group)):
                for j in range(i + 1, len(group)):
                    tried = dict(place)
                    tried[group[i]], tried[group[j]] = place[group[j]], place[group[i]]
                    if (now := crossings(parts, tried)) < best:
                        place, best = tried, now
        if best in (before, 0):
            break
    return place


def _groups(
    named: dict[tuple[int, int], Segment], boxes: set[Point]
) -> list[list[tuple[int, int]]]:
    """Parts on one line that touch each other, directly or by others between them."""
    lines: dict[tuple[bool, int], list[tuple[int, int]]] = {}
    for key, part in named.items():
        lines.setdefault((part.level, part.line), []).append(key)
    groups = []
    for (level, line), keys in lines.items():
        keys.sort(key=lambda key: (named[key].low, named[key].high, key))
        reach = -1
        group: list[tuple[int, int]] = []
        for key in keys:
            point = (named[key].low, line) if level else (line, named[key].low)
            apart = named[key].low > reach or (named[key].low == reach and point in boxes)
            if group and apart:
                groups.append(group)
                group = []
            group.append(key)
            reach = max(reach if not apart else -1, named[key].high)
        groups.append(group)
    return groups


def crossings(
    parts: Sequence[Sequence[Segment]], place: dict[tuple[int, int], tuple[int, int]]
) -> int:
    """How often wires cross, with every part on its track; a lattice step is one unit."""
    level: list[tuple[float, ...]] = []
    plumb: list[tuple[float, ...]] = []
    for wire, way in enumerate(parts):
        for k, row in enumerate(_laid(way, [place[wire, i] for i in range(len(way))])):
            (level if way[k].level else plumb).append((wire, *row.tolist()))
    if not level or not plumb:
        return 0
    h, v = np.array(level, float)[:, None], np.array(plumb, float)[None]
    hit = (h[..., 2] < v[..., 1]) & (v[..., 1] < h[..., 3])
    hit &= (v[..., 2] < h[..., 1]) & (h[..., 1] < v[..., 3])
    return int((hit & (h[..., 0] != v[..., 0])).sum())


def _laid(way: Sequence[Segment], tracks: Sequence[tuple[int, int]]) -> NDArray:
    """Line, low and high of each part of one wire, moved to its track."""
    lines = [
        part.line + 0.6 * ((k + 0.5) / of - 0.5) for part, (k, of) in zip(way, tracks, strict=True)
    ]
    rows = []
    for i, part in enumerate(way):
        ends = [float(part.low), float(part.high)]
        for j in (i - 1, i + 1):
            if 0 <= j < len(way):
                near = abs(way[j].line - part.low) <= abs(way[j].line - part.high)
                ends[0 if near else 1] = lines[j]
        rows.append((lines[i], *sorted(ends)))
    return np.array(rows)
