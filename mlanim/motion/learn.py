"""learn: a sample grows, and all that shows it goes through the same stages at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import linear

from mlanim.motion.timeline import Timeline, together
from mlanim.primitives.moving_values import MovingValues

__all__ = ["learn"]


def learn(*shown: Any, stage: float, run_time: float) -> Timeline:
    """Everything with a `stage` and a `set_stage` goes evenly to that stage.

    What `set_stage` shows follows from the stage alone, not from those before: frames may be
    made without the ones that lead there.

    >>> from mlanim.primitives import Area
    >>> from mlanim.subjects.boundary import ErrorCurve
    >>> curve = ErrorCurve([10, 100], {"test error": [0.3, 0.1]}, area=Area(0, 0, 6, 4))
    >>> learn(curve, stage=1, run_time=2).run_time
    2.0
    """
    return together(*(_staged(thing, stage, run_time) for thing in shown))


def _staged(thing: Any, stage: float, run_time: float) -> MovingValues:
    return MovingValues(
        thing,
        lambda: np.array([thing.stage]),
        lambda now: thing.set_stage(float(now[0])),
        np.array([float(stage)]),
        run_time=float(run_time),
        rate_func=linear,
    )
