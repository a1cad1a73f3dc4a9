"""One step of training: predict, compare, nudge; and the same words predicted again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.explainer import Explainer
from mlanim.subjects.language_model import PredictionError
from mlanim.subjects.language_model.models.optimiser_steps import OptimiserSteps

__all__ = ["train_step"]

_ROWS = 5


def train_step(scene: Explainer, log: OptimiserSteps, vocabulary: Sequence[str]) -> None:
    """The last word of the window, at the checkpoint where the nudge moved it most."""
    right = int(log.window[-1])
    before, after = log.before[:, -1], log.after[:, -1]
    chosen = int((after[:, right] - before[:, right]).argmax())
    old, new = before[chosen], after[chosen]
    top = list(dict.fromkeys([right, *np.argsort(-old, kind="stable")[:_ROWS].tolist()]))[:_ROWS]
    others = scene.theme.words.said(f"{len(vocabulary) - len(top)} others")
    names = [*(vocabulary[i] for i in top), others]
    target = np.zeros(len(names))
    target[0] = 1
    read = [vocabulary[i] for i in log.window[:-1]]
    line, rest = scene.body.rows(0.8, 5, gap=0.3)
    page = PredictionError(names, _with_others(old, top), target, **scene.on(rest))
    for size in ("body", "small"):
        context = show.TokenRow(
            ["…", *read[-6:], "?"], role="decoder", theme=scene.theme, size=size
        )
        if context.width <= line.width:
            break
    line.place(context)
    scene.turn_to(
        f"Training step {int(log.checkpoint_steps[chosen])}: predict", context, *page.names
    )
    scene.play(do.appear(page.heads[0]), do.attend(page.bars))
    scene.wait(1)
    scene.play(scene.retitle("Compare with the right word"), do.appear(page.heads[1], page.right))
    scene.wait(1)
    scene.play(do.appear(page.heads[2]), do.carry(page.bars.bars, page.error.cells))
    scene.play(do.appear(page.error))
    scene.wait(1.4)
    scene.play(scene.retitle("Nudge all weights a little"), do.pulse(page.error, scale=1.06))
    moved = _with_others(new, top)
    scene.play(
        page.bars.animate(run_time=2).set_weights(moved),
        page.error.animate(run_time=2).set_values(moved - target),
    )
    scene.wait(2)


def _with_others(chances: np.ndarray, top: Sequence[int]) -> np.ndarray:
    """The probabilities of some words, and of all others together."""
    some = np.asarray(chances, float)[list(top)]
    return np.append(some, max(0.0, 1 - some.sum()))
