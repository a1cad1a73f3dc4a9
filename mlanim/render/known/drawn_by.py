"""The names that are mentioned on the way of drawing a frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from mlanim.render.known.namespaces import Namespace, codes_in, functions_in

__all__ = ["names_of_drawing"]

# Where drawing begins, of a frame and of what rests below it, and where its code is.
_DRAWS = (
    "capture_mobjects",
    "get_cairo_context",
    "reset",
    "set_frame_to_background",
    "draw_vmobjects",
    "display_image",
    "display_for_straight_alpha",
    "type_or_raise",
)
_DRAWING = (
    "manim.camera.camera",
    "manim.camera.moving_camera",
    "manim.mobject.mobject",
    "manim.mobject.types",
    "manim.utils",
    "mlanim.render.twins.fast_camera",
    "mlanim.render.twins.image_drawing",
    "mlanim.render.twins.cairo_paths",
)


def names_of_drawing(parts: Iterable[tuple[Namespace, Sequence[str]]]) -> frozenset[str]:
    """What code asks for by name that stands where drawing begins, what that asks for, and so on.

    Args:
        parts: namespaces with those of their names that count.
    """
    return _reached(_DRAWS, [part for part in parts if part[0].home.startswith(_DRAWING)])


def _reached(
    start: Iterable[str], parts: Iterable[tuple[Namespace, Sequence[str]]]
) -> frozenset[str]:
    """The names that code mentions which stands at some names, that at those, and so on."""
    by_name: dict[str, list[Any]] = {}
    for namespace, names in parts:
        for name in names:
            by_name.setdefault(name, []).extend(namespace.every(name))
    reached: set[str] = set()
    waiting = list(start)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            for function in functions_in(by_name.get(name, ())):
                for code in codes_in(function.__code__):
                    waiting += code.co_names
    return frozenset(reached)
