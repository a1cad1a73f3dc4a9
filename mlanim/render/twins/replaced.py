"""Replacing an attribute for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["replaced"]


@contextmanager
def replaced(owner: Any, name: str, replacement: Any) -> Iterator[Any]:
    """Replace an attribute of a class or module until the block ends, however it ends.

    What somebody else has put there meanwhile stays.

    >>> import math
    >>> with replaced(math, "pi", 3):
    ...     math.pi
    3
    """
    original = vars(owner)[name]
    setattr(owner, name, replacement)
    try:
        yield original
    finally:
        if vars(owner).get(name) is replacement:
            setattr(owner, name, original)
