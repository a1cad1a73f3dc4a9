"""The whitelist: each method of pandas that a chain may call, and what it takes.

A line of `METHODS` is a method's manner and its arguments in pandas' own order, each with the kind
of value that it takes; `a|b` are words to choose from, `?` after a name allows None.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from mlanim.errors import UsageError, did_you_mean
from mlanim.subjects.tables.models.column_methods import REDUCTIONS
from mlanim.subjects.tables.models.instead import INSTEAD
from mlanim.subjects.tables.models.literals import plain_value, written

__all__ = ["AGGREGATES", "METHODS", "bound", "manner_of"]

AGGREGATES = (*REDUCTIONS, "first", "last", "size")

METHODS: Mapping[str, str] = MappingProxyType(
    {
        # rows are chosen, or stand in another order
        "query": "rows expr:text",
        "sort_values": "rows by:labels ascending:flags na_position:first|last ignore_index:flag",
        "head": "rows n:whole",
        "tail": "rows n:whole",
        "nlargest": "rows n:count columns:labels keep:first|last|all",
        "nsmallest": "rows n:count columns:labels keep:first|last|all",
        "drop_duplicates": "rows subset:labels keep:first|last ignore_index:flag",
        "dropna": "dropna axis:axis how:any|all subset:labels thresh:count ignore_index:flag",
        # parts are chosen by their labels
        "drop": "labels labels:labels axis:axis columns:labels index:labels",
        "filter": "labels items:labels like:text axis:axis",
        "sort_index": "labels axis:axis ascending:flag",
        "select_dtypes": "kinds include:labels exclude:labels",
        # labels change, cells stay
        "rename": "renamed columns:names index:names",
        "add_prefix": "renamed prefix:text",
        "add_suffix": "renamed suffix:text",
        "rename_axis": "renamed mapper:label index:labels columns:label",
        # cells change, each in its place
        "fillna": "cells value:fills",
        "isna": "cells",
        "notna": "cells",
        "abs": "cells",
        "round": "cells decimals:places",
        "isin": "cells values:several",
        "between": "cells left:number right:number inclusive:both|neither|left|right",
        "map": "cells arg:mapped",
        "astype": "cells dtype:fills",
        "replace": "cells to_replace:replaced value:scalar",
        "clip": "cells lower:number upper:number",
        # cells that come from other cells
        "ffill": "shifted",
        "bfill": "shifted",
        "shift": "shifted periods:whole",
        "cumsum": "running",
        "diff": "running",
        "assign": "assign **:expression",
        "eval": "assign expr:text",
        # another shape
        "set_index": "set_index keys:labels drop:flag append:flag",
        "reset_index": "reset_index level:labels drop:flag names:labels name:label",
        "pivot": "pivot columns:labels index:labels values:labels",
        "melt": "melt id_vars:labels value_vars:labels var_name:label value_name:label"
        " ignore_index:flag",
        "stack": "stack level:label",
        "unstack": "unstack level:label fill_value:scalar",
        "transpose": "transpose",
        "to_frame": "to_frame name:label",
        # many cells become one
        "groupby": "groupby by:labels as_index:flag sort:flag dropna:flag",
        "agg": "reduce func:aggregates **:named",
        "aggregate": "reduce func:aggregates **:named",
        "transform": "transform func:aggregate",
        "pivot_table": "pivot_table values:labels index:labels columns:labels"
        " aggfunc:aggregates fill_value:scalar margins:flag dropna:flag margins_name:text"
        " sort:flag",
        "value_counts": "value_counts subset:labels normalize:flag sort:flag ascending:flag"
        " dropna:flag",
        **dict.fromkeys(REDUCTIONS, "reduce numeric_only:flag"),
        "count": "reduce",
        "nunique": "reduce",
        "size": "reduce",
        "first": "reduce numeric_only:flag",
        "last": "reduce numeric_only:flag",
        # two tables become one
        "merge": "merge right:other how:inner|left|right|outer|cross on:labels left_on:labels"
        " right_on:labels suffixes:labels sort:flag",
        "concat": "concat objs:other axis:axis join:outer|inner ignore_index:flag",
    }
)


def manner_of(name: str) -> str:
    """How a method treats its cells.

    >>> manner_of("head"), manner_of("melt")
    ('rows', 'melt')
    """
    return METHODS[name].split()[0]


def bound(call: ast.Call, name: str, *, of_series: bool = False) -> dict[str, Any]:
    """The arguments of a call by their names, checked.

    of_series: whether it is asked of a single column, whose methods name no column.

    Raises UsageError for names that the method does not have, and values that it does not take.

    >>> bound(ast.parse("f('plays', ascending=False)", mode="eval").body, "sort_values")
    {'by': 'plays', 'ascending': False}
    """
    _, *specs = METHODS[name].split()
    kinds = dict(spec.split(":", 1) for spec in specs)
    rest = kinds.pop("**", None)
    order = [key for key in kinds if not (of_series and key in ("by", "columns", "subset"))]
    found: dict[str, ast.expr] = {}
    if len(call.args) > len(order):
        told = f"it takes {', '.join(order)}" if order else "its brackets stay empty"
        raise UsageError(f"{name} has {len(call.args)} values", told)
    for key, argument in zip(order, call.args, strict=False):
        if isinstance(argument, ast.Starred):
            raise UsageError(f"{name}: {written(argument)} is not allowed", "write the values")
        found[key] = argument
    for keyword in call.keywords:
        if keyword.arg is None:
            raise UsageError(f"{name}: ** is not allowed", "write the names")
        if keyword.arg.startswith("_"):
            raise UsageError(f"{name}: {keyword.arg} is not allowed", "names do not begin with _")
        if keyword.arg not in order and rest is None:
            hint = INSTEAD.get(f"{name}.{keyword.arg}") or did_you_mean(keyword.arg, order)
            raise UsageError(f"{name} has no {keyword.arg!r}", hint)
        if keyword.arg in found:
            raise UsageError(f"{name} has {keyword.arg!r} twice", "give it once")
        found[keyword.arg] = keyword.value
    return {
        key: _checked(node, kinds.get(key, rest or ""), f"{name}: {key}")
        for key, node in found.items()
    }


def _checked(node: ast.expr, kind: str, where: str) -> Any:
    if kind == "expression":  # read where the columns are known to be columns
        return node
    if kind == "other":
        names = node.elts if isinstance(node, ast.List | ast.Tuple) else [node]
        told = [name.id for name in names if isinstance(name, ast.Name)]
        if told not in (["other"], ["df", "other"]):
            raise UsageError(f"{where}: {written(node)} is no table", "write other")
        return "other"
    value = plain_value(node, where)
    test = _KINDS.get(kind)
    if test is None:
        words = kind.split("|")
        if not isinstance(value, str) or value not in words:
            near = did_you_mean(value, words) if isinstance(value, str) else ""
            raise UsageError(f"{where}={_short(value)}", near or f"allowed: {', '.join(words)}")
    elif not test[0](value):
        raise UsageError(f"{where}={_short(value)}", f"it takes {test[1]}")
    return value


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."


def _is_label(value: Any) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _is_whole(value: Any) -> bool:
    return type(value) is int and abs(value) <= 1_000_000_000


def _is_decimals(value: Any) -> bool:
    return _is_whole(value) and abs(value) <= 12


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_scalar(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float | bool)


def _all(values: Any, test: Callable[[Any], bool], kind: Any = list) -> bool:
    if not isinstance(values, kind) or not values:
        return False
    several: Any = values.values() if isinstance(values, dict) else values
    held: list[Any] = list(several)
    return all(map(test, held))


def _is_aggregate(value: Any) -> bool:
    return isinstance(value, str) and value in AGGREGATES


def _are_aggregates(value: Any) -> bool:
    one = _is_aggregate(value) or _all(value, _is_aggregate)
    return one or _all(value, lambda v: _is_aggregate(v) or _all(v, _is_aggregate), dict)


_NAMES = f"one of {', '.join(AGGREGATES)}"
_KINDS: Mapping[str, tuple[Callable[[Any], bool], str]] = MappingProxyType(
    {
        "text": (lambda v: isinstance(v, str), "a text in quotation marks"),
        "label": (_is_label, "a name"),
        "labels": (lambda v: _is_label(v) or _all(v, _is_label), "a name or a list of names"),
        "names": (lambda v: _all(v, _is_label, dict), "{'old': 'new'}"),
        "flag": (lambda v: isinstance(v, bool), "True or False"),
        "flags": (
            lambda v: isinstance(v, bool) or _all(v, lambda w: isinstance(w, bool)),
            "True or False, or a list of them",
        ),
        "axis": (lambda v: v in (0, 1, "index", "columns"), "0 or 1, 'index' or 'columns'"),
        "count": (lambda v: _is_whole(v) and v >= 0, "a whole number from 0"),
        "whole": (_is_whole, "a whole number"),
        "places": (
            lambda v: _is_decimals(v) or _all(v, _is_decimals, dict),
            "a whole number up to 12, or one a column",
        ),
        "several": (lambda v: _all(v, _is_scalar), "a list of values"),
        "mapped": (lambda v: _all(v, _is_scalar, dict), "{'old': 'new'}"),
        "number": (_is_number, "a number"),
        "scalar": (_is_scalar, "a number or a text"),
        "replaced": (
            lambda v: (
                _is_scalar(v)
                or _all(v, _is_scalar)
                or _all(v, lambda w: _is_scalar(w) or _all(w, _is_scalar, dict), dict)
            ),
            "a value, a list, {'old': 'new'}, or such a dict a column",
        ),
        "fills": (lambda v: _is_scalar(v) or _all(v, _is_scalar, dict), "a value, or one a column"),
        "aggregate": (_is_aggregate, _NAMES),
        "aggregates": (_are_aggregates, f"{_NAMES}, a list, or one a column"),
        "named": (
            lambda v: _all(v, _is_label) and len(v) == 2 and _is_aggregate(v[1]),
            "('plays', 'sum')",
        ),
    }
)
