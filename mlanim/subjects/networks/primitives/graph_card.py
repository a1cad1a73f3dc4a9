"""A node of a graph of values: its sign, its value, and below it the gradient by it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import RoundedRectangle, VGroup

from mlanim.primitives.text import Label
from mlanim.subjects.networks.models.value_graph import Node
from mlanim.subjects.networks.primitives.plain_number import PlainNumber, plain_number
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["CAP", "HEIGHT", "GraphCard", "card_width", "role_of"]

#: Cap height, and a card's height with it, at the smallest legible size.
CAP, HEIGHT = 8 / 45, 0.64
_PAD, _GAP, _LINE = 0.1, 0.12, 0.15


def role_of(node: Node, *, is_end: bool) -> str:
    """The role that a node is drawn in: given, computed, the end."""
    if is_end:
        return "output"
    return {"name": "query", "constant": "muted"}.get(node.kind, "hidden")


def card_width(node: Node, numbers: Sequence[float], theme: Theme = LIGHT) -> float:
    """How wide a card has to be for these numbers, at the smallest legible size."""
    # All digits advance alike, so that one text of each form is enough to measure.
    texts = {re.sub(r"\d", "8", plain_number(number)) for number in numbers} or {"8.88"}
    widest = max(Label(text, theme=theme, size=CAP).width for text in texts)
    sign = (
        Label(AsIs(node.sign), theme=theme, size=CAP, weight="bold").width if node.sign else -_GAP
    )
    return float(widest + sign + _GAP + 2 * _PAD)


class GraphCard(VGroup):
    """node, in a frame `width` units wide; scale: times the smallest legible size.

    Parts: `.frame`, `.sign`, `.value`, `.gradient`. A constant has no gradient: nothing moves it.

    >>> card = GraphCard(Node("name", name="a"), 1.2, value=2.0, gradient=-3.0)
    >>> card.sign.text, card.value.text, card.gradient.text
    ('a', '2.00', '−3.00')
    """

    def __init__(
        self,
        node: Node,
        width: float,
        *,
        value: float = 0.0,
        gradient: float = 0.0,
        scale: float = 1.0,
        is_end: bool = False,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.node, self.theme = node, theme
        self.role = role_of(node, is_end=is_end)
        muted = self.role == "muted"
        ink = theme.muted if muted else theme.role(self.role).ink
        fill = theme.surface if muted else theme.fill_under(self.role, "score")
        self.frame = RoundedRectangle(
            width=width,
            height=HEIGHT * scale,
            corner_radius=0.1 * scale,
            stroke_color=ink,
            stroke_width=theme.stroke.bold if is_end else theme.stroke.thin,
            fill_color=fill,
            fill_opacity=1,
        )
        style: dict[str, Any] = {"theme": theme, "size": CAP * scale}
        self.sign = VGroup()
        if node.sign:
            self.sign = Label(AsIs(node.sign), weight="bold", role=self.role, **style)
        right, line = width / 2 - _PAD * scale, _LINE * scale
        self.value = PlainNumber(value, anchor="right", **style)
        self.gradient = PlainNumber(gradient, anchor="right", role="score", **style)
        middle = -width / 2 + _PAD * scale + self.sign.width / 2
        has_gradient = node.kind != "constant"
        if node.sign:
            self.sign.center_on([middle, 0, 0])
        for number, y in ((self.value, line if has_gradient else 0.0), (self.gradient, -line)):
            number.center_on([0, y, 0])
            number.shift([right - number.get_right()[0], 0, 0])
        self.add(self.frame, self.sign, self.value)
        if has_gradient:
            self.add(self.gradient)
        self.set_z_index(3)

    @property
    def body(self) -> VGroup:
        """What is there before anything was computed: frame and sign."""
        return VGroup(self.frame, self.sign)

    def port(self, share: float, side: np.ndarray) -> np.ndarray:
        """A point (3,) on a side, from its lower or left end (-1) to the other (1)."""
        x, y = self.frame.width / 2, self.frame.height / 2
        if side[0]:
            away = np.array([side[0] * x, 0.78 * share * y, 0])
        else:
            away = np.array([0.5 * share * x, side[1] * y, 0])
        return np.asarray(self.frame.get_center() + away)
