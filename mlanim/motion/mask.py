"""mask and mask_softmax: what may not be seen is covered; what is left becomes weights."""

from __future__ import annotations

from mlanim.motion.after import after
from mlanim.motion.appear import appear, vanish
from mlanim.motion.dim import dim
from mlanim.motion.reveal_row import reveal_row
from mlanim.motion.timeline import Timeline, in_turn, together
from mlanim.primitives.masked_scores import MaskedScores

__all__ = ["mask", "mask_softmax"]


def mask(masked: MaskedScores, *, run_time: float = 1.6) -> Timeline:
    """The covers go on, one after the other; what they hide leaves.

    >>> import numpy as np
    >>> from mlanim.primitives.area import Area
    >>> scores, seen = np.zeros((2, 2)), np.tri(2, dtype=bool)
    >>> weights = [[1.0, 0.0], [0.5, 0.5]]
    >>> mask(MaskedScores(scores, seen, weights, ["a", "b"], area=Area(0, 0, 6, 5))).run_time
    1.6
    """
    covers = [cover for row in masked.covers for cover in row]
    lag = min(0.08, 1.2 / max(1, len(covers)))
    return together(
        dim(*masked.hidden, opacity=0.0, run_time=0.2),
        after(0.2, appear(*covers, lag=lag), appear(masked.legend)),
        run_time=run_time,
    )


def mask_softmax(masked: MaskedScores, *, run_time: float | None = None) -> Timeline:
    """Row by row the scores, and the covers on them, give way to weights that sum to 1."""
    steps = [
        together(
            vanish(scores, *covers, run_time=0.35), reveal_row(masked.matrix, row, run_time=0.6)
        )
        for row, (scores, covers) in enumerate(zip(masked.scores, masked.covers, strict=True))
    ]
    return in_turn(*steps, run_time=run_time)
