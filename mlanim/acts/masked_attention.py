"""Scores, the mask, softmax row by row; and the same of all heads of all layers."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.errors import UsageError
from mlanim.explainer import Explainer
from mlanim.models.token_names import drawn
from mlanim.models.trace_limits import LONGEST_TOKEN
from mlanim.primitives.facts import about

__all__ = ["attention_of_all_heads", "masked_attention"]

_CUTS = (LONGEST_TOKEN, 16, 8, 4, 2)  # signs of a token, as many as there is room for


def masked_attention(
    scene: Explainer,
    tokens: Sequence[str],
    scaled: NDArray,
    mask: NDArray,
    weights: NDArray,
    **facts: int,
) -> None:
    """One head: scaled scores (T, T), which of them may be seen, and the weights that they give.

    facts: its layer and head, from 1.
    """
    page = show.MaskedScores(scaled, mask, weights, tokens, **scene.on(scene.body))
    about(page, **facts)
    scene.turn_to("Every token scores every token", page)
    scene.wait(1.2)
    scene.play(scene.retitle("What comes later is hidden"), do.mask(page))
    scene.wait(1.2)
    scene.play(
        scene.retitle("Softmax, row by row"),
        do.mask_softmax(page, run_time=min(5.0, 0.9 * len(tokens))),
    )
    scene.wait(1.6)


def attention_of_all_heads(
    scene: Explainer, tokens: Sequence[str], attention: NDArray, layer: int, head: int
) -> None:
    """All maps (L, H, T, T) at once, then one of them (from 0) with its tokens."""
    grid = show.HeadGrid(attention, **scene.on(scene.body))
    layers, heads = attention.shape[:2]
    scene.turn_to(f"All {layers * heads} heads: {layers} layers of {heads}", grid)
    scene.wait(2.4)
    frame = grid.outline(layer, head)
    scene.play(do.appear(frame))
    scene.wait(0.8)
    drawn_head = one_head(scene, tokens, attention[layer, head])
    about(drawn_head, layer=layer + 1, head=head + 1)
    scene.turn_to(f"Layer {layer + 1}, head {head + 1}", drawn_head)
    scene.wait(2)


def one_head(scene: Explainer, tokens: Sequence[str], weights: NDArray):
    """A matrix of cells with numbers where they fit, else a picture; long tokens are cut there."""
    if len(tokens) <= 16:
        with suppress(UsageError):
            return show.AttentionMatrix.largest(
                np.asarray(weights, float), tokens, tokens, **scene.on(scene.body)
            )
    *longer, shortest = _CUTS
    for limit in longer:
        with suppress(UsageError):
            cut = [drawn(token, limit) for token in tokens]
            return show.AttentionMap(weights, cut, **scene.on(scene.body))
    cut = [drawn(token, shortest) for token in tokens]
    return show.AttentionMap(weights, cut, **scene.on(scene.body))
