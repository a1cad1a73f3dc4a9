"""weigh and add_up: states become their weighted selves, which are then added into one vector."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mlanim.motion.appear import Appear
from mlanim.motion.carry import Carry
from mlanim.motion.flow import Flow, arc_to
from mlanim.motion.receive import EnterEmpty, Receiving
from mlanim.motion.timeline import Timeline
from mlanim.primitives.tensor_box import TensorBox

__all__ = ["add_up", "weigh"]

_LONGEST = 2.0  # seconds between the first and the last departure, however many there are


def weigh(
    states: Sequence[TensorBox], products: Sequence[TensorBox], *, run_time: float | None = None
) -> Timeline:
    """A copy of each state flies to its place among the products, its colours fading to theirs.

    Products beyond the states (the sum of rows that are not drawn) just enter.

    >>> state, product = TensorBox([1.0, 0.0]), TensorBox([0.5, 0.0], limit=1).shift([2, 0, 0])
    >>> round(weigh([state], [product]).run_time, 2)
    0.92
    """
    lag = min(0.18, _LONGEST / len(products))
    steps, starts = [], []
    for index, product in enumerate(products):
        begin = index * lag
        if index < len(states):
            steps.append(Carry(states[index], product, bend=0.12))
            starts.append(begin)
        steps.append(Appear(product, run_time=0.12))
        starts.append(begin + 0.8)
    return Timeline(steps, starts, run_time=run_time)


def add_up(
    products: Sequence[TensorBox], total: TensorBox, *, run_time: float | None = None
) -> Timeline:
    """Copies of the products fly into `total`, which enters empty and shows each partial sum.

    `total` ends with the values that it has now; the products stay.

    >>> products = [TensorBox([0.5, 0.0]), TensorBox([0.0, 1.0])]
    >>> round(add_up(products, TensorBox([0.5, 1.0])).run_time, 2)
    1.2
    """
    target = np.array(total.values)
    sums = np.cumsum([product.values for product in products], axis=0)
    sums[-1] = target  # to the last bit what the model computed
    lag = min(0.2, _LONGEST / len(products))
    entrance = EnterEmpty(total, run_time=0.3)
    steps, starts = [entrance], [0.0]
    for index, product in enumerate(products):
        way = arc_to(product.get_center(), total.get_center(), bend=0.0)
        steps += [
            Flow(product, way, run_time=0.7),
            total.animate(run_time=lag).set_values(sums[index]),  # there before the next comes
        ]
        starts += [0.1 + index * lag, 0.8 + index * lag]
    return Receiving(total, steps, starts, run_time=run_time)
