"""An expression of columns, such as a condition: read from a whitelist, evaluated node by node."""

from __future__ import annotations

import ast
import operator
import tokenize
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import StringIO
from types import MappingProxyType
from typing import Any

from mlanim.errors import UsageError, did_you_mean
from mlanim.subjects.tables.models.column_methods import called, check_call
from mlanim.subjects.tables.models.literals import parsed, plain_value, written

__all__ = ["ColumnExpression", "read_expression", "read_query"]

_ARITHMETIC: Mapping[type, Callable[[Any, Any], Any]] = MappingProxyType(
    {
        ast.Add: operator.add,
        ast.Sub: operator.sub,
        ast.Mult: operator.mul,
        ast.Div: operator.truediv,
        ast.FloorDiv: operator.floordiv,
        ast.Mod: operator.mod,
        ast.Pow: operator.pow,
    }
)
_LOGIC: Mapping[type, Callable[[Any, Any], Any]] = MappingProxyType(
    {ast.BitAnd: operator.and_, ast.BitOr: operator.or_}
)
_COMPARISONS: Mapping[type, Callable[[Any, Any], Any]] = MappingProxyType(
    {
        ast.Eq: operator.eq,
        ast.NotEq: operator.ne,
        ast.Lt: operator.lt,
        ast.LtE: operator.le,
        ast.Gt: operator.gt,
        ast.GtE: operator.ge,
    }
)
_HIGHEST_POWER = 8
_TABLES = ("df", "other")


@dataclass(frozen=True)
class ColumnExpression:
    """What stands in `query`, between square brackets, or behind `assign`'s names.

    in_query: names are columns, as pandas' `query` and `eval` have it; else `df.plays`,
    `df['plays']` and `col('plays')` are.
    """

    text: str
    tree: ast.expr
    in_query: bool

    def value(self, frame: Any, other: Any = None) -> Any:
        """The Series, or the single value, that it gives on a table.

        Raises UsageError for columns that are not there, or kinds that do not go together.
        """
        return _Evaluation(self, frame, other).of(self.tree)

    def columns(self, frame: Any) -> tuple[list[int], list[int]]:
        """Places of the columns that it reads in each row, and of those that it reads whole."""
        evaluation = _Evaluation(self, frame, None)
        each: set[int] = set()
        whole: set[int] = set()

        def walk(node: ast.AST, into: set[int]) -> None:
            label = _column_label(node, self.in_query)
            if label is not None and label[0] == "df":
                if (place := evaluation.place(label[1])) is not None:
                    into.add(place)
                return
            reduces = isinstance(node, ast.Call) and called(node).reduces
            for child in ast.iter_child_nodes(node):
                walk(child, whole if reduces else into)

        walk(self.tree, each)
        return sorted(each), sorted(whole)


def read_query(text: str, where: str = "query") -> ColumnExpression:
    """A condition in pandas' `query` notation, where `&` binds as loosely as `and`.

    >>> read_query("plays > 10 & genre == 'jazz'").text
    "plays > 10 and genre == 'jazz'"
    """
    for sign, told in (("@", "write the value itself"), ("`", "write [df['a b'] > 1] instead")):
        if sign in text:
            raise UsageError(f"{where}: {sign} is not allowed", told)
    plain = _with_words(text)
    return _checked(ColumnExpression(plain, parsed(plain, where), True), where)


def read_expression(node: ast.expr, where: str) -> ColumnExpression:
    """An expression of `df`'s columns in Python's own notation."""
    return _checked(ColumnExpression(ast.unparse(node), node, False), where)


def _with_words(text: str) -> str:
    """`&` and `|` as words; those inside of texts stay."""
    try:
        tokens = list(tokenize.generate_tokens(StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError, IndentationError):
        return text  # told when it is parsed
    signs = {"&": " and ", "|": " or "}
    made, end = "", 0
    for token in tokens:
        if token.type == tokenize.OP and token.string in signs:
            made += text[end : token.start[1]].rstrip() + signs[token.string]
            end = token.end[1]
            end += len(text[end:]) - len(text[end:].lstrip())
    return made + text[end:]


def _checked(expression: ColumnExpression, where: str) -> ColumnExpression:
    _check(expression.tree, expression.in_query, where)
    return expression


def _check(node: ast.expr, in_query: bool, where: str) -> None:
    """Refuse whatever is not on the whitelist, naming it."""
    if _column_label(node, in_query) is not None:
        return
    if isinstance(node, ast.Constant):
        plain_value(node, where)
        return
    if isinstance(node, ast.List | ast.Tuple):
        plain_value(node, where)
        return
    if isinstance(node, ast.Call):
        check_call(node, where)
        _check(called(node).column, in_query, where)
        for argument in called(node).expressions:
            _check(argument, in_query, where)
        return
    if isinstance(node, ast.BoolOp) and not in_query:
        raise UsageError(
            f"{where}: {written(node)}", "between columns write & and |, with brackets"
        )
    for part in _parts(node, in_query, where):
        _check(part, in_query, where)


def _parts(node: ast.expr, in_query: bool, where: str) -> list[ast.expr]:
    """What an operator works on."""
    if isinstance(node, ast.BoolOp):
        return node.values
    if isinstance(node, ast.UnaryOp) and (in_query or not isinstance(node.op, ast.Not)):
        return [node.operand]
    if isinstance(node, ast.BinOp) and isinstance(node.op, tuple(_ARITHMETIC | _LOGIC)):
        if isinstance(node.op, ast.Pow):
            power = plain_value(node.right, where)
            if not isinstance(power, int | float) or not abs(power) <= _HIGHEST_POWER:
                told = f"a number up to {_HIGHEST_POWER} stands behind **"
                raise UsageError(f"{where}: {written(node)} is too high a power", told)
        return [node.left, node.right]
    if isinstance(node, ast.Compare):
        for op, right in zip(node.ops, node.comparators, strict=True):
            inside = isinstance(op, ast.In | ast.NotIn)
            if inside and not (in_query and isinstance(right, ast.List | ast.Tuple)):
                told = "write genre in ['jazz', 'folk']" if in_query else "write .isin([...])"
                raise UsageError(f"{where}: {written(node)}", told)
            if not inside and (type(op) not in _COMPARISONS or isinstance(right, ast.List)):
                raise UsageError(f"{where}: {written(node)} is not allowed", "compare with values")
        return [node.left, *node.comparators]
    if isinstance(node, ast.Name):
        told = "texts stand in quotation marks, columns are df.plays or df['plays']"
        raise UsageError(f"{where}: unknown name {node.id!r}", told)
    what = f"{where}: {written(node)} is not allowed"
    raise UsageError(what, "columns, values, arithmetic, comparisons, and, or, not are")


def _column_label(node: ast.AST, in_query: bool) -> tuple[str, Any] | None:
    """Of which table a node names a column, and which; None for any other node."""
    if in_query:
        return ("df", node.id) if isinstance(node, ast.Name) else None
    if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.value, ast.Name):
        table = node.value.id
        if table not in _TABLES:
            return None
        if isinstance(node, ast.Attribute):
            return None if node.attr.startswith("_") else (table, node.attr)
        if isinstance(node.slice, ast.Constant | ast.Tuple):
            label = plain_value(node.slice, "df[...]")
            return table, tuple(label) if isinstance(label, list) else label
        return None
    is_col = isinstance(node, ast.Call) and ast.unparse(node.func) in ("col", "pd.col")
    if is_col and len(node.args) == 1 and isinstance(node.args[0], ast.Constant):
        return None if node.keywords else ("df", plain_value(node.args[0], "col"))
    return None


class _Evaluation:
    """One walk over a tree, with the table at hand."""

    def __init__(self, expression: ColumnExpression, frame: Any, other: Any) -> None:
        self.expression, self.frame, self.other = expression, frame, other

    def of(self, node: ast.expr) -> Any:
        label = _column_label(node, self.expression.in_query)
        if label is not None:
            return self._column(*label)
        if isinstance(node, ast.Constant | ast.List | ast.Tuple):
            return plain_value(node, self.expression.text)
        if isinstance(node, ast.Call):
            return called(node).value(self.of(called(node).column), self.of)
        if isinstance(node, ast.BoolOp):
            join = operator.and_ if isinstance(node.op, ast.And) else operator.or_
            first, *rest = [self._truth(self.of(value), node) for value in node.values]
            for value in rest:
                first = join(first, value)
            return first
        if isinstance(node, ast.UnaryOp):
            value = self.of(node.operand)
            if isinstance(node.op, ast.Not | ast.Invert):
                return ~self._truth(value, node)
            self._need_numbers(node, value)
            return -value if isinstance(node.op, ast.USub) else value
        if isinstance(node, ast.BinOp):
            return self._arithmetic(node)
        assert isinstance(node, ast.Compare)
        return self._comparison(node)

    def place(self, label: Any) -> int | None:
        """The place of a column; None for a level of the index."""
        found = [i for i, name in enumerate(self.frame.columns) if name == label]
        if len(found) > 1:
            raise UsageError(f"the table has {len(found)} columns {label!r}", "rename one of them")
        if not found and label not in self.frame.index.names and label != "index":
            names = [str(name) for name in self.frame.columns]
            raise UsageError(f"no column {label!r}", did_you_mean(str(label), names))
        return found[0] if found else None

    def _column(self, table: str, label: Any) -> Any:
        if table == "other":
            if self.other is None or label not in self.other.columns:
                known = [] if self.other is None else map(str, self.other.columns)
                raise UsageError(f"no column {label!r} in other", did_you_mean(str(label), known))
            return self.other[label]
        place = self.place(label)
        if place is not None:
            return self.frame.iloc[:, place]
        levels = self.frame.index
        chosen = levels if label == "index" else levels.get_level_values(label)
        return chosen.to_series(index=levels)

    def _truth(self, value: Any, node: ast.expr) -> Any:
        if str(getattr(value, "dtype", type(value).__name__)) not in ("bool", "boolean"):
            raise UsageError(f"{written(node)} joins what is not true or false", "compare first")
        return value

    def _need_numbers(self, node: ast.expr, *values: Any) -> None:
        for value in values:
            kind = getattr(getattr(value, "dtype", None), "kind", None)
            if kind not in ("i", "u", "f", "b") and not isinstance(value, int | float):
                raise UsageError(f"{written(node)} is no arithmetic of numbers", "choose numbers")

    def _arithmetic(self, node: ast.BinOp) -> Any:
        left, right = self.of(node.left), self.of(node.right)
        if type(node.op) in _LOGIC:
            return _LOGIC[type(node.op)](self._truth(left, node), self._truth(right, node))
        texts = [
            str(getattr(v, "dtype", type(v).__name__)) in ("str", "string") for v in (left, right)
        ]
        if not (isinstance(node.op, ast.Add) and all(texts)):
            self._need_numbers(node, left, right)
        if isinstance(node.op, ast.Pow) and not hasattr(left, "dtype"):
            raise UsageError(f"{written(node)} is no power of a column", "write the number itself")
        return _ARITHMETIC[type(node.op)](left, right)

    def _comparison(self, node: ast.Compare) -> Any:
        left, made = self.of(node.left), None
        for op, comparator in zip(node.ops, node.comparators, strict=True):
            right = self.of(comparator)
            if isinstance(op, ast.In | ast.NotIn):
                held = left.isin(right)
                one = ~held if isinstance(op, ast.NotIn) else held
            else:
                one = _COMPARISONS[type(op)](left, right)
            made = one if made is None else made & one
            left = right
        return made
