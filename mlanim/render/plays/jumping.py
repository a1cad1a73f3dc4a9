"""Whether a play's frames depend on their own moment alone: any can be had without the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from types import FunctionType
from typing import Any

from manim import Animation, Mobject, Scene

from mlanim.render.known.known_code import is_known, is_plain, shadows
from mlanim.render.plays.fast_forward import steps_matter
from mlanim.render.plays.turns import turns_are_known

__all__ = ["can_jump"]

_IN_FRAMES = ("interpolate", "update_mobjects", "finish")  # where Manim brings an animation forward
_OF_NUMBERS = ("rate_func", "path_func")


def can_jump(scene: Scene) -> bool:
    """Whether the play that has begun may be entered at any frame, and left without any.

    What code of the reader's has a part in may remember its last call, or look at the world: that
    is played frame by frame. So is all where Manim's own code was changed (`as_imported`), which
    is not asked here.
    """
    if steps_matter(scene):
        return False
    animations = list(_with_parts(scene.animations or []))
    return (
        all(_is_known_animation(animation) for animation in animations)
        and all(_mobjects_jump(animation) for animation in animations)
        and turns_are_known(scene.animations or [])
    )


def _is_known_animation(animation: Animation) -> bool:
    """Whether it does as Manim's, with known functions where it calls what it was given."""
    kind: Any = type(animation)
    word = _gave_its_word(kind)
    if shadows(animation) or not (is_plain(kind) or word):
        return False
    held = vars(animation)
    return all(
        is_known(held[name], of_mobjects=word and name not in _OF_NUMBERS)
        for name in _calls(kind, tuple(held))
        if callable(held[name])
    )


def _gave_its_word(kind: type) -> bool:
    """Whether a class says that its frames depend on nothing else."""
    return any("starts_anew" in vars(base) for base in kind.__mro__)


@cache
def _calls(kind: type, names: tuple[str, ...]) -> tuple[str, ...]:
    """Which attributes are mentioned on the way of a frame, by the class's own functions."""
    reached: set[str] = set()
    waiting = list(_IN_FRAMES)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            for base in kind.__mro__:
                held = vars(base).get(name)
                function = held.fget if isinstance(held, property) else held
                if type(function) is FunctionType:
                    waiting += function.__code__.co_names
    return tuple(name for name in names if name in reached)


def _mobjects_jump(animation: Animation) -> bool:
    # not get_all_mobjects: a part of a Succession has no target before its turn
    for mobject in (animation.mobject, getattr(animation, "target_mobject", None)):
        if isinstance(mobject, Mobject):
            family = mobject.get_family()
            if any(member.updaters or shadows(member) for member in family):
                return False
            if not all(map(is_plain, {type(member) for member in family})):
                return False
    return True


def _with_parts(animations: Iterable[Animation]) -> Iterator[Animation]:
    for animation in animations:
        yield animation
        yield from _with_parts(getattr(animation, "animations", ()))
