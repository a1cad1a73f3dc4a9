"""grow: bars enter flat and reach their values."""

from __future__ import annotations

import numpy as np

from mlanim.motion.appear import Appear
from mlanim.motion.timeline import Timeline, in_turn
from mlanim.primitives.logit_bars import LogitBars

__all__ = ["grow"]


class _EnterFlat(Appear):
    """Enter with all values 0 (evenly, where they have to sum to 1)."""

    def begin(self) -> None:
        count = len(self.mobject.values)
        shares = self.mobject.colour_scale == "probabilities"
        self.mobject.set_values(np.full(count, 1 / count if shares else 0.0))
        super().begin()


def grow(bars: LogitBars, *, run_time: float = 1.2) -> Timeline:
    """Bars of logits grow from 0, those of probabilities from equal shares, to their own values.

    >>> from mlanim.primitives.area import Area
    >>> grow(LogitBars([1.0, -1.0], area=Area(0, 0, 4, 2))).run_time
    1.2
    """
    values = np.array(bars.values)
    return in_turn(
        _EnterFlat(bars, run_time=0.3 * run_time),
        bars.animate(run_time=0.7 * run_time).set_values(values),
    )
