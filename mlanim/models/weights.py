"""Trained weights, which lie beside the models that read them, and how well each set does."""

from __future__ import annotations

import json
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

__all__ = ["known_accuracy", "load_arrays"]


def load_arrays(room: str, name: str) -> dict[str, NDArray]:
    """Arrays of one trained model: stored as float16, returned as float64; words as text.

    In double precision the last digit on screen is the same on every machine.

    Args:
        room: the package in whose folder `weights` the file lies; a model's own `__package__`.
        name: the file's name without its ending.

    >>> load_arrays("mlanim.models", "masked-model")["follows.weight"].dtype
    dtype('float64')
    """
    path = files(room) / "weights" / f"{name}.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
        arrays = {key: stored[key] for key in stored.files}
    return {
        key: array.astype(np.float64) if array.dtype == np.float16 else array
        for key, array in arrays.items()
    }


def known_accuracy(room: str, name: str) -> dict:
    """What training measured of a model, by its file's name; keys differ from kind to kind.

    >>> sorted(known_accuracy("mlanim.models.language_model", "language-model"))
    ['loss', 'sensible', 'tales']
    """
    path = files(room) / "weights" / "accuracy.json"
    return json.loads(path.read_text(encoding="utf-8"))[name]
