"""What self-attention does for one word, number by number, and then for all words at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Animation
from numpy.typing import NDArray

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.models.dot_product_attention import scaled_dot_product, worked_example
from mlanim.subjects.transformer.primitives.self_attention_table import SelfAttentionTable

__all__ = [
    "published_example",
    "scale_softmax",
    "score",
    "table_of",
    "weighted_values",
]


def table_of(
    scene: Explainer,
    words: Sequence[str],
    queries: NDArray,
    keys: NDArray,
    values: NDArray,
    looking: int,
) -> SelfAttentionTable:
    """The page for one word (its index), of one head's queries and keys (n, dk), values (n, dv)."""
    return SelfAttentionTable(
        words,
        queries[looking],
        keys,
        values,
        scaled_dot_product(queries[looking : looking + 1], keys, values),
        looking=words[looking],
        **scene.on(scene.body),
    )


def score(scene: Explainer, table: SelfAttentionTable) -> None:
    """The word's query meets every key; each meeting leaves their dot product."""
    table = table.as_far_as("scores")
    heads = table.heads
    scene.turn_to("Score: query times each key", table.query, table.query_name, table.words)
    scene.play(do.appear(*table.keys, heads[0], lag=min(0.12, 0.6 / len(table.keys))))
    scene.play(do.appear(heads[1]))
    scene.play(do.score(table.keys, table.query, table.scores, run_time=2.6))


def scale_softmax(scene: Explainer, table: SelfAttentionTable) -> None:
    """Scores are divided by sqrt(dk), and softmax makes them weights."""
    before, table = table.as_far_as("scores"), table.as_far_as("softmax")
    heads = table.heads
    scene.play(scene.retitle("Divide, then softmax"), _make_room(before, table))
    scene.play(do.appear(heads[2]))
    scene.play(
        do.together(
            *(
                do.in_turn(
                    do.flow(raw, number, bend=0, run_time=0.6), do.appear(number, run_time=0.3)
                )
                for raw, number in zip(table.scores, table.scaled, strict=True)
            ),
            lag=min(0.15, 0.8 / len(table.scaled)),
        )
    )
    scene.play(do.appear(heads[3]))
    if len(table.bars.bars) == len(table.scaled):
        scene.play(do.softmax(table.scaled, table.bars, run_time=2.0))
    else:  # one bar is that of all others
        scene.play(do.appear(table.bars))


def weighted_values(scene: Explainer, table: SelfAttentionTable) -> None:
    """Each word's value times its weight; their sum is z. The page comes back if it was left."""
    heads = table.heads
    known = table.query, table.query_name, table.words, table.keys, *heads[:4]
    known += table.scores, table.scaled, table.bars
    title = "Weigh the values, add them up"
    before = table.as_far_as("softmax")
    if before.bars in scene.mobjects:
        scene.play(scene.retitle(title), _make_room(before, table))
    else:
        scene.turn_to(title, *known)
    scene.play(do.appear(*table.values, heads[4], lag=min(0.12, 0.6 / len(table.values))))
    scene.play(do.appear(heads[5]), do.weigh(table.values, table.weighted, run_time=1.8))
    scene.play(do.appear(table.z_name), do.add_up(table.weighted, table.z, run_time=1.8))


def _make_room(before: SelfAttentionTable, table: SelfAttentionTable) -> Animation:
    """The page is laid out anew for more columns: all that is on it moves to its new place."""
    pairs = [(before.query, table.query), (before.query_name, table.query_name)]
    pairs += [(before.words, table.words)]
    for old, new in (
        (before.keys, table.keys),
        (before.heads, table.heads),
        (before.scores, table.scores),
        (before.scaled, table.scaled),
    ):
        pairs += zip(old, new, strict=False)
    if len(before.bars):
        pairs += [(before.bars, table.bars)]
    return do.together(*(do.rearrange(old, new, run_time=0.8) for old, new in pairs))


def published_example(scene: Explainer) -> None:
    """The worked example of the illustrated article: scores 112 and 96, dk = 64."""
    query, keys = worked_example()
    words = ("word 1", "word 2")
    table = SelfAttentionTable(
        words,
        query,
        keys,
        None,
        scaled_dot_product([query], keys, np.eye(2)),
        looking=words[0],
        decimals=0,
        ends_with="softmax",
        **scene.on(scene.body),
    )
    parts = table.query, table.query_name, table.words, *table.keys, *table.heads[:2]
    scene.turn_to("Published numbers: dk = 64", *parts)
    scene.play(do.score(table.keys, table.query, table.scores, run_time=1.4))
    scene.play(do.appear(*table.heads[2:4]), do.appear(*table.scaled))
    scene.play(do.softmax(table.scaled, table.bars, run_time=1.6))
