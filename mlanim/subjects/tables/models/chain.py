"""A chain of pandas methods, read into its links; nothing of it is run as Python."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from mlanim.errors import UsageError, did_you_mean
from mlanim.subjects.tables.models.column_expression import (
    ColumnExpression,
    read_expression,
    read_query,
)
from mlanim.subjects.tables.models.column_methods import TEXT_METHODS
from mlanim.subjects.tables.models.instead import INSTEAD
from mlanim.subjects.tables.models.literals import LONGEST, parsed, plain_value, written
from mlanim.subjects.tables.models.located import Located, read_located
from mlanim.subjects.tables.models.methods import AGGREGATES, METHODS, bound, manner_of

__all__ = ["Link", "read_chain"]

_AFTER_GROUPBY = (*AGGREGATES, "agg", "aggregate", "transform")
_REFUSED = "no such method here"


@dataclass(frozen=True)
class Link:
    """One link of a chain.

    Attributes:
        written: as it stands in the chain, such as "sort_values('plays')".
        name: the method's, or "[]", "loc", "iloc", "column".
        manner: how cells are treated, as `METHODS` has it; "mask", "columns", "column", "located",
            "text" and "group" besides.
        given: its arguments by name, checked.
        condition: of query and of a mask.
        located: of loc and iloc.
        keys, chosen, then: of "group": groupby's arguments, the columns that are chosen of the
            groups (a name, a list or None), and the link that makes one value of each group.
    """

    written: str
    name: str
    manner: str
    given: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    condition: ColumnExpression | None = None
    located: Located | None = None
    chosen: Any = None
    then: Link | None = None


def read_chain(text: str) -> tuple[Link, ...]:
    """Read `query('plays > 10').groupby('genre').plays.sum()`, with or without a `df.` before it.

    Raises UsageError, naming the part, for whatever is not on the whitelist.

    >>> [link.written for link in read_chain("query('plays > 10').groupby('genre').plays.sum()")]
    ["query('plays > 10')", "groupby('genre').plays.sum()"]
    """
    whole = text.strip().removeprefix(".")
    if not whole.startswith(("df.", "df[", "pd.")):
        whole = f"df{whole}" if whole.startswith("[") else f"df.{whole}"
    if len(text) > LONGEST or not text.strip():
        whole = text  # told as it was given
    parts = _parts(parsed(whole, "the chain"))
    links: list[Link] = []
    while parts:
        link, parts = _next_link(parts)
        links.append(link)
    if not links:
        raise UsageError("the chain has no links", "write methods of pandas: sort_values('plays')")
    return tuple(links)


Part = tuple[str, Any]  # ("name", text), ("call", ast.Call) or ("item", ast.expr)


def _parts(node: ast.expr) -> list[Part]:
    """The names, calls and square brackets of a chain, from its table on."""
    found: list[Part] = []
    while True:
        if isinstance(node, ast.Attribute):
            found.append(("name", node.attr))
            node = node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if isinstance(node.func.value, ast.Name) and node.func.value.id == "pd":
                return [*_of_two(node), *reversed(found)]
            found.append(("call", node))
            node = node.func
        elif isinstance(node, ast.Subscript):
            found.append(("item", node.slice))
            node = node.value
        elif isinstance(node, ast.Name) and node.id == "df":
            return found[::-1]
        else:
            what = f"the chain: {written(node)} is not allowed"
            raise UsageError(what, "it is methods of one table: df.query('...').sort_values('...')")


def _of_two(call: ast.Call) -> list[Part]:
    """`pd.concat([df, other])` and `pd.merge(df, other)`, as methods of the first table."""
    assert isinstance(call.func, ast.Attribute)
    name, arguments = call.func.attr, list(call.args)
    if name == "merge" and arguments and written(arguments[0]) == "df":
        arguments = arguments[1:]
    elif name != "concat":
        raise UsageError(f"the chain: pd.{name} is not allowed", "pd.concat and pd.merge are")
    method = ast.Attribute(ast.Name("df"), name)
    return [("name", name), ("call", ast.Call(method, arguments, call.keywords))]


def _next_link(parts: list[Part]) -> tuple[Link, list[Part]]:
    """The first link of the parts, and those that are left."""
    kind, value = parts[0]
    if kind == "item":
        return _bracketed(value), parts[1:]
    after: Part = parts[1] if len(parts) > 1 else ("end", None)
    if value in ("loc", "iloc"):
        if after[0] != "item":
            raise UsageError(f"{value} wants square brackets", f"write {value}[...]")
        located = read_located(value, after[1])
        shown = f"{value}[{_between(after[1])}]"
        return Link(shown, value, "located", located=located), parts[2:]
    if value == "str":
        return _text_method(parts)
    if value == "T" and after[0] != "call":
        return Link("T", "transpose", "transpose"), parts[1:]
    if value == "groupby" and after[0] == "call":
        return _grouped(parts)
    if after[0] != "call":
        return _named_column(value), parts[1:]
    _check_name(value)
    return _method(value, after[1]), parts[2:]


def _check_name(name: str) -> None:
    if name in METHODS:
        return
    if name.startswith("_"):
        raise UsageError(f"the chain: {name} is not allowed", "names do not begin with _")
    near = INSTEAD.get(name) or did_you_mean(name, METHODS)
    if near.startswith("allowed"):
        near = (
            f"allowed: {', '.join(list(METHODS)[:4])}, groupby, merge and {len(METHODS) - 6} more"
        )
    raise UsageError(f"the chain: {name}: {_REFUSED}", near)


def _named_column(name: str) -> Link:
    if name.startswith("_"):
        raise UsageError(f"the chain: {name} is not allowed", "names do not begin with _")
    if name in METHODS:
        raise UsageError(f"the chain: {name} wants brackets", f"write {name}(...)")
    return Link(name, "column", "column", MappingProxyType({"label": name}))


def _bracketed(node: ast.expr) -> Link:
    """`['plays']`, `[['artist', 'plays']]`, or a condition in brackets."""
    shown = f"[{written(node)}]"
    if isinstance(node, ast.Slice):
        return Link(shown, "iloc", "located", located=read_located("iloc", node))
    if isinstance(node, ast.Constant | ast.Tuple):
        label = plain_value(node, shown)
        label = tuple(label) if isinstance(label, list) else label
        return Link(shown, "[]", "column", MappingProxyType({"label": label}))
    if isinstance(node, ast.List):
        return Link(shown, "[]", "columns", MappingProxyType({"labels": plain_value(node, shown)}))
    return Link(shown, "[]", "mask", condition=read_expression(node, shown))


def _method(name: str, call: ast.Call, *, of_series: bool = False) -> Link:
    given = bound(call, name, of_series=of_series)
    shown = _shown(name, call)
    if name == "query":
        return Link(shown, name, "mask", condition=read_query(given.get("expr", "")))
    if name == "assign":
        given = {key: read_expression(node, f"assign: {key}") for key, node in given.items()}
    if name == "eval":
        given = _evaluated(given.get("expr", ""))
    return Link(shown, name, manner_of(name), MappingProxyType(given))


def _evaluated(text: str) -> dict[str, ColumnExpression]:
    """`eval("hours = minutes / 60")`: a name, and how it is computed."""
    name, sign, rest = text.partition("=")
    if not (sign and name.strip().isidentifier() and not rest.startswith("=")):
        raise UsageError(f"eval: {text[:40]!r}", "write eval('hours = minutes / 60')")
    return {name.strip(): read_query(rest.strip(), "eval")}


def _text_method(parts: list[Part]) -> tuple[Link, list[Part]]:
    """`.str.upper()` of a column."""
    names = [value for kind, value in parts[1:2] if kind == "name"]
    if not names or len(parts) < 3 or parts[2][0] != "call":
        raise UsageError("the chain: str wants a method", "write .str.upper()")
    name, call = names[0], parts[2][1]
    if name not in TEXT_METHODS:
        raise UsageError(f"the chain: unknown method str.{name}", did_you_mean(name, TEXT_METHODS))
    node = ast.Call(
        ast.Attribute(ast.Attribute(ast.parse("df.x", mode="eval").body, "str"), name),
        call.args,
        call.keywords,
    )
    read_expression(node, "the chain")  # whose arguments are checked alike
    values = [plain_value(argument, name) for argument in call.args]
    given = MappingProxyType({"values": values})
    return Link(f"str.{_shown(name, call)}", f"str.{name}", "text", given), parts[3:]


def _grouped(parts: list[Part]) -> tuple[Link, list[Part]]:
    """`groupby(...)` with the columns that are chosen and what becomes of each group."""
    given = bound(parts[1][1], "groupby")
    if not given.get("by"):
        raise UsageError("groupby has no column", "write groupby('genre')")
    shown, rest, chosen = _shown("groupby", parts[1][1]), parts[2:], None
    if rest and (rest[0][0] == "item" or len(rest) < 2 or rest[1][0] != "call"):
        kind, value = rest[0]
        if kind == "call":
            raise UsageError(f"the chain: {shown} is called twice", "write .sum() behind it")
        chosen = value if kind == "name" else plain_value(value, f"{shown}[...]")
        shown += f".{value}" if kind == "name" else f"[{written(value)}]"
        rest = rest[1:]
    if len(rest) < 2 or rest[0][0] != "name" or rest[1][0] != "call":
        told = "say what becomes of each group: .sum(), .mean(), .count(), .agg(...)"
        raise UsageError(f"the chain: {shown} only forms groups", told)
    name = rest[0][1]
    if name not in _AFTER_GROUPBY:
        what = f"the chain: {shown}.{name} is not allowed"
        raise UsageError(what, INSTEAD.get(f"groupby.{name}") or did_you_mean(name, _AFTER_GROUPBY))
    then = _method(name, rest[1][1])
    manner = "transform" if then.manner == "transform" else "group"
    keys = MappingProxyType(given)
    link = Link(f"{shown}.{then.written}", "groupby", manner, keys, chosen=chosen, then=then)
    return link, rest[2:]


def _between(node: ast.expr) -> str:
    """What stands between square brackets, without the round ones of a tuple."""
    pair = node.elts if isinstance(node, ast.Tuple) else [node]
    return ", ".join(written(part) for part in pair)


def _shown(name: str, call: ast.Call) -> str:
    brackets = [*map(ast.unparse, call.args)]
    brackets += [f"{k.arg}={ast.unparse(k.value)}" if k.arg else "**" for k in call.keywords]
    return f"{name}({', '.join(brackets)})"
