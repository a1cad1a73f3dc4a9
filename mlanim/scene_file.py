"""What a scene file says of itself, read from its source without running it.

A file may be slow to import, need a package that is not there, or be broken: `mlanim list` has to
tell about it all the same. So class names, docstrings and step names are literals in the source.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mlanim.scene_bases import imported_bases

__all__ = ["SceneOutline", "StepOutline", "outline", "section_path"]

_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class StepOutline:
    """One `with self.step("name", say="...")`: its path ("attention/score") and its sentence.

    In a plain scene it is a section, `self.next_section("name")`.
    """

    path: str
    say: str = ""
    is_section: bool = False


@dataclass(frozen=True)
class SceneOutline:
    """One scene class: its name, the first line of its docstring, its steps in playing order, and
    those that it plays of a captured trace, with the arrays that each needs."""

    class_name: str
    is_explainer: bool = False
    summary: str = ""
    steps: tuple[StepOutline, ...] = ()
    captured: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def outline(source: str | bytes, path: Path | None = None) -> list[SceneOutline]:
    """List the scene classes of a source, in the order of the file; bytes may name their coding.

    With a path, classes that derive from imported ones are told too, where their sources are found.
    Steps are followed through methods and functions of the same file (`self.attend()` inside a
    step gives "attention/score"). A step that repeats is named once. Raises SyntaxError.

    >>> found = outline('''class Demo(Explainer):
    ...     "One line."
    ...     def construct(self):
    ...         with self.step("attention", say="Look."):
    ...             self.score()
    ...     def score(self):
    ...         with self.step("score"): ...
    ... ''')[0]
    >>> found.class_name, found.summary, [step.path for step in found.steps]
    ('Demo', 'One line.', ['attention', 'attention/score'])
    """
    tree = ast.parse(source)
    elsewhere = imported_bases(tree, path) if path else {}
    own = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    classes = {n: node for n, node in elsewhere.items() if isinstance(node, ast.ClassDef)}
    classes |= {node.name: node for node in own}
    functions = {n: node for n, node in elsewhere.items() if isinstance(node, _Function)}
    functions |= {node.name: node for node in tree.body if isinstance(node, _Function)}
    found = []
    for node in own:
        name = node.name
        bases = set(_base_names(node, classes))
        if name.startswith("_") or not any(base.endswith(("Scene", "Explainer")) for base in bases):
            continue
        methods = dict(_methods(node, classes))
        steps: dict[str, StepOutline] = {}
        explains = any(base.endswith("Explainer") for base in bases)
        if construct := methods.get("construct"):
            for step in _steps(construct.body, "", methods, functions, ("construct",)):
                if not (step.is_section and explains):
                    steps.setdefault(step.path, step)
        found.append(
            SceneOutline(
                class_name=name,
                is_explainer=explains,
                summary=(ast.get_docstring(node) or "").strip().partition("\n")[0],
                steps=tuple(steps.values()),
                captured=_captured_steps(node),
            )
        )
    return found


def _base_names(node: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> Iterator[str]:
    """Name every ancestor that the file shows: `Explainer`, `manim.Scene`, a class above."""
    for base in node.bases:
        name = ast.unparse(base).rpartition(".")[2]
        yield name
        if name in classes and name != node.name:
            yield from _base_names(classes[name], {k: v for k, v in classes.items() if k != name})


def _captured_steps(node: ast.ClassDef) -> dict[str, tuple[str, ...]]:
    """The literal `captured_steps` of a class body; none where it is something else."""
    for child in node.body:
        if not isinstance(child, ast.Assign | ast.AnnAssign) or child.value is None:
            continue
        targets = child.targets if isinstance(child, ast.Assign) else [child.target]
        if any(isinstance(t, ast.Name) and t.id == "captured_steps" for t in targets):
            try:
                found = ast.literal_eval(child.value)
                return {str(step): tuple(map(str, arrays)) for step, arrays in found.items()}
            except (ValueError, TypeError, AttributeError):
                return {}
    return {}


def _methods(
    node: ast.ClassDef, classes: dict[str, ast.ClassDef]
) -> Iterator[tuple[str, _Function]]:
    """Give the methods of a class, those of its ancestors in the same file first."""
    for base in reversed(list(_base_names(node, classes))):
        if base in classes:
            yield from _methods_of(classes[base])
    yield from _methods_of(node)


def _methods_of(node: ast.ClassDef) -> Iterator[tuple[str, _Function]]:
    for child in node.body:
        if isinstance(child, _Function):
            yield child.name, child


def _steps(
    body: list[ast.stmt],
    path: str,
    methods: dict[str, _Function],
    functions: dict[str, _Function],
    calling: tuple[str, ...],
) -> Iterator[StepOutline]:
    """Walk statements as they would run, into the methods and functions that they call."""

    def visit(node: ast.AST, path: str) -> Iterator[StepOutline]:
        if isinstance(node, ast.With):
            for item in node.items:
                if step := _step_of(item.context_expr, path):
                    yield step
                    path = step.path
                else:
                    yield from visit(item.context_expr, path)
            for statement in node.body:
                yield from visit(statement, path)
            return
        for child in ast.iter_child_nodes(node):
            if not isinstance(child, ast.Lambda | ast.ClassDef | _Function):
                yield from visit(child, path)
        if isinstance(node, ast.Call):
            if section := _section_of(node):
                yield section
            name, called = _called(node.func, methods, functions)
            if called is not None and name not in calling:
                yield from _steps(called.body, path, methods, functions, (*calling, name))

    for statement in body:
        yield from visit(statement, path)


def _called(
    node: ast.expr, methods: dict[str, _Function], functions: dict[str, _Function]
) -> tuple[str, _Function | None]:
    """Find the method or function of this file that `self.attend` or `attend` names."""
    if isinstance(node, ast.Name):
        return node.id, functions.get(node.id)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.attr, methods.get(node.attr) if node.value.id == "self" else None
    return "", None


def _step_of(node: ast.expr, path: str) -> StepOutline | None:
    """Read `anything.step("name", say="...")`; None for another expression."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return None
    if node.func.attr != "step" or not node.args or not isinstance(node.args[0], ast.Constant):
        return None
    said = next((word.value for word in node.keywords if word.arg == "say"), None)
    if said is None and len(node.args) > 1:
        said = node.args[1]
    name = str(node.args[0].value)
    return StepOutline(f"{path}/{name}" if path else name, _sentence(said))


def _section_of(node: ast.Call) -> StepOutline | None:
    """Read `anything.next_section("name")`; None for another call, or one without a name."""
    if not (isinstance(node.func, ast.Attribute) and node.func.attr == "next_section"):
        return None
    named = [word.value for word in node.keywords if word.arg == "name"]
    first = next(iter([*node.args, *named]), None)
    text = first.value if isinstance(first, ast.Constant) else None
    path = section_path(text) if isinstance(text, str) else ""
    return StepOutline(path, is_section=True) if path else None


def section_path(name: str) -> str:
    """A section's name as `--steps` takes it.

    >>> section_path("Two roots: a case")
    'Two-roots-a-case'
    """
    return re.sub(r"[^\w-]+", "-", unicodedata.normalize("NFKC", name)).strip("-")


def _sentence(node: ast.expr | None) -> str:
    """Give the words of a literal; what an f-string computes is known only when it runs."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        parts = (_sentence(part) for part in node.values)
        return "".join(part or "…" for part in parts)
    return ""
