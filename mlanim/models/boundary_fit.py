"""A classifier fitted to more and more points of one sample, and how often it errs each time."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.models.boundary_data import Problem
from mlanim.models.classifiers import Settings, decision, make_classifier

__all__ = ["Fit", "fit_growing"]

_TEST_POINTS = 5000


@dataclass(frozen=True)
class Fit:
    """What was learned from the first `count` points."""

    count: int
    points: NDArray  # (count, 2)
    kinds: NDArray  # (count,) 0 or 1
    model: Any  # fitted
    training_error: float
    test_error: float  # on 5000 other points

    def decision(self, points: NDArray) -> NDArray:
        """Positive where class 1 is predicted; from -1 to 1 where it is a probability."""
        with _one_thread():
            return decision(self.model, points)

    @property
    def support(self) -> NDArray:
        """Indices of the support vectors; none where the model has no such."""
        return np.asarray(getattr(self.model, "support_", []), int)


def fit_growing(problem: Problem, name: str, sizes: Sequence[int], settings: Settings) -> list[Fit]:
    """One fit for each size, each sample the beginning of the next.

    Raises UsageError for sizes that do not grow, or one below 4.

    >>> from mlanim.models.boundary_data import known_problem
    >>> fits = fit_growing(known_problem("normals"), "lda", [20, 40], Settings())
    >>> [fit.count for fit in fits], bool((fits[0].points == fits[1].points[:20]).all())
    ([20, 40], True)
    """
    if not sizes or min(sizes) < 4 or list(sizes) != sorted(set(sizes)):
        raise UsageError(f"sizes {list(sizes)}", "they grow, from 4 on, such as 10,40,160")
    points, kinds = problem.sample(np.random.default_rng(settings.seed), max(sizes))
    unseen, right = problem.sample(np.random.default_rng(settings.seed + 1), _TEST_POINTS)
    fits = []
    for size in sizes:
        x, y = points[:size], kinds[:size]
        with warnings.catch_warnings(), _one_thread():
            warnings.simplefilter("ignore")  # of solvers that stop early on few points
            model = make_classifier(name, settings, size).fit(x, y)
            errors = [
                float(((decision(model, given) > 0) != wanted).mean())
                for given, wanted in ((x, y), (unseen, right))
            ]
        fits.append(Fit(size, x, y, model, *errors))
    return fits


def _one_thread() -> Any:
    """Threads of OpenMP do not survive the fork of a render's workers: none are begun."""
    from threadpoolctl import threadpool_limits  # comes with scikit-learn

    return threadpool_limits(limits=1)
