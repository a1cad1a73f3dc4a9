"""cross and clear: hidden states go over to the table of attention, which is emptied for a word."""

from __future__ import annotations

from manim import Add

from mlanim.motion.after import after
from mlanim.motion.appear import appear, vanish
from mlanim.motion.carry import carry
from mlanim.motion.timeline import Timeline, in_turn, together
from mlanim.primitives.attention_table import AttentionTable
from mlanim.primitives.recurrent.unrolled_rnn import UnrolledRNN

__all__ = ["clear", "cross"]


def cross(encoder: UnrolledRNN, table: AttentionTable) -> Timeline:
    """The states leave the unrolled encoder for their rows; the encoder is gone at the end."""
    crossing = [
        carry(encoder.states[i], strip, bend=0.05, run_time=1.2)
        for i, strip in zip(table.fold.kept, table.states, strict=False)
    ]
    return together(vanish(encoder), *crossing, after(1.1, appear(table)))


def clear(table: AttentionTable, following: AttentionTable) -> Timeline:
    """What was computed for one word leaves, and the table for the next takes its place.

    Where rows are folded other ones may be the heaviest now: then the whole table gives way.
    """
    if table.fold == following.fold:
        swap = in_turn(Add(following), vanish(table, run_time=0.05))
        return together(vanish(*table.results), after(0.4, swap))
    return together(vanish(table, *table.results), after(0.4, appear(following)))
