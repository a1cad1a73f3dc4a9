"""Manim's mobjects, the same to the last bit, made in a fraction of the time.

    with fast_building():
        scene = MyScene()
        scene.render()

Texts are most of it: a glyph is read, placed, turned, coloured and closed by Python number by
number. Each step has a twin here that gives the same arrays. What a scene file replaced keeps
its own way, and mobjects that were made here outlive the block.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import numpy as np
from manim import (
    Arc,
    Camera,
    MarkupText,
    Mobject,
    Polygram,
    RendererType,
    SVGMobject,
    Text,
    VMobject,
    color_to_int_rgba,
    config,
)
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath
from manimpango import PangoUtils

from mlanim.render.known.as_imported import expected
from mlanim.render.twins.arcs_and_bounds import (
    corner_rounder,
    critical_point_getter,
    length_getter,
    unit_arc_setter,
)
from mlanim.render.twins.closed_curves import text_initializer
from mlanim.render.twins.new_colours import SETTERS, colours_setter, rgbas_maker
from mlanim.render.twins.outlines import Outlines
from mlanim.render.twins.patching import is_manims_own
from mlanim.render.twins.rewriting import rewritten
from mlanim.render.twins.svg_building import (
    mobject_generator,
    outline_drawer,
    rotate_sheen_direction,
    transform_handler,
)

_LAST_M = re.compile(r'Z M [^A-Za-z]*? "\/>')  # ManimPango's


@contextmanager
def fast_building() -> Iterator[None]:
    """Let Manim make mobjects fast until the block ends; the same mobjects."""
    if config.renderer != RendererType.CAIRO:
        yield
        return
    with ExitStack() as stack:
        for owner, name, replacement, relied_on in _replacements():
            if replacement is not None and is_manims_own(owner, (name, *relied_on)):
                stack.enter_context(_exchanged(owner, name, replacement))
        yield


@contextmanager
def _exchanged(owner: type, name: str, replacement: Callable) -> Iterator[None]:
    """As ``patched``, but what the scene put there meanwhile stays (``set_default`` does)."""
    original = vars(owner)[name]
    setattr(owner, name, replacement)
    try:
        with expected(owner, name, original, replacement):
            yield
    finally:
        if vars(owner)[name] is replacement:
            setattr(owner, name, original)


def _replacements() -> list[tuple[type, str, Callable | None, tuple[str, ...]]]:
    """Class, method, its twin (None: Manim's is not as it was), and what the twin leaves out."""
    svg, path, text, markup = SVGMobject, VMobjectFromSVGPath, Text, MarkupText
    return [
        (svg, "generate_mobject", mobject_generator(Outlines()), ()),
        (svg, "handle_transform", transform_handler(svg.handle_transform), ()),
        (path, "handle_commands", outline_drawer(path.handle_commands), ()),
        (VMobject, "__init__", _vmobject_initializer(), ()),
        (VMobject, "init_colors", colours_setter(VMobject.init_colors), SETTERS),
        (VMobject, "generate_rgbas_array", rgbas_maker(VMobject.generate_rgbas_array), ()),
        (VMobject, "rotate_sheen_direction", rotate_sheen_direction, ()),
        (text, "__init__", text_initializer(text), ()),
        (markup, "__init__", text_initializer(markup), ()),
        (Arc, "_set_pre_positioned_points", unit_arc_setter(Arc._set_pre_positioned_points), ()),
        (Polygram, "round_corners", corner_rounder(Polygram.round_corners), ("get_vertex_groups",)),
        (
            Mobject,
            "get_critical_point",
            critical_point_getter(Mobject.get_critical_point),
            ("get_extremum_along_dim",),
        ),
        (
            Mobject,
            "length_over_dim",
            length_getter(Mobject.length_over_dim),
            ("reduce_across_dimension",),
        ),
        (Camera, "init_background", _background_filler(Camera.init_background), ()),
        (PangoUtils, "remove_last_M", _last_m_remover(PangoUtils.remove_last_M), ()),
    ]


def _vmobject_initializer() -> Callable | None:
    @cache
    def steps(count: int) -> np.ndarray:
        return np.linspace(0, 1, count)

    return rewritten(
        VMobject,
        "__init__",
        "np.linspace(0, 1, n_points_per_cubic_curve)",
        "steps(n_points_per_cubic_curve).copy()",
        {"steps": steps},
    )


def _background_filler(manims: Callable) -> Callable:
    """``Camera.init_background``: fills one row and copies it, ten times as fast."""

    def init_background(camera: Camera) -> None:
        if camera.background_image is not None:
            manims(camera)
            return
        shape = (camera.pixel_height, camera.pixel_width, camera.n_channels)
        camera.background = np.zeros(shape, dtype=camera.pixel_array_dtype)
        camera.background[:1] = color_to_int_rgba(
            camera.background_color, camera.background_opacity
        )
        camera.background[1:] = camera.background[:1]

    return init_background


def _last_m_remover(manims: Callable) -> Callable:
    """``PangoUtils.remove_last_M``, which writes every file anew, changed or not."""

    def remove_last_m(file_name: str) -> None:
        with Path(file_name).open(newline="") as file:
            content = file.read()
        if "\r" in content or _LAST_M.search(content):
            manims(file_name)

    return staticmethod(remove_last_m)
