"""Where captions stand in a picture: the frame grows by a strip, and the page keeps its size.

So scenes are laid out on pages of shapes for which they are made, and nothing lies under captions.
"""

from __future__ import annotations

__all__ = ["Rectangle", "burnt_frame", "burnt_page", "burnt_strip"]

Rectangle = tuple[float, float, float, float]  # left, bottom, width, height; units, origin centred

_SHORT = 8.0  # units of the page's shorter side
_STRIP, _STRIP_OF_NARROW = 1.05, 1.75  # units: two lines, and four
_WIDE, _UPRIGHT = 1.2, 1 / 1.2  # width by height
# Of an upright frame players cover the lowest part with their words and bars, and the right edge
# above that with their buttons.
_LOWER, _RIGHT = 0.19, 0.11


def burnt_frame(width: float, height: float) -> tuple[float, float]:
    """The units of a frame of that shape, whose page then has the usual ones.

    >>> burnt_frame(16, 9) == (9.05 * 16 / 9, 9.05)
    True
    """
    ratio = width / height
    page = _SHORT if ratio < _UPRIGHT or ratio >= 1 else _SHORT / ratio
    high = (page + _strip(ratio)) / (1 - _lower(ratio))
    high = max(high, _SHORT / min(ratio, 1))  # an upright page needs no more than a square
    return high * ratio, high


def burnt_page(width: float, height: float) -> Rectangle:
    """The page of such a frame: of the same shape, or in an upright one a square."""
    ratio = width / height
    left_over = height * (1 - _lower(ratio)) - _strip(ratio)
    if ratio < _UPRIGHT:
        side = min(width, left_over)
        top = height / 2 - (left_over - side) / 2
        return -side / 2, top - side, side, side
    wide = left_over * ratio
    return -wide / 2, height / 2 - left_over, wide, left_over


def burnt_strip(width: float, height: float) -> Rectangle:
    """The strip below the page, above and left of what players cover."""
    ratio = width / height
    _, bottom, _, _ = burnt_page(width, height)
    side = _RIGHT * width if ratio < _UPRIGHT else 0.0
    return -width / 2 + side, bottom - _strip(ratio), width - 2 * side, _strip(ratio)


def _strip(ratio: float) -> float:
    return _STRIP if ratio > _WIDE else _STRIP_OF_NARROW


def _lower(ratio: float) -> float:
    return _LOWER if ratio < _UPRIGHT else 0.0
