"""How many cells a result will have, told from shapes alone, before anything is allocated."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.subjects.arrays.models.limits import MOST_TOTAL, check_cells, refusal

__all__ = ["check_broadcast", "check_call", "check_index", "check_matmul", "check_power"]

_MOST_BITS = 64


def check_power(base: Any, exponent: Any, part: str) -> None:
    """Refuse a power of Python's numbers that no array holds; it could fill the memory."""
    integers = isinstance(base, int) and isinstance(exponent, int)
    if integers and abs(base) > 1 and exponent > 0:
        bits = exponent * math.log2(abs(base))
        if bits > _MOST_BITS:
            digits = bits * math.log10(2)
            many = f"{digits:,.0f}" if digits < 1e15 else "countless"
            raise refusal(part, f"it would have {many} digits", "write floats: 10.0**40")
    elif isinstance(base, int | float) and isinstance(exponent, int | float):
        try:
            base**exponent
        except OverflowError:
            raise refusal(part, "it is larger than any float", "at most 1.8e308") from None
        except ZeroDivisionError:
            pass  # the evaluation tells it as Python does


def check_broadcast(operands: Sequence[Any], part: str) -> None:
    """Refuse operands that are stretched into too many cells."""
    try:
        check_cells(math.prod(np.broadcast_shapes(*map(np.shape, operands))), part)
    except ValueError:
        return  # NumPy itself refuses them, and says why


def check_matmul(a: NDArray, b: NDArray, part: str, *, stacks: bool) -> None:
    """Refuse a product of too many cells or multiplications; `stacks` as matmul has it."""
    if a.ndim == 0 or b.ndim == 0:
        return
    inner = a.shape[-1]
    first, last = a.shape[:-1], b.shape[:-2] + b.shape[-1:] if b.ndim > 1 else ()
    if stacks and a.ndim > 1 and b.ndim > 1:
        try:
            outer = math.prod(np.broadcast_shapes(a.shape[:-2], b.shape[:-2]))
        except ValueError:
            return
        cells = outer * a.shape[-2] * b.shape[-1]
    else:
        cells = math.prod(first) * math.prod(last)
    check_cells(cells, part)
    check_work(cells * max(inner, 1), part)


def check_work(products: int, part: str) -> None:
    """Refuse more multiplications than anybody waits for."""
    if products > MOST_TOTAL:
        raise refusal(part, f"it takes {products:,} multiplications", f"at most {MOST_TOTAL:,}")


def check_index(array: NDArray, index: Any, part: str) -> None:
    """Refuse an index by arrays of integers that picks out too many cells."""
    items = index if isinstance(index, tuple) else (index,)
    picking = [i for i in items if isinstance(i, np.ndarray) and i.dtype.kind in "iu"]
    if not picking:
        return
    try:
        picked = math.prod(np.broadcast_shapes(*(i.shape for i in picking)))
    except ValueError:
        return
    rest = sorted(array.shape, reverse=True)[: max(0, array.ndim - len(picking))]
    check_cells(picked * math.prod(rest), part)


def check_call(name: str, given: Mapping[str, Any], part: str) -> None:
    """Refuse a call whose result would have too many cells; `given` are arguments by name."""
    array: Any = given.get("array 1")
    if name in ("zeros", "ones", "full", "broadcast_to"):
        check_cells(_product(given.get("shape")), part)
    elif name == "linspace":
        check_cells(_integer(given.get("num", 50)), part)
    elif name == "arange":
        check_cells(_arange(given), part)
    elif name == "eye":
        rows = _integer(given.get("N", 0))
        check_cells(rows * _integer(given.get("M") or rows), part)
    elif name == "identity":
        check_cells(_integer(given.get("n", 0)) ** 2, part)
    elif name == "tile":
        check_cells(np.size(array) * _product(given.get("reps")), part)
    elif name == "repeat":
        repeats = np.ravel(np.asarray(given.get("repeats", 1)))
        each = int(repeats.max(initial=0)) if repeats.dtype.kind in "iu" else 0
        check_cells(np.size(array) * each, part)
    elif name == "diag" and np.ndim(array) == 1:
        check_cells((np.size(array) + abs(_integer(given.get("k", 0)))) ** 2, part)
    elif name == "take":
        along = np.shape(array) if given.get("axis") is not None else ()
        rest = math.prod(sorted(along, reverse=True)[:-1])
        check_cells(np.size(given.get("indices", 0)) * rest, part)
    elif name == "outer":
        check_cells(np.size(array) * np.size(given["array 2"]), part)
    elif name == "inner":
        a, b = array, np.asarray(given["array 2"])
        if np.ndim(a) and b.ndim and np.shape(a)[-1] == b.shape[-1]:
            cells = math.prod(np.shape(a)[:-1]) * math.prod(b.shape[:-1])
            check_cells(cells, part)
            check_work(cells * b.shape[-1], part)


def _product(shape: Any) -> int:
    """Cells of a shape; 0 for what is none, which NumPy refuses by itself."""
    if isinstance(shape, np.ndarray):
        shape = np.ravel(shape).tolist()
    sides = [_integer(side) for side in (shape if isinstance(shape, tuple | list) else [shape])]
    return math.prod(max(0, side) for side in sides)


def _integer(value: Any) -> int:
    if isinstance(value, np.ndarray) and value.size == 1:
        value = value.ravel()[0]
    return int(value) if isinstance(value, int | np.integer) else 0


def _arange(given: Mapping[str, Any]) -> int:
    start: Any = given.get("start")
    stop, step = given.get("stop"), given.get("step")
    if stop is None:
        start, stop = 0, start
    try:
        return max(0, math.ceil((stop - start) / (1 if step is None else step)))
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return 0  # NumPy says what is wrong
