"""add_vector: a word's vector goes into a sum, cell by cell."""

from __future__ import annotations

from typing import Any

from mlanim.errors import UsageError
from mlanim.motion.flow import flow
from mlanim.motion.timeline import Timeline
from mlanim.primitives.tensor_box import TensorBox

__all__ = ["add_vector"]


def add_vector(part: TensorBox, total: TensorBox, after: Any, *, run_time: float = 1.6) -> Timeline:
    """A copy of `part` flies to `total`, which then takes the values `after`, of shape (d,).

    >>> total = TensorBox([1.0, 0.0])
    >>> add_vector(TensorBox([0.0, 1.0]), total, [1.0, 1.0]).run_time
    1.6
    """
    if total.values.shape != part.values.shape:
        raise UsageError(
            f"add_vector() was given vectors of {part.values.shape} and {total.values.shape}",
            "both have as many numbers",
        )
    return Timeline(
        [
            flow(part, total, bend=0, run_time=0.9),
            total.animate(run_time=0.8).set_values(after),
        ],
        [0.0, 0.8],
        run_time=run_time,
    )
