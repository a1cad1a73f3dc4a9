"""What "it" looks at, in two sentences that differ in one word."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import DOWN, RIGHT, VGroup
from numpy.typing import NDArray

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.explainer import Explainer
from mlanim.models.masked_model import PronounTrace
from mlanim.primitives.facts import about
from mlanim.subjects.transformer import LookBack

__all__ = ["what_it_means"]


def what_it_means(
    scene: Explainer, traces: Sequence[PronounTrace], layer: int, head: int, share: float
) -> None:
    """All heads of a layer mixed, then each, and last the one that looks at the noun meant.

    layer, head: from 0; share: how often the head's greatest weight is on that noun, in held-out
    sentences.
    """
    theme = scene.theme
    upper, note_area = scene.body.rows(12, 1, gap=0.1)
    halves = upper.columns(*[1.0] * len(traces), gap=0.4)
    pages, answers = [], []
    for trace, half in zip(traces, halves, strict=True):
        rows, answer = half.rows(10, 1, gap=0.1)
        weights = _weights(trace, layer).mean(axis=0)
        pages.append(LookBack(trace.stack.tokens, weights, trace.it, area=rows, theme=theme))
        answers.append(answer.place(_answer(trace, scene)))
    scene.turn_to("What does “it” mean?", *(VGroup(p.words, p.others) for p in pages))
    for page in pages:
        about(page, layer=layer + 1, head="mean")
    heads = _weights(traces[0], layer).shape[0]
    note = _note(f"layer {layer + 1}: mean of its {heads} heads", note_area, scene)
    scene.play(do.appear(note), *(do.attend(page.arrows, run_time=1.4) for page in pages))
    scene.wait(1.2)
    order = [index for index in range(heads) if index != head] + [head]
    for index in order:
        text = f"layer {layer + 1}, head {index + 1}"
        if index == head:
            text += f" finds the noun in {100 * share:.0f} % of unseen sentences"
        following = _note(text, note_area, scene)
        for page in pages:
            about(page, head=index + 1)
        scene.play(
            do.retitle(note, following, place=False, run_time=0.6),
            *(
                page.arrows.animate(run_time=0.8).set_weights(_weights(trace, layer)[index])
                for page, trace in zip(pages, traces, strict=True)
            ),
        )
        scene.wait(0.9)
        note = following
    scene.play(do.appear(*answers, lag=0.3))
    scene.wait(0.5)


def _weights(trace: PronounTrace, layer: int) -> NDArray:
    """What "it" looks at, for each head: (H, n)."""
    return np.asarray(trace.stack.layers[layer].attention.weights[:, trace.it])


def _note(text: str, area: show.Area, scene: Explainer) -> show.Label:
    label = show.Label(text, theme=scene.theme, size="small", role="score", width=area.width)
    area.place(label, DOWN)
    return label


def _answer(trace: PronounTrace, scene: Explainer) -> VGroup:
    """The likelier noun, with its probability among all words."""
    noun = trace.stack.tokens[trace.meant]
    chance = trace.probabilities[trace.candidates.index(trace.meant)]
    said = show.Label(f"it: the {noun}", theme=scene.theme, role="encoder", weight="bold")
    name = show.Label("p =", theme=scene.theme, size="small", role="muted")
    number = show.Number(float(chance), theme=scene.theme, size="small", role="muted")
    row = VGroup(said, name, number).arrange(RIGHT, buff=0.15)
    for part in row:
        part.align_baseline(said)
    return row
