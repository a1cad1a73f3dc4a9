"""The trained weights that the package carries, and how well each set translates."""

from __future__ import annotations

import json
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

__all__ = ["held_out_accuracy", "known_accuracy", "load_arrays"]

FOLDER = files("mlanim.models") / "weights"


def load_arrays(name: str) -> dict[str, NDArray]:
    """Arrays of one trained model by name: stored as float16, returned as float64; words as text.

    In double precision the last digit on screen is the same on every machine.

    >>> load_arrays("gru-bahdanau")["output.weight"].dtype
    dtype('float64')
    """
    with (FOLDER / f"{name}.npz").open("rb") as file, np.load(file, allow_pickle=False) as stored:
        arrays = {key: stored[key] for key in stored.files}
    return {
        key: array.astype(np.float64) if array.dtype == np.float16 else array
        for key, array in arrays.items()
    }


def held_out_accuracy(cell: str, attention: str) -> dict:
    """What training measured on sentences it had not seen, with the weights as shipped.

    Keys: "sentences" (how many), "exact" (share that is right to the last word), "exact_by_words"
    (the same by the number of French words, such as "6-10") and, with attention, "alignment": the
    share of English words that attend most to the French word they come from.

    >>> held_out_accuracy("gru", "bahdanau")["exact"] >= 0.99
    True
    """
    return known_accuracy(f"{cell}-{attention}")


def known_accuracy(name: str) -> dict:
    """What training measured of a model, by its file's name; keys differ from kind to kind."""
    return json.loads((FOLDER / "accuracy.json").read_text(encoding="utf-8"))[name]
