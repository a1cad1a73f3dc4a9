"""What rectangles were drawn around: Manim's do not know it once they are made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from manim import (
    BackgroundRectangle,
    Group,
    Mobject,
    Scene,
    SurroundingRectangle,
    VGroup,
    VMobject,
)

from mlanim.render.twins.patching import patched
from mlanim.review.picture import Array, Frame, Shape

__all__ = ["Surrounded"]

_SAME = 0.01  # units by which two frames may differ and be one
_APART = 0.02  # units

Points = Callable[[VMobject], Array]


class Surrounded:
    """Remembers what each `SurroundingRectangle` was made for, while `noted` is open."""

    def __init__(self) -> None:
        self._made: list[tuple[SurroundingRectangle, tuple[Mobject, ...]]] = []

    @contextmanager
    def noted(self) -> Iterator[None]:
        """While the block runs, rectangles that are made are remembered."""
        make: Any = SurroundingRectangle.__init__

        def note(frame: SurroundingRectangle, *mobjects: Mobject, **options: Any) -> None:
            make(frame, *mobjects, **options)
            if not isinstance(frame, BackgroundRectangle):
                self._made.append((frame, mobjects))

        with patched(SurroundingRectangle, "__init__", note):
            yield

    def comes_up(self, scene: Scene, before: Collection[int]) -> bool:
        """Whether a frame is among the scene's mobjects that is none of these keys."""
        on_screen = {id(mobject) for mobject in scene.mobjects}
        return any(id(frame) in on_screen and id(frame) not in before for frame, _ in self._made)

    def frame_of(self, leaf: Mobject, shape: Shape, points: Points) -> Frame | None:
        """What a shape on screen is a frame of; None if it is no frame.

        A frame that became another one, or its copy, is known by where it stands. One that no
        longer holds what it was made for has moved on.

        Args:
            points: gives a mobject's points (n, 2) as the frame shows them.
        """
        if isinstance(leaf, BackgroundRectangle) or not isinstance(leaf, SurroundingRectangle):
            return None
        for made, mobjects in reversed(self._made):
            if made is not leaf and not np.allclose(_box([made], points), shape.box, atol=_SAME):
                continue
            held = _clusters([_box(part.get_family(), points) for part in _parts(mobjects)])
            if len(held) and _within(held, shape.box):
                family = [id(m) for mobject in mobjects for m in mobject.get_family()]
                return Frame(shape, held, frozenset(family))
        return Frame(shape, np.zeros((0, 4)), frozenset())


def _parts(mobjects: tuple[Mobject, ...] | list[Mobject]) -> Iterator[Mobject]:
    """What mere groups list, and all else as it is."""
    for mobject in mobjects:
        if type(mobject) in (Group, VGroup):
            yield from _parts(mobject.submobjects)
        elif mobject.has_points() or any(part.has_points() for part in mobject.get_family()):
            yield mobject


def _box(family: list[Any], points: Points) -> Array:
    drawn = np.concatenate([points(part) for part in family if len(part.points)])
    return np.concatenate([drawn.min(axis=0), drawn.max(axis=0)])


def _clusters(boxes: list[Array]) -> Array:
    """One box (n, 4) around all that lie upon or beside each other."""
    apart: list[Array] = []
    for box in boxes:
        joined = True
        while joined:
            joined = False
            for other in apart:
                if (box[:2] <= other[2:] + _APART).all() and (other[:2] <= box[2:] + _APART).all():
                    box = np.concatenate(
                        [np.minimum(box[:2], other[:2]), np.maximum(box[2:], other[2:])]
                    )
                    apart = [kept for kept in apart if kept is not other]
                    joined = True
                    break
        apart.append(box)
    return np.array(apart).reshape(-1, 4)


def _within(held: Array, box: Array) -> bool:
    low, high = box[:2] - _SAME, box[2:] + _SAME
    return bool((held[:, :2] >= low).all() and (held[:, 2:] <= high).all())
