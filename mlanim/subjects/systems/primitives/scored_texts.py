"""Texts in rows, each with the numbers that models gave it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from manim import Line, VGroup

from mlanim.errors import NoRoomError
from mlanim.primitives.area import MINIMUM_CAP_HEIGHT, Area
from mlanim.primitives.glyphs import set_line
from mlanim.primitives.label import LINE_HEIGHT
from mlanim.primitives.text import Label, Number
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["ScoredTexts"]

_CAPS = (0.3, 0.26, 0.23, 0.2, MINIMUM_CAP_HEIGHT)
_NUMBER, _GAP = 3.4, 0.3  # a column of numbers, in cap heights; units between columns
_NARROWEST = 8  # of a text, in cap heights
_AIR = 1.4  # cap heights between rows


class ScoredTexts(VGroup):
    """Rows of a text and its numbers (n,) by name, as large as the area allows.

    Texts that are too long end in "…"; `.cut` tells how many. head: stands over the texts.
    decimals: of each column's numbers, 2 where nothing is said.
    Parts: `.head`, `.texts`, `.numbers[name]` (lists, a row each), `.names` (over the numbers),
    `.lines` (above each row).

    >>> page = ScoredTexts("reply", ["yes", "no"], {"real": [0.9, 0.1]}, area=Area(0, 0, 8, 3))
    >>> page.texts[0].text, page.numbers["real"][1].text
    ('yes', '0.10')

    Raises:
        UsageError: more than the area has room for.
    """

    def __init__(
        self,
        head: str,
        texts: Sequence[str],
        numbers: Mapping[str, Sequence[float]],
        *,
        area: Area,
        decimals: Mapping[str, int] | None = None,
        roles: Mapping[str, str] | None = None,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        cap, lines = _largest(texts, numbers, area, theme)
        columns = [cap * one + _GAP for one in _columns(numbers, theme)]
        ends = area.right - sum(columns) + np.cumsum(columns)
        self.cut = sum(text[-1].endswith("…") for text in lines)
        style: dict[str, Any] = {"size": cap, "theme": theme}
        bold: dict[str, Any] = {"weight": "bold", "role": "muted", **style}
        rest = area.height - cap * (_high([len(text) for text in lines]) + _AIR)
        air = _AIR * cap + min(0.4 * cap, max(0.0, rest / (len(texts) + 1)))
        y = area.top - cap
        self.head = Label(head, **bold).stand_at(area.left, y)
        self.names, self.lines, self.texts = VGroup(), VGroup(), VGroup()
        self.numbers: dict[str, list[Number]] = {name: [] for name in numbers}
        for name, end in zip(numbers, ends, strict=True):
            self.names.add(_end_at(Label(name, **bold), end, y))
        for row, text in enumerate(lines):
            line = y - 0.5 * air - 0.05 * cap
            self.lines.add(Line([area.left, line, 0], [area.right, line, 0]))
            y -= air + cap
            self.texts.add(Label(AsIs("\n".join(text)), **style).stand_at(area.left, y))
            for name, end in zip(numbers, ends, strict=True):
                number = Number(
                    numbers[name][row],
                    decimals=(decimals or {}).get(name, 2),
                    role=(roles or {}).get(name, "score"),
                    weight="bold",
                    **style,
                )
                self.numbers[name].append(_end_at(number, end, y))
            y -= (len(text) - 1) * LINE_HEIGHT * cap
        self.lines.set_stroke(theme.muted, width=theme.stroke.thin, opacity=0.5)
        every = [number for row in self.numbers.values() for number in row]
        self.add(self.head, self.names, self.lines, self.texts, *every)

    def row(self, number: int) -> VGroup:
        """A row's text and numbers."""
        return VGroup(self.texts[number], *(column[number] for column in self.numbers.values()))


def _largest(
    texts: Sequence[str], names: Iterable[str], area: Area, theme: Theme
) -> tuple[float, list[list[str]]]:
    """The cap height, and each text's lines then; where even small ones are too many, fewer."""
    names = list(names)
    for cap, most in (*((cap, 99) for cap in _CAPS), *((_CAPS[-1], most) for most in (3, 2, 1))):
        wide = (area.width - len(names) * _GAP) / cap - sum(_columns(names, theme))
        if wide < _NARROWEST:
            continue
        lines = [_cut(_lines(text, theme, wide), most) for text in texts]
        if cap * (_high([len(text) for text in lines]) + 0.4) <= area.height:
            return cap, lines
    raise NoRoomError(
        f"{len(texts)} texts do not fit {area.width:.1f} x {area.height:.1f} units legibly",
        "show fewer, or shorter ones",
        lacks="width" if wide < _NARROWEST else "height",
    )


def _lines(text: str, theme: Theme, wide: float) -> list[str]:
    """A text in lines of so many cap heights."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and set_line(longer, theme.fonts.sans, "normal").advance <= wide:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(lines: list[str], most: int) -> list[str]:
    """The first lines; the last of them ends in "…" where there were more."""
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], lines[most - 1].rpartition(" ")[0] + "…"]


def _columns(names: Iterable[str], theme: Theme) -> list[float]:
    """How wide each column of numbers is, in cap heights."""
    shown = (theme.words.said(name) for name in names)
    return [max(_NUMBER, set_line(name, theme.fonts.sans, "bold").advance) for name in shown]


def _end_at(text: Any, right: float, y: float) -> Any:
    """Put the right end of a text at an x, its baseline at y."""
    text.align_baseline(y)
    return text.shift([right - text.get_right()[0], 0, 0])


def _high(lines: Sequence[int]) -> float:
    """The height of the head and of texts of so many lines, in cap heights."""
    return 1 + sum(1 + _AIR + LINE_HEIGHT * (deep - 1) for deep in lines)
