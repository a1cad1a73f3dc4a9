"""``import manim`` without a third of what it imports.

    from mlanim.render.lean_start import import_manim

    import_manim()  # before anything else imports manim

Manim imports SciPy's spatial package for one rotation matrix and NetworkX for its graphs, and
both import hundreds of modules. Here they come when something of them is used: a rotation takes
the compiled part of SciPy that computes it, a graph imports NetworkX. Nothing else changes: who
imports SciPy or NetworkX gets them.
"""

from __future__ import annotations

import importlib
import importlib.machinery
import importlib.util
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

_ROTATIONS = "scipy.spatial.transform"
_BACKEND = f"{_ROTATIONS}._rotation_cy"
_GRAPHS = "networkx"
_NEVER_USED_ON_THE_WAY = ("soupsieve", "urllib.request")  # CSS selectors of bs4; a URL in XML

_NUMPYS_REST = ("numpy.testing", "numpy.f2py")  # SciPy copies every name that NumPy has


def import_manim() -> ModuleType:
    """Manim's module, imported with SciPy and NetworkX left until they are needed."""
    if "manim" in sys.modules:
        return sys.modules["manim"]
    for name in _NEVER_USED_ON_THE_WAY:
        _defer(name)
    with _rotations_deferred(), _graphs_deferred():
        return importlib.import_module("manim")


@contextmanager
def _rotations_deferred() -> Iterator[None]:
    """While the block runs, ``from scipy.spatial.transform import Rotation`` is a stand-in."""
    if _ROTATIONS in sys.modules or importlib.util.find_spec("scipy") is None:
        yield
        return
    standin = ModuleType(_ROTATIONS)
    standin.Rotation = DeferredRotation()  # type: ignore[attr-defined]
    sys.modules[_ROTATIONS] = standin
    try:
        yield
    finally:
        if sys.modules.get(_ROTATIONS) is standin:
            del sys.modules[_ROTATIONS]


class DeferredRotation:
    """SciPy's ``Rotation`` for who only asks for the matrix of a rotation vector.

    Everything else that it is asked for is answered by SciPy's.
    """

    def from_rotvec(self, rotvec: Any, degrees: bool = False) -> Any:
        """A rotation whose ``as_matrix()`` is SciPy's to the last bit."""
        import numpy as np

        one = type(rotvec) is np.ndarray and rotvec.shape == (3,) and rotvec.dtype == np.float64
        if _ROTATIONS not in sys.modules and one and not degrees:
            backend = _rotation_backend()
            if backend is not None:
                return _Turn(rotvec, backend)
        return _real_rotation().from_rotvec(rotvec, degrees)

    def __getattr__(self, name: str) -> Any:
        return getattr(_real_rotation(), name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """SciPy's rotation from a quaternion."""
        return _real_rotation()(*args, **kwargs)

    def __instancecheck__(self, instance: Any) -> bool:
        return isinstance(instance, _real_rotation())


class _Turn:
    """One rotation of which so far only the rotation vector is known."""

    def __init__(self, rotvec: Any, backend: ModuleType) -> None:
        self._rotvec, self._backend = rotvec, backend

    def as_matrix(self) -> Any:
        quaternion = self._backend.from_rotvec(self._rotvec)
        return self._backend.as_matrix(quaternion[None, :])[0, ...]

    def __getattr__(self, name: str) -> Any:
        return getattr(_real_rotation().from_rotvec(self._rotvec), name)


def _real_rotation() -> Any:
    return importlib.import_module(_ROTATIONS).Rotation


def _rotation_backend() -> ModuleType | None:
    """The compiled module behind SciPy's rotations, without the packages that it lies in."""
    if _BACKEND in sys.modules:
        return sys.modules[_BACKEND]
    scipy = importlib.import_module("scipy")
    folder = Path(scipy.__path__[0], *_ROTATIONS.split(".")[1:])
    found = importlib.machinery.PathFinder.find_spec("_rotation_cy", [str(folder)])
    if found is None or found.origin is None:
        return None  # another SciPy, which keeps it elsewhere
    spec = importlib.util.spec_from_file_location(_BACKEND, found.origin)
    if spec is None or spec.loader is None:
        return None
    for name in _NUMPYS_REST:
        _defer(name)
    module = importlib.util.module_from_spec(spec)
    sys.modules[_BACKEND] = module  # SciPy finds it there when it is imported after all
    try:
        spec.loader.exec_module(module)
        usable = callable(module.from_rotvec) and callable(module.as_matrix)
    except Exception:  # another SciPy or NumPy: then the whole of it
        usable = False
    if not usable:
        sys.modules.pop(_BACKEND, None)
        return None
    return module


@contextmanager
def _graphs_deferred() -> Iterator[None]:
    """While the block runs, NetworkX has stand-ins for the layouts that Manim puts into a dict."""
    module = _defer(_GRAPHS)
    if module is not None:
        module.__dict__["layout"] = _Layouts("layout")
    try:
        yield
    finally:
        if type(module) is _Deferred:
            del module.__dict__["layout"]


def _defer(name: str) -> ModuleType | None:
    """Put a module where imports find it that is loaded when something of it is asked for."""
    spec = None if name in sys.modules else importlib.util.find_spec(name)
    if spec is None or spec.loader is None:
        return None
    module = _Deferred(name)
    module.__dict__.update(
        __spec__=spec, __loader__=spec.loader, __file__=spec.origin, __package__=spec.parent
    )
    sys.modules[name] = module
    package, _, last = name.rpartition(".")
    if package:
        setattr(importlib.import_module(package), last, module)
    return module


class _Deferred(ModuleType):
    """A module that is executed when something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        spec = self.__dict__["__spec__"]
        self.__class__ = ModuleType  # type: ignore[assignment]
        self.__dict__.pop("layout", None)
        if spec.submodule_search_locations is not None:
            self.__dict__["__path__"] = list(spec.submodule_search_locations)
        spec.loader.exec_module(self)
        return getattr(self, name)


class _Layouts(ModuleType):
    """``networkx.layout`` while Manim is imported."""

    def __getattr__(self, name: str) -> Callable:
        if name.startswith("__"):
            raise AttributeError(name)

        def layout(*args: Any, **kwargs: Any) -> Any:
            return getattr(importlib.import_module(_GRAPHS).layout, name)(*args, **kwargs)

        layout.__name__ = layout.__qualname__ = name
        return layout
