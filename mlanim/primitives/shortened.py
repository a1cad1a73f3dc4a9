"""A text that is cut where there is no room for all of it."""

from __future__ import annotations

from typing import Any

from mlanim.primitives.label import Label

__all__ = ["shortened"]


def shortened(text: str, width: float, **style: Any) -> str:
    """As much of the text as a label of that style has room for in so many units, and "…".

    >>> shortened("petal", 9), shortened("petal length in centimetres", 2).endswith("…")
    ('petal', True)
    """
    if not text or Label(text, **style).width <= width:
        return text
    least, most = 0, len(text) - 1  # letters that fit, and that may
    while least < most:
        tried = (least + most + 1) // 2
        if Label(text[:tried].rstrip() + "…", **style).width <= width:
            least = tried
        else:
            most = tried - 1
    return text[:least].rstrip() + "…"
