"""Einstein's notation: which letter names which axis, what is kept and what is summed."""

from __future__ import annotations

import math
import string
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError

__all__ = ["Subscripts", "example_arrays", "read_subscripts"]

_LONGEST = 60
_ALL = [*string.ascii_lowercase, *string.ascii_uppercase]


@dataclass(frozen=True)
class Subscripts:
    """Letters for the axes of each operand and of the result.

    Attributes:
        operands: a letter an axis, such as ("i", "ij"); axes of an ellipsis have letters too.
        result: letters that are kept, in the result's order.
        summed: letters that are multiplied and summed over, in the order in which they come.
        sizes: how long the axis of each letter is.
    """

    operands: tuple[str, ...]
    result: str
    summed: str
    sizes: dict[str, int]

    @property
    def shape(self) -> tuple[int, ...]:
        """The result's shape."""
        return tuple(self.sizes[letter] for letter in self.result)

    @property
    def work(self) -> int:
        """How many products are made in all."""
        return math.prod(self.sizes.values())

    def origins(self, shapes: Sequence[tuple[int, ...]]) -> tuple[NDArray[np.int64], ...]:
        """For each operand the number of the cell in each product, (*result, products of a cell).

        >>> found = read_subscripts("i,ij->i", [(2,), (2, 3)])
        >>> [each.tolist() for each in found.origins([(2,), (2, 3)])]
        [[[0, 0, 0], [1, 1, 1]], [[0, 1, 2], [3, 4, 5]]]
        """
        order = self.result + self.summed
        whole = tuple(self.sizes[letter] for letter in order)
        found = []
        for letters, shape in zip(self.operands, shapes, strict=True):
            numbers = np.zeros((1,) * len(order), dtype=np.int64)
            stride = 1
            for letter, size in zip(reversed(letters), reversed(shape), strict=True):
                if size > 1:  # an axis of length 1 is stretched, where an ellipsis lets it
                    along = np.arange(size, dtype=np.int64) * stride
                    place = [-1 if other == letter else 1 for other in order]
                    numbers = numbers + along.reshape(place)
                stride *= size
            full = np.broadcast_to(numbers, whole)
            found.append(full.reshape((*self.shape, math.prod(whole[len(self.result) :]))))
        return tuple(found)

    def loops(self, names: Sequence[str], out: str = "out") -> tuple[str, ...]:
        """The same as loops of Python, a line each.

        >>> read_subscripts("i,ij->i", [(2,), (2, 3)]).loops(["a", "b"])
        ('for i in range(2):', '    for j in range(3):', '        out[i] += a[i] * b[i, j]')
        """
        lines = []
        for depth, letter in enumerate(self.result + self.summed):
            lines.append(f"{'    ' * depth}for {letter} in range({self.sizes[letter]}):")
        factors = [
            f"{name}[{', '.join(letters)}]" if letters else name
            for name, letters in zip(names, self.operands, strict=True)
        ]
        target = f"{out}[{', '.join(self.result)}]" if self.result else out
        lines.append(f"{'    ' * len(self.result + self.summed)}{target} += {' * '.join(factors)}")
        return tuple(lines)


def read_subscripts(text: str, shapes: Sequence[tuple[int, ...]]) -> Subscripts:
    """Read subscripts for operands of these shapes; without "->" as einsum completes them.

    >>> read_subscripts("ij,jk", [(2, 3), (3, 4)]).result
    'ik'

    Raises:
        UsageError: they are no subscripts, or do not fit the operands.
    """
    told = f"einsum {text[:_LONGEST]!r}"
    plain = text.replace(" ", "")
    if len(plain) > _LONGEST or not plain.isascii():
        raise UsageError(told, f"at most {_LONGEST} letters, commas and ->")
    left, arrow, right = plain.partition("->")
    parts = left.split(",")
    for part in (*parts, right):
        rest = part.replace("...", "", 1)
        if rest and not rest.isalpha():
            raise UsageError(told, "write a letter for each axis, such as ij,jk->ik")
    if len(parts) != len(shapes):
        names = f"{len(parts)} operands, and there are {len(shapes)} arrays"
        raise UsageError(told, f"it is for {names}", "write letters for each, between commas")
    wide = max(_ellipsis(part, shape) for part, shape in zip(parts, shapes, strict=True))
    free = [letter for letter in _ALL if letter not in plain][: max(wide, 0)]
    sizes: dict[str, int] = {}
    read = []
    for part, shape in zip(parts, shapes, strict=True):
        extra = len(shape) - len(part.replace("...", ""))
        if ("..." in part and extra < 0) or ("..." not in part and extra):
            raise UsageError(
                told, f"{part!r} has {len(part)} letters for an array of shape {shape}"
            )
        letters = part.replace("...", "".join(free[len(free) - extra :] if extra else ""))
        _measure(letters, shape, sizes, set(free), told)
        read.append(letters)
    if arrow:
        result = right.replace("...", "".join(free))
        unknown = next((one for one in result if one not in sizes), None)
        if unknown or len(set(result)) < len(result):
            why = f"{unknown} is on no axis" if unknown else "a letter stands twice"
            raise UsageError(told, f"behind the arrow {why}")
        if free and "..." not in right:
            raise UsageError(told, "behind the arrow the ... is missing")
    else:
        counts = Counter("".join(part.replace("...", "") for part in parts))
        result = "".join(free) + "".join(sorted(one for one, n in counts.items() if n == 1))
    summed = "".join(dict.fromkeys(one for part in read for one in part if one not in result))
    kept = {letter: sizes[letter] for letter in result + summed}
    return Subscripts(tuple(read), result, summed, kept)


def example_arrays(text: str) -> dict[str, NDArray]:
    """Small arrays for subscripts that came without any: 0, 1, 2, ... in axes of 2 to 4.

    >>> {name: array.shape for name, array in example_arrays("ij,jk->ik").items()}
    {'a': (2, 3), 'b': (3, 4)}
    """
    parts = text.replace(" ", "").partition("->")[0].split(",")
    letters = dict.fromkeys("".join(part.replace("...", "") for part in parts))
    sizes = {letter: 2 + i % 3 for i, letter in enumerate(letters)}
    found = {}
    for name, part in zip(string.ascii_lowercase, parts[:8], strict=False):
        shape = ((2,) if "..." in part else ()) + tuple(
            sizes[letter] for letter in part.replace("...", "")
        )
        found[name] = np.arange(math.prod(shape[:6])).reshape(shape[:6])
    return found


def _ellipsis(part: str, shape: tuple[int, ...]) -> int:
    return len(shape) - len(part) + 3 if "..." in part else 0


def _measure(
    letters: str, shape: tuple[int, ...], sizes: dict[str, int], free: set[str], told: str
) -> None:
    """Note how long each letter's axis is; the same letter is the same length."""
    for letter, size in zip(letters, shape, strict=True):
        known = sizes.setdefault(letter, size)
        if known == size:
            continue
        if 1 not in (known, size):
            raise UsageError(told, f"{letter} is an axis of length {known} and one of {size}")
        sizes[letter] = max(known, size)
