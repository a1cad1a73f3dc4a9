"""A packet: what goes through a system, drawn as what it is."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from manim import Group, ImageMobject, Line, RoundedRectangle, VGroup
from manim.constants import RESAMPLING_ALGORITHMS

from mlanim.errors import UsageError
from mlanim.primitives.area import MINIMUM_CAP_HEIGHT
from mlanim.primitives.arrays import finite_array
from mlanim.primitives.heat_image import HeatImage
from mlanim.primitives.label import Label
from mlanim.primitives.pipeline.box_text import lines_high
from mlanim.primitives.seen import Seen
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Number
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["Packet", "kind_of"]

_PAD = 0.08
_CAPS = (0.34, 0.28, 0.23, 0.2, MINIMUM_CAP_HEIGHT)
_LEAST_CELL, _LARGEST_CELL = 0.13, 0.6  # units
_MOST_CELLS = 400  # that are drawn one by one
_LARGEST_PICTURE = 2.6  # units


class Packet(Group):
    """A token, a text, a number, a tensor (n,) or (rows, columns), or a picture, on a card.

    value: a str (without spaces: a token), a number, an array of floats, or an array of bytes
    (height, width), (height, width, 3) or 4, which is a picture. The card is as large as what is
    on it needs, `width` by `height` units at most; a text that is too long ends in "…"; a `folded`
    one is a sheet with lines.

    Parts: `.card`, `.content`; `.kind` and `.value` tell what it is, `.cut` whether "…" was needed.

    >>> packet = Packet("the robot lost a key", width=2, height=1)
    >>> packet.kind, packet.content.text, packet.cut
    ('text', 'the robot lost a key', False)
    >>> Packet(0.931, width=2, height=1).content.text
    '0.931'
    """

    def __init__(
        self,
        value: Any,
        *,
        width: float,
        height: float,
        role: str = "hidden",
        theme: Theme = LIGHT,
        folded: bool = False,
    ) -> None:
        super().__init__()
        self.kind, self.value = kind_of(value), value
        self.role, self.theme, self.cut = role, theme, False
        room = width - 2 * _PAD, height - 2 * _PAD
        draw: dict[str, Any] = {
            "token": self._text,
            "text": self._text,
            "number": self._number,
            "tensor": self._tensor,
            "picture": self._picture,
        }
        self.folded = folded and self.kind == "text"
        self.content = (self._sheet if self.folded else draw[self.kind])(value, *room)
        cap = getattr(self.content, "cap_height", 0.0)
        self.card = RoundedRectangle(
            width=min(width, max(self.content.width, cap) + 2 * _PAD + 0.06 * (cap > 0)),
            height=min(height, max(self.content.height, 1.25 * cap) + 2 * _PAD),
            corner_radius=0.07,
            fill_color=theme.surface,
            fill_opacity=1,
            stroke_color=theme.role(role).ink,
            stroke_width=theme.stroke.thin,
        )
        self.card.move_to(self.content)
        self.add(self.card, self.content)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        if self.kind == "picture":
            rows, columns = np.asarray(self.value).shape[:2]
            return Seen(f"picture of {columns} by {rows} points")
        if self.kind == "tensor":
            return self.content.seen
        return Seen(self.kind, self.value if self.folded else self.content.text)

    @property
    def on_its_way(self) -> Packet:
        """What is seen of it on a wire: itself, but of a text, which takes time, a sheet."""
        if self.kind != "text" or self.folded:
            return self
        size = {"width": self.width, "height": self.height}
        sheet = Packet(self.value, role=self.role, theme=self.theme, folded=True, **size)
        return sheet.move_to(self)

    def _sheet(self, _: str, width: float, height: float) -> VGroup:
        """Lines that stand for a text."""
        size = min(1.0, height / 0.24)
        ends = ((0.36, 0.0), (0.36, -0.1), (0.22, -0.2))
        lines = VGroup(*(Line([0, y, 0], [x, y, 0]) for x, y in ends)).scale(size)
        return lines.set_stroke(self.theme.role(self.role).ink, width=self.theme.stroke.normal)

    def _text(self, text: str, width: float, height: float) -> Label:
        style: dict[str, Any] = {"theme": self.theme, "width": width, "align": "center"}
        if self.kind == "token":
            style |= {"weight": "bold", "role": self.role}
        for cap in _CAPS:
            if (
                lines_high(AsIs(text), self.theme, cap, width, style.get("weight", "normal"))
                <= height
            ):
                return Label(AsIs(text), size=cap, **style)
        self.cut = True
        words = text.split(" ")
        while words and not self._holds(" ".join(words) + "…", width, height):
            words.pop()
        cut = " ".join(words) + "…"
        if not words:  # a single long word
            cut = text
            while len(cut) > 1 and not self._holds(cut + "…", width, height):
                cut = cut[:-1]
            cut += "…"
        return Label(AsIs(cut), size=MINIMUM_CAP_HEIGHT, **style)

    def _holds(self, text: str, width: float, height: float) -> bool:
        return lines_high(AsIs(text), self.theme, MINIMUM_CAP_HEIGHT, width, "bold") <= height

    def _number(self, value: float, width: float, height: float) -> Number:
        most = 3 if abs(value) < 10 else 1
        decimals = len(f"{value:.{most}f}".rstrip("0").partition(".")[2])
        for cap in _CAPS:
            number = Number(
                value, decimals=decimals, size=cap, role=self.role, weight="bold", theme=self.theme
            )
            if number.width <= width and number.height <= height:
                break
        return number

    def _tensor(self, value: Any, width: float, height: float) -> TensorBox | HeatImage:
        array = finite_array(value, "a packet's tensor", (1, 2))
        columns = array.shape[-1]
        rows = 1 if array.ndim == 1 else len(array)
        if array.size > _MOST_CELLS and array.ndim == 2:
            side = min(width / columns, height / rows)
            size = {"width": side * columns, "height": side * rows}
            return HeatImage(array, role=self.role, theme=self.theme, **size)
        fits = max(2, int(width / _LEAST_CELL))
        shown = fits if array.ndim == 1 and columns > fits else None
        cell = min(width / (shown or columns), height / rows, _LARGEST_CELL)
        style: dict[str, Any] = {"role": self.role, "theme": self.theme, "shape_label": False}
        return TensorBox(array, cell=cell, orientation="row", shown=shown, **style)

    def _picture(self, value: Any, width: float, height: float) -> ImageMobject:
        pixels = np.asarray(value)
        image = ImageMobject(pixels)
        if max(pixels.shape[:2]) <= 64:  # else every pixel would be blurred over its neighbours
            image.set_resampling_algorithm(RESAMPLING_ALGORITHMS["nearest"])
        scale = min(width, _LARGEST_PICTURE) / pixels.shape[1]
        scale = min(scale, min(height, _LARGEST_PICTURE) / pixels.shape[0])
        image.stretch_to_fit_width(scale * pixels.shape[1])
        return image.stretch_to_fit_height(scale * pixels.shape[0])


def kind_of(value: Any) -> str:
    """What a value is drawn as: token, text, number, tensor or picture.

    >>> kind_of("the end"), kind_of(3), kind_of(np.zeros((2, 2), np.uint8))
    ('text', 'number', 'picture')
    """
    if isinstance(value, str):
        if not value.strip():
            raise UsageError("a packet of no text", "give it a word, a text or a number")
        return "text" if " " in value.strip() else "token"
    if isinstance(value, bool | np.bool_):
        raise UsageError(f"a packet of {value}", "give a text, a number or an array")
    if isinstance(value, int | float | np.integer | np.floating):
        if not math.isfinite(value):
            raise UsageError(f"a packet of {value}", "give a finite number")
        return "number"
    array = np.asarray(value)
    colours = array.ndim == 3 and array.shape[2] in (3, 4)
    if array.dtype == np.uint8 and array.size and (array.ndim == 2 or colours):
        return "picture"
    if array.ndim in (1, 2) and array.size and np.issubdtype(array.dtype, np.number):
        return "tensor"
    raise UsageError(
        f"a packet of shape {array.shape} and type {array.dtype}",
        "a tensor has one or two axes, a picture is an array of bytes",
    )
