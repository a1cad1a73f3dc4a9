"""A text whose words are shaded by what they are to a word that was said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from manim import Animation, VGroup, override_animate

from mlanim.errors import NoRoomError, UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.arrays import finite_array, frozen
from mlanim.primitives.cells import paint, rgb_of
from mlanim.primitives.moving_values import MovingValues
from mlanim.primitives.seen import Seen, words_of_weights
from mlanim.primitives.token_row import TokenRow
from mlanim.theme import LIGHT, Theme

__all__ = ["ShadedText"]

_SIZES = (0.6, 0.52, 0.46, 0.4, 0.36, 0.32, 0.28, 0.25, 0.22, 0.2, 0.18)


class ShadedText(VGroup):
    """n words in lines, as large as the area allows, with values (n,), none below 0.

    limit: the value of full colour. A mark below each word repeats its value by its length.

    Parts: `.row` (TokenRow), `.marks`.

    >>> text = ShadedText(["the", "box"], [0.0, 2.0], limit=4.0, area=Area(0, 0, 8, 3))
    >>> text.set_values([1.0, 0.0]).values.tolist(), text.limit
    ([1.0, 0.0], 4.0)
    """

    def __init__(
        self,
        words: Sequence[str],
        values: Any,
        *,
        area: Area,
        limit: float | None = None,
        role: str = "score",
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        array = finite_array(values, "ShadedText", (1,))
        if len(array) != len(words) or array.min() < 0:
            raise UsageError(
                f"{len(array)} values for {len(words)} words", "one each, none below 0"
            )
        self.theme, self.role = theme, role
        self.limit = float(array.max() or 1.0) if limit is None else float(limit)
        self.row = self._largest(words, area)
        area.place(self.row)
        self.marks = VGroup()
        self._boxes = VGroup(*(token.box for token in self.row.tokens))
        for box in self._boxes:
            box.set_stroke(theme.muted, theme.stroke.thin)
            mark = box.copy().stretch_to_fit_height(0.07).set_stroke(width=0)
            mark.next_to(box, [0, -1, 0], buff=0.03)
            self.marks.add(mark.set_fill(theme.role(role).ink, 1))
        self._widest = [mark.points.copy() for mark in self.marks]
        self.add(self.row, self.marks)
        self._show(array)

    @property
    def value_labels(self) -> tuple[str, ...]:
        """The words, one for each value, as `--values` tells them."""
        return self.row.words

    @property
    def values(self) -> np.ndarray:
        """The values that are drawn now, read-only."""
        return frozen(self._values)

    def set_values(self, values: Any) -> Self:
        """Shade by other values; also `.animate.set_values(...)`."""
        self._show(finite_array(values, "ShadedText", (1,)))
        return self

    @override_animate(set_values)
    def _animate_values(self, values: Any, anim_args: dict[str, Any] | None = None) -> Animation:
        end = finite_array(values, "ShadedText", (1,))
        return MovingValues(self, lambda: frozen(self._values), self._show, end, **anim_args or {})

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        told = words_of_weights(self._values, self.row.words)
        return Seen(f"text of {len(self.row.words)} shaded words", told)

    def _show(self, values: np.ndarray) -> None:
        self._values = values
        paint(self._boxes, self.theme.weight(values, self.role, self.limit))
        for token, mark, value, widest in zip(
            self.row.tokens, self.marks, values, self._widest, strict=True
        ):
            token.label.in_ink(self.theme.on(rgb_of(token.box)))
            # Of the widest each time: a mark that was stretched before ends a last bit elsewhere.
            first = widest[:, 0].min()
            share = max(1e-3, min(1.0, value / self.limit))
            mark.points = (widest - [first, 0, 0]) * [share, 1, 1] + [first, 0, 0]

    def _largest(self, words: Sequence[str], area: Area) -> TokenRow:
        for size in _SIZES:
            style: dict[str, Any] = {"theme": self.theme, "role": "hidden", "size": size}
            try:
                row = TokenRow(words, **style, boxed=True, width=area.width)
            except UsageError:  # a token is wider than a line
                continue
            if row.height + 0.15 <= area.height:
                return row
        raise NoRoomError(
            f"{len(words)} words in {area.width:.3g} x {area.height:.3g} units",
            "give them more room, or fewer",
        )
