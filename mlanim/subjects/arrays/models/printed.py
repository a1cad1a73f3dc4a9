"""How the cells of an array are printed: as exactly as their room allows, all in one manner."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

__all__ = ["printed"]

_LONGEST = 7  # signs
_DECIMALS = 2


def printed(values: NDArray, longest: int = _LONGEST) -> list[str]:
    """Each cell in C order; whole numbers without a point, others with two decimals at most.

    Decimals that are zero in all cells are left out; what is too long has three figures.

    >>> printed(np.array([1, -20])), printed(np.array([0.5, 2.0])), printed(np.array([True]))
    (['1', '−20'], ['0.5', '2.0'], ['True'])
    >>> printed(np.array([1e9, 0.001])), printed(np.array([np.nan, -np.inf]))
    (['1e9', '1e−3'], ['nan', '−inf'])
    """
    cells = np.asarray(values).ravel()
    if cells.dtype.kind == "b":
        return [str(bool(cell)) for cell in cells]
    if cells.dtype.kind in "iu":
        return [_whole(int(cell), longest) for cell in cells]
    finite = cells[np.isfinite(cells)]
    if finite.size and _fits(finite, longest):
        decimals = next(
            (
                n
                for n in range(_DECIMALS)
                if np.allclose(finite, finite.round(n), rtol=0, atol=1e-9)
            ),
            _DECIMALS,
        )
        return [_real(float(cell), max(decimals, 1)) for cell in cells]
    return [_short(float(cell)) for cell in cells]


def _fits(finite: NDArray, longest: int) -> bool:
    """Whether two decimals tell them, in the room that there is."""
    largest, small = float(np.abs(finite).max()), np.abs(finite[finite != 0])
    told = not small.size or float(small.min()) >= 0.005 or float(small.min()) < 1e-9
    return told and len(f"{largest:.1f}") + 1 <= longest


def _whole(value: int, longest: int) -> str:
    text = str(value)
    return text.replace("-", "−") if len(text) <= longest else _short(value)


def _real(value: float, decimals: int) -> str:
    if not math.isfinite(value):
        return str(value).replace("-", "−")
    text = f"{value:.{decimals}f}"
    return (text.lstrip("-") if float(text) == 0 else text).replace("-", "−")


def _short(value: float) -> str:
    """Three figures: 1.23e5 where a plain number would be longer."""
    if not math.isfinite(value):
        return str(value).replace("-", "−")
    if value == 0:
        return "0"
    if 0.01 <= abs(value) < 1000:
        return f"{value:.3g}".replace("-", "−")
    mantissa, _, power = f"{float(value):.2e}".partition("e")
    mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}e{int(power)}".replace("-", "−")
