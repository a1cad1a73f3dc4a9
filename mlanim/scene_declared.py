"""The parameters that a scene file declares, read from its source without running it.

So a value that cannot be is refused before Manim is there. Only what is sure is told: what a source
computes, or has from elsewhere, waits until the class itself can be asked.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from mlanim.parameters import Parameter
from mlanim.scene_bases import imported_bases

__all__ = ["Declared", "declared_in"]

_PLAIN: Mapping[str, Any] = {
    "str": str,
    "int": int,
    "float": float,
    "bool": bool,
    "Path": Path,
    "None": None,
}
_GENERIC: Mapping[str, Any] = {"list": list, "dict": dict}


@dataclass(frozen=True)
class Declared:
    """What a class declares: its parameters, and a judge of values that were given for them.

    Attributes:
        parameters: those that the source tells in full.
        whole: whether these are all that there are.
    """

    parameters: Mapping[str, Parameter]
    whole: bool
    _judge: tuple[str, str] | None = None

    def judged(self, values: Mapping[str, Any]) -> None:
        """Have the class's judge, if it has one, look at values that were given.

        Raises:
            UsageError: it refuses them.
        """
        if self._judge is not None:
            _from_models(*self._judge)(values)


def declared_in(path: Path, class_name: str) -> Declared | None:
    """What a class of a file declares; None where its source does not tell."""
    try:
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    classes: dict[str, Any] = imported_bases(tree, path)
    classes |= {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    imports = dict(_imports(tree))
    parameters: dict[str, Parameter] = {}
    whole, judge = True, None
    for node in reversed(list(_with_bases(class_name, classes))):
        if node is None or node.keywords or node.decorator_list:
            return None
        own = imports if node in tree.body else {}
        for statement in node.body:
            if isinstance(statement, ast.AnnAssign) and _is_parameter(statement.value):
                found = _parameter(statement, own)
                name = ast.unparse(statement.target)
                whole = whole and found is not None
                parameters.pop(name, None)
                if found is not None:
                    parameters[name] = found
            elif isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "judge":
                judge = _judge(statement.value, own)
            elif isinstance(statement, ast.FunctionDef) and statement.name in (
                "__init__",
                "parameters",
            ):
                return None
    return Declared(parameters, whole, judge)


def _with_bases(name: str, classes: Mapping[str, Any]) -> Iterator[ast.ClassDef | None]:
    """A class and those it derives from, up to our `Explainer`; None for one that is not found."""
    node = classes.get(name)
    if not isinstance(node, ast.ClassDef) or len(node.bases) != 1:
        yield None
        return
    yield node
    base = ast.unparse(node.bases[0]).rpartition(".")[2]
    if base in classes and base != name:
        yield from _with_bases(base, {k: v for k, v in classes.items() if k != name})
    elif base != "Explainer":
        yield None


def _imports(tree: ast.Module) -> Iterator[tuple[str, tuple[str, str]]]:
    """Names that a file imports from models of ours, with their module and name there."""
    for node in tree.body:
        module = node.module or "" if isinstance(node, ast.ImportFrom) and not node.level else ""
        if module.startswith("mlanim.") and ".models." in f"{module}.":
            for one in node.names:  # type: ignore[attr-defined]
                yield one.asname or one.name, (module, one.name)


def _is_parameter(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).endswith("parameter")


def _parameter(node: ast.AnnAssign, imports: Mapping[str, tuple[str, str]]) -> Parameter | None:
    """A declaration, but for its default, which no given value is checked by."""
    assert isinstance(node.value, ast.Call)
    bounds = {word.arg: word.value for word in node.value.keywords if word.arg in ("low", "high")}
    try:
        kind = _type(node.annotation, imports)
        limits = {str(name): ast.literal_eval(value) for name, value in bounds.items()}
    except (ValueError, TypeError, KeyError, LookupError):
        return None
    return Parameter(ast.unparse(node.target), kind, None, "", **limits)


def _type(node: ast.expr, imports: Mapping[str, tuple[str, str]]) -> Any:
    """The type that an annotation names, as far as `parameter` knows such.

    Raises:
        LookupError: another one.
    """
    if isinstance(node, ast.Constant) and node.value is None:
        return None
    if isinstance(node, ast.Name) and node.id in imports:
        return _from_models(*imports[node.id])
    if isinstance(node, ast.Name | ast.Attribute):
        return _PLAIN[ast.unparse(node).rpartition(".")[2]]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return _type(node.left, imports) | _type(node.right, imports)
    if isinstance(node, ast.Subscript):
        name = ast.unparse(node.value).rpartition(".")[2]
        inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if name == "Literal":
            return Literal[tuple(_choice(one, imports) for one in inner)]
        return _GENERIC[name][tuple(_type(one, imports) for one in inner)]
    raise LookupError


def _choice(node: ast.expr, imports: Mapping[str, tuple[str, str]]) -> Any:
    """One of a `Literal`: a constant, or the name of another `Literal`."""
    return node.value if isinstance(node, ast.Constant) else _type(node, imports)


def _judge(node: ast.expr, imports: Mapping[str, tuple[str, str]]) -> tuple[str, str] | None:
    """Module and name of `staticmethod(name)`, where it is of our models; None for others."""
    called = isinstance(node, ast.Call) and ast.unparse(node.func) == "staticmethod" and node.args
    name = ast.unparse(node.args[0]) if called else ""  # type: ignore[attr-defined]
    return imports.get(name)


def _from_models(module: str, name: str) -> Any:
    return getattr(import_module(module), name)
