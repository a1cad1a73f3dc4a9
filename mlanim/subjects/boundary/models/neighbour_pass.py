"""The vote of nearest neighbours, which a page computes anew for another k and place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from mlanim.models.page_pass import PagePass
from mlanim.subjects.boundary.models.fit import Fit

__all__ = ["neighbour_pass"]


def neighbour_pass(fit: Fit, classes: Sequence[str], place: ArrayLike) -> PagePass:
    """The vote at a place (2,) of the data, among the points of a fit with nearest neighbours.

    >>> from mlanim.subjects.boundary.models.classifiers import Settings
    >>> from mlanim.subjects.boundary.models.fit import fit_growing
    >>> from mlanim.subjects.boundary.models.task import task_of
    >>> task = task_of("mixture", 40, noise=1.0, seed=3)
    >>> fit = fit_growing(task, "knn", [40], Settings(k=5))[0]
    >>> told = neighbour_pass(fit, task.classes, [0.0, 0.0])
    >>> bool((told.result() == fit.model.predict_proba([[0.0, 0.0]])[0]).all())
    True
    """
    seen = [str(name) for name in classes[: int(fit.kinds.max()) + 1]]
    stored: dict[str, ArrayLike] = {
        "points": fit.points,
        "kinds": fit.kinds,
        "place": np.asarray(place, float),
        "k": [fit.model.n_neighbors],
    }
    return PagePass("neighbours", stored, seen)
