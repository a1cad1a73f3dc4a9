"""One cell of a table: a plate and what stands on it."""

from __future__ import annotations

from typing import Literal

import numpy as np
from manim import VGroup, VMobject

from mlanim.colour import from_hex, mix
from mlanim.primitives.glyphs import Weight
from mlanim.primitives.text import Label
from mlanim.subjects.tables.models.numbered import Place
from mlanim.theme import Theme
from mlanim.words.table import AsIs

__all__ = ["TableCell"]

Align = Literal["left", "center", "right"]


class TableCell(VGroup):
    """A cell at its place: `.place`, `.text`, and the parts `.plate` and `.label`.

    box: left, bottom, width, height in Manim units. pad: cap heights that are free at its sides. A
    missing value is in muted ink, between corner marks, so that it is seen without colour too.
    `role` is the cell's family colour, or None.
    """

    def __init__(
        self,
        text: str,
        place: Place,
        box: tuple[float, float, float, float],
        *,
        cap: float,
        pad: float,
        align: Align,
        missing: bool,
        role: str | None,
        theme: Theme,
    ) -> None:
        super().__init__()
        self.place, self.text, self.theme, self.missing = place, text, theme, missing
        left, bottom, width, height = box
        self.plate = VMobject(fill_opacity=1, stroke_width=theme.stroke.thin)
        corners = np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0], [0, 0, 0]])
        self.plate.set_points_as_corners(corners * [width, height, 0] + [left, bottom, 0])
        ink = "muted" if missing or place.part == "index" else None
        bold: Weight = "bold" if place.part == "header" else "normal"
        self.label = Label(AsIs(text), theme=theme, size=cap, role=ink, weight=bold)
        middle = np.array([left + width / 2, bottom + height / 2, 0])
        self.label.center_on(middle)
        if align != "center":
            free = (width - self.label.extent[0] * cap) / 2 - pad * cap
            self.label.shift([free if align == "right" else -free, 0, 0])
        self.add(self.plate)
        if missing:
            self.add(_strokes(left, bottom, width, height, theme))
        self.add(self.label)
        self.tint(role)

    def tint(self, role: str | None) -> TableCell:
        """Take a role's colours, or those of a cell that belongs to none."""
        theme = self.theme
        line = from_hex(theme.ink)
        if role is not None:
            fill = from_hex(theme.role(role).fill)
        elif self.place.part == "body":
            fill = from_hex(theme.surface)
        else:
            fill = mix(from_hex(theme.surface), line, 0.07)
        edge = mix(from_hex(theme.surface), line, 0.3)
        self.plate.fill_rgbas = np.array([[*fill, 1.0]])
        self.plate.stroke_rgbas = np.array([[*edge, 1.0]])
        ink = theme.on(fill) if role is not None else self._ink
        self.label.in_ink(ink)
        return self

    @property
    def _ink(self) -> str:
        muted = self.missing or self.place.part == "index"
        return self.theme.muted if muted else self.theme.ink


def _strokes(left: float, bottom: float, width: float, height: float, theme: Theme) -> VMobject:
    """A corner mark in each corner: here is a place, and nothing in it."""
    marks = VMobject(stroke_color=theme.muted, stroke_width=theme.stroke.thin)
    size = 0.22 * min(width, height)
    inset = 0.12 * min(width, height)
    points = []
    for x, along in ((left + inset, 1), (left + width - inset, -1)):
        for y, up in ((bottom + inset, 1), (bottom + height - inset, -1)):
            points += [([x + along * size, y, 0], [x, y, 0]), ([x, y, 0], [x, y + up * size, 0])]
    for start, end in points:
        marks.start_new_path(np.array(start))
        marks.add_line_to(np.array(end))
    return marks
