"""A word and its vector, close up: the numbers themselves."""

from __future__ import annotations

from typing import Any

from manim import LEFT, VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["WordVector"]

_CELL = (0.8, 0.95)  # narrowest and widest, in units: a number of two decimals fits


class WordVector(VGroup):
    """A word and, to its right, its vector (d,) in cells with numbers, as many as the area holds.

    Parts: `.word`, `.vector` (TensorBox; "⋯" and its shape label tell what is not drawn).

    >>> close = WordVector("zone", [0.18, -0.34], area=Area(0, 0, 6, 2))
    >>> [number.text for number in close.vector.numbers]
    ['0.18', '−0.34']
    """

    def __init__(
        self,
        word: str,
        vector: Any,
        *,
        area: Area,
        role: str = "encoder",
        theme: Theme = LIGHT,
        limit: float | None = None,
    ) -> None:
        super().__init__()
        self.word = Label(AsIs(word), theme=theme, role=role, weight="bold", size=0.26)
        room = area.width - self.word.width - 0.6
        cell = min(_CELL[1], max(_CELL[0], room / len(vector)))
        self.vector = TensorBox(
            vector,
            role=role,
            theme=theme,
            orientation="row",
            cell=cell,
            cell_height=0.6,
            limit=limit,
            means="embedding",
            shape_label=True,
            shown=None if cell * len(vector) <= room else int(room / cell),
        )
        self.word.next_to(self.vector.frame, LEFT, buff=0.25)
        self.add(self.word, self.vector)
        area.place(self)
        self.word.align_baseline(self.vector.frame.get_y() - self.word.cap_height / 2)
