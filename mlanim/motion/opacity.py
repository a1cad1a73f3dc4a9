"""How opaque each part of a mobject is, remembered, so that a share of it can be shown."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Mobject

__all__ = ["Opacities"]

_NUMBERS = np.dtype(float)


class Opacities:
    """The fill and stroke opacities of a whole family, as they are now.

    `mobject.set_opacity` would fill what has no fill; this keeps each part's own measure.

    >>> from manim import Square
    >>> square = Square(fill_opacity=0.8)
    >>> Opacities(square).show(0.5)
    >>> float(square.get_fill_opacity()), float(square.get_stroke_opacity())
    (0.4, 0.5)
    """

    def __init__(self, mobject: Mobject) -> None:
        family = mobject.get_family()
        parts = [part for part in family if hasattr(part, "fill_rgbas")]
        # Of glyphs there are thousands, each of one colour: theirs are told for all at once.
        self.plain: list[Any] = []
        self.graded: list[tuple[Any, np.ndarray, np.ndarray]] = []
        fills, strokes = [], []
        for part in parts:
            fill, stroke = part.fill_rgbas, part.stroke_rgbas
            if len(fill) == 1 == len(stroke) and fill.dtype == stroke.dtype == _NUMBERS:
                self.plain.append(part)
                fills.append(fill[0, 3])
                strokes.append(stroke[0, 3])
            else:
                self.graded.append((part, fill[:, 3].copy(), stroke[:, 3].copy()))
        self.fills, self.strokes = np.array(fills), np.array(strokes)
        images = [part for part in family if hasattr(part, "pixel_array")]
        self.images = [(image, image.pixel_array[:, :, 3].copy()) for image in images]

    def show(self, share: float) -> None:
        """Give every part this share (0 to 1) of its own opacity."""
        # Colours may have changed since, opacities only by this.
        fills, strokes = (self.fills * share).tolist(), (self.strokes * share).tolist()
        for part, fill, stroke in zip(self.plain, fills, strokes, strict=True):
            part.fill_rgbas[:, 3] = fill
            part.stroke_rgbas[:, 3] = stroke
        for part, shades, lines in self.graded:
            part.fill_rgbas[:, 3] = shades * share
            part.stroke_rgbas[:, 3] = lines * share
        for image, alpha in self.images:
            image.pixel_array[:, :, 3] = (alpha * share).astype(image.pixel_array.dtype)
