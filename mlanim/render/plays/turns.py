"""Which moments of a play what begins or ends in its middle depends on.

An animation reads what it moves, and what it goes out from or to, when its turn comes. If others
are moving that, it finds it as far as they have brought it: in this frame those that come before it
in the play, in the frame before those that come behind it. A jump has to stop at both. Who ends
leaves what it moved to those who still move it; at that moment, not later. And what enters the
scene lies above what entered before: where several groups let their parts in, the moments of that
have to be gone through.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from operator import itemgetter
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
        stops: the moments at which it moves them for the last time, or once more, and no longer.
        alone: whether it cannot be told what comes of it if others move the same.
    """

    begins: float
    ends: float
    group: int | None
    moves: frozenset[int]
    finds: frozenset[int]
    stops: frozenset[float]
    alone: bool


def turns_are_known(animations: Iterable[Animation]) -> bool:
    """Whether all know when they begin, and who must be alone with what it moves is.

    That is what looks at it again in every frame, so that none could be left out.
    """
    turns = _all_turns(animations)
    for one in turns:
        if one.alone and any(_shares(one, other) for other in turns if other is not one):
            return False
    return all(turn.begins != _SOMETIME for turn in turns)


def moments_to_visit(animations: Iterable[Animation], times: NDArray) -> frozenset[int]:
    """The indices of those moments (seconds, rising) that no jump may leave out."""
    turns = _all_turns(animations)
    late = [turn for turn in turns if turn.group is not None]
    looking, stops = _who_meet(turns, times)
    # One group lets its parts in in their order, however late it comes.
    entering = late if len({turn.group for turn in late}) > 1 else looking
    begins = [turn.begins for turn in entering]
    visited = np.concatenate(
        [
            *(_first_at([*begins, *stops], times) + i for i in (0, 1)),
            _first_at([turn.begins for turn in looking], times) - 1,
        ]
    )
    return frozenset(visited[(visited >= 0) & (visited < len(times))].tolist())


def _who_meet(turns: list[_Turn], times: NDArray) -> tuple[list[_Turn], list[float]]:
    """Those for whom it matters in which frame they begin late, and the stops that matter."""
    movers: dict[int, list[int]] = defaultdict(list)
    for place, turn in enumerate(turns):
        for mobject in turn.moves:
            movers[mobject].append(place)
    looking, stops = [], []
    for place, turn in enumerate(turns):
        begun = _next_to(turn.begins, times)
        if turn.group is not None and any(
            other.begins <= begun and (behind or other.ends > turn.begins + _SAME_TIME)
            for other, behind in _others(turn.finds, place, movers, turns)
        ):
            looking.append(turn)
        before = [o for o, behind in _others(turn.moves, place, movers, turns) if not behind]
        for stop in turn.stops:
            ended = _next_to(stop, times)
            if any(o.begins <= ended and o.ends > stop - _SAME_TIME for o in before):
                stops.append(stop)
    return looking, stops


def _others(
    mobjects: frozenset[int], place: int, movers: dict[int, list[int]], turns: list[_Turn]
) -> Iterator[tuple[_Turn, bool]]:
    """Who else moves one of these, and whether it comes behind this place in each frame."""
    found = {other for mobject in mobjects for other in movers.get(mobject, ())} - {place}
    return ((turns[other], other > place) for other in found)


def _first_at(moments: list[float], times: NDArray) -> NDArray:
    """The indices of the first times at some moments or behind them."""
    return np.searchsorted(times, np.array(moments) - _SAME_TIME).astype(int)


def _next_to(moment: float, times: NDArray) -> float:
    """The time behind the first one at this moment: rounding may make it that."""
    return float(times[min(int(_first_at([moment], times)[0]) + 1, len(times) - 1)])


def _all_turns(animations: Iterable[Animation]) -> list[_Turn]:
    """In the order in which each frame brings them forward."""
    turns: list[_Turn] = []
    for animation in animations:
        own = list(_turns(animation, 0.0, float(animation.run_time), None))
        # Manim goes on with those of a play itself, and with their parts, when they have ended.
        goes_on = not _tells_its_parts(animation) or _begins_all_at_once(animation)
        turns += [replace(turn, ends=np.inf) for turn in own] if goes_on else own
    return turns


def _turns(animation: Any, begins: float, ends: float, group: int | None) -> Iterator[_Turn]:
    if not _tells_its_parts(animation):
        moves = _families(getattr(animation, "moves", _moved(animation)))
        finds = moves | _families([animation.mobject, *getattr(animation, "looks_at", ())])
        alone = getattr(animation, "looks_again", False)
        yield _Turn(begins, ends, group, moves, finds, frozenset({ends}), alone)
        return
    even = animation.rate_func is linear
    pace = (ends - begins) / max(_length(animation), _SAME_TIME)
    at_once = _begins_all_at_once(animation)
    for part, start, end in _spans(animation):
        if at_once:  # all look then, whenever they will move; and at the end all move once more
            stops = {begins + end * pace, ends}
            for turn in _turns(part, begins, ends, group):
                yield replace(turn, stops=turn.stops | stops, alone=turn.alone or not even)
            continue
        late = start > 0
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
    parts = list(zip(group.animations, group.starts, group.ends, strict=True))
    return sorted(parts, key=itemgetter(1))  # as it goes through them itself


def _length(group: Any) -> float:
    return float(group.max_end_time if isinstance(group, AnimationGroup) else group.length)


def _begins_all_at_once(group: Any) -> bool:
    return isinstance(group, AnimationGroup) and not isinstance(group, Succession)


def _moved(animation: Any) -> list[Any]:
    return [animation.mobject, getattr(animation, "target_mobject", None)]


def _shares(one: _Turn, other: _Turn) -> bool:
    at_once = one.begins < other.ends - _SAME_TIME and other.begins < one.ends - _SAME_TIME
    return at_once and not one.moves.isdisjoint(other.moves)


def _families(mobjects: Iterable[Any]) -> frozenset[int]:
    found = [m.get_family() for m in mobjects if isinstance(m, Mobject)]
    return frozenset(id(member) for family in found for member in family)
