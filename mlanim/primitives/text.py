"""Labels, numbers and formulas: text sized by the height of its capitals, coloured by role.

>>> from mlanim.primitives.text import format_number
>>> format_number(-0.305, 1)
'−0.3'
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from manim import Animation, MathTypst, VGroup, VMobject, override_animate
from numpy.typing import ArrayLike, NDArray

from mlanim.errors import UsageError, did_you_mean
from mlanim.primitives.glyphs import Outline, Weight, Word, set_line, wrapped
from mlanim.theme import LIGHT, Theme

__all__ = ["CountTo", "Formula", "Glyph", "Label", "Number", "format_number"]

LINE_HEIGHT = 2.0  # from baseline to baseline, in cap heights


class Glyph(VMobject):
    """The outline of one drawn character."""


class Label(VGroup):
    """Text as a group of glyphs.

    text: one line or more (newlines part them); other control characters are refused.
    size: "small", "body" or "title" of the theme, or a cap height in Manim units.
    role: whose ink it takes; None or "ink" is the theme's ink, "muted" its muted ink.
    weight: "normal" or "bold"; mono: the theme's fixed-width family.
    width: Manim units at which lines wrap, between words; a longer word stands alone, uncut.
    align: how lines lie under each other.

    The middle of the capitals starts at the origin. `center_on` and `align_baseline` place a label
    by its capitals and baseline, so that "ace" and "Ápg" stand level; Manim's own `move_to` and
    `next_to` go by the drawn shape.

    >>> round(Label("hidden state", role="hidden").cap_height, 3)
    0.22
    """

    def __init__(
        self,
        text: str,
        *,
        theme: Theme = LIGHT,
        size: str | float = "body",
        role: str | None = None,
        weight: Weight = "normal",
        mono: bool = False,
        width: float | None = None,
        align: Literal["left", "center"] = "left",
    ) -> None:
        cap = _cap(size, theme)
        _one_of("weight", weight, ("normal", "bold"))
        _one_of("align", align, ("left", "center"))
        self.text = _clean(text)
        self.role = role
        self.font = theme.fonts.mono if mono else theme.fonts.sans
        self.weight = weight
        lines = wrapped(self.text, self.font, weight, math.inf if width is None else width / cap)
        wide, depth = max(line.advance for line in lines), LINE_HEIGHT * (len(lines) - 1)
        self.extent = (wide, depth)  # width, first to last baseline; in cap heights
        self._pose = (complex(cap), complex(-wide, depth - 1) / 2 * cap, 0.0)
        self._ink = _ink(theme, role)
        super().__init__()
        # Not by add, whose checks cost more than the glyphs.
        self.submobjects: list[Any] = self._set(
            _style(self._ink), list(_stacked(lines, wide, align))
        )

    def _set(self, style: Glyph, outlines: list[Outline]) -> list[Glyph]:
        """Make glyphs of outlines whose unit is the cap height, where the label stands."""
        turn, shift, z = self._pose
        matrix = np.array([[turn.real, turn.imag, 0], [-turn.imag, turn.real, 0], [0, 0, 1]])
        place = np.array([shift.real, shift.imag, z])
        self._landmarks = _landmarks(outlines)
        return [_clone(style, outline @ matrix + place) for outline in outlines]

    def _posed(self) -> tuple[complex, complex, float]:
        """Find where the label stands: cap height and direction, then the baseline's start.

        Two landmarks of a glyph tell, whatever group moved, scaled or turned it. While it is
        being drawn in or morphed they are missing, and the last known place holds.
        """
        count, ends, before = self._landmarks
        if self.submobjects and len(self.submobjects[0].points) == count:
            low, high = self.submobjects[0].points[list(ends)]
            turn = complex(*(high - low)[:2]) / (before[1] - before[0])
            self._pose = (turn, complex(*low[:2]) - turn * before[0], float(low[2]))
        return self._pose

    @property
    def cap_height(self) -> float:
        """The height of its capitals in Manim units, as it is scaled now."""
        return abs(self._posed()[0])

    @property
    def baseline(self) -> NDArray[np.float64]:
        """The point where the first line's baseline begins."""
        _, start, z = self._posed()
        return np.array([start.real, start.imag, z])

    @property
    def color_hex(self) -> str:
        """Its colour now, "#RRGGBB"."""
        return self[0].get_fill_color().to_hex() if len(self) else self._ink

    def align_baseline(self, to: Label | ArrayLike | float) -> Label:
        """Move up or down until the first baseline is level with a label, a point or a height."""
        height = (
            to.baseline[1] if isinstance(to, Label) else np.ravel(to)[1 if np.size(to) > 1 else 0]
        )
        return self.shift((0, float(height) - self.baseline[1], 0))

    def center_on(self, point: ArrayLike) -> Label:
        """Put the middle of its text, from baseline to capitals' top, at a point (3,)."""
        turn, start, z = self._posed()
        wide, deep = self.extent
        middle = start + turn * complex(wide / 2, (1 - deep) / 2)
        return self.shift(np.asarray(point, dtype=float) - (middle.real, middle.imag, z))


class Number(Label):
    """A number in digits of equal width, which can change in place.

    decimals: digits after the point; sign: show a plus too.
    anchor: what stays where it is when the number grows longer.

    `number.animate.set_value(x)` counts from the old value to the new one.

    >>> Number(-0.305, decimals=1).set_value(2).text
    '2.0'
    """

    def __init__(
        self,
        value: float,
        *,
        decimals: int = 2,
        theme: Theme = LIGHT,
        size: str | float = "body",
        role: str | None = None,
        sign: bool = False,
        weight: Weight = "normal",
        mono: bool = False,
        anchor: Literal["left", "center", "right"] = "center",
    ) -> None:
        _one_of("anchor", anchor, ("left", "center", "right"))
        self.value, self.decimals, self.sign = float(value), decimals, sign
        self.anchor = anchor
        text = _signed(self.value, decimals, sign)
        super().__init__(text, theme=theme, size=size, role=role, weight=weight, mono=mono)

    def set_value(self, value: float) -> Number:
        """Show another value in the same place, size and style."""
        self.value = float(value)
        text = _signed(self.value, self.decimals, self.sign)
        if text == self.text:
            return self
        turn, start, z = self._posed()
        line = set_line(text, self.font, self.weight)
        wide = line.advance
        part = {"left": 0.0, "center": 0.5, "right": 1.0}[self.anchor]
        self._pose = (turn, start + turn * (self.extent[0] - wide) * part, z)
        self.text, self.extent = text, (wide, 0.0)
        self.submobjects = self._set(self.submobjects[0], list(line.glyphs))
        return self

    @override_animate(set_value)
    def _count_to(self, value: float, anim_args: dict[str, Any] | None = None) -> CountTo:
        return CountTo(self, value, **(anim_args or {}))


class CountTo(Animation):
    """Count a number from its value to another; every value passed on the way is printed true."""

    def __init__(self, number: Number, value: float, **animation: Any) -> None:
        self.start, self.end = number.value, float(value)
        super().__init__(number, **animation)

    def begin(self) -> None:
        """Count from the value of that moment, which earlier animations may have changed."""
        self.start = self.mobject.value
        super().begin()

    def interpolate_mobject(self, alpha: float) -> None:
        """Show the value that far along."""
        part = self.rate_func(alpha)
        self.mobject.set_value(
            self.end if part == 1 else self.start + (self.end - self.start) * part
        )


class Formula(MathTypst):
    """A formula in Typst's notation, set without LaTeX, sized and coloured like a label.

    source: what stands between the dollar signs in Typst; size and role as for Label.

    >>> Formula('"softmax"(Q K^T / sqrt(d_k)) V', size="title").source[:9]
    '"softmax"'
    """

    def __init__(
        self,
        source: str,
        *,
        theme: Theme = LIGHT,
        size: str | float = "body",
        role: str | None = None,
    ) -> None:
        self.source = _clean(source)
        self.role = role
        font_size = 48.0
        super().__init__(self.source, font_size=font_size, color=_ink(theme, role))
        self.scale(_cap(size, theme) / _formula_cap(font_size))


def format_number(value: float, decimals: int = 2) -> str:
    """Print a number with a true minus (U+2212) and never a negative zero.

    >>> format_number(-0.001, 2), format_number(-1.25, 2)
    ('0.00', '−1.25')
    """
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    text = f"{value:.{decimals}f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", "−")


def _signed(value: float, decimals: int, sign: bool) -> str:
    text = format_number(value, decimals)
    positive = sign and text[0] not in "−n" and float(f"{value:.{decimals}f}") != 0
    return f"+{text}" if positive else text


@lru_cache(maxsize=8)
def _formula_cap(font_size: float) -> float:
    """Measure how tall Typst draws a capital."""
    return float(MathTypst("upright(H)", font_size=font_size).height)


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    for character in text:
        if character != "\n" and unicodedata.category(character) in ("Cc", "Cs"):
            raise UsageError(
                f"the text {text[:40]!r} holds the control character U+{ord(character):04X}",
                "only printable characters, spaces and newlines can be drawn",
            )
    return text


def _one_of(what: str, given: str, allowed: tuple[str, ...]) -> None:
    if given not in allowed:
        raise UsageError(f"unknown {what} {given!r}", did_you_mean(str(given), allowed))


def _cap(size: str | float, theme: Theme) -> float:
    """Turn a size's name or a cap height in Manim units into the latter."""
    if isinstance(size, str):
        _one_of("size", size, ("small", "body", "title"))
        return float(getattr(theme.sizes, size))
    if not (math.isfinite(size) and size > 0):
        raise UsageError(
            f"a text size of {size}", "give a cap height above 0, or small, body, title"
        )
    return float(size)


def _ink(theme: Theme, role: str | None) -> str:
    plain = {None: theme.ink, "ink": theme.ink, "muted": theme.muted}
    return plain[role] if role in plain else theme.role(str(role)).ink


def _stacked(lines: list[Word], wide: float, align: str) -> Iterator[Outline]:
    """Lay lines under each other, in cap heights."""
    for row, line in enumerate(lines):
        indent = (wide - line.advance) / 2 if align == "center" else 0.0
        step = np.array([indent, -row * LINE_HEIGHT, 0.0])
        yield from (outline + step for outline in line.glyphs)


def _landmarks(outlines: list[Outline]) -> tuple[int, tuple[int, int], tuple[complex, complex]]:
    """Pick the first glyph's lowest and highest points: how many it has, which two, and where."""
    if not outlines:
        return -1, (0, 0), (0j, 0j)
    points = outlines[0]
    low, high = int(points[:, 1].argmin()), int(points[:, 1].argmax())
    return len(points), (low, high), (complex(*points[low, :2]), complex(*points[high, :2]))


@lru_cache(maxsize=256)
def _style(ink: str) -> Glyph:
    """Make the pattern that glyphs of one colour are cloned from; it is never drawn or changed."""
    return Glyph(fill_color=ink, fill_opacity=1, stroke_width=0)


def _clone(style: Glyph, points: Outline) -> Glyph:
    """Make a glyph like another without what Manim's constructor (0.15 ms) or deep copy costs."""
    glyph = Glyph.__new__(Glyph)
    glyph.__dict__ = {
        name: value.copy() if type(value) in (np.ndarray, list) else value
        for name, value in vars(style).items()
    }
    glyph.points = points
    return glyph
