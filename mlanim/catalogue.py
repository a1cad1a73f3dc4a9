"""Where scenes are found: a file, ./scenes, the bundled ones, other packages.

Another package offers scenes in its metadata; nothing of it is imported to list them:

    [project.entry-points."mlanim.scenes"]
    beam-search = "their_package.scenes.beam:BeamSearch"

The value names a module and a class. The module's file is looked up below its top-level package
and read like any scene file, so the one line and the steps are the class's own literals.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Literal

from mlanim.errors import MlanimError, UsageError, did_you_mean
from mlanim.named_path import named_path
from mlanim.scene_file import SceneOutline, StepOutline, outline
from mlanim.scene_module import problem_of, readers_line, run_file, scene_classes, shown

if TYPE_CHECKING:
    from manim import Scene

__all__ = [
    "SceneEntry",
    "bundled_folder",
    "class_names",
    "entries",
    "find",
    "load",
    "scene_classes",
]

Origin = Literal["here", "bundled", "package"]
# The parser says by the last two that brackets or signs are nested too deep for it.
_UNREADABLE = (SyntaxError, ValueError, OSError, RecursionError, MemoryError)


@dataclass(frozen=True)
class SceneEntry:
    """A scene that can be asked for by name, known from its source alone.

    `steps` are paths ("attention/score") and `says` the sentence of each; `captured` are those that
    it plays of a captured trace, with the arrays that each needs. `module` is set for another
    package's scene; `problem` tells why a file cannot be read ("scenes/a.py:3: ..."); `explains`
    is false for a plain Manim scene.
    """

    name: str
    class_name: str
    summary: str
    steps: tuple[str, ...]
    path: Path | None
    origin: Origin
    says: tuple[str, ...] = ()
    module: str = ""
    problem: str = ""
    explains: bool = True
    captured: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    def of_class(self, class_name: str) -> SceneEntry:
        """Give the entry for another class of the same file."""
        if self.path is None or class_name == self.class_name:
            return self
        scenes = outline(self.path.read_bytes(), self.path)
        scene = next((s for s in scenes if s.class_name == class_name), SceneOutline(class_name))
        return _entry(self.name, scene, self.path, self.origin, self.module)


def bundled_folder() -> Path:
    """Give the folder of the scenes that come with mlanim: inside the wheel, or in the checkout."""
    package = Path(__file__).parent
    installed, checkout = package / "scenes", package.parent
    is_checkout = (checkout / "pyproject.toml").is_file()
    return checkout / "scenes" if is_checkout and not installed.is_dir() else installed


def entries(folder: Path | str | None = None) -> list[SceneEntry]:
    """List the scenes of a working folder, then the bundled ones, then other packages'.

    A name that was found before hides the later ones. Broken files are listed with their
    `problem`. Nothing is imported or run.

    >>> "seq2seq" in [entry.name for entry in entries()]
    True
    """
    found: dict[str, SceneEntry] = {}
    for path, origin in _files(folder):
        entry = _read(path, origin)
        if entry.class_name or entry.problem:
            found.setdefault(entry.name, entry)
    for point in sorted(entry_points(group="mlanim.scenes"), key=lambda point: point.name):
        found.setdefault(point.name, _read_entry_point(point))
    return list(found.values())


def find(scene: str, folder: Path | str | None = None) -> SceneEntry:
    """Find a scene by its name or by the path of its file.

    Raises UsageError for an unknown one and MlanimError for a file that cannot be read.
    """
    if "\0" in scene or not scene.strip():
        raise UsageError(f"scene {scene!r}", "give a name from `mlanim list` or the path of a file")
    looks_like_path = scene.endswith(".py") or "/" in scene or "\\" in scene
    entry = _find_file(scene, folder) if looks_like_path else _find_name(scene, folder)
    if entry.problem:
        raise MlanimError(entry.problem, "mend the file and try again")
    return entry


def load(
    entry: SceneEntry, class_name: str | None = None, source: bytes | None = None
) -> type[Scene]:
    """Run the scene's file, or what it held before it changed, and give its class.

    Without `class_name` it is the file's only explainer, else its only scene, else the class
    named like the file. Raises MlanimError with file and line when the reader's code fails, and
    UsageError when the class is not there or several could be meant.
    """
    module = _import(entry, source)
    classes = scene_classes(module)
    where = entry.module or shown(entry.path or Path())
    if not classes:
        raise UsageError(f"{where} has no scene", "write a class Name(mlanim.Explainer)")
    wanted = class_name or (entry.class_name if entry.module else None)
    if wanted is not None:
        if wanted not in classes:
            hint = did_you_mean(wanted, classes)
            raise UsageError(f"{where} has no scene class {wanted!r}", hint)
        return classes[wanted]
    candidates = {name: cls for name, cls in classes.items() if _is_explainer(cls)} or classes
    chosen = _namesakes(entry.name, candidates) or list(candidates)
    if len(chosen) > 1:
        names = ", ".join(candidates)
        raise UsageError(f"{where} has {len(chosen)} scenes", f"name one after the file: {names}")
    return candidates[chosen[0]]


def class_names(entry: SceneEntry) -> list[str]:
    """Run the scene's file and name all of its scene classes, in the order of the file.

    Raises:
        UsageError: there is none.
    """
    classes = scene_classes(_import(entry))
    if not classes:
        where = entry.module or shown(entry.path or Path())
        raise UsageError(f"{where} has no scene", "write a class Name(mlanim.Explainer)")
    return list(classes)


def _is_explainer(cls: type) -> bool:
    return any(base.__name__ == "Explainer" for base in cls.__mro__)


def _namesakes(scene: str, class_names: Iterable[str]) -> list[str]:
    """Give the class that is named like its file: black-box, BlackBox."""
    wanted = scene.replace("-", "").casefold()
    return [name for name in class_names if name.replace("_", "").casefold() == wanted]


def _files(folder: Path | str | None) -> Iterator[tuple[Path, Origin]]:
    """The scene files that have names, in the order in which a name is looked for."""
    here = (Path.cwd() if folder is None else Path(folder)) / "scenes"
    bundled = bundled_folder()
    places: list[tuple[Path, Origin]] = [(bundled, "bundled")]
    if here.resolve() != bundled.resolve():
        places.insert(0, (here, "here"))
    for place, origin in places:
        for path in sorted(place.glob("*.py")) if place.is_dir() else ():
            if not path.name.startswith("_"):
                yield path, origin


def _find_name(name: str, folder: Path | str | None) -> SceneEntry:
    for path, origin in _files(folder):  # the others need not be read
        if path.stem.replace("_", "-") == name:
            entry = _read(path, origin)
            if entry.class_name or entry.problem:
                return entry
    known = {entry.name: entry for entry in entries(folder)}
    if found := known.get(name) or known.get(name.replace("_", "-")):
        return found
    hint = did_you_mean(name, known)
    raise UsageError(f"no scene {name!r}", hint, "`mlanim list` shows all, a file.py works too")


def _find_file(scene: str, folder: Path | str | None) -> SceneEntry:
    path = named_path(scene, "scene")
    if folder is not None:
        path = folder / path
    try:
        if path.is_dir():
            raise UsageError(f"{scene} is a folder", "give the path of a scene file inside it")
        if not path.is_file():
            near = did_you_mean(path.name, [p.name for p in sorted(path.parent.glob("*.py"))])
            raise UsageError(f"no scene file {scene}", near, "or give a name from `mlanim list`")
    except OSError as error:  # a folder that cannot be entered
        raise UsageError(f"scene file {scene}", error.strerror or "cannot be read") from error
    if path.suffix != ".py":
        raise UsageError(f"{scene} is not a Python file", "a scene is a .py file")
    return _read(path, "here")


def _read(path: Path, origin: Origin) -> SceneEntry:
    """Read a scene file's outline; a file that cannot be read tells so in `problem`."""
    name = path.stem.replace("_", "-")
    try:
        scenes = outline(path.read_bytes(), path)
    except _UNREADABLE as error:
        return SceneEntry(name, "", "", (), path, origin, problem=problem_of(path, error))
    candidates = {scene.class_name: scene for scene in scenes if scene.is_explainer}
    candidates = candidates or {scene.class_name: scene for scene in scenes}
    first = next(iter([*_namesakes(name, candidates), *candidates]), "")
    return _entry(name, candidates.get(first, SceneOutline("")), path, origin)


def _entry(
    name: str, scene: SceneOutline, path: Path | None, origin: Origin, module: str = ""
) -> SceneEntry:
    steps: tuple[StepOutline, ...] = scene.steps
    paths, says = tuple(s.path for s in steps), tuple(s.say for s in steps)
    found = (name, scene.class_name, scene.summary, paths, path, origin, says, module)
    return SceneEntry(*found, explains=scene.is_explainer, captured=scene.captured)


def _read_entry_point(point: EntryPoint) -> SceneEntry:
    path = _source_of(point.module)
    scene = SceneOutline(point.attr)
    if path is not None:
        try:
            scenes = outline(path.read_bytes(), path)
        except _UNREADABLE as error:
            problem = problem_of(path, error)
            return SceneEntry(
                point.name, point.attr, "", (), path, "package", (), point.module, problem
            )
        scene = next((s for s in scenes if s.class_name == point.attr), scene)
    return _entry(point.name, scene, path, "package", point.module)


def _source_of(module: str) -> Path | None:
    """Find a module's file; only its top-level package is looked up, nothing is executed."""
    top, *rest = module.split(".")
    try:
        spec = importlib.util.find_spec(top)
    except (ImportError, ValueError):
        return None
    if spec is None:
        return None
    if not rest:
        return Path(spec.origin) if spec.origin and spec.origin.endswith(".py") else None
    for place in spec.submodule_search_locations or ():
        base = Path(place, *rest)
        for path in (base.with_suffix(".py"), base / "__init__.py"):
            if path.is_file():
                return path
    return None


def _import(entry: SceneEntry, source: bytes | None = None) -> ModuleType:
    import manim  # noqa: F401  # before the reader's folder can hide a package that Manim needs

    try:
        if entry.module:
            return importlib.import_module(entry.module)
        assert entry.path is not None
        return run_file(entry.path, source)
    except MlanimError as error:
        where = readers_line(error, entry.path)
        raise (type(error)(where, str(error)) if where else error) from error
    except (Exception, SystemExit) as error:
        raise MlanimError(problem_of(entry.path, error), "mend it and try again") from error
