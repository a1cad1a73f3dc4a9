"""Whether a scene shows something already."""

from __future__ import annotations

from manim import Mobject, Scene

__all__ = ["is_on_screen"]


def is_on_screen(scene: Scene, mobject: Mobject) -> bool:
    """Whether a mobject is in a scene, by itself or within a group.

    Manim lists all members of all families for that, thousands on a page and once for each verb.

    >>> from manim import Square, VGroup
    >>> scene, square = Scene(), Square()
    >>> is_on_screen(scene, square), is_on_screen(scene.add(VGroup(square)), square)
    (False, True)
    """
    waiting, seen = [scene.mobjects], set[int]()
    for members in waiting:
        if mobject in members:
            return True
        inner = [m for m in members if m.submobjects and id(m) not in seen]
        seen.update(map(id, inner))
        waiting += [m.submobjects for m in inner]
    return False
