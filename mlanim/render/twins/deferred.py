"""Modules and classes that are imported when something of them is used."""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

__all__ = ["Deferred", "DeferredModule", "absent", "defer", "stand_in"]


class Deferred:
    """A class of a module that is imported when the class is used."""

    def __init__(self, module: str, name: str) -> None:
        self._place = module, name

    def _real(self) -> Any:
        module, name = self._place
        return getattr(importlib.import_module(module), name)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real(), name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """One of the class."""
        return self._real()(*args, **kwargs)

    def __instancecheck__(self, instance: Any) -> bool:
        return isinstance(instance, self._real())


@contextmanager
def stand_in(name: str, contents: dict[str, Any]) -> Iterator[None]:
    """While the block runs, the module has these contents, unless it has been imported before."""
    if name in sys.modules:
        yield
        return
    module = ModuleType(name)
    module.__dict__.update(contents)
    sys.modules[name] = module
    try:
        yield
    finally:
        if sys.modules.get(name) is module:
            del sys.modules[name]


@contextmanager
def absent(name: str) -> Iterator[None]:
    """While the block runs, importing the module fails, unless it has been imported before."""
    modules: dict[str, Any] = sys.modules  # where None says that there is no such module
    if name in modules:
        yield
        return
    modules[name] = None
    try:
        yield
    finally:
        if modules.get(name, modules) is None:
            del modules[name]


def defer(name: str) -> ModuleType | None:
    """Put a module where imports find it that is loaded when something of it is asked for."""
    spec = None if name in sys.modules else importlib.util.find_spec(name)
    if spec is None or spec.loader is None:
        return None
    module = DeferredModule(name)
    module.__dict__.update(
        __spec__=spec, __loader__=spec.loader, __file__=spec.origin, __package__=spec.parent
    )
    sys.modules[name] = module
    if spec.submodule_search_locations is not None:
        module.__dict__["__path__"] = list(spec.submodule_search_locations)
    if not any(isinstance(finder, _Within) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Within())
    package, _, last = name.rpartition(".")
    if package:
        setattr(importlib.import_module(package), last, module)
    return module


class DeferredModule(ModuleType):
    """A module that is executed when something of it is asked for; what stood in for it goes."""

    def __getattr__(self, name: str) -> Any:
        self.load()
        return getattr(self, name)

    def load(self) -> None:
        """Execute it."""
        spec = self.__dict__["__spec__"]
        super().__setattr__("__class__", ModuleType)
        for stands_in in [own for own in self.__dict__ if not own.startswith("__")]:
            del self.__dict__[stands_in]
        spec.loader.exec_module(self)


class _Within(importlib.abc.MetaPathFinder):
    """Finds what lies in a deferred package. The package comes first, and may bring it along."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """What the package has brought along, else None: others find it."""
        package = sys.modules.get(name.rpartition(".")[0])
        if type(package) is not DeferredModule:
            return None
        package.load()
        brought = sys.modules.get(name)
        if brought is None:
            return None
        # Of a module that came meanwhile Python takes the module's own specification.
        brought.__spec__ = ModuleSpec(name, _AsItIs(brought))
        return brought.__spec__


class _AsItIs(importlib.abc.Loader):
    """Gives a module that is there: loaded once more, its classes would be others."""

    def __init__(self, module: ModuleType) -> None:
        self._module, self._spec = module, module.__spec__

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """It itself."""
        return self._module

    def exec_module(self, module: ModuleType) -> None:
        """It has been executed."""
        module.__spec__ = self._spec
