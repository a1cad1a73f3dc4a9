"""read_word: a word and the state before it go into a cell, and the next state comes out."""

from __future__ import annotations

from manim import VMobject

from mlanim.errors import UsageError
from mlanim.motion.appear import Appear
from mlanim.motion.flow import Flow, arc_to
from mlanim.motion.pulse import pulse
from mlanim.motion.timeline import Timeline
from mlanim.primitives.recurrent.unrolled_rnn import UnrolledRNN

__all__ = ["read_word"]


def read_word(rnn: UnrolledRNN, index: int, *, run_time: float = 1.8) -> Timeline:
    """Word `index` rises into its cell, the state before it travels in along the wire, and
    `rnn.states[index]` grows out of the cell.

    What was missing of the word, its cell and its wires enters; what was on the screen stays.

    >>> import numpy as np
    >>> read_word(UnrolledRNN(["je", "suis"], np.eye(2)), 1).run_time
    1.8
    """
    if not 0 <= index < len(rnn.cells):
        raise UsageError(
            f"there is no word {index} to read", f"words are 0 to {len(rnn.cells) - 1}"
        )
    word, cell, state = rnn.tokens[index], rnn.cells[index], rnn.states[index]
    entry = arc_to(word.get_center(), rnn.inputs[index].end, bend=0.0)
    steps = [
        *(Appear(part, run_time=0.3) for part in (word, cell, rnn.wires[index], rnn.inputs[index])),
        pulse(word, run_time=0.5),
        Flow(word, entry, shrink=0.4, run_time=0.8),
    ]
    starts = [0.0] * 4 + [0.0, 0.25]
    if index:
        steps.append(Flow(rnn.states[index - 1], _hand_over(rnn, index), shrink=0.6, run_time=1.0))
        starts.append(0.1)
    steps += [
        pulse(cell, run_time=0.5),
        Appear(rnn.outputs[index], run_time=0.3),
        Appear(state, start=rnn.outputs[index].start, scale=0.3, run_time=0.6),
    ]
    return Timeline(steps, [*starts, 0.95, 1.2, 1.2], run_time=run_time)


def _hand_over(rnn: UnrolledRNN, index: int) -> VMobject:
    """From the state before, around its cell's corner, then along the wire into the next cell."""
    before, wire = rnn.states[index - 1].get_center(), rnn.wires[index]
    outside = before.copy()
    if rnn.direction == "right":
        outside[0] = wire.start[0]
    else:
        outside[1] = wire.start[1]
    path = VMobject().start_new_path(before)
    path.add_quadratic_bezier_curve_to(outside, wire.start)
    path.append_points(wire.line.points)
    return path
