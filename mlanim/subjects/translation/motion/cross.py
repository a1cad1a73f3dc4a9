"""cross and clear: hidden states go over to the table of attention, which is emptied for a word."""

from __future__ import annotations

from itertools import chain

from mlanim.motion.after import after
from mlanim.motion.appear import appear, vanish
from mlanim.motion.carry import carry
from mlanim.motion.table_room import moved, moved_rows
from mlanim.motion.timeline import Timeline, together
from mlanim.primitives.attention_table import AttentionTable
from mlanim.primitives.recurrent.unrolled_rnn import UnrolledRNN
from mlanim.subjects.translation.motion.make_room import moved_words
from mlanim.subjects.translation.primitives.attention_page import AttentionMoment, AttentionPage

__all__ = ["clear", "cross"]


def cross(encoder: UnrolledRNN, table: AttentionTable) -> Timeline:
    """The states leave the unrolled encoder for their rows; the encoder is gone at the end."""
    crossing = [
        carry(encoder.states[i], strip, bend=0.05, run_time=1.2)
        for i, strip in zip(table.fold.kept, table.states, strict=False)
    ]
    return together(vanish(encoder), *crossing, after(1.1, appear(table)))


def clear(page: AttentionPage, following: AttentionMoment) -> Timeline:
    """What was computed for one word leaves, and the rows take their places for the next one.

    Where rows are folded other ones may be the heaviest now: then the whole table gives way.
    """
    table, new, said = page.table, following.table, moved_words(page, following)
    if table.fold != new.fold:
        return together(vanish(table, *table.results), moved(said), after(0.4, appear(new)))
    return together(vanish(*table.results), moved(chain(moved_rows(table, new), said), new))
