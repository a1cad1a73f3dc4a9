"""What a unit gives over a plane of data, as a small picture."""

from __future__ import annotations

from typing import Any

import numpy as np
from contourpy import contour_generator
from manim import Group, ImageMobject, Rectangle, VMobject
from manim.constants import RESAMPLING_ALGORITHMS
from numpy.typing import NDArray

from mlanim.colour import from_hex, mix
from mlanim.primitives.charts.class_marks import CLASS_ROLES
from mlanim.primitives.charts.curve import corners
from mlanim.primitives.seen import Seen
from mlanim.theme import LIGHT, Theme

__all__ = ["ScoreView", "UnitView", "signed_shades"]

_SHADES = 128  # between nothing and full colour
_FULL = 0.5  # ink in the tint of a certain place
_UNIT_FULL = 0.8


def signed_shades(theme: Theme, full: float) -> NDArray:
    """Bytes (2 * shades + 1, 3) from full class_a, over the surface, to full class_b."""
    surface = from_hex(theme.surface)
    part = np.linspace(0, full, _SHADES + 1)
    below = mix(surface, from_hex(theme.role("class_a").ink), part[:0:-1])
    above = mix(surface, from_hex(theme.role("class_b").ink), part)
    return np.rint(255 * np.clip(np.concatenate([below, above]), 0, 1)).astype(np.uint8)


class _View(Group):
    """A picture in a frame, renewed pixel by pixel."""

    def __init__(self, side: float, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.picture = ImageMobject(np.zeros((2, 2, 4), np.uint8))
        self.picture.set_resampling_algorithm(RESAMPLING_ALGORITHMS["nearest"])
        self.picture.stretch_to_fit_width(side).stretch_to_fit_height(side)
        self.frame = Rectangle(width=side, height=side)
        self.frame.set_stroke(theme.muted, theme.stroke.thin)
        self.line = VMobject(stroke_color=theme.ink, stroke_width=theme.stroke.thin)
        self.add(self.picture, self.frame, self.line)

    def show_colours(self, colours: NDArray) -> None:
        """Colours (rows, columns, 3) as bytes, lowest row first."""
        pixels = np.full((*colours.shape[:2], 4), 255, np.uint8)
        pixels[..., :3] = colours[::-1]
        # What fades in or out has its opacity in the picture.
        pixels[..., 3] = self.picture.pixel_array[0, 0, 3] or 255
        self.picture.pixel_array = pixels

    def trace(self, values: NDArray, level: float = 0.0) -> NDArray:
        """Curves (4 m, 3) on the page where values (k, k) cross a level."""
        k = len(values)
        middles = (np.arange(k) + 0.5) / k - 0.5
        lines = contour_generator(middles, middles, values).lines(level)
        x, y, _ = self.frame.get_center()
        side = self.frame.width
        paths = [
            np.column_stack([side * line + (x, y), np.zeros(len(line))])
            for line in lines
            if len(line) > 1
        ]
        return np.concatenate([corners(path) for path in paths]) if paths else np.zeros((0, 3))


class UnitView(_View):
    """values (k, k) of a hidden unit, lowest row first: one class's colour where they are negative,
    the other's where they are positive, full at `limit`.

    >>> view = UnitView(np.eye(4), side=1.0, limit=1.0)
    >>> view.picture.pixel_array.shape
    (4, 4, 4)
    """

    def __init__(
        self, values: NDArray, *, side: float, limit: float = 1.0, theme: Theme = LIGHT
    ) -> None:
        super().__init__(side, theme)
        self._shades, self.limit = signed_shades(theme, _UNIT_FULL), limit
        self.picture.pixel_array[..., 3] = 255
        self.set_values(values)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        return Seen("view of a hidden unit")

    def set_values(self, values: NDArray) -> None:
        """Other values, on the same scale."""
        self.values = np.asarray(values, float)
        part = np.clip(self.values / self.limit, -1, 1)
        self.show_colours(self._shades[np.rint(_SHADES * (part + 1)).astype(np.intp)])


class ScoreView(_View):
    """scores (classes, k, k), probabilities: the likeliest class's colour, and lines between.

    >>> view = ScoreView(np.full((2, 4, 4), 0.5), side=1.0)
    >>> view.scores.shape
    (2, 4, 4)
    """

    def __init__(self, scores: NDArray, *, side: float, theme: Theme = LIGHT) -> None:
        super().__init__(side, theme)
        surface = from_hex(theme.surface)
        part = np.linspace(0, _FULL, _SHADES + 1)
        self._shades = np.array(
            [
                np.rint(255 * np.clip(mix(surface, from_hex(theme.role(r).ink), part), 0, 1))
                for r in CLASS_ROLES[: len(scores)]
            ],
            np.uint8,
        )
        self.picture.pixel_array[..., 3] = 255
        self.line.set_stroke(theme.ink, theme.stroke.bold)
        self.set_scores(scores)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        return Seen(f"map of the regions of {len(self.scores)} classes")

    @property
    def drawn_data(self) -> dict[str, Any]:
        """The class (k, k) that each place is given, lowest row first."""
        return {"regions": self.scores.argmax(axis=0)}

    def set_scores(self, scores: NDArray) -> None:
        """Other probabilities."""
        self.scores = np.asarray(scores, float)
        best = self.scores.argmax(axis=0)
        if len(self.scores) == 2:
            ahead = np.clip(np.abs(self.scores[1] - self.scores[0]), 0, 1)
        else:
            second, first = np.partition(self.scores, -2, axis=0)[-2:]
            ahead = np.clip(first - second, 0, 1)
        self.show_colours(self._shades[best, np.rint(_SHADES * ahead).astype(np.intp)])
        kinds = range(1, 2) if len(self.scores) == 2 else range(len(self.scores) - 1)
        lines = []
        for kind in kinds:
            others = np.delete(self.scores, kind, axis=0).max(axis=0)
            lines.append(self.trace(self.scores[kind] - others))
        self.line.points = np.concatenate(lines)
