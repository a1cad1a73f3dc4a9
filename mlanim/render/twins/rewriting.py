"""A function of Manim's with one part of it exchanged.

Where the slow part is a few lines in the middle of a long ``__init__``, a copy of the whole
method would be one more thing to keep true. The method is compiled anew from Manim's own source
instead, with those lines replaced; source that does not hold exactly them is left alone.
"""

from __future__ import annotations

import ast
import inspect
import linecache
import textwrap
from collections.abc import Callable
from types import CodeType
from typing import Any

from mlanim.render.twins.patching import remembered


def rewritten(owner: type, name: str, old: str, new: str, extra: dict[str, Any]) -> Callable | None:
    """``owner.name`` with the code ``old`` replaced by ``new``; None where it is not there once.

    ``new`` may use the names of ``extra``. Layout and comments of ``old`` do not matter.

        rewritten(VMobject, "__init__", "np.linspace(0, 1, n)", "steps(n)", {"steps": steps})
    """
    method = vars(owner)[name]
    code = getattr(inspect.unwrap(method), "__code__", None)
    maker = code and _maker(code, (owner.__name__, name), (old, new), tuple(extra))
    if maker is None:
        return None
    made: dict[str, Any] = {}
    exec(maker, method.__globals__, made)
    result = made["maker"](owner, *extra.values())
    # the defaults are Manim's own objects, not equal ones
    result.__defaults__, result.__kwdefaults__ = method.__defaults__, method.__kwdefaults__
    result.__qualname__, result.__doc__ = method.__qualname__, method.__doc__
    return result


@remembered
def _maker(
    code: CodeType, place: tuple[str, str], change: tuple[str, str], extra: tuple[str, ...]
) -> CodeType | None:
    """Defines a function that takes the class and what is extra and makes the method."""
    try:
        tree = ast.parse(textwrap.dedent(_source_of(code)))
    except (IndexError, SyntaxError):
        return None  # no source: a frozen or compiled Manim
    old, new = (ast.parse(text).body[0] for text in change)
    exchange = _Exchange(old, new)
    tree = exchange.visit(tree)
    if exchange.found != 1 or not isinstance(tree.body[0], ast.FunctionDef):
        return None
    tree.body[0].decorator_list = []
    kind, name = place
    # made inside a function that holds the new names, so that Manim's globals stay Manim's
    maker = ast.parse(f"def maker({', '.join([_OWNER, *extra])}): return {name}").body[0]
    assert isinstance(maker, ast.FunctionDef)
    maker.body.insert(0, tree.body[0])
    module = ast.fix_missing_locations(ast.Module([maker], []))
    return compile(module, f"<{kind}.{name}>", "exec")


def _source_of(code: CodeType) -> str:
    """As `inspect.getsource`, which looks for the module that it knows through all modules."""
    lines = linecache.getlines(code.co_filename)
    return "".join(inspect.getblock(lines[code.co_firstlineno - 1 :]))


_OWNER = "_owner_of_rewritten"


class _Exchange(ast.NodeTransformer):
    """Replaces one statement or expression, and names the class in ``super()``."""

    def __init__(self, old: ast.stmt, new: ast.stmt) -> None:
        self.found = 0
        whole = not isinstance(old, ast.Expr)
        self._old = ast.dump(old if whole else old.value)  # type: ignore[attr-defined]
        self._new = new if whole or not isinstance(new, ast.Expr) else new.value

    def visit(self, node: ast.AST) -> Any:
        if isinstance(node, (ast.For, ast.Call)) and ast.dump(node) == self._old:
            self.found += 1
            return self._new
        if isinstance(node, ast.Call) and ast.unparse(node) == "super()":
            return ast.parse(f"super({_OWNER}, self)", mode="eval").body
        return self.generic_visit(node)
