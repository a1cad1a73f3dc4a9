"""An unrolled network of which the end is drawn where there is no room for all of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

import numpy as np

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.recurrent.unrolled_rnn import UnrolledRNN
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme

__all__ = ["UnrolledEnd"]

_NOTE = 0.45  # height kept for the note that tells how much is left out


class UnrolledEnd(UnrolledRNN):
    """As many of the last words as an area holds, all where it can; `.note` tells what is left out.

    tokens: n words. states: (n, d). style: as `UnrolledRNN` takes it.

    Raises UsageError where not even the last word fits.

    >>> import numpy as np
    >>> whole = UnrolledEnd(["je", "suis", "étudiant"], np.eye(3, 4), area=Area(0, 0, 8, 5))
    >>> len(whole.states), whole.note
    (3, None)
    """

    def __init__(
        self,
        tokens: Sequence[str],
        states: Any,
        *,
        area: Area,
        theme: Theme = LIGHT,
        **style: Any,
    ) -> None:
        states = np.asarray(states, dtype=float)
        style |= {"theme": theme}
        self.note: Label | None = None
        if _fits(tokens, states, area, style):
            super().__init__(tokens, states, area=area, **style)
            return
        room = Area(area.left, area.bottom, area.width, area.height - _NOTE)
        cuts = range(1, len(tokens))  # how many of the first words are left out
        cut = cuts[
            min(
                bisect_left(cuts, True, key=lambda k: _fits(tokens[k:], states[k:], room, style)),
                len(cuts) - 1,
            )
        ]
        super().__init__(tokens[cut:], states[cut:], area=room, **style)
        left = len(tokens) - cut
        self.note = Label(
            f"the last {left} of {len(tokens)} words", theme=theme, size="small", role="muted"
        )
        self.note.move_to([area.left + self.note.width / 2, area.top - _NOTE / 3, 0])
        self.add(self.note)


def _fits(tokens: Sequence[str], states: np.ndarray, area: Area, style: dict[str, Any]) -> bool:
    try:
        UnrolledRNN(tokens, states, area=area, **style)
    except UsageError:
        return False
    return True
