"""pour and emerge: many things go into one, or come out of one, a little after each other."""

from __future__ import annotations

from manim import Mobject

from mlanim.errors import UsageError
from mlanim.motion.appear import appear
from mlanim.motion.flow import flow
from mlanim.motion.timeline import Timeline, together

__all__ = ["emerge", "pour"]

_LAG = 0.35  # seconds from one to the next, where there are few
_LONGEST = 3.0  # seconds from the first to the last, where there are many


def pour(
    mobjects: list[Mobject] | Mobject, into: Mobject, *, run_time: float | None = None
) -> Timeline:
    """A copy of each travels to `into` and is gone there; they themselves stay.

    >>> from manim import Square, VGroup
    >>> round(pour(VGroup(Square(), Square()), Square().shift([3, 0, 0])).run_time, 2)
    1.25
    """
    travellers = list(mobjects)
    return together(
        *(flow(mobject, into, shrink=0.6) for mobject in travellers),
        lag=_lag(travellers),
        run_time=run_time,
    )


def emerge(
    mobjects: list[Mobject] | Mobject, out_of: Mobject, *, run_time: float | None = None
) -> Timeline:
    """Each comes out of `out_of`, in their order, and stays.

    >>> from manim import Square, VGroup
    >>> round(emerge(VGroup(Square(), Square()), Square().shift([3, 0, 0])).run_time, 2)
    0.85
    """
    arrivals = list(mobjects)
    lag = _lag(arrivals)
    return together(
        *(appear(mobject, start=out_of, scale=0.6) for mobject in arrivals),
        lag=lag,
        run_time=run_time,
    )


def _lag(mobjects: list[Mobject]) -> float:
    if not mobjects:
        raise UsageError("nothing was given to move", "give a group or list of one or more")
    return min(_LAG, _LONGEST / len(mobjects))
