"""From which words a position takes, layer under layer: the reach of a window grows downward."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Circle, Line, VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.arrays import finite_array, frozen
from mlanim.primitives.axis_labels import axis_labels
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["ReachGrid"]


class ReachGrid(VGroup):
    """Shares (L + 1, T) of a topmost position in all layers, row 0 the words; 0 is not reached.

    edges: (L, T, T) bool, whether position t of layer l + 1 sees s of layer l. A filled place is
    reached; lines lead to it from the layer above.

    Parts: `.places` (row l), `.edges` (between rows l and l + 1), `.words`, `.names` of the rows,
    `.counts` of the places that are reached. `.values`: the shares.

    >>> shares = [[0.25, 0.75], [0.0, 1.0]]
    >>> grid = ReachGrid(shares, [np.tri(2, dtype=bool)], ["a", "b"], area=Area(-5, -3, 10, 6))
    >>> [count.text for count in grid.counts]
    ['2 words', '1 place']
    """

    def __init__(
        self,
        shares: Any,
        edges: Any,
        words: Sequence[str],
        *,
        area: Area,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme = theme
        self._values = finite_array(shares, "ReachGrid", (2,))
        rows, columns = self._values.shape
        reached = self._values > 0
        said = [_counted(int(row.sum()), below=not i) for i, row in enumerate(reached)]
        style: dict[str, Any] = {"theme": theme, "size": "small"}
        names = [Label("words" if not i else f"layer {i}", **style) for i in range(rows)]
        told = [Label(text, role="score", weight="bold", **style) for text in said]
        left = area.left + max(label.width for label in names) + 0.3
        right = area.right - max(label.width for label in told) - 0.3
        pitch = (right - left) / columns
        longest = max(Label(AsIs(word), **style).width for word in words)
        foot = 0.6 if longest + 0.12 <= pitch else 1.1
        if longest > 2 * pitch:
            foot = longest + 0.5
        level = (area.height - foot) / rows
        radius = min(0.36 * pitch, 0.3 * level, 0.3)
        ink, muted = theme.role("score").ink, theme.muted
        self.places, self.names, self.counts = VGroup(), VGroup(), VGroup()
        for i in range(rows):
            y = area.bottom + foot + (i + 0.5) * level
            row = VGroup()
            for j in range(columns):
                there = bool(reached[i, j])
                place = Circle(radius=radius).move_to([left + (j + 0.5) * pitch, y, 0])
                place.set_stroke(ink if there else muted, theme.stroke.normal if there else 1)
                place.set_fill(ink if there else theme.surface, 1)
                row.add(place)
            self.places.add(row)
            self.names.add(names[i].center_on([area.left + names[i].width / 2, y, 0]))
            self.counts.add(told[i].center_on([area.right - told[i].width / 2, y, 0]))
        self.edges = VGroup(
            *(
                VGroup(
                    *(
                        self._edge(self.places[i + 1][t], self.places[i][s], radius, ink)
                        for t, s in np.argwhere(np.asarray(seen, bool))
                        if reached[i + 1, t] and reached[i, s]
                    )
                )
                for i, seen in enumerate(edges)
            )
        )
        anchors = np.array([place.get_center() - [0, 0.36 * level, 0] for place in self.places[0]])
        self.words, self.leaders = axis_labels(
            words, anchors, side="bottom", theme=theme, name="ReachGrid words"
        )
        self.add(self.edges, self.places, self.names, self.counts, self.leaders, self.words)

    @property
    def values(self) -> np.ndarray:
        """The shares (L + 1, T), read-only."""
        return frozen(self._values)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        told = [f"{n.text}: {c.text}" for n, c in zip(self.names, self.counts, strict=True)]
        return Seen(f"grid of {len(self.places)} rows of places", ", ".join(told[::-1]))

    def _edge(self, above: Circle, below: Circle, radius: float, ink: str) -> Line:
        way = below.get_center() - above.get_center()
        away = radius * way / np.linalg.norm(way)
        line = Line(above.get_center() + away, below.get_center() - away)
        return line.set_stroke(ink, self.theme.stroke.thin)


def _counted(number: int, *, below: bool) -> str:
    noun = "word" if below else "place"
    return f"{number} {noun}{'' if number == 1 else 's'}"
