"""Two classes of points in the plane whose densities are known, so that the best rule is known too.

Every problem is two mixtures of normal distributions; a curve (moons, circles, spiral) is many
small ones along it. What is drawn, sampled and integrated is the same density.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError, did_you_mean

__all__ = ["DATA", "DataName", "Problem", "grid_points", "known_problem"]

DataName = Literal["normals", "mixture", "moons", "circles", "spiral", "xor"]
DATA: tuple[str, ...] = get_args(DataName)
_ALONG = 60  # normals along a curve
_CELLS = 400  # a side, when the error is integrated


@dataclass(frozen=True, eq=False)  # arrays: told apart by identity
class Mixture:
    """Normal distributions of equal weight: means (k, 2), covariances (k, 2, 2)."""

    means: NDArray
    covariances: NDArray

    def sample(self, random: np.random.Generator, count: int) -> NDArray:
        """Draw points, (count, 2)."""
        which = random.integers(len(self.means), size=count)
        roots = np.linalg.cholesky(self.covariances)[which]
        return self.means[which] + np.einsum("nij,nj->ni", roots, random.normal(size=(count, 2)))

    def density(self, points: NDArray) -> NDArray:
        """The density at points (n, 2), (n,)."""
        total = np.zeros(len(points))
        for mean, covariance in zip(self.means, self.covariances, strict=True):
            # By hand: for a product with a 2 x 2 matrix BLAS wakes its threads, which takes longer.
            (a, b), (_, d) = np.linalg.inv(covariance)
            x, y = (points - mean).T
            squared = a * x * x + 2 * b * x * y + d * y * y
            total += np.exp(-squared / 2) / (2 * np.pi * np.sqrt(np.linalg.det(covariance)))
        return total / len(self.means)


@dataclass(frozen=True)
class Problem:
    """Classes 0 and 1 with their densities, the share of class 1, and what is looked at."""

    name: str
    classes: tuple[Mixture, Mixture]
    prior: float
    view: tuple[float, float, float, float]  # left, right, bottom, top

    def sample(self, random: np.random.Generator, count: int) -> tuple[NDArray, NDArray]:
        """Points (count, 2) and their classes (count,); two of each class come first."""
        kinds = (random.random(count) < self.prior).astype(int)
        kinds[:4] = (0, 1, 0, 1)[:count]
        points = np.empty((count, 2))
        for kind, mixture in enumerate(self.classes):
            points[kinds == kind] = mixture.sample(random, int((kinds == kind).sum()))
        return points, kinds

    def margin(self, points: NDArray) -> NDArray:
        """Positive where the best rule says class 1: the log of the ratio of weighted densities."""
        zero, one = (mixture.density(points) for mixture in self.classes)
        tiny = np.finfo(float).tiny
        return np.log(self.prior * one + tiny) - np.log((1 - self.prior) * zero + tiny)

    def with_prior(self, prior: float) -> Problem:
        """The same densities, with another share of class 1."""
        return replace(self, prior=prior)

    def bayes_error(self) -> float:
        """The error of the best rule: the integral of the smaller of both weighted densities.

        >>> round(known_problem("normals").bayes_error(), 4)
        0.0731
        """
        zero, one, cell = _densities_around(self.view, *self.classes)
        return float(np.minimum(self.prior * one, (1 - self.prior) * zero).sum() * cell)


@lru_cache(maxsize=8)
def _densities_around(
    view: tuple[float, float, float, float], zero: Mixture, one: Mixture
) -> tuple[NDArray, NDArray, float]:
    left, right, bottom, top = view
    wide, high = right - left, top - bottom
    around = (left - wide / 2, right + wide / 2, bottom - high / 2, top + high / 2)
    points, (xs, ys) = grid_points(around, _CELLS)
    cell = float((xs[1] - xs[0]) * (ys[1] - ys[0]))
    return zero.density(points), one.density(points), cell


def grid_points(
    view: tuple[float, float, float, float], cells: int
) -> tuple[NDArray, tuple[NDArray, NDArray]]:
    """Middles of cells x cells cells of a view: points (cells², 2), row by row; their xs and ys."""
    left, right, bottom, top = view
    steps = (np.arange(cells) + 0.5) / cells
    xs, ys = left + steps * (right - left), bottom + steps * (top - bottom)
    grid = np.stack(np.meshgrid(xs, ys), axis=-1)
    return grid.reshape(-1, 2), (xs, ys)


def known_problem(name: str, *, noise: float = 1.0, prior: float = 0.5, seed: int = 0) -> Problem:
    """One of DATA. noise scales the spread; seed is of the mixture's means alone.

    normals and mixture are the source's (Holbrook): normals with means (0, 2) and (2, 0) and
    correlations .3 and -.3; mixtures of ten normals of covariance 0.2 I whose means are drawn
    around (0, 1) and (1, 0), as in Hastie, Tibshirani and Friedman, section 2.3.3.

    Raises UsageError for an unknown name, a noise that is not positive, a prior outside 0 to 1.
    """
    if name not in DATA:
        raise UsageError(f"no data {name!r}", did_you_mean(str(name), DATA))
    if not noise > 0 or not 0 < prior < 1:
        raise UsageError(f"noise={noise:g}, prior={prior:g}", "noise > 0 and 0 < prior < 1")
    eye = np.eye(2)
    if name == "normals":
        zero = Mixture(np.array([[0.0, 2.0]]), noise**2 * np.array([[[1, 0.3], [0.3, 1]]]))
        one = Mixture(np.array([[2.0, 0.0]]), noise**2 * np.array([[[1, -0.3], [-0.3, 1]]]))
        return Problem(name, (zero, one), prior, (-3.0, 5.0, -3.0, 5.0))
    if name == "mixture":
        random = np.random.default_rng(seed)
        pair = [random.normal(size=(10, 2)) + centre for centre in ((0, 1), (1, 0))]
        return Problem(name, _around(pair, 0.2 * noise**2 * eye), prior, (-3.0, 4.0, -3.0, 4.0))
    turn = np.linspace(0, np.pi, _ALONG)
    if name == "moons":
        arc = np.stack([np.cos(turn), np.sin(turn)], axis=1)
        pair = [arc, np.array([1.0, 0.5]) - arc]
        return Problem(
            name, _around(pair, (0.2 * noise) ** 2 * eye), prior, (-1.8, 2.8, -1.55, 2.05)
        )
    if name == "circles":
        ring = np.stack([np.cos(2 * turn), np.sin(2 * turn)], axis=1)
        return Problem(
            name,
            _around([ring, 0.45 * ring], (0.15 * noise) ** 2 * eye),
            prior,
            (-1.7, 1.7, -1.7, 1.7),
        )
    if name == "spiral":
        angle = np.linspace(0.5, 3.2, _ALONG) * np.pi
        arm = (angle / (3.2 * np.pi))[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        pair = [arm, -arm]
        return Problem(
            name, _around(pair, (0.06 * noise) ** 2 * eye), prior, (-1.3, 1.3, -1.3, 1.3)
        )
    corners = np.array([[1.0, 1.0], [-1.0, -1.0]])
    pair = [corners, corners * (1, -1)]
    return Problem(name, _around(pair, (0.5 * noise) ** 2 * eye), prior, (-2.6, 2.6, -2.6, 2.6))


def _around(means: list[NDArray], covariance: NDArray) -> tuple[Mixture, Mixture]:
    zero, one = (Mixture(m, np.broadcast_to(covariance, (len(m), 2, 2))) for m in means)
    return zero, one
