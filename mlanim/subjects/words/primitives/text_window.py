"""Running text on as many lines as it needs, and a window that stands around each word in turn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import RoundedRectangle, VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.seen import Seen
from mlanim.primitives.token_row import TokenRow
from mlanim.theme import LIGHT, Theme

__all__ = ["TextWindow"]

_AROUND = 0.1  # units between a word and its frame
_LEADING = 0.7  # more from line to line, in cap heights
_SIZES = (0.34, 0.3, 0.26, 0.22, 0.18)


class TextWindow(VGroup):
    """Words, and frames around one of them and its neighbours up to `window` away.

    Parts: `.words` (labels). `.centre(i)`: the frame of word i. `.neighbours(i)`: those of its
    neighbours, fewer at the edges; `.neighbour_places(i)` are their numbers.

    >>> text = TextWindow("thou shalt not make".split(), 2, area=Area(0, 0, 8, 2))
    >>> text.neighbour_places(0), text.neighbour_places(2)
    ([1, 2], [0, 1, 3])
    """

    def __init__(
        self, words: Sequence[str], window: int, *, area: Area, theme: Theme = LIGHT
    ) -> None:
        super().__init__()
        self.theme, self.window = theme, window
        for size in _SIZES:
            inner = area.width - 2 * _AROUND
            row = TokenRow(words, theme=theme, size=size, gap=1.3 * size, width=inner)
            for number, line in enumerate(row.lines):  # room for frames between the lines
                for word in line:
                    word.shift([0, -number * _LEADING * size, 0])
            if row.height <= area.height or size == _SIZES[-1]:
                break
        area.place(row)
        self.words = row.tokens
        self.add(row)

    def neighbour_places(self, index: int) -> list[int]:
        """The numbers of a word's neighbours, those before it first."""
        low, high = max(0, index - self.window), min(len(self.words), index + self.window + 1)
        return [i for i in range(low, high) if i != index]

    def centre(self, index: int) -> RoundedRectangle:
        """A frame around a word."""
        return self._around(index, "query", self.theme.stroke.bold)

    def neighbours(self, index: int) -> VGroup:
        """Frames around its neighbours, one each."""
        return VGroup(
            *(
                self._around(i, "key", self.theme.stroke.normal)
                for i in self.neighbour_places(index)
            )
        )

    def _around(self, index: int, role: str, width: float) -> RoundedRectangle:
        word = self.words[index]
        cap = word.cap_height
        box = RoundedRectangle(
            width=word.width + 2 * _AROUND, height=2.3 * cap, corner_radius=0.1
        ).set_stroke(self.theme.role(role).ink, width)
        at = np.array([word.get_x(), word.baseline[1] + 0.4 * cap, 0])
        return box.move_to(at)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        return Seen(f"text of {len(self.words)} words", " ".join(w.text for w in self.words))
