"""What stands between the brackets of `loc` and `iloc`: labels or places, slices, lists, a mask."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import Any

from mlanim.errors import UsageError
from mlanim.subjects.tables.models.column_expression import ColumnExpression, read_expression
from mlanim.subjects.tables.models.literals import plain_value, written

__all__ = ["Located", "read_located"]


@dataclass(frozen=True)
class Located:
    """Which rows and columns: a label or place, a list, a slice, or a condition (rows alone)."""

    rows: Any
    columns: Any = field(default_factory=lambda: slice(None))

    def on(self, frame: Any) -> tuple[Any, Any]:
        """What `loc` takes on this table, the condition as its truth values."""
        condition = isinstance(self.rows, ColumnExpression)
        return (self.rows.value(frame) if condition else self.rows), self.columns

    @property
    def one_row(self) -> bool:
        """Whether a single row is meant, which then stands as a column."""
        return _is_one(self.rows) and not _is_one(self.columns)

    @property
    def one_column(self) -> bool:
        """Whether a single column is meant."""
        return _is_one(self.columns)


def read_located(name: str, node: ast.expr) -> Located:
    """Read the brackets.

    >>> read_located("loc", ast.parse("x[1:3, ['a']]", mode="eval").body.slice)
    Located(rows=slice(1, 3, None), columns=['a'])
    """
    pair = node.elts if isinstance(node, ast.Tuple) else [node]
    if len(pair) > 2:
        raise UsageError(f"{name}[{written(node)}] has {len(pair)} parts", "rows, columns")
    return Located(*(_axis(part, name, first=i == 0) for i, part in enumerate(pair)))


def _axis(node: ast.expr, name: str, *, first: bool) -> Any:
    where = f"{name}[...]"
    if isinstance(node, ast.Slice):
        ends = (node.lower, node.upper, node.step)
        made = slice(*(end if end is None else plain_value(end, where) for end in ends))
        whole = (made.step,) if name == "loc" else (made.start, made.stop, made.step)
        _need_whole(where, *(value for value in whole if value is not None))
        return made
    plain = isinstance(node, ast.Constant | ast.List | ast.UnaryOp)
    if isinstance(node, ast.UnaryOp) and not isinstance(node.op, ast.USub):
        plain = False
    if not plain and first and name == "loc":
        return read_expression(node, where)
    value = plain_value(node, where)
    if name == "iloc":
        _need_whole(where, *(value if isinstance(value, list) else [value]))
    return value


def _need_whole(where: str, *values: Any) -> None:
    for value in values:
        if type(value) is not int or abs(value) > 1_000_000_000:
            raise UsageError(f"{where}: {value!r} is no whole number", "iloc counts places from 0")


def _is_one(part: Any) -> bool:
    return not isinstance(part, slice | list | ColumnExpression)
