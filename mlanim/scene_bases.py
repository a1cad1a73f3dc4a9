"""Classes that a scene file derives its own from and imports: found in sources, nothing is run."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

__all__ = ["imported_bases"]

_DEEPEST = 5  # files that import each other's classes
_BUNDLED = "mlanim.scenes"

Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def imported_bases(tree: ast.Module, path: Path, depth: int = _DEEPEST) -> dict[str, Definition]:
    """What is defined where the bases of a file's classes come from, by the names it has here.

    With a class come those beside it in its own file, and those from which it derives in its turn.
    """
    found: dict[str, Definition] = {}
    wanted = set(_base_names(tree))
    if not depth or not wanted:
        return found
    for node in tree.body:
        if not isinstance(node, ast.ImportFrom | ast.Import):
            continue
        for module, name, known_as in _imports(node, wanted):
            source = _source_of(module, node.level if isinstance(node, ast.ImportFrom) else 0, path)
            if source is None:
                continue
            try:
                other = ast.parse(source.read_bytes())
            except (OSError, SyntaxError, ValueError):
                continue
            beside = imported_bases(other, source, depth - 1)
            beside |= {n.name: n for n in other.body if isinstance(n, Definition)}
            for other_name, definition in beside.items():
                found.setdefault(other_name, definition)
            if name in beside:
                found[known_as] = beside[name]
    return found


def _base_names(tree: ast.Module) -> Iterator[str]:
    """The first and the last word of each base: `Lecture`, or `course` of `course.Lecture`."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            for base in node.bases:
                words = ast.unparse(base).split(".")
                yield from (words[0], words[-1])


def _imports(node: ast.ImportFrom | ast.Import, wanted: set[str]) -> Iterator[tuple[str, str, str]]:
    """Module, name there and name here, of what may be a base."""
    if isinstance(node, ast.ImportFrom):
        for name in node.names:
            known_as = name.asname or name.name
            if known_as in wanted or name.name == "*":
                yield node.module or "", name.name, known_as
    else:
        for name in node.names:
            if (name.asname or name.name.partition(".")[0]) in wanted:
                yield name.name, "", ""


def _source_of(module: str, level: int, path: Path) -> Path | None:
    """The file of a module, as a scene's import finds it; Manim's and ours are known by name."""
    if module.startswith(f"{_BUNDLED}."):
        package = Path(__file__).parent
        inside = package / "scenes"
        folders = [inside if inside.is_dir() else package.parent / "scenes"]
        module = module.removeprefix(f"{_BUNDLED}.")
    elif module.partition(".")[0] in ("manim", "mlanim") and not level:
        return None
    elif level:
        folders = [path.absolute().parents[level - 1]]
    else:
        folders = [path.absolute().parent, *(Path(entry) for entry in sys.path if entry)]
    inner = module.replace(".", "/")
    for folder in folders:
        for place in (folder / f"{inner}.py", folder / inner / "__init__.py"):
            if place.is_file():
                return place
    return None
