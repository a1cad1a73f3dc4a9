"""softmax: scores travel down and become weights that sum to 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import Mobject

from mlanim.errors import UsageError
from mlanim.motion.attend import enter_evenly
from mlanim.motion.flow import Flow, arc_to
from mlanim.motion.timeline import Timeline, together
from mlanim.primitives.softmax_bars import SoftmaxBars

__all__ = ["softmax"]


def softmax(
    scores: Sequence[Mobject], bars: SoftmaxBars, weights: Any = None, *, run_time: float = 2.2
) -> Timeline:
    """A copy of each score flies to its bar; the bars enter evenly and settle on the weights.

    weights: without them the bars' own. The scores stay. In every frame the bars sum to 1 and the
    printed weights are those of the bars.

    >>> from mlanim.primitives.text import Number
    >>> bars = SoftmaxBars([0.9647, 0.0177, 0.0176])
    >>> softmax([Number(13), Number(9), Number(9)], bars).run_time
    2.2
    """
    scores = list(scores)
    if len(scores) != len(bars.bars):
        raise UsageError(
            f"softmax() was given {len(scores)} scores for {len(bars.bars)} bars",
            "it needs one bar for each score",
        )
    lag = min(0.12, 0.8 / len(scores))
    flights = together(
        *(
            Flow(number, arc_to(number.get_center(), bar.get_center(), bend=0.1), run_time=0.8)
            for number, bar in zip(scores, bars.bars, strict=True)
        ),
        lag=lag,
    )
    settled = enter_evenly(bars, bars.weights if weights is None else weights, 1.3)
    # The bars enter while the first scores arrive.
    return Timeline([flights, settled], [0.0, 0.7], run_time=run_time)
