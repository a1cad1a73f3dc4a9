"""take_in, join, speak and feed_back: what happens in one step of an attention decoder."""

from __future__ import annotations

from mlanim.motion.after import after
from mlanim.motion.appear import appear, vanish
from mlanim.motion.carry import carry
from mlanim.motion.flow import flow
from mlanim.motion.pulse import pulse
from mlanim.motion.timeline import Timeline, in_turn, together
from mlanim.primitives.tensor_box import TensorBox
from mlanim.subjects.translation.primitives.decoder_reading import DecoderReading
from mlanim.subjects.translation.primitives.decoder_step import DecoderStep

__all__ = ["feed_back", "join", "speak", "take_in"]


def take_in(step: DecoderReading, *, run_time: float | None = None) -> Timeline:
    """The word before goes into the cell, and the decoder's state comes out."""
    return in_turn(
        appear(step.previous, step.into_cell, step.cell, lag=0.1),
        together(
            flow(step.previous, step.cell, shrink=0.5),
            after(0.5, pulse(step.cell)),
            after(
                0.8,
                appear(step.out_of_cell, step.state_name),
                appear(step.state, start=step.cell, scale=0.4),
            ),
        ),
        run_time=run_time,
    )


def join(context: TensorBox, step: DecoderStep, *, run_time: float | None = None) -> Timeline:
    """The context and the decoder's state come side by side; copies do, both stay."""
    return in_turn(
        together(
            carry(context, step.context_half, bend=0.1, run_time=1.1),
            carry(step.state, step.state_half, bend=0.0, run_time=1.1),
        ),
        appear(step.joined, run_time=0.1),
        appear(step.half_names, run_time=0.4),
        run_time=run_time,
    )


def speak(step: DecoderStep, *, run_time: float | None = None) -> Timeline:
    """Both halves go through the feed-forward layer, and the word comes out."""
    return in_turn(
        appear(step.into_layer, step.feed_forward),
        flow(step.joined, step.feed_forward, shrink=0.4),
        pulse(step.feed_forward, run_time=0.5),
        together(
            appear(step.out_of_layer),
            appear(step.word, start=step.feed_forward, scale=0.5),
            after(0.3, appear(step.odds)),
        ),
        run_time=run_time,
    )


def feed_back(step: DecoderStep, following: DecoderReading) -> Timeline:
    """The word that came out becomes the next step's input; the step itself leaves."""
    return together(
        vanish(step.reading, step.joined, step.half_names, step.writing),
        carry(step.word, following.previous, bend=0.15, run_time=0.9),
        after(0.85, appear(following.previous, run_time=0.1)),
    )
