"""Ways for wires on the lattice between boxes: few bends, few crossings, through no box.

A grid of C by R cells has a lattice of 2C + 1 by 2R + 1 points: odd ones are the cells' middles,
even ones lie in the channels beside them. A wire goes from point to neighbouring point, never
through the middle of a cell with a box (after Lee 1961, with a price for every turn).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from heapq import heappop, heappush
from itertools import count, pairwise

from mlanim.models.system.placing import Cell, Placing

__all__ = ["Point", "Way", "route"]

Point = tuple[int, int]  # on the lattice, from the left and from the top
Way = tuple[Point, ...]  # from a box's middle to another's, over neighbouring points

_SIDES = ((1, 0), (0, 1), (-1, 0), (0, -1))
_BEND, _SHARED, _CROSSED, _RIM = 1.6, 0.35, 1.3, 0.3
_OTHER_SIDE, _WRONG_SIDE, _TAKEN_SIDE = 0.7, 2.4, 0.35
_ROUNDS = 3  # in which each wire is laid anew among the others


def route(placing: Placing, ends: Sequence[tuple[int, int]]) -> tuple[Way, ...]:
    """A way for each wire (from, to).

    >>> placing = Placing(((0, 0), (1, 0)), 2, 1, False, (), ((0, 0),))
    >>> route(placing, [(0, 1)])
    (((1, 1), (2, 1), (3, 1)),)
    """
    net = _Net(placing)
    order = sorted(range(len(ends)), key=lambda i: (i in placing.loops, net.far(*ends[i]), i))
    for number in order:
        net.lay(number, *ends[number], back=number in placing.loops)
    for _ in range(_ROUNDS):
        before = dict(net.ways)
        for number in order:
            net.take_up(number)
            net.lay(number, *ends[number], back=number in placing.loops)
        if before == net.ways:
            break
    return tuple(net.ways[number] for number in range(len(ends)))


class _Net:
    """The wires that are laid, and what another would cost."""

    def __init__(self, placing: Placing) -> None:
        self.size = 2 * placing.columns + 1, 2 * placing.rows + 1
        self.middles = [_middle(cell) for cell in placing.cells]
        self.boxes = set(self.middles)
        self.onward = (0, 1) if placing.upright else (1, 0)
        self.ways: dict[int, Way] = {}
        self.used: Counter[frozenset[Point]] = Counter()
        self.level: Counter[Point] = Counter()  # wires that pass a point from side to side
        self.plumb: Counter[Point] = Counter()

    def far(self, start: int, end: int) -> int:
        (a, b), (c, d) = self.middles[start], self.middles[end]
        return abs(a - c) + abs(b - d)

    def lay(self, number: int, start: int, end: int, *, back: bool) -> None:
        way = self._cheapest(self.middles[start], self.middles[end], back)
        self.ways[number] = way
        self._note(way, 1)

    def take_up(self, number: int) -> None:
        self._note(self.ways[number], -1)

    def _note(self, way: Way, by: int) -> None:
        for one, other in pairwise(way):
            self.used[frozenset((one, other))] += by
        for before, here, after in zip(way, way[1:], way[2:], strict=False):
            if before[1] == here[1] == after[1]:
                self.level[here] += by
            if before[0] == here[0] == after[0]:
                self.plumb[here] += by

    def _cheapest(self, start: Point, end: Point, back: bool) -> Way:
        """Dijkstra over points and the direction in which they are entered."""
        turn = count()
        heap: list[tuple[float, int, Point, Point, Way]] = []
        for side in _SIDES:
            first = (start[0] + side[0], start[1] + side[1])
            price = 1 + self._port(start, first, side, back)
            heappush(heap, (price, next(turn), first, side, (start, first)))
        settled: set[tuple[Point, Point]] = set()
        while heap:
            price, _, here, side, way = heappop(heap)
            if here == end:
                return way
            if (here, side) in settled:
                continue
            settled.add((here, side))
            for ahead in _SIDES:
                to = (here[0] + ahead[0], here[1] + ahead[1])
                if ahead == (-side[0], -side[1]) or not self._inside(to):
                    continue
                if to in self.boxes and to != end:
                    continue
                cost = price + self._step(here, to, side, ahead)
                if to == end:
                    leaving = (-ahead[0], -ahead[1])
                    cost += self._port(end, here, leaving, back, entering=True)
                heappush(heap, (cost, next(turn), to, ahead, (*way, to)))
        raise AssertionError("the channels join every side of every box")

    def _inside(self, point: Point) -> bool:
        return 0 <= point[0] < self.size[0] and 0 <= point[1] < self.size[1]

    def _step(self, here: Point, to: Point, side: Point, ahead: Point) -> float:
        cost = 1 + _SHARED * self.used[frozenset((here, to))]
        if ahead != side:
            cost += _BEND
        else:
            cost += _CROSSED * (self.plumb if ahead[0] else self.level)[here]
        rim = to[0] in (0, self.size[0] - 1) or to[1] in (0, self.size[1] - 1)
        return cost + _RIM * rim

    def _port(
        self, box: Point, beside: Point, side: Point, back: bool, *, entering: bool = False
    ) -> float:
        """The price of a side: forward wires leave onward and enter from behind."""
        cost = _TAKEN_SIDE * self.used[frozenset((box, beside))]
        good = (-self.onward[0], -self.onward[1]) if entering else self.onward
        if side == good:
            return cost + (_OTHER_SIDE if back else 0.0)
        if side == (-good[0], -good[1]):
            return cost + _WRONG_SIDE
        return cost + (0.0 if back else _OTHER_SIDE)


def _middle(cell: Cell) -> Point:
    return 2 * cell[0] + 1, 2 * cell[1] + 1
