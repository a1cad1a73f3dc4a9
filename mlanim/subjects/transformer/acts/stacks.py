"""Two stacks: the paper's, and then the model's own with what passes through it."""

from __future__ import annotations

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.subjects.transformer import EncoderDecoder
from mlanim.subjects.transformer.models.transformer import TransformerTrace

__all__ = ["PAPER_LAYERS", "own_stacks", "paper_stacks"]

PAPER_LAYERS = 6  # encoders, and decoders: Vaswani et al. 2017, section 3.1


def paper_stacks(scene: Explainer, trace: TransformerTrace) -> None:
    """Six encoders, six decoders: words go up, and what leaves the last encoder goes to all."""
    page = EncoderDecoder(
        PAPER_LAYERS, PAPER_LAYERS, trace.source_tokens, trace.spoken, **scene.on(scene.body)
    )
    scene.turn_to("In the paper: six of each", page.words_in, page.encoders, page.decoders)
    scene.play(do.pour(page.words_in.tokens, page.encoders.layers[0], run_time=0.8))
    scene.play(do.swell(page.encoders, lag=0.15))
    scene.play(do.draw(page.bus[0]), do.after(0.4, do.draw(*page.bus[1:], lag=0.06)))
    scene.play(do.appear(page.fed), do.swell(page.decoders, lag=0.15))
    scene.play(do.emerge(page.words_out.tokens, page.decoders.layers[-1], run_time=0.8))
    scene.wait(0.6)


def own_stacks(scene: Explainer, trace: TransformerTrace) -> None:
    """The layers that the model has, and the vectors of all words on their way through them."""
    read, said = trace.encoder, trace.decoder
    page = EncoderDecoder(
        len(read),
        len(said),
        trace.source_tokens,
        trace.spoken,
        states=(
            [read[0].input, *(layer.output for layer in read)],
            [said[0].input, *(layer.output for layer in said)],
        ),
        **scene.on(scene.body),
    )
    parts = page.words_in, page.encoders, page.decoders, *page.bus, page.fed
    scene.turn_to(f"The model in this film: {len(read)} of each", *parts)
    scene.play(do.appear(page.read[0], start=page.words_in, scale=0.5))
    scene.play(do.rise(page.encoders, page.read, run_time=2.4))
    scene.play(
        do.appear(page.said[0], start=page.fed, scale=0.5),
        *(
            do.flow(page.read[-1], page.way(i), shrink=0.4, run_time=1.2)
            for i in range(len(page.decoders.layers))
        ),
    )
    scene.play(do.rise(page.decoders, page.said, run_time=2.4))
    scene.play(do.emerge(page.words_out.tokens, page.said[-1], run_time=0.8))
