"""A translation model from outside, and what shows when its box opens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import UP, RoundedRectangle, VGroup

from mlanim.colour import from_hex, luminance
from mlanim.primitives.area import Area
from mlanim.primitives.block import Block
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label
from mlanim.primitives.token_row import TokenRow
from mlanim.primitives.wire import Wire
from mlanim.theme import LIGHT, Theme

__all__ = ["Translator"]

_SILENT = ("(nothing)",)  # some models say none at all
_HIGHEST = 3.8  # units: a box that fills a tall page would dwarf the words
_BESIDE = 0.12  # units that the smallest name of a part leaves in its block
_BETWEEN = 0.95  # units that the context and the ways to it need


class Translator(VGroup):
    """Words in, a black box, words out; inside: an encoder, the context, a decoder.

    source, target: the words. context: (d,), each value between -1 and 1; without it a wire runs
    between encoder and decoder. name: what the box is called.
    The three stand side by side in a wide area, one under the other else.

    Parts: `.words_in`, `.box`, `.name`, `.words_out` (TokenRow); and, in place within the box for
    verbs to bring in: `.opened` (the box as it looks when open), `.encoder`, `.context` (or the
    wire), `.context_name`, `.decoder`.

    >>> model = Translator(["je", "suis"], ["I", "am"], [0.5, -0.5], area=Area(0, 0, 13, 6))
    >>> bool(model.encoder.width < model.box.width), model.words_out.words
    (True, ('I', 'am'))
    """

    def __init__(
        self,
        source: Sequence[str],
        target: Sequence[str],
        context: Any = None,
        *,
        area: Area,
        name: str = "model",
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme = theme
        for share in (1.35, 0.9, 0.6):  # long sentences take of the box's room
            first, middle, last = area.split(1, share, 1, gap=0.5)
            self.words_in = _sentence(source, "encoder", first, theme)
            self.words_out = _sentence(target, "output", last, theme)
            if max(self.words_in.height, self.words_out.height) <= first.height:
                break
        self.box = RoundedRectangle(
            width=middle.width, height=min(middle.height, _HIGHEST), corner_radius=0.25
        )
        dark, light = sorted(
            (theme.ink, theme.surface), key=lambda colour: float(luminance(from_hex(colour)))
        )
        self.box.set_fill(dark, 1).set_stroke(theme.ink, theme.stroke.normal)
        self.box.move_to(middle.center)
        self.opened = self.box.copy().set_fill(theme.surface, 1)
        self.name = Label(name, theme=theme, size="title", weight="bold")
        self.name.center_on(middle.center).set_color(light)
        self._furnish(context, Area.around(self.box).inset(0.25))
        self.add(self.words_in, self.box, self.name, self.words_out)

    def _furnish(self, context: Any, room: Area) -> None:
        left, middle, right = room.columns(1.5, 0.8, 1.5, gap=0.4)
        names = ("encoder", "decoder")
        labels = [Label(n, theme=self.theme, size="small", weight="bold") for n in names]
        least = max(label.width for label in labels) + _BESIDE
        if left.width < least < (room.width - _BETWEEN) / 2:  # longer in another language
            left, middle, right = room.columns(least, room.width - 2 * least - 0.5, least, gap=0.25)
        height = min(2.0, room.height)
        style: dict[str, Any] = {"theme": self.theme, "width": left.width, "height": height}
        self.encoder = left.place(Block("encoder", role="encoder", **style))
        self.decoder = right.place(Block("decoder", role="decoder", **style))
        self.context_name = VGroup()
        if context is None:
            self.context = Wire.between(
                self.encoder, self.decoder, role="encoder", theme=self.theme
            )
            return
        upright = room.height > 2
        self.context = TensorBox(
            context,
            role="context",
            theme=self.theme,
            cell=0.3 if upright else middle.width / (len(context) + 2),
            cell_height=2.08 / len(context) if upright else 0.3,
            orientation="column" if upright else "row",
            limit=1,
            numbers=False,
            shape_label=False,
        )
        middle.place(self.context)
        self.context_name = Label("context", theme=self.theme, size="small", role="context")
        self.context_name.next_to(self.context, UP, buff=0.14)


def _sentence(words: Sequence[str], role: str, area: Area, theme: Theme) -> TokenRow:
    """Words in boxes, or plain ones where there are many."""
    for boxed, size in ((True, 0.28), (True, "body"), (False, "body"), (False, "small")):
        row = TokenRow(
            words or _SILENT, role=role, theme=theme, width=area.width, boxed=boxed, size=size
        )
        if row.height <= area.height:
            break
    return area.place(row)
