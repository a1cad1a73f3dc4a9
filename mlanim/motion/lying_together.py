"""Which mobjects are one thing to look at: a group's parts, unless they lie apart."""

from __future__ import annotations

import numpy as np
from manim import Group, Mobject, VGroup
from numpy.typing import NDArray

__all__ = ["lying_together"]


def lying_together(*mobjects: Mobject) -> list[Mobject]:
    """The mobjects; for a plain group whose parts lie apart, its clusters of neighbours.

    Neighbours are no farther apart than half the smaller one is wide and high, so that nothing as
    large as they are lies between them. A primitive is one thing, whatever it has for parts.

    >>> from manim import Square
    >>> near, apart = Square(1), Square(1).shift([1.2, 0, 0])
    >>> len(lying_together(VGroup(near, apart))), len(lying_together(VGroup(near, apart.shift(1))))
    (1, 2)
    """
    return [part for mobject in mobjects for part in _clusters(mobject)]


def _clusters(mobject: Mobject) -> list[Mobject]:
    parts = _parts(mobject)
    if len(parts) < 2:
        return [mobject]
    near = _are_neighbours(parts)
    left, clusters = set(range(len(parts))), []
    while left:
        reached = {min(left)}
        while more := set(np.flatnonzero(near[sorted(reached)].any(axis=0)).tolist()) - reached:
            reached |= more
        clusters.append([parts[i] for i in sorted(reached)])
        left -= reached
    if len(clusters) < 2:
        return [mobject]
    group = Group if type(mobject) is Group else VGroup
    return [cluster[0] if len(cluster) == 1 else group(*cluster) for cluster in clusters]


def _parts(mobject: Mobject) -> list[Mobject]:
    """What plain groups list, those within them too, and can be seen."""
    if type(mobject) not in (Group, VGroup):
        return [mobject] if mobject.width or mobject.height else []
    return [part for inner in mobject.submobjects for part in _parts(inner)]


def _are_neighbours(parts: list[Mobject]) -> NDArray:
    """Which of n mobjects is next to which, (n, n)."""
    low = np.array([part.get_corner((-1, -1, 0))[:2] for part in parts])
    high = np.array([part.get_corner((1, 1, 0))[:2] for part in parts])
    gaps = np.maximum(low[:, None] - high, low - high[:, None])
    sizes = high - low
    return np.asarray((gaps <= 0.5 * np.minimum(sizes[:, None], sizes) + 1e-6).all(axis=2))
