"""retitle: one heading gives way to the next, never two over each other."""

from __future__ import annotations

import numpy as np
from manim import LEFT, Mobject

from mlanim.motion.appear import Appear
from mlanim.motion.timeline import Timeline, in_turn
from mlanim.words.direction import right_to_left

__all__ = ["retitle"]


def retitle(old: Mobject, new: Mobject, *, place: bool = True, run_time: float = 0.7) -> Timeline:
    """`old` leaves upward, then `new` comes from below; with `place`, to where `old` began.

    >>> from mlanim.primitives.text import Label
    >>> retitle(Label("Score", size="title"), Label("Softmax", size="title")).run_time
    0.7
    """
    if place:
        if right_to_left(getattr(new, "text", "")):
            new.next_to(old.get_right(), LEFT, buff=0)
        else:
            new.next_to(old.get_left(), buff=0)
        if hasattr(old, "baseline") and hasattr(new, "align_baseline"):
            new.align_baseline(old)
    drift = np.array([0, 0.18, 0])
    return in_turn(
        Appear(old, start=old.get_center() + drift, leaving=True, run_time=0.3),
        Appear(new, start=new.get_center() - drift, run_time=0.4),
        run_time=run_time,
    )
