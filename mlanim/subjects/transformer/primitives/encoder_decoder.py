"""Two stacks side by side: what the last encoder makes goes to every decoder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from manim import Dot, VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.label import Label
from mlanim.primitives.layer_stack import LayerStack
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.token_row import TokenRow
from mlanim.primitives.wire import Wire
from mlanim.theme import LIGHT, Theme

__all__ = ["EncoderDecoder"]

_WORDS = 0.62  # units of height for a line of words
_GAP = 1.1  # units between the stacks, at least: the bus runs there


class EncoderDecoder(VGroup):
    """A stack of encoders, a stack of decoders, the words that enter, and those that come out.

    states: for each stack what enters its first layer and what leaves each, a list of (words, d)
    arrays; they lie on the wires as small tables, a row a word.

    Parts: `.encoders`, `.decoders` (LayerStack), `.words_in`, `.words_out` (TokenRow), `.fed`
    (what enters the decoders), `.bus` (a
    VGroup of wires: the first leaves the last encoder, wire i + 1 reaches decoder i), `.read` and
    `.said` (TensorBox, from below, where there are states).

    >>> pair = EncoderDecoder(6, 6, ["je", "suis"], ["I", "am"], area=Area(-6, -3, 12, 6))
    >>> len(pair.bus)
    7
    """

    def __init__(
        self,
        encoders: int,
        decoders: int,
        source: Sequence[str],
        target: Sequence[str],
        *,
        area: Area,
        states: tuple[Sequence[Any], Sequence[Any]] | None = None,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        width = min((area.width - _GAP) / 2, 4.6)
        style: dict[str, Any] = {"theme": theme, "width": width}
        self.words_in = _fitting(source, "encoder", **style)
        self.words_out = _fitting(target, "output", **style)
        below, above = (max(_WORDS, row.height + 0.1) for row in (self.words_in, self.words_out))
        left = area.center[0] - min(area.width, 2 * width + 2.4) / 2
        right = 2 * area.center[0] - left - width
        # Words stand below the one stack and above the other; the stacks themselves are level.
        low, high = area.bottom + below + 0.1, area.top - above - 0.1
        self.encoders = LayerStack(
            encoders, "encoder", area=Area(left, low, width, high - low), theme=theme
        )
        self.decoders = LayerStack(
            decoders,
            "decoder",
            area=Area(right, low, width, high - low),
            role="decoder",
            theme=theme,
        )
        self.words_in.move_to([left + width / 2, area.bottom + below / 2, 0])
        self.words_out.move_to([right + width / 2, area.top - above / 2, 0])
        self.fed = Label("words so far", theme=theme, size="small", role="muted")
        self.fed.center_on([right + width / 2, low - 0.22, 0])
        self.bus = VGroup(*self._bus(theme))
        self.read, self.said = VGroup(), VGroup()
        for boxes, arrays, stack in zip(
            (self.read, self.said), states or (), (self.encoders, self.decoders), strict=False
        ):
            boxes.add(*_on_wires(arrays, stack, theme))
        self.add(self.encoders, self.decoders, self.bus, self.words_in, self.words_out)
        self.add(self.fed, self.read, self.said)

    def way(self, decoder: int) -> Wire:
        """From the last encoder's output to a decoder, to be travelled and not to be drawn.

        >>> pair = EncoderDecoder(1, 1, ["je"], ["I"], area=Area(-6, -3, 12, 6))
        >>> bool((pair.way(0).end == pair.bus[1].end).all())
        True
        """
        tap = self.bus[decoder + 1]
        return Wire(*self.trunk, tap.start, tap.end, theme=self.encoders.theme)

    def _bus(self, theme: Theme) -> list[VGroup]:
        """Up out of the last encoder, over to the middle, and from there to each decoder."""
        out = self.encoders.wires[-1]
        reach = self.decoders.layers[0].box.get_left()[0]
        x = (self.encoders.layers[0].box.get_right()[0] + reach) / 2
        top, levels = out.end[1], [layer.box.get_y() for layer in self.decoders.layers]
        style: dict[str, Any] = {"role": "encoder", "theme": theme}
        start = out.start
        self.trunk = (start, np.array([start[0], top, 0]), np.array([x, top, 0]))
        trunk = Wire(*self.trunk, (x, levels[0]), tip=False, **style)
        self.encoders.wires.remove(out)  # the trunk takes its place
        taps = []
        for level in levels:
            tap = Wire((x, level), (reach - 0.06, level), **style)
            dot = Dot(np.array([x, level, 0]), radius=0.05, color=theme.role("encoder").ink)
            taps.append(tap.add(dot))
        return [trunk, *taps]


def _on_wires(arrays: Sequence[Any], stack: LayerStack, theme: Theme) -> Iterator[TensorBox]:
    """A table for each wire of a stack, in the middle of it, small enough to leave it visible."""
    limit = max(float(np.abs(array).max()) for array in arrays)
    for array, (low, high) in zip(arrays, stack.spans, strict=True):
        tall, wide = 0.5 * (high - low)[1], 0.72 * stack.layers[0].width
        box = TensorBox(
            array,
            role=stack.role,
            theme=theme,
            cell=wide / array.shape[1],
            cell_height=tall / len(array),
            limit=limit,
            numbers=False,
            shape_label=False,
        )
        yield box.move_to((low + high) / 2)


def _fitting(words: Sequence[str], role: str, *, width: float, theme: Theme) -> TokenRow:
    """In boxes on one line; else plain; else the first of them, telling how many more there are."""
    n = len(words)
    looks: list[tuple[bool, str, int]] = [(True, "body", 1), (False, "body", 1)]
    looks += [(False, "small", 1), (False, "small", 2)]
    for shown, (boxed, size, lines) in [(n, look) for look in looks] + [
        (count, looks[-1]) for count in range(n - 1, 0, -1)
    ]:
        said = words if shown == n else (*words[:shown], f"… {n - shown} more")
        row = TokenRow(said, role=role, theme=theme, width=width, boxed=boxed, size=size)
        if len(row.lines) <= lines:
            break
    return row
