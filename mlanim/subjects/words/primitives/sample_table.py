"""A word beside its true neighbour and noise words: are they neighbours, and what is learned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.seen import Seen
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label, Number, shortened
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["SampleTable"]

_TALLEST = 1.5
_COLUMN = 0.98  # units, a column of numbers
_GAP = 0.2


class SampleTable(VGroup):
    """Rows: a word, its vector, and columns of numbers; above them the centre word and its vector.

    vectors: (1 + k, d) of the words. centre: a word and its vector (d,). columns: a head and
    numbers (1 + k,) each; `decimals` of each column.

    Parts: `.centre_label`, `.centre`, `.labels`, `.strips`, `.heads`, `.columns` (Numbers).

    >>> table = SampleTable(
    ...     ["crown", "tea"], [[1.0, 0], [0, 1]], centre=("king", [1.0, 0.5]),
    ...     columns={"dot": [1.0, 0.5]}, area=Area(0, 0, 12, 5))
    >>> [number.text for number in table.columns[0]]
    ['1.00', '0.50']
    """

    def __init__(
        self,
        words: Sequence[str],
        vectors: Any,
        *,
        centre: tuple[str, Any],
        columns: dict[str, Any],
        area: Area,
        limit: float | None = None,
        decimals: dict[str, int] | None = None,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme = theme
        array, middle = np.asarray(vectors, float), np.asarray(centre[1], float)
        limit = limit or float(max(np.abs(array).max(), np.abs(middle).max()) or 1.0)
        pitch = min(_TALLEST, area.height / (len(words) + 1.9))
        cap = float(np.clip(0.27 * pitch, theme.sizes.small, 0.26))
        style: dict[str, Any] = {"theme": theme, "size": cap}
        most = 0.26 * area.width
        first = Label(
            shortened(AsIs(centre[0]), most, **style), role="query", weight="bold", **style
        )
        labels = [
            Label(
                shortened(AsIs(word), most, **style),
                role="positive" if not i else "negative",
                **style,
            )
            for i, word in enumerate(words)
        ]
        widest = max(label.width for label in (first, *labels))
        heads = [Label(head, theme=theme, size="small", role="muted") for head in columns]
        each = max([_COLUMN, *(head.width + 0.15 for head in heads)])
        numbers = len(columns) * each
        room = area.width - widest - 2 * _GAP - numbers
        cell = room / array.shape[1]
        top = area.center[1] + pitch * (len(words) + 1.9) / 2
        strip_left = area.left + widest + _GAP

        def strip(values: np.ndarray, y: float, role: str) -> TensorBox:
            box = TensorBox.strip(
                values,
                width=room,
                height=0.62 * pitch,
                theme=theme,
                role=role,
                limit=limit,
                means="embedding" if role == "hidden" else "",
            )
            return box.shift([strip_left - box.get_left()[0], y - box.frame.get_y(), 0])

        y = top - 0.5 * pitch
        self.centre_label = first.center_on([strip_left - _GAP - first.width / 2, y, 0])
        self.centre = strip(middle, y, "hidden")
        self.heads, self.columns = VGroup(), VGroup(*(VGroup() for _ in columns))
        self.labels, self.strips = VGroup(), VGroup()
        right = strip_left + array.shape[1] * cell + _GAP
        for j, label in enumerate(heads):
            label.center_on([right + (j + 0.5) * each, top - 1.45 * pitch, 0])
            self.heads.add(label)
        for i, (label, row) in enumerate(zip(labels, array, strict=True)):
            y = top - (i + 2.4) * pitch
            label.center_on([strip_left - _GAP - label.width / 2, y, 0])
            self.labels.add(label)
            self.strips.add(strip(row, y, "context"))
            for j, (head, values) in enumerate(columns.items()):
                number = Number(
                    float(np.asarray(values)[i]), decimals=(decimals or {}).get(head, 2), **style
                )
                self.columns[j].add(number.center_on([right + (j + 0.5) * each, y, 0]))
        self.add(self.centre_label, self.centre, self.labels, self.strips)
        self.add(self.heads, self.columns)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        told = ", ".join(label.text for label in self.labels)
        return Seen(f"table of {len(self.labels)} words beside {self.centre_label.text}", told)
