"""A number with as many decimals as tell something: more where it is small, fewer where large."""

from __future__ import annotations

from typing import Any

from manim import override_animate

from mlanim.primitives.moving_values import MovingValues, moving_number
from mlanim.primitives.text import Number, format_number

__all__ = ["PlainNumber", "decimals_of", "plain_number"]


def decimals_of(value: float) -> int:
    """How many decimals are worth printing.

    >>> [decimals_of(v) for v in (0.0123, 0.5, -12.3, 1234.0)]
    [3, 2, 1, 0]
    """
    size = abs(value)
    return 3 if 0.0005 <= size < 0.0995 else 2 if size < 9.995 else 1 if size < 99.95 else 0


def plain_number(value: float) -> str:
    """The number as it is printed.

    >>> plain_number(-3.0), plain_number(0.0123), plain_number(2016.7)
    ('−3.00', '0.012', '2017')
    """
    return format_number(value, decimals_of(value))


class PlainNumber(Number):
    """A number that changes its decimals with its size.

    >>> number = PlainNumber(2.0)
    >>> number.set_value(250.0).text
    '250'
    """

    def __init__(self, value: float, **style: Any) -> None:
        super().__init__(value, decimals=decimals_of(value), **style)

    def set_value(self, value: float) -> Number:
        """Show another value in the same place."""
        self.decimals = decimals_of(float(value))
        return super().set_value(value)

    @override_animate(set_value)
    def _count_to(self, value: float, anim_args: dict[str, Any] | None = None) -> MovingValues:
        return moving_number(self, "value", value, anim_args)
