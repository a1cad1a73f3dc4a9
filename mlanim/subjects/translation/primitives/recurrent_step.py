"""One step of a recurrent network: what goes into the cell, and what comes out."""

from __future__ import annotations

from typing import Any

from manim import DOWN, LEFT, RIGHT, UP, VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.recurrent.rnn_cell import CellKind, RNNCell
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label
from mlanim.primitives.wire import Wire
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["RecurrentStep"]

_GAP = 0.6  # between cell and vectors, for the wires


class RecurrentStep(VGroup):
    """The state before (d,) and a word's vector (e,) enter a cell; the state after (d,) leaves it.

    index: the word's place in the sentence, from 0; the states are named after it.
    limit: the vector's value of full colour; states lie between -1 and 1.

    Parts: `.before`, `.cell`, `.after`, `.vector`, `.word`, `.names` (of the two states), `.wires`
    (from the state, from the vector, to the new state).

    >>> step = RecurrentStep([0.0, 0.0], "je", [1.0], [0.2, -0.1], area=Area(0, 0, 10, 5))
    >>> [name.text for name in step.names]
    ['hidden state 0', 'hidden state 1']
    """

    def __init__(
        self,
        before: Any,
        word: str,
        vector: Any,
        after: Any,
        *,
        area: Area,
        index: int = 0,
        kind: CellKind = "gru",
        theme: Theme = LIGHT,
        limit: float = 1.0,
    ) -> None:
        super().__init__()
        size = min(1.8, 0.3 * area.height)
        self.cell = RNNCell(kind=kind, theme=theme, size=size, text_size=0.18 * size)
        unit = min(0.26, ((area.width - self.cell.width) / 2 - _GAP - 0.1) / len(before))
        self.before, self.after = (
            TensorBox.strip(
                values, width=unit * len(values), height=0.55, role="hidden", theme=theme, limit=1
            )
            for values in (before, after)
        )
        self.vector = TensorBox.strip(
            vector,
            width=unit * len(vector),
            height=0.55,
            role="encoder",
            theme=theme,
            limit=limit,
        )
        self.before.next_to(self.cell, LEFT, buff=_GAP)
        self.after.next_to(self.cell, RIGHT, buff=_GAP)
        self.vector.next_to(self.cell, DOWN, buff=_GAP)
        self.word = Label(AsIs(word), theme=theme, role="encoder", size=0.28)
        self.word.next_to(self.vector, DOWN, buff=0.2)
        self.names = VGroup()
        for number, box in ((index, self.before), (index + 1, self.after)):
            name = Label(f"hidden state {number}", theme=theme, size="small", role="hidden")
            self.names.add(name.next_to(box, UP, buff=0.15))
        self.wires = VGroup(
            Wire.between(self.before, self.cell, role="hidden", theme=theme),
            Wire.between(self.vector, self.cell, role="encoder", theme=theme),
            Wire.between(self.cell, self.after, role="hidden", theme=theme),
        )
        self.add(self.wires, self.before, self.cell, self.after, self.vector, self.word, self.names)
        area.place(self)
        for name in self.names:
            area.keep(name)
