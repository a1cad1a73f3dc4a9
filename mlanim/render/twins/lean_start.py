"""``import manim`` without half of what it imports.

    from mlanim.render.twins.lean_start import import_manim

    import_manim()  # before anything else imports manim

Manim imports SciPy's spatial package for one rotation matrix, NetworkX for its graphs, Beautiful
Soup for code listings and, where there is one, IPython for its magic, and these import hundreds of
modules. Here they come when something of them is used: a rotation takes the compiled part of SciPy
that computes it, a graph imports NetworkX. The magic is left out where no IPython is running.
Nothing else changes: who imports SciPy or NetworkX gets them.
"""

from __future__ import annotations

import gc
import importlib
import importlib.machinery
import importlib.util
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from mlanim.render.twins.collecting import no_collecting
from mlanim.render.twins.deferred import Deferred, DeferredModule, absent, defer, stand_in

_ROTATIONS = "scipy.spatial.transform"
_BACKEND = f"{_ROTATIONS}._rotation_cy"
_GRAPHS = "networkx"
_LISTINGS = "bs4"
_MAGIC = "IPython"
# For a URL in XML; SciPy copies every name that NumPy has.
_NEVER_USED_ON_THE_WAY = ("urllib.request", "numpy.testing", "numpy.f2py")


def import_manim() -> ModuleType:
    """Manim's module, imported with what scenes rarely use left until it is needed."""
    if "manim" in sys.modules:
        return sys.modules["manim"]
    for name in _NEVER_USED_ON_THE_WAY:
        defer(name)
    soup = {name: Deferred(_LISTINGS, name) for name in ("BeautifulSoup", "Tag")}
    with ExitStack() as stack:
        stack.enter_context(no_collecting())
        if importlib.util.find_spec("scipy") is not None:
            stack.enter_context(stand_in(_ROTATIONS, {"Rotation": DeferredRotation()}))
        stack.enter_context(stand_in(_LISTINGS, soup))
        stack.enter_context(absent(_MAGIC))
        stack.enter_context(_graphs_deferred())
        module = importlib.import_module("manim")
        gc.freeze()  # it stays: to search it for cycles takes a tenth as long as to import it
        return module


class DeferredRotation(Deferred):
    """SciPy's ``Rotation`` for who only asks for the matrix of a rotation vector.

    Everything else that it is asked for is answered by SciPy's.
    """

    def __init__(self) -> None:
        super().__init__(_ROTATIONS, "Rotation")

    def from_rotvec(self, rotvec: Any, degrees: bool = False) -> Any:
        """A rotation whose ``as_matrix()`` is SciPy's to the last bit."""
        import numpy as np

        one = type(rotvec) is np.ndarray and rotvec.shape == (3,) and rotvec.dtype == np.float64
        if _ROTATIONS not in sys.modules and one and not degrees:
            backend = _rotation_backend()
            if backend is not None:
                return _Turn(rotvec, backend)
        return self._real().from_rotvec(rotvec, degrees)


class _Turn:
    """One rotation of which so far only the rotation vector is known."""

    def __init__(self, rotvec: Any, backend: ModuleType) -> None:
        self._rotvec, self._backend = rotvec, backend

    def as_matrix(self) -> Any:
        quaternion = self._backend.from_rotvec(self._rotvec)
        return self._backend.as_matrix(quaternion[None, :])[0, ...]

    def __getattr__(self, name: str) -> Any:
        real = importlib.import_module(_ROTATIONS).Rotation
        return getattr(real.from_rotvec(self._rotvec), name)


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
    module = defer(_GRAPHS)
    if module is not None:
        module.__dict__["layout"] = _Layouts("layout")
    try:
        yield
    finally:
        if type(module) is DeferredModule:
            del module.__dict__["layout"]


class _Layouts(ModuleType):
    """``networkx.layout`` while Manim is imported."""

    def __getattr__(self, name: str) -> Callable:
        if name.startswith("__"):
            raise AttributeError(name)

        def layout(*args: Any, **kwargs: Any) -> Any:
            return getattr(importlib.import_module(_GRAPHS).layout, name)(*args, **kwargs)

        layout.__name__ = layout.__qualname__ = name
        return layout
