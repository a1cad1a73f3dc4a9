"""Which functions of a reader's depend on their arguments and on constants alone.

    proven(lambda t: 1 - (1 - t) ** 2)       # a pace
    proven(lambda t: np.sin(k * t))          # with a number k around it
    proven(lambda t: tracker.get_value())    # None: nobody knows what that gives next time

It is read from the bytecode: arithmetic on arguments and numbers, and calls of NumPy's and math's
own functions of numbers. Whatever else a function does, even where it is harmless, proves nothing.
"""

from __future__ import annotations

import builtins
import math
from dis import Instruction, get_instructions
from functools import cache
from types import BuiltinFunctionType, CodeType, FunctionType
from typing import Any

import numpy as np

from mlanim.render.known.as_imported import is_watched_function

__all__ = ["Named", "proven"]

Named = tuple[tuple[str, Any], ...]  # the constants that a function finds around it, by name

_MAKERS = (np.array, np.clip)  # of new arrays, from what they are given
_BUILTINS = (abs, float, int, len, max, min, pow, range, round, sum)
_PACES = "manim.utils.rate_functions"
_GENERATOR = 0x20 | 0x80 | 0x200  # flags: a generator, a coroutine, both
_IN_PLACE = 13  # and above: the operations that may change what they are given
_HARMLESS = frozenset(
    """
    BINARY_OP BINARY_SUBSCR BUILD_LIST BUILD_SLICE BUILD_TUPLE CACHE CALL COMPARE_OP CONTAINS_OP
    COPY COPY_FREE_VARS END_FOR EXTENDED_ARG FOR_ITER GET_ITER IS_OP JUMP_BACKWARD JUMP_FORWARD
    JUMP_IF_FALSE_OR_POP JUMP_IF_TRUE_OR_POP LIST_EXTEND LOAD_ATTR LOAD_CONST LOAD_DEREF LOAD_FAST
    LOAD_FAST_CHECK LOAD_GLOBAL LOAD_METHOD NOP POP_JUMP_BACKWARD_IF_FALSE
    POP_JUMP_BACKWARD_IF_TRUE POP_JUMP_FORWARD_IF_FALSE POP_JUMP_FORWARD_IF_NONE
    POP_JUMP_FORWARD_IF_NOT_NONE POP_JUMP_FORWARD_IF_TRUE POP_JUMP_IF_FALSE POP_JUMP_IF_TRUE POP_TOP
    PRECALL PUSH_NULL RESUME RETURN_CONST RETURN_VALUE STORE_FAST SWAP UNARY_INVERT UNARY_NEGATIVE
    UNARY_NOT UNARY_POSITIVE UNPACK_SEQUENCE
    """.split()  # noqa: SIM905
)


def proven(function: Any, above: tuple[Any, ...] = ()) -> Named | None:
    """The constants from outside that a function's value depends on; None if on more than that.

    Nothing of the reader's runs between the beginning of a play that is entered at any frame and
    its end, so that a number, once looked up, stays what it is.
    """
    if type(function) is not FunctionType or function in above:
        return None
    code = function.__code__
    reads = _reads(code)
    if reads is None:
        return None
    found: list[tuple[str, Any]] = []
    for name, attribute in reads:
        value = _value_of(name, function)
        if value is None:
            return None
        if attribute is not None:
            if not (_is_one_of(value[0], (np, math))):
                return None
            value = (vars(value[0]).get(attribute),)
            if not _gives_numbers(value[0], code):
                return None
        told = _told(value[0], (*above, function))
        if told is None:
            return None
        found.append((f"{name}.{attribute}", told))
    defaults = (*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).items())
    return tuple(found) if _is_constant(defaults) else None


def _told(value: Any, above: tuple[Any, ...]) -> Any:
    """What stands for a thing that a function names, None if nothing can."""
    if _is_constant(value):
        return type(value).__name__, value
    if type(value) is FunctionType and is_watched_function(value):
        return value.__qualname__ if value.__module__ == _PACES else None
    if type(value) is FunctionType:
        inner = proven(value, above)
        return None if inner is None else (value.__code__, value.__defaults__, inner)
    if _is_one_of(value, _BUILTINS) or _gives_numbers(value, None):
        return value.__name__
    return None


def _is_constant(value: Any) -> bool:
    if type(value) is tuple:
        return all(map(_is_constant, value))
    return value is None or type(value) in (bool, int, float, str, bytes, np.float64)


def _gives_numbers(value: Any, code: CodeType | None) -> bool:
    """Whether it is a function of numbers, which is called with no array to write into."""
    if type(value) is float:
        return True
    if type(value) is np.ufunc:
        return code is None or _most_arguments(code) <= value.nin
    if type(value) is BuiltinFunctionType:
        return value.__module__ == "math" or _is_one_of(value, _MAKERS)
    return _is_one_of(value, _MAKERS)


def _is_one_of(value: Any, functions: tuple[Any, ...]) -> bool:
    return any(value is function for function in functions)


def _value_of(name: str, function: FunctionType) -> tuple[Any] | None:
    code = function.__code__
    if name in code.co_freevars and function.__closure__ is not None:
        try:
            return (function.__closure__[code.co_freevars.index(name)].cell_contents,)
        except ValueError:
            return None
    for around in (function.__globals__, vars(builtins)):
        if name in around:
            return (around[name],)
    return None


@cache
def _reads(code: CodeType) -> list[tuple[str, str | None]] | None:
    """The names that code reads, with their attributes; None if it does more than compute."""
    if code.co_flags & _GENERATOR or code.co_cellvars:
        return None
    steps = list(get_instructions(code))
    reads: list[tuple[str, str | None]] = []
    for place, step in enumerate(steps):
        if step.opname not in _HARMLESS:
            return None
        if step.opname == "BINARY_OP" and (step.arg or 0) >= _IN_PLACE:
            return None
        if step.opname in ("LOAD_GLOBAL", "LOAD_DEREF"):
            after = _next(steps, place)
            of = after.argval if after and after.opname in ("LOAD_ATTR", "LOAD_METHOD") else None
            reads.append((step.argval, of))
        if step.opname in ("LOAD_ATTR", "LOAD_METHOD"):
            before = _next(steps, place, -1)
            if before is None or before.opname not in ("LOAD_GLOBAL", "LOAD_DEREF"):
                return None
    return reads


def _next(steps: list[Instruction], place: int, way: int = 1) -> Instruction | None:
    """The instruction beside another one, leaving out those that do nothing."""
    place += way
    while 0 <= place < len(steps) and steps[place].opname in ("CACHE", "EXTENDED_ARG", "NOP"):
        place += way
    return steps[place] if 0 <= place < len(steps) else None


@cache
def _most_arguments(code: CodeType) -> int:
    return max(
        (step.arg or 0 for step in get_instructions(code) if step.opname == "CALL"), default=0
    )
