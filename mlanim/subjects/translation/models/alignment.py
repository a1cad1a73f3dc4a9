"""What an attention matrix tells about the order of words."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["backward_run"]


def backward_run(weights: ArrayLike) -> NDArray[np.intp]:
    """The longest run of rows whose greatest weights step one column back each, as row indices.

    weights: (m, n), a row for each word that looks. One row alone is a run without a step back.

    >>> backward_run(np.eye(5)[[0, 3, 2, 1, 4]]).tolist()
    [1, 2, 3]
    """
    columns = np.asarray(weights).argmax(axis=1)
    runs = np.split(np.arange(len(columns)), np.flatnonzero(np.diff(columns) != -1) + 1)
    return max(runs, key=len)
