"""What a decoder reads: the word before goes into its cell, and its state comes out."""

from __future__ import annotations

from typing import Any

from manim import RIGHT, UP, Mobject, VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.label import Label
from mlanim.primitives.recurrent.rnn_cell import CellKind, RNNCell
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.wire import Wire
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["STRIP_EDGE", "DecoderReading", "level", "strip_name"]

STRIP_EDGE = 0.06  # units by which a strip is wider than its cells, on each side
_GAP = 0.32  # units between things that a wire joins
_BESIDE = 0.1  # units between the cell and a name that is wider than the strip
_LARGEST = 1.6  # times the usual size


class DecoderReading(VGroup):
    """One line: the word before, the cell, the state (d,), values between -1 and 1.

    cell_width, height: of one of the state's cells, in units. cell_size: of the recurrent cell.

    Parts: `.previous`, `.into_cell`, `.cell`, `.out_of_cell`, `.state`, `.state_name`.

    >>> reading = DecoderReading("<start>", [0.5, -0.5])
    >>> reading.previous.text, len(reading.state.cells)
    ('<start>', 2)
    """

    def __init__(
        self,
        previous: str,
        state: Any,
        *,
        cell_width: float = 0.16,
        height: float = 0.5,
        cell_size: float = 0.9,
        cell_kind: CellKind = "gru",
        theme: Theme = LIGHT,
        limit: float = 1.0,
    ) -> None:
        super().__init__()
        self.previous = Label(AsIs(previous), theme=theme, role="decoder")
        self.cell = RNNCell(kind=cell_kind, role="decoder", theme=theme, size=cell_size)
        self.state = TensorBox.strip(
            state,
            width=cell_width * len(state),
            height=height,
            role="decoder",
            theme=theme,
            limit=limit,
        )
        VGroup(self.previous, self.cell, self.state).arrange(RIGHT, buff=_GAP)
        level(self.previous, self.cell)
        self.into_cell = Wire.between(
            self.previous, self.cell, through=self.cell, role="decoder", theme=theme
        )
        self.out_of_cell = Wire.between(self.cell, self.state, role="decoder", theme=theme)
        self.state_name = strip_name("decoder state", self.state, theme)
        beyond = self.cell.get_right()[0] + _BESIDE - self.state_name.get_left()[0]
        self.state_name.shift(RIGHT * max(0.0, beyond))  # the cell is higher than the strip
        self.add(
            self.previous,
            self.into_cell,
            self.cell,
            self.out_of_cell,
            self.state,
            self.state_name,
        )

    @property
    def lead(self) -> float:
        """Units of width before the state."""
        return float(self.state.get_left()[0] - self.get_left()[0])

    @classmethod
    def over(
        cls, column: Mobject, previous: str, state: Any, *, area: Area, **style: Any
    ) -> DecoderReading:
        """With a state as wide as a column and over it, or as near as there is room in the area."""
        plain = cls(previous, state, **style)
        before = column.get_left()[0] - area.left
        times = min(max(1.0, before / plain.lead), area.height / plain.height, _LARGEST)
        width = min(column.width, area.width - times * plain.lead) / times - 2 * STRIP_EDGE
        reading = cls(previous, state, cell_width=width / len(plain.state.values), **style)
        area.place(reading.scale(times))
        return area.keep(reading.shift(RIGHT * (column.get_x() - reading.state.get_x())))


def level(label: Label, beside: Mobject) -> None:
    """The middle of the capitals level with the middle of a thing."""
    label.align_baseline(beside.get_y() - label.cap_height / 2)


def strip_name(text: str, strip: Mobject, theme: Theme) -> Label:
    """What a strip is, over it."""
    return Label(text, theme=theme, size="small", role="muted").next_to(strip, UP, buff=0.1)
