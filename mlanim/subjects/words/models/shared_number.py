"""Which number of their vectors words of a kind share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlanim.subjects.words.models.word_vectors import cosines

__all__ = ["shared_number"]

_LIKE = 0.25  # a cosine with the first word, above which a word is of its kind


def shared_number(vectors: NDArray) -> tuple[int, list[int]] | None:
    """The column (of n vectors (n, d)) in which the first and those like it are most alike.

    That is where the least of them, by its distance from 0, is greatest and all have one sign.
    Gives the column and the rows of the kind; None where fewer than two are alike, or no column
    has one sign for all.

    >>> shared_number(np.array([[1.0, 0.9], [-0.2, 0.8], [0.3, -1.0]]))
    (1, [0, 1])
    """
    like = np.flatnonzero(cosines(vectors, vectors[0]) > _LIKE).tolist()
    if len(like) < 2:
        return None
    kind = vectors[like]
    least = np.abs(kind).min(axis=0) * (np.abs(np.sign(kind).sum(axis=0)) == len(like))
    column = int(least.argmax())
    return (column, like) if least[column] > 0 else None
