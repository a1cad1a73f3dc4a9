"""How opaque each part of a mobject is, remembered, so that a share of it can be shown."""

from __future__ import annotations

from manim import Mobject

__all__ = ["Opacities"]


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
        parts = [part for part in mobject.get_family() if hasattr(part, "fill_rgbas")]
        self.parts = [(p, p.fill_rgbas[:, 3].copy(), p.stroke_rgbas[:, 3].copy()) for p in parts]
        images = [part for part in mobject.get_family() if hasattr(part, "pixel_array")]
        self.images = [(image, image.pixel_array[:, :, 3].copy()) for image in images]

    def show(self, share: float) -> None:
        """Give every part this share (0 to 1) of its own opacity."""
        for part, fill, stroke in self.parts:
            # Colours may have changed since, opacities only by this.
            part.fill_rgbas[:, 3] = fill * share
            part.stroke_rgbas[:, 3] = stroke * share
        for image, alpha in self.images:
            image.pixel_array[:, :, 3] = (alpha * share).astype(image.pixel_array.dtype)
