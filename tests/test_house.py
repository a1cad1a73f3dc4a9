"""The rules of the house, each a test: format, lint, types, and who may import whom."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "mlanim"

# From the top of the house to its ground; a room may import itself and what lies below it.
# Rooms of one line know nothing of each other.
STOREYS = (
    ("__main__",),
    ("cli",),
    ("studio",),
    ("publish",),
    ("boundary_movie",),
    ("notebook",),
    ("capture",),
    ("review", "needs"),
    ("render",),
    ("new_scene",),
    ("catalogue",),
    ("scene_module",),
    ("scene_file",),
    ("acts", "subjects"),
    ("explainer",),
    ("steps", "parameters"),
    ("motion",),
    ("primitives",),
    ("theme",),
    ("colour", "fonts"),
    ("models",),
    ("ending", "replacing", "sealed"),
    ("named_path",),
    ("cache_place", "errors", "left_behind"),
)
LEVEL = {room: level for level, rooms in enumerate(STOREYS) for room in rooms}
SOURCES = sorted([*PACKAGE.rglob("*.py"), *(ROOT / "scenes").glob("*.py")])


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_the_code_is_formatted() -> None:
    done = run("ruff", "format", "--check", "--output-format", "concise", ".")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_linter_finds_nothing() -> None:
    done = run("ruff", "check", "--output-format", "concise", ".")
    assert done.returncode == 0, done.stdout + done.stderr


def test_types_agree() -> None:
    done = run("mypy", "--no-error-summary")
    assert done.returncode == 0, done.stdout + done.stderr


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports_of(path: Path) -> Iterator[tuple[str, int]]:
    """Every module that a file imports, anywhere in it, with its line."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: import by the full name"
            yield node.module or "", node.lineno
            if node.module == "mlanim":
                yield from ((f"mlanim.{name.name}", node.lineno) for name in node.names)


def test_every_room_has_a_storey() -> None:
    rooms = {room_of(path) for path in PACKAGE.rglob("*.py")} - {"__init__"}
    assert rooms <= set(LEVEL), f"give {sorted(rooms - set(LEVEL))} a place in STOREYS"


def test_imports_run_downward() -> None:
    upward = []
    for path in PACKAGE.rglob("*.py"):
        room = room_of(path)
        if room == "__init__":  # the public names come from everywhere, on first use
            continue
        for module, line in imports_of(path):
            top, _, rest = module.partition(".")
            other = rest.partition(".")[0]
            if top != "mlanim" or other not in LEVEL or other == room:
                continue
            if LEVEL[other] <= LEVEL[room]:
                upward.append(f"{path.relative_to(ROOT)}:{line}: {room} imports {other}")
    assert not upward, "\n".join(upward)


def test_only_render_touches_manims_global_config() -> None:
    touching = []
    for path in SOURCES:
        if path.is_relative_to(PACKAGE / "render"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            names = [
                name.name for name in getattr(node, "names", []) if isinstance(name, ast.alias)
            ]
            of_manim = isinstance(node, ast.ImportFrom) and (node.module or "").startswith("manim")
            imported = of_manim and {"config", "tempconfig"} & set(names)
            module = getattr(node, "module", None) if isinstance(node, ast.ImportFrom) else None
            used = isinstance(node, ast.Attribute) and ast.unparse(node) == "manim.config"
            if imported or used or (module or "").startswith("manim._config"):
                touching.append(f"{path.relative_to(ROOT)}:{node.lineno}")  # type: ignore[attr-defined]
    assert not touching, "\n".join(touching)


def test_models_do_not_import_manim() -> None:
    for path in PACKAGE.rglob("models/**/*.py"):
        modules = {module.partition(".")[0] for module, _ in imports_of(path)}
        assert not modules & {"manim", "manimpango", "torch", "cairo"}, path


def test_subjects_do_not_know_each_other() -> None:
    for path in (PACKAGE / "subjects").rglob("*/**/*.py"):
        own = path.relative_to(PACKAGE / "subjects").parts[0]
        for module, line in imports_of(path):
            other = module.removeprefix("mlanim.subjects").removeprefix(".").partition(".")[0]
            if module.startswith("mlanim.subjects"):
                assert other == own, f"{path}:{line}: {own} imports {module}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_one_idea(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 300
    assert not {"utils", "helpers", "manager", "misc", "common"} & set(path.stem.split("_"))


def test_nothing_of_the_lists_here_is_stale() -> None:
    rooms = {room_of(path) for path in PACKAGE.rglob("*.py")}
    assert set(LEVEL) <= rooms, f"no such rooms: {sorted(set(LEVEL) - rooms)}"
