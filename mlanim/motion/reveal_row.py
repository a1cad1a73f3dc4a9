"""reveal_row: one more row of the alignment matrix, from the bars that just were its weights."""

from __future__ import annotations

from manim import Animation, Mobject, VGroup, smooth

from mlanim.motion.carry import Carry
from mlanim.motion.opacity import Opacities
from mlanim.motion.timeline import Timeline
from mlanim.primitives.attention_matrix import AttentionMatrix
from mlanim.primitives.softmax_bars import SoftmaxBars

__all__ = ["reveal_row"]


class _Reveal(Animation):
    """The row becomes part of the matrix at the beginning, and visible until the end."""

    starts_anew = True

    def __init__(self, matrix: AttentionMatrix, row: int, run_time: float) -> None:
        self.row = row
        super().__init__(matrix, rate_func=smooth, run_time=run_time)

    def create_starting_mobject(self) -> Mobject:
        fresh = not self.mobject.is_revealed(self.row)
        row = self.mobject.reveal_row(self.row)
        self.opacities = Opacities(row if fresh else Mobject())
        return Mobject()

    def interpolate_mobject(self, alpha: float) -> None:
        self.opacities.show(self.rate_func(alpha))


def reveal_row(
    matrix: AttentionMatrix,
    row: int,
    from_bars: SoftmaxBars | None = None,
    *,
    run_time: float = 1.0,
) -> Timeline:
    """Bring in row `row`; with `from_bars`, copies of the bars fly and become its cells.

    >>> matrix = AttentionMatrix([[0.9, 0.1], [0.2, 0.8]], ["I", "am"], ["je", "suis"], revealed=0)
    >>> reveal_row(matrix, 0).run_time
    1.0
    """
    if from_bars is None:
        return Timeline([_Reveal(matrix, row, 0.6)], [0.0], run_time=run_time)
    # A row that is not revealed does not follow the matrix yet; a copy tells where it will be.
    cells = matrix.copy().reveal_row(row)[0]
    flight = Carry(VGroup(*from_bars.bars), VGroup(*cells), upright=True, run_time=0.8)
    return Timeline([flight, _Reveal(matrix, row, 0.4)], [0.0, 0.6], run_time=run_time)
