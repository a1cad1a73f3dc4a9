"""make_room: a page of attention is laid out anew, and what is on view moves to its place there."""

from __future__ import annotations

from itertools import chain

from mlanim.motion.table_room import Pairs, moved, moved_table
from mlanim.motion.timeline import Timeline
from mlanim.subjects.translation.primitives.attention_page import AttentionMoment, AttentionPage

__all__ = ["make_room"]

Page = AttentionMoment | AttentionPage


def make_room(before: AttentionMoment, following: Page) -> Timeline:
    """All columns of `before`, its decoder state and what was said go over to `following`."""
    old, new = before.table, following.table
    reading = following.step.reading if isinstance(following, AttentionPage) else following.step
    pairs = chain(moved_table(old, new), [(before.step, reading)], moved_words(before, following))
    return moved(pairs, new, reading)


def moved_words(old: Page, new: Page) -> Pairs:
    """What was said before the word of the new page, with its name."""
    if new.spoken:
        yield old.said.name, new.said.name
        yield from zip(
            old.said.words.tokens[: new.spoken], new.said.words.tokens[: new.spoken], strict=True
        )
