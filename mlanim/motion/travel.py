"""travel: what asks at a place moves to another, asking all the way."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.primitives.moving_values import MovingValues

__all__ = ["travel"]


def travel(asking: Any, at: NDArray, *, run_time: float = 2.0) -> MovingValues:
    """Something with `.at` and `.set_at` moves to a point (2,) of its data."""
    return MovingValues(
        asking, lambda: asking.at, asking.set_at, np.asarray(at, float), run_time=run_time
    )
