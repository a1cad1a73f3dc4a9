"""Captions in the picture: words on a ground, in a strip of the frame that is theirs alone."""

from __future__ import annotations

from manim import RoundedRectangle, VGroup

from mlanim.burnt_page import burnt_strip
from mlanim.colour import from_hex, mix, to_hex
from mlanim.primitives.area import Area
from mlanim.primitives.label import LINE_HEIGHT, Label
from mlanim.theme import Theme

__all__ = ["BurntCaption"]

_SIZES = (0.32, 0.29, 0.26, 0.24, 0.22, 0.2, 0.18)  # cap heights in units, the best first
_LARGEST_ON_WIDE = 0.26  # where there are so many pixels that it reads well
_SIDE, _ABOVE = 0.3, 0.18  # units between words and the edge of their ground
_GROUND = 0.1  # of the ink in it


class BurntCaption(VGroup):
    """Words in a frame's strip, in the largest type that has room there.

    Attributes:
        label: the words.
        ground: what lies behind them.
    """

    def __init__(self, words: str, *, frame: tuple[float, float], theme: Theme) -> None:
        strip = Area(*burnt_strip(*frame))
        margin = theme.margin
        largest = _LARGEST_ON_WIDE if strip.width > 12 else max(_SIZES)
        for size in (size for size in _SIZES if size <= largest):
            width = strip.width - 2 * (margin + _SIDE)
            label = Label(words, theme=theme, size=size, width=width, align="center")
            lines = round(label.extent[1] / LINE_HEIGHT) + 1
            high = size * (1 + LINE_HEIGHT * (lines - 1)) + 2 * _ABOVE
            if high <= strip.height:
                break
        # Longer words than there is room for reach up into the page's margin, never out of sight.
        middle = strip.bottom + max(high, strip.height) / 2
        self.label = label.center_on([strip.center[0], middle, 0])
        self.ground = RoundedRectangle(
            width=label.width + 2 * _SIDE,
            height=high,
            corner_radius=min(theme.corner, high / 2),
            stroke_width=0,
            fill_color=to_hex(mix(from_hex(theme.surface), from_hex(theme.ink), _GROUND)),
            fill_opacity=1,
        ).move_to([strip.center[0], middle, 0])
        super().__init__(self.ground, self.label)
