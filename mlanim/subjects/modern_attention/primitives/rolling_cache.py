"""A cache of so many places, in which a new token takes the place of the oldest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import RoundedRectangle, VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.arrays import finite_array
from mlanim.primitives.seen import Seen
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label, Number
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["RollingCache"]


class RollingCache(VGroup):
    """`window` places for the keys (T, d) of T words; above them the words, as they are read.

    Parts: `.text` (one label a word), `.slots` (frames), `.numbers` of the slots, `.told`,
    `.kept` and `.all` (how many keys are kept, and would be without a window).
    `word_in(t)` and `key_in(t)` make what stands in the slot of token t: t mod window.

    >>> cache = RollingCache(["a", "b", "c"], np.eye(3), 2, area=Area(-6, -3, 12, 6))
    >>> len(cache.slots), cache.key_in(2).values.tolist()
    (2, [0.0, 0.0, 1.0])
    """

    def __init__(
        self,
        words: Sequence[str],
        keys: Any,
        window: int,
        *,
        area: Area,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme, self.words, self.window = theme, tuple(words), window
        self._keys = finite_array(keys, "RollingCache", (2,))
        self._limit = float(np.abs(self._keys).max())
        self.text = self._lay_text(area)
        used = area.top - self.text.get_bottom()[1] + 0.2
        rest = Area(area.left, area.bottom, area.width, area.height - used)
        body, low = rest.rows(4, 0.6, gap=0.3)
        pitch = min(1.0 if area.is_wide else 1.4, body.height / window)
        size = float(np.clip(0.32 * pitch, theme.sizes.small, theme.sizes.title))
        self._size = min(size, theme.sizes.body * 1.2)
        widest = max(Label(AsIs(word), theme=theme, size=self._size).width for word in words)
        width = min(body.width, 11.0)
        start, y = body.center[0] - width / 2, body.center[1] + pitch * window / 2
        self.slots, self.numbers = VGroup(), VGroup()
        self._rows: list[tuple[float, float, float, float]] = []
        for i in range(window):
            middle = y - (i + 0.5) * pitch
            number = Label(f"place {i}", theme=theme, size=self._size, role="muted")
            self.numbers.add(number.center_on([start + number.width / 2, middle, 0]))
            left = start + number.width + 0.25
            frame = RoundedRectangle(
                width=start + width - left, height=0.84 * pitch, corner_radius=0.08
            )
            frame.set_stroke(theme.role("key").ink, theme.stroke.thin).set_fill(theme.surface, 1)
            self.slots.add(frame.move_to([(left + start + width) / 2, middle, 0]))
            strip = left + widest + 0.5
            self._rows.append((left + 0.2, strip, start + width - 0.15, middle))
        self._high = 0.5 * pitch
        self.told, self.kept, self.all = self._lay_counts(low)
        self.add(self.text, self.slots, self.numbers, self.told, self.kept, self.all)

    def word_in(self, token: int) -> Label:
        """The word of a token, where it stands in its slot."""
        left, _, _, y = self._rows[token % self.window]
        label = Label(AsIs(self.words[token]), theme=self.theme, size=self._size, weight="bold")
        return label.center_on([left + label.width / 2, y, 0])

    def key_in(self, token: int) -> TensorBox:
        """The key of a token, where it stands in its slot."""
        _, left, right, y = self._rows[token % self.window]
        strip = TensorBox.strip(
            self._keys[token],
            width=right - left,
            height=self._high,
            role="key",
            limit=self._limit,
            theme=self.theme,
        )
        return strip.move_to([(left + right) / 2, y, 0])

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        return Seen(f"cache of {self.window} places", f"{self.kept.text} keys kept")

    def _lay_text(self, area: Area) -> VGroup:
        """The words from left to right, on as many lines as it takes."""
        size = 1.3 * self.theme.sizes.body if area.width > 10 else self.theme.sizes.body
        labels = [Label(AsIs(word), theme=self.theme, size=size) for word in self.words]
        rows: list[list[Label]] = [[]]
        x = 0.0
        for label in labels:
            if x + label.width > area.width and rows[-1]:
                rows.append([])
                x = 0.0
            rows[-1].append(label)
            x += label.width + 0.32
        for i, row in enumerate(rows):
            y = area.top - (i + 0.5) * 2.4 * size
            width = sum(label.width + 0.32 for label in row) - 0.32
            x = area.center[0] - width / 2
            for label in row:
                label.center_on([x + label.width / 2, y, 0])
                x += label.width + 0.32
        return VGroup(*labels)

    def _lay_counts(self, area: Area) -> tuple[VGroup, Number, Number]:
        told, numbers = VGroup(), []
        for column, text, role in zip(
            area.columns(1, 1), ("keys kept:", "without a window:"), ("key", "muted"), strict=True
        ):
            label = Label(text, theme=self.theme, role=role)
            number = Number(
                0, decimals=0, theme=self.theme, role=role, weight="bold", anchor="left"
            )
            whole = label.width + 0.15 + 0.4
            x = column.center[0] - whole / 2
            label.center_on([x + label.width / 2, column.center[1], 0])
            x = label.get_right()[0] + 0.15
            number.center_on([x + number.width / 2, column.center[1], 0])
            told.add(label)
            numbers.append(number)
        return told, numbers[0], numbers[1]
