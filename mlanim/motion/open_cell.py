"""open_cell: a recurrent cell grows, and shows the gates inside."""

from __future__ import annotations

from manim import Add, Mobject

from mlanim.motion.appear import Appear
from mlanim.motion.carry import Carry
from mlanim.motion.timeline import Timeline
from mlanim.primitives.cell_inside import CellInside
from mlanim.primitives.rnn_cell import RNNCell

__all__ = ["open_cell"]


def open_cell(
    cell: RNNCell, inside: CellInside, *around: Mobject, run_time: float = 2.4
) -> Timeline:
    """The cell's box grows into the diagram's; then its parts enter from the inputs to the result.

    `around` is what makes room first: it fades out and leaves the scene. The cell stays.
    """
    steps = [Appear(mobject, leaving=True, run_time=0.4) for mobject in around]
    starts = [0.0] * len(around)
    begin = 0.3 if around else 0.0
    steps_in = [Carry(cell.box, inside.box, bend=0.0, run_time=0.8), Add(inside.box)]
    starts += [begin, begin + 0.8]
    for index, part in enumerate(inside.story):
        steps_in.append(Appear(part, run_time=0.4))
        starts.append(begin + 0.85 + 0.18 * index)
    # At the end the diagram is one thing on the screen.
    steps_in.append(Add(inside))
    starts.append(max(starts) + 0.45)
    return Timeline([*steps, *steps_in], starts, run_time=run_time)
