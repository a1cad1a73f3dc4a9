"""The arrays that this subject's training wrote, beside the models that read them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

__all__ = ["WEIGHTS", "learned_arrays"]

WEIGHTS = files(__package__) / "weights"


@cache
def learned_arrays(name: str) -> dict[str, NDArray]:
    """Arrays of one file by name; stored as float16, returned as float64.

    >>> learned_arrays("experts")["router"].dtype
    dtype('float64')
    """
    with (WEIGHTS / f"{name}.npz").open("rb") as file, np.load(file, allow_pickle=False) as stored:
        arrays = {key: stored[key] for key in stored.files}
    return {k: a.astype(float) if a.dtype == np.float16 else a for k, a in arrays.items()}
