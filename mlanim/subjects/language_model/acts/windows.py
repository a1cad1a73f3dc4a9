"""A window slides over running text; at each place it gives one training example."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.subjects.language_model import SlidingWindow

__all__ = ["windows"]


def windows(scene: Explainer, words: Sequence[str], size: int) -> None:
    """As many examples as the page lists."""
    page = SlidingWindow(words, size, **scene.on(scene.body))
    scene.turn_to("Examples from running text", *page.text.tokens)
    read, wanted = page.frame(0), page.target_frame(0)
    scene.play(do.appear(read, wanted), do.appear(*page.heads))
    for i, example in enumerate(page.examples):
        pace = max(0.6, 1 - 0.15 * i)
        if i:
            scene.play(
                read.animate(run_time=0.7 * pace).become(page.frame(i)),
                wanted.animate(run_time=0.7 * pace).become(page.target_frame(i)),
            )
        scene.play(
            do.carry(_tokens(page, i, i + size), example.given.tokens, run_time=0.9 * pace),
            do.carry(page.text.tokens[i + size], example.wanted, run_time=0.9 * pace),
            do.after(0.75 * pace, do.appear(example, run_time=0.25)),
        )
        scene.wait(0.4 * pace)
    scene.wait(1.2)


def _tokens(page: SlidingWindow, start: int, end: int) -> VGroup:
    return VGroup(*page.text.tokens[start:end])
