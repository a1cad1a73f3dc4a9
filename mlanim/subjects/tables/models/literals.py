"""Plain values out of a syntax tree: numbers, texts, lists and dictionaries, and nothing else."""

from __future__ import annotations

import ast
import warnings
from typing import Any

from mlanim.errors import UsageError

__all__ = ["LONGEST", "parsed", "plain_value", "written"]

LONGEST = 2000  # signs of a chain
_LARGEST = 1e15  # a number
_DEEPEST = 150  # levels of a syntax tree: a method takes two
_MOST = 200  # entries of a list
_TYPES = ("bool", "float", "int", "str")


def parsed(text: str, what: str) -> ast.expr:
    """One expression of Python's grammar; it is read, never run.

    Raises UsageError for what is no expression, or too long to be followed.

    >>> type(parsed("a > 1", "a condition")).__name__
    'Compare'
    """
    if len(text) > LONGEST:
        raise UsageError(f"{what} of {len(text):,} signs", f"at most {LONGEST:,} can be followed")
    if not text.strip():
        raise UsageError(f"{what} is empty", "write methods of pandas: sort_values('plays')")
    if not text.isprintable():
        raise UsageError(f"{what} holds a control character", "write it in one line")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of marks in texts, which are not patterns here
            tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        told = getattr(error, "msg", None) or "it is nested too deeply"
        raise UsageError(
            f"{what} is no expression of Python", f"{told}: {_near(text, error)}"
        ) from (None)
    _check_depth(tree, what)
    return tree


def _check_depth(tree: ast.AST, what: str) -> None:
    """Level by level: a deep tree would be too deep for a function that calls itself, too."""
    level, depth = [tree], 0
    while level:
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        depth += 1
        if depth > _DEEPEST:
            raise UsageError(f"{what} is nested too deeply", "write it in fewer steps")


def _near(text: str, error: Exception) -> str:
    """The part of a text where its error lies."""
    at = max(0, (getattr(error, "offset", None) or 1) - 1)
    return repr(text.strip()[max(0, at - 20) : at + 20])


def written(node: ast.AST) -> str:
    """A part of the tree as it would be written, short enough for a line."""
    text = ast.unparse(node)
    return text if len(text) <= 60 else text[:57] + "..."


def plain_value(node: ast.expr, where: str) -> Any:
    """The value of a literal: None, bool, int, float, str, a type's name, lists and dicts of these.

    Raises UsageError, naming the part, for anything that would have to be computed.

    >>> plain_value(parsed("['a', -1, {'b': None}]", "x"), "x")
    ['a', -1, {'b': None}]
    """
    if isinstance(node, ast.Constant):
        return _constant(node, where)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        value = plain_value(node.operand, where)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return -value if isinstance(node.op, ast.USub) else value
    if isinstance(node, ast.List | ast.Tuple):
        _count(node.elts, where)
        return [plain_value(element, where) for element in node.elts]
    if isinstance(node, ast.Dict) and None not in node.keys:
        _count(node.values, where)
        keys = [plain_value(key, where) for key in node.keys if key is not None]
        if all(isinstance(key, str | int | float | bool) for key in keys):
            values = [plain_value(value, where) for value in node.values]
            return dict(zip(keys, values, strict=True))
    if isinstance(node, ast.Name) and node.id in _TYPES:
        return node.id
    hint = "texts stand in quotation marks" if isinstance(node, ast.Name) else ""
    allowed = "numbers, texts, True, False, None, and lists or dicts of these"
    raise UsageError(f"{where}: {written(node)} is no plain value", hint or f"allowed: {allowed}")


def _constant(node: ast.Constant, where: str) -> Any:
    value = node.value
    if value is not None and not isinstance(value, bool | int | float | str):
        raise UsageError(f"{where}: {written(node)} is not allowed", "a number or a text is")
    if isinstance(value, int | float) and not abs(value) <= _LARGEST:
        raise UsageError(f"{where}: a number is too large", f"at most {_LARGEST:g}")
    if isinstance(value, str) and not value.isprintable():
        raise UsageError(f"{where}: a text holds a control character", "write it in one line")
    return value


def _count(elements: list[ast.expr], where: str) -> None:
    if len(elements) > _MOST:
        raise UsageError(f"{where}: a list of {len(elements):,}", f"at most {_MOST}")
