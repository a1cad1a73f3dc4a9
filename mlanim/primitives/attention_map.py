"""Who looks at whom among many tokens: one picture, with as many names as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import PI, Group, Rectangle, VGroup

from mlanim.errors import NoRoomError, UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.arrays import frozen, weight_array
from mlanim.primitives.heat_image import HeatImage
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["AttentionMap"]


class AttentionMap(Group):
    """Weights (T, T), rows of sum 1, as one picture; where names do not fit, every k-th.

    Full colour is the greatest weight, `limit`; the note tells how much that is.

    Parts: `.picture`, `.frame`, `.row_labels`, `.column_labels`, `.note`.

    >>> drawn = AttentionMap(np.eye(3), ["a", "b", "c"], area=Area(0, 0, 6, 5))
    >>> [label.text for label in drawn.row_labels], drawn.limit
    (['a', 'b', 'c'], 1.0)
    """

    def __init__(
        self,
        weights: Any,
        tokens: Sequence[str],
        *,
        area: Area,
        role: str = "score",
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        array = weight_array(weights, "AttentionMap", (2,))
        if array.shape != (len(tokens), len(tokens)):
            raise UsageError(f"weights {array.shape} for {len(tokens)} tokens", "give one row each")
        self.theme, self.role, self._weights = theme, role, array
        self.limit = float(array.max())
        cap = theme.sizes.small
        longest = (
            max(Label(AsIs(token), theme=theme, size="small").width for token in tokens) + 0.15
        )
        side = min(area.width - longest, area.height - longest - 2.4 * cap)
        if side < 1:
            raise NoRoomError(
                f"a map of {len(tokens)} tokens in {area.width:.3g} x {area.height:.3g} units",
                "give it more room, or shorter tokens",
                lacks=area.short_of(longest + 1, longest + 2.4 * cap + 1),
            )
        left = area.center[0] - (longest + side) / 2 + longest
        top = area.top - longest
        pitch = side / len(tokens)
        self.picture = HeatImage(
            array,
            width=side,
            height=side,
            role=role,
            scale="weight",
            limit=self.limit,
            means="weight",
            theme=theme,
        )
        self.picture.move_to([left + side / 2, top - side / 2, 0])
        self.frame = Rectangle(width=side, height=side).move_to(self.picture)
        self.frame.set_stroke(theme.role(role).ink, theme.stroke.thin)
        every = int(np.ceil(1.9 * cap / pitch))
        self.row_labels, self.column_labels = VGroup(), VGroup()
        for i in range(0, len(tokens), every):
            row = Label(AsIs(tokens[i]), theme=theme, size="small")
            middle = (i + 0.5) * pitch
            row.center_on([left - 0.1 - row.width / 2, top - middle, 0])
            column = Label(AsIs(tokens[i]), theme=theme, size="small").rotate(PI / 2)
            column.move_to([left + middle, top + 0.1 + column.height / 2, 0])
            self.row_labels.add(row)
            self.column_labels.add(column)
        named = "" if every == 1 else f"; one token of {every} is named"
        self.note = Label(
            f"full colour: {self.limit:.2f}{named}", theme=theme, size="small", role="muted"
        )
        self.note.center_on([left + side / 2, top - side - 1.5 * cap, 0])
        area.keep(self.note)
        self.add(self.picture, self.frame, self.row_labels, self.column_labels, self.note)

    @property
    def weights(self) -> np.ndarray:
        """The weights that are drawn, read-only."""
        return frozen(self._weights)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        rows, columns = self._weights.shape
        row, column = np.unravel_index(int(self._weights.argmax()), self._weights.shape)
        ends = f"row {row + 1} to column {column + 1}"
        if len(self.row_labels) == rows and len(self.column_labels) == columns:
            ends = f"{self.row_labels[row].text} to {self.column_labels[column].text}"
        return Seen(f"map of {rows} by {columns} weights", f"greatest {self.limit:.2f}, {ends}")
