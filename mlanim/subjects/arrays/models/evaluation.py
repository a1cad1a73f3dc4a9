"""Evaluating an expression node by node: nothing but what is written here can happen."""

from __future__ import annotations

import ast
import math
import operator
import warnings
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import did_you_mean
from mlanim.subjects.arrays.models.calling import call
from mlanim.subjects.arrays.models.functions import CONSTANTS, FUNCTIONS, TYPES
from mlanim.subjects.arrays.models.grammar import parsed
from mlanim.subjects.arrays.models.limits import check_integer, refusal
from mlanim.subjects.arrays.models.operation import Evaluation
from mlanim.subjects.arrays.models.products import product_subscripts
from mlanim.subjects.arrays.models.recorder import Part, Recorder, RefusedError
from mlanim.subjects.arrays.models.sizes import (
    check_broadcast,
    check_index,
    check_matmul,
    check_power,
)
from mlanim.subjects.arrays.models.wrapping import check_fits

__all__ = ["evaluate"]

_SIGNS: Mapping[type, tuple[str, Callable[..., Any]]] = MappingProxyType(
    {
        ast.Add: ("+", operator.add),
        ast.Sub: ("-", operator.sub),
        ast.Mult: ("*", operator.mul),
        ast.Div: ("/", operator.truediv),
        ast.FloorDiv: ("//", operator.floordiv),
        ast.Mod: ("%", operator.mod),
        ast.Pow: ("**", operator.pow),
        ast.MatMult: ("@", operator.matmul),
        ast.BitAnd: ("&", operator.and_),
        ast.BitOr: ("|", operator.or_),
        ast.BitXor: ("^", operator.xor),
        ast.Lt: ("<", operator.lt),
        ast.LtE: ("<=", operator.le),
        ast.Gt: (">", operator.gt),
        ast.GtE: (">=", operator.ge),
        ast.Eq: ("==", operator.eq),
        ast.NotEq: ("!=", operator.ne),
        ast.USub: ("-", operator.neg),
        ast.UAdd: ("+", operator.pos),
        ast.Invert: ("~", operator.invert),
    }
)
_ASKED = {"shape": tuple, "size": int, "ndim": int}
_MODULE = ("np", "numpy")


def evaluate(text: str, arrays: Mapping[str, NDArray] | None = None) -> Evaluation:
    """Evaluate an expression of NumPy on arrays by name.

    What NumPy refuses ends the evaluation with a `failure`; what is not read here is a UsageError.

    >>> found = evaluate("(a - a.mean()) * 2", {"a": np.array([1.0, 3.0])})
    >>> [operation.source for operation in found.operations], found.result.tolist()
    (['a.mean()', 'a - a.mean()', '(a - a.mean()) * 2'], [-2.0, 2.0])
    >>> str(evaluate("a + b", {"a": np.ones(3), "b": np.ones(4)}).failure)
    'ValueError: operands could not be broadcast together with shapes (3,) (4,)'

    Raises:
        UsageError: a part that is not read here, a name that was not given, or one that would take
            more room or time than there is; the line names the part.
    """
    tree = parsed(text)
    walk = _Walk(text.strip(), dict(arrays or {}))
    result, failure = None, None
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            result = walk.value(tree)
            walk.check_whole(tree, result)
        except RefusedError as refused:
            failure, result = refused.failure, None
    return Evaluation(text.strip(), tuple(walk.recorder.operations), result, failure)


class _Walk:
    """One evaluation: the values of parts, in the order in which Python makes them."""

    def __init__(self, text: str, arrays: Mapping[str, NDArray]) -> None:
        self.text, self.arrays = text, arrays
        self.recorder = Recorder()

    def part(self, node: ast.expr) -> Part:
        """How the expression writes a node, and where."""
        source = ast.get_source_segment(self.text, node) or self.text
        start = len(self.text.encode()[: node.col_offset].decode())
        return Part(source, (start, start + len(source)))

    def check_whole(self, node: ast.expr, result: Any) -> None:
        """The whole must be numbers."""
        if isinstance(result, str | slice | type) or result is None or result is Ellipsis:
            raise refusal(self.text, "it is no array and no number")
        if isinstance(result, tuple | list):
            self.recorder.listed(result, self.part(node))

    def value(self, node: ast.expr) -> Any:
        """A part's value; its operations are noted on the way."""
        match node:
            case ast.Constant():
                return self._constant(node)
            case ast.Name():
                return self._name(node)
            case ast.Tuple():
                return tuple(self.value(one) for one in node.elts)
            case ast.List():
                return [self.value(one) for one in node.elts]
            case ast.UnaryOp():
                return self._operator(node, node.op, [node.operand])
            case ast.BinOp():
                return self._operator(node, node.op, [node.left, node.right])
            case ast.Compare():
                if len(node.ops) > 1:
                    hint = "write (1 < a) & (a < 3)"
                    raise refusal(self.part(node).source, "a chain of comparisons", hint)
                return self._operator(node, node.ops[0], [node.left, node.comparators[0]])
            case ast.Attribute():
                return self._attribute(node)
            case ast.Subscript():
                return self._subscript(node)
            case ast.Call():
                return self._call(node)
        raise refusal(self.part(node).source, f"{type(node).__name__} stands in no such place")

    def _constant(self, node: ast.Constant) -> Any:
        value, part = node.value, self.part(node).source
        if isinstance(value, bytes | complex):
            raise refusal(part, f"{type(value).__name__} is not read here", "write real numbers")
        if isinstance(value, int):
            check_integer(value, part)
        elif value == math.inf:
            raise refusal(part, "it is larger than any float", "at most 1.8e308, or write inf")
        return value

    def _name(self, node: ast.Name) -> Any:
        name = node.id
        if name in self.arrays:
            return self.arrays[name]
        if name in CONSTANTS:
            return CONSTANTS[name]
        if name in TYPES:
            return TYPES[name]
        if name in FUNCTIONS:
            raise refusal(name, "a function stands alone", f"call it: {name}(...)")
        if name in _MODULE:
            raise refusal(name, "the module stands alone", "call a function: np.sum(a)")
        near = did_you_mean(name, [*self.arrays, *FUNCTIONS]) if name.isidentifier() else ""
        near = near if near.startswith("did") else f"give it by --set {name}=..."
        raise refusal(name, "no array of that name was given", near)

    def _operator(self, node: ast.expr, sign: ast.AST, parts: Sequence[ast.expr]) -> Any:
        values = [self.value(part) for part in parts]
        part = self.part(node)
        name, function = _SIGNS[type(sign)]
        signed = len(parts) == 1 and name in "+-" and isinstance(parts[0], ast.Constant)
        if signed and type(values[0]) in (int, float):
            return function(values[0])  # -1 is a number, no operation
        for value in values:
            if isinstance(value, str | slice | type | tuple) or value is None or value is Ellipsis:
                raise refusal(part.source, f"{name} is for arrays and numbers")
        if not any(isinstance(value, np.ndarray | np.generic) for value in values):
            if any(isinstance(value, list) for value in values):
                raise refusal(part.source, f"{name} of lists", "write array([1, 2])")
            if name == "**":
                check_power(values[0], values[1], part.source)
        operands = self.recorder.operands(values, self._texts(parts), part)
        if name == "@":
            a, b = (operand.values for operand in operands)
            check_matmul(a, b, part.source, stacks=True)
            letters = product_subscripts("matmul", a, b)
            about = {"kind": "product", "subscripts": letters}
        else:
            check_broadcast([operand.values for operand in operands], part.source)
            about = {"kind": "elementwise"}
        result = self.recorder.run(lambda: function(*values), name, part, operands, **about)
        check_fits(name, function, values, result, part.source)
        return result

    def _texts(self, nodes: Sequence[ast.expr]) -> list[str]:
        return [self.part(node).source for node in nodes]

    def _attribute(self, node: ast.Attribute) -> Any:
        part = self.part(node)
        if isinstance(node.value, ast.Name) and self._is_module(node.value):
            if node.attr in CONSTANTS:
                return CONSTANTS[node.attr]
            if node.attr in FUNCTIONS:
                raise refusal(part.source, "a function stands alone", "call it")
            raise refusal(part.source, "is not among NumPy's functions that are read here")
        value = self.value(node.value)
        if isinstance(value, np.ndarray | np.generic):
            if node.attr in _ASKED:
                return getattr(value, node.attr)
            if node.attr == "T":
                operands = self.recorder.operands([value], self._texts([node.value]), part)
                return self.recorder.run(
                    lambda: value.T, "T", part, operands, kind="arrange", again=np.transpose
                )
        known = ["T", "shape", "size", "ndim"]
        hint = f"allowed: {', '.join(known)}, and methods with brackets"
        raise refusal(part.source, f".{node.attr} is not read here", hint)

    def _is_module(self, node: ast.Name) -> bool:
        return node.id in _MODULE and node.id not in self.arrays

    def _subscript(self, node: ast.Subscript) -> Any:
        value: Any = self.value(node.value)
        index = self._index(node.slice)
        part = self.part(node)
        if isinstance(value, tuple) and isinstance(index, int | slice):
            return self.recorder.quietly(lambda: value[index], part)
        if not isinstance(value, np.ndarray | np.generic):
            raise refusal(part.source, "only an array is indexed", "write array([1, 2])[0]")
        array: Any = value
        check_index(np.asarray(value), index, part.source)
        operands = self.recorder.operands([value], self._texts([node.value]), part)
        return self.recorder.run(
            lambda: array[index], "[]", part, operands, kind="index", again=lambda a: a[index]
        )

    def _index(self, node: ast.expr) -> Any:
        if isinstance(node, ast.Slice):
            ends = (node.lower, node.upper, node.step)
            return slice(*(None if end is None else self.value(end) for end in ends))
        if isinstance(node, ast.Tuple):
            return tuple(self._index(one) for one in node.elts)
        value = self.value(node)
        if isinstance(value, str | type | float):
            why = "an index is a whole number, a slice, a list of them or a mask"
            raise refusal(self.part(node).source, why)
        if isinstance(value, list):
            return self.recorder.listed(value, self.part(node))
        return value

    def _call(self, node: ast.Call) -> Any:
        part, function = self.part(node), node.func
        match function:
            case ast.Name() if function.id not in self.arrays:
                name, owner = function.id, None
            case ast.Attribute(value=ast.Name() as module) if self._is_module(module):
                name, owner = function.attr, None
            case ast.Attribute():
                name, owner = function.attr, function.value
            case _:
                raise refusal(part.source, "it is no function")
        self._check_function(name, owner is not None, part)
        nodes = ([] if owner is None else [owner]) + list(node.args)
        values = [self.value(one) for one in nodes]
        if owner is not None and not isinstance(values[0], np.ndarray | np.generic):
            raise refusal(part.source, f"only an array has .{name}()", f"write {name}(...)")
        named: dict[str, Any] = {}
        for keyword in node.keywords:
            if keyword.arg is None:
                raise refusal(part.source, "** is not read here", "write the arguments out")
            named[keyword.arg] = self.value(keyword.value)
        texts = self._texts(nodes)
        return call(self.recorder, part, name, values, texts, named, method=owner is not None)

    def _check_function(self, name: str, method: bool, part: Part) -> None:
        known = {
            other
            for other, found in FUNCTIONS.items()
            if (found.is_method if method else found.is_function)
        }
        if name in known:
            return
        if name == "sort" and method:
            raise refusal(part.source, "sort() changes the array in its place", "write sort(a)")
        near = did_you_mean(name, sorted(known))
        hint = near if near.startswith("did") else f"{len(known)} functions are, such as sum, dot"
        raise refusal(part.source, f"the function {name[:40]!r} is not read here", hint)
