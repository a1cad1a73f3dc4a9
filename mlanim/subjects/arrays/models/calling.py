"""Calling one of NumPy's functions: its arguments are put in their places, then it is run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.subjects.arrays.models.functions import FUNCTIONS, TYPES, Function
from mlanim.subjects.arrays.models.limits import refusal
from mlanim.subjects.arrays.models.products import product_subscripts
from mlanim.subjects.arrays.models.recorder import Part, Recorder
from mlanim.subjects.arrays.models.sizes import (
    check_broadcast,
    check_call,
    check_matmul,
    check_work,
)
from mlanim.subjects.arrays.models.subscripts import read_subscripts
from mlanim.subjects.arrays.models.wrapping import check_fits

__all__ = ["call"]

_SPREAD = {"reshape": "shape", "transpose": "axes"}  # a.reshape(2, 3) is a.reshape((2, 3))
_WORDS = {"order": ("C", "F")}
_JOINS = ("concatenate", "stack", "vstack", "hstack", "column_stack")


def call(
    recorder: Recorder,
    part: Part,
    name: str,
    values: Sequence[Any],
    texts: Sequence[str],
    named: Mapping[str, Any],
    *,
    method: bool,
) -> Any:
    """Run a function of the list on values, each with its text, and arguments by name."""
    function = FUNCTIONS[name]
    if name == "einsum":
        _only(function, named, (), part)
        return _einsum(recorder, part, values, texts)
    given = _placed(function, values, named, part, method)
    if name in _JOINS:
        return _join(recorder, part, function, given)
    check_call(name, given, part.source)
    arrays = [given[f"array {i + 1}"] for i in range(function.arrays)]
    operands = recorder.operands(arrays, texts[: function.arrays], part)
    about: dict[str, Any] = {"kind": function.kind}
    compute = _bound(function, given, method)
    found = [operand.values for operand in operands]
    match function.kind:
        case "elementwise" | "choose":
            check_broadcast(found, part.source)
        case "product":
            about |= _of_product(name, found, part)
        case "reduction":
            about["axes"] = _axes(given.get("axis"), found[0].ndim)
        case "scan":
            axis = given.get("axis", -1 if name == "diff" else None)
            about["axes"] = _axes(axis, found[0].ndim)
            about["window"] = _window(given) if name == "diff" else 0
        case "index" | "arrange":
            about["again"] = _again(name, function, given, method, found[0])
        case "create":
            operands = operands if name.endswith("_like") else ()
    result = recorder.run(lambda: compute(*arrays), name, part, operands, **about)
    check_fits(name, compute, arrays, result, part.source)
    return result


def _placed(
    function: Function, values: Sequence[Any], named: Mapping[str, Any], part: Part, method: bool
) -> dict[str, Any]:
    """Arguments by name."""
    places = function.positional
    spread = _SPREAD.get(function.name)
    if method and spread and len(values) > 2:
        values = [values[0], tuple(values[1:])]
    if len(values) > len(places):
        most = f"it takes {len(places)}" if places else "it takes none"
        raise refusal(part.source, f"{function.name}() is given {len(values)} arguments", most)
    given = dict(zip(places, values, strict=False))
    _only(function, named, tuple(given), part)
    given |= named
    if missing := [name for name in places[: function.arrays] if name not in given]:
        what = f"{len(missing)} more array{'s' * (len(missing) > 1)}"
        raise refusal(part.source, f"{function.name}() needs {what}")
    for name, value in given.items():
        _check_argument(name, value, part)
    return given


def _only(function: Function, named: Mapping[str, Any], taken: tuple[str, ...], part: Part) -> None:
    for name in named:
        if name not in function.named:
            allowed = ", ".join(function.named) or "none"
            why = f"{function.name}() is read without {name[:40]}="
            raise refusal(part.source, why, f"by name: {allowed}")
        if name in taken:
            raise refusal(part.source, f"{name} is given twice")


def _check_argument(name: str, value: Any, part: Part) -> None:
    """Only numbers, arrays, lists of them and the few words that NumPy knows."""
    if name == "dtype":
        if value not in TYPES.values():
            raise refusal(part.source, "a type that is not read here", f"dtype: {', '.join(TYPES)}")
    elif name in _WORDS:
        if value not in _WORDS[name]:
            raise refusal(part.source, f"{name}= is {' or '.join(_WORDS[name])}")
    elif isinstance(value, str | type | slice) or value is Ellipsis:
        raise refusal(part.source, f"{name.replace(' 1', '')} must be numbers")


def _bound(function: Function, given: Mapping[str, Any], method: bool) -> Callable[..., Any]:
    """The function with all arguments but the arrays in their places."""
    places = function.positional[function.arrays :]
    rest = [given[name] for name in places if name in given]
    by_name = {name: given[name] for name in function.keywords if name in given}
    if any(name not in given for name in places[: len(rest)]):  # a gap: everything by name
        rest, by_name = [], {n: v for n, v in given.items() if not n.startswith("array ")}
    if method or not function.is_function:
        return lambda a, *more: getattr(a, function.name)(*more, *rest, **by_name)
    whole = getattr(np, function.name)
    return lambda *arrays: whole(*arrays, *rest, **by_name)


def _join(recorder: Recorder, part: Part, function: Function, given: Mapping[str, Any]) -> Any:
    parts = given["array 1"]
    if not isinstance(parts, list | tuple) or not parts:
        raise refusal(part.source, f"{function.name}() joins a list of arrays")
    pieces = recorder.operands(parts, [f"{i + 1}" for i in range(len(parts))], part)
    names = [one.text for one in pieces]
    operands = recorder.operands([p.values for p in pieces], names, part)
    compute = _bound(function, given, method=False)
    return recorder.run(
        lambda: compute([p.values for p in pieces]),
        function.name,
        part,
        operands,
        kind="join",
        again=lambda *numbers: compute(list(numbers)),
    )


def _of_product(name: str, found: Sequence[NDArray], part: Part) -> dict[str, Any]:
    a, b = found
    if name in ("dot", "matmul"):
        check_matmul(a, b, part.source, stacks=name == "matmul")
    letters = product_subscripts(name, a, b)
    return {"subscripts": letters} if letters else {"kind": "elementwise"}


def _einsum(recorder: Recorder, part: Part, values: Sequence[Any], texts: Sequence[str]) -> Any:
    if len(values) < 2 or not isinstance(values[0], str):
        raise refusal(part.source, "einsum needs subscripts and arrays", "einsum('ij->ji', a)")
    letters, arrays = values[0], values[1:]
    for array in arrays:
        _check_argument("array 1", array, part)
    operands = recorder.operands(arrays, texts[1:], part)
    found = [operand.values for operand in operands]
    try:
        read = read_subscripts(letters, [array.shape for array in found])
    except UsageError as error:
        if len(letters) > 200 or len(found) > 8:
            raise
        problem, read = error, None
    if read is None:  # NumPy's own words, if it refuses this too
        sides = [max([1, *array.shape]) for array in found]
        check_work(int(np.prod(np.array(sides, float).clip(1, 1e3))), part.source)
        recorder.run(lambda: np.einsum(letters, *found), "einsum", part, operands, kind="product")
        raise problem
    check_work(read.work, part.source)
    result = recorder.run(
        lambda: np.einsum(letters, *found),
        "einsum",
        part,
        operands,
        kind="product",
        subscripts=letters,
    )
    check_fits("einsum", partial(np.einsum, letters), found, result, part.source)
    return result


def _axes(axis: Any, dimensions: int) -> tuple[int, ...]:
    """The axes that are meant; where there are no such, NumPy says so."""
    if axis is None or not dimensions:  # of a number, NumPy takes axis 0 for none
        return tuple(range(dimensions))
    axes = axis if isinstance(axis, tuple) else (axis,)
    if not all(isinstance(one, int | np.integer) for one in axes):
        return ()
    return tuple(int(one) % max(1, dimensions) for one in axes)


def _window(given: Mapping[str, Any]) -> int:
    n = given.get("n", 1)
    return int(n) + 1 if isinstance(n, int | np.integer) and 0 <= n < 1000 else 1


def _again(
    name: str, function: Function, given: Mapping[str, Any], method: bool, array: NDArray
) -> Callable[..., Any]:
    """The same on cell numbers; sorting moves them as it moved the values."""
    if name in ("sort", "argsort"):
        axis = given.get("axis", -1)
        flat = axis is None

        def sorted_numbers(numbers: NDArray) -> NDArray:
            values, where = (array.ravel(), -1) if flat else (array, axis)
            order = np.argsort(values, axis=where, kind="stable" if name == "sort" else None)
            return np.take_along_axis(numbers.ravel() if flat else numbers, order, where)

        return sorted_numbers
    bound = _bound(function, given, method)
    return lambda numbers: bound(numbers)
