"""From one word to its neighbours, and beside it from the neighbours to the word."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mlanim import motion as do
from mlanim.acts.page_room import page_room
from mlanim.explainer import Explainer
from mlanim.subjects.words import NeighbourSketch
from mlanim.subjects.words.models.word_vectors import WordVectors

__all__ = ["skip_gram"]


def skip_gram(
    scene: Explainer, vectors: WordVectors, words: Sequence[str], place: int, window: int
) -> None:
    """One word of a text, and its neighbours; the vectors are the trained ones."""
    around = [
        words[i]
        for i in range(max(0, place - window), min(len(words), place + window + 1))
        if i != place
    ]
    word = words[place]
    own, others = vectors.of([word]), vectors.of(around)
    limit = float(np.abs(np.vstack([own, others])).max())
    one, two = page_room(scene).split(1, 1.15, gap=0.7)
    out = NeighbourSketch(
        word, around, own[0], way="out", title="skip-gram", limit=limit, **scene.on(one)
    )
    into = NeighbourSketch(
        word,
        around,
        others,
        way="in",
        title="continuous bag of words",
        limit=limit,
        **scene.on(two),
    )
    scene.turn_to("From a word to its neighbours", out.title, out.given, out.strips)
    scene.play(do.draw(*out.wires, lag=0.25), do.after(0.4, do.appear(*out.asked, lag=0.25)))
    scene.wait(1.6)
    scene.play(
        scene.retitle("Or from the neighbours to the word"),
        do.appear(into.title, *into.given, *into.strips, lag=0.08),
    )
    scene.play(
        do.draw(*into.wires[:-1], lag=0.1),
        do.after(
            0.4,
            do.weighted_sum(list(into.strips), np.full(len(around), 1 / len(around)), into.mean),
        ),
    )
    scene.play(do.draw(into.wires[-1]), do.after(0.3, do.appear(*into.asked)))
    scene.wait(2)
