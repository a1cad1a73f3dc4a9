"""NumPy's products as Einstein writes them, so that one film and one proof serve them all."""

from __future__ import annotations

import string

from numpy.typing import NDArray

__all__ = ["product_subscripts"]


def product_subscripts(name: str, a: NDArray, b: NDArray) -> str:
    """The subscripts of dot, matmul, inner, outer or vdot; "" where a number is a factor.

    >>> import numpy as np
    >>> product_subscripts("matmul", np.ones((2, 3)), np.ones((3, 4)))
    'ab,bc->ac'
    >>> product_subscripts("dot", np.ones(3), np.ones((3, 2)))
    'b,bc->c'
    """
    if name == "outer":  # of all cells, whatever their shape
        return "a,b->ab"
    if name == "vdot":
        return "a,a->"
    if a.ndim == 0 or b.ndim == 0:
        return ""
    if name == "matmul":
        dots = "..." if max(a.ndim, b.ndim) > 2 else ""
        first = f"{dots}ab" if a.ndim > 1 else "b"
        second = f"{dots}bc" if b.ndim > 1 else "b"
        return f"{first},{second}->{dots}{'a' * (a.ndim > 1)}{'c' * (b.ndim > 1)}"
    letters = iter(string.ascii_letters)
    if name == "inner":
        first = "".join(next(letters) for _ in range(a.ndim - 1))
        second = "".join(next(letters) for _ in range(b.ndim - 1))
        shared = next(letters)
        return f"{first}{shared},{second}{shared}->{first}{second}"
    first = "".join(next(letters) for _ in range(a.ndim - 1))
    shared = next(letters) if first else "b"
    letters = (one for one in string.ascii_letters if one not in first + shared + "a")
    if b.ndim == 1:
        return f"{first}{shared},{shared}->{first}"
    outer = "".join(next(letters) for _ in range(b.ndim - 2))
    last = next(letters)
    return f"{first}{shared},{outer}{shared}{last}->{first}{outer}{last}"
