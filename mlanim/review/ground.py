"""The ground on which a mobject can be seen in its own colours."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import ImageMobject, Mobject

from mlanim.colour import contrast, from_hex, mix
from mlanim.review.picture import VISIBLE, Array
from mlanim.theme import DARK, LIGHT

__all__ = ["ground_for"]

_ENOUGH = 3.0  # contrast that shapes need, say the accessibility guidelines
_COVERS = 0.9  # opacity from which a fill is the ground of what lies upon it
# In this order: the page's own colour first. On the grey, white and black are seen alike.
_GROUNDS = (LIGHT.surface, DARK.surface, "#000000", "#767676")


def ground_for(mobject: Mobject) -> str:
    """The surface of its theme; of what has none, the first ground on which all of it is seen.

    Where there is none such (marks in every shade), the one on which the faintest is seen best.

    >>> from manim import BLACK, Dot, RIGHT, Square, VGroup
    >>> ground_for(Dot(color=BLACK)), ground_for(Square()) == DARK.surface
    ('#FFFFFF', True)
    >>> ground_for(VGroup(Square(), Dot(2 * RIGHT, color=BLACK)))
    '#767676'
    """
    for part in mobject.get_family():
        theme: Any = getattr(part, "theme", None)
        if hasattr(theme, "surface"):
            return str(theme.surface)
    inks = _inks(mobject)
    if not inks:
        return _GROUNDS[0]
    faintest = {ground: min(_seen(ink, ground) for ink in inks) for ground in _GROUNDS}
    good = next((ground for ground in _GROUNDS if faintest[ground] >= _ENOUGH), None)
    return good or max(faintest, key=lambda ground: faintest[ground])


def _inks(mobject: Mobject) -> list[Array]:
    """Colours with their opacity (4,) of what stands on the ground itself.

    What lies within a filled shape that was drawn before has that one for its ground.
    """
    inks: list[Array] = []
    plates: list[tuple[Array, Array]] = []
    for part in sorted(mobject.get_family(), key=lambda part: part.z_index):
        is_image = isinstance(part, ImageMobject)
        ink = None if is_image or not len(part.points) else _ink(part)
        if ink is None and not is_image:
            continue
        low, high = part.points.min(axis=0)[:2], part.points.max(axis=0)[:2]
        if any((a - 1e-6 <= low).all() and (high <= b + 1e-6).all() for a, b in plates):
            continue
        if ink is not None:
            inks.append(ink)
        if is_image or (not hasattr(part, "rgbas") and part.get_fill_opacity() > _COVERS):
            plates.append((low, high))
    return inks


def _ink(part: Any) -> Array | None:
    """The stronger of a mobject's fill and stroke, or none of both."""
    if hasattr(part, "rgbas"):  # a cloud of points
        return np.asarray(part.rgbas[0], float)
    drawn = part.get_stroke_opacity() if part.get_stroke_width() > 0 else 0.0
    fill = np.array([*part.get_fill_color().to_rgb(), part.get_fill_opacity()])
    stroke = np.array([*part.get_stroke_color().to_rgb(), drawn])
    strongest = max((fill, stroke), key=lambda ink: float(ink[3]))
    return strongest if strongest[3] > VISIBLE else None


def _seen(ink: Array, ground: str) -> float:
    """The contrast of an ink, as opaque as it is, with a ground."""
    below = from_hex(ground)
    return float(contrast(mix(below, ink[:3], float(ink[3])), below))
