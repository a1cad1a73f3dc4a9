"""A window goes over running text, and each place leaves its pairs in a table."""

from __future__ import annotations

from collections.abc import Sequence

from mlanim import motion as do
from mlanim.acts.page_room import page_room, stand_whole
from mlanim.explainer import Explainer
from mlanim.subjects.words import PairTable, TextWindow, leave_pairs
from mlanim.subjects.words.models.skip_gram import window_pairs

__all__ = ["sliding_window"]

_SLOW = 3  # places that are shown at leisure


def sliding_window(scene: Explainer, words: Sequence[str], window: int) -> None:
    """All places of the window over the words."""
    numbered = window_pairs(range(len(words)), window)
    pairs = [(words[i], words[j]) for i, j in numbered.tolist()]
    line, room = page_room(scene).rows(1, 3.6, gap=0.35)
    text = TextWindow(words, window, **scene.on(line))
    table = PairTable(pairs, **scene.on(room))
    scene.turn_to(f"A window of {window} words to each side", text)
    centre, around = text.centre(0), text.neighbours(0)
    scene.play(do.appear(centre), do.appear(*around))
    done = 0
    for place in range(len(words)):
        pace = 1.3 if place < _SLOW else 0.55
        if place:
            leaving = do.vanish(centre, around, run_time=0.3 * pace)
            centre, around = text.centre(place), text.neighbours(place)
            coming = do.appear(centre, *around, run_time=0.3 * pace)
            scene.play(leaving, do.after(0.2 * pace, coming))
        count = len(text.neighbour_places(place))
        rows = list(table.pairs[done : done + count])
        scene.play(leave_pairs(text, place, rows, run_time=pace))
        done += count
    stand_whole(scene, table)
    more = f", {table.left_out} not shown" if table.left_out else ""
    scene.play(
        scene.retitle(f"{len(words)} words, {len(pairs)} pairs{more}"), do.vanish(centre, around)
    )
    scene.wait(2)
