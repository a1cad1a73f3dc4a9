"""Words as strips of colour: like words have like strips."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mlanim import motion as do
from mlanim.acts.page_room import page_room
from mlanim.explainer import Explainer
from mlanim.subjects.words import WordStrips
from mlanim.subjects.words.models.shared_number import shared_number
from mlanim.subjects.words.models.word_vectors import WordVectors

__all__ = ["embedding_colours"]


def embedding_colours(scene: Explainer, vectors: WordVectors, words: Sequence[str]) -> None:
    """As many of the words as there is room for; then the number that the like ones share."""
    words = list(words)[: WordStrips.room(page_room(scene), scene.theme)]
    rows = vectors.of(words)
    strips = WordStrips(words, rows, **scene.on(page_room(scene)))
    count = rows.shape[1]
    scene.turn_to(f"A word is {count} numbers", strips.row(0))
    scene.wait(1.2)
    rest = [strips.row(i) for i in range(1, len(words))]
    if not rest:
        scene.wait(1.5)
        return
    scene.play(scene.retitle("Like words, like colours"), do.appear(*rest, lag=0.25))
    scene.wait(2)
    drawn = len(strips.strips[0].cells)
    shared = shared_number(rows[:, :drawn])
    if shared is None:
        return
    column, like = shared
    frames = strips.column_frame(column, like)
    sign = "high" if np.sign(rows[like[0], column]) > 0 else "low"
    scene.play(
        scene.retitle(f"{len(like)} words share number {column + 1}: all are {sign}"),
        do.dim(*(strips.row(i) for i in range(len(words)) if i not in like), opacity=0.6),
        do.appear(*frames),
    )
    scene.wait(2.5)
