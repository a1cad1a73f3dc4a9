"""Positional codes: sines and cosines that tell an attention layer where each token stands."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError, did_you_mean

__all__ = ["FORMS", "PositionForm", "angles", "sinusoidal"]

PositionForm = Literal["interleaved", "split"]
FORMS = ("interleaved", "split")


def angles(count: int, width: int, form: PositionForm = "interleaved") -> NDArray:
    """The angle (count, width // 2) of each position for each pair of sine and cosine.

    interleaved: position / 10000^(2i / width), Vaswani et al. 2017 (arXiv 1706.03762), section 3.5.
    split: position / 10000^(i / (width / 2 - 1)), as the library tensor2tensor computed it.

    Raises UsageError for an odd width, one below 4 with "split", or an unknown form.
    """
    if form not in FORMS:
        raise UsageError(f"no positional code {form!r}", did_you_mean(str(form), FORMS))
    least = 4 if form == "split" else 2
    if width < least or width % 2:
        raise UsageError(f"a positional code {width} wide", f"even widths from {least} are allowed")
    pair = np.arange(width // 2)
    exponent = 2 * pair / width if form == "interleaved" else pair / (width // 2 - 1)
    return np.arange(count)[:, None] / 10000.0**exponent


def sinusoidal(count: int, width: int, form: PositionForm = "interleaved") -> NDArray:
    """One code (a row) for each position: (count, width), values from -1 to 1.

    interleaved: sine, cosine, sine, cosine, ... (the paper's). split: all sines, then all cosines
    (the illustrated article's). The two order their columns and space their wavelengths
    differently; the idea is one.

    >>> sinusoidal(2, 4)[1].round(4).tolist()
    [0.8415, 0.5403, 0.01, 1.0]
    >>> sinusoidal(2, 4, "split")[1].round(4).tolist()
    [0.8415, 0.0001, 0.5403, 1.0]
    """
    angle = angles(count, width, form)
    waves = [np.sin(angle), np.cos(angle)]
    if form == "split":
        return np.concatenate(waves, axis=1)
    return np.stack(waves, axis=2).reshape(count, width)
