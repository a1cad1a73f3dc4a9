"""The text of an expression becomes a tree, if it holds nothing but what is read here."""

from __future__ import annotations

import ast

from mlanim.errors import UsageError
from mlanim.subjects.arrays.models.limits import MOST_SIGNS, MOST_STEPS, refusal

__all__ = ["parsed"]

_DEEPEST = 40  # parts within each other

_ALLOWED = (
    ast.Expression, ast.Constant, ast.Name, ast.Attribute, ast.UnaryOp, ast.BinOp, ast.Compare,
    ast.Subscript, ast.Slice, ast.Tuple, ast.List, ast.Call, ast.keyword, ast.expr_context,
    ast.operator, ast.unaryop, ast.cmpop,
)  # fmt: skip
_TOLD = {
    ast.Lambda: ("lambda is not read here", "write what it computes"),
    ast.ListComp: ("a comprehension is not read here", "operators work on whole arrays"),
    ast.SetComp: ("a comprehension is not read here", "operators work on whole arrays"),
    ast.DictComp: ("a comprehension is not read here", "operators work on whole arrays"),
    ast.GeneratorExp: ("a comprehension is not read here", "operators work on whole arrays"),
    ast.JoinedStr: ("an f-string is not read here", "write numbers and arrays"),
    ast.NamedExpr: (":= is not read here", "give an array by --set NAME=..."),
    ast.IfExp: ("if ... else is not read here", "write where(condition, a, b)"),
    ast.BoolOp: ("`and` and `or` do not work on arrays", "write & and |, with brackets"),
    ast.Starred: ("* in front of a part is not read here", "write the parts out"),
    ast.Dict: ("a dictionary is not read here", "write numbers and arrays"),
    ast.Set: ("a set is not read here", "write numbers and arrays"),
    ast.Await: ("await is not read here", "write numbers and arrays"),
    ast.Not: ("`not` does not work on arrays", "write ~"),
    ast.LShift: ("<< is not read here", "write * 2**n"),
    ast.RShift: (">> is not read here", "write // 2**n"),
    ast.In: ("`in` is not read here", "write (a == x).any()"),
    ast.NotIn: ("`in` is not read here", "write ~(a == x).any()"),
    ast.Is: ("`is` is not read here", "write =="),
    ast.IsNot: ("`is` is not read here", "write !="),
}


def parsed(text: str) -> ast.expr:
    """The tree of one expression.

    >>> type(parsed("(a - a.mean()) / a.std()")).__name__
    'BinOp'

    Raises:
        UsageError: it is too long or too deep, no expression, or holds what is not read here.
    """
    if len(text) > MOST_SIGNS:
        raise UsageError(f"an expression of {len(text):,} signs", f"at most {MOST_SIGNS:,}")
    if not text.strip():
        raise UsageError("the expression is empty", "write one such as a + 1")
    if bad := next((sign for sign in text if not sign.isprintable()), None):
        raise UsageError(
            f"the expression holds the sign U+{ord(bad):04X}", "write it in printable signs"
        )
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except SyntaxError as error:
        raise UsageError(f"the expression `{_short(text)}`", f"{error.msg}", _hint(text)) from None
    except (ValueError, MemoryError, RecursionError):
        raise UsageError(f"the expression `{_short(text)}` cannot be read", _hint(text)) from None
    _check(tree, text.strip())
    return tree.body


def _check(tree: ast.Expression, text: str) -> None:
    """Every part is of a kind that is read, they are not too many, and not too deep."""
    level: list[ast.AST] = [tree]
    count, depth = 0, 0
    owner: dict[int, ast.AST] = {}
    while level:
        depth += 1
        below: list[ast.AST] = []
        for node in level:
            count += isinstance(node, ast.expr) and not isinstance(node, ast.Constant)
            if not isinstance(node, _ALLOWED) or type(node) in _TOLD:
                named = node if hasattr(node, "col_offset") else owner.get(id(node), node)
                why, hint = _TOLD.get(type(node), (f"{type(node).__name__} is not read here", ""))
                raise refusal(ast.get_source_segment(text, named) or text, why, hint)
            for child in ast.iter_child_nodes(node):
                # Signs are shared by the whole tree, so only the first owner is known: enough.
                owner.setdefault(id(child), node)
                below.append(child)
        if depth > _DEEPEST:
            raise UsageError("the expression's parts lie too deep within each other", _hint(text))
        level = below
    if count > MOST_STEPS:
        raise UsageError(f"an expression of {count} parts", f"at most {MOST_STEPS}")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:40]}…{text[-15:]}"


def _hint(text: str) -> str:
    return "write one expression, such as (a - a.mean()) / a.std()"
