"""Watch an estimator of your own learn your own arrays, from Python or in a notebook.

from mlanim.boundary_movie import BoundaryMovie

movie = BoundaryMovie(KNeighborsClassifier(5), X, y)   # shows itself as a video in Jupyter
movie.render("knn.gif", max_bytes="2MB")
movie.still(at=6)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from mlanim.catalogue import find, load
from mlanim.notebook import LOOK, Film, named_look
from mlanim.subjects.boundary.models.own_estimator import checked_estimator, estimator_name
from mlanim.subjects.boundary.models.task import array_task

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["BoundaryMovie"]


class BoundaryMovie(Film):
    """An estimator in scikit-learn's manner that learns from more and more of the given points.

    Args:
        estimator: unfitted, or fitted: copies of it are.
        X: points (n, 2).
        y: labels (n,) of two to six kinds. Three tenths of the points are kept for the test.
        options: `sizes`, `fits`, `seconds` of the scene `decision-boundary`; quality, resolution,
            aspect, fps, theme, language, steps, seed.

    Raises:
        UsageError: arrays that do not fit, no estimator, an unknown option.
    """

    def __init__(
        self,
        estimator: Any,
        X: ArrayLike,  # noqa: N803  as scikit-learn calls it
        y: Sequence[object],
        **options: Any,
    ) -> None:
        task = array_task(X, y)  # type: ignore[arg-type]
        given = (task, checked_estimator(estimator))
        look = {name: options.pop(name) for name in LOOK if name in options}
        look = named_look(look, "decision-boundary")
        options.setdefault("sizes", [min(10, len(task.points)), len(task.points)])
        name = estimator_name(estimator)
        kind = name if name.isidentifier() else type(estimator).__name__
        scene = type(kind, (load(find("decision-boundary")),), {"given": given, "__doc__": name})
        super().__init__(scene, {"quality": "l", **look}, options)
        self.check()
