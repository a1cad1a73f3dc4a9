"""Where another interpreter finds a scene class, on this machine or with files sent along."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlanim.render.memory.record import readers_own
from mlanim.scene_module import SCENES, run_file

if TYPE_CHECKING:
    from manim import Scene

__all__ = ["SceneSource", "source_of"]


@dataclass(frozen=True)
class SceneSource:
    """A scene class by its file, to be pickled.

    Attributes:
        module: its name, tried before the file is run on its own; "" where it has none.
        folder: the working folder, in which the scene opens its files.
        search: sys.path as it was.
        files: contents by path, where the other machine has another disk.
    """

    path: Path
    module: str
    name: str
    folder: Path
    search: tuple[str, ...]
    files: dict[Path, bytes] = field(default_factory=dict)

    def carrying(self, reads: Iterable[str]) -> SceneSource:
        """The same with what was read in the folders of the scene and of the work.

        Other absolute paths are left: there must be the same files there. So is what is hidden,
        which is settings and keys rather than pictures and numbers.
        """
        roots = (self.path.parent, self.folder)
        package = Path(__file__).parents[2]
        files = {}
        for path in map(Path, sorted({*readers_own(reads), str(self.path)})):
            root = next((root for root in roots if path.is_relative_to(root)), None)
            if root is None or path.is_relative_to(package):
                continue
            if not any(part.startswith(".") for part in path.relative_to(root).parts):
                with suppress(OSError):  # looked for and not found
                    files[path] = path.read_bytes()
        return replace(self, files=files)

    def unpacked(self, place: Path) -> SceneSource:
        """Write the files below another folder; the source as it is there."""
        if not self.files:
            return self
        for path, content in self.files.items():
            target = _below(place, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        folder = _below(place, self.folder)
        folder.mkdir(parents=True, exist_ok=True)
        used = [p for p in map(Path, self.search) if any(f.is_relative_to(p) for f in self.files)]
        search = tuple(str(_below(place, path)) for path in used)
        return replace(self, path=_below(place, self.path), folder=folder, search=search, files={})

    def load(self) -> type[Scene]:
        """Import the class; the working folder is the scene's from now on."""
        os.chdir(self.folder)
        sys.path += [entry for entry in self.search if entry not in sys.path]
        found: Any = self.imported() or run_file(self.path)
        return reduce(getattr, self.name.split("."), found)

    def imported(self) -> Any:
        """The module by its name, if that is the same file."""
        if not self.module:
            return None
        try:
            module = importlib.import_module(self.module)
        except ImportError:
            return None
        return module if _file_of(module) == self.path else None


def source_of(scene_class: type[Scene]) -> SceneSource | None:
    """Where a class can be found; None for one made inside of a function, or typed in."""
    name, qualified = scene_class.__module__, scene_class.__qualname__
    path = _file_of(sys.modules.get(name))
    if path is None or "<locals>" in qualified:
        return None
    named = name != "__main__" and not name.startswith(SCENES)
    search = tuple(os.path.abspath(entry) for entry in sys.path)  # noqa: PTH100  "" is here
    return SceneSource(path, name if named else "", qualified, Path.cwd(), search)


def _file_of(module: Any) -> Path | None:
    file = getattr(module, "__file__", None)
    return Path(file).resolve() if file and Path(file).is_file() else None


def _below(place: Path, path: Path) -> Path:
    return place.joinpath(*path.parts[1:])
