"""Traces made by hand from published figures: ranks after each of six layers, nothing else.

Alammar 2021, "Finding the words to say: hidden state visualizations for language models".
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from mlanim.subjects.thoughts.models.thought_file import write_thoughts
from mlanim.subjects.thoughts.models.thoughts import Thoughts

LONDON = (816, 275, 139, 65, 37, 1)
CABINET = {" is": (19, 15, 16, 14, 9, 12), " are": (121, 109, 64, 24, 16, 1)}


def _last(ranks: np.ndarray, count: int) -> np.ndarray:
    """Ranks (L, ...) of the last of so many positions; of the others none is known."""
    whole = np.zeros((len(ranks), count, *ranks.shape[1:]), dtype=int)
    whole[:, -1] = ranks
    return whole


def london(folder: Path) -> Path:
    """The word that comes after "Heathrow is in"."""
    tokens = ("Heathrow", " is", " in")
    ranks = _last(np.array(LONDON), 3)
    thoughts = Thoughts(tokens, said=("", "", " London"), said_ranks=ranks)
    return write_thoughts(thoughts, folder / "london.npz")


def cabinet(folder: Path) -> Path:
    """Two words after "The keys to the cabinet"."""
    tokens = ("The", " keys", " to", " the", " cabinet")
    ranks = _last(np.array(list(CABINET.values())).T, 5)
    thoughts = Thoughts(tokens, asked=tuple(CABINET), asked_ranks=ranks)
    return write_thoughts(thoughts, folder / "cabinet.npz")
