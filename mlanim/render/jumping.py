"""Whether a play's frames depend on their own moment alone: any can be had without the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from manim import Animation, Mobject, Scene

from mlanim.render.fast_forward import steps_matter
from mlanim.render.turns import turns_are_known

__all__ = ["can_jump"]

_OURS = ("manim.", "mlanim.")
_CHANGES = ("interpolate", "interpolate_color", "pointwise_become_partial", "become", "set_points")


def can_jump(scene: Scene) -> bool:
    """Whether the play that has begun may be entered at any frame, and left without any.

    Paces, paths and mobjects of the reader's own may remember their last call: those are played
    frame by frame.
    """
    if steps_matter(scene):
        return False
    animations = list(_with_parts(scene.animations or []))
    return (
        all(_is_known(a.rate_func) for a in animations)
        and all(_is_known(getattr(a, "path_func", None)) and _mobjects_jump(a) for a in animations)
        and turns_are_known(scene.animations or [])
    )


def _mobjects_jump(animation: Animation) -> bool:
    # not get_all_mobjects: a part of a Succession has no target before its turn
    for mobject in (animation.mobject, getattr(animation, "target_mobject", None)):
        if isinstance(mobject, Mobject):
            family = mobject.get_family()
            if any(member.updaters for member in family):
                return False
            kinds: set[Any] = {type(member) for member in family}
            if not all(map(_changes_as_manim_does, kinds)):
                return False
    return True


@cache
def _changes_as_manim_does(kind: Any) -> bool:
    return all(
        getattr(kind, name).__module__.startswith(_OURS) for name in _CHANGES if hasattr(kind, name)
    )


def _is_known(function: Callable[..., Any] | None) -> bool:
    """Whether a pace or a path is Manim's, or so simple that it can remember nothing."""
    if function is None or (getattr(function, "__module__", None) or "").startswith(_OURS):
        return True
    code = getattr(function, "__code__", None)
    return code is not None and not (code.co_names or code.co_freevars)


def _with_parts(animations: Iterable[Animation]) -> Iterator[Animation]:
    for animation in animations:
        yield animation
        yield from _with_parts(getattr(animation, "animations", ()))
