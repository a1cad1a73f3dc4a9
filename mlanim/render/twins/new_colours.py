"""The colours of new mobjects, set without asking for each of them several times.

Every mobject, each glyph and each group of glyphs, sets its fill, stroke, background stroke and
sheen when it is made, and Manim parses, pairs and stretches lists of colours for each. Nearly
always there is one colour and one opacity: then the array is the colour with that opacity.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from manim import BLACK, ManimColor, VMobject

from mlanim.render.twins.patching import Unaltered

SETTERS = (
    "set_fill",
    "set_stroke",
    "set_background_stroke",
    "set_sheen",
    "set_sheen_direction",
    "update_rgbas_array",
    "get_fill_color",
    "get_fill_colors",
    "get_fill_rgbas",
    "get_stroke_color",
    "get_stroke_colors",
    "get_stroke_rgbas",
    "get_sheen_factor",
    "generate_rgbas_array",
)
_ALSO = ("fill_color", "stroke_color", "color", "get_family")
_NUMBERS = frozenset({int, float, np.float64, type(None)})


def rgbas_maker(manims: Callable) -> Callable:
    """``VMobject.generate_rgbas_array``: one colour and one opacity make one row."""

    def generate_rgbas_array(mobject: VMobject, color: Any, opacity: Any) -> np.ndarray:
        if type(opacity) in _NUMBERS and mobject.get_sheen_factor() == 0:
            if color is None:
                color = BLACK
            elif type(color) is str:
                color = ManimColor(color)
            if isinstance(color, ManimColor):
                rgba = np.array(color._internal_value, dtype=float, ndmin=2)
                rgba[0, 3] = 0.0 if opacity is None else opacity
                return rgba
        return manims(mobject, color, opacity)

    return generate_rgbas_array


def colours_setter(manims: Callable) -> Callable:
    """``VMobject.init_colors`` of a mobject that has one colour and no submobjects yet."""

    def init_colors(mobject: VMobject, propagate_colors: bool = True) -> VMobject:
        if not _is_plain(mobject):
            return manims(mobject, propagate_colors)
        state = mobject.__dict__
        for name in ("fill", "stroke"):
            opacity = state[f"{name}_opacity"]
            if opacity is not None:
                state[f"{name}_rgbas"][:, 3] = opacity
        behind = ManimColor(state["background_stroke_color"])
        rgba = np.array(behind._internal_value, dtype=float, ndmin=2)
        rgba[0, 3] = state["background_stroke_opacity"] or 0.0
        mobject.background_stroke_rgbas = rgba
        mobject.background_stroke_color = behind
        if mobject.sheen_direction is not None:
            mobject.sheen_direction = np.array(mobject.sheen_direction)
        return mobject

    return init_colors


def _is_plain(mobject: VMobject) -> bool:
    state = mobject.__dict__
    return (
        not mobject.submobjects
        and _sets_as_manim.of(mobject)
        and state["sheen_factor"] == 0
        and _is_one_row(state.get("fill_rgbas"))
        and _is_one_row(state.get("stroke_rgbas"))
        and "background_stroke_rgbas" not in state
        and isinstance(state.get("background_stroke_color"), ManimColor)
        and type(state["fill_opacity"]) in _NUMBERS
        and type(state["stroke_opacity"]) in _NUMBERS
        and type(state["background_stroke_opacity"]) in _NUMBERS
    )


def _is_one_row(rgbas: Any) -> bool:
    return type(rgbas) is np.ndarray and rgbas.shape == (1, 4)


_sets_as_manim = Unaltered(VMobject, (*SETTERS, *_ALSO))
