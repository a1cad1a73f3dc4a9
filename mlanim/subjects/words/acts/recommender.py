"""Sessions as sentences: the same training finds what is like a song, and what goes wrong."""

from __future__ import annotations

import numpy as np

from mlanim import motion as do
from mlanim.acts.page_room import page_room, stand_whole
from mlanim.explainer import Explainer
from mlanim.subjects.words import SessionRows, WordBars
from mlanim.subjects.words.models.learned_words import LearnedWords
from mlanim.subjects.words.models.likely_neighbours import likely_neighbours
from mlanim.subjects.words.models.sessions import SONGS, sessions

__all__ = ["beside_most", "heard_beside", "like_songs", "listening"]

_ROWS = 7
_SESSIONS = 7
_SEED = 1  # of the training


def listening(scene: Explainer) -> None:
    """The first sessions that were learned from."""
    heard = list(sessions(_SESSIONS, _SEED))
    kinds = {song: i for i, songs in enumerate(SONGS.values()) for song in songs}
    rows = SessionRows(heard, kinds.get, **scene.on(page_room(scene)))
    scene.turn_to("A session is a sentence")
    for row in rows.rows:
        scene.play(do.appear(*row, lag=0.1, run_time=0.4))
    scene.wait(1.6)


def like_songs(scene: Explainer, items: LearnedWords, song: str) -> None:
    """The songs of greatest cosine."""
    vectors = items.vectors
    near = vectors.nearest(vectors.of([song])[0], _ROWS, [song])
    page = WordBars(*zip(*near, strict=True), limit=1.0, **scene.on(page_room(scene).inset(0.2, 0)))
    rows = [page.row(i) for i in range(len(near))]
    scene.turn_to(f"The same training: songs like “{song}”", page.baseline, *rows)
    stand_whole(scene, page)
    scene.wait(2.2)


def heard_beside(scene: Explainer, items: LearnedWords, song: str) -> None:
    """The songs that are heard beside it most, and for how many songs that is the same one."""
    chances = beside_most(items)
    mine = chances[items.words.index(song)]
    order = np.argsort(-mine, kind="stable")[:_ROWS]
    page = WordBars(
        [items.words[i] for i in order],
        mine[order],
        role="output",
        **scene.on(page_room(scene).inset(0.2, 0)),
    )
    rows = [page.row(i) for i in range(len(order))]
    scene.turn_to(f"But heard beside “{song}” most", page.baseline, *rows)
    stand_whole(scene, page)
    scene.wait(1.6)
    hit = int(order[0])
    firsts = [int(row.argmax()) for i, row in enumerate(chances) if i != hit]
    told = f"“{items.words[hit]}” is first for {firsts.count(hit)} of {len(firsts)} songs"
    scene.play(
        scene.retitle(told),
        do.highlight(page.names[0], role="negative", theme=scene.theme, stays=True),
    )
    scene.wait(2.4)


def beside_most(items: LearnedWords) -> np.ndarray:
    """The probability (V, V) of each song to be heard beside each; never beside itself."""
    chances = np.array(
        [likely_neighbours(row, items.run.outputs, items.noise) for row in items.run.inputs]
    )
    np.fill_diagonal(chances, 0)
    return chances / chances.sum(axis=1, keepdims=True)
