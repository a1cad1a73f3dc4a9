"""leave_pairs: a window over a text leaves the pairs of its place in a table."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from mlanim.motion.after import after
from mlanim.motion.appear import appear
from mlanim.motion.carry import carry
from mlanim.motion.timeline import Timeline, together
from mlanim.subjects.words.primitives.text_window import TextWindow

__all__ = ["leave_pairs"]


def leave_pairs(
    text: TextWindow, place: int, pairs: Sequence[VGroup], *, run_time: float = 1.2
) -> Timeline:
    """Copies of the word at `place` and of each neighbour fly to their rows, which then stand.

    pairs: rows of a PairTable, one for each neighbour or fewer.

    >>> from mlanim.primitives import Area
    >>> text = TextWindow(["a", "b"], 1, area=Area(0, 2, 4, 1))
    >>> leave_pairs(text, 0, [], run_time=0.5).run_time
    0.5
    """
    others = text.neighbour_places(place)
    flights = [
        carry(source, target, run_time=0.8)
        for other, pair in zip(others, pairs, strict=False)
        for source, target in (
            (text.words[place], pair.word),
            (text.words[other], pair.neighbour),
        )
    ]
    return together(
        *flights, *([after(0.7, appear(*pairs, run_time=0.3))] if pairs else ()), run_time=run_time
    )
