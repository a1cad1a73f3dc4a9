"""concat: the cells of two vectors line up to one longer vector."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from mlanim.errors import UsageError
from mlanim.motion.appear import Appear
from mlanim.motion.carry import Carry
from mlanim.motion.timeline import Timeline
from mlanim.primitives.tensor_box import TensorBox

__all__ = ["concat"]


def concat(a: TensorBox, b: TensorBox, out: TensorBox, *, run_time: float = 1.2) -> Timeline:
    """Copies of a's cells, then of b's, become the cells of `out`, whose values are [a, b].

    a has shape (n,), b (m,), out (n + m,), else UsageError. `a` and `b` stay where they are.

    >>> concat(TensorBox([1.0]), TensorBox([2.0]), TensorBox([1.0, 2.0])).run_time
    1.2
    """
    joined = np.concatenate([a.values, b.values])
    if joined.shape != out.values.shape or not np.allclose(joined, out.values, atol=1e-6):
        raise UsageError(
            f"concat() was given an out of shape {out.values.shape} that is not [a, b]",
            f"a has shape {a.values.shape}, b {b.values.shape}",
            "make it with TensorBox(np.concatenate([a, b]))",
        )
    # `shown` may have cut any of the three.
    own = min(len(out.cells), len(a.values))
    pairs = list(zip(a.cells, out.cells[:own], strict=False))
    later = list(zip(b.cells, out.cells[own:], strict=False))
    steps, starts = [], []
    for start, cells in ((0.0, pairs), (0.35, later)):
        if cells:
            sources, targets = zip(*cells, strict=True)
            steps.append(Carry(VGroup(*sources), VGroup(*targets), upright=True, run_time=0.8))
            starts.append(start)
    return Timeline([*steps, Appear(out, run_time=0.35)], [*starts, 0.85], run_time=run_time)
