"""A picture cut into layers by its depth, their holes filled, and the view when the camera moves.

The idea is that of layered depth images (Shade et al. 1998), as 3D photographs use them (Shih et
al. 2020); there a network guesses what was hidden, here each guess is a mean of its neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.linalg import spsolve

from mlanim.errors import UsageError
from mlanim.subjects.systems.models.drawn_scene import FOCAL

__all__ = ["Layer", "View", "cut", "fill_holes", "layer_shift", "moved_view"]

_APART = 1.25  # a layer ends where the next depth is so many times the one before


@dataclass(frozen=True)
class Layer:
    """What stands at one depth (metres): where it was seen, and where it is guessed.

    colours: (rows, columns, 3), meant where seen or guessed, both (rows, columns) of bool.
    """

    depth: float
    colours: NDArray
    seen: NDArray
    guessed: NDArray

    @property
    def there(self) -> NDArray:
        """Where there is anything."""
        return self.seen | self.guessed


@dataclass(frozen=True)
class View:
    """colours: (rows, columns, 3). seen: which of its points the first picture had; the others
    are guesses, or, where `there` is False, lie beyond the picture's edge."""

    colours: NDArray
    depth: NDArray
    seen: NDArray
    there: NDArray


def cut(colours: NDArray, depth: NDArray) -> list[Layer]:
    """The nearest first. Depths belong together as long as each is near the one before.

    >>> [layer.depth for layer in cut(np.zeros((1, 4, 3)), np.array([[2, 2.2, 8, 8]]))]
    [2.1, 8.0]
    """
    known = np.unique(depth)
    if known[0] <= 0:
        raise UsageError(f"a depth of {known[0]:g}", "what is seen lies before the camera")
    edges = [0.0, *known[1:][known[1:] / known[:-1] > _APART], np.inf]
    layers = []
    for near, far in pairwise(edges):
        here = (depth >= near) & (depth < far)
        middle = float(depth[here].mean())
        kept = np.where(here[..., np.newaxis], colours, 0.0)
        layers.append(Layer(middle, kept, here, np.zeros_like(here)))
    return layers


def fill_holes(layers: Sequence[Layer]) -> list[Layer]:
    """Give each layer what it may have behind the nearer ones.

    The farthest goes on behind all of them. Another goes on in a row where the hidden stretch has
    this layer on both of its sides. Each guessed pixel is the mean of its up to four neighbours,
    seen or guessed, of the same layer: colours diffuse into the hole until they are at rest.
    """
    filled = []
    hidden = np.zeros_like(layers[0].seen)
    for layer in layers:
        last = layer is layers[-1]
        hole = hidden.copy() if last else _enclosed(layer.seen, hidden)
        filled.append(replace(layer, colours=_diffused(layer, hole), guessed=hole))
        hidden = hidden | layer.seen
    return filled


def layer_shift(depth: float, camera: float) -> int:
    """Whole pixels to the left that a layer moves by, when the camera goes to the right by metres.

    >>> [layer_shift(depth, 0.1) for depth in (2, 4, 8, 16)]
    [8, 4, 2, 1]
    """
    return round(camera * FOCAL / depth)


def moved_view(layers: Sequence[Layer], camera: float) -> View:
    """What a camera so many metres to the right sees: each layer moved, the nearer over the others.

    Exact where every layer moves by whole pixels; else a layer is off by at most half of one.
    """
    shape = layers[0].seen.shape
    colours, depth = np.zeros((*shape, 3)), np.zeros(shape)
    seen, there = np.zeros(shape, bool), np.zeros(shape, bool)
    for layer in reversed(layers):
        source = np.arange(shape[1]) + layer_shift(layer.depth, camera)
        inside = (source >= 0) & (source < shape[1])
        source = np.clip(source, 0, shape[1] - 1)
        here = layer.there[:, source] & inside
        colours[here] = layer.colours[:, source][here]
        depth[here] = layer.depth
        seen[here] = layer.seen[:, source][here]
        there |= here
    return View(colours, depth, seen, there)


def _enclosed(seen: NDArray, hidden: NDArray) -> NDArray:
    """Hidden pixels whose row has, on both sides of the hidden stretch, a pixel that is seen."""
    hole = np.zeros_like(hidden)
    for row in np.flatnonzero((hidden.any(axis=1)) & (seen.any(axis=1))):
        ends = np.flatnonzero(np.diff(np.concatenate([[0], hidden[row].astype(int), [0]])))
        for start, end in ends.reshape(-1, 2):
            if start > 0 and end < len(seen[row]) and seen[row, start - 1] and seen[row, end]:
                hole[row, start:end] = True
    return hole


def _diffused(layer: Layer, hole: NDArray) -> NDArray:
    """Colours with the hole's pixels each the mean of their neighbours: one linear system."""
    if not hole.any():
        return layer.colours
    number = np.full(hole.shape, -1)
    number[hole] = np.arange(hole.sum())
    there = layer.seen | hole
    rows, columns, weights = [], [], []
    known, degree = np.zeros((int(hole.sum()), 3)), np.zeros(int(hole.sum()))
    for down, right in ((0, 1), (0, -1), (1, 0), (-1, 0)):
        y, x = np.nonzero(hole)
        i, y, x = number[y, x], y + down, x + right
        inside = (y >= 0) & (y < hole.shape[0]) & (x >= 0) & (x < hole.shape[1])
        i, y, x = i[inside], y[inside], x[inside]
        i, y, x = (array[there[y, x]] for array in (i, y, x))
        degree[i] += 1
        unknown = hole[y, x]
        rows.append(i[unknown])
        columns.append(number[y, x][unknown])
        weights.append(-np.ones(unknown.sum()))
        known[i[~unknown]] += layer.colours[y, x][~unknown]
    count = len(degree)
    rows.append(np.arange(count))
    columns.append(np.arange(count))
    weights.append(degree)
    entries = np.concatenate(weights), (np.concatenate(rows), np.concatenate(columns))
    colours = layer.colours.copy()
    colours[hole] = spsolve(coo_array(entries, shape=(count, count)).tocsc(), known)
    return colours
