"""Layers upon each other, the first at the bottom: the body of every deep model."""

from __future__ import annotations

import numpy as np
from manim import UP, VGroup

from mlanim.errors import NoRoomError
from mlanim.primitives.area import Area
from mlanim.primitives.block import Block
from mlanim.primitives.wire import Wire
from mlanim.theme import LIGHT, Theme

__all__ = ["LayerStack"]

_HIGHEST, _LOWEST = 1.1, 0.44  # units: a block
_SHARE = 0.7  # of the pitch that a block takes; a wire has the rest


class LayerStack(VGroup):
    """n layers from bottom to top, numbered from 1, with a wire into, between and out of them.

    They fill the height of the area, wires and all.
    Parts: `.layers` (Block; index 0 is the first layer, at the bottom), `.wires` (n + 1: wire i
    leads into layer i, the last one out of the stack), `.spans` (where those begin and end).

    Raises UsageError for no layers, or more than the area holds legibly.

    >>> stack = LayerStack(6, "encoder", area=Area(0, 0, 3, 6))
    >>> len(stack.layers), len(stack.wires), stack.layers[5].label.text
    (6, 7, 'encoder 6')
    """

    def __init__(
        self,
        n: int,
        name: str,
        *,
        area: Area,
        role: str = "encoder",
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        most = int(area.height / (_LOWEST / _SHARE))
        if not 1 <= n <= most:
            raise NoRoomError(
                f"a stack of {n} layers in {area.height:.1f} units of height",
                f"it holds 1 to {most}",
                "give it more room, or draw fewer layers and say how many there are",
                lacks="height",
            )
        self.n, self.role, self.theme = n, role, theme
        pitch = area.height / (n + (1 - _SHARE))
        high = min(_HIGHEST, _SHARE * pitch)
        x = area.center[0]
        names = [f"{name} {index + 1}" for index in range(n)]
        width = min(area.width, max(Block(text, theme=theme).width for text in names) + 0.8)
        size = "body" if high > 0.5 else "small"
        self.layers = VGroup(
            *(
                Block(text, role=role, theme=theme, width=width, height=high, size=size)
                for text in names
            )
        )
        for index, layer in enumerate(self.layers):
            layer.shift(
                np.array([x, area.bottom + (index + 1 - _SHARE / 2) * pitch, 0])
                - layer.box.get_center()
            )
        middles = [layer.box.get_center() for layer in self.layers]
        ends = [np.array([x, area.bottom, 0]), *(m + (high / 2 + 0.05) * UP for m in middles)]
        starts = [*(m - (high / 2 + 0.05) * UP for m in middles), np.array([x, area.top, 0])]
        self.spans = list(zip(ends, starts, strict=True))
        self.wires = VGroup(*(Wire(low, top, role=role, theme=theme) for low, top in self.spans))
        self.add(self.wires, self.layers)
