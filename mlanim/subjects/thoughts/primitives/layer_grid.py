"""What each layer would say: words in cells, the first layer at the bottom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import VGroup

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.arrays import finite_array, frozen
from mlanim.primitives.cells import PAD, paint, plate, rgb_of
from mlanim.primitives.seen import Seen, few
from mlanim.primitives.text import Label, shortened
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["LayerGrid"]

_LOWEST, _HIGHEST = 0.42, 1.9  # units: of a row
_LARGEST = 0.4  # cap height of a word


class LayerGrid(VGroup):
    """texts (L, C) upon shades (L, C) from 0 to 1, the role's full colour.

    above, below: C names each, of the columns; below are tokens, as the texts are. Of more layers
    than find room some are drawn, evenly chosen, the last among them; their numbers, from 1, are
    `.drawn`.

    Parts: `.frame`, `.cells` and `.texts` (row by row from the bottom), `.layer_names`, `.above`,
    `.below`.

    >>> grid = LayerGrid([["the", "a"], ["box", "key"]], np.eye(2), area=Area(0, 0, 6, 4))
    >>> grid.texts[2].text, grid.drawn, grid.shades.tolist()
    ('box', [1, 2], [[1.0, 0.0], [0.0, 1.0]])
    """

    def __init__(
        self,
        texts: Sequence[Sequence[str]],
        shades: Any,
        *,
        area: Area,
        above: Sequence[str] = (),
        below: Sequence[str] = (),
        role: str = "output",
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        array = finite_array(shades, "LayerGrid", (2,))
        layers, columns = array.shape
        if [len(row) for row in texts] != [columns] * layers:
            raise UsageError(f"texts of other shape than shades {array.shape}", "give one a cell")
        self.theme, self.role = theme, role
        cap = theme.sizes.small
        rim = [2.4 * cap * bool(names) for names in (above, below)]
        number = Label(f"layer {layers}", theme=theme, size="small", role="muted")
        left = number.width + 0.2
        room = Area(
            area.left + left, area.bottom + rim[1], area.width - left, area.height - sum(rim)
        )
        most = max(1, int(room.height / _LOWEST))
        chosen = np.unique(np.linspace(layers, 1, min(layers, most)).round().astype(int))
        self.drawn = chosen.tolist()
        self._shades = array[chosen - 1]
        size = (
            (room.width - 2 * PAD) / columns,
            min(_HIGHEST, (room.height - 2 * PAD) / len(chosen)),
        )
        self._words = [list(texts[n - 1]) for n in self.drawn]
        self.frame, self.cells = plate(len(chosen), columns, size, role=role, theme=theme)
        shift = room.center - self.frame.get_center()
        self.frame.shift(shift)
        # The plate counts from the top, layers from the bottom.
        rows = [self.cells[i * columns : (i + 1) * columns] for i in range(len(chosen))][::-1]
        self.cells = VGroup(*(cell for row in rows for cell in row)).shift(shift)
        paint(self.cells, theme.weight(self._shades, role, 1.0))
        self.texts = VGroup(*self._written(size))
        self.layer_names = VGroup()
        for i, n in enumerate(self.drawn):
            name = Label(f"layer {n}", theme=theme, size="small", role="muted")
            y = rows[i][0].get_y()
            self.layer_names.add(name.center_on([room.left - 0.2 - name.width / 2, y, 0]))
        top, bottom = self.frame.get_top()[1], self.frame.get_bottom()[1]
        self.above = self._names(above, rows[0], top + 1.2 * cap, size[0])
        tokens = [AsIs(name) for name in below]
        self.below = self._names(tokens, rows[0], bottom - 1.2 * cap, size[0])
        self.add(self.frame, self.cells, self.texts, self.layer_names, self.above, self.below)

    @property
    def shades(self) -> np.ndarray:
        """Of the layers that are drawn, read-only."""
        return frozen(self._shades)

    @property
    def drawn_data(self) -> dict[str, np.ndarray]:
        """The shade of each cell and the word upon it, from the lowest layer that is drawn."""
        return {"cells": self.shades, "texts": np.array(self._words)}

    def row(self, place: int) -> VGroup:
        """The cells, texts and name of a layer that is drawn, counted from the bottom, from 0."""
        columns = self._shades.shape[1]
        part = slice(place * columns, (place + 1) * columns)
        return _Row(self.layer_names[place], *self.cells[part], *self.texts[part])

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        layers, columns = self._shades.shape
        last = few([text for text in self._words[-1] if text], 6)
        return Seen(f"grid of {layers} layers by {columns} words", f"the last layer: {last}")

    def _written(self, size: tuple[float, float]) -> list[Label]:
        theme, room = self.theme, 0.9 * size[0]
        cap = max(theme.sizes.small, min(_LARGEST, 0.4 * size[1]))
        words = [AsIs(word) for row in self._words for word in row]
        widest = max(Label(word or " ", theme=theme, size=cap).width for word in words)
        cap = max(theme.sizes.small, cap * min(1.0, room / max(widest, 1e-6)))
        labels = []
        for word, cell in zip(words, self.cells, strict=True):
            label = Label(
                shortened(word, room, theme=theme, size=cap) or " ", theme=theme, size=cap
            )
            label.set_color(theme.on(rgb_of(cell)))
            labels.append(label.center_on(cell.get_center()))
        return labels

    def _names(self, names: Sequence[str], row: Any, y: float, width: float) -> VGroup:
        group = VGroup()
        for name, cell in zip(names, row, strict=bool(names)):
            if name:
                text = shortened(name, 0.94 * width, theme=self.theme, size="small")
                label = Label(text, theme=self.theme, size="small", weight="bold")
                group.add(label.center_on([cell.get_x(), y, 0]))
        return group


class _Row(VGroup):
    """A layer that comes onto the page before the whole grid stands."""
