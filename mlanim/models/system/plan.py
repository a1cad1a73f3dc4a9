"""The plan of a system on a page: rectangles for boxes and lanes, corners for wires, in units."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlanim.models.system.placing import Placing, placings
from mlanim.models.system.routing import route
from mlanim.models.system.system import System
from mlanim.models.system.tracks import Segment, segments_of, tracks_of

__all__ = ["Plan", "plan_system"]

_APART, _TRACK = 0.55, 0.24  # units: from box to box, and for each wire more beside another
_RIM = 0.42  # of a channel at the page's rim with a wire in it
_LANE = 0.5  # the strip for lanes' names
_WIDEST, _HIGHEST = 4.2, 1.05  # a box's width over its height, its height over its width
_OPEN = 1.5  # units between two boxes: more is emptiness
_INSIDE = 0.14  # between a box and the end of its lane
_BETWEEN = 0.04  # of two lanes, half of it
_PORTS = 0.3  # units between two ports of a side, where there is room
_ALONG_THE_SHORT = 0.96  # of its worth, for a flow along the room's shorter side
_BENDS, _FOLD = 0.985, 0.85  # of its worth, for each bend and for each fold


@dataclass(frozen=True, eq=False)
class Plan:
    """boxes (n, 4): left, bottom, width, height; the page's middle is the origin, y points up.

    ways: for each wire its corners (k, 2), from a box's side to another's. lanes (m, 4), as boxes.
    worth: how large a box's text can be, as `fits` told; 0 where it does not fit.
    """

    boxes: NDArray
    ways: tuple[NDArray, ...]
    lanes: NDArray
    upright: bool
    worth: float


def plan_system(
    system: System, room: tuple[float, float], fits: Callable[[float, float], float]
) -> Plan:
    """The plan with the largest text in a room (width, height), and among like ones the plainest.

    fits: how large a text is (0: not legible) in boxes of a width and a height.

    >>> from mlanim.models.system.system import SystemBox
    >>> line = System((SystemBox("a"), SystemBox("b")), (("a", "b"),))
    >>> plan = plan_system(line, (12, 4), lambda width, height: min(width, height))
    >>> plan.upright, plan.ways[0].shape
    (False, (2, 2))
    """
    named = any(system.lanes)
    best: tuple[float, Plan] | None = None
    for placing in placings(system):
        plan = _plan(placing, system, room, fits, named)
        bends = sum(len(way) - 2 for way in plan.ways)
        worth = plan.worth * _BENDS**bends * _FOLD ** (placing.folds - 1)
        worth *= 1.0 if placing.upright == (room[1] > room[0]) else _ALONG_THE_SHORT
        if best is None or worth > best[0]:
            best = worth, plan
    assert best
    return best[1]


def _plan(
    placing: Placing,
    system: System,
    room: tuple[float, float],
    fits: Callable[[float, float], float],
    named: bool,
) -> Plan:
    ways = route(placing, system.ends)
    parts = segments_of(ways)
    middles = {(2 * x + 1, 2 * y + 1) for x, y in placing.cells}
    tracks = tracks_of(parts, middles)
    strip = (0.0, _LANE) if placing.upright else (_LANE, 0.0)
    free = [room[axis] - strip[axis] * named for axis in (0, 1)]
    counts = placing.columns, placing.rows
    channels = [_channels(parts, tracks, axis, counts[axis], placing) for axis in (0, 1)]
    for wide in channels if named else ():
        wide[[0, -1]] = np.maximum(wide[[0, -1]], _INSIDE)
    size = [(free[axis] - channels[axis].sum()) / counts[axis] for axis in (0, 1)]
    if min(size) <= 0.1:
        return _nothing(len(system.boxes), len(ways), placing.upright)
    size = [min(size[0], _WIDEST * size[1]), min(size[1], _HIGHEST * size[0])]
    marks = [
        _marks(size[axis], channels[axis], counts[axis], free[axis], spread=not named)
        for axis in (0, 1)
    ]
    shift = np.array([strip[0] * named / 2, -strip[1] * named / 2])
    corners = [
        _corners(way, [tracks[w, k] for k in range(len(way))], marks, size, ways[w])
        for w, way in enumerate(parts)
    ]
    boxes = np.array(
        [
            (
                marks[0][2 * x + 1] - size[0] / 2 + shift[0],
                -marks[1][2 * y + 1] - size[1] / 2 + shift[1],
                *size,
            )
            for x, y in placing.cells
        ]
    )
    lanes = _lanes(placing, marks, channels, strip, shift) if named else np.zeros((0, 4))
    turned = tuple(way * (1, -1) + shift for way in corners)
    return Plan(boxes, turned, lanes, placing.upright, fits(size[0], size[1]))


def _nothing(boxes: int, wires: int, upright: bool) -> Plan:
    ways = tuple(np.zeros((2, 2)) for _ in range(wires))
    return Plan(np.zeros((boxes, 4)), ways, np.zeros((0, 4)), upright, 0.0)


def _channels(
    parts: Sequence[Sequence[Segment]],
    tracks: dict[tuple[int, int], tuple[int, int]],
    axis: int,
    count: int,
    placing: Placing,
) -> NDArray:
    """How wide each channel across an axis is, (count + 1,): by the wires that lie in it."""
    most = np.zeros(count + 1, int)
    for w, way in enumerate(parts):
        for k, part in enumerate(way):
            if part.level == (axis == 1) and part.line % 2 == 0:
                most[part.line // 2] = max(most[part.line // 2], tracks[w, k][1])
    wide = np.where(most > 0, _APART + _TRACK * (most - 1), 0.7 * _APART)
    onward = axis == int(placing.upright)
    if onward:
        wide = np.maximum(wide, _APART)
    for rim in (0, count):
        wide[rim] = _RIM + _TRACK * (most[rim] - 1) if most[rim] else 0.0
    return wide


def _marks(size: float, channels: NDArray, count: int, room: float, *, spread: bool) -> NDArray:
    """Where the lattice's lines lie along an axis, (2 count + 1,), about the middle of the room."""
    wide = channels.copy()
    rest = room - count * size - wide.sum()
    if count > 1 and spread:
        wide[1:-1] += np.clip(rest / (count - 1), 0, np.maximum(0, _OPEN - wide[1:-1]))
    steps = np.zeros(2 * count + 1)
    steps[0::2], steps[1::2] = wide, size
    ends = np.cumsum(steps)
    return ends - steps / 2 - ends[-1] / 2


def _corners(
    way: Sequence[Segment],
    tracks: Sequence[tuple[int, int]],
    marks: Sequence[NDArray],
    size: Sequence[float],
    points: Sequence[tuple[int, int]],
) -> NDArray:
    """The corners of one wire (k + 1, 2), y pointing down: every part on its track."""
    lines = []
    for part, (k, of) in zip(way, tracks, strict=True):
        axis = 1 if part.level else 0
        ports = min(_PORTS, 0.7 * size[axis] / max(1, of - 1))
        between = ports if part.line % 2 else _TRACK
        lines.append(marks[axis][part.line] + (k - (of - 1) / 2) * between)
    first, last = points[0], points[-1]
    corners = [_port(way[0], lines[0], first, points[1], marks, size)]
    for before, after, a, b in zip(way, way[1:], lines, lines[1:], strict=False):
        corners.append((b, a) if before.level else (a, b))
        assert before.level != after.level
    corners.append(_port(way[-1], lines[-1], last, points[-2], marks, size))
    return np.array(corners)


def _port(
    part: Segment,
    line: float,
    box: tuple[int, int],
    beside: tuple[int, int],
    marks: Sequence[NDArray],
    size: Sequence[float],
) -> tuple[float, float]:
    """Where a wire meets a box's side."""
    axis = 0 if part.level else 1
    side = marks[axis][box[axis]] + np.sign(beside[axis] - box[axis]) * size[axis] / 2
    return (float(side), line) if part.level else (line, float(side))


def _lanes(
    placing: Placing,
    marks: Sequence[NDArray],
    channels: Sequence[NDArray],
    strip: tuple[float, float],
    shift: NDArray,
) -> NDArray:
    """Bands from the middle of a channel to the middle of another, as long as all boxes."""
    across = 0 if placing.upright else 1
    along = 1 - across
    begin = marks[along][0] - channels[along][0] / 2 - strip[along]
    end = marks[along][-1] + channels[along][-1] / 2
    bands = []
    for first, last in placing.lanes:
        low, high = marks[across][2 * first], marks[across][2 * last + 2]
        low -= channels[across][0] / 2 if first == 0 else -_BETWEEN
        high += channels[across][-1] / 2 if 2 * last + 3 == len(marks[across]) else -_BETWEEN
        left, top, right, bottom = (
            (low, begin, high, end) if placing.upright else (begin, low, end, high)
        )
        bands.append((left + shift[0], shift[1] - bottom, right - left, bottom - top))
    return np.array(bands)
