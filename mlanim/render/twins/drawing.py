"""The engine's way of drawing, which must give the very same pixels as Manim's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from manim import Camera

from mlanim.render.twins import fast_camera
from mlanim.render.twins.fast_animating import fast_animating
from mlanim.render.twins.fast_building import fast_building
from mlanim.render.twins.fast_camera import fast_drawing, images_drawn

__all__ = ["engines_drawing", "is_engines_drawing"]


@contextmanager
def engines_drawing(*, straight: bool = False) -> Iterator[None]:
    """What every render uses; inside of it, scenes are drawn that way.

    `straight` says that the frames' alpha will be made so. Inside of itself it has nothing to do
    but that.
    """
    if is_engines_drawing():
        with images_drawn(straight=straight):
            yield
        return
    with fast_drawing(straight=straight), fast_animating(), fast_building():
        yield


def is_engines_drawing() -> bool:
    """Whether the engine's way is in force now."""
    draws = Camera.display_multiple_non_background_colored_vmobjects
    return draws.__module__ == fast_camera.__name__
