"""How high a text's capitals are, measured on what is drawn.

mlanim's labels know it. Of Manim's texts only the glyphs are there: of letters whose height is
known in cap heights the median is taken, so that accents, descenders and overshoot do not count.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import MarkupText, Mobject, SingleStringMathTex, Text, Typst

from mlanim.primitives.text import Label
from mlanim.review.picture import Array

__all__ = ["cap_height"]

# Letters of one height, and that height in cap heights, in a common sans.
_HEIGHTS = (
    ("ABCDEFGHIKLMNPRSTUVWXYZ0123456789", 1.0),
    ("bdfhkl", 1.05),
    ("acemnorsuvwxz", 0.72),
    ("gpqy", 0.98),
)
_TEXT_CAP = 0.0101  # units for each point of a text's font size
_FORMULA_CAP = 0.0069  # units for each point of a formula's font size
_SIGN = 1.4  # cap heights of a bracket, the tallest sign that a formula may have most of
_TALLEST = 1.1  # of the cap height, where nothing tells which glyph is which letter


def cap_height(text: Mobject, words: str, glyphs: Array, scale: float) -> float:
    """Units of the frame whose shorter side is 8.

    Args:
        text: the whole text; words: what it says; glyphs: boxes (n, 4) of all of its glyphs.
        scale: units of the frame for a Manim unit.
    """
    heights = glyphs[:, 3] - glyphs[:, 1]
    if isinstance(text, Label):
        return float(text.cap_height) * scale
    if isinstance(text, SingleStringMathTex | Typst):
        sized: Any = text  # what it was transformed into has other glyphs than it knows of
        return max(float(sized.font_size) * _FORMULA_CAP * scale, float(np.median(heights)) / _SIGN)
    letters = [letter for letter in words if not letter.isspace()]
    if len(letters) == len(heights):
        for group, share in _HEIGHTS:
            known = [
                height for letter, height in zip(letters, heights, strict=True) if letter in group
            ]
            if known:
                return float(np.median(known)) / share
    if isinstance(text, Text | MarkupText) and not any(map(str.isalnum, letters)):
        return float(text.font_size) * _TEXT_CAP * scale  # signs are as low as they like
    return float(heights.max()) / _TALLEST
