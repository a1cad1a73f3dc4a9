"""The methods of columns that an expression may call, with what stands between their brackets."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from mlanim.errors import UsageError, did_you_mean
from mlanim.subjects.tables.models.literals import plain_value, written

__all__ = ["REDUCTIONS", "TEXT_METHODS", "Called", "called", "check_call", "check_letters"]

REDUCTIONS = ("sum", "mean", "median", "min", "max", "std", "var", "count", "nunique")
_PLAIN = ("isna", "notna", "isnull", "notnull", "abs", *REDUCTIONS)  # without arguments
_WITH_VALUES = ("isin", "between", "round", "fillna")
TEXT_METHODS: Mapping[str, int] = MappingProxyType(  # letters that each wants
    {
        "contains": 1,
        "startswith": 1,
        "endswith": 1,
        "lower": 0,
        "upper": 0,
        "title": 0,
        "strip": 0,
        "len": 0,
    }
)
_PATTERN_SIGNS = set(".^$*+?{}[]\\|()")
_COUNTS = {"isin": (1, 1), "between": (2, 2), "round": (0, 1), "fillna": (1, 1)}


@dataclass(frozen=True)
class Called:
    """A call taken apart: of which column, which method (".str" before those of texts)."""

    column: ast.expr
    name: str
    of_text: bool
    call: ast.Call

    @property
    def reduces(self) -> bool:
        """Whether it makes one value of a whole column."""
        return not self.of_text and self.name in REDUCTIONS

    @property
    def expressions(self) -> list[ast.expr]:
        """Arguments that are columns themselves: `isin(other.artist)`."""
        wanted = (ast.Attribute, ast.Subscript)
        return [a for a in self.call.args if self.name == "isin" and isinstance(a, wanted)]

    def value(self, column: Any, of: Callable[[ast.expr], Any]) -> Any:
        """Call it on a Series; `of` evaluates what is a column among its arguments."""
        if not hasattr(column, "dtype"):
            raise UsageError(f"{written(self.call)} is asked of a single value", "ask a column")
        if self.expressions:
            return column.isin(of(self.expressions[0]))
        arguments = [plain_value(argument, self.name) for argument in self.call.args]
        if not self.of_text:
            return getattr(column, self.name)(*arguments)
        if str(column.dtype) not in ("str", "string", "object"):
            raise UsageError(f".str.{self.name} of numbers", "it is for a column of texts")
        letters = {"regex": False} if self.name == "contains" else {}
        return getattr(column.str, self.name)(*arguments, **letters)


def called(node: ast.Call) -> Called:
    """Take a call apart.

    >>> call = ast.parse("genre.str.lower()", mode="eval").body
    >>> called(call).name, called(call).of_text
    ('lower', True)
    """
    function = node.func
    if not isinstance(function, ast.Attribute):
        raise UsageError(f"{written(node)} is not allowed", "methods of columns are")
    inner = function.value
    if isinstance(inner, ast.Attribute) and inner.attr == "str":
        return Called(inner.value, function.attr, True, node)
    return Called(inner, function.attr, False, node)


def check_call(node: ast.Call, where: str) -> None:
    """Refuse a method that is not on the whitelist, and arguments that it does not take."""
    try:
        found = called(node)
    except UsageError as error:
        raise UsageError(f"{where}: {error}") from None
    known = list(TEXT_METHODS) if found.of_text else [*_PLAIN, *_WITH_VALUES, "str"]
    if found.name not in known:
        raise UsageError(f"{where}: unknown method {found.name!r}", did_you_mean(found.name, known))
    if node.keywords:
        named = node.keywords[0].arg or "**"
        raise UsageError(f"{where}: {found.name} with {named}= is not allowed", "leave it out")
    least, most = _counts(found)
    if not least <= len(node.args) <= most:
        told = f"it takes {least if least == most else f'{least} or {most}'} values"
        raise UsageError(f"{where}: {written(node)} has {len(node.args)} values", told)
    for argument in node.args:
        if argument not in found.expressions:
            value = plain_value(argument, f"{where}: {found.name}")
            if found.of_text:
                check_letters(found.name, value, where)
            elif (found.name == "isin") != isinstance(value, list):
                raise UsageError(f"{where}: {written(node)}", "isin takes a list, others a value")
            elif found.name == "round" and not (type(value) is int and abs(value) <= 12):
                raise UsageError(f"{where}: {written(node)}", "decimals are a whole number to 12")


def _counts(found: Called) -> tuple[int, int]:
    if found.of_text:
        return TEXT_METHODS[found.name], TEXT_METHODS[found.name]
    return _COUNTS.get(found.name, (0, 0))


def check_letters(name: str, value: Any, where: str) -> None:
    """Letters to look for; signs that pandas would read as a pattern are refused."""
    if not isinstance(value, str):
        raise UsageError(f"{where}: {name} looks for a text", "put it in quotation marks")
    if name == "contains" and set(value) & _PATTERN_SIGNS:
        raise UsageError(f"{where}: {value!r} is a pattern", "letters alone can be looked for")
