"""Whether a frame is drawn by the code that everybody has, and all that its camera is set to."""

from __future__ import annotations

from types import FunctionType, MethodType
from typing import Any

import numpy as np
from manim import Camera, ManimColor, Mobject, MovingCamera

from mlanim.render.known.as_imported import is_watched_function, untouched_drawing
from mlanim.render.known.known_code import is_drawn_plainly, shadows
from mlanim.render.twins.fast_camera import PAINTED
from mlanim.render.twins.shown import NotComparable

__all__ = ["Plainly", "view_of"]

_PLAIN = (bool, int, float, str, type(None))
# What a camera makes for itself, what it draws into, and what is told elsewhere.
_OF_ITS_OWN = (
    "pixel_array",
    "background",
    "background_colored_vmobject_displayer",
    "pixel_array_to_cairo_context",
    "frame",
    PAINTED,
)


class Plainly:
    """Whether all is drawn by the code that everybody has, as far as that was looked at already."""

    def __init__(self) -> None:
        self._code = False
        self._mobjects: list[Mobject] = []
        self._sizes: list[int] = []

    def check(self, camera: Camera, mobjects: list[Mobject]) -> None:
        """Raise `NotComparable` where the reader has a part in how these are drawn."""
        if not self._code:
            if not (type(camera) in (Camera, MovingCamera) and untouched_drawing()):
                raise NotComparable
            self._code = True
        sizes = [len(mobject.__dict__) for mobject in mobjects]
        if mobjects == self._mobjects and sizes == self._sizes:
            return
        if not all(is_drawn_plainly(kind) for kind in {type(mobject) for mobject in mobjects}):
            raise NotComparable
        if any(map(shadows, mobjects)):
            raise NotComparable
        self._mobjects, self._sizes = mobjects, sizes


def view_of(camera: Any) -> tuple[Any, ...]:
    """All that a camera holds and that may have a part in what it draws, but for its pixels."""
    held = vars(camera)
    if shadows(camera):
        raise NotComparable
    settings = []
    for name, value in held.items():
        if name in _OF_ITS_OWN:
            continue
        if type(value) is np.ndarray:
            value = value.tolist()
        elif name == "display_funcs" and _are_its_own(value, camera):
            continue
        elif type(value) is ManimColor:
            value = value._internal_value.tolist()
        elif type(value) not in _PLAIN and not isinstance(value, np.number):
            raise NotComparable
        settings.append((name, value))
    centre = np.asarray(camera.frame_center, float).tolist()
    return float(camera.frame_width), float(camera.frame_height), centre, sorted(settings)


def _are_its_own(functions: Any, camera: Camera) -> bool:
    """Whether what a camera calls for each kind of mobjects are its class's methods."""
    return type(functions) is dict and all(
        is_watched_function(method)
        if type(method) is FunctionType
        else type(method) is MethodType
        and method.__self__ is camera
        and getattr(type(camera), method.__name__, None) is method.__func__
        for method in functions.values()
    )
