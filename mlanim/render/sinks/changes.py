"""What changed from one frame to the next, as the smallest rectangle around it."""

from __future__ import annotations

import numpy as np

__all__ = ["changed_rectangle"]


def changed_rectangle(before: np.ndarray | None, after: np.ndarray) -> tuple[slice, slice] | None:
    """Rows and columns that hold every difference; None when there is none.

    Args:
        before: (height, width, 4) uint8, C-contiguous, or None for nothing yet.
        after: of the same shape.

    >>> a = np.zeros((4, 6, 4), np.uint8); b = a.copy(); b[1, 2:4] = 9
    >>> changed_rectangle(a, b)
    (slice(1, 2, None), slice(2, 4, None))
    """
    height, width = after.shape[:2]
    if before is None:
        return slice(0, height), slice(0, width)
    differs = before.view(np.uint32)[..., 0] != after.view(np.uint32)[..., 0]
    rows = np.flatnonzero(differs.any(axis=1))
    if not len(rows):
        return None
    columns = np.flatnonzero(differs[rows[0] : rows[-1] + 1].any(axis=0))
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)
