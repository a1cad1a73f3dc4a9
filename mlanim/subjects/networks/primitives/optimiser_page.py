"""The ways of several optimisers on several surfaces, all at the same step."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import Animation, VGroup, override_animate

from mlanim.primitives.area import Area
from mlanim.primitives.moving_values import moving_number
from mlanim.primitives.text import Label, Number
from mlanim.subjects.networks.models.optimisers import OPTIMISERS, optimise
from mlanim.subjects.networks.models.surfaces import SURFACES, Surface
from mlanim.subjects.networks.primitives.loss_surface import LossSurface
from mlanim.theme import LIGHT, Theme

__all__ = ["OptimiserPage"]

_GRID = 90
_MARK = 0.33  # units: of the key, from where a mark begins to where its name does
_WIDE = 9.0  # units, from which on the key is one line


class OptimiserPage(VGroup):
    """`.set_stage(t)`: where all are after t steps.

    Parts: `.surfaces` and `.titles` (one a surface), `.key` (one an optimiser), `.step`.

    >>> page = OptimiserPage(10, area=Area(-7, -4, 14, 7))
    >>> len(page.surfaces), len(page.surfaces[0].paths)
    (3, 4)
    """

    def __init__(self, steps: int, *, area: Area, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.theme = theme
        cap = theme.sizes.body
        rooms, strip = self._rooms(area, cap)
        self.surfaces, self.titles = VGroup(), VGroup()
        for surface, room in zip(SURFACES.values(), rooms, strict=True):
            body = room.rows(1.6 * cap, room.height - 1.6 * cap - 0.05, gap=0.05)[1]
            map_ = self._surface(surface, steps, body, theme)
            title = Label(surface.told, theme=theme, weight="bold")
            title.align_baseline(map_.chart.box.top + 0.8 * cap)
            title.shift([map_.chart.box.center[0] - title.get_x(), 0, 0])
            self.titles.add(title)
            self.surfaces.add(map_)
        self._add_key(strip, theme)
        self.add(self.surfaces, self.titles, self.key, self.step)
        self.set_stage(0)

    @staticmethod
    def _rooms(area: Area, cap: float) -> tuple[list[Area], Area]:
        """Of the surfaces, and of the key: a line or two above them, or in a square beside them."""
        if area.width <= _WIDE and not area.is_tall:
            *rooms, rest = area.squares(len(SURFACES) + 1, gap=0.3)
            return rooms, rest.inset(0.2, 0.2 * rest.height)
        high = (2.6 if area.width > _WIDE else 4.6) * cap
        strip, rest = area.rows(high, area.height - high - 0.1, gap=0.1)
        return list(rest.squares(len(SURFACES), gap=0.3)), strip

    @staticmethod
    def _surface(surface: Surface, steps: int, area: Area, theme: Theme) -> LossSurface:
        left, right, bottom, top = surface.view
        across, up = np.linspace(left, right, _GRID), np.linspace(bottom, top, _GRID)
        grid = np.stack(np.meshgrid(across, up), axis=-1)
        start = np.array(surface.start)
        paths = {
            one.told: optimise(name, surface.gradient, start, surface.rates[name], steps)
            for name, one in OPTIMISERS.items()
        }
        return LossSurface(
            across, up, surface.value(grid), area=area, paths=paths, square=True, theme=theme
        )

    def _add_key(self, strip: Area, theme: Theme) -> None:
        style: dict[str, Any] = {"theme": theme, "size": "small"}
        base = -theme.sizes.small / 2
        self.key = VGroup()
        for head, one in zip(self.surfaces[0].heads, OPTIMISERS.values(), strict=True):
            label = Label(one.told, **style).align_baseline(base)
            label.shift([_MARK - label.get_left()[0], 0, 0])
            self.key.add(VGroup(head.copy().move_to([_MARK / 3, 0, 0]), label))
        word = Label("step", role="muted", **style).align_baseline(base)
        number = Number(888, decimals=0, anchor="left", weight="bold", **style)
        number.align_baseline(base)
        word.shift([-word.get_left()[0], 0, 0])
        number.shift([word.get_right()[0] + 0.12 - number.get_left()[0], 0, 0])
        self.step = VGroup(word, number)
        x, y = strip.left, strip.top - 1.3 * theme.sizes.body
        for part in (*self.key, self.step):
            wide = float(part.get_right()[0])
            if x > strip.left and x + wide > strip.right:
                x, y = strip.left, y - 2.2 * theme.sizes.small
            part.shift([x, y, 0])
            x += wide + 0.45

    def set_stage(self, stage: float) -> Self:
        """All paths up to a step; also `.animate.set_stage(...)`."""
        self.stage = float(stage)
        for surface in self.surfaces:
            surface.set_stage(stage)
        self.step[1].set_value(float(int(stage)))
        return self

    @override_animate(set_stage)
    def _animate_stage(self, stage: float, anim_args: dict[str, Any] | None = None) -> Animation:
        return moving_number(self, "stage", stage, anim_args)
