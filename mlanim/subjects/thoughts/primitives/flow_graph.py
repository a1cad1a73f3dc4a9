"""Attention as pipes: every position of every layer, and how much it takes from those below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Dot, Line, VGroup

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.arrays import finite_array, frozen
from mlanim.primitives.axis_labels import axis_labels
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["FlowGraph"]

_MOST = 400  # pipes that an eye can part
_LEAST = 0.02  # what is drawn of a weight at all
_BOLDEST = 11.0  # stroke width of a pipe of 1


class FlowGraph(VGroup):
    """pipes (L, T, T): from each position of a layer to those below it; words at the bottom.

    Only what the position `top` of the last layer draws from is drawn, the widest pipes of it.

    Parts: `.pipes` (a group a layer, the lowest first), `.dots` (L + 1 rows of T), `.names`,
    `.layer_names`, `.note`.

    >>> graph = FlowGraph(np.eye(2)[None], ["a", "b"], 1, area=Area(0, 0, 6, 4))
    >>> [len(layer) for layer in graph.pipes], graph.note.text
    ([1], 'width: the weight, from 0.02 on')
    """

    def __init__(
        self,
        pipes: Any,
        words: Sequence[str],
        top: int,
        *,
        area: Area,
        role: str = "score",
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        array = finite_array(pipes, "FlowGraph", (3,))
        layers, size = array.shape[:2]
        if array.shape[2] != size or size != len(words):
            raise UsageError(f"pipes {array.shape} for {len(words)} words", "give (L, T, T)")
        self.theme, self._pipes, self.top = theme, array, top
        cap = theme.sizes.small
        longest = max(Label(AsIs(word), theme=theme, size="small").width for word in words)
        left = Label(f"layer {layers}", theme=theme, size="small").width + 0.3
        low = longest + 0.3
        box = Area(
            area.left + left,
            area.bottom + low + 2.6 * cap,
            area.width - left - 0.3,
            area.height - low - 4.2 * cap,
        )
        xs = [box.center[0]] if size == 1 else np.linspace(box.left, box.right, size)
        ys = np.linspace(box.bottom, box.top, layers + 1)
        self._places = np.array([[[x, y, 0.0] for x in xs] for y in ys])
        kept = self._kept(array, top)
        ink = theme.role(role).ink
        self.pipes = VGroup()
        for layer in range(layers):
            drawn = VGroup()
            for upper, lower in np.argwhere(kept[layer]):
                line = Line(self._places[layer + 1, upper], self._places[layer, lower])
                width = _BOLDEST * array[layer, upper, lower]
                drawn.add(line.set_stroke(ink, width, opacity=0.75))
            self.pipes.add(drawn)
        self._drawn = kept
        self.dots = VGroup(
            *(VGroup(*(Dot(p, radius=0.05, color=theme.ink) for p in row)) for row in self._places)
        )
        end = Dot(self._places[-1, top], radius=0.13, color=theme.role("output").ink)
        self.dots[-1][top].become(end)
        names = axis_labels(
            words, self._places[0] - [0, 0.08, 0], side="bottom", theme=theme, name="FlowGraph"
        )
        self.names = VGroup(names.labels, names.leaders)
        self.layer_names = VGroup()
        for layer in range(1, layers + 1):
            if (layers - layer) % max(1, int(np.ceil(2 * cap * layers / box.height))) == 0:
                name = Label(f"layer {layer}", theme=theme, size="small", role="muted")
                x = box.left - 0.25 - name.width / 2
                self.layer_names.add(name.center_on([x, ys[layer], 0]))
        least = min((array[place] for place in map(tuple, np.argwhere(kept))), default=_LEAST)
        said = (
            f"width: the weight, from {min(1.0, max(_LEAST, np.floor(100 * least) / 100)):.2g} on"
        )
        if kept.sum() < _MOST:
            said = f"width: the weight, from {_LEAST} on"
        self.note = Label(said, theme=theme, size="small", role="muted")
        self.note.center_on([area.center[0], area.bottom + cap, 0])
        self.add(self.pipes, self.dots, self.names, self.layer_names, self.note)

    @property
    def values(self) -> np.ndarray:
        """The pipes (L, T, T), read-only."""
        return frozen(self._pipes)

    def widths_drawn(self) -> np.ndarray:
        """(L, T, T): the weight that each drawn pipe is wide for; 0 where none is."""
        found = np.zeros(self._pipes.shape)
        for layer, drawn in enumerate(self.pipes):
            for (upper, lower), line in zip(np.argwhere(self._drawn[layer]), drawn, strict=True):
                found[layer, upper, lower] = line.get_stroke_width() / _BOLDEST
        return found

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        layers, size = self._pipes.shape[:2]
        return Seen("graph of attention", f"{layers} layers over {size} words")

    @staticmethod
    def _kept(pipes: np.ndarray, top: int) -> np.ndarray:
        """(L, T, T) bool: what is drawn."""
        kept = np.zeros(pipes.shape, dtype=bool)
        reached = np.arange(pipes.shape[1]) == top
        for layer in reversed(range(len(pipes))):
            kept[layer] = (pipes[layer] >= _LEAST) & reached[:, None]
            reached = kept[layer].any(axis=0)
        if kept.sum() > _MOST:
            limit = np.sort(pipes[kept])[-_MOST]
            kept &= pipes >= limit
        return kept
