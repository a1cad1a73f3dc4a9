"""Modules and classes that are imported when something of them is used."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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
    package, _, last = name.rpartition(".")
    if package:
        setattr(importlib.import_module(package), last, module)
    return module


class DeferredModule(ModuleType):
    """A module that is executed when something of it is asked for; what stood in for it goes."""

    def __getattr__(self, name: str) -> Any:
        spec = self.__dict__["__spec__"]
        super().__setattr__("__class__", ModuleType)
        for stands_in in [own for own in self.__dict__ if not own.startswith("__")]:
            del self.__dict__[stands_in]
        if spec.submodule_search_locations is not None:
            self.__dict__["__path__"] = list(spec.submodule_search_locations)
        spec.loader.exec_module(self)
        return getattr(self, name)
