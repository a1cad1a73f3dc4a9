"""Which number of their vectors words of a kind share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlanim.subjects.words.models.word_vectors import cosines

__all__ = ["shared_number"]

_LIKE = 0.4  # a cosine with the first word, above which a word is of its kind


def shared_number(vectors: NDArray) -> tuple[int, list[int]] | None:
    """The column (of n vectors (n, d)) in which the first and those like it are most alike.

    That is where all of them have one sign and stand furthest from all others. Gives the column
    and the rows of the kind; None where fewer than two are alike, or no column has one sign for
    all.

    >>> shared_number(np.array([[1.0, 0.9], [-0.2, 0.8], [0.3, -1.0]]))
    (1, [0, 1])
    """
    like = np.flatnonzero(cosines(vectors, vectors[0]) > _LIKE).tolist()
    if len(like) < 2:
        return None
    others = [i for i in range(len(vectors)) if i not in like]
    best, found = -np.inf, None
    for sign in (1, -1):
        least = (sign * vectors[like]).min(axis=0)
        apart = least - ((sign * vectors[others]).max(axis=0) if others else 0)
        apart = np.where(least > 0, apart, -np.inf)
        if apart.max() > best:
            best, found = float(apart.max()), (int(apart.argmax()), like)
    return found
