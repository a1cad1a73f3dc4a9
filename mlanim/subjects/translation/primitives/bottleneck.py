"""What a decoder without attention has to work with: one vector."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

from manim import DOWN, RIGHT, VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.block import Block
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label
from mlanim.primitives.token_row import TokenRow
from mlanim.primitives.wire import Wire
from mlanim.theme import LIGHT, Theme

__all__ = ["Bottleneck"]

_GAP = 0.6  # between the three, for the wires


class Bottleneck(VGroup):
    """The context (d,), the decoder, and the words that it made of it, in a line of an area.

    Where not all words fit, the first are drawn, and how many more there are is told.

    Parts: `.context`, `.name`, `.decoder`, `.words` (TokenRow), `.wires` (to and from the decoder).

    >>> narrow = Bottleneck([0.5, -0.2], ["I", "am"], area=Area(0, 0, 8, 2))
    >>> narrow.context.values.tolist(), len(narrow.wires)
    ([0.5, -0.2], 2)
    """

    def __init__(
        self, context: Any, words: Sequence[str], *, area: Area, theme: Theme = LIGHT
    ) -> None:
        super().__init__()
        self.context = TensorBox.strip(
            context,
            width=min(0.18 * len(context), area.width / 4),
            height=0.5,
            role="context",
            theme=theme,
            limit=1,
        )
        self.decoder = Block("decoder", role="decoder", theme=theme, height=min(1.0, area.height))
        room = area.width - self.context.width - self.decoder.width - 2 * _GAP
        words = words or ("(nothing)",)
        whole: list[tuple[float | str, Sequence[str]]] = [(0.28, words), (0.22, words)]
        cut = (("small", _first(words, count)) for count in range(len(words), 0, -1))
        for size, said in chain(whole, cut):
            self.words = TokenRow(said, role="output", theme=theme, width=room, size=size)
            if self.words.height <= area.height:
                break
        area.place(VGroup(self.context, self.decoder, self.words).arrange(RIGHT, buff=_GAP))
        self.name = Label("context", theme=theme, size="small", role="context")
        self.name.next_to(self.context, DOWN, buff=0.14)
        self.wires = VGroup(
            Wire.between(self.context, self.decoder, role="context", theme=theme),
            Wire.between(self.decoder, self.words, role="output", theme=theme),
        )
        self.add(self.context, self.name, self.decoder, self.words, self.wires)


def _first(words: Sequence[str], count: int) -> Sequence[str]:
    return words if count == len(words) else (*words[:count], f"… {len(words) - count} more")
