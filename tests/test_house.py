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
    ("boundary_movie",),
    ("notebook",),
    ("publish",),
    ("capture",),
    ("review", "needs"),
    ("render",),
    ("new_scene", "scenes"),
    ("catalogue",),
    ("scene_module",),
    ("scene_declared", "scene_file"),
    ("scene_bases",),
    ("subjects",),
    ("acts",),
    ("explainer",),
    ("branding", "burnt_caption", "steps", "parameters"),
    ("motion",),
    ("primitives",),
    ("theme",),
    ("colour", "fonts", "words"),
    ("models",),
    ("ending", "replacing", "sealed"),
    ("named_path",),
    ("burnt_page", "cache_place", "errors", "left_behind", "on_first_use"),
)
# The same within render/, whose ways in lie on top.
RENDERS_STOREYS = (
    ("recall", "verify"),
    ("verifying",),
    ("engine",),
    ("stills", "workers"),
    ("stage",),
    ("plays",),
    ("asked",),
    ("memory", "sinks"),
    ("watched",),
    ("twins",),
    ("known",),
)
FULLEST = 33  # files of a folder: in a larger one nobody finds anything
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


def room_of(path: Path, house: Path = PACKAGE) -> str:
    return path.relative_to(house).with_suffix("").parts[0]


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


def levels(storeys: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    return {room: level for level, rooms in enumerate(storeys) for room in rooms}


HOUSES = pytest.mark.parametrize(
    ("house", "storeys"), [(PACKAGE, STOREYS), (PACKAGE / "render", RENDERS_STOREYS)], ids=str
)


@HOUSES
def test_every_room_has_a_storey(house: Path, storeys: tuple[tuple[str, ...], ...]) -> None:
    rooms = {room_of(path, house) for path in house.rglob("*.py")} - {"__init__"}
    level = levels(storeys)
    assert rooms <= set(level), f"give {sorted(rooms - set(level))} a place in STOREYS"
    assert set(level) <= rooms, f"no such rooms: {sorted(set(level) - rooms)}"


@HOUSES
def test_imports_run_downward(house: Path, storeys: tuple[tuple[str, ...], ...]) -> None:
    upward = []
    level = levels(storeys)
    own = ".".join(house.relative_to(ROOT).parts) + "."
    for path in house.rglob("*.py"):
        room = room_of(path, house)
        if room == "__init__":  # the public names come from everywhere, on first use
            continue
        for module, line in imports_of(path):
            other = module.removeprefix(own).partition(".")[0]
            if not module.startswith(own) or other not in level or other == room:
                continue
            if level[other] <= level[room]:
                upward.append(f"{path.relative_to(ROOT)}:{line}: {room} imports {other}")
    assert not upward, "\n".join(upward)


def test_twins_serve_any_manim_code() -> None:
    """What does Manim's work sooner knows no segments, caches or films, nor any explainer."""
    for path in (PACKAGE / "render/twins").rglob("*.py"):
        ours = {module for module, _ in imports_of(path) if module.startswith("mlanim.")}
        rooms = ("mlanim.render.twins.", "mlanim.render.known.")
        assert all(f"{module}.".startswith(rooms) for module in ours), path


@pytest.mark.parametrize("top", ["mlanim", "tests", "docs", "training", "scenes", "benchmarks"])
def test_no_folder_is_too_full(top: str) -> None:
    folders = {path.parent for path in (ROOT / top).rglob("*.py")}
    for folder in folders:
        files = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
        assert len(files) <= FULLEST, f"{folder.relative_to(ROOT)}: make rooms of it"


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


def test_acts_hold_things_and_not_where_they_lie() -> None:
    """Processes that draw one film have a thing in other places: with its id they would differ."""
    acts = [p for p in SOURCES if p.parent.name in ("acts", "scenes")]
    assert len(acts) > 50
    for path in acts:
        names = {n.id for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Name)}
        assert "id" not in names, path


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
