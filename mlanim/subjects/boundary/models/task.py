"""What a classifier is to learn: points in the order in which it sees them, and others to test it.

They come from known densities, where the best rule is known too, or from a reader's own table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError, did_you_mean
from mlanim.models.boundary_data import DATA, Problem, known_problem
from mlanim.models.boundary_table import (
    LARGEST,
    MOST_CLASSES,
    Table,
    classes_of,
    least_rows,
    read_table,
    short_names,
)
from mlanim.models.table_columns import plainly
from mlanim.models.written_number import number_written
from mlanim.named_path import named_path

__all__ = ["Task", "array_task", "known_task", "task_of"]

_TEST_POINTS = 5000
_UNSEEN_SHARE = 0.3  # of a table
_MOST = 4000  # points that are drawn
_LITTLE, _LAST_DIGITS = 1e-4, 1e-10  # of the largest number, by which others differ from it
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


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
    path = Path(folder or "", named_path(data, "data", "give the path of a .csv file"))
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

    Axes are called as the points' columns are, if they have names, as those of a data frame.

    Raises UsageError where the shapes do not fit or the kinds are too few or too many.
    """
    array = np.asarray(points, float)
    given = [plainly(str(label)) for label in labels]
    if array.ndim != 2 or array.shape[1] != 2 or len(array) != len(given):
        what = f"points of shape {array.shape} and {len(given)} labels"
        raise UsageError(what, "give points (n, 2) and n labels")
    if not np.isfinite(array).all():
        raise UsageError("points that are not finite", "leave those rows out")
    if np.abs(array).max(initial=0) > LARGEST:
        raise UsageError("points that cannot be drawn", f"numbers up to {LARGEST:g}")
    names = classes_of(given)
    if not 2 <= len(names) <= MOST_CLASSES:
        what = f"{len(names)} kinds of labels"
        if len(names) > MOST_CLASSES and all(map(number_written, names)):
            what += f", all numbers ({names[0]} to {names[-1]}): that is a measurement, not a class"
            raise UsageError(what, "cut it into two to six classes, such as y > its median")
        raise UsageError(what, "two to six can be drawn")
    if few := [name for name in names if given.count(name) < 2]:
        raise UsageError(f"a single point of class {few[0][:30]!r}", "give two or more of each")
    if len(given) < least_rows(len(names)):
        what = f"{len(given)} points of {len(names)} kinds"
        raise UsageError(what, f"{least_rows(len(names))} are needed")
    kinds = np.array([names.index(label) for label in given])
    for axis, values in zip("xy", array.T, strict=True):
        if not np.ptp(values):
            raise UsageError(f"{axis} is the same in all points", "nothing to draw apart")
    x, y = getattr(points, "columns", ("x", "y"))
    return _table_task(Table(array, kinds, short_names(names), (str(x), str(y))), count, seed)


def _table_task(table: Table, count: int, seed: int) -> Task:
    """Shuffle a table, keep a part of it for the test, and show no more than can be drawn.

    However many of the first points are taken, each class has its share of them, once two of
    each have come.
    """
    points, axes = _in_units(table)
    order = _in_proportion(table.kinds, np.random.default_rng(seed))
    unseen = max(2, round(_UNSEEN_SHARE * len(order)))
    seen = order[: len(order) - unseen]
    held = order[len(order) - unseen :][:_TEST_POINTS]
    shown = min(len(seen), count, _MOST)
    told = f"a sample: {shown:,} of {len(order):,} rows" if shown < len(seen) else ""
    low, high = points.min(axis=0), points.max(axis=0)
    around = 0.08 * np.maximum(high - low, 1e-9)
    (left, bottom), (right, top) = low - around, high + around
    return Task(
        points[seen[:shown]],
        table.kinds[seen[:shown]],
        points[held],
        table.kinds[held],
        (float(left), float(right), float(bottom), float(top)),
        table.classes,
        axes,
        told=told,
        read=table.told,
    )


def _in_units(table: Table) -> tuple[NDArray, tuple[str, str]]:
    """Points (n, 2) such as can be read and compared, and the axes with what was done to them.

    Very large and very small numbers are in powers of a thousand; from those that differ little
    what they share is taken away. For trees compare with seven digits, and so do others.

    Raises UsageError for points that differ in their last digits alone.

    >>> table = Table(np.array([[0, 2e-6], [1, 5e-6]]), np.arange(2), ("a", "b"), ("time", "size"))
    >>> points, axes = _in_units(table)
    >>> points.round(6).tolist(), axes
    ([[0.0, 2.0], [1.0, 5.0]], ('time', 'size (10⁻⁶)'))
    """
    columns, axes = [], []
    for name, values in zip(table.axes, table.points.T, strict=True):
        spread, largest = float(np.ptp(values)), float(np.abs(values).max())
        if spread < _LAST_DIGITS * largest:
            low, high = float(values.min()), float(values.max())  # whose repr tells all digits
            raise UsageError(
                f"{name} goes from {low!r} to {high!r}",
                "they differ in the last digits that numbers hold, and cannot be drawn apart",
                f"subtract {low:.6g} from the column {name} in the file, or choose other columns",
            )
        if spread < _LITTLE * largest:
            step = 10.0 ** np.floor(np.log10(spread))
            shared = float(np.floor(values.min() / step) * step)
            values = values - shared
            name += f" {'−' if shared > 0 else '+'} {abs(shared):.12g}"
        power = 3 * int(np.floor(np.log10(spread) / 3))
        if not -3 <= power <= 3:
            half = power // 2  # in two steps: 10 to the 310 is no number
            values = values / 10.0**half / 10.0 ** (power - half)
            name += f" (10{str(power).translate(_RAISED)})"
        columns.append(values)
        axes.append(name)
    return np.stack(columns, axis=1), (axes[0], axes[1])


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
