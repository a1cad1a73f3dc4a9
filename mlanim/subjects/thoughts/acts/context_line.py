"""The text whose next word is asked for, on top of a page."""

from __future__ import annotations

from typing import Any

from mlanim.primitives import Area, Label
from mlanim.primitives.label import LINE_HEIGHT
from mlanim.subjects.thoughts.models.thoughts import BLANK, Thoughts
from mlanim.theme import AsIs, Theme

__all__ = ["context_line"]


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
