"""A classifier fitted to more and more points of one sample, and how often it errs each time."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import MlanimError, UsageError
from mlanim.models.boundary_data import grid_points
from mlanim.subjects.boundary.models.classifiers import Settings, make_classifier
from mlanim.subjects.boundary.models.fit_cache import Later, is_readers_own, kept_fits
from mlanim.subjects.boundary.models.fit_obstacles import fit_refusal, obstacle
from mlanim.subjects.boundary.models.own_estimator import estimator_name
from mlanim.subjects.boundary.models.task import Task

__all__ = ["CELLS", "Fit", "fit_growing", "growing_sizes", "one_thread"]

CELLS = 200  # a side of the grid on which a fit is known everywhere
_WORTH_WORKERS = 6.0  # seconds of fitting
_REASONS = {"adaboost": "no cut through them is better than chance"}


@dataclass(frozen=True)
class Fit:
    """What was learned from the first `count` points.

    Attributes:
        training_error: share of the `count` points that it gets wrong.
        test_error: share of the unseen ones.
        grid: scores (CELLS², k) at the middles of the view's cells, lowest row first.
        graded: whether the scores are probabilities.
        as_predicted: whether they are 1 for the predicted class, 0 for others.
        estimator: what was fitted, or a `Later` of it.
    """

    count: int
    points: NDArray
    kinds: NDArray
    training_error: float
    test_error: float
    grid: NDArray = field(repr=False)
    graded: bool
    as_predicted: bool
    estimator: Any = field(repr=False)

    @property
    def model(self) -> Any:
        """The fitted estimator; of a fit that was kept, its library is imported only now."""
        return self.estimator.thing if isinstance(self.estimator, Later) else self.estimator

    def scores(self, points: NDArray) -> NDArray:
        """One score a class, (n, k); the class with the highest is predicted."""
        with one_thread():
            classes = self.grid.shape[1]
            return class_scores(self.model, points, classes, as_predicted=self.as_predicted)

    def decision(self, points: NDArray) -> NDArray:
        """The lead of class 1 over class 0: from -1 to 1 where scores are probabilities."""
        found = self.scores(points)
        return found[:, 1] - found[:, 0]

    @property
    def support(self) -> NDArray:
        """Indices of the support vectors; none where the model has no such."""
        return np.asarray(getattr(self.model, "support_", []), int)


def class_scores(
    model: Any, points: NDArray, classes: int, *, as_predicted: bool = False
) -> NDArray:
    """Probabilities, else decisions, else 1 for the predicted class, (n, classes).

    as_predicted: whether the last it is in any case.

    Raises UsageError where an estimator gives anything else than one finite score a class, or
    predicts what is no class.

    >>> from mlanim.subjects.boundary.models.mars import Mars
    >>> model = Mars().fit([[0.0, 0.0], [1.0, 0.0]], [0, 1])
    >>> class_scores(model, np.array([[1.0, 0.0]]), 2).argmax(axis=1)
    array([1])
    """
    seen = np.asarray(getattr(model, "classes_", np.arange(classes)), int)
    shape = (len(points), len(seen))
    scored = hasattr(model, "predict_proba") or hasattr(model, "decision_function")
    if as_predicted or not scored:
        return np.eye(classes)[predicted_classes(model, points, classes)]
    if hasattr(model, "predict_proba"):
        verb, scores = "predict_proba", np.zeros((len(points), classes))
        found = np.asarray(model.predict_proba(points), float)
    else:
        verb, scores = "decision_function", np.full((len(points), classes), -np.inf)
        found = np.asarray(model.decision_function(points), float)
        if found.shape == (len(points),) and len(seen) == 2:
            found = np.stack([-found / 2, found / 2], axis=1)
    if found.shape != shape:
        raise UsageError(
            f"{estimator_name(model)}.{verb} gives shape {found.shape}", f"not {shape}"
        )
    if np.isnan(found).any():
        raise UsageError(f"{estimator_name(model)}.{verb} gives nan", "a score must be a number")
    scores[:, seen] = found
    return scores


def predicted_classes(model: Any, points: NDArray, classes: int) -> NDArray:
    """What a model predicts, (n,), 0 to classes - 1; UsageError where it is something else."""
    found = np.asarray(model.predict(points))
    who = f"{estimator_name(model)}.predict"
    if found.shape != (len(points),):
        raise UsageError(f"{who} gives shape {found.shape}", f"it must be ({len(points)},)")
    strange = ~np.isin(found, np.arange(classes))
    if strange.any():
        what = f"{who} gives {found[strange][0].item()!r}"
        raise UsageError(what, f"it learned classes 0 to {classes - 1}, and must predict those")
    return found.astype(int)


def growing_sizes(sizes: Sequence[int], steps: int) -> list[int]:
    """Sample sizes on the way from the first to the last, in equal steps of their logarithm.

    Those of `sizes` are among them.

    >>> growing_sizes([8, 32], 5)
    [8, 11, 16, 23, 32]
    """
    between = np.rint(np.geomspace(sizes[0], sizes[-1], steps)).astype(int).tolist()
    return sorted({*between, *sizes})


def fit_growing(
    task: Task,
    name: Any,
    sizes: Sequence[int],
    settings: Settings,
    told: Callable[[int, int], None] = lambda done, total: None,
) -> list[Fit]:
    """One fit for each size, each sample the beginning of the next; kept for the next time.

    name: as `make_classifier` takes it. `told(done, total)` hears how far it is.

    Raises UsageError for sizes that do not grow, below two a class or above what the task has;
    MlanimError where a reader's own estimator fails.

    >>> from mlanim.models.boundary_data import known_problem
    >>> from mlanim.subjects.boundary.models.task import known_task
    >>> fits = fit_growing(known_task(known_problem("normals"), 40, 0), "lda", [20, 40], Settings())
    >>> [fit.count for fit in fits], bool((fits[0].points == fits[1].points[:20]).all())
    ([20, 40], True)
    """
    if not sizes or min(sizes) < task.least or list(sizes) != sorted(set(sizes)):
        hint = f"they grow, from {task.least} on, such as 20,80,320"
        raise UsageError(f"sizes {list(sizes)}", hint)
    if max(sizes) > len(task.points):
        what = f"sizes up to {max(sizes)}"
        raise UsageError(what, f"there are {len(task.points)} points to learn from")
    return kept_fits(
        (task, name, list(sizes), settings),
        lambda: _fit_all(task, name, sizes, settings, told),
        lambda fits: [replace(fit, estimator=Later(fit.model)) for fit in fits],
    )


def _fit_all(
    task: Task,
    name: Any,
    sizes: Sequence[int],
    settings: Settings,
    told: Callable[[int, int], None],
) -> list[Fit]:
    """Fit the largest first: it tells whether other processes are worth their start."""
    make_classifier(name, settings, max(sizes))  # a wrong name is told before anything else
    order = sorted(sizes, reverse=True)
    made = {}
    with one_thread():
        for size in order:
            start = perf_counter()
            made[size] = _fit(task, name, size, settings)
            told(len(made), len(order))
            left = (len(order) - len(made)) * (perf_counter() - start)
            if left > _WORTH_WORKERS and len(made) >= 2:  # the first wakes its library up
                break
    rest = [size for size in order if size not in made]
    if rest:
        for fit in _in_workers(task, name, rest, settings):
            made[fit.count] = fit
            told(len(made), len(order))
    return [made[size] for size in sizes]


def _in_workers(task: Task, name: Any, sizes: Sequence[int], settings: Settings) -> Any:
    from joblib import Parallel, delayed  # comes with scikit-learn
    from joblib.externals.loky import get_reusable_executor

    try:
        work = Parallel(n_jobs=-1, return_as="generator_unordered")
        yield from work(delayed(_fit_alone)(task, name, size, settings) for size in sizes)
    finally:
        get_reusable_executor().shutdown(wait=True)  # no threads are left when a render forks


def _fit_alone(task: Task, name: Any, size: int, settings: Settings) -> Fit:
    with one_thread():
        return _fit(task, name, size, settings)


def _fit(task: Task, name: Any, size: int, settings: Settings) -> Fit:
    x, y = task.points[:size], task.kinds[:size]
    classes = len(task.classes)
    grid, _ = grid_points(task.view, CELLS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of solvers that stop early on few points
        model = make_classifier(name, settings, size)
        if why := obstacle(name, x, y, task.classes, task.axes):
            raise fit_refusal(name, size, task.points, task.kinds, task.classes, why)
        try:
            model = model.fit(x, y) or model
            on_grid = class_scores(model, grid, classes)
            plainly = is_readers_own(name) and _contradicts(model, grid, on_grid)
            if plainly:
                on_grid = class_scores(model, grid, classes, as_predicted=True)
            errors = [
                float((score.argmax(axis=1) != wanted).mean())
                for score, wanted in (
                    (class_scores(model, x, classes, as_predicted=plainly), y),
                    (
                        class_scores(model, task.unseen, classes, as_predicted=plainly),
                        task.unseen_kinds,
                    ),
                )
            ]
        except Exception as error:
            if is_readers_own(name):
                raise _of_readers_own(name, size, error) from error
            why = _REASONS.get(name, "it finds no rule in them")
            raise fit_refusal(name, size, task.points, task.kinds, task.classes, why) from error
    graded = not plainly and hasattr(model, "predict_proba")
    kept = on_grid.astype(np.float32)
    return Fit(size, x, y, errors[0], errors[1], kept, graded, plainly, model)


def _of_readers_own(name: Any, size: int, error: Exception) -> MlanimError:
    """A reader's own estimator failed: its own words, in one line."""
    if isinstance(error, MlanimError):
        return error
    named = name if isinstance(name, str) else estimator_name(name)
    told = str(error).strip().partition("\n")[0]
    what = f"{named} on {size} points: {type(error).__name__}: {told}"
    return MlanimError(what, "try another start of sizes")


def _contradicts(model: Any, points: NDArray, scores: NDArray) -> bool:
    """Whether a model predicts another class than the one it scores highest, as some do.

    Such are support vector machines whose probabilities were fitted apart.
    """
    ranked = np.sort(scores, axis=1)
    certain = ranked[:, -1] - ranked[:, -2] > 1e-9
    predicted = predicted_classes(model, points, scores.shape[1])
    return bool((predicted != scores.argmax(axis=1))[certain].any())


def one_thread() -> Any:
    """Threads of OpenMP do not survive the fork of a render's workers: none are begun."""
    from threadpoolctl import threadpool_limits  # comes with scikit-learn

    return threadpool_limits(limits=1)
