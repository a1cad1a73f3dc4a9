"""The least error there can be, for many shares of the classes at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlanim.models.boundary_data import Problem, grid_points

__all__ = ["bayes_errors"]

_CELLS = 400  # a side, of a view twice as wide


def bayes_errors(problem: Problem, priors: ArrayLike) -> NDArray:
    """The Bayes error of a problem at each share of class 1, (n,): densities are computed once.

    >>> from mlanim.models.boundary_data import known_problem
    >>> bayes_errors(known_problem("normals"), [0.5]).round(4).tolist()
    [0.0731]
    """
    left, right, bottom, top = problem.view
    wide, high = (right - left) / 2, (top - bottom) / 2
    view = (left - wide, right + wide, bottom - high, top + high)
    points, (xs, ys) = grid_points(view, _CELLS)
    zero, one = (mixture.density(points) for mixture in problem.classes)
    cell = (xs[1] - xs[0]) * (ys[1] - ys[0])
    shares = np.asarray(priors, float)
    return np.array([np.minimum(p * one, (1 - p) * zero).sum() * cell for p in shares])
