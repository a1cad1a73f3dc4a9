"""Which moments of a play what begins in its middle depends on.

An animation reads what it moves, and what it goes out from or to, when its turn comes. If others
are moving that just then, it finds it as far as the frame before brought it, or this one: a jump
has to stop at both. And what enters the scene lies above what entered before: where several groups
let their parts in, the moments of that have to be gone through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import Animation, AnimationGroup, Mobject, Succession, linear
from numpy.typing import NDArray

__all__ = ["moments_to_visit", "turns_are_known"]

_SAME_TIME = 1e-9  # seconds
_SOMETIME = -1.0  # begins late, nobody knows when


@dataclass(frozen=True)
class _Turn:
    """When an animation runs, in seconds of the play.

    Attributes:
        group: of whose parts it is one that begins late, in the middle of the play; else None.
        moves: the ids of the mobjects that it changes.
        finds: of those that it looks at when it begins.
        looks_again: whether it looks at what it moves in every frame.
    """

    begins: float
    ends: float
    group: int | None
    moves: frozenset[int]
    finds: frozenset[int]
    looks_again: bool

    def runs_at(self, moment: float) -> bool:
        return self.begins <= moment < self.ends - _SAME_TIME


def turns_are_known(animations: Iterable[Animation]) -> bool:
    """Whether all know when they begin, and nobody else moves what looks again at what it moves.

    What looks again does so in every frame, so that none could be left out.
    """
    turns = _all_turns(animations)
    for one in turns:
        if one.looks_again and any(_shares(one, other) for other in turns if other is not one):
            return False
    return all(turn.begins != _SOMETIME for turn in turns)


def moments_to_visit(animations: Iterable[Animation], times: NDArray) -> frozenset[int]:
    """The indices of those moments (seconds, rising) that no jump may leave out."""
    turns = _all_turns(animations)
    late = [turn for turn in turns if turn.group is not None]
    found = [turn for turn in late if any(_is_found(other, turn) for other in turns)]
    # One group lets its parts in in their order, however late it comes.
    entering = late if len({turn.group for turn in late}) > 1 else found
    visited = np.concatenate(
        [
            *(_first_of(entering, times) + i for i in (0, 1)),  # rounding may make it the next one
            _first_of(found, times) - 1,
        ]
    )
    return frozenset(visited[visited >= 0].tolist())


def _is_found(other: _Turn, late: _Turn) -> bool:
    """Whether it is moving just then what the late one looks at."""
    return other is not late and other.runs_at(late.begins) and _overlap(late, other)


def _first_of(turns: list[_Turn], times: NDArray) -> NDArray:
    """The indices of the first moments in which they run."""
    return np.searchsorted(times, [turn.begins - _SAME_TIME for turn in turns]).astype(int)


def _all_turns(animations: Iterable[Animation]) -> list[_Turn]:
    return [turn for a in animations for turn in _turns(a, 0.0, float(a.run_time), None)]


def _turns(animation: Any, begins: float, ends: float, group: int | None) -> Iterator[_Turn]:
    if not _tells_its_parts(animation):
        moves = _families(getattr(animation, "moves", _moved(animation)))
        finds = moves | _families([animation.mobject, *getattr(animation, "looks_at", ())])
        yield _Turn(begins, ends, group, moves, finds, getattr(animation, "looks_again", False))
        return
    even = animation.rate_func is linear
    pace = (ends - begins) / max(_length(animation), _SAME_TIME)
    for part, start, end in _spans(animation):
        late = start > 0 and not _begins_all_at_once(animation)
        if even:
            span = begins + start * pace, begins + end * pace
        else:
            span = (_SOMETIME if late else begins), ends
        yield from _turns(part, *span, id(animation) if late else group)


def _tells_its_parts(animation: Any) -> bool:
    """Whether it is a group of Manim's, or one that says when its parts run."""
    told = ("animations", "starts", "ends", "length")
    return isinstance(animation, AnimationGroup) or all(hasattr(animation, name) for name in told)


def _spans(group: Any) -> list[tuple[Any, float, float]]:
    if isinstance(group, AnimationGroup):
        return [(part, float(a), float(b)) for part, a, b in group.anims_with_timings]
    return list(zip(group.animations, group.starts, group.ends, strict=True))


def _length(group: Any) -> float:
    return float(group.max_end_time if isinstance(group, AnimationGroup) else group.length)


def _begins_all_at_once(group: Any) -> bool:
    return isinstance(group, AnimationGroup) and not isinstance(group, Succession)


def _moved(animation: Any) -> list[Any]:
    return [animation.mobject, getattr(animation, "target_mobject", None)]


def _shares(one: _Turn, other: _Turn) -> bool:
    at_once = one.begins < other.ends - _SAME_TIME and other.begins < one.ends - _SAME_TIME
    return at_once and not one.moves.isdisjoint(other.moves)


def _overlap(late: _Turn, other: _Turn) -> bool:
    return not late.finds.isdisjoint(other.moves)


def _families(mobjects: Iterable[Any]) -> frozenset[int]:
    found = [m.get_family() for m in mobjects if isinstance(m, Mobject)]
    return frozenset(id(member) for family in found for member in family)
