"""An expression as it is written becomes a graph of values. It is read, never run as a program."""

from __future__ import annotations

import ast
import math
import re

from mlanim.errors import UsageError, did_you_mean
from mlanim.subjects.networks.models.operators import FUNCTIONS
from mlanim.subjects.networks.models.value_graph import Node, ValueGraph

__all__ = ["MOST_NODES", "read_expression"]

MOST_NODES = 40
_LONGEST = 400  # letters
_HIGHEST = 64.0  # a written exponent
_LARGEST = 1e6  # a written number
_NAME = re.compile(r"[^\W\d_]\w{0,7}")
_PAIRS = {ast.Sub: "subtract", ast.Mult: "multiply", ast.Div: "divide"}
_SIGNS = "+ - * / **, " + ", ".join(f"{name}(x)" for name in FUNCTIONS)
_HOW = f"allowed: names, numbers, {_SIGNS}"


def read_expression(text: str) -> ValueGraph:
    """The graph of an expression of names, numbers, operators and functions.

    A name is one node however often it is used. Sums are one node of all that is added.
    Functions may stand behind what they take: `(a*b + c).tanh()`.

    Raises UsageError for everything else, for more than 40 nodes, and where no name is in it.

    >>> [node.sign for node in read_expression("(a*b + c).tanh()").nodes]
    ['a', 'b', '×', 'c', '+', 'tanh']
    >>> read_expression("tanh(a*b + c)").nodes == read_expression("(a*b + c).tanh()").nodes
    True
    """
    if len(text) > _LONGEST:
        raise UsageError(f"expression: {len(text)} letters", f"at most {_LONGEST}")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except SyntaxError as error:
        where = text.strip()[: max(0, (error.offset or 1) - 1)]
        raise _refused(text, f"it cannot be read behind {where[-20:]!r}") from None
    except (ValueError, MemoryError, RecursionError):
        raise _refused(text, "it cannot be read") from None
    reader = _Reader(text)
    reader.read(tree)
    graph = ValueGraph(tuple(reader.nodes), " ".join(text.split()))
    if not graph.names or graph.nodes[-1].is_leaf:
        what = "has no name in it" if not graph.names else "computes nothing"
        raise UsageError(f"expression={text!r} {what}", "write such as a*b + c")
    return graph


class _Reader:
    """Walks a syntax tree and collects nodes, inputs first."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.nodes: list[Node] = []
        self.named: dict[str, int] = {}

    def read(self, tree: ast.AST) -> int:
        """The node of a part of the tree."""
        match tree:
            case ast.Constant():
                return self.add(Node("constant", number=self.number(tree)))
            case ast.Name(id=name):
                return self.name(name)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant() as constant):
                return self.add(Node("constant", number=-self.number(constant)))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self.add(Node("negate", (self.read(operand),)))
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.read(operand)
            case ast.BinOp(op=ast.Add()):
                return self.add(Node("add", tuple(map(self.read, _added(tree)))))
            case ast.BinOp(op=ast.Pow(), left=base, right=exponent):
                return self.power(base, exponent)
            case ast.BinOp(op=op, left=left, right=right) if type(op) in _PAIRS:
                return self.add(Node(_PAIRS[type(op)], (self.read(left), self.read(right))))
            case ast.BinOp(op=ast.BitXor()):
                raise UsageError(f"expression={self.text!r}: ^ is no power here", "write a**2")
            case ast.Call(func=func, args=args, keywords=[]):
                return self.call(func, args)
        raise _refused(self.text, f"{_said(tree)} is not allowed")

    def add(self, node: Node) -> int:
        self.nodes.append(node)
        if len(self.nodes) > MOST_NODES:
            what = f"expression: more than {MOST_NODES} nodes"
            raise UsageError(what, f"{MOST_NODES} can be drawn legibly; give a part of it")
        return len(self.nodes) - 1

    def number(self, constant: ast.Constant) -> float:
        value = constant.value
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _refused(self.text, f"{_said(constant)} is no number")
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not abs(number) <= _LARGEST:
            raise UsageError(f"expression: a number beyond {_LARGEST:,.0f}", "write a smaller one")
        return number

    def name(self, name: str) -> int:
        if name in FUNCTIONS:
            raise _refused(self.text, f"{name} is a function: {name}(...)")
        if not _NAME.fullmatch(name) or "__" in name:
            raise _refused(self.text, f"the name {name[:20]!r}: up to 8 letters and figures")
        if name not in self.named:
            self.named[name] = self.add(Node("name", name=name))
        return self.named[name]

    def power(self, base: ast.AST, exponent: ast.AST) -> int:
        sign = 1.0
        while isinstance(exponent, ast.UnaryOp) and isinstance(exponent.op, ast.USub):
            sign, exponent = -sign, exponent.operand
        if not isinstance(exponent, ast.Constant):
            inputs = self.read(base), self.read(exponent)
            if sign < 0:
                inputs = inputs[0], self.add(Node("negate", (inputs[1],)))
            return self.add(Node("raise", inputs))
        number = sign * self.number(exponent)
        if abs(number) > _HIGHEST:
            what = f"expression: an exponent of {number:g}"
            raise UsageError(what, f"from -{_HIGHEST:g} to {_HIGHEST:g}")
        return self.add(Node("power", (self.read(base),), number=number))

    def call(self, func: ast.AST, args: list[ast.expr]) -> int:
        match func:
            case ast.Name(id=name):
                given: list[ast.AST] = list(args)
            case ast.Attribute(value=value, attr=name):
                given = [value, *args]
            case _:
                raise _refused(self.text, f"{_said(func)} is no function")
        if name not in FUNCTIONS:
            hint = did_you_mean(name[:40], FUNCTIONS)
            raise UsageError(f"expression={self.text!r}: no function {name[:40]!r}", hint)
        if name == "max":
            if len(given) < 2:
                raise _refused(self.text, "max takes two or more: max(a, b)")
        elif len(given) != 1:
            raise _refused(self.text, f"{name} takes one: {name}(a)")
        return self.add(Node(name, tuple(map(self.read, given))))


def _added(tree: ast.AST) -> list[ast.AST]:
    """The terms of a sum from left to right."""
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Add):
        return [*_added(tree.left), tree.right]
    return [tree]


def _said(tree: ast.AST) -> str:
    """A part of an expression as it is written."""
    try:
        text = ast.unparse(tree)
    except (ValueError, RecursionError):
        text = type(tree).__name__
    return repr(text if len(text) <= 30 else text[:29] + "…")


def _refused(text: str, why: str) -> UsageError:
    shown = text if len(text) <= 60 else text[:59] + "…"
    return UsageError(f"expression={shown!r}: {why}", _HOW)
