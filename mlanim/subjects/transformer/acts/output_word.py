"""From the decoder's output to a word."""

from __future__ import annotations

from collections.abc import Sequence

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.subjects.transformer import OutputPage
from mlanim.subjects.transformer.models.transformer import TransformerTrace

__all__ = ["output_word"]


def output_word(
    scene: Explainer, trace: TransformerTrace, vocabulary: Sequence[str], step: int
) -> None:
    """Linear, logits, softmax, probabilities and the likeliest word of a step, from 0."""
    page = OutputPage(
        trace.decoder[-1].output[step],
        trace.logits[step],
        trace.probabilities[step],
        vocabulary,
        **scene.on(scene.body),
    )
    said = trace.decoder_inputs[step]
    scene.turn_to(f"Which word follows “{said}”?", page.vector, page.names[0])
    scene.play(do.draw(page.wires[0]), do.appear(page.linear))
    scene.play(do.flow(page.vector, page.linear, bend=0, shrink=0.5))
    scene.play(
        do.pulse(page.linear, scale=1.05),
        do.draw(page.wires[1]),
        do.grow(page.logits, run_time=1.2),
        do.appear(page.names[1]),
    )
    scene.wait(0.8)
    scene.play(do.draw(page.wires[2]), do.appear(page.softmax))
    scene.play(
        do.pulse(page.softmax, scale=1.05),
        do.draw(page.wires[3]),
        do.grow(page.chances, run_time=1.2),
        do.appear(page.names[2]),
    )
    if page.table:
        scene.play(do.appear(page.table, page.table_name))
    scene.wait(0.4)
    bar = page.chances.bars[page.chances.best]
    scene.play(do.appear(page.word, start=bar, scale=0.4))
    scene.play(do.pulse(page.word))
