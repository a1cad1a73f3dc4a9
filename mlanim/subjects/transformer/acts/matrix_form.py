"""Self-attention of all words at once: softmax(Q K^T / sqrt(dk)) V."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.explainer import Explainer
from mlanim.models.dot_product_attention import scaled_dot_product

__all__ = ["matrix_form"]


def matrix_form(
    scene: Explainer, words: Sequence[str], queries: NDArray, keys: NDArray, values: NDArray
) -> None:
    """One head's queries, keys (n, dk) and values (n, dv) as two matrix products.

    Vaswani et al. 2017 (arXiv 1706.03762), equation 1.
    """
    trace = scaled_dot_product(queries, keys, values)
    body = scene.body
    n, width = keys.shape
    tall = max(width, n)
    upper, lower = body.rows(tall + 2, n + 2, gap=0.45)
    scores = show.Matmul(
        queries,
        keys.T,
        c=trace.scores,
        names=("Q", "K transposed", "scores"),
        roles=("query", "key", "score"),
        rows=words,
        limit=float(np.abs(trace.scores).max()),
        area=upper,
        theme=scene.theme,
    )
    summed = show.Matmul(
        trace.weights,
        values,
        c=trace.output,
        names=("weights", "V", "Z"),
        roles=("score", "value", "output"),
        rows=words,
        weights="a",
        area=lower,
        theme=scene.theme,
    )
    scene.turn_to("All words at once: matrices", scores.a, scores.names[0])
    scene.play(do.appear(scores.signs, scores.b, *scores.names[1:]))
    scene.play(do.matmul(scores, slowly=False))
    scene.wait(0.6)
    cap = scores.names[2].cap_height
    divided = show.Label(f"÷ √{width}", theme=scene.theme, size=cap, role="score")
    divided.set_x(scores.names[2].get_x()).align_baseline(scores.names[2])
    scene.play(
        scene.retitle("Divide, then softmax"),
        do.vanish(scores.names[2]),
        do.after(0.3, do.appear(divided)),
    )
    scene.play(scores.c.animate(run_time=1.0).set_values(trace.scaled))
    scene.play(
        do.carry(scores.c.cells, summed.a.cells, run_time=0.9),
        do.after(0.7, do.appear(summed.a, summed.names[0])),
    )
    scene.wait(0.4)
    scene.play(
        scene.retitle("Weights times values: Z"),
        do.appear(summed.signs, summed.b, *summed.names[1:]),
    )
    scene.play(do.matmul(summed, slowly=False))
