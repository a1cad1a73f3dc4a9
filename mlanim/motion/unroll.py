"""unroll: one cell with a loop becomes a row of cells, one a word."""

from __future__ import annotations

from typing import Any

from manim import Add, Animation, Mobject, smooth

from mlanim.errors import UsageError
from mlanim.motion.appear import Appear
from mlanim.motion.carry import Carry
from mlanim.motion.draw import Draw
from mlanim.motion.outline import Outlines
from mlanim.motion.timeline import Timeline
from mlanim.primitives.recurrent.rnn_cell import RNNCell
from mlanim.primitives.recurrent.unrolled_rnn import UnrolledRNN

__all__ = ["unroll"]

_SETTLE, _STEP = 0.8, 0.55
_LONGEST = 3.0  # seconds for all copies, however many


class _Settle(Animation):
    """The rolled cell goes to the first place of the row, and gives way to the cell there."""

    starts_anew = True

    def __init__(self, rolled: RNNCell, first: RNNCell) -> None:
        self.first, self.looks_at = first, (first,)
        super().__init__(rolled, remover=True, rate_func=smooth, run_time=_SETTLE)

    def create_starting_mobject(self) -> Mobject:
        """Placed by its box: the loop sticks out at one side."""
        own, first = self.mobject.box, self.first.box
        self.outlines, self.goal = Outlines(self.mobject, own.get_center()), first.get_center()
        self.growth = first.height / own.height
        return Mobject()

    def interpolate_mobject(self, alpha: float) -> None:
        share = self.rate_func(alpha)
        centre = (1 - share) * self.outlines.centre + share * self.goal
        self.outlines.show(centre, 1 - share + share * self.growth)


def unroll(rolled: RNNCell, rnn: UnrolledRNN, *, run_time: float | None = None) -> Timeline:
    """`rolled` (drawn with its loop) becomes the cells of `rnn`; the loop opens into the wires.

    At the end `rolled` is gone, and cells, wires, words and their arrows are on the screen. The
    states are not: they come with `read_word`.

    >>> import numpy as np
    >>> rnn = UnrolledRNN(["je", "suis"], np.eye(2))
    >>> unroll(RNNCell(looped=True), rnn, run_time=2).run_time
    2
    """
    if not len(rolled.loop):
        raise UsageError("unroll() was given a cell without a loop", "make it with looped=True")
    lag = min(_STEP, _LONGEST / len(rnn.cells))
    step = max(lag, 0.2)
    steps: list[Any] = [
        _Settle(rolled, rnn.cells[0]),
        Add(rnn.cells[0]),  # at once: what was carried lay just there
        *(Appear(part[0], run_time=0.4) for part in (rnn.wires, rnn.tokens, rnn.inputs)),
    ]
    starts = [0.0] + [_SETTLE] * 4
    for index in range(1, len(rnn.cells)):
        begin = _SETTLE + (index - 1) * lag
        cell, wire = rnn.cells[index], rnn.wires[index]
        if any(index == row[0] for row in rnn.rows):
            # To the next row goes the wire alone: a cell would fly across the words.
            arrival: list[Any] = [Draw(wire, step), Appear(cell, run_time=0.2)]
        elif index == 1:
            arrival = [Carry(rolled.loop, wire, bend=0.0, run_time=step), Add(wire)]
            arrival += [Carry(rnn.cells[0], cell, bend=0.0, run_time=step), Add(cell)]
        else:
            slide = Carry(rnn.cells[index - 1], cell, bend=0.0, run_time=step)
            arrival = [Draw(wire, step), Add(wire), slide, Add(cell)]
        words = [Appear(part[index], run_time=0.4) for part in (rnn.tokens, rnn.inputs)]
        steps += [*arrival, *words]
        starts += [begin, begin + step] * (len(arrival) // 2) + [begin + step] * 2
    return Timeline(steps, starts, run_time=run_time)
