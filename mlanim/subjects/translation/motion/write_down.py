"""write_down: a word that came out joins what has been said."""

from __future__ import annotations

from mlanim.motion.after import after
from mlanim.motion.appear import appear
from mlanim.motion.carry import carry
from mlanim.motion.timeline import Timeline, together
from mlanim.primitives.label import Label
from mlanim.subjects.translation.primitives.transcript import Transcript

__all__ = ["write_down"]


def write_down(word: Label, said: Transcript, index: int) -> Timeline:
    """A copy of `word` goes to its place, `index`, in the transcript, whose name enters first."""
    place = said.words.tokens[index]
    return together(
        appear(said.name, run_time=0.3),
        carry(word, place, bend=0.05, run_time=0.7),
        after(0.65, appear(place, run_time=0.1)),
    )
