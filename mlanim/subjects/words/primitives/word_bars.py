"""Words and a value each, as bars from zero, to the left where it is negative."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Line, Rectangle, VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.arrays import finite_array, frozen
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label, Number, shortened
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["WordBars"]

_TALLEST = 1.5
_BAR = 0.52  # of the height of a row
_WORDS, _GAP = 0.34, 0.25


class WordBars(VGroup):
    """n words and their values (n,), a row each from the top down.

    set_back: rows of words that do not count: outlines alone, with `remark` behind the number.
    limit: the value of full length; decimals of the numbers.

    Parts: `.names`, `.bars`, `.numbers`, `.remarks`, `.baseline`.

    >>> bars = WordBars(["queen", "king"], [0.9, 0.45], area=Area(0, 0, 8, 3))
    >>> round(float(bars.bars[0].width / bars.bars[1].width), 3), bars.numbers[1].text
    (2.0, '0.45')
    """

    def __init__(
        self,
        words: Sequence[str],
        values: Any,
        *,
        area: Area,
        set_back: Sequence[bool] = (),
        remark: str = "asked with",
        limit: float | None = None,
        decimals: int = 2,
        role: str = "score",
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self._values = array = finite_array(values, "WordBars", (1,))
        self.theme, self.words, self.role = theme, tuple(words), role
        back = [*set_back, *[False] * len(words)][: len(words)]
        pitch = min(_TALLEST, area.height / len(words))
        cap = float(
            np.clip(min(0.3 * pitch, 0.045 * area.width), theme.sizes.small, theme.sizes.title)
        )
        labels = [
            Label(
                shortened(AsIs(word), _WORDS * area.width, theme=theme, size=cap),
                theme=theme,
                size=cap,
                role="muted" if off else None,
            )
            for word, off in zip(words, back, strict=True)
        ]
        widest = max(label.width for label in labels)
        note = Label(remark, theme=theme, size="small", role="muted")
        number = max(Number(v, decimals=decimals, theme=theme, size=cap).width for v in array)
        spare = number + _GAP + (note.width + _GAP if any(back) else 0)
        full = max(limit or 0.0, float(np.abs(array).max()), 1e-9)
        left_share = max(0.0, float(-array.min())) / full
        before = number + _GAP if left_share else 0.0
        room = area.width - widest - _GAP - spare - before
        unit = max(0.2, room) / (full * (1 + left_share))
        zero = area.left + widest + _GAP + before + left_share * full * unit
        self.names, self.bars, self.numbers, self.remarks = (VGroup() for _ in range(4))
        top = area.center[1] + pitch * len(words) / 2
        for i, (label, value, off) in enumerate(zip(labels, array, back, strict=True)):
            y = top - (i + 0.5) * pitch
            label.center_on([area.left + widest - label.width / 2, y, 0])
            length = max(abs(value) * unit, 1e-3)
            bar = Rectangle(width=length, height=_BAR * pitch)
            ink = theme.ink if off else theme.role(role).ink
            bar.set_fill(ink, 0 if off else 1).set_stroke(ink, theme.stroke.thin)
            bar.move_to([zero + np.sign(value) * length / 2, y, 0])
            told = Number(
                float(value),
                decimals=decimals,
                theme=theme,
                size=cap,
                role="muted" if off else None,
            )
            side = 1 if value >= 0 else -1
            end = zero + value * unit
            told.center_on([end + side * (0.12 + told.width / 2), y, 0])
            remark_label: Any = VGroup()
            if off:
                remark_label = Label(remark, theme=theme, size="small", role="muted")
                start = max(end, zero) + 0.12 + (told.width if side > 0 else 0) + _GAP
                remark_label.center_on([start + remark_label.width / 2, y, 0])
            self.names.add(label)
            self.bars.add(bar)
            self.numbers.add(told)
            self.remarks.add(remark_label)
        ends = [[zero, top, 0], [zero, top - pitch * len(words), 0]]
        self.baseline = Line(*ends).set_stroke(theme.ink, theme.stroke.thin)
        self.add(self.names, self.bars, self.baseline, self.numbers, self.remarks)

    @property
    def value_labels(self) -> tuple[str, ...]:
        """The word of each bar, as `--values` tells them."""
        return self.words

    @property
    def values(self) -> np.ndarray:
        """The values of the bars, (n,), read-only."""
        return frozen(self._values)

    def row(self, index: int) -> VGroup:
        """Name, bar, number and remark of one row."""
        parts = (self.names, self.bars, self.numbers, self.remarks)
        return VGroup(
            *(
                part[index]
                for part in parts
                if len(part[index].get_family()) > 1 or len(part[index].points)
            )
        )

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        told = [f"{w} {n.text}" for w, n in zip(self.words, self.numbers, strict=True)]
        return Seen(f"list of {len(self.words)} words with a bar each", ", ".join(told[:6]))
