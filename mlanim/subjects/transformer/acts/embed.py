"""Words become vectors, and only the first encoder takes them."""

from __future__ import annotations

from collections.abc import Sequence

from manim import RIGHT
from numpy.typing import NDArray

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.errors import UsageError
from mlanim.explainer import Explainer

__all__ = ["embed"]


def embed(scene: Explainer, words: Sequence[str], vectors: NDArray, *, layers: int) -> None:
    """The first word's vector (d,) close up, those of all (n, d), and their way into the stack.

    Where the words need the whole width the stack is not drawn.
    """
    n = len(words)
    top, rest = scene.body.rows(1.1, 3.6, gap=0.3)
    listed, beside = rest.columns(2.2, 1, gap=0.4)
    stack = None
    try:
        table = show.VectorList(words, vectors, **scene.on(listed))
        stack = show.LayerStack(layers, "encoder", **scene.on(beside))
    except UsageError:
        table = show.VectorList(words, vectors, **scene.on(rest))
    close = show.WordVector(words[0], vectors[0], limit=table.limit, **scene.on(top))
    scene.turn_to("Each word becomes a vector", close.word)
    scene.play(do.appear(close.vector, start=close.word, scale=0.5))
    scene.wait(1)
    scene.play(do.appear(*table.tokens, lag=min(0.1, 1 / n)))
    scene.play(
        do.carry(close.vector.frame, table.vectors[0].frame),
        do.appear(*table.vectors, lag=min(0.25, 2 / n)),
    )
    if stack is None:
        scene.wait(1.5)
        return
    start, (end, _) = table.get_right() + 0.15 * RIGHT, stack.spans[0]
    turn = (start[0] + stack.layers[0].get_left()[0]) / 2
    way = (start, (turn, start[1]), (turn, end[1]), end)
    wire = show.Wire(*way, role="encoder", theme=scene.theme, tip=False)
    scene.play(do.appear(stack), do.draw(wire))
    lag = min(0.2, 1.2 / n)
    scene.play(do.together(*(do.flow(v, wire, shrink=0.5) for v in table.vectors), lag=lag))
    scene.play(do.pulse(stack.layers[0], scale=1.04))
