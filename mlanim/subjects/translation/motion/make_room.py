"""make_room: a page of attention is laid out anew, and what is on view moves to its place there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from manim import Add, VMobject

from mlanim.motion.after import after
from mlanim.motion.rearrange import rearrange
from mlanim.motion.timeline import Timeline, in_turn, together
from mlanim.primitives.attention_table import AttentionTable
from mlanim.subjects.translation.primitives.attention_page import AttentionMoment, AttentionPage

__all__ = ["make_room"]

_MOVE = 0.8  # seconds

Page = AttentionMoment | AttentionPage
Pairs = Iterator[tuple[VMobject, VMobject]]


def make_room(before: AttentionMoment, following: Page) -> Timeline:
    """All columns of `before`, its decoder state and what was said go over to `following`."""
    old, new = before.table, following.table
    reading = following.step.reading if isinstance(following, AttentionPage) else following.step
    pairs = chain(
        moved_rows(old, new),
        zip(old.heads[1:], new.heads[1:], strict=False),
        zip(old.scores, new.scores, strict=False),
        zip(old.weighted, new.weighted, strict=False),
        ((getattr(old, name), getattr(new, name)) for name in ("bars", "context", "sum_sign")),
        [(before.step, reading)],
        moved_words(before, following),
    )
    return moved(pairs, new, reading)


def moved_rows(old: AttentionTable, new: AttentionTable) -> Pairs:
    """The rows' words and states, with the head over them."""
    yield old.tokens, new.tokens
    yield from zip(old.states, new.states, strict=True)
    yield old.heads[0], new.heads[0]


def moved_words(old: Page, new: Page) -> Pairs:
    """What was said before the word of the new page, with its name."""
    if new.spoken:
        yield old.said.name, new.said.name
        yield from zip(
            old.said.words.tokens[: new.spoken], new.said.words.tokens[: new.spoken], strict=True
        )


def moved(pairs: Iterable[tuple[VMobject, VMobject]], *wholes: VMobject) -> Timeline:
    """Each thing becomes its new self; what belongs to a whole then stands as that."""
    ways = [
        rearrange(old, new, run_time=_MOVE) for old, new in pairs if old is not new and len(old)
    ]
    return together(*ways, after(_MOVE, in_turn(*(Add(whole) for whole in wholes))))
