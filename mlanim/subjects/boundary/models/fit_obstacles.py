"""Samples from which a classifier cannot learn: why, and what to do."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError

__all__ = ["fit_refusal", "obstacle"]

_FLAT = 1e-8  # deviations across a line over those along it
_REGULAR = 30  # points up to which qda is regularised, and takes what lies on a line


def obstacle(name: Any, points: NDArray, kinds: NDArray, classes: tuple[str, ...]) -> str:
    """Why one of our models cannot learn from points (n, 2) of kinds (n,); "" where it can.

    Discriminant analysis inverts covariances: lda that of all classes about their means, qda each
    class's own. Neither has an inverse where points lie on one line.

    >>> at = np.array([[0, 0], [1, 1], [2, 2], [0, 1], [1, 0], [3, 3.0]] * 6)
    >>> obstacle("qda", at, np.array([0, 0, 0, 1, 1, 1] * 6), ("elm", "oak"))
    'the points of elm lie on one line, and a covariance can be inverted where they do not'
    >>> obstacle("lda", at, np.array([0, 0, 0, 1, 1, 1] * 6), ("elm", "oak"))
    ''
    """
    if name == "naive-bayes" and not np.ptp(points, axis=0).any():
        return "all points lie in one spot"
    if name not in ("lda", "qda") or (name == "qda" and len(points) <= _REGULAR):
        return ""
    present = np.unique(kinds)
    about = [points[kinds == kind] - points[kinds == kind].mean(axis=0) for kind in present]
    whose = [f"the points of {classes[kind]} lie" for kind in present]
    if name == "lda":
        about, whose = [np.concatenate(about)], ["the points of each class lie"]
    for rows, who in zip(about, whose, strict=True):
        size = np.abs(rows).max(axis=0)
        lengths = np.linalg.svd(rows / np.where(size > 0, size, 1), compute_uv=False)
        if len(lengths) < 2 or lengths[1] <= _FLAT * lengths[0]:
            where = "on one line" if size.any() else "in one spot"
            return f"{who} {where}, and a covariance can be inverted where they do not"
    return ""


def fit_refusal(
    name: str, size: int, points: NDArray, kinds: NDArray, classes: tuple[str, ...], why: str
) -> UsageError:
    """The error of one of our models that cannot learn from the first `size` of points (n, 2).

    Where more of the points mend it, the hint says with how many to begin.
    """
    whole = len(points)
    mended = size < whole and not obstacle(name, points, kinds, classes)
    hint = "choose another model, such as logistic or knn, or other columns"
    if mended:
        enough = next(
            count
            for count in range(size + 1, whole + 1)
            if not obstacle(name, points[:count], kinds[:count], classes)
        )
        enough = min(whole, max(enough, 2 * size))
        hint = f"begin with more points, such as sizes={enough}" + f",{whole}" * (enough < whole)
    return UsageError(f"{name} cannot learn from the first {size} points", why, hint)
