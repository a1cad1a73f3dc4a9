"""A vector in a given width: as many cells as can be told apart, then three dots."""

from __future__ import annotations

from typing import Any

from mlanim.primitives.tensor_box import TensorBox

__all__ = ["short_vector"]

_NARROWEST = 0.2  # units: a cell


def short_vector(
    values: Any, *, width: float, height: float = 0.34, cell: float = _NARROWEST, **style: Any
) -> TensorBox:
    """A vector (d,) as a row `width` units long: cells, no numbers, "⋯" for what is not drawn.

    cell: the narrowest that a cell may be, in units. The page has to say how many there are.

    >>> box = short_vector([0.5] * 32, width=1.6)
    >>> len(box.shown_values), len(box.ellipsis), len(box.values)
    (7, 3, 32)
    """
    room = max(2, int(width / cell + 1e-6))
    d = len(values)
    bare: dict[str, Any] = {"orientation": "row", "numbers": False, "shape_label": False}
    return TensorBox(
        values,
        cell=width / min(d, room),
        cell_height=height,
        shown=None if d <= room else room,
        **(bare | style),
    )
