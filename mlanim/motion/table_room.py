"""table_room: a table of attention is laid out anew for more columns, and what is on view moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from manim import Add, VMobject

from mlanim.motion.after import after
from mlanim.motion.rearrange import rearrange
from mlanim.motion.timeline import Timeline, in_turn, together
from mlanim.primitives.attention_table import AttentionTable

__all__ = ["moved", "moved_rows", "moved_table", "table_room"]

_MOVE = 0.8  # seconds

Pairs = Iterator[tuple[VMobject, VMobject]]


def table_room(old: AttentionTable, new: AttentionTable) -> Timeline:
    """All that is on view of `old` goes to its place in `new`, which has the same rows.

    >>> from mlanim.primitives.area import Area
    >>> given = ["a", "b"], [[1.0, 0.0], [0.0, 1.0]], [1.0, 2.0], [0.3, 0.7]
    >>> table = AttentionTable(*given, area=Area(0, 0, 12, 6))
    >>> early = table.as_far_as("scores", Area(0, 0, 12, 6))
    >>> round(table_room(early, table).run_time, 1), bool(early.states.width > table.states.width)
    (0.8, True)
    """
    return moved(moved_table(old, new), new)


def moved_table(old: AttentionTable, new: AttentionTable) -> Pairs:
    """Its rows, and all columns that were computed."""
    yield from moved_rows(old, new)
    yield from zip(old.heads[1:], new.heads[1:], strict=False)
    yield from zip(old.scores, new.scores, strict=False)
    yield from zip(old.weighted, new.weighted, strict=False)
    yield from (
        (getattr(old, name), getattr(new, name)) for name in ("bars", "context", "sum_sign")
    )


def moved_rows(old: AttentionTable, new: AttentionTable) -> Pairs:
    """The rows' words and states, with the head over them."""
    yield old.tokens, new.tokens
    yield from zip(old.states, new.states, strict=True)
    yield old.heads[0], new.heads[0]


def moved(pairs: Iterable[tuple[VMobject, VMobject]], *wholes: VMobject) -> Timeline:
    """Each thing becomes its new self; what belongs to a whole then stands as that."""
    ways = [
        rearrange(old, new, run_time=_MOVE) for old, new in pairs if old is not new and len(old)
    ]
    return together(*ways, after(_MOVE, in_turn(*(Add(whole) for whole in wholes))))
