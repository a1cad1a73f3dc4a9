"""The attention of all heads of all layers at once, in one picture."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import LEFT, UP, Group, Rectangle, VGroup

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.arrays import finite_array, frozen, weight_array
from mlanim.primitives.heat_image import HeatImage
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme

__all__ = ["HeadGrid"]

_GAP = 0.06  # of a map's side, between two maps
_LINE = 0.36  # units: a line of names


class HeadGrid(Group):
    """Weights (L, H, T, T), rows of sum 1: a row of maps for each layer, a column for each head.

    Full colour is each map's greatest weight. Layers and heads count from 1; where there is no
    room for all their numbers, every k-th has one.

    Parts: `.picture` (one image), `.layer_names`, `.head_names`, `.titles`, `.note`.

    >>> grid = HeadGrid(np.full((2, 3, 4, 4), 0.25), area=Area(-6, -3, 12, 6))
    >>> grid.weights.shape, [name.text for name in grid.head_names]
    ((2, 3, 4, 4), ['1', '2', '3'])
    """

    value_axes = ("layer", "head", "token", "token looked at")

    def __init__(
        self, weights: Any, *, area: Area, role: str = "score", theme: Theme = LIGHT
    ) -> None:
        super().__init__()
        array = np.asarray(weights, dtype=float)
        if array.ndim != 4 or array.shape[2] != array.shape[3]:
            raise UsageError(
                f"HeadGrid was given weights of shape {array.shape}",
                "it draws (layers, heads, tokens, tokens)",
            )
        layers, heads, size, _ = array.shape
        weight_array(finite_array(array.reshape(-1, size), "HeadGrid", (2,)), "HeadGrid", (2,))
        self.theme, self.role, self._weights = theme, role, array
        style: dict[str, Any] = {"theme": theme, "size": "small", "role": "muted"}
        titles = Label("layer", **style), Label("head", **style)
        beside = titles[0].width + 0.25
        gap = max(1, round(_GAP * size))
        rows, columns = (count * (size + gap) - gap for count in (layers, heads))
        room = Area(
            area.left + beside,
            area.bottom + _LINE,
            area.width - beside,
            area.height - 3 * _LINE,
        )
        pixel = min(room.width / columns, room.height / rows)
        self._pitch = pixel * (size + gap)
        self._side = pixel * size
        shares = np.full((rows, columns), np.nan)
        for layer, head in np.ndindex(layers, heads):
            place = np.s_[
                layer * (size + gap) : layer * (size + gap) + size,
                head * (size + gap) : head * (size + gap) + size,
            ]
            shares[place] = array[layer, head] / array[layer, head].max()
        self.picture = HeatImage(
            np.nan_to_num(shares),
            width=columns * pixel,
            height=rows * pixel,
            role=role,
            scale="weight",
            limit=1.0,
            blank=np.isnan(shares),
            means="share of the greatest weight",
            theme=theme,
        ).move_to(room.center)
        self.layer_names = VGroup(
            *(
                Label(str(i + 1), **style).next_to(self._middle(i, 0) + self._side / 2 * LEFT, LEFT)
                for i in range(0, layers, self._every(layers))
            )
        )
        self.head_names = VGroup(
            *(
                Label(str(i + 1), **style).next_to(self._middle(0, i) + self._side / 2 * UP, UP)
                for i in range(0, heads, self._every(heads))
            )
        )
        for names, direction in ((self.layer_names, LEFT), (self.head_names, UP)):
            names.shift(-0.13 * direction)  # nearer than Manim's own distance
        corner = self.picture.get_corner(UP + LEFT)
        titles[0].next_to(self.layer_names, LEFT, buff=0.1).set_y(self.picture.get_y())
        titles[1].next_to(self.head_names, UP, buff=0.1).set_x(corner[0] + titles[1].width / 2)
        area.keep(titles[0])
        self.titles = VGroup(titles[1], *([titles[0]] if layers > 1 else []))
        self.note = Label("full colour: each map's greatest weight", **style)
        self.note.move_to([self.picture.get_x(), area.bottom + self.note.height / 2, 0])
        self.add(self.picture, self.layer_names, self.head_names, self.titles, self.note)

    @property
    def weights(self) -> np.ndarray:
        """All weights (L, H, T, T), read-only."""
        return frozen(self._weights)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        layers, heads, tokens, _ = self._weights.shape
        return Seen(f"grid of {layers * heads} attention maps", f"{tokens} words in each")

    def outline(self, layer: int, head: int) -> Rectangle:
        """A frame around one map (from 0), to point at it."""
        frame = Rectangle(width=self._side + 0.06, height=self._side + 0.06)
        frame.set_stroke(self.theme.ink, self.theme.stroke.bold)
        return frame.move_to(self._middle(layer, head))

    def _middle(self, layer: int, head: int) -> np.ndarray:
        corner = self.picture.get_corner(UP + LEFT)
        half = self._side / 2
        return corner + np.array([head * self._pitch + half, -layer * self._pitch - half, 0])

    def _every(self, count: int) -> int:
        """How many steps from one number to the next, so that they stand apart."""
        return next((k for k in (1, 2, 4, 5, 10) if k * self._pitch > 0.4), count)
