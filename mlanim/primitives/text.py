"""What scenes write: labels, numbers and formulas, sized by cap height and coloured by role.

>>> from mlanim.primitives.text import format_number
>>> format_number(-0.305, 1)
'−0.3'
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, Literal

from manim import MathTypst, override_animate

from mlanim.errors import UsageError
from mlanim.primitives.glyphs import Weight, set_line
from mlanim.primitives.label import Glyph, Label, cap_of, clean, ink_of, one_of
from mlanim.primitives.moving_values import MovingValues, moving_number
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["Formula", "Glyph", "Label", "Number", "format_number", "shortened"]


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
        one_of("anchor", anchor, ("left", "center", "right"))
        self.value, self.decimals, self.sign = float(value), decimals, sign
        self.anchor = anchor
        self._placed: tuple[Any, complex, float] | None = None  # pose; first start and width
        text = AsIs(_signed(self.value, decimals, sign))
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
        if self._placed is None or self._placed[0] != self._pose:  # something else has moved it
            self._placed = self._pose, start, self.extent[0]
        _, first, width = self._placed  # of which it goes out each time, so that it cannot drift
        self._pose = (turn, first + turn * (width - wide) * part, z)
        self._placed = self._pose, first, width
        self.text, self.extent = text, (wide, 0.0)
        self.submobjects = self._set(self.submobjects[0], list(line.glyphs))
        return self

    @override_animate(set_value)
    def _count_to(self, value: float, anim_args: dict[str, Any] | None = None) -> MovingValues:
        """Every value passed on the way is printed true."""
        return moving_number(self, "value", value, anim_args)


class Formula(MathTypst):
    """A formula in Typst's notation, what stands between its dollar signs, set without LaTeX.

    size and role as for Label: the capitals of both are equally tall. Typst brings its own math
    font, and asks neither the network nor the system. For example::

        Formula('"softmax"((Q K^T) / sqrt(d_k)) V', size="title", role="score")

    UsageError for an unknown size or role, and for what Typst cannot read.
    """

    def __init__(
        self,
        source: str,
        *,
        theme: Theme = LIGHT,
        size: str | float = "body",
        role: str | None = None,
    ) -> None:
        self.source = clean(source)
        self.role = role
        try:
            super().__init__(self.source, color=ink_of(theme, role))
        except RuntimeError as error:  # typst.TypstError is one
            raise UsageError(
                f"the formula {source!r} is not Typst's notation", str(error)
            ) from None
        self.scale(cap_of(size, theme) / _formula_cap())


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


def shortened(text: str, width: float, **style: Any) -> str:
    """As much of the text as a label of that style has room for in so many units, and "…".

    >>> shortened("petal", 9), shortened("petal length in centimetres", 2).endswith("…")
    ('petal', True)
    """
    theme = style.get("theme", LIGHT)
    if not style.get("mono"):
        text = theme.words.said(text, "label", f"{width:.1f} wide")
    if not text or Label(AsIs(text), **style).width <= width:
        return text
    least, most = 0, len(text) - 1  # letters that fit, and that may
    while least < most:
        tried = (least + most + 1) // 2
        if Label(AsIs(text[:tried].rstrip() + "…"), **style).width <= width:
            least = tried
        else:
            most = tried - 1
    return AsIs(text[:least].rstrip() + "…")


def _signed(value: float, decimals: int, sign: bool) -> str:
    text = format_number(value, decimals)
    positive = sign and text[0] not in "−n" and float(f"{value:.{decimals}f}") != 0
    return f"+{text}" if positive else text


@lru_cache(maxsize=1)
def _formula_cap() -> float:
    """Measure how tall Typst draws a capital in Manim's default size."""
    return float(MathTypst("upright(H)").height)
