"""weighted_sum: each state fades to its weighted self, then all are added into the context."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import ORIGIN, Animation, Mobject, smooth

from mlanim.errors import UsageError
from mlanim.motion.flow import TRAVELLING, Flow, arc_to
from mlanim.motion.receive import EnterEmpty, Receiving
from mlanim.motion.timeline import Timeline
from mlanim.primitives.tensor_box import TensorBox

__all__ = ["weighted_sum"]

_FADE, _FLIGHT = 0.9, 0.7
_LONGEST = 3.0  # seconds for all flights, however many


class _Weigh(Animation):
    """A copy of a state leaves it by `lift` while its values become weight times value."""

    def __init__(self, product: TensorBox, weight: float, lift: np.ndarray) -> None:
        self.weight, self.lift = weight, lift
        super().__init__(product, introducer=True, rate_func=smooth, run_time=_FADE)

    def create_starting_mobject(self) -> Mobject:
        self.values = np.array(self.mobject.values)
        self.centre = self.mobject.get_center()
        return Mobject()

    def interpolate_mobject(self, alpha: float) -> None:
        """The colours are those of the values at this moment."""
        share = self.rate_func(alpha)
        self.mobject.set_values((1 + (self.weight - 1) * share) * self.values)
        self.mobject.move_to(self.centre + share * self.lift)


def weighted_sum(
    states: Sequence[TensorBox],
    weights: Any,
    context: TensorBox,
    *,
    lift: Any = ORIGIN,
    run_time: float | None = None,
) -> Timeline:
    """Copies of the states are multiplied by their weights, fly to `context` and add up there.

    weights (n,) for n states of shape (d,); `context` already holds their sum, shape (d,), and is
    the only thing that stays. Colours are those of the products and partial sums themselves.
    The copies fade over their states, or `lift` away from them, before they fly. Raises
    UsageError when `context.values` is not the sum: what is shown must be what was computed.

    >>> states = [TensorBox([1.0, 0.0]), TensorBox([0.0, 2.0])]
    >>> round(weighted_sum(states, [0.5, 0.5], TensorBox([0.5, 1.0])).run_time, 2)
    2.5
    """
    states, weights = list(states), np.asarray(weights, dtype=float)
    if weights.shape != (len(states),) or not states:
        raise UsageError(
            f"weighted_sum() was given {len(states)} states and weights of shape {weights.shape}",
            "it needs one weight for each state",
        )
    products = weights[:, None] * np.stack([state.values for state in states])
    target = np.array(context.values)
    tolerance = 1e-3 * max(1.0, float(np.abs(target).max()))
    if target.shape != products[0].shape or not np.allclose(
        products.sum(axis=0), target, atol=tolerance
    ):
        raise UsageError(
            "weighted_sum() was given a context that is not the weighted sum of the states",
            "make it with TensorBox(weights @ states)",
        )
    sums = np.cumsum(products, axis=0)
    sums[-1] = target  # to the last bit what the model computed

    lag = min(0.45, _LONGEST / len(states))
    steps: list[Any] = [EnterEmpty(context, run_time=0.4)]
    starts = [0.0]
    for index, state in enumerate(states):
        product = state.copy().set_z_index(TRAVELLING - 1)
        departure = state.get_center() + lift
        way = arc_to(departure, context.get_center(), bend=0.12)
        arrival = _FADE + index * lag + _FLIGHT
        steps += [
            _Weigh(product, float(weights[index]), np.asarray(lift, dtype=float)),
            Flow(product, way, copied=False, run_time=_FLIGHT),
            context.animate(run_time=min(0.45, lag)).set_values(sums[index]),
        ]
        starts += [0.0, _FADE + index * lag, arrival]
    return Receiving(context, steps, starts, run_time=run_time)
