"""SVG files to mobjects in memory, reading every shape of the file once.

Manim writes a changed copy of the file beside it, has svgelements read every use of every glyph
anew, and turns each glyph with matrices that turn nothing. The mobjects here are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import numpy as np
import svgelements as se  # type: ignore[import-untyped]
from manim import OUT, RIGHT, Mobject, SVGMobject, VMobject
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath
from manim.utils.space_ops import rotate_vector

from mlanim.render.twins.outlines import OutlinePath, Outlines
from mlanim.render.twins.patching import Unaltered, is_manims_own, patched

_IDENTITY = (1, 0, 0, 1, 0, 0)
_MOVERS = ("apply_matrix", "shift", "apply_points_function_about_point")
_movers = Unaltered(Mobject, _MOVERS)


def mobject_generator(outlines: Outlines) -> Callable:
    """``SVGMobject.generate_mobject`` without a file in between."""

    def generate_mobject(mobject: SVGMobject) -> SVGMobject:
        tree = mobject.modify_xml_tree(ElementTree.parse(mobject.get_file_path()))
        changed = BytesIO()
        tree.write(changed)
        changed.seek(0)
        with patched(se.Path, "parse", lambda path, text: outlines.read(path, text)):
            svg = se.SVG.parse(changed)
        mobjects, mobject.id_to_vgroup_dict = mobject.get_mobjects_from(svg)
        mobject.add(*mobjects)
        mobject.flip(RIGHT)
        return mobject

    return generate_mobject


def outline_drawer(manims: Callable) -> Callable:
    """``VMobjectFromSVGPath.handle_commands``."""

    def handle_commands(mobject: VMobjectFromSVGPath) -> VMobjectFromSVGPath:
        path = mobject.path_obj
        if type(path) is not OutlinePath or mobject.n_points_per_curve != 4:
            return manims(mobject)
        mobject.points = path.points()
        return mobject

    return handle_commands


def transform_handler(manims: Callable) -> Callable:
    """``SVGMobject.handle_transform``, which mostly has nothing to do."""
    if not is_manims_own(Mobject, _MOVERS):
        return staticmethod(manims)

    def handle_transform(mobject: VMobject, matrix: se.Matrix) -> VMobject:
        unmoved = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f) == _IDENTITY
        if not (unmoved and _moves_as_manim(mobject) and not mobject.submobjects):
            return manims(mobject, matrix)
        if np.signbit(mobject.points[:, 2]).any():
            return manims(mobject, matrix)
        mobject.points += 0.0  # a product with the identity makes -0.0 positive
        return mobject

    return staticmethod(handle_transform)


def _moves_as_manim(mobject: VMobject) -> bool:
    return type(mobject) is VMobjectFromSVGPath and _movers.of(mobject)


def rotate_sheen_direction(
    mobject: VMobject, angle: float, axis: Any = OUT, family: bool = True
) -> VMobject:
    """``VMobject.rotate_sheen_direction``, which turns one direction once for a whole family."""
    turned: dict[tuple, np.ndarray] = {}
    for member in mobject.get_family() if family else [mobject]:
        direction = member.sheen_direction
        key = tuple(direction)
        if key not in turned:
            turned[key] = rotate_vector(direction, angle, axis)
        member.sheen_direction = turned[key].copy()
    return mobject
