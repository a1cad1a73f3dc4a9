"""What a drawing is of: the layer and head whose weights it shows, and the like."""

from __future__ import annotations

from typing import Any, TypeVar

from manim import Mobject

from mlanim.primitives.text import Glyph

__all__ = ["about", "facts_of"]

M = TypeVar("M", bound=Mobject)


def about(mobject: M, **facts: int | str | None) -> M:
    """Note facts about a mobject and all its parts, as they are counted on screen: from 1.

    Parts may come onto a scene alone, so each of them knows.

    >>> from mlanim.primitives import Label
    >>> facts_of([about(about(Label("the"), layer=2), head=1)])
    {'layer': 2, 'head': 1}
    """
    told = {name: fact for name, fact in facts.items() if fact is not None}
    for part in mobject.get_family():
        if type(part).__module__.startswith("mlanim.") and not isinstance(part, Glyph):
            noted: Any = part
            noted.about = {**getattr(part, "about", {}), **told}
    return mobject


def facts_of(chain: Any) -> dict[str, int | str]:
    """The facts of a mobject's wholes and its own, from the outermost in."""
    found: dict[str, int | str] = {}
    for mobject in chain:
        found |= getattr(mobject, "about", None) or {}
    return found
