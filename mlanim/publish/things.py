"""Things on the screen, as a reader would name them: nouns by what they show, the rest by shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from manim import ImageMobject, Mobject, Scene

from mlanim.burnt_caption import BurntCaption
from mlanim.explainer import Explainer
from mlanim.primitives.seen import Seen
from mlanim.primitives.softmax_bars import SoftmaxBars
from mlanim.primitives.text import Number
from mlanim.primitives.wire import Wire
from mlanim.publish.bare_shapes import told_by_their_place
from mlanim.review.naming import words_of
from mlanim.review.picture import VISIBLE

__all__ = ["Thing", "things_of"]

Thing = Seen

_ROW = 0.35  # units: what stands less far apart in height is read from left to right
_IN_LINE = 0.15  # units
_LONGEST = 60  # characters of a text that is one of the things
_SHAPELESS = {"Mobject", "VMobject", "Group", "VGroup", "VDict", "PGroup", "OpenGLMobject"}
# Manim's names that say how a thing is made, and not how it looks.
_LOOKS = {
    "VMobject": "shape",
    "Polygram": "polygon",
    "SVGMobject": "drawing",
    "ImageMobject": "image",
    "ParametricFunction": "curve",
    "FunctionGraph": "curve",
    "ImplicitFunction": "curve",
    "Axes": "pair of axes",
    "ThreeDAxes": "set of three axes",
    "SurroundingRectangle": "frame",
    "BackgroundRectangle": "frame",
    "PMobject": "cloud of points",
}


def things_of(scene: Scene) -> list[Thing]:
    """What can be seen but for the heading, from the top down and from left to right."""
    heading = getattr(scene, "heading", None)
    found: list[tuple[Any, Thing]] = []
    for mobject in (*scene.mobjects, *scene.foreground_mobjects):
        if isinstance(mobject, BurntCaption):  # it is told already
            continue
        if mobject is not heading and mobject is not scene.camera.__dict__.get("frame"):
            found.extend(_told(mobject))
    _name_bars(found)
    if isinstance(scene, Explainer):
        found = told_by_their_place(found)
    tops = [(-mobject.get_center()[1], mobject.get_left()[0]) for mobject, _ in found]
    order = sorted(range(len(found)), key=lambda i: tops[i])
    rows: list[list[int]] = []
    for i in order:
        if not rows or tops[i][0] - tops[rows[-1][0]][0] > _ROW:
            rows.append([])
        rows[-1].append(i)
    return [found[i][1] for row in rows for i in sorted(row, key=lambda i: tops[i][1])]


def _name_bars(found: list[tuple[Any, Thing]]) -> None:
    """Bars without labels of their own are those of the words in line with them."""
    words = [(mobject, thing.detail) for mobject, thing in found if not thing.what]
    for place, (mobject, _) in enumerate(found):
        if not isinstance(mobject, SoftmaxBars) or len(mobject.labels):
            continue
        across = int(mobject.baseline.height > mobject.baseline.width)  # the axis bars lie along
        in_line = [
            sorted(
                (word.get_center()[1 - across], text)
                for word, text in words
                if abs(word.get_center()[across] - bar.get_center()[across]) < _IN_LINE
            )
            for bar in mobject.bars
        ]
        names = [row[0 if across else -1][1] for row in in_line if row]
        if len(names) == len(mobject.bars):
            found[place] = mobject, mobject.seen_beside(names)


def _told(mobject: Mobject, *, ours: bool = False) -> Iterator[tuple[Mobject, Thing]]:
    """What a mobject is; of a group, what it holds.

    Lines that join things are left out, and so are the bare shapes within nouns of mlanim: frames,
    axes, underlines.
    """
    if isinstance(mobject, Wire) or not _is_visible(mobject):
        return
    seen = getattr(mobject, "seen", None)
    if isinstance(seen, Seen):
        yield mobject, seen
        return
    if isinstance(mobject, Number):
        yield mobject, Seen("number", mobject.text)
        return
    if words := words_of(mobject):
        yield mobject, Seen("", words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…")
        return
    ours = ours or type(mobject).__module__.startswith(("mlanim.primitives", "mlanim.subjects"))
    look = "" if ours else _look(mobject)
    if look:
        yield mobject, Seen(look)
    for child in mobject.submobjects:
        # A shape's parts are not told as shapes of their own; the words in it are.
        yield from _told(child, ours=ours or bool(look))


def _look(mobject: Mobject) -> str:
    """What Manim calls a thing of this kind, in words; "" for what only holds others."""
    kinds = [kind for kind in type(mobject).__mro__ if kind.__module__.startswith("manim.")]
    named = kinds[0].__name__ if kinds else "Mobject"
    if named in _LOOKS and (named != "VMobject" or len(mobject.points)):
        return _LOOKS[named]
    if named in _SHAPELESS:
        return ""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", named).lower()


def _is_visible(mobject: Mobject) -> bool:
    """Whether anything of it is drawn strongly enough to be seen."""
    for part in mobject.get_family():
        if isinstance(part, ImageMobject) or hasattr(part, "rgbas"):
            return True
        if len(part.points) and _strength(part) > VISIBLE:
            return True
    return False


def _strength(part: Any) -> float:
    stroke = part.get_stroke_opacity() if part.get_stroke_width() > 0 else 0.0
    return max(float(part.get_fill_opacity()), float(stroke))
