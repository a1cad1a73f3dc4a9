"""The steps that are told in lines of code alone: each line is a film of its operations."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mlanim.explainer import Explainer
from mlanim.subjects.arrays.acts.expression import play_failure
from mlanim.subjects.arrays.acts.operations import new_line, play_code
from mlanim.subjects.arrays.models.evaluation import evaluate

__all__ = ["aggregate", "arithmetic", "broadcast", "dimensions", "dot", "index_parts"]

_PAIR = {"data": np.array([1, 2]), "ones": np.ones(2, dtype=int)}
_TABLE = {"data": np.array([[1, 2], [5, 3], [4, 6]])}


def _each(
    scene: Explainer, codes: Sequence[str], arrays: dict[str, NDArray], rest: float = 0.7
) -> None:
    for code in codes:
        play_code(scene, code, arrays, rest=rest)
    scene.wait(0.6)


def arithmetic(scene: Explainer) -> None:
    """Cells that stand at the same place meet."""
    _each(scene, ["data + ones", "data - ones", "data * data", "data / data"], _PAIR)


def broadcast(scene: Explainer) -> None:
    """A smaller array is stretched, and one that cannot be is refused."""
    _each(scene, ["data * 1.6"], _PAIR)
    grid = {"rows": np.array([[10], [20], [30]]), "columns": np.array([1, 2, 3, 4])}
    _each(scene, ["rows + columns"], grid)
    _refused(scene, "a + b", {"a": np.array([1, 2, 3]), "b": np.array([1, 2, 3, 4])})


def _refused(scene: Explainer, code: str, arrays: dict[str, NDArray]) -> None:
    """A line that NumPy does not accept, and why."""
    failure = evaluate(code, arrays).failure
    assert failure is not None, code
    play_failure(scene, new_line(scene, code), failure)


def index_parts(scene: Explainer) -> None:
    """One cell, a slice, a mask, a list of places, and two axes."""
    line = {"a": np.array([4, 8, 1, 7, 3])}
    _each(scene, ["a[1]", "a[1:4]", "a[a > 3]", "a[[0, 3, 3]]"], line, rest=0.6)
    _each(scene, ["data[1:3, 0]"], _TABLE)


def aggregate(scene: Explainer) -> None:
    """All cells, one axis or the other, and the axis kept with length 1."""
    codes = ["data.sum()", "data.max(axis=0)", "data.max(axis=1)"]
    _each(scene, [*codes, "data.max(axis=1, keepdims=True)"], _TABLE)


def dot(scene: Explainer) -> None:
    """Row meets column."""
    powers = 10 ** np.arange(6).reshape(3, 2)
    _each(scene, ["data.dot(powers)"], {"data": np.array([1, 2, 3]), "powers": powers})
    a, b = np.array([[1, 2], [3, 4], [5, 6]]), np.array([[1, 0, 2], [0, 1, 3]])
    _each(scene, ["a @ b"], {"a": a, "b": b})


def dimensions(scene: Explainer) -> None:
    """Three axes: a stack of matrices, and what an index and a sum do to it."""
    stack = {"data": np.arange(1, 25).reshape(4, 3, 2)}
    _each(scene, ["zeros((4, 3, 2))"], {})
    _each(scene, ["data[1]", "data.sum(axis=0)"], stack)
