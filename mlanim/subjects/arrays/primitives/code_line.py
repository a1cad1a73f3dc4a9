"""An expression as the heading of its film, with the part that is being evaluated in ink."""

from __future__ import annotations

from typing import Self

from mlanim.primitives.area import Area
from mlanim.primitives.heading import Heading
from mlanim.theme import LIGHT, Theme

__all__ = ["CodeLine"]

_LONGEST = 96  # signs that stay legible as a heading


class CodeLine(Heading):
    """A line of code over a page; `.point_at(span)` mutes all but the signs from, to.

    >>> line = CodeLine("a + b", area=Area(0, 0, 8, 4))
    >>> line.point_at((0, 1)).text, line.lines
    ('a + b', 1)
    """

    def __init__(self, text: str, *, area: Area, theme: Theme = LIGHT) -> None:
        self.code = text
        super().__init__(_cut(text), area=area, theme=theme, mono=True)
        self.theme = theme

    @property
    def lines(self) -> int:
        """How many lines it takes."""
        return round(self.extent[1] / 2) + 1

    def room(self, area: Area) -> Area:
        """What it leaves of an area."""
        return Heading.body(area, lines=self.lines, theme=self.theme)

    def point_at(self, span: tuple[int, int] | None) -> Self:
        """Ink for the signs of a span, a muted colour for the others; None is ink for all."""
        signs = [i for i, sign in enumerate(self.text) if not sign.isspace()]
        if len(signs) != len(self.submobjects):  # accents, ligatures: no telling which is which
            return self
        start, end = span or (0, len(self.text))
        for i, glyph in zip(signs, self.submobjects, strict=True):
            glyph.set_fill(self.theme.ink if start <= i < end else self.theme.muted, opacity=1)
        return self


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
