"""Drafted tokens, a row each: both models' probabilities, the chance to stay, and the draw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.arrays import finite_array
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label, Number
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["DraftTable"]

_HEADS = ("small q", "large p", "chance", "drawn")


class DraftTable(VGroup):
    """n drafted tokens; q, p, min(1, p / q) and a draw in [0, 1) of each, as rows (n, 4).

    A draft is kept where its draw is below its chance; all behind the first refused are dropped.

    Parts: `.words`, `.heads`, `.numbers` (row i: four numbers), `.verdicts`. `.values`: the rows.

    >>> rows = [[0.5, 0.1, 0.2, 0.7], [0.2, 0.9, 1.0, 0.3]]
    >>> table = DraftTable(["a", "b"], rows, area=Area(-5, -3, 10, 6))
    >>> table.numbers[0][2].text, [verdict.text for verdict in table.verdicts]
    ('0.20', ['refused', 'dropped'])
    """

    def __init__(
        self,
        words: Sequence[str],
        judgements: Any,
        *,
        area: Area,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme = theme
        self.values = finite_array(judgements, "DraftTable", (2,))
        pitch = min(1.0 if area.is_wide else 1.3, area.height / (len(words) + 1.6))
        size = float(np.clip(0.28 * pitch, theme.sizes.small, theme.sizes.title))
        size = min(size, max(theme.sizes.small, 0.024 * area.width))
        style: dict[str, Any] = {"theme": theme, "size": size}
        parts = area.columns(1.35, 1, 1, 1.25, 1, 1.15, gap=0.12)
        top = area.top
        self.heads, self.words, self.numbers, self.verdicts = (VGroup() for _ in range(4))
        for part, text in zip(parts, ("draft", *_HEADS), strict=False):
            head = Label(text, role="muted", **style)
            head.center_on([part.center[0], top - 0.8 * pitch, 0])
            if text == "draft":
                head.shift([part.left - head.get_left()[0], 0, 0])
            self.heads.add(head)
        for i, word in enumerate(words):
            y = top - (i + 2.1) * pitch
            label = Label(AsIs(word), weight="bold", **style)
            self.words.add(label.center_on([parts[0].left + label.width / 2, y, 0]))
            row = VGroup()
            for part, value in zip(parts[1:5], self.values[i], strict=True):
                row.add(Number(float(value), **style).center_on([part.center[0], y, 0]))
            self.numbers.add(row)
            said, role = self._verdict(i)
            verdict = Label(said, role=role, weight="bold", **style)
            self.verdicts.add(verdict.center_on([0, y, 0]))
        left = min(parts[5].left, area.right - self.verdicts.width)
        for verdict in self.verdicts:
            verdict.shift([left - verdict.get_left()[0], 0, 0])
        self.add(self.heads, self.words, self.numbers, self.verdicts)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        told = [f"{w.text} {v.text}" for w, v in zip(self.words, self.verdicts, strict=True)]
        return Seen(f"table of {len(self.words)} drafted words", ", ".join(told))

    def _verdict(self, row: int) -> tuple[str, str]:
        kept = self.values[:, 3] < self.values[:, 2]
        if not kept[:row].all():
            return "dropped", "muted"
        return ("kept", "positive") if kept[row] else ("refused", "score")
