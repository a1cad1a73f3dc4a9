"""Stated ratings, and beside them what tastes times traits give, at any step of the descent."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import Animation, VGroup, override_animate

from mlanim.primitives.area import Area
from mlanim.primitives.cells import CAP_SHARE, legible_width
from mlanim.primitives.loss_curve import LossCurve
from mlanim.primitives.moving_values import moving_number
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label
from mlanim.subjects.attention_family.models.ratings import (
    FILMS,
    RATINGS,
    SEEN,
    USERS,
    Factors,
)
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["FactorPage"]

_LIMIT = 2.0  # the value of full colour: the best rating
_GAP = 0.3
_LOWEST = 0.4  # units: a cell with a number
_CURVE = 1.7  # units of height, at least


class FactorPage(VGroup):
    """All of a `Factors`; `.set_stage(k)` shows what they were after k steps.

    Parts: `.ratings` (TensorBox) and `.unknown`, a "?" wherever nobody has rated; `.tastes`,
    `.traits` and `.products` (TensorBox), `.titles` of the four, and `.loss` (LossCurve; empty
    where there is no room).

    >>> from mlanim.subjects.attention_family.models.ratings import factorise
    >>> page = FactorPage(factorise(1, steps=5), area=Area(-6.5, -4, 13, 7))
    >>> page.products.values.shape
    (5, 6)
    """

    def __init__(self, made: Factors, *, area: Area, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.theme, self.made = theme, made
        cap = theme.sizes.small
        names = [Label(AsIs(user), theme=theme, size="small") for user in USERS]
        self._names = max(name.width for name in names) + 0.15
        self._head = 4.6 * cap  # a title, and the names of the films
        need = legible_width(-_LIMIT, theme, 1)
        wide = area.is_wide and area.width >= 2 * self._names + 3 * _GAP + 14 * need
        rows = 7 + (0 if wide else 5)
        below = 0.15 + 2.4 * cap + (0 if wide else _GAP)
        self._beside = not wide and area.height < self._head + below + rows * cap / CAP_SHARE
        if self._beside:  # the title stands beside the films' names, not above them
            self._head = 2.4 * cap
        heads = self._head + below
        least = heads + rows * _LOWEST
        curve = area.height - least >= _CURVE + _GAP
        upper, lower = (
            area.rows(*((area.height - _CURVE - _GAP), _CURVE), gap=_GAP) if curve else (area, area)
        )
        high = min(0.62, (upper.height - heads) / rows)
        columns = 14 if wide else 8
        across = (2 if wide else 1) * self._names + _GAP
        across += 2 * _GAP if wide else 0
        broad = min(1.15, (upper.width - across) / columns)
        self._cell = (broad, high)
        self._build(upper, wide)
        self.loss: Any = VGroup()
        if curve:
            steps = np.arange(len(made.losses))
            room = lower.inset(0.3 if wide else 0, 0)
            self.loss = LossCurve(steps, {"loss": made.losses}, area=room, theme=theme)
        self.add(self.ratings, self.unknown, self.tastes, self.traits, self.products)
        self.add(self.titles, self.loss)
        self.set_stage(0)

    def set_stage(self, stage: float) -> Self:
        """Show the factors after so many steps, rounded; also `.animate.set_stage(...)`."""
        self.stage = float(stage)
        step = round(float(np.clip(stage, 0, len(self.made.losses) - 1)))
        self.tastes.set_values(self.made.tastes[step])
        self.traits.set_values(self.made.traits[step].T)
        self.products.set_values(self.made.products(step))
        if len(self.loss):
            self.loss.set_step(step)
        return self

    def unseen(self) -> list[VGroup]:
        """The products' cells for which there is no rating."""
        return [VGroup(self.products.cell_at(*place)) for place in np.argwhere(~SEEN).tolist()]

    @override_animate(set_stage)
    def _animate_stage(self, stage: float, anim_args: dict[str, Any] | None = None) -> Animation:
        return moving_number(self, "stage", stage, anim_args)

    def _build(self, area: Area, wide: bool) -> None:
        broad, high = self._cell
        box: dict[str, Any] = {"cell": broad, "cell_height": high, "limit": _LIMIT}
        box |= {"theme": self.theme, "shape_label": False, "decimals": 1}
        stated = np.nan_to_num(RATINGS)
        self.ratings = TensorBox(
            stated,
            row_labels=USERS,
            column_labels=FILMS,
            numbers=True,
            role="encoder",
            **(box | {"decimals": 0}),
        )
        last = self.made.products(-1)
        self.tastes = TensorBox(self.made.tastes[-1], row_labels=USERS, role="query", **box)
        films = FILMS if wide else None  # they stand over the ratings, in the same columns
        self.traits = TensorBox(
            self.made.traits[-1].T, column_labels=films, role="key", numbers=True, **box
        )
        self.products = TensorBox(last, role="output", **box)
        # Both grids of ratings are level in a wide page, else the products stand below.
        left = area.left + self._names
        if wide:
            width = 2 * self._names + 14 * broad + 3 * _GAP
            left += (area.width - width) / 2
            top = area.top - self._head - 2 * high - 0.15
            self._put(self.ratings, left, top)
            start = left + 6 * broad + 2 * _GAP + self._names
        else:
            left += (area.width - self._names - 8 * broad - 0.15) / 2
            top = area.top - self._head
            self._put(self.ratings, left + 2 * broad + 0.15, top)
            start, top = left, top - 7 * high - _GAP - 0.15
        self._put(self.tastes, start, top)
        self._put(self.products, start + 2 * broad + 0.15, top)
        self._put(self.traits, start + 2 * broad + 0.15, top + 2 * high + 0.15)
        self.unknown = VGroup()
        for place in np.argwhere(~SEEN).tolist():
            cell = self.ratings.cell_at(*place)
            index = int(np.ravel_multi_index(place, SEEN.shape))
            self.ratings.numbers[index].submobjects = []  # its 0 stands for no rating
            label = Label("?", theme=self.theme, size=min(0.24, 0.5 * high), role="muted")
            self.unknown.add(label.center_on(cell.get_center()))
        self._add_titles(wide)

    def _add_titles(self, wide: bool) -> None:
        """Above each grid; in a page that is not wide, traits have theirs on the left, and in a low
        one the ratings too."""
        cap = self.theme.sizes.small
        told = ("stated ratings", "tastes", "traits", "tastes × traits")
        things = (self.ratings, self.tastes, self.traits, self.products)
        roles = ("encoder", "query", "key", "output")
        self.titles = VGroup()
        for text, thing, role in zip(told, things, roles, strict=True):
            label = Label(text, theme=self.theme, size="small", role=role, weight="bold")
            frame = thing.frame
            left = float(frame.get_left()[0])
            tops = [frame.get_top()[1], *(name.get_top()[1] for name in thing.column_labels)]
            y = max(tops) + 1.2 * cap
            if thing is self.ratings and self._beside:
                left -= 0.2 + label.width
                y = float(thing.column_labels[0].baseline[1]) + cap / 2
            elif thing is self.products:
                y = frame.get_bottom()[1] - 1.15 * cap
            elif thing is self.traits and not wide:
                left, y = left - 0.3 - label.width, float(frame.get_top()[1]) - cap
            self.titles.add(label.center_on([left + label.width / 2, y, 0]))

    @staticmethod
    def _put(box: TensorBox, left: float, top: float) -> None:
        """Move a box so that its frame's upper left corner is there."""
        corner = box.frame.get_corner((-1, 1, 0))
        box.shift([left - corner[0], top - corner[1], 0])
