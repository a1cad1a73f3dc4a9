"""Where the units of a layered network stand, and its wires, as thick as their weights."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from manim import Line, VGroup
from numpy.typing import NDArray

from mlanim.colour import from_hex
from mlanim.primitives.seen import Seen
from mlanim.theme import LIGHT, Theme

__all__ = ["NetworkWires", "unit_places"]


def unit_places(
    counts: Sequence[int], left: float, bottom: float, width: float, height: float, *, upright: bool
) -> tuple[list[NDArray], float]:
    """The middles (units, 3) of each layer's units in a room, and how far apart they are at least.

    Layers follow each other to the right, or downward if `upright`.

    >>> places, apart = unit_places([2, 3], 0, 0, 6, 3, upright=False)
    >>> places[1][0].tolist(), apart
    ([6.0, 2.5, 0.0], 1.0)
    """
    most = max(counts)
    along, across = (height, width) if upright else (width, height)
    pitch = across / most
    made = []
    for at, count in zip(np.linspace(0, along, len(counts)), counts, strict=True):
        step = min(pitch * (1 + 0.5 * (most - count) / most), 1.6 * pitch)
        beside = across / 2 + (np.arange(count)[::-1] - (count - 1) / 2) * step
        on = np.full(count, at)
        x, y = (beside[::-1], along - on) if upright else (on, beside)
        made.append(np.stack([left + x, bottom + y, np.zeros(count)], axis=1))
    return made, min(pitch, along / max(1, len(counts) - 1))


class NetworkWires(VGroup):
    """Wires between the units of neighbouring layers.

    weights: one matrix (before, after) a gap. Positive and negative weights have different inks,
    and a wire is as thick as its weight, full at `limit` (default: the greatest).

    >>> places = [np.zeros((2, 3)), np.ones((1, 3))]
    >>> wires = NetworkWires(places, [np.array([[1.0], [-0.5]])])
    >>> float(wires.thickness(0)[1, 0] / wires.thickness(0)[0, 0])
    0.5
    """

    def __init__(
        self,
        places: Sequence[NDArray],
        weights: Sequence[NDArray],
        *,
        limit: float | None = None,
        heaviest: float | None = None,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme = theme
        self.heaviest = heaviest or 1.3 * theme.stroke.bold
        self.inks = theme.role("negative").ink, theme.role("output").ink
        self._rgb = [from_hex(ink) for ink in self.inks]
        self._wires = [
            [[Line(one, other) for other in after] for one in before]
            for before, after in pairwise(places)
        ]
        self.add(*(wire for gap in self._wires for row in gap for wire in row))
        self.set_weights(weights, limit)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        return Seen(f"net of {len(self.submobjects)} wires between {len(self._wires) + 1} layers")

    @property
    def drawn_data(self) -> dict[str, NDArray]:
        """The matrix (before, after) of each gap."""
        return {f"weights into layer {i}": matrix for i, matrix in enumerate(self.weights, 2)}

    def wires_into(self, gap: int, unit: int) -> VGroup:
        """The wires of a gap that end in a unit."""
        return VGroup(*(row[unit] for row in self._wires[gap]))

    def thickness(self, gap: int) -> NDArray:
        """How thick each wire of a gap is drawn, (before, after)."""
        return np.array([[float(w.get_stroke_width()) for w in row] for row in self._wires[gap]])

    def set_weights(self, weights: Sequence[NDArray], limit: float | None = None) -> None:
        """Other weights."""
        self.weights = [np.asarray(matrix, float) for matrix in weights]
        most = max((float(np.abs(matrix).max()) for matrix in self.weights), default=1.0)
        self.limit = limit or most or 1.0
        for gap, matrix in zip(self._wires, self.weights, strict=True):
            for row, values in zip(gap, matrix, strict=True):
                for wire, value in zip(row, values.tolist(), strict=True):
                    # Not by set_stroke, which reads the colour anew each time.
                    wire.stroke_width = self.heaviest * min(1.0, abs(value) / self.limit)
                    wire.stroke_rgbas[:, :3] = self._rgb[value > 0]
