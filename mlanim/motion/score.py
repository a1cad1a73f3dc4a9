"""score: the query visits every state, and each meeting leaves a number."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Mobject

from mlanim.errors import UsageError
from mlanim.motion.appear import Appear
from mlanim.motion.flow import Flow, arc_to
from mlanim.motion.pulse import pulse
from mlanim.motion.timeline import Timeline

__all__ = ["score"]

_VISIT, _NUMBER = 0.7, 0.45
_LONGEST = 3.0  # seconds, for however many states


def score(
    states: Sequence[Mobject],
    query: Mobject,
    scores: Sequence[Mobject],
    *,
    run_time: float | None = None,
) -> Timeline:
    """A copy of `query` travels to state i; where they meet, `scores[i]` comes out.

    The scores are mobjects in their places (Number, or cells of a TensorBox), one for each state;
    they are on the screen at the end, the copies are not.

    >>> from mlanim.primitives.tensor_box import TensorBox
    >>> from mlanim.primitives.text import Number
    >>> states = [TensorBox([1.0, 0.0]), TensorBox([0.0, 2.0])]
    >>> round(score(states, TensorBox([1.0, 1.0]), [Number(1), Number(2)]).run_time, 2)
    1.65
    """
    states, scores = list(states), list(scores)
    if len(states) != len(scores) or not states:
        raise UsageError(
            f"score() was given {len(states)} states and {len(scores)} scores",
            "it needs one score for each state",
        )
    lag = min(0.5, _LONGEST / len(states))
    steps, starts = [], []
    for index, (state, number) in enumerate(zip(states, scores, strict=True)):
        way = arc_to(query.get_center(), state.get_center(), bend=0.15)
        steps += [
            Flow(query, way, run_time=_VISIT),
            pulse(state, run_time=0.4),
            Appear(number, start=state, scale=0.4, run_time=_NUMBER),
        ]
        begin = index * lag
        starts += [begin, begin + 0.85 * _VISIT, begin + _VISIT]
    return Timeline(steps, starts, run_time=run_time)
