"""Words and their vectors: a row of coloured cells behind each word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import RoundedRectangle, VGroup

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.arrays import finite_array
from mlanim.primitives.seen import Seen, few
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label, shortened
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["WordStrips"]

_TALLEST = 1.8  # units from row to row
_STRIP = 0.74  # of that, which a strip is high
_MOST_CELLS = 64  # of a vector; of a longer one the first are drawn, and dots
_WORDS = 0.32  # of the width that words may take
_GAP = 0.25


class WordStrips(VGroup):
    """n words and their vectors (n, d), all on one scale of colours.

    signs: what stands before each word, such as "+"; limit: the value of full colour.

    Parts: `.signs`, `.labels`, `.strips` (a TensorBox each), `.column_frame(column, rows)`. Of
    more than 64 numbers the first are drawn and "⋯".

    >>> strips = WordStrips(["king", "queen"], [[1.0, -0.5], [0.8, 0.4]], area=Area(0, 0, 8, 4))
    >>> strips.strips[1].values.tolist()
    [0.8, 0.4]
    """

    def __init__(
        self,
        words: Sequence[str],
        vectors: Any,
        *,
        area: Area,
        signs: Sequence[str] = (),
        roles: Sequence[str | None] = (),
        limit: float | None = None,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        array = finite_array(vectors, "WordStrips", (2,))
        if len(array) != len(words):
            raise UsageError(
                f"WordStrips was given {len(words)} words", f"and {len(array)} vectors"
            )
        self.theme, self.words = theme, tuple(words)
        pitch = min(_TALLEST, area.height / len(words))
        cap = float(np.clip(0.27 * pitch, theme.sizes.small, theme.sizes.title))
        marks = [*signs, *[""] * len(words)][: len(words)]
        inks = [*roles, *[None] * len(words)][: len(words)]
        texts = [shortened(AsIs(w), _WORDS * area.width, theme=theme, size=cap) for w in words]
        labels = [
            Label(AsIs(text), theme=theme, size=cap, role=role)
            for text, role in zip(texts, inks, strict=True)
        ]
        indent = 1.9 * cap if any(marks) else 0.0
        left = area.left + indent + max(label.width for label in labels) + _GAP
        shown = _MOST_CELLS + 1 if array.shape[1] > _MOST_CELLS else None
        count = shown or array.shape[1]
        cell = min((area.right - 0.1 - left) / count, 1.6 * pitch)
        self.limit = float(np.abs(array).max() or 1.0) if limit is None else limit
        self.signs, self.labels, self.strips = VGroup(), VGroup(), VGroup()
        start = (area.right - 0.1 + left - count * cell) / 2
        top = area.center[1] + pitch * len(words) / 2
        for i, (label, row) in enumerate(zip(labels, array, strict=True)):
            y = top - (i + 0.5) * pitch
            strip = TensorBox(
                row,
                theme=theme,
                orientation="row",
                cell=cell,
                cell_height=_STRIP * pitch,
                limit=self.limit,
                means="embedding",
                numbers="auto" if count <= 12 else False,
                shape_label=False,
                shown=shown,
            )
            strip.shift([start - strip.get_left()[0], y - strip.frame.get_y(), 0])
            label.center_on([start - _GAP - label.width / 2, y, 0])
            sign = Label(marks[i] or " ", theme=theme, size=cap, weight="bold")
            sign.center_on([start - left + area.left + 0.6 * cap, y, 0])
            self.labels.add(label)
            self.strips.add(strip)
            self.signs.add(sign if marks[i] else VGroup())
        self.add(self.signs, self.labels, self.strips)

    @staticmethod
    def room(area: Area, theme: Theme = LIGHT) -> int:
        """How many rows an area holds legibly."""
        return max(1, int(area.height / (2.0 * theme.sizes.small)))

    def row(self, index: int) -> VGroup:
        """Sign, word and strip of one row."""
        return VGroup(*self.signs[index], self.labels[index], self.strips[index])

    def column_frame(self, column: int, rows: Sequence[int], role: str = "query") -> VGroup:
        """A frame around one number of some rows, in pieces where rows are not neighbours."""
        frames = VGroup()
        runs: list[list[int]] = []
        for row in sorted(rows):
            if runs and runs[-1][-1] == row - 1:
                runs[-1].append(row)
            else:
                runs.append([row])
        for run in runs:
            cells = VGroup(*(self.strips[row].cells[column] for row in run))
            frame = RoundedRectangle(
                width=cells.width + 0.1, height=cells.height + 0.16, corner_radius=0.06
            ).set_stroke(self.theme.role(role).ink, self.theme.stroke.bold)
            frames.add(frame.move_to(cells))
        return frames

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        size = len(self.strips[0].values)
        return Seen(f"vectors of {size} numbers", few(self.words))
