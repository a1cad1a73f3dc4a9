"""align_word: a target word comes, its arrows with it, and its row of the matrix."""

from __future__ import annotations

from typing import Any

from mlanim.motion.appear import appear
from mlanim.motion.attend import attend
from mlanim.motion.dim import dim
from mlanim.motion.reveal_row import reveal_row
from mlanim.motion.timeline import Timeline, together
from mlanim.subjects.translation.primitives.alignment import Alignment

__all__ = ["align_word"]


def align_word(alignment: Alignment, index: int, *, run_time: float = 1.2) -> Timeline:
    """Row `index` of the matrix fills; with arrows, those of the word before step back.

    >>> from mlanim.primitives import Area
    >>> aligned = Alignment(["je"], ["I"], [[1.0]], area=Area(0, 0, 12, 5))
    >>> align_word(aligned, 0, run_time=0.8).run_time
    0.8
    """
    beats: list[Any] = [reveal_row(alignment.matrix, index, run_time=run_time)]
    if alignment.pair:
        beats += [
            appear(alignment.pair.target.tokens[index]),
            attend(alignment.arrows[index], run_time=run_time),
        ]
        if index:
            beats.append(dim(alignment.arrows[index - 1], run_time=0.4 * run_time))
    return together(*beats, run_time=run_time)
