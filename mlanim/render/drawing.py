"""Ways of drawing: Manim's own, and the engine's, which must give the very same pixels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from manim import Camera

from mlanim.render import fast_camera
from mlanim.render.fast_animating import fast_animating
from mlanim.render.fast_building import fast_building
from mlanim.render.fast_camera import fast_drawing

__all__ = ["Drawing", "engines_drawing", "is_engines_drawing", "manims_drawing"]

Drawing = Callable[[], AbstractContextManager[None]]  # inside of it, scenes are drawn that way


def manims_drawing() -> AbstractContextManager[None]:
    """Manim's own camera: the reference."""
    return nullcontext()


@contextmanager
def engines_drawing() -> Iterator[None]:
    """What every render uses."""
    with fast_drawing(), fast_animating(), fast_building():
        yield


def is_engines_drawing() -> bool:
    """Whether the engine's way is in force now."""
    draws = Camera.display_multiple_non_background_colored_vmobjects
    return draws.__module__ == fast_camera.__name__
