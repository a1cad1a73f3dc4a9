"""The plane on which vectors spread most: their two main components."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["MainPlane", "main_plane"]


@dataclass(frozen=True)
class MainPlane:
    """middle: (d,). axes: (2, d), of length 1 and at right angles. shares: (2,) of the spread."""

    middle: NDArray
    axes: NDArray
    shares: NDArray

    def places(self, vectors: NDArray) -> NDArray:
        """Where vectors (..., d) stand on the plane, (..., 2)."""
        return np.asarray((np.asarray(vectors, float) - self.middle) @ self.axes.T)


def main_plane(vectors: NDArray) -> MainPlane:
    """The plane of the two directions in which vectors (n, d) vary most (Pearson 1901).

    The greatest entry of each direction is positive, so that the picture does not depend on how
    it was computed. Fewer than two dimensions or vectors leave a direction of zeros.

    >>> plane = main_plane(np.array([[3.0, 0, 0], [-3, 0, 0], [0, 1, 0], [0, -1, 0]]))
    >>> plane.places(np.array([3.0, 0, 0])).tolist(), plane.shares.round(2).tolist()
    ([3.0, 0.0], [0.9, 0.1])
    """
    array = np.asarray(vectors, float)
    middle = array.mean(axis=0)
    _, spread, directions = np.linalg.svd(array - middle, full_matrices=False)
    axes, shares = np.zeros((2, array.shape[1])), np.zeros(2)
    whole = float((spread**2).sum()) or 1.0
    for i, direction in enumerate(directions[:2]):
        sign = np.sign(direction[np.abs(direction).argmax()]) or 1.0
        axes[i], shares[i] = sign * direction, spread[i] ** 2 / whole
    return MainPlane(middle, axes, shares)
