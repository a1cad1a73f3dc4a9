"""What rectangles and rings were drawn around: Manim's do not know it once they are made.

A `SurroundingRectangle` is told what it is for. Of any other outline it is known by what it was
moved to, or laid around: a mobject, or the middle of a group.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
from manim import (
    BackgroundRectangle,
    Circle,
    Circumscribe,
    Group,
    Mobject,
    Rectangle,
    Scene,
    SurroundingRectangle,
    VGroup,
    VMobject,
)

from mlanim.render.twins.patching import patched
from mlanim.review.outlines import outlines_of
from mlanim.review.picture import Array, Frame, Shape

__all__ = ["Surrounded"]

_SAME = 0.01  # units by which two frames may differ and be one
_APART = 0.02  # units
_AROUND = 0.9  # units: an outline further away is a panel, in which other things may stand
_ASKED = 8  # groups whose middles are remembered until an outline is moved there
_OUTLINES = (Rectangle, Circle)

Points = Callable[[VMobject], Array]


class Surrounded:
    """Remembers what each outline was made for, while `noted` is open."""

    def __init__(self) -> None:
        self._made: list[tuple[VMobject, VMobject, tuple[Mobject, ...]]] = []
        self._asked: deque[tuple[Array, Mobject]] = deque(maxlen=_ASKED)

    @contextmanager
    def noted(self) -> Iterator[None]:
        """While the block runs, outlines that are made or moved are remembered."""
        make: Any = SurroundingRectangle.__init__
        move: Any = Mobject.move_to
        lay: Any = Mobject.replace
        centre: Any = Mobject.get_center
        pass_by: Any = Circumscribe.__init__

        def made(frame: SurroundingRectangle, *mobjects: Mobject, **options: Any) -> None:
            make(frame, *mobjects, **options)
            if not isinstance(frame, BackgroundRectangle):
                self._note(frame, mobjects)

        def moved(mobject: Mobject, there: Any, *args: Any, **options: Any) -> Any:
            result = move(mobject, there, *args, **options)
            if isinstance(mobject, _OUTLINES) and (held := self._meant(there)) is not None:
                self._note(mobject, (held,))
            return result

        def replaced(mobject: Mobject, other: Mobject, *args: Any, **options: Any) -> Any:
            if isinstance(mobject, _OUTLINES):
                self._note(mobject, (other,))
            return lay(mobject, other, *args, **options)

        def asked(mobject: Mobject) -> Any:
            found = centre(mobject)
            if type(mobject) in (Group, VGroup):
                self._asked.append((np.array(found), mobject))
            return found

        def passes(animation: Circumscribe, mobject: Mobject, *args: Any, **options: Any) -> None:
            pass_by(animation, mobject, *args, **options)
            self._note(animation.animations[0].mobject, (mobject,))

        with ExitStack() as open_:
            open_.enter_context(patched(SurroundingRectangle, "__init__", made))
            open_.enter_context(patched(Mobject, "move_to", moved))
            open_.enter_context(patched(Mobject, "replace", replaced))
            open_.enter_context(patched(Mobject, "get_center", asked))
            open_.enter_context(patched(Circumscribe, "__init__", passes))
            yield

    def comes_up(self, scene: Scene, before: Collection[int]) -> bool:
        """Whether a frame is among the scene's mobjects that is none of these keys."""
        on_screen = {id(part) for mobject in scene.mobjects for part in mobject.get_family()}
        return any(id(made) in on_screen and id(made) not in before for made, _, _ in self._made)

    def frame_of(self, leaf: Mobject, shape: Shape, points: Points) -> Frame | None:
        """What a shape on screen is a frame of; None if it is no frame.

        A frame that became another one, or its copy, is known by where it stands. One that no
        longer holds what it was made for has moved on. What is yet an open piece of an outline is
        judged as the whole that it is of.

        Args:
            points: gives a mobject's points (n, 2) as the frame shows them.
        """
        told = isinstance(leaf, SurroundingRectangle)
        if isinstance(leaf, BackgroundRectangle) or not isinstance(leaf, _OUTLINES):
            return None
        if not told and (shape.filled or not shape.stroked):
            return None  # a ground, on which anything may stand
        for made, at_first, mobjects in reversed(self._made):
            whole = shape
            if made is leaf and not shape.closed:
                whole = _completed(shape, at_first, points)
            elif made is not leaf and not np.allclose(_box([made], points), shape.box, atol=_SAME):
                continue
            held = _clusters([_box(part.get_family(), points) for part in _parts(mobjects)])
            if not len(held) or not _within(held, whole.box):
                continue
            reach = whole.box
            if not told:  # beside what it was moved to it may have a title
                reach = np.concatenate([held[:, :2].min(axis=0), held[:, 2:].max(axis=0)])
                if not isinstance(leaf, Circle) and np.abs(whole.box - reach).max() > _AROUND:
                    continue
            family = [id(m) for mobject in mobjects for m in mobject.get_family()]
            return Frame(whole, held, frozenset(family), reach, told)
        if not told and (isinstance(leaf, Circle) or not shape.closed):
            return None
        return Frame(shape, np.zeros((0, 4)), frozenset(), shape.box, told)

    def _note(self, outline: Any, mobjects: tuple[Mobject, ...]) -> None:
        self._made.append((outline, outline.copy(), mobjects))

    def _meant(self, there: Any) -> Mobject | None:
        """What stands where an outline was moved: a mobject, or the group of that middle."""
        if isinstance(there, Mobject):
            return there
        groups = (group for at, group in reversed(self._asked) if np.array_equal(at, there))
        return next(groups, None)


def _completed(piece: Shape, outline: VMobject, points: Points) -> Shape:
    """The whole of which an open piece is seen; the piece itself where it is of another one."""
    whole = replace(piece, outline=outlines_of([points(outline)])[0], closed=True)
    return whole if _within(piece.box[None], whole.box) else piece


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
