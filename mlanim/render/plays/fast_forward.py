"""Fast-forward: when one long step leads to the same picture as all the short ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from manim import (
    Add,
    Animation,
    AnimationGroup,
    DrawBorderThenFill,
    Homotopy,
    Rotating,
    Scene,
    ShowPartial,
    Succession,
    Transform,
    TransformFromCopy,
    Wait,
    Wiggle,
)
from manim.animation.updaters.update import UpdateFromFunc

__all__ = ["notices_time", "steps_matter"]

# Whose interpolation starts anew from the beginning each time, down to the last bit. Others, such
# as PhaseFlow, MoveAlongPath or DecimalNumbers that change, go on from where they were.
_STARTS_ANEW = frozenset(
    {
        Add,
        Animation,
        AnimationGroup,
        DrawBorderThenFill,
        Homotopy,
        Rotating,
        ShowPartial,
        Succession,
        Transform,
        TransformFromCopy,
        Wait,
        Wiggle,
    }
)
_INTERPOLATION = ("interpolate", "interpolate_mobject", "interpolate_submobject")
_STEPPING = ("play_internal", "update_to_time", "update_mobjects", "update_self", "update_meshes")


def notices_time(scene: Scene) -> bool:
    """Whether an updater, or a wait for something, could tell one long step from short ones."""
    animations = list(_with_parts(scene.animations or []))
    mobjects = [*scene.mobjects, *(animation.mobject for animation in animations)]
    return bool(
        scene.updaters
        or scene.always_update_mobjects
        or any(isinstance(a, UpdateFromFunc) for a in animations)
        or any(isinstance(a, Wait) and a.stop_condition is not None for a in animations)
        or any(mobject.get_family_updaters() for mobject in mobjects if mobject is not None)
    )


def steps_matter(scene: Scene) -> bool:
    """Whether the end of what plays could depend, by a single bit, on the frames before it."""
    if notices_time(scene) or any(_is_overridden(scene, Scene, name) for name in _STEPPING):
        return True
    return not all(map(_starts_anew, _with_parts(scene.animations or [])))


def _starts_anew(animation: Animation) -> bool:
    """Whether all its ways to interpolate do; a class may say so of its own with `starts_anew`."""
    definers = {_definer(type(animation), name) for name in _INTERPOLATION} - _STARTS_ANEW
    return not definers or all(
        "starts_anew" in vars(definer) and animation.starts_anew for definer in definers
    )


def _is_overridden(thing: Any, base: type, name: str) -> bool:
    return getattr(type(thing), name) is not getattr(base, name) or name in vars(thing)


def _definer(kind: type, name: str) -> type:
    """The class whose method of that name is used."""
    return next(base for base in kind.__mro__ if name in vars(base))


def _with_parts(animations: Iterable[Animation]) -> Iterator[Animation]:
    """The animations and those inside of groups."""
    for animation in animations:
        yield animation
        yield from _with_parts(getattr(animation, "animations", ()))
