"""The covariance matrix: each entry from its two rows, centred, multiplied, averaged."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.subjects.arrays.acts.operations import play_code
from mlanim.subjects.arrays.motion import gather
from mlanim.subjects.arrays.primitives.array_grid import ArrayGrid
from mlanim.subjects.arrays.primitives.side_by_side import arranged

__all__ = ["ROWS", "covariance"]

ROWS = np.array([[1, 2, 4, 5], [6, 2, 3, 1], [2, 0, 4, 2]])
_CENTRED = "x - x.mean(axis=1, keepdims=True)"


def covariance(scene: Explainer) -> None:
    """Rows are centred; then every pair of rows gives an entry, and its mirror image."""
    centred = play_code(scene, _CENTRED, {"x": ROWS}, rest=0.7).value
    count = centred.shape[1]
    matrix = centred @ centred.T / (count - 1)
    rows, products, entries = _page(scene, centred, matrix)
    scene.turn_to(f"Multiply two rows, sum, divide by {count} − 1", rows)
    scene.play(do.appear(products.blank(), entries.blank()))
    pairs = [(i, j) for i in range(len(matrix)) for j in range(i, len(matrix))]
    for k, (i, j) in enumerate(pairs):
        _entry(scene, rows, products, entries, (i, j), slow=k == 0)
    diagonal = [entries.cell_of(i * len(matrix) + i) for i in range(len(matrix))]
    scene.play(
        scene.retitle("On the diagonal: the variances"),
        *(do.highlight(cell, theme=scene.theme, buff=0.0, stays=True) for cell in diagonal),
    )
    scene.wait(1.6)


def _page(
    scene: Explainer, centred: NDArray, matrix: NDArray
) -> tuple[ArrayGrid, ArrayGrid, ArrayGrid]:
    """The centred rows, the products of two of them, the matrix."""
    first = centred[0] * centred[0]
    arrays = [centred, first, matrix]
    rows = [[0], [1], [2]] if scene.area.is_tall else [[0, 2], [1]]
    plan = arranged(arrays, scene.body, scene.theme, rows=rows, signs=False)
    named = zip(
        arrays, plan.plans, ("centred", "products", "covariance"), ("context", "hidden", "encoder"),
        strict=True,
    )  # fmt: skip
    grids = [
        ArrayGrid(
            values,
            name=scene.theme.words.said(name),
            role=role,
            theme=scene.theme,
            plan=own,
            cell=plan.cell,
        )
        for values, own, name, role in named
    ]
    plan.place(grids, scene.body)
    return grids[0], grids[1], grids[2]


def _entry(
    scene: Explainer,
    rows: ArrayGrid,
    products: ArrayGrid,
    entries: ArrayGrid,
    pair: tuple[int, int],
    *,
    slow: bool,
) -> None:
    """One entry and its mirror image."""
    i, j = pair
    count = rows.values.shape[1]
    places = np.arange(count)
    products.set_values(rows.values[i] * rows.values[j]).blank()
    meeting = np.stack([i * count + places, j * count + places], axis=1)
    scene.play(gather([rows], [meeting], products, lag=0.2 if slow else 0.03))
    side = len(entries.values)
    mine = sorted({i * side + j, j * side + i})
    summed = np.full((side * side, count), -1)
    summed[mine] = places
    scene.play(gather([products], [summed], entries, lag=0.05, only=mine))
    if slow:
        scene.wait(0.6)
