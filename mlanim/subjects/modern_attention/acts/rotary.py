"""A query and a key turn with their places; what they score depends on how far apart they are."""

from __future__ import annotations

import numpy as np

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.acts.page_room import page_room
from mlanim.explainer import Explainer
from mlanim.subjects.modern_attention import RotaryDials
from mlanim.subjects.modern_attention.models.rotary import RotaryPairs, score_table

__all__ = ["score_diagonals", "turning_pairs"]

_TABLE = 12  # positions


def turning_pairs(scene: Explainer, pairs: RotaryPairs, places: tuple[int, int], on: int) -> None:
    """The query turns to its place, the key to its own, then both move on by so many."""
    m, n = places
    page = RotaryDials(pairs, **scene.on(page_room(scene)))
    count = len(page.dials)
    scene.turn_to(f"A query and a key are {count} pairs of numbers", page)
    scene.wait(2.4)
    scene.play(scene.retitle("Each pair turns with its word's place"))
    scene.play(page.animate(run_time=2.5).set_at((m, 0)))
    scene.wait(0.4)
    scene.play(page.animate(run_time=2).set_at((m, n)))
    scene.wait(1)
    scene.play(scene.retitle("Both move on together: the score stays"))
    scene.play(page.animate(run_time=4).set_at((m + on, n + on)))
    scene.wait(1.6)


def score_diagonals(scene: Explainer, pairs: RotaryPairs, back: int) -> None:
    """All scores of two runs of places; along a diagonal, so far back, there is one number."""
    room = page_room(scene)
    low = 0.55
    side = min(room.width - 0.6, (room.height - low - 0.6) * (1.75 if room.is_wide else 1))
    scores = score_table(pairs, _TABLE)
    cell = side / _TABLE
    names = [str(i) for i in range(_TABLE)]
    table = show.TensorBox(
        scores,
        role="score",
        cell=cell,
        cell_height=min(cell, (room.height - low - 0.6) / _TABLE),
        decimals=1,
        row_labels=names,
        column_labels=names,
        shape_label=False,
        theme=scene.theme,
    )
    note = show.Label(
        "rows: query at m, columns: key at n",
        theme=scene.theme,
        role="muted",
        size="body" if room.is_wide else "small",
    )
    room.rows(room.height - low, low, gap=0.01)[0].place(table)
    note.center_on([room.center[0], room.bottom + low / 3, 0])
    scene.turn_to("Scores of every place with every place", table, note)
    scene.wait(1.6)
    far = np.subtract.outer(np.arange(_TABLE), np.arange(_TABLE)).ravel()
    others = np.flatnonzero(far != back)
    scene.play(
        scene.retitle(f"m − n = {back}: the same score all along"),
        do.dim(*(table.cells[i] for i in others), opacity=0.3),
        do.dim(*(table.numbers[i] for i in others if len(table.numbers)), opacity=0.0),
    )
    scene.wait(2.4)
