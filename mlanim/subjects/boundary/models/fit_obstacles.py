"""Samples from which a classifier cannot learn: why, and what to do."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError

__all__ = ["fit_refusal", "obstacle"]

_FLAT = 1e-8  # deviations across a line over those along it
_REGULAR = 30  # points up to which qda is regularised, and takes what lies on a line


def obstacle(
    name: Any,
    points: NDArray,
    kinds: NDArray,
    classes: tuple[str, ...],
    axes: tuple[str, str] = ("x", "y"),
) -> str:
    """Why one of our models cannot learn from points (n, 2) of kinds (n,); "" where it can.

    Discriminant analysis inverts covariances: lda that of all classes about their means, qda each
    class's own. Neither has an inverse where points lie on one line, or where a single one is so
    far out that the others are as good as one spot next to it.

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
    each = {int(kind): points[kinds == kind] for kind in np.unique(kinds)}
    flat = {
        kind: where for kind, rows in each.items() if (where := _flat(rows - rows.mean(axis=0)))
    }
    if name == "lda":
        together = _flat(np.concatenate([rows - rows.mean(axis=0) for rows in each.values()]))
        if not together:
            return ""
    if not flat and name == "qda":
        return ""
    for kind, rows in each.items():
        if kind in flat and (odd := _far_out(rows)) is not None:
            return (
                f"the row of {classes[kind]} with {axes[0]} = {odd[0]:.6g}, {axes[1]} = "
                f"{odd[1]:.6g} is so far out that next to it all others are one spot: take it out "
                "if it is a slip"
            )
    if name == "lda" and len(flat) == len(each):
        who, where = "each class", together
    elif flat:
        # Where the classes together have no inverse but one alone, its spread is the others' end.
        kind = max(flat, key=lambda kind: float(np.ptp(each[kind], axis=0).max()))
        who, where = classes[kind], flat[kind]
    else:
        who, where = "all classes about their means", together
    return f"the points of {who} lie {where}, and a covariance can be inverted where they do not"


def _flat(rows: NDArray) -> str:
    """Where rows (n, 2) about a mean lie, if that is no plane: "on one line", "in one spot"."""
    size = np.abs(rows).max(axis=0)
    lengths = np.linalg.svd(rows / np.where(size > 0, size, 1), compute_uv=False)
    if len(lengths) == 2 and lengths[1] > _FLAT * lengths[0]:
        return ""
    return "on one line" if size.any() else "in one spot"


def _far_out(rows: NDArray) -> NDArray | None:
    """The row of (n, 2) without which the others fill a plane, if one alone is that far out."""
    if len(rows) < 4:
        return None
    farthest = int(np.abs(rows - np.median(rows, axis=0)).max(axis=1).argmax())
    others = np.delete(rows, farthest, axis=0)
    return None if _flat(others - others.mean(axis=0)) else rows[farthest]


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
