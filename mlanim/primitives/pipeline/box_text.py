"""How large the words of a system's boxes can be, in boxes of a given size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mlanim.models.system.system import SystemBox
from mlanim.primitives.area import MINIMUM_CAP_HEIGHT
from mlanim.primitives.glyphs import Weight, wrapped
from mlanim.primitives.label import LINE_HEIGHT
from mlanim.theme import Theme

__all__ = ["BELOW", "PAD", "TextSizes", "lines_high", "sizes_in"]

PAD = 0.12  # units between a box's side and what is in it
BELOW = 0.5  # of a cap height: below a name's last line, for what hangs down and a gap
_CAPS = (0.34, 0.3, 0.26, 0.23, 0.2, MINIMUM_CAP_HEIGHT)
_TALLIES = 7.4  # cap heights: the width of a gate's two counts
_LEAST_TRAY, _GOOD_TRAY = 0.36, 1.1  # units: a line of text, and a picture
_LEAST_WIDTH, _GOOD_WIDTH = 1.0, 2.4


@dataclass(frozen=True)
class TextSizes:
    """name, gloss: cap heights in units. tray: the height that is left below them.

    worth: how good all of that is; 0 where it cannot be read.
    """

    name: float
    gloss: float
    tray: float
    worth: float


def sizes_in(boxes: Sequence[SystemBox], theme: Theme, width: float, height: float) -> TextSizes:
    """The largest sizes, the same for all boxes, that leave room for a packet below the words."""
    best = TextSizes(MINIMUM_CAP_HEIGHT, MINIMUM_CAP_HEIGHT, 0.0, 0.0)
    if width < _LEAST_WIDTH:
        return best
    for cap in _CAPS:
        small = max(MINIMUM_CAP_HEIGHT, 0.72 * cap)
        highs = [_words_high(box, theme, cap, small, width - 2 * PAD) for box in boxes]
        tray = height - max(highs) - 2 * PAD
        if tray >= _LEAST_TRAY:
            room = min(1.0, tray / _GOOD_TRAY) * min(1.0, width / _GOOD_WIDTH)
            worth = (cap * room) ** 0.5
            best = max(best, TextSizes(cap, small, tray, worth), key=lambda sizes: sizes.worth)
    return best


def _words_high(box: SystemBox, theme: Theme, cap: float, small: float, width: float) -> float:
    """How high a name and what stands below it are; endless where a word is too wide."""
    high = lines_high(box.name, theme, cap, width, "bold") + BELOW * cap
    if box.kind == "gate":
        return high + 1.8 * small if width > _TALLIES * small else float("inf")
    return high + (lines_high(box.gloss, theme, small, width) + 0.8 * small if box.gloss else 0.0)


def lines_high(
    text: str, theme: Theme, cap: float, width: float, weight: Weight = "normal"
) -> float:
    """How high a text is in lines of a width; endless where one of its words is wider.

    What is shown is measured: the theme's words for it.
    """
    lines = wrapped(theme.words.said(text), theme.fonts.sans, weight, width / cap)
    if max(line.advance for line in lines) * cap > width:
        return float("inf")
    return cap * (1 + LINE_HEIGHT * (len(lines) - 1))
