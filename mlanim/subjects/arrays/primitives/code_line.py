"""An expression as the heading of its film, with the part that is being evaluated in ink."""

from __future__ import annotations

import re
from typing import Self

from mlanim.primitives.area import Area
from mlanim.primitives.glyphs import set_line
from mlanim.primitives.heading import Heading
from mlanim.theme import LIGHT, Theme

__all__ = ["CodeLine"]

_LONGEST = 160  # signs that are told as a heading
_SIZES = ((0.34, 2), (0.28, 2), (0.24, 3), (0.22, 99))  # cap heights, and in how many lines
_BELOW = 0.42  # units from the last line to what the heading leaves
_PIECE = re.compile(r"[^\s(,]*[(,]|[^\s(,]+|\s+")


class CodeLine(Heading):
    """A line of code over a page; `.point_at(span)` mutes all but the signs from, to.

    A long one is broken after brackets and commas too, and smaller.

    >>> line = CodeLine("a + b", area=Area(0, 0, 8, 4))
    >>> line.point_at((0, 1)).code, line.lines
    ('a + b', 1)
    """

    def __init__(self, text: str, *, area: Area, theme: Theme = LIGHT) -> None:
        self.code = text
        self._shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
        advance = set_line("0", theme.fonts.mono, "bold").advance
        for size, most in _SIZES:
            broken = _broken(self._shown, int(area.width / (advance * size)))
            if len(broken) <= most:
                break
        super().__init__("\n".join(broken), area=area, theme=theme, size=size, mono=True)
        self.theme = theme

    @property
    def lines(self) -> int:
        """How many lines it takes."""
        return round(self.extent[1] / 2) + 1

    def room(self, area: Area) -> Area:
        """What it leaves of an area."""
        lowest = self.baseline[1] - 2 * self.cap_height * (self.lines - 1) - _BELOW
        return Area(area.left, area.bottom, area.width, float(lowest) - area.bottom)

    def point_at(self, span: tuple[int, int] | None) -> Self:
        """Ink for the signs of a span, a muted colour for the others; None is ink for all."""
        # A glyph for each sign of the code that is no space, in its order, however it is broken.
        signs = [i for i, sign in enumerate(self._shown) if not sign.isspace()]
        if len(signs) != len(self.submobjects):  # accents, ligatures: no telling which is which
            return self
        start, end = span or (0, len(self._shown))
        for i, glyph in zip(signs, self.submobjects, strict=True):
            glyph.set_fill(self.theme.ink if start <= i < end else self.theme.muted, opacity=1)
        return self


def _broken(text: str, longest: int) -> list[str]:
    """Lines of at most so many signs, as far as there are places to break them."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if len((lines[-1] + piece).rstrip()) > longest and lines[-1]:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return lines
