"""Creating and writing, frame by frame, without doing again what did not change.

While a text is being written most of its glyphs are either untouched or done; Manim computes
all of them again in every frame. The part of a curve is a pure function of the curve and the
two bounds, and so is the style of an outline, so that yesterday's answer serves as long as the
question is the same, byte for byte.
"""

from __future__ import annotations

from functools import cache
from weakref import WeakKeyDictionary

import numpy as np
from manim import Mobject, VMobject
from manim.utils.color import ManimColor

from mlanim.render.twins.patching import Unaltered

_SHAPE = (1, 4)
_STYLING = (
    "match_style",
    "set_style",
    "get_style",
    "set_fill",
    "set_stroke",
    "set_background_stroke",
    "update_rgbas_array",
    "generate_rgbas_array",
    "get_fill_rgbas",
    "get_stroke_rgbas",
)


class PartialCurves:
    """``VMobject.pointwise_become_partial`` with a memory of each mobject's last answer."""

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[Mobject, tuple] = WeakKeyDictionary()

    def show(self, mobject: VMobject, whole: VMobject, begin: float, end: float) -> None:
        """Let ``mobject`` be the part of ``whole`` between two proportions of its curves."""
        if not _shows_plainly(mobject) or mobject is whole:
            mobject.pointwise_become_partial(whole, begin, end)
            return
        if begin <= 0 and end >= 1:
            mobject.points = np.array(whole.points)  # what set_points does
            return
        question = (begin, end, whole.points.dtype, whole.points.shape, whole.points.tobytes())
        known = self._known.get(mobject)
        if known is not None and known[0] == question:
            mobject.points = known[1].copy()
            return
        before = mobject.points
        mobject.pointwise_become_partial(whole, begin, end)
        if mobject.points is not before:
            self._known[mobject] = question, mobject.points.copy()


def _shows_plainly(mobject: Mobject) -> bool:
    return isinstance(mobject, VMobject) and _shows.of(mobject)


_shows = Unaltered(VMobject, ("pointwise_become_partial", "set_points", "get_num_curves"))


def match_style(mobject: VMobject, model: VMobject) -> None:
    """``mobject.match_style(model)``, at once for a single-coloured mobject without a family."""
    if not (_styles_plainly(mobject) and _styles_plainly(model)):
        mobject.match_style(model)
        return
    ours, theirs = mobject.__dict__, model.__dict__
    if (
        mobject.submobjects
        or model.submobjects
        or ours["sheen_factor"] != 0
        or theirs["sheen_factor"] != 0
        or theirs["background_image"]
        or not _one_colour(ours)
        or not _one_colour(theirs)
        or isinstance(model.stroke_width, str)
    ):
        mobject.match_style(model)
        return
    mobject.fill_rgbas[:] = model.fill_rgbas
    mobject.fill_opacity = model.fill_rgbas[:, 3]
    mobject.stroke_rgbas[:] = model.stroke_rgbas
    mobject.stroke_width = max(0.0, model.stroke_width)
    mobject.stroke_opacity = model.stroke_rgbas[0, 3]
    mobject.background_stroke_rgbas[:] = model.background_stroke_rgbas
    mobject.background_stroke_width = max(0.0, model.background_stroke_width)
    mobject.background_stroke_opacity = model.background_stroke_rgbas[0, 3]
    mobject.background_stroke_color = list(_colors(model.background_stroke_rgbas.tobytes()))


def _one_colour(attributes: dict) -> bool:
    return (
        attributes["fill_rgbas"].shape
        == attributes["stroke_rgbas"].shape
        == attributes["background_stroke_rgbas"].shape
        == _SHAPE
    ) and attributes["fill_rgbas"].dtype == np.float64


def _styles_plainly(mobject: Mobject) -> bool:
    return isinstance(mobject, VMobject) and _styles.of(mobject)


_styles = Unaltered(VMobject, _STYLING)


@cache
def _colors(rgbas: bytes) -> tuple[ManimColor, ...]:
    rows = np.frombuffer(rgbas).reshape(-1, 4)
    return tuple(ManimColor.parse([ManimColor(row[:3]) if row.any() else None for row in rows]))
