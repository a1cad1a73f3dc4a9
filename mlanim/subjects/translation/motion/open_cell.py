"""open_cell: a recurrent cell grows, and shows the gates inside."""

from __future__ import annotations

from typing import Any

from manim import Add, Mobject

from mlanim.motion.appear import Appear
from mlanim.motion.carry import Carry
from mlanim.motion.timeline import Timeline
from mlanim.primitives.recurrent.cell_inside import CellInside
from mlanim.primitives.recurrent.rnn_cell import RNNCell

__all__ = ["open_cell"]


def open_cell(
    cell: RNNCell, inside: CellInside, *around: Mobject, run_time: float = 2.4
) -> Timeline:
    """The cell's box grows into the diagram's; then its parts enter from the inputs to the result.

    `around` fades out meanwhile and leaves, as the cell does; the diagram is one thing at the end.
    """
    leaving = [mobject for mobject in around if mobject is not cell]
    steps: list[Any] = [
        Carry(cell.box, inside.box, bend=0.0, run_time=0.9),
        *(Appear(mobject, leaving=True, run_time=0.35) for mobject in (cell, *leaving)),
        Add(inside.box),
    ]
    starts = [0.0] * (2 + len(leaving)) + [0.9]
    for index, part in enumerate(inside.story):
        steps.append(Appear(part, run_time=0.4))
        starts.append(0.9 + 0.2 * index)
    return Timeline([*steps, Add(inside)], [*starts, starts[-1] + 0.4], run_time=run_time)
