"""A page of this explainer: what its heading leaves, and the text whose next word is asked for."""

from __future__ import annotations

from typing import Any

from manim import Mobject

from mlanim.explainer import Explainer
from mlanim.primitives import Area, Heading, Label
from mlanim.primitives.label import LINE_HEIGHT
from mlanim.subjects.thoughts.models.thoughts import BLANK, Thoughts
from mlanim.theme import AsIs, Theme

__all__ = ["context_line", "page_room", "stand_whole"]

_NARROW = 10.0  # units of width below which headings take two lines


def page_room(scene: Explainer) -> Area:
    """What the heading leaves, which takes two lines on pages that are not wide."""
    lines = 2 if scene.area.width < _NARROW else 1
    return Heading.body(scene.area, lines=lines, theme=scene.theme)


def stand_whole(scene: Explainer, thing: Mobject) -> None:
    """What came part by part, all of it, stands as one thing, which knows what it shows."""
    scene.remove(*thing.get_family())
    scene.add(thing)


def context_line(found: Thoughts, position: int, area: Area, theme: Theme) -> tuple[Label, Area]:
    """The text with a blank at a position, on top of an area, and what it leaves.

    What is too long for two lines loses words far from the blank.
    """
    style: dict[str, Any] = {"theme": theme, "size": 0.26, "role": "encoder", "width": area.width}
    words = found.context(position).split(" ")
    line = Label(AsIs(" ".join(words)), **style)
    while line.extent[1] > LINE_HEIGHT and len(words) > 3:
        blank = next(i for i, word in enumerate(words) if BLANK in word)
        words = ["…", *words[2:]] if blank > len(words) / 2 else [*words[:-2], "…"]
        line = Label(AsIs(" ".join(words)), **style)
    cap = line.cap_height
    height = cap * (2.2 + line.extent[1])
    line.move_to([area.center[0], 0, 0]).align_baseline(area.top - cap)
    return line, Area(area.left, area.bottom, area.width, area.height - height)
