"""One word and all that it looks at: the sentence twice, with arrows between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import VGroup

from mlanim.errors import NoRoomError
from mlanim.primitives.area import Area
from mlanim.primitives.attention_arrows import AttentionArrows
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["LookBack"]

_ROW = (0.34, 0.6)  # units: lowest and highest


class LookBack(VGroup):
    """Words in a column, and beside it the word that looks, joined by arrows of its attention.

    weights: (n,), of sum 1. Raises UsageError for more words than the area is high.

    Parts: `.words`, `.others` (the second column; the looking word is in bold), `.looking` (its
    Label there), `.arrows` (AttentionArrows).

    >>> look = LookBack(["the", "dog", "it"], [0.1, 0.8, 0.1], 2, area=Area(0, 0, 4, 3))
    >>> look.looking.text, look.arrows.weights.tolist()
    ('it', [0.1, 0.8, 0.1])
    """

    def __init__(
        self, words: Sequence[str], weights: Any, looking: int, *, area: Area, theme: Theme = LIGHT
    ) -> None:
        super().__init__()
        n = len(words)
        pitch = min(_ROW[1], area.height / n)
        if pitch < _ROW[0]:
            raise NoRoomError(
                f"{n} words do not fit {area.height:.1f} units of height",
                f"at most {int(area.height / _ROW[0])} do",
                "give a shorter sentence",
                lacks="height",
            )
        self.theme = theme
        size = "body" if pitch > 0.44 and area.width > 4.5 else "small"
        ys = [area.center[1] + (n / 2 - i - 0.5) * pitch for i in range(n)]
        self.words, self.others = VGroup(), VGroup()
        for index, (word, y) in enumerate(zip(words, ys, strict=True)):
            label = Label(AsIs(word), theme=theme, size=size, role="encoder")
            self.words.add(label)
            own = index == looking
            style: dict[str, Any] = {"role": "query" if own else "muted"}
            other = Label(
                AsIs(word), theme=theme, size=size, weight="bold" if own else "normal", **style
            )
            self.others.add(other)
            for one in (label, other):
                one.center_on([0, y, 0])
        widest = max(label.width for label in self.words)
        gap = min(3.0, area.width - 2 * widest)
        left = area.center[0] - gap / 2
        for label, other in zip(self.words, self.others, strict=True):
            label.shift([left - label.get_right()[0], 0, 0])
            other.shift([left + gap - other.get_left()[0], 0, 0])
        self.looking = self.others[looking]
        self.arrows = AttentionArrows(
            list(self.words),
            self.looking,
            np.asarray(weights),
            theme=theme,
            sides=("right", "left"),
        )
        self.add(self.words, self.others, self.arrows)
