"""Hearing of a module as soon as its import has ended."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import ModuleType

__all__ = ["hear_imports"]


def hear_imports(of: Callable[[str], bool], hear: Callable[[ModuleType], None]) -> None:
    """Call `hear` with each module, `of` some name, that is imported from now on."""
    sys.meta_path.insert(0, _Finder(of, hear))


class _Finder(MetaPathFinder):
    """Finds what Python finds, and lets it be loaded by one who tells."""

    def __init__(self, of: Callable[[str], bool], hear: Callable[[ModuleType], None]) -> None:
        self._of, self._hear = of, hear

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """As Python's own finder does; None leaves it to the others."""
        spec = PathFinder.find_spec(name, path, target) if self._of(name) else None
        if spec is not None and type(spec.loader) is SourceFileLoader:
            spec.loader = _Loader(spec.loader.name, spec.loader.path, self._hear)
        return spec


class _Loader(SourceFileLoader):
    def __init__(self, name: str, path: str, hear: Callable[[ModuleType], None]) -> None:
        super().__init__(name, path)
        self._tell = hear

    def exec_module(self, module: ModuleType) -> None:
        super().exec_module(module)
        self._tell(module)
