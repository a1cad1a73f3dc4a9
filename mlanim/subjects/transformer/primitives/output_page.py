"""From the decoder's last vector to a word: logits, probabilities, the likeliest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import DOWN, RIGHT, VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.block import Block
from mlanim.primitives.logit_bars import LogitBars
from mlanim.primitives.short_vector import short_vector
from mlanim.primitives.softmax_bars import SoftmaxBars
from mlanim.primitives.text import Label
from mlanim.primitives.wire import Wire
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["OutputPage"]

_LIKELIEST = 4  # words in the table


class OutputPage(VGroup):
    """Upward: a vector (d,), a linear layer, logits (V,), softmax, probabilities (V,), the word.

    vocabulary: the V words. In a wide area a table names the likeliest words beside it.

    Parts: `.vector`, `.linear`, `.logits` (LogitBars), `.softmax`, `.chances` (LogitBars), `.word`
    (above its bar), `.wires` (four), `.names` of the rows; `.table` (SoftmaxBars of the likeliest
    and all others together; an empty group where there is no room) and its `.table_name`.
    """

    def __init__(
        self,
        vector: Any,
        logits: Any,
        chances: Any,
        vocabulary: Sequence[str],
        *,
        area: Area,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        logits, chances = np.asarray(logits, dtype=float), np.asarray(chances, dtype=float)
        self.theme = theme
        left, right = area.columns(3.2, 1, gap=0.7) if area.is_broad else (area, None)
        rows = left.rows(0.7, 1.4, 0.62, 1.6, 0.62, 0.9, gap=0.32)
        top, upper, first, middle, second, low = rows
        self.logits = LogitBars(logits, area=middle, theme=theme, role="score")
        self.chances = LogitBars(
            chances,
            area=upper,
            theme=theme,
            role="output",
            scale="probabilities",
            limit=1.0,
        )
        style: dict[str, Any] = {
            "theme": theme,
            "width": 3.0 if area.is_broad else 1.5,
            "size": "small",
        }
        x = middle.center[0]
        self.linear = Block("linear", role="decoder", height=second.height, **style)
        self.softmax = Block("softmax", role="output", height=first.height, **style)
        self.linear.move_to([x, second.center[1], 0])
        self.softmax.move_to([x, first.center[1], 0])
        self.vector = short_vector(
            vector, width=3.0, height=0.36, cell=0.17, role="decoder", theme=theme
        )
        self.vector.move_to([x, low.top - 0.15, 0])
        best = self.chances.best
        self.word = Label(
            AsIs(vocabulary[best]), theme=theme, role="output", weight="bold", size="title"
        )
        self.word.center_on([self.chances.tip(best)[0], top.center[1], 0])
        left.keep(self.word)
        self.wires = VGroup(
            *(
                Wire((x, a), (x, b), role=role, theme=theme)
                for a, b, role in (
                    (
                        self.vector.get_top()[1] + 0.04,
                        self.linear.get_bottom()[1] - 0.04,
                        "decoder",
                    ),
                    (self.linear.get_top()[1] + 0.04, middle.bottom - 0.04, "score"),
                    (middle.top + 0.04, self.softmax.get_bottom()[1] - 0.04, "score"),
                    (self.softmax.get_top()[1] + 0.04, upper.bottom - 0.04, "output"),
                )
            )
        )
        texts = (
            f"decoder output: {len(vector)} numbers",
            f"{len(logits)} logits, one a word",
            f"{len(logits)} probabilities",
        )
        self.names = VGroup()
        for text, y in zip(
            texts,
            (0.0, second.center[1], first.center[1]),
            strict=True,
        ):
            beside = None if text == texts[0] else self.linear.get_left()[0] - left.left - 0.15
            name = Label(text, theme=theme, size="small", role="muted", width=beside)
            self.names.add(name)
            if text == texts[0]:
                name.center_on([x, self.vector.get_bottom()[1] - 0.2, 0])
            else:
                name.center_on([left.left + name.width / 2, y, 0])
        self.logits.label, self.chances.label = self.names[1:]  # what parts them without colour
        self._tabulate(chances, vocabulary, right)
        self.add(self.wires, self.vector, self.linear, self.logits, self.softmax, self.chances)
        self.add(self.word, self.names, self.table, self.table_name)

    def _tabulate(self, chances: np.ndarray, vocabulary: Sequence[str], area: Area | None) -> None:
        self.table, self.table_name = VGroup(), VGroup()
        if area is None:
            return
        order = np.argsort(-chances, kind="stable")[:_LIKELIEST]
        shares = [*chances[order], 1 - chances[order].sum()]
        rest = self.theme.words.said(f"{len(chances) - len(order)} others")
        words = [*(vocabulary[i] for i in order), rest]
        widest = max(Label(AsIs(word), theme=self.theme, size="small").width for word in words)
        self.table = SoftmaxBars(
            np.clip(shares, 0, 1),
            role="output",
            theme=self.theme,
            labels=words,
            width=max(0.6, area.width - widest - 0.8),
            height=2.6,
            decimals=3,
        )
        area.place(self.table, RIGHT)
        self.table.shift([0, self.chances.get_top()[1] - self.table.get_top()[1], 0])
        name = Label("the likeliest", theme=self.theme, size="small", role="muted")
        self.table_name.add(name.next_to(self.table, DOWN, buff=0.25))
