"""The room of a page below its heading."""

from __future__ import annotations

from manim import Mobject

from mlanim.explainer import Explainer
from mlanim.primitives import Area, Heading
from mlanim.primitives.label import LINE_HEIGHT

__all__ = ["page_room", "stand_whole"]

_NARROW = 10.0  # units of width below which headings take two lines


def page_room(scene: Explainer, *titles: str) -> Area:
    """What the heading leaves, which takes two lines on pages that are not wide.

    titles: the headings that the page will have, where they are known: it leaves what they need.
    """
    lines = 2 if scene.area.width < _NARROW else 1
    if titles:
        room, theme = scene.heading_room, scene.theme
        deep = max(Heading(title, area=room, theme=theme).extent[1] for title in titles)
        lines = 1 + round(deep / LINE_HEIGHT)
    return Heading.body(scene.area, lines=lines, theme=scene.theme)


def stand_whole(scene: Explainer, thing: Mobject) -> None:
    """What came part by part, all of it, stands as one thing, which knows what it shows."""
    scene.remove(*thing.get_family())
    scene.add(thing)
