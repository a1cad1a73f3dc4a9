"""Bare shapes on a page, told by what they are there: boxes of words, and bars with their names.

Lines, frames and outlines that are left say nothing to who cannot see them, where other things do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mlanim.primitives.seen import Seen, few

__all__ = ["told_by_their_place"]

_BOXES = ("rectangle", "rounded rectangle", "square", "ellipse", "circle")
_BARS = ("rectangle",)
# What only joins, parts or surrounds others.
_IDLE = (
    *_BOXES[:2],
    "frame",
    "line",
    "dashed line",
    "shape",
    "arrow",
    "triangle",
    "polygon",
    "brace",
)
_MOST_WORDS = 3  # in a box; what holds more is a frame
_LEAST_BARS = 3
_LIKE = 0.03  # units by which edges of bars that begin in one line may differ
_IN_LINE = 0.2  # units
_MOST_BARS = 6

Found = tuple[Any, Seen]


def told_by_their_place(found: Sequence[Found]) -> list[Found]:
    """The same things, of which bare shapes are told by what stands in them and beside them."""
    told = _bars(list(found))
    told = _boxes(told)
    rest = [pair for pair in told if not (_is_bare(pair) and pair[1].what in _IDLE)]
    return rest if any(thing.what for _, thing in rest) else told


def _is_bare(pair: Found) -> bool:
    mobject, thing = pair
    return not thing.detail and not isinstance(getattr(mobject, "seen", None), Seen)


def _boxes(found: list[Found]) -> list[Found]:
    """Shapes around a word or two are boxes of that name, each word of the innermost shape."""
    shapes = [p[0] for p in found if _is_bare(p) and p[1].what in _BOXES]
    shapes.sort(key=lambda shape: shape.width * shape.height)
    held: dict[int, list[Found]] = {id(shape): [] for shape in shapes}
    for pair in found:
        if not pair[1].what:
            around = next((shape for shape in shapes if _holds(shape, pair[0])), None)
            if around is not None:
                held[id(around)].append(pair)
    boxes = {
        key: Seen("box", " ".join(thing.detail for _, thing in words))
        for key, words in held.items()
        if 0 < len(words) <= _MOST_WORDS and any(thing.detail not in ".,;:" for _, thing in words)
    }
    inside = {id(mobject) for key in boxes for mobject, _ in held[key]}
    return [(m, boxes.get(id(m), thing)) for m, thing in found if id(m) not in inside]


def _bars(found: list[Found]) -> list[Found]:
    """Rectangles that begin in one line are bars, named by the word and the number beside each."""
    left = [p[0] for p in found if _is_bare(p) and p[1].what in _BARS]
    for bar in list(left):
        alike = [
            other
            for other in left
            if abs(other.get_left()[0] - bar.get_left()[0]) < _LIKE
            and abs(other.height - bar.height) < _LIKE
        ]
        if len(alike) < _LEAST_BARS:
            continue
        used = {id(mobject) for mobject in alike}
        left = [other for other in left if id(other) not in used]
        alike.sort(key=lambda one: -one.get_center()[1])
        lines = []
        for one in alike:
            beside = [p for p in found if id(p[0]) not in used and _in_line(p, one)]
            beside.sort(key=lambda pair: pair[0].get_left()[0])
            lines.append(" ".join(thing.detail for _, thing in beside))
            used |= {id(mobject) for mobject, _ in beside}
        if not all(lines):
            continue  # cells, or a grid
        seen = Seen(f"column of {len(alike)} bars", few(lines, _MOST_BARS))
        place = next(i for i, (mobject, _) in enumerate(found) if id(mobject) in used)
        rest = [pair for pair in found if id(pair[0]) not in used]
        found = [*rest[:place], (alike[0], seen), *rest[place:]]
    return found


def _in_line(pair: Found, bar: Any) -> bool:
    """Whether a word or a number stands beside a bar."""
    mobject, thing = pair
    if thing.what not in ("", "number") or not thing.detail:
        return False
    return bool(abs(mobject.get_center()[1] - bar.get_center()[1]) < _IN_LINE)


def _holds(shape: Any, word: Any) -> bool:
    """Whether a word lies in a shape, wholly."""
    return bool(
        shape.get_left()[0] <= word.get_left()[0]
        and word.get_right()[0] <= shape.get_right()[0]
        and shape.get_bottom()[1] <= word.get_bottom()[1]
        and word.get_top()[1] <= shape.get_top()[1]
    )
