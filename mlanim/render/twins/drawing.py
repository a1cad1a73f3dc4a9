"""The engine's way of drawing, which must give the very same pixels as Manim's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from manim import Camera

from mlanim.render.known.as_imported import untouched
from mlanim.render.twins import fast_camera
from mlanim.render.twins.fast_animating import fast_animating
from mlanim.render.twins.fast_building import fast_building
from mlanim.render.twins.fast_camera import fast_drawing, images_drawn

__all__ = ["engines_drawing", "is_engines_drawing", "leave_if_touched"]


class Ways(ExitStack):
    """The engine's ways that are in force.

    Attributes:
        left: whether the reader has replaced functions of Manim's, so that these draw themselves.
    """

    left = False


@contextmanager
def engines_drawing(*, straight: bool = False) -> Iterator[Ways]:
    """What every render uses; inside of it, scenes are drawn that way.

    `straight` says that the frames' alpha will be made so. Inside of itself it has nothing to do
    but that, and where the reader has replaced functions of Manim's: the engine's way does not
    come to them.
    """
    with ExitStack() as around, Ways() as ways:
        drawn = is_engines_drawing()
        ways.left = not drawn and not untouched()
        if drawn or straight:
            around.enter_context(images_drawn(straight=straight))
        if drawn or ways.left:
            yield ways
            return
        for way in (fast_drawing(straight=straight), fast_animating(), fast_building()):
            ways.enter_context(way)
        _in_force.append(ways)
        try:
            yield ways
        finally:
            _in_force.remove(ways)


def is_engines_drawing() -> bool:
    """Whether the engine's way is in force now."""
    draws = Camera.display_multiple_non_background_colored_vmobjects
    return draws.__module__ == fast_camera.__name__


def leave_if_touched() -> None:
    """Go on with Manim's own functions, to the render's end, if any of them was replaced."""
    if _in_force and not untouched():
        for ways in _in_force:
            ways.close()
            ways.left = True


_in_force: list[Ways] = []  # a process's own, as Manim is that they change
