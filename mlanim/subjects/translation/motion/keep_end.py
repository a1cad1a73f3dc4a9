"""keep_end: of a drawing of a whole sequence its end stays, and moves to where it is drawn anew."""

from __future__ import annotations

from manim import VGroup

from mlanim.motion.after import after
from mlanim.motion.appear import appear, vanish
from mlanim.motion.rearrange import rearrange
from mlanim.motion.timeline import Timeline, together
from mlanim.primitives.recurrent.unrolled_rnn import UnrolledRNN
from mlanim.subjects.translation.primitives.unrolled_end import UnrolledEnd

__all__ = ["keep_end"]


def keep_end(whole: UnrolledRNN, end: UnrolledEnd) -> Timeline:
    """The last words of `whole` take their places in `end`, which has as many of them as it holds.

    >>> import numpy as np
    >>> from mlanim.primitives.area import Area
    >>> words, states, area = ["je", "suis"], np.eye(2, 4), Area(0, 0, 8, 5)
    >>> keep_end(UnrolledRNN(words, states), UnrolledEnd(words, states, area=area)).run_time
    1.0
    """
    if end.note is None:
        return rearrange(whole, end)
    count = len(end.states)
    kinds = ("inputs", "outputs", "cells", "states", "tokens")
    old, new = (
        VGroup(*(VGroup(*getattr(rnn, kind)[-count:]) for kind in kinds)) for rnn in (whole, end)
    )
    return together(
        vanish(*whole.wires, *(part for kind in kinds for part in getattr(whole, kind)[:-count])),
        rearrange(old, new),
        after(0.7, appear(*end.wires, end.note, run_time=0.3)),
    )
