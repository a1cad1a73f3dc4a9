"""The type of a contact sheet: the shipped sans by Pillow, and what it lacks by outlines of Pango.

A film's own texts may be Chinese: whichever font draws them in its pictures draws them below.
"""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path

import cairo
from PIL import Image, ImageDraw, ImageFont

from mlanim.fonts import FILES, SANS
from mlanim.primitives.glyphs import Weight, set_line

__all__ = ["Type"]

_CAP = 0.66  # of the em: capitals of the shipped sans
_ASCENT = 1.0  # of the size, from the top of a line to its baseline
_NO_LETTER = "\uffff"  # for which any font draws its box


class Type:
    """One cut at one size in pixels.

    >>> Type("Regular", 22).lacks("score"), Type("Regular", 22).lacks("注意力")
    (False, True)
    """

    def __init__(self, style: str, size: int) -> None:
        path = next(path for path in FILES if path.stem.endswith(f"Sans3-{style}"))
        self.font = ImageFont.truetype(Path(path), size)
        self.size = size
        self._weight: Weight = "bold" if style == "Semibold" else "normal"

    def lacks(self, text: str) -> bool:
        """Whether the shipped sans has no glyph of a character in it."""
        return any(not c.isspace() and _is_lacking(self.font, c) for c in text if not c.isascii())

    def length(self, text: str) -> float:
        """Pixels from its first glyph to its last."""
        if self.lacks(text):
            return set_line(text, SANS, self._weight).advance * _CAP * self.size
        return float(self.font.getlength(text))

    def draw(
        self, on: ImageDraw.ImageDraw, place: tuple[float, float], text: str, ink: str
    ) -> None:
        """Write a line whose upper left corner stands there."""
        if not self.lacks(text):
            on.text(place, text, ink, self.font)
            return
        x, y = round(place[0]), round(place[1])
        on.bitmap((x, y), self._mask(text), ink)

    def _mask(self, text: str) -> Image.Image:
        line, cap = set_line(text, SANS, self._weight), _CAP * self.size
        wide, high = math.ceil(line.advance * cap) + 2, math.ceil(1.5 * self.size)
        surface = cairo.ImageSurface(cairo.FORMAT_A8, wide, high)
        pen = cairo.Context(surface)
        pen.translate(0, _ASCENT * self.size)
        pen.scale(cap, -cap)
        for glyph in line.glyphs:
            last = None
            for start, one, two, end in glyph[:, :2].reshape(-1, 4, 2).tolist():
                if start != last:
                    pen.move_to(*start)
                pen.curve_to(*one, *two, *end)
                last = end
        pen.fill()
        stride = surface.get_stride()
        return Image.frombytes("L", (wide, high), bytes(surface.get_data()), "raw", "L", stride)


@lru_cache(maxsize=4096)
def _is_lacking(font: ImageFont.FreeTypeFont, character: str) -> bool:
    box = font.getmask(_NO_LETTER)
    drawn = font.getmask(character)
    return bool(drawn.size == box.size and bytes(drawn) == bytes(box))
