"""after: an animation waits for its moment inside a play."""

from __future__ import annotations

from typing import Any

from mlanim.motion.timeline import Timeline

__all__ = ["after"]


def after(seconds: float, *animations: Any) -> Timeline:
    """The animations begin together, `seconds` after the play does.

    >>> from manim import FadeIn, Square
    >>> after(0.5, FadeIn(Square())).run_time
    1.5
    """
    return Timeline(animations, [seconds] * len(animations))
