"""What the units of a feed-forward network do over a text, and the few patterns behind it."""

from __future__ import annotations

import warnings
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Factors", "factors_of", "most_firing"]


class Factors(NamedTuple):
    """loads (U, F): of each unit on each factor. firing (F, T): of each factor at each token."""

    loads: NDArray
    firing: NDArray
    explained: float  # the share of the squared activations that their product has


def most_firing(activations: NDArray, most: int) -> NDArray:
    """The numbers of the units that fire highest somewhere, of (T, f), in rising order.

    >>> most_firing(np.array([[0.0, 3.0, -5.0], [2.0, 0.0, 0.0]]), 2).tolist()
    [0, 1]
    """
    peaks = activations.max(axis=0)
    return np.sort(np.argsort(-peaks, kind="stable")[:most])


def factors_of(firing: NDArray, count: int) -> Factors:
    """Units over tokens (U, T), as a product of two matrices of which none is below 0.

    Non-negative matrix factorisation (Lee & Seung 1999), by scikit-learn; what is below 0 counts
    as not firing. Factors come in the order of their first tokens.

    >>> found = factors_of(np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 2.0]]), 2)
    >>> found.firing.argmax(axis=0).tolist(), round(found.explained, 3)
    ([0, 0, 1], 1.0)
    """
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning

    fired = np.maximum(firing, 0.0).astype(float)
    total = float((fired**2).sum())
    count = min(count, *fired.shape)
    if total == 0:
        nothing = np.zeros((count, fired.shape[1]))
        return Factors(np.zeros((len(fired), count)), nothing, 0.0)
    model = NMF(count, init="nndsvda", max_iter=1000, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # what it explains is told
        loads = model.fit_transform(fired)
    peaks = np.maximum(model.components_.max(axis=1), 1e-12)  # so that each reaches 1
    loads, rows = loads * peaks, model.components_ / peaks[:, None]
    order = np.lexsort((rows.argmax(axis=1),))
    loads, rows = loads[:, order], rows[order]
    rest = float(((fired - loads @ rows) ** 2).sum())
    return Factors(loads, rows, 1 - rest / total)
