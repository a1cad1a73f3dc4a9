"""Cells of a grid for the boxes of a system: layers along its flow, rows or lanes across it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import networkx as nx

from mlanim.models.graph_layers import sorted_layers
from mlanim.models.system.system import System, loops_of

__all__ = ["Cell", "Placing", "placings"]

Cell = tuple[int, int]  # column from the left, row from the top
_CROSSING, _BLOCKED, _BACK = 2.0, 1.5, 0.3  # against a row up or down, which costs 1


@dataclass(frozen=True)
class Placing:
    """cells: one a box. upright: whether the flow runs downward, not to the right.

    loops: which wires lead back. lanes: of each lane the first and the last row across the flow.
    """

    cells: tuple[Cell, ...]
    columns: int
    rows: int
    upright: bool
    loops: tuple[int, ...]
    lanes: tuple[tuple[int, int], ...]
    folds: int = 1  # lines that the flow was folded into


def placings(system: System) -> list[Placing]:
    """All that are worth trying: both directions, and without lanes the flow folded into lines.

    >>> from mlanim.models.system.system import SystemBox
    >>> line = System((SystemBox("a"), SystemBox("b")), (("a", "b"),))
    >>> [one.cells for one in placings(line)]
    [((0, 0), (1, 0)), ((0, 0), (0, 1)), ((0, 0), (0, 1)), ((0, 0), (1, 0))]
    """
    count, loops = len(system.boxes), loops_of(len(system.boxes), system.ends)
    ahead = [ends for number, ends in enumerate(system.ends) if number not in loops]
    back = [system.ends[number] for number in loops]
    inputs = [[start for start, end in ahead if end == box] for box in range(count)]
    layers = _layers(inputs)
    spans = _spans(system, layers)
    row = _settled(_first_rows(system, layers, inputs, spans), system, layers, spans, ahead, back)
    across = spans[-1][1] + 1
    depth = {box: i for i, layer in enumerate(layers) for box in layer}
    found = []
    for folds in range(1, len(layers) + 1 if len(spans) == 1 else 2):
        length = -(-len(layers) // folds)
        if -(-len(layers) // length) != folds:
            continue
        for upright in (False, True):
            cells = []
            for box in range(count):
                fold, along = divmod(depth[box], length)
                along = length - 1 - along if fold % 2 else along  # the next line runs backward
                place = along, fold * across + row[box]
                cells.append(place[::-1] if upright else place)
            found.append(replace(_packed(cells, upright, loops, spans), folds=folds))
    return found


def _packed(
    cells: Sequence[Cell],
    upright: bool,
    loops: tuple[int, ...],
    spans: tuple[tuple[int, int], ...],
) -> Placing:
    """Without the columns and rows in which no box stands."""
    columns, rows = (sorted({cell[axis] for cell in cells}) for axis in (0, 1))
    close = tuple((columns.index(x), rows.index(y)) for x, y in cells)
    return Placing(close, len(columns), len(rows), upright, loops, spans)


def _layers(inputs: Sequence[Sequence[int]]) -> list[list[int]]:
    """Each box right behind the last that leads to it; what nothing leads to, before its use."""
    graph = nx.DiGraph((start, box) for box, starts in enumerate(inputs) for start in starts)
    graph.add_nodes_from(range(len(inputs)))
    depth: dict[int, int] = {}
    for number, layer in enumerate(nx.topological_generations(graph)):
        depth |= dict.fromkeys(layer, number)
    for box in graph:
        if not graph.in_degree(box) and graph.out_degree(box):
            depth[box] = min(depth[end] for end in graph.successors(box)) - 1
    return [sorted(b for b in depth if depth[b] == d) for d in sorted(set(depth.values()))]


def _spans(system: System, layers: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    """The rows of each lane: as many as its fullest layer needs."""
    spans, first = [], 0
    for lane in system.lanes:
        high = max(sum(system.boxes[box].lane == lane for box in layer) for layer in layers)
        spans.append((first, first + high - 1))
        first += high
    return tuple(spans)


def _first_rows(
    system: System,
    layers: Sequence[Sequence[int]],
    inputs: Sequence[Sequence[int]],
    spans: Sequence[tuple[int, int]],
) -> dict[int, int]:
    """In the order of few crossings, in the middle of the lane."""
    row: dict[int, int] = {}
    for layer in sorted_layers(layers, inputs):
        for lane, (first, last) in zip(system.lanes, spans, strict=True):
            inside = [p for p in layer if isinstance(p, int) and system.boxes[p].lane == lane]
            start = first + (last - first + 1 - len(inside)) // 2
            row |= {box: start + k for k, box in enumerate(inside)}
    return row


def _settled(
    row: dict[int, int],
    system: System,
    layers: Sequence[Sequence[int]],
    spans: Sequence[tuple[int, int]],
    ahead: Sequence[tuple[int, int]],
    back: Sequence[tuple[int, int]],
) -> dict[int, int]:
    """Boxes change rows, in their layer and lane, as long as wires become plainer by it."""
    depth = {box: i for i, layer in enumerate(layers) for box in layer}
    best = _cost(row, depth, ahead, back)
    for _ in range(8):
        before = best
        for layer in layers:
            for box in layer:
                first, last = spans[system.lanes.index(system.boxes[box].lane)]
                for to in range(first, last + 1):
                    tried = dict(row)
                    for other in layer:
                        if row[other] == to:
                            tried[other] = row[box]
                    tried[box] = to
                    if (now := _cost(tried, depth, ahead, back)) < best - 1e-9:
                        row, best = tried, now
        if best == before:
            break
    return row


def _cost(
    row: dict[int, int],
    depth: dict[int, int],
    ahead: Sequence[tuple[int, int]],
    back: Sequence[tuple[int, int]],
) -> float:
    cost = 0.0
    for start, end in ahead:
        cost += abs(row[start] - row[end])
        if row[start] == row[end]:
            between = range(depth[start] + 1, depth[end])
            blocked = any(depth[b] in between and row[b] == row[start] for b in row)
            cost += _BLOCKED * blocked
    for (a, b), (c, d) in combinations(ahead, 2):
        if depth[a] == depth[c] and depth[b] == depth[d]:
            cost += _CROSSING * ((row[a] - row[c]) * (row[b] - row[d]) < 0)
    return cost + _BACK * sum(abs(row[start] - row[end]) for start, end in back)
