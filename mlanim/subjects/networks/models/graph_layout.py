"""Where the nodes of a graph stand on a page, and how large: as large as the page allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mlanim.models.graph_layers import (
    Inputs,
    Place,
    layers_of,
    passing,
    sorted_layers,
)
from mlanim.subjects.networks.models.graph_heights import heights_of
from mlanim.subjects.networks.models.graph_rows import places_in_rows, scale_in_rows

__all__ = ["GraphLayout", "Measures", "lay_out", "pages_of"]

_LARGEST = 2.2  # of the smallest legible size
_FOLDING = 0.85  # of the size without: what a fold has to gain
_DOWNWARD = 0.9  # of the size from left to right: what going downward has to gain
_NARROW = 2.0  # times its height, a room is at most as wide as this for a graph to go downward
_FOLDS = 10
_HIDDEN = 0.5  # of its worth, for a turn at which an edge goes behind a card
_FOLDED = 3  # nodes a layer at most: wider ones are not followed around a turn
_SPREAD = 0.7  # of the height that is left over, between rows
_PAGES = 6  # that are better than fewer with edges behind cards
_PASSER = 0.3  # of a card's height: the room of an edge that passes a column
_TURN = 0.75  # of a card's height: between two rows of layers, for the edges and their numbers
_OPEN = 2.4  # times the least distance: more between columns is emptiness


@dataclass(frozen=True)
class Measures:
    """Sizes at the smallest legible text, in units: cards' height, and what lies between them."""

    height: float
    beside: float  # between two columns: an edge and the number on it
    below: float  # between two rows
    passers: bool = True  # whether edges that pass a column have room in it, or run behind

    def high(self, places: Sequence[Place]) -> float:
        """The height of a column of cards and of edges that pass it."""
        cards = sum(isinstance(place, int) for place in places)
        passers = len(places) - cards
        return self.height * (cards + _PASSER * passers) + self.below * (len(places) - 1)


@dataclass(frozen=True, eq=False)
class GraphLayout:
    """scale: times the smallest legible size; below 1 it does not fit.

    nodes: those that are on the page; centres (n, 2): the middle of each of them, with the page's
    middle as the origin; widths: of the cards, at scale 1. columns: which layer each is in.
    ways: for an edge (from, to) that passes columns, the middle of its place in each, (k, 2).
    downward: whether the layers are rows, from the top; else they are columns, from the left.
    """

    scale: float
    nodes: tuple[int, ...]
    centres: NDArray
    widths: tuple[float, ...]
    columns: tuple[int, ...]
    ways: dict[tuple[int, int], NDArray]
    downward: bool = False


def lay_out(
    inputs: Inputs, widths: Sequence[float], room: tuple[float, float], measures: Measures
) -> GraphLayout:
    """The largest layout of a graph in a room (width, height) that its layers allow.

    inputs: for each node those that it is computed from; widths: of the cards, at scale 1. Where
    there are more layers than fit one row, they go on in a second row, backward, and so on. In a
    narrow room the layers are rows, one below the other.

    >>> made = lay_out([(), (), (0, 1)], [1.0, 1.0, 1.0], (10, 5), Measures(0.6, 0.5, 0.2))
    >>> made.columns, made.centres.shape
    ((0, 0, 1), (3, 2))
    """
    found: tuple[float, list[list[int]], int] | None = None  # folds: 0 where it goes downward
    best = 0.0
    for widest in range(1, len(inputs) + 1):
        layers = layers_of(inputs, widest)
        places: Sequence[Sequence[Place]] = layers
        if measures.passers:
            places = passing(layers, inputs)
        for folds in range(1, _FOLDS if widest <= _FOLDED else 2):
            scale = _scale(places, folds, widths, room, measures)
            # Folds and columns of leaves cost clearness: they have to gain something.
            worth = min(scale, _LARGEST) * _FOLDING ** (folds - 1) * 0.985 ** len(layers)
            worth *= _HIDDEN ** _crowded_turns(places, folds)
            worth += 10 if scale >= 1 else 0
            if worth > best:
                best, found = worth, (scale, layers, folds)
        if room[0] > _NARROW * room[1]:
            continue
        scale = scale_in_rows(places, widths, measures.height, room)
        worth = _DOWNWARD * min(scale, _LARGEST) * 0.985 ** len(layers) + (10 if scale >= 1 else 0)
        if worth > best:
            best, found = worth, (scale, layers, 0)
    assert found
    scale, layers, folds = found
    ordered = sorted_layers(layers, inputs)
    if not measures.passers:
        ordered = [[place for place in layer if isinstance(place, int)] for layer in ordered]
    return _placed(ordered, inputs, widths, folds, scale, room, measures)


def pages_of(
    inputs: Inputs, widths: Sequence[float], room: tuple[float, float], measures: Measures
) -> list[GraphLayout]:
    """One layout, or where it would be too small to read, several that continue each other.

    What a page computes from earlier ones stands on it again.
    """
    order = [node for layer in layers_of(inputs, len(inputs)) for node in layer if inputs[node]]

    def split(count: int, measures: Measures) -> list[GraphLayout]:
        if count == 1:
            return [lay_out(inputs, widths, room, measures)]
        ends = np.linspace(0, len(order), count + 1).round().astype(int)
        parts = [order[start:end] for start, end in pairwise(ends)]
        return [_part(part, inputs, widths, room, measures) for part in parts]

    behind = replace(measures, passers=False)
    tried = [(count, measures) for count in range(1, min(_PAGES, len(order)) + 1)]
    tried += [(count, behind) for count in range(1, len(order) + 1)]
    for count, how in tried:
        pages = split(count, how)
        if all(page.scale >= 1 for page in pages):
            return pages
    return split(1, behind)


def _part(
    part: Sequence[int],
    inputs: Inputs,
    widths: Sequence[float],
    room: tuple[float, float],
    measures: Measures,
) -> GraphLayout:
    """The layout of some nodes and of what they are computed from."""
    nodes = sorted({*part, *(source for node in part for source in inputs[node])})
    index = {node: i for i, node in enumerate(nodes)}
    held = set(part)
    inner = [[index[s] for s in inputs[node]] if node in held else [] for node in nodes]
    made = lay_out(inner, [widths[node] for node in nodes], room, measures)
    named = tuple(nodes[i] for i in made.nodes)
    ways = {(nodes[i], nodes[j]): way for (i, j), way in made.ways.items()}
    return replace(made, nodes=named, ways=ways)


def _rows(count: int, folds: int) -> list[list[int]]:
    """Which of so many layers stand in each row of layers, from left to right.

    >>> _rows(5, 2)
    [[0, 1, 2], [4, 3]]
    """
    length = -(-count // folds)
    rows = [list(range(i, min(i + length, count))) for i in range(0, count, length)]
    return [row[::-1] if k % 2 else row for k, row in enumerate(rows)]


def _crowded_turns(places: Sequence[Sequence[Place]], folds: int) -> int:
    """How often several things stand above each other where a row of layers turns into the next.

    >>> _crowded_turns([[0, 1], [2, 3], [4], [5]], 2), _crowded_turns([[0, 1], [2], [3], [4]], 2)
    (1, 0)
    """
    length = -(-len(places) // folds)
    turns = range(length, len(places), length)
    return sum(max(len(places[i - 1]), len(places[i])) > 1 for i in turns)


def _wide(places: Sequence[Place], widths: Sequence[float]) -> float:
    return max((widths[place] for place in places if isinstance(place, int)), default=0.0)


def _scale(
    places: Sequence[Sequence[Place]],
    folds: int,
    widths: Sequence[float],
    room: tuple[float, float],
    measures: Measures,
) -> float:
    rows = _rows(len(places), folds)
    wide = max(
        sum(_wide(places[i], widths) for i in row) + measures.beside * (len(row) - 1)
        for row in rows
    )
    high = sum(max(measures.high(places[i]) for i in row) for row in rows)
    high += (len(rows) - 1) * _TURN * measures.height
    return min(room[0] / wide, room[1] / high)


def _placed(
    places: list[list[Place]],
    inputs: Inputs,
    widths: Sequence[float],
    folds: int,
    scale: float,
    room: tuple[float, float],
    measures: Measures,
) -> GraphLayout:
    size = min(scale, _LARGEST)
    if not folds:
        x_of, y_of = places_in_rows(places, inputs, widths, measures.height, size, room)
        return _layout(places, widths, scale, x_of, y_of, downward=True)
    rows = _rows(len(places), folds)
    shares = np.array([max(measures.high(places[i]) for i in row) for row in rows])
    turn = _TURN * measures.height * size
    rest = room[1] - turn * (len(rows) - 1)
    ends = room[1] / 2 - np.cumsum(shares) / shares.sum() * rest - turn * np.arange(len(rows))
    spans_up = [
        (float(e), float(e + s / shares.sum() * rest)) for e, s in zip(ends, shares, strict=True)
    ]
    longest = max(len(row) for row in rows)
    x_of, y_of = {}, {}
    for fold, row in enumerate(rows):
        spans = [_wide(places[i], widths) * size for i in row]
        gap = min(
            (room[0] - sum(spans)) / max(1, longest - 1),
            _OPEN * measures.beside * size,
        )
        full = sum(spans) + gap * (len(row) - 1)
        begun = room[0] / 2 - full if fold % 2 else -room[0] / 2  # below the end of the row before
        x = begun if len(rows) > 1 else -full / 2
        for i, span in zip(row, spans, strict=True):
            x_of |= dict.fromkeys(places[i], x + span / 2)
            x += span + gap
        columns = [places[i] for i in row]
        height = measures.height * size
        sizes = [[height if isinstance(p, int) else _PASSER * height for p in c] for c in columns]
        free = spans_up[fold][1] - spans_up[fold][0] - float(shares[fold]) * size
        most = max(len(column) for column in columns)
        between = measures.below * size + min(_SPREAD * free / most, _SPREAD * height)
        y_of |= heights_of(columns, sizes, inputs, spans_up[fold], between)
    return _layout(places, widths, scale, x_of, y_of)


def _layout(
    places: Sequence[Sequence[Place]],
    widths: Sequence[float],
    scale: float,
    x_of: dict[Place, float],
    y_of: dict[Place, float],
    *,
    downward: bool = False,
) -> GraphLayout:
    column = {place: i for i, layer in enumerate(places) for place in layer}
    nodes = tuple(sorted(place for place in column if isinstance(place, int)))
    ways: dict[tuple[int, int], list[list[float]]] = {}
    for place in column:  # in the order of the layers
        if not isinstance(place, int):
            ways.setdefault(place[:2], []).append([x_of[place], y_of[place]])
    return GraphLayout(
        scale,
        nodes,
        np.array([[x_of[n], y_of[n]] for n in nodes]),
        tuple(widths[n] if downward else _wide(places[column[n]], widths) for n in nodes),
        tuple(column[n] for n in nodes),
        {ends: np.array(way) for ends, way in ways.items()},
        downward,
    )
