"""Which query heads share keys and values, and what that leaves of the caches of known models."""

from __future__ import annotations

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.acts.page_room import page_room, stand_whole
from mlanim.explainer import Explainer
from mlanim.subjects.modern_attention import CacheBars, CacheTable, SharedHeads
from mlanim.subjects.modern_attention.models.head_sharing import PUBLISHED

__all__ = ["caches", "sharing"]

_HEAD_SIZE = 128  # as in Llama 2 and 3


def sharing(scene: Explainer, heads: int, key_heads: int) -> None:
    """A key head for each query head, then one for each group, then one for all."""
    room = page_room(scene)
    upper, lower = room.rows(7, 1, gap=0.2)
    before = None
    for count in dict.fromkeys((heads, key_heads, 1)):
        page = SharedHeads(heads, count, **scene.on(upper))
        kept = 2 * count * _HEAD_SIZE
        told = show.Label(
            f"2×{count}×{_HEAD_SIZE} = {kept:,} numbers a token and layer",
            theme=scene.theme,
            width=lower.width,
        ).move_to(lower.center)
        heading = _heading(heads, count)
        if before is None:
            scene.turn_to(heading, page.names, page.queries)
            scene.play(do.draw(*page.wires, lag=0.05), do.after(0.3, do.appear(*page.keys)))
            scene.play(do.appear(told))
        else:
            old, words = before
            scene.play(scene.retitle(heading), do.vanish(old.wires, words))
            merged = [
                do.carry(old.keys[i][j].box, page.keys[page.values[first]][j].box, bend=0)
                for i in range(len(old.keys))
                for first in [int((old.values == i).argmax())]
                for j in (0, 1)
            ]
            scene.play(do.vanish(old.keys, run_time=0.3), *merged)
            scene.remove(*old.get_family())
            scene.add(page.names, page.queries)
            scene.play(do.appear(*page.keys), do.draw(*page.wires, lag=0.05))
            scene.play(do.appear(told))
        stand_whole(scene, page)
        scene.wait(2.2)
        before = page, told


def caches(scene: Explainer) -> None:
    """The table of published sizes, then what a token would cost without sharing."""
    room = page_room(scene)
    table = CacheTable(PUBLISHED, **scene.on(room.inset(0.05, 0.15)))
    scene.turn_to("Caches in fp16, of published sizes", table.heads, table.rule)
    for i in range(len(PUBLISHED)):
        scene.play(do.appear(table.row(i)))
        scene.wait(0.5)
    stand_whole(scene, table)
    scene.wait(2.6)
    bars = CacheBars(PUBLISHED, **scene.on(room.inset(0.05, 0.15)))
    scene.turn_to("What each token takes", bars.names, bars.told, bars.bars)
    scene.wait(1)
    shared = [i for i, s in enumerate(PUBLISHED) if s.key_heads < s.heads]
    scene.play(
        scene.retitle("Outlined: if no head shared"),
        do.appear(*(bars.outlines[i] for i in shared)),
    )
    stand_whole(scene, bars)
    scene.wait(2.6)


def _heading(heads: int, key_heads: int) -> str:
    if key_heads == heads:
        return "Multi-head: each has keys of its own"
    if key_heads == 1:
        return "Multi-query: all share one"
    return f"Grouped: {heads // key_heads} query heads share one"
