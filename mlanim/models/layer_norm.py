"""Layer normalisation: each row gets mean 0 and variance 1, then a learned gain and bias."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["LayerNorm", "layer_norm"]

_EPSILON = 1e-5  # PyTorch's


@dataclass(frozen=True)
class LayerNorm:
    """The gain and the bias (d,), each a learned vector."""

    gain: NDArray
    bias: NDArray

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray], prefix: str) -> LayerNorm:
        """Read them by PyTorch's names, such as prefix "norm."."""
        return cls(arrays[f"{prefix}weight"], arrays[f"{prefix}bias"])

    def __call__(self, rows: NDArray) -> NDArray:
        """Normalise each row of (T, d)."""
        return layer_norm(rows) * self.gain + self.bias


def layer_norm(rows: NDArray) -> NDArray:
    """Each row less its mean, over its standard deviation. Ba et al. 2016 (arXiv 1607.06450).

    >>> layer_norm(np.array([[1.0, 3.0]])).round(3).tolist()
    [[-1.0, 1.0]]
    """
    centred = rows - rows.mean(axis=-1, keepdims=True)
    return centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + _EPSILON)
