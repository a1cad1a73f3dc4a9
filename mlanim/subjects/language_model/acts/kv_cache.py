"""Token by token: a new query meets the keys that were kept; nothing old is computed again."""

from __future__ import annotations

import numpy as np

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.models.language_model.language_model import Continuation
from mlanim.primitives.facts import about
from mlanim.subjects.language_model import KeyValueTable

__all__ = ["kv_cache"]

_SHOWN = 5  # tokens of the prompt at most, so that rows stay high
_NEW = 3


def kv_cache(scene: Explainer, made: Continuation, layer: int, head: int) -> None:
    """The last steps of a continuation, in one head of one layer (both from 0)."""
    steps = [step.layers[layer] for step in (*made.prompt_steps, *made.steps)]
    tokens = (*made.prompt, *made.said)[: len(steps)]
    count = min(len(steps), _SHOWN + _NEW)
    tokens, steps = tokens[:count], steps[:count]
    weights = np.zeros((count, count))
    for t, step in enumerate(steps):
        weights[t, : t + 1] = step.weights[head]
    keys, values = steps[-1].keys[head], steps[-1].values[head]
    page = KeyValueTable(
        tokens,
        [step.query[head] for step in steps],
        keys,
        values,
        weights,
        weights @ values,
        **scene.on(scene.body),
    )
    facts = {"layer": layer + 1, "head": head + 1}
    about(page, **facts)
    old = max(1, count - _NEW)
    scene.turn_to("Keys and values are kept", *page.tokens[:old], *page.heads[:2])
    scene.play(do.appear(*page.keys[:old], *page.values[:old], lag=0.05))
    scene.wait(0.8)
    for t in range(old, count):
        pace = max(0.6, 1 - 0.2 * (t - old))
        query, bars, total = (
            about(part, **facts) for part in (page.query(t), page.bars(t), page.sum(t))
        )
        scene.play(do.appear(page.tokens[t]))
        scene.play(
            do.appear(query, page.query_name, start=page.tokens[t], scale=0.5),
            do.appear(page.keys[t], page.values[t], start=page.tokens[t], scale=0.5),
        )
        scene.play(do.score(page.keys[: t + 1], query, list(bars.bars), run_time=1.8 * pace))
        scene.play(do.appear(page.heads[2]), do.attend(bars, run_time=0.9 * pace))
        scene.play(
            do.appear(page.sum_name),
            *(do.flow(value, total, bend=0, run_time=0.9 * pace) for value in page.values[: t + 1]),
            do.after(0.6 * pace, do.appear(total)),
        )
        scene.wait(0.7 * pace)
        if t + 1 < count:
            scene.play(do.vanish(query, bars, total))
