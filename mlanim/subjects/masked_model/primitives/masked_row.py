"""A sentence with masks, and how probable the model finds the words that were there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import RIGHT, UP, VGroup

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.text import Label, Number
from mlanim.primitives.token_row import TokenRow
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["MaskedRow"]


class MaskedRow(VGroup):
    """Words, some of them masked (drawn as "?"), and the probability of each masked word.

    masked: their positions. chances: one probability for each of them.

    Parts: `.name`, `.words` (TokenRow), `.answers` (the masked words, in a line below), `.numbers`.

    >>> row = MaskedRow("scattered", ["a", "b", "c"], [1], [0.25], area=Area(0, 0, 8, 2))
    >>> row.words.words, row.numbers[0].text, row.answers[0].text
    (('a', '?', 'c'), '0.25', 'b')
    """

    def __init__(
        self,
        name: str,
        words: Sequence[str],
        masked: Sequence[int],
        chances: Any,
        *,
        area: Area,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        chances = np.asarray(chances, float)
        if len(masked) != len(chances):
            raise UsageError(f"{len(masked)} masks, {len(chances)} probabilities", "give one each")
        shown = ["?" if i in masked else word for i, word in enumerate(words)]
        self.name = Label(name, theme=theme, weight="bold")
        self.name.center_on([area.left + self.name.width / 2, area.top - 0.25, 0])
        body = Area(area.left, area.bottom, area.width, area.height - 0.6)
        line, low = body.rows(1.6, 1, gap=0.15)
        for size in (0.24, "body", "small"):
            self.words = TokenRow(
                shown, role="encoder", theme=theme, boxed=True, size=size, width=body.width
            )
            if self.words.height <= line.height:
                break
        line.place(self.words)
        self.numbers, self.answers, pairs = VGroup(), VGroup(), VGroup()
        for place, chance in zip(masked, chances, strict=True):
            token = self.words.tokens[place]
            mark = theme.role("score")
            token.box.set_fill(mark.fill, 1).set_stroke(mark.ink)
            token.label.set_color(mark.ink)
            answer = Label(AsIs(words[place]), theme=theme, role="output", weight="bold")
            number = Number(float(chance), theme=theme)
            number.next_to(answer, RIGHT, buff=0.15).align_baseline(answer.baseline[1])
            self.answers.add(answer)
            self.numbers.add(number)
            pairs.add(VGroup(answer, number))
        pairs.arrange(RIGHT, buff=0.6)
        low.place(pairs, UP)
        for answer, number in pairs:
            for text in (answer, number):
                text.align_baseline(low.top - 0.3)
        self.add(self.name, self.words, self.answers, self.numbers)
