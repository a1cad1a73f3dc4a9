"""The functions and methods that an expression may call: NumPy's, with these arguments only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import cast

import numpy as np

from mlanim.subjects.arrays.models.operation import Kind

__all__ = ["CONSTANTS", "FUNCTIONS", "TYPES", "Function"]


@dataclass(frozen=True)
class Function:
    """A function of NumPy.

    Attributes:
        positional, keywords: arguments by name; the first may be given by place or by name, but
            `positional[:arrays]`, which are arrays and are given by place, the others by name only.
        arrays: how many arrays it takes first.
        is_method: whether an array has it too; `is_function`: whether NumPy has it.
    """

    name: str
    kind: Kind
    arrays: int
    positional: tuple[str, ...]
    keywords: tuple[str, ...]

    @property
    def is_method(self) -> bool:
        """Whether arrays have it: a.sum()."""
        # a.sort() changes the array in its place and gives nothing.
        return hasattr(np.ndarray, self.name) and self.name != "sort"

    @property
    def is_function(self) -> bool:
        """Whether NumPy has it: np.sum(a)."""
        return hasattr(np, self.name)

    @property
    def named(self) -> tuple[str, ...]:
        """What may be given by name."""
        return self.positional[self.arrays :] + self.keywords


# name, how many arrays come first: what may follow by place * what only by name
_LINES = """
create      zeros 0: shape dtype | ones 0: shape dtype | full 0: shape fill_value dtype
create      arange 0: start stop step | linspace 0: start stop num endpoint
create      eye 0: N M k | identity 0: n | array 1: dtype | asarray 1: dtype
create      zeros_like 1: | ones_like 1: | full_like 1: fill_value
elementwise abs 1: | absolute 1: | negative 1: | sqrt 1: | cbrt 1: | square 1: | reciprocal 1:
elementwise exp 1: | exp2 1: | expm1 1: | log 1: | log2 1: | log10 1: | log1p 1:
elementwise sin 1: | cos 1: | tan 1: | arcsin 1: | arccos 1: | arctan 1: | degrees 1: | radians 1:
elementwise sinh 1: | cosh 1: | tanh 1: | sign 1: | floor 1: | ceil 1: | trunc 1: | rint 1:
elementwise round 1: decimals | isnan 1: | isinf 1: | isfinite 1: | logical_not 1: | astype 1: dtype
elementwise add 2: | subtract 2: | multiply 2: | divide 2: | floor_divide 2: | mod 2: | power 2:
elementwise maximum 2: | minimum 2: | hypot 2: | arctan2 2: | clip 3:
elementwise equal 2: | not_equal 2: | less 2: | less_equal 2: | greater 2: | greater_equal 2:
elementwise logical_and 2: | logical_or 2: | logical_xor 2:
choose      where 3:
reduction   sum 1: axis * keepdims | prod 1: axis * keepdims | mean 1: axis * keepdims
reduction   std 1: axis * ddof keepdims | var 1: axis * ddof keepdims
reduction   min 1: axis * keepdims | max 1: axis * keepdims | ptp 1: axis * keepdims
reduction   median 1: axis * keepdims | any 1: axis * keepdims | all 1: axis * keepdims
reduction   argmin 1: axis * keepdims | argmax 1: axis * keepdims
reduction   count_nonzero 1: axis * keepdims
scan        cumsum 1: axis | cumprod 1: axis | diff 1: n axis
index       take 1: indices axis | diagonal 1: offset
arrange     reshape 1: shape * order | ravel 1: order | flatten 1: order | transpose 1: axes
arrange     swapaxes 1: axis1 axis2 | moveaxis 1: source destination | squeeze 1: axis
arrange     expand_dims 1: axis | flip 1: axis | fliplr 1: | flipud 1: | roll 1: shift axis
arrange     rot90 1: k | sort 1: axis | argsort 1: axis | repeat 1: repeats axis | tile 1: reps
arrange     broadcast_to 1: shape | diag 1: k | tril 1: k | triu 1: k
join        concatenate 1: axis | stack 1: axis | vstack 1: | hstack 1: | column_stack 1:
product     dot 2: | matmul 2: | inner 2: | outer 2: | vdot 2: | einsum 0:
"""


def _read(lines: str) -> Mapping[str, Function]:
    found = {}
    for line in lines.strip().splitlines():
        kind, _, entries = line.partition(" ")
        for entry in entries.split("|"):
            head, _, words = entry.partition(":")
            name, arrays = head.split()
            positional, _, keywords = words.partition("*")
            first = tuple(f"array {i + 1}" for i in range(int(arrays)))
            places = first + tuple(positional.split())
            found[name] = Function(
                name, cast(Kind, kind), int(arrays), places, tuple(keywords.split())
            )
    return MappingProxyType(found)


FUNCTIONS: Mapping[str, Function] = _read(_LINES)
CONSTANTS: Mapping[str, float | None] = MappingProxyType(
    {"pi": np.pi, "e": np.e, "inf": np.inf, "nan": np.nan, "newaxis": None}
)
TYPES: Mapping[str, type] = MappingProxyType({"float": float, "int": int, "bool": bool})
