"""A small network as circles and wires, as thick as their weights."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Circle, Line, VGroup
from numpy.typing import NDArray

from mlanim.primitives.area import Area
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme

__all__ = ["NetworkSketch"]

_LARGEST = 0.16  # units: a unit's radius


class NetworkSketch(VGroup):
    """weights: one array (n before, n after) a layer, as an estimator's `coefs_` are.

    Wires of positive and of negative weights have different colours, and are as thick as the
    weight is large beside the largest of its layer. Parts: `.layers` (circles, the inputs first),
    `.wires` (one list of rows a layer), `.names` of the inputs.

    >>> net = NetworkSketch([np.ones((2, 3)), np.ones((3, 1))], area=Area(0, 0, 6, 4))
    >>> [len(rows) for rows in net.wires], len(net.names)
    ([3, 1], 2)
    """

    def __init__(
        self,
        weights: Sequence[NDArray],
        inputs: Sequence[str] = ("x", "y"),
        *,
        area: Area,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        counts = [weights[0].shape[0], *[matrix.shape[1] for matrix in weights]]
        left = area.left + max(Label(n, theme=theme).width for n in inputs) + 0.3
        xs = np.linspace(left + _LARGEST, area.right - _LARGEST, len(counts))
        self.layers, self.names = VGroup(), VGroup()
        for x, count in zip(xs, counts, strict=True):
            step = min(area.height / max(counts), 1.0) if count > 4 else min(area.height / 4, 0.9)
            radius = min(_LARGEST, 0.36 * step)
            ys = area.center[1] + (np.arange(count)[::-1] - (count - 1) / 2) * step
            layer = VGroup(*[Circle(radius=radius).move_to([x, y, 0]) for y in ys])
            layer.set_stroke(theme.ink, theme.stroke.thin).set_fill(theme.surface, 1)
            self.layers.add(layer.set_z_index(1))
        for name, circle in zip(inputs, self.layers[0], strict=True):
            label = Label(name, theme=theme)
            x = circle.get_left()[0] - 0.12 - label.width / 2
            self.names.add(label.center_on([x, circle.get_y(), 0]))
        self.layers[0].add(*self.names)
        self.weights = [np.asarray(matrix, float) for matrix in weights]
        self.drawn_data = {
            f"weights into layer {i}": matrix for i, matrix in enumerate(self.weights, 2)
        }
        self.wires: list[list[VGroup]] = []
        inks = theme.role("negative").ink, theme.role("output").ink
        for layer, matrix in enumerate(self.weights):
            largest = np.abs(matrix).max() or 1.0
            rows = []
            for unit in range(matrix.shape[1]):
                row = VGroup()
                for before in range(matrix.shape[0]):
                    weight = matrix[before, unit]
                    wire = Line(
                        self.layers[layer][before].get_center(),
                        self.layers[layer + 1][unit].get_center(),
                    )
                    wire.set_stroke(
                        inks[int(weight > 0)], theme.stroke.bold * abs(weight) / largest
                    )
                    row.add(wire)
                rows.append(row)
            self.wires.append(rows)
        self.add(*[row for rows in self.wires for row in rows], self.layers)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        units = [str(len(self.weights[0])), *(str(matrix.shape[1]) for matrix in self.weights)]
        return Seen("network", f"layers of {', '.join(units)} units")

    def wires_to(self, layer: int, unit: int) -> VGroup:
        """The wires into one unit of a layer from 1 on."""
        return self.wires[layer - 1][unit]

    def wires_into(self, layer: int) -> VGroup:
        """All wires into a layer."""
        return VGroup(*self.wires[layer - 1])
