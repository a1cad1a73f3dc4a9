"""Windows of attention: the mask, the reach that grows with the layers, and a cache that rolls."""

from __future__ import annotations

from collections.abc import Sequence

from numpy.typing import NDArray

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.acts.page_room import page_room, stand_whole
from mlanim.explainer import Explainer
from mlanim.primitives.facts import about
from mlanim.subjects.modern_attention import ReachGrid, RollingCache
from mlanim.subjects.modern_attention.models.sliding_window import (
    reach_down,
    rolling_slots,
    window_mask,
)

__all__ = ["growing_reach", "masked_window", "rolling_cache"]


def masked_window(
    scene: Explainer, words: Sequence[str], full: NDArray, windowed: NDArray, window: int, head: int
) -> None:
    """The weights (T, T) of a head that sees all that was before, then of its window."""
    matrix, other = (_matrix(scene, words, weights, head) for weights in (full, windowed))
    scene.turn_to("Each word sees all before it", matrix)
    scene.wait(1.6)
    scene.play(
        scene.retitle(f"A window: the last {window} words alone"),
        do.vanish(matrix),
        do.after(0.4, do.appear(other)),
    )
    scene.wait(2.4)


def growing_reach(scene: Explainer, words: Sequence[str], attention: NDArray, window: int) -> None:
    """From the last word's top layer down to the words that its answer depends on."""
    layers, size = len(attention), len(words)
    shares = reach_down(attention, size - 1)
    grid = ReachGrid(
        shares, [window_mask(size, window)] * layers, words, **scene.on(page_room(scene))
    )
    about(grid, window=window)
    scene.turn_to(
        "Each layer reaches further back", grid.names, grid.words, grid.leaders, grid.places[-1]
    )
    scene.play(do.appear(grid.counts[-1]))
    scene.wait(0.6)
    for i in reversed(range(layers)):
        scene.play(do.appear(*grid.edges[i], lag=0.0), do.after(0.3, do.appear(grid.places[i])))
        scene.play(do.appear(grid.counts[i]))
        scene.wait(0.8)
    stand_whole(scene, grid)
    count = int((shares[0] > 0).sum())
    scene.play(scene.retitle(f"{layers} layers of {window}: {count} words reached"))
    scene.wait(2.2)


def rolling_cache(scene: Explainer, words: Sequence[str], keys: NDArray, window: int) -> None:
    """Token by token: each new key takes the place of the one that no query will see again."""
    page = RollingCache(words, keys, window, **scene.on(page_room(scene)))
    parts = (page.text, page.slots, page.numbers, page.told, page.kept, page.all)
    scene.turn_to("Only a window's keys are kept", *parts)
    scene.wait(1)
    stands: dict[int, tuple[show.Label, show.TensorBox]] = {}
    for token in range(len(words)):
        place = token % window
        word, key = page.word_in(token), page.key_in(token)
        pace = 0.7 if token < window + 2 else 0.45
        if token == window:
            scene.play(scene.retitle("The oldest gives its place away"))
        kept = int((rolling_slots(token + 1, window) >= 0).sum())
        leaving = do.vanish(*stands[place], run_time=0.3) if place in stands else None
        scene.play(
            *([leaving] if leaving else []),
            do.flow(page.text[token], word, bend=0, run_time=pace),
            do.after(0.7 * pace, do.appear(word, key, run_time=0.4)),
            do.dim(page.text[token], opacity=0.55),
        )
        page.kept.set_value(kept)
        page.all.set_value(token + 1)
        stands[place] = word, key
        scene.wait(0.7 if token in (window - 1, window, window + 1) else 0.2)
    scene.wait(1.6)


def _matrix(scene: Explainer, words: Sequence[str], weights: NDArray, head: int):
    """Cells as broad as the page lets them be, so that numbers fit where they can."""
    room = page_room(scene)
    style = {"area": room, "theme": scene.theme}
    matrix = show.AttentionMatrix.largest(weights, words, words, largest_cell=1.0, **style)
    named = matrix.width - matrix.frame.width, matrix.height - matrix.frame.height
    if room.is_wide:
        broad = min(1.0, (room.width - named[0] - 0.1) / len(words))
        high = (room.height - named[1]) / len(words)
        style = {"cell": broad, "cell_height": high, "theme": scene.theme}
        matrix = room.place(show.AttentionMatrix(weights, words, words, **style))
    for number, weight in zip(matrix.numbers, weights.flat, strict=False):
        if weight == 0:  # what is hidden needs no number
            number.set_opacity(0)
    return about(matrix, layer=1, head=head + 1)
