"""Manim's animations, with the same numbers and without what only costs time.

    with fast_animating():
        scene.render()

Copies, family walks, updater walks, interpolation and partial curves are what a profile of
text-heavy scenes is made of. Each has a twin here that gives the same values; classes that
override any of the methods concerned keep their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

from manim import Animation, Mobject, Scene, Transform, VMobject
from manim.animation.creation import DrawBorderThenFill, ShowPartial
from manim.scene import scene as manim_scene
from manim.utils.bezier import integer_interpolate

from mlanim.render.twins.bounding_points import points_defining_boundary
from mlanim.render.twins.family_walk import (
    families_with_points,
    family,
    family_members,
    left_without,
    moving_mobjects,
)
from mlanim.render.twins.interpolation import interpolate_family
from mlanim.render.twins.mobject_copy import copy_mobject
from mlanim.render.twins.patching import Unaltered, patched
from mlanim.render.twins.showing import PartialCurves, match_style


@contextmanager
def fast_animating() -> Iterator[None]:
    """Let Manim copy, walk and interpolate mobjects fast until the block ends; the same values."""
    plain = partial(_interpolate_mobject, Animation.interpolate_mobject, PartialCurves())
    replacements = (
        (Mobject, "__deepcopy__", copy_mobject),
        (Mobject, "get_family", family),
        (Mobject, "family_members_with_points", families_with_points),
        (VMobject, "get_points_defining_boundary", points_defining_boundary),
        (Scene, "get_restructured_mobject_list", left_without),
        (Scene, "get_moving_mobjects", moving_mobjects),
        (Mobject, "update", _updater(Mobject.update)),
        (manim_scene, "extract_mobject_family_members", family_members),
        (Animation, "interpolate_mobject", lambda animation, alpha: plain(animation, alpha)),
    )
    with ExitStack() as stack:
        for owner, name, replacement in replacements:
            stack.enter_context(patched(owner, name, replacement))
        yield


def _interpolate_mobject(
    manims: Callable, curves: PartialCurves, animation: Animation, alpha: float
) -> None:
    """``Animation.interpolate_mobject`` for animations whose submobjects can go together."""
    how = _how(animation)
    if how is None:
        manims(animation, alpha)
        return
    families = list(animation.get_all_families_zipped())
    alphas = _sub_alphas(animation, alpha, len(families))
    if how == "transform":
        interpolate_family(
            [(*mobjects, a) for mobjects, a in zip(families, alphas, strict=True)],
            animation.path_func,
        )
    elif how == "partial":
        for (mobject, start), a in zip(families, alphas, strict=True):
            curves.show(mobject, start, *animation._get_bounds(a))
    else:
        _draw_borders(families, alphas, curves)


def _draw_borders(families: list[tuple], alphas: list[float], curves: PartialCurves) -> None:
    """``DrawBorderThenFill.interpolate_submobject``: the outline grows, then the fill comes."""
    filling = []
    for (mobject, start, outline), alpha in zip(families, alphas, strict=True):
        half, rest = integer_interpolate(0, 2, alpha)
        if half == 0:
            curves.show(mobject, outline, 0, rest)
            match_style(mobject, outline)
        else:
            filling.append((mobject, outline, start, rest))
    interpolate_family(filling)


def _sub_alphas(animation: Animation, alpha: float, count: int) -> list[float]:
    if not count:
        return []
    if not animation.lag_ratio and _gives_manims_alphas.of(animation):
        return [animation.get_sub_alpha(alpha, 0, count)] * count  # all start together
    return [animation.get_sub_alpha(alpha, i, count) for i in range(count)]


_gives_manims_alphas = Unaltered(Animation, ("get_sub_alpha",))
_WAYS = {
    "transform": Unaltered(Transform, ("interpolate_submobject",)),
    "partial": Unaltered(ShowPartial, ("interpolate_submobject",)),
    "border": Unaltered(DrawBorderThenFill, ("interpolate_submobject",)),
}


def _how(animation: Animation) -> str | None:
    """Which of the known ways an animation changes a submobject, None for any other."""
    return next((way for way, goes in _WAYS.items() if goes.of(animation)), None)


def _updater(manims: Callable) -> Callable:
    """``Mobject.update`` that does not call on mobjects where there is nothing to update."""

    def update(mobject: Mobject, dt: float = 0, recursive: bool = True) -> Mobject:
        if mobject.updating_suspended:
            return mobject
        if mobject.updaters:
            return manims(mobject, dt, recursive)
        if recursive:
            for submobject in mobject.submobjects:
                if (
                    submobject.submobjects
                    or submobject.updaters
                    or "update" in submobject.__dict__
                    or type(submobject).update is not update
                ):
                    submobject.update(dt, recursive=recursive)
        return mobject

    return update
