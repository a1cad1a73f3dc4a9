"""Sliding windows: a position sees the last few only, and further back through the layers below.

Beltagy et al. 2020, "Longformer", arXiv 2004.05150, section 3.1; Jiang et al. 2023, "Mistral 7B",
arXiv 2310.06825, section 2 (the rolling cache).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.models.token_stack import TokenStack
from mlanim.models.transformer_layer import EncoderTrace

__all__ = ["reach_down", "read_in_windows", "rolling_slots", "window_mask"]


def window_mask(size: int, window: int) -> NDArray:
    """(size, size) bool: a position sees itself and the window - 1 before it.

    >>> window_mask(3, 2).astype(int).tolist()
    [[1, 0, 0], [1, 1, 0], [0, 1, 1]]
    """
    if window < 1:
        raise UsageError(f"a window of {window}", "a position sees itself at least: give 1 or more")
    places = np.arange(size)
    back = places[:, None] - places
    return (back >= 0) & (back < window)


def read_in_windows(
    model: TokenStack, words: Sequence[int], window: int
) -> tuple[EncoderTrace, ...]:
    """The layers of a model over T words, where each position sees its window alone."""
    tokens, positions, _ = model.embed(words)
    mask = window_mask(len(words), window)
    x, traces = tokens + positions, []
    for layer in model.layers:
        traces.append(layer(x, mask=mask))
        x = traces[-1].output
    return tuple(traces)


def reach_down(attention: NDArray, position: int) -> NDArray:
    """From where a position of the topmost layer takes, (L + 1, T), row 0 the words themselves.

    attention: (L, H, T, T). Each row sums to 1: the flow of `mlanim.models.rollout`, followed from
    the top. What cannot be reached is exactly 0.

    >>> one = np.array([[1.0, 0.0], [0.5, 0.5]])
    >>> reach_down(np.stack([one, one])[:, None], 1).tolist()
    [[0.4375, 0.5625], [0.25, 0.75], [0.0, 1.0]]
    """
    size = attention.shape[-1]
    flow = np.eye(size)[position]
    rows = [flow]
    for layer in attention.mean(axis=1)[::-1]:
        flow = flow @ (0.5 * layer + 0.5 * np.eye(size))
        rows.append(flow)
    return np.stack(rows[::-1])


def rolling_slots(read: int, window: int) -> NDArray:
    """Which token each of `window` places of the cache holds after `read` tokens; -1 is none.

    Token t stands at place t mod window, where token t - window stood before.

    >>> rolling_slots(5, 3).tolist(), rolling_slots(2, 3).tolist()
    ([3, 4, 2], [0, 1, -1])
    """
    slots = np.full(window, -1)
    for token in range(read):
        slots[token % window] = token
    return slots
