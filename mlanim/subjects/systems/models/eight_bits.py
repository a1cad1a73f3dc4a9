"""Numbers in eight bits: r = S (q - Z), with one scale S and one zero point Z for a tensor.

Jacob et al. 2018, "Quantization and training of neural networks for efficient integer-arithmetic-
only inference": equations 1 (the numbers), 4 to 6 (the products) and section 2.4 (the bias).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlanim.errors import UsageError

__all__ = ["Multiplier", "Quantised", "Range", "multiplier_of", "quantise", "range_of", "rescale"]

LOWEST, HIGHEST = -128, 127


@dataclass(frozen=True)
class Range:
    """scale: what a step of the whole number is worth. zero: the whole number that means 0."""

    scale: float
    zero: int

    def whole(self, values: ArrayLike) -> NDArray:
        """The nearest eight-bit numbers; what lies beyond the range becomes its end."""
        steps = np.rint(np.asarray(values, float) / self.scale) + self.zero
        return np.clip(steps, LOWEST, HIGHEST).astype(np.int8)

    def real(self, whole: ArrayLike) -> NDArray:
        """What they mean."""
        return self.scale * (np.asarray(whole, float) - self.zero)


@dataclass(frozen=True)
class Quantised:
    """A tensor in eight bits, and how it is read."""

    whole: NDArray
    range: Range

    @property
    def real(self) -> NDArray:
        """What its numbers mean."""
        return self.range.real(self.whole)


@dataclass(frozen=True)
class Multiplier:
    """A factor below 1 as whole * 2^-shift, with 2^30 <= whole < 2^31 (equation 6)."""

    whole: int
    shift: int


def range_of(least: float, most: float) -> Range:
    """The range of 256 numbers from least to most, which holds 0 exactly.

    >>> range_of(0.0, 1.0).zero, round(1 / range_of(0.0, 1.0).scale)
    (-128, 255)
    """
    least, most = min(0.0, float(least)), max(0.0, float(most))
    if not most > least:
        raise UsageError("a range of no width", "there must be a value other than 0")
    scale = (most - least) / (HIGHEST - LOWEST)
    return Range(scale, round(LOWEST - least / scale))


def quantise(values: NDArray) -> Quantised:
    """A tensor by its own least and greatest value; each is off by at most half a step.

    >>> quantise(np.array([-1.0, 0.0, 2.0])).whole.tolist()
    [-128, -43, 127]
    """
    found = range_of(values.min(), values.max())
    return Quantised(found.whole(values), found)


def multiplier_of(factor: float) -> Multiplier:
    """The nearest such number to a factor between 0 and 1.

    >>> made = multiplier_of(0.3)
    >>> round(made.whole * 2.0**-made.shift, 9)
    0.3
    """
    if not 0 < factor < 1:
        raise UsageError(f"a factor of {factor:g}", "it lies between 0 and 1")
    part, power = np.frexp(factor)  # factor = part * 2^power, 0.5 <= part < 1
    whole, shift = round(float(part) * 2**31), 31 - int(power)
    return Multiplier(whole // 2, shift - 1) if whole == 2**31 else Multiplier(whole, shift)


def rescale(sums: NDArray, factor: Multiplier) -> NDArray:
    """Sums of 32 bits times the factor, to the nearest whole number, in whole numbers alone.

    >>> rescale(np.array([100, -7], np.int32), multiplier_of(0.25)).tolist()
    [25, -2]
    """
    product = sums.astype(np.int64) * factor.whole
    return (product + (1 << (factor.shift - 1))) >> factor.shift
