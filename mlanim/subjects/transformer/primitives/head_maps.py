"""What the heads of one layer look at, side by side, with the words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import UP, Group, VGroup

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.arrays import weight_array
from mlanim.primitives.attention_matrix import AttentionMatrix
from mlanim.primitives.facts import about
from mlanim.primitives.heat_image import HeatImage
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme

__all__ = ["HeadMaps"]

_NAME = 0.36  # units of height: a head's name
_GAP = 0.3  # units between two heads
_MOST = 1600  # cells that are drawn one by one; above, each head is a picture


class HeadMaps(Group):
    """A map (T, S) of weights for each of H heads; rows look, columns are looked at.

    weights: (H, T, S), each row of sum 1. rows, columns: the words, written where there is room.
    Few cells are drawn one by one, with words and numbers where they fit; many as one picture a
    head, and of more than 16 heads without a name each.
    names: of the heads; without them "head 1", "head 2", ...

    Parts, one a head: `.maps` (AttentionMatrix, TensorBox or HeatImage), `.names`.

    >>> maps = HeadMaps(np.full((4, 2, 2), 0.5), ["a", "b"], ["a", "b"], area=Area(-6, -3, 12, 6))
    >>> len(maps.maps), [name.text for name in maps.names][:2]
    (4, ['head 1', 'head 2'])
    """

    def __init__(
        self,
        weights: Any,
        rows: Sequence[str],
        columns: Sequence[str],
        *,
        area: Area,
        names: Sequence[str] | None = None,
        role: str = "score",
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        array = np.asarray(weights, dtype=float)
        if array.ndim != 3:
            raise UsageError(
                f"HeadMaps was given weights of shape {array.shape}", "it draws (heads, T, S)"
            )
        heads, n, m = array.shape
        array = weight_array(array.reshape(-1, m), "HeadMaps", (2,)).reshape(heads, n, m)
        if (len(rows), len(columns)) != (n, m):
            raise UsageError(
                f"{len(rows)} and {len(columns)} words for weights of shape {array.shape}",
                "give one word a row and one a column",
            )
        self.theme, self.role = theme, role
        names = [f"head {i + 1}" for i in range(heads)] if names is None else list(names)
        named = heads <= 16
        places = _places(heads, area.inset(0.06), n / m, _NAME if named else 0.0)
        self.names = VGroup()
        maps: list[Any] = []
        labelled = array.size <= _MOST and self._legible(array, rows, columns, places[0])
        for values, name, place in zip(array, names, places, strict=True):
            label = Label(name, theme=theme, size="small", role=role, weight="bold")
            room = place
            if named:
                room = Area(place.left, place.bottom, place.width, place.height - _NAME)
            if labelled:
                box: Any = AttentionMatrix.largest(
                    values, rows, columns, area=room, largest_cell=0.8, theme=theme, role=role
                )
            elif array.size <= _MOST:
                size = min(room.width / m, room.height / n) - 0.02
                box = room.place(
                    TensorBox(
                        values,
                        cell=size,
                        scale="weight",
                        limit=1.0,
                        role=role,
                        theme=theme,
                        numbers=False,
                        means="weight",
                        shape_label=False,
                    )
                )
            else:
                size = min(room.width / m, room.height / n)
                box = HeatImage(
                    values,
                    width=m * size,
                    height=n * size,
                    scale="weight",
                    limit=1.0,
                    role=role,
                    means="weight",
                    theme=theme,
                ).move_to(room.center)
            maps.append(about(box, head=len(maps) + 1))
            if named:
                label.next_to(box, UP, buff=0.1)
                self.names.add(label.set_x((getattr(box, "frame", box)).get_x()))
        self.maps = Group(*maps)
        self.add(self.maps, self.names)

    def _legible(self, array: np.ndarray, rows: Any, columns: Any, place: Area) -> bool:
        room = Area(place.left, place.bottom, place.width, place.height - _NAME)
        try:
            matrix = AttentionMatrix.largest(array[0], rows, columns, area=room)
        except UsageError:
            return False
        return bool(matrix.cells[0].width >= 0.18)


def _places(count: int, area: Area, ratio: float, name: float) -> list[Area]:
    """A grid of `count` places in which maps of a ratio (height to width) are largest."""

    def size(columns: int) -> float:
        rows = -(-count // columns)
        width = (area.width - _GAP * (columns - 1)) / columns
        height = (area.height - _GAP * (rows - 1)) / rows - name
        return min(width, height / ratio)

    columns = max(range(1, count + 1), key=size)
    lines = area.rows(*[1.0] * -(-count // columns), gap=_GAP)
    return [place for line in lines for place in line.columns(*[1.0] * columns, gap=_GAP)][:count]
