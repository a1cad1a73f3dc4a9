"""The contact sheet: panels in a grid, each with its number, step, time and what is said."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from mlanim.colour import from_hex, mix, to_hex
from mlanim.review.sheet_type import Type
from mlanim.theme import Theme
from mlanim.words.direction import BREAKS

__all__ = ["Panel", "draw_sheet"]

_PAGE_ASPECT = 1.5  # width by height that a sheet tends to
_MOST_COLUMNS = 8
_MARGIN, _GUTTER, _TEXT_GAP, _SAY_GAP = 64, 48, 16, 5  # pixels
_TITLE, _HEAD, _BODY = 44, 25, 22  # pixels of type
_LEADING = 1.32
_RULE = 2
_MOST_SIGNS = 1000  # of a line: the rest is not even measured


@dataclass(frozen=True)
class Panel:
    """One picture of the sheet: the step it shows, from and until when (s), and what is said."""

    image: Image.Image
    step: str
    start: float
    end: float
    say: str = ""


def draw_sheet(panels: Sequence[Panel], *, title: str, subtitle: str, theme: Theme) -> Image.Image:
    """Lay the panels, all of one size, out in rows under a title."""
    pen = _Pen(theme)
    width, height = panels[0].image.size
    columns = _columns(len(panels), width, height)
    sheet_width = 2 * _MARGIN + columns * width + (columns - 1) * _GUTTER
    headline = pen.wrapped(title, pen.title, sheet_width - 2 * _MARGIN)
    subline = pen.wrapped(subtitle, pen.body, sheet_width - 2 * _MARGIN)
    top = _MARGIN + round(_LEADING * (_TITLE * len(headline) + _BODY * len(subline))) + _GUTTER
    says = [pen.wrapped(panel.say, pen.body, width) for panel in panels]
    rows = [range(i, min(i + columns, len(panels))) for i in range(0, len(panels), columns)]
    under = height + _TEXT_GAP + _line(_HEAD) + _SAY_GAP
    row_heights = [under + max(len(says[i]) for i in row) * _line(_BODY) for row in rows]
    sheet_height = top + sum(row_heights) + (len(rows) - 1) * _GUTTER + _MARGIN
    sheet = Image.new("RGB", (sheet_width, sheet_height), pen.page)
    draw = ImageDraw.Draw(sheet)
    y = pen.lines(draw, headline, (_MARGIN, _MARGIN), pen.title, _TITLE, theme.ink)
    pen.lines(draw, subline, (_MARGIN, y), pen.body, _BODY, pen.quiet)
    y = top
    for row, row_height in zip(rows, row_heights, strict=True):
        for column, i in enumerate(row):
            corner = (_MARGIN + column * (width + _GUTTER), y)
            _draw_panel(sheet, draw, pen, panels[i], i + 1, says[i], corner)
        y += row_height + _GUTTER
    return sheet


def _draw_panel(
    sheet: Image.Image,
    draw: ImageDraw.ImageDraw,
    pen: _Pen,
    panel: Panel,
    number: int,
    say: list[str],
    corner: tuple[int, int],
) -> None:
    x, y = corner
    width, height = panel.image.size
    draw.rectangle((x - _RULE, y - _RULE, x + width + _RULE - 1, y + height + _RULE - 1), pen.rule)
    sheet.paste(panel.image, corner)
    y += height + _TEXT_GAP
    time = (
        f"{panel.start:.1f}–{panel.end:.1f} s" if panel.end > panel.start else f"{panel.end:.1f} s"
    )
    draw.text((x + width, y), time, pen.quiet, pen.body.font, anchor="ra")
    pen.head.draw(draw, (x, y), f"{number}", pen.quiet)
    indent = max(pen.head.length("00"), pen.head.length(f"{number}")) + 12
    room = width - indent - pen.body.length(time) - 16
    pen.head.draw(draw, (x + indent, y), pen.cut(panel.step, pen.head, room), pen.theme.ink)
    pen.lines(draw, say, (x, y + _line(_HEAD) + _SAY_GAP), pen.body, _BODY, pen.theme.ink)


class _Pen:
    """Fonts and colours of a sheet."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.title = Type("Semibold", _TITLE)
        self.head = Type("Semibold", _HEAD)
        self.body = Type("Regular", _BODY)
        surface, ink = from_hex(theme.surface), from_hex(theme.ink)
        self.page = to_hex(mix(surface, ink, 0.05))
        self.rule = to_hex(mix(surface, ink, 0.2))
        self.quiet = theme.muted

    def wrapped(self, text: str, font: Type, width: float) -> list[str]:
        """The text's words in lines no wider than `width` pixels; a longer word is cut."""
        lines: list[str] = []
        first, *rest = BREAKS.split(" ".join(text.split()))  # of Chinese any sign may end a line
        for space, word in zip(["", *rest[::2]], [first, *rest[1::2]], strict=True):
            if not word:
                continue
            longer = f"{lines[-1]}{space or ''}{word}" if lines else word
            if lines and font.length(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(self.cut(word, font, width))
        return lines

    def cut(self, text: str, font: Type, width: float) -> str:
        """The text, or as much of its beginning as fits with an ellipsis."""
        if len(text) <= _MOST_SIGNS and font.length(text) <= width:
            return text
        fitting = bisect_right(
            range(min(len(text), _MOST_SIGNS)), width, key=lambda n: font.length(f"{text[:n]}…")
        )
        return f"{text[: max(0, fitting - 1)]}…"

    def lines(
        self,
        draw: ImageDraw.ImageDraw,
        lines: list[str],
        corner: tuple[int, int],
        font: Type,
        size: int,
        colour: str,
    ) -> int:
        """Write lines under each other; give where the next one would begin."""
        x, y = corner
        for line in lines:
            font.draw(draw, (x, y), line, colour)
            y += _line(size)
        return y


def _line(size: int) -> int:
    return round(size * _LEADING)


def _columns(count: int, width: int, height: int) -> int:
    """As many columns as bring the sheet near the page's aspect, the last row rather full."""
    below = _TEXT_GAP + _line(_HEAD) + 2 * _line(_BODY) + _GUTTER

    def price(columns: int) -> float:
        rows = math.ceil(count / columns)
        aspect = columns * (width + _GUTTER) / (rows * (height + below))
        empty = (rows * columns - count) / count
        return abs(math.log(aspect / _PAGE_ASPECT)) + empty

    return min(range(1, min(count, _MOST_COLUMNS) + 1), key=price)
