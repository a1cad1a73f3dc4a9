"""The way from the first word to the last: through every cell, or one hop of attention."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import VGroup
from numpy.typing import ArrayLike

from mlanim.primitives.area import Area
from mlanim.primitives.recurrent.unrolled_rnn import UnrolledRNN
from mlanim.primitives.text import Label, Number
from mlanim.primitives.wire import Wire
from mlanim.theme import LIGHT, Theme

__all__ = ["PathPage"]

_SPACE = 0.4  # of a capital: what parts two words


class PathPage(VGroup):
    """tokens: n words. states: (n, d), the hidden state after each.

    Parts: `.rnn` (UnrolledRNN), `.hop` (a Wire from the last word to the first), `.hop_told`,
    `.count` (Number) and `.count_told`.

    >>> import numpy as np
    >>> page = PathPage(["Ada", "ran", "who?"], np.eye(3), area=Area(-6, -3, 12, 6))
    >>> page.count.value, len(page.rnn.wires)
    (0.0, 3)
    """

    def __init__(
        self, tokens: Sequence[str], states: ArrayLike, *, area: Area, theme: Theme = LIGHT
    ) -> None:
        super().__init__()
        cap = theme.sizes.body
        style: dict[str, Any] = {"theme": theme, "size": 1.3 * cap, "weight": "bold"}
        rnn: dict[str, Any] = {"cell_kind": "rnn", "theme": theme, "limit": 1.0}
        wide = area.width >= 1.5 * area.height
        high = (3 if wide else 5.5) * cap  # a line, or two
        line, rest = area.rows(high, area.height - high, gap=0.1)
        if wide:
            room = rest.rows(rest.height - 1.25, 1.15, gap=0.1)[0]
            self.rnn = UnrolledRNN(tokens, states, area=room, **rnn)
        else:
            room = rest.columns(1.2, rest.width - 1.2, gap=0.1)[1]
            self.rnn = UnrolledRNN(tokens, states, direction="down", area=room, **rnn)
        first, last = self.rnn.tokens[0], self.rnn.tokens[-1]
        if wide:
            y = self.rnn.get_bottom()[1] - 0.12
            low = y - 0.45
            way = [(last.get_x(), y), (last.get_x(), low), (first.get_x(), low), (first.get_x(), y)]
        else:
            x = self.rnn.get_left()[0] - 0.15
            far = x - 0.6
            ends = [(word.get_left()[0] - 0.12, word.get_y()) for word in (last, first)]
            way = [ends[0], (far, ends[0][1]), (far, ends[1][1]), ends[1]]
        bold = theme.stroke.bold
        self.hop = Wire(*way, role="score", theme=theme, thickness=bold, tip_length=0.2)
        self.count = Number(0, decimals=0, role="hidden", anchor="right", **style)
        self.count_told = Label("steps through the cells", role="hidden", **style)
        self.hop_told = Label("1 step by attention", role="score", **style)
        self._tell(line, wide)
        self.add(self.rnn, self.hop, self.hop_told, self.count, self.count_told)

    def _tell(self, line: Area, wide: bool) -> None:
        """The count stands above; the hop is told at its middle, or below the count."""
        wide_number = 2.4 * self.count.cap_height
        y = line.center[1] + (0 if wide else 1.3 * self.count.cap_height)
        self.count.center_on([line.left + wide_number - self.count.width / 2, y, 0])
        x = line.left + wide_number + _SPACE * self.count.cap_height + self.count_told.width / 2
        self.count_told.center_on([x, y, 0])
        if wide:
            x = self.hop.line.get_x()
            y = self.hop.line.get_bottom()[1] - 1.2 * self.hop_told.cap_height
        else:
            x = line.left + wide_number - self.count.width + self.hop_told.width / 2
            y -= 2.2 * self.count.cap_height
        self.hop_told.center_on([x, y, 0])
