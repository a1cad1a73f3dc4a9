"""The decoder, word by word: it looks at what it has said and at what was read, and speaks."""

from __future__ import annotations

from manim import RIGHT, VGroup

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.explainer import Explainer
from mlanim.models.dot_product_attention import causal_mask
from mlanim.primitives.facts import about
from mlanim.subjects.transformer.models.transformer import TransformerTrace
from mlanim.subjects.transformer.primitives.decoding_page import DecodingPage

__all__ = ["decoding", "hide_what_comes"]

_MOST = 8  # words in a matrix of masked scores


def hide_what_comes(scene: Explainer, trace: TransformerTrace, layer: int, head: int) -> None:
    """Masked self-attention of a decoder layer's head (from 0): no word sees a later one."""
    attention = trace.decoder[layer].self_attention
    # The first rows of masked attention are what they would be without the later words.
    count = min(_MOST, len(trace.decoder_inputs))
    page = show.MaskedScores(
        attention.scaled[head, :count, :count],
        causal_mask(count),
        attention.weights[head, :count, :count],
        trace.decoder_inputs[:count],
        **scene.on(scene.body),
    )
    about(page, layer=layer + 1, head=head + 1)
    scene.turn_to("The decoder must not look ahead", page)
    scene.wait(0.8)
    scene.play(do.mask(page, run_time=1.2))
    scene.wait(0.5)
    scene.play(scene.retitle("Hidden words get weight 0"), do.mask_softmax(page, run_time=2.2))
    scene.wait(1)


def decoding(scene: Explainer, trace: TransformerTrace) -> None:
    """All steps of a greedy translation; the weights are those of the last layer, over its heads.

    The mean of weights that sum to 1 sums to 1 again.
    """
    last = trace.decoder[-1]
    own, cross = last.self_attention.weights, last.cross_attention.weights
    page = DecodingPage(
        trace.source_tokens,
        trace.memory,
        trace.decoder_inputs,
        trace.target_tokens,
        own=own.mean(axis=0),
        cross=cross.mean(axis=0),
        probabilities=trace.probabilities.max(axis=-1),
        note=f"weights: layer {len(trace.decoder)}, mean of {len(own)} heads",
        **scene.on(scene.body),
    )
    about(page, layer=len(trace.decoder), head="mean")
    scene.turn_to("One word at a time", page.memory, page.unread, page.memory_name, page.frame)
    blocks = page.masked, page.cross, page.forward, page.head
    scene.play(do.appear(*blocks, lag=0.15), do.after(0.4, do.appear(page.inputs[0], page.note)))
    for t in range(page.steps):
        _say(scene, page, t, pace=max(0.4, 1.0 - 0.25 * t))


def _say(scene: Explainer, page: DecodingPage, t: int, pace: float) -> None:
    """One step: both attentions, the word, and its way back in."""
    own, cross, word = page.own_arrows[t], page.cross_arrows[t], page.outputs[t]
    scene.play(do.attend(own, run_time=1.1 * pace), do.pulse(page.masked, scale=1.02))
    scene.play(do.attend(cross, run_time=1.1 * pace), do.pulse(page.cross, scale=1.02))
    up, out = page.rises[t]
    scene.play(
        do.pulse(page.forward, scale=1.02),
        do.after(0.2, do.draw(up, run_time=0.3)),
        do.after(0.4, do.pulse(page.head, scale=1.02), do.draw(out, run_time=0.4)),
        do.after(0.7, do.appear(word, page.likelihoods[t], start=page.head, scale=0.6)),
    )
    scene.wait(0.5 * pace)
    if t + 1 < page.steps:
        scene.play(
            do.vanish(own, cross),
            do.flow(word, *_around(page, t), run_time=max(0.7, 1.1 * pace)),
            do.after(max(0.5, 0.9 * pace), do.appear(page.inputs[t + 1], run_time=0.25)),
            do.vanish(VGroup(up, out)),
        )


def _around(page: DecodingPage, t: int) -> tuple:
    """From a word above, past the decoder's right side, to the next place below."""
    side = page.frame.get_right() + 0.12 * RIGHT
    start, end = page.outputs[t].get_center(), page.inputs[t + 1].get_center()
    return [side[0], start[1] - 0.3, 0], side, [side[0], end[1] + 0.3, 0], end
