"""become_values: vectors on the screen take other values, all at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mlanim.motion.timeline import Timeline, together
from mlanim.primitives.tensor_box import TensorBox

__all__ = ["become_values"]


def become_values(
    boxes: Sequence[TensorBox], values: Sequence[np.ndarray], *, run_time: float = 0.8
) -> Timeline:
    """Box i takes values[i], of its own shape; the colours pass through all values between.

    >>> box = TensorBox([1.0, 0.0])
    >>> become_values([box], [np.zeros(2)], run_time=0.5).run_time
    0.5
    """
    return together(
        *(
            box.animate(run_time=run_time).set_values(row)
            for box, row in zip(boxes, values, strict=True)
        )
    )
