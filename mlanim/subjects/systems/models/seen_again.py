"""The view through layers held against a drawing from where the camera went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlanim.subjects.systems.models.depth_layers import Layer, View, moved_view
from mlanim.subjects.systems.models.drawn_scene import FOCAL, Drawn, draw_scene

__all__ = ["Comparison", "compare"]


@dataclass(frozen=True)
class Comparison:
    """seen_before (rows, columns): what stands there was in the first picture as well.

    off: the greatest difference of a colour's three parts at each pixel.
    """

    view: View
    direct: Drawn
    seen_before: NDArray
    off: NDArray

    @property
    def worst_seen(self) -> float:
        """The greatest difference where it was seen before."""
        return float(self.off[self.seen_before].max())

    @property
    def mean_guessed(self) -> float:
        """The mean difference elsewhere."""
        return float(self.off[~self.seen_before].mean())


def compare(layers: Sequence[Layer], first: Drawn, camera: float, margin: int = 0) -> Comparison:
    """From a camera at x metres, a margin of columns at each side left out.

    Which points were seen before is told by the drawing's own depth, not by the layers.

    >>> from mlanim.subjects.systems.models.depth_layers import cut, fill_holes
    >>> first = draw_scene()
    >>> compare(fill_holes(cut(first.colours, first.depth)), first, 0.2).worst_seen
    0.0
    """
    view, direct = moved_view(layers, camera), draw_scene(camera)
    rows, columns = direct.depth.shape
    shift = np.rint(camera * FOCAL / direct.depth).astype(int)
    source = np.arange(columns) + shift
    inside = (source >= 0) & (source < columns)
    there = first.depth[np.arange(rows)[:, np.newaxis], np.clip(source, 0, columns - 1)]
    seen_before = inside & (there == direct.depth)
    off = np.abs(view.colours - direct.colours).max(axis=2)
    part = np.s_[:, margin : columns - margin]
    return Comparison(
        View(view.colours[part], view.depth[part], view.seen[part], view.there[part]),
        Drawn(direct.colours[part], direct.depth[part]),
        seen_before[part],
        off[part],
    )
