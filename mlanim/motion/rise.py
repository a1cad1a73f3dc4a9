"""rise: what goes in at the bottom of a stack passes layer after layer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import Mobject

from mlanim.errors import UsageError
from mlanim.motion.appear import appear
from mlanim.motion.flow import flow
from mlanim.motion.pulse import pulse
from mlanim.motion.timeline import Timeline, in_turn, together
from mlanim.primitives.layer_stack import LayerStack

__all__ = ["rise", "swell"]


def rise(
    stack: LayerStack, states: Sequence[Mobject], *, run_time: float | None = None
) -> Timeline:
    """State 0 is there; a copy of state i goes into layer i, and state i + 1 comes out of it.

    Raises UsageError unless there is one state more than layers.

    >>> from manim import Square
    >>> from mlanim.primitives.area import Area
    >>> stack = LayerStack(2, "encoder", area=Area(0, 0, 3, 5))
    >>> round(rise(stack, [Square(), Square(), Square()]).run_time, 2)
    2.9
    """
    if len(states) != len(stack.layers) + 1:
        raise UsageError(
            f"rise() was given {len(states)} states for {len(stack.layers)} layers",
            "give what goes into the first layer, and what comes out of each",
        )
    steps: list[Any] = []
    for below, layer, above in zip(states, stack.layers, states[1:], strict=False):
        steps.append(
            Timeline(
                [
                    flow(below, layer, bend=0, shrink=0.8, run_time=0.6),
                    pulse(layer, scale=1.05, run_time=0.5),
                    appear(above, start=layer, scale=0.6, run_time=0.6),
                ],
                [0.0, 0.45, 0.85],
            )
        )
    return in_turn(*steps, run_time=run_time)


def swell(stack: LayerStack, *, lag: float = 0.22) -> Timeline:
    """Layer after layer swells, from the bottom.

    >>> from mlanim.primitives.area import Area
    >>> round(swell(LayerStack(2, "encoder", area=Area(0, 0, 3, 5))).run_time, 2)
    0.72
    """
    return together(*(pulse(layer, scale=1.06, run_time=0.5) for layer in stack.layers), lag=lag)
