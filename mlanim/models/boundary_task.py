"""What a classifier is to learn: points in the order in which it sees them, and others to test it.

They come from known densities, where the best rule is known too, or from a reader's own table.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError, did_you_mean
from mlanim.models.boundary_data import DATA, Problem, known_problem
from mlanim.models.boundary_table import Table, least_rows, read_table

__all__ = ["Task", "array_task", "known_task", "task_of"]

_TEST_POINTS = 5000
_UNSEEN_SHARE = 0.3  # of a table
_MOST = 4000  # points that are drawn


@dataclass(frozen=True)
class Task:
    """Points (n, 2) and classes (n,) from 0; as many others, unseen, that errors are counted on.

    Attributes:
        view: left, right, bottom, top of what is looked at.
        problem: the densities, where they are known.
        told: what the reader has to know of where the points come from; may be empty.
        read: how a table was read, for whoever renders; may be empty.
    """

    points: NDArray
    kinds: NDArray
    unseen: NDArray
    unseen_kinds: NDArray
    view: tuple[float, float, float, float]
    classes: tuple[str, ...]
    axes: tuple[str, str] = ("x", "y")
    problem: Problem | None = None
    told: str = ""
    read: str = ""

    @property
    def least(self) -> int:
        """How few points can be learned from: two of each class."""
        return 2 * len(self.classes)


def task_of(
    data: str,
    count: int,
    *,
    noise: float = 1.0,
    prior: float = 0.5,
    seed: int = 0,
    folder: Path | None = None,
    columns: Sequence[str] | None = None,
    label: str | None = None,
) -> Task:
    """The task of one of DATA, or of a CSV file, with up to `count` points to learn from.

    columns, label: of the file, as `read_table` takes them.

    Raises UsageError for a name that is neither, and for a table that cannot be used.
    """
    if data in DATA:
        if columns or label:
            what = f"columns={','.join(columns)}" if columns else f"label={label}"
            raise UsageError(what, f"{data} has none to choose from; give a table: data=FILE.csv")
        return known_task(known_problem(data, noise=noise, prior=prior, seed=seed), count, seed)
    path = Path(folder or "", data)
    with suppress(RuntimeError):  # no such user: the name is told as it was given
        path = path.expanduser()
    if path.suffix.casefold() in (".csv", ".tsv", ".txt") or _is_there(path):
        return _table_task(read_table(path, columns or (), label or ""), count, seed)
    raise UsageError(f"no data {data!r}", did_you_mean(data, (*DATA, "FILE.csv")))


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # such as a name that is too long
        return False


def known_task(problem: Problem, count: int, seed: int) -> Task:
    """Points drawn from known densities, and five thousand others.

    >>> known_task(known_problem("moons"), 20, seed=1).points.shape
    (20, 2)
    """
    points, kinds = problem.sample(np.random.default_rng(seed), count)
    unseen, right = problem.sample(np.random.default_rng(seed + 1), _TEST_POINTS)
    names = ("class 0", "class 1")
    return Task(points, kinds, unseen, right, problem.view, names, problem=problem)


def array_task(
    points: NDArray, labels: Sequence[object], *, count: int = _MOST, seed: int = 0
) -> Task:
    """A task of arrays: points (n, 2) and any labels (n,) of two to six kinds.

    Raises UsageError where the shapes do not fit or the kinds are too few or too many.
    """
    array = np.asarray(points, float)
    given = [str(label) for label in labels]
    if array.ndim != 2 or array.shape[1] != 2 or len(array) != len(given):
        what = f"points of shape {array.shape} and {len(given)} labels"
        raise UsageError(what, "give points (n, 2) and n labels")
    if not np.isfinite(array).all():
        raise UsageError("points that are not finite", "leave those rows out")
    names = tuple(sorted(set(given)))
    if not 2 <= len(names) <= 6:
        raise UsageError(f"{len(names)} kinds of labels", "two to six can be drawn")
    if len(given) < least_rows(len(names)):
        what = f"{len(given)} points of {len(names)} kinds"
        raise UsageError(what, f"{least_rows(len(names))} are needed")
    kinds = np.array([names.index(label) for label in given])
    return _table_task(Table(array, kinds, names, ("x", "y")), count, seed)


def _table_task(table: Table, count: int, seed: int) -> Task:
    """Shuffle a table, keep a part of it for the test, and show no more than can be drawn.

    However many of the first points are taken, each class has its share of them, once two of
    each have come.
    """
    order = _in_proportion(table.kinds, np.random.default_rng(seed))
    unseen = max(2, round(_UNSEEN_SHARE * len(order)))
    seen = order[: len(order) - unseen]
    held = order[len(order) - unseen :][:_TEST_POINTS]
    shown = min(len(seen), count, _MOST)
    told = f"a sample: {shown:,} of {len(order):,} rows" if shown < len(seen) else ""
    low, high = table.points.min(axis=0), table.points.max(axis=0)
    around = 0.08 * np.maximum(high - low, 1e-9)
    (left, bottom), (right, top) = low - around, high + around
    return Task(
        table.points[seen[:shown]],
        table.kinds[seen[:shown]],
        table.points[held],
        table.kinds[held],
        (float(left), float(right), float(bottom), float(top)),
        table.classes,
        table.axes,
        told=told,
        read=table.told,
    )


def _in_proportion(kinds: NDArray, random: np.random.Generator) -> NDArray:
    """A random order of rows (n,) in which the classes come as evenly as their shares allow.

    >>> kinds = np.array([0, 0, 0, 1] * 4)
    >>> kinds[_in_proportion(kinds, np.random.default_rng(0))].reshape(2, 8).sum(axis=1).tolist()
    [2, 2]
    """
    due = np.empty(len(kinds))
    for kind in np.unique(kinds):
        rows = random.permutation(np.flatnonzero(kinds == kind))
        due[rows] = (np.arange(len(rows)) + 0.5) / len(rows)
    order = np.argsort(due, kind="stable")
    ahead = np.sort(
        np.concatenate([np.flatnonzero(kinds[order] == kind)[:2] for kind in np.unique(kinds)])
    )
    return np.concatenate([order[ahead], np.delete(order, ahead)])
