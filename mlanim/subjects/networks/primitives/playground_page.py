"""A network that learns a plane: its units' views, its weights, its boundary and its loss."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Group, VGroup
from numpy.typing import NDArray

from mlanim.primitives.area import Area
from mlanim.primitives.arrays import Kept
from mlanim.primitives.charts.chart import Chart
from mlanim.primitives.charts.class_marks import ClassMarks
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label, Number, shortened
from mlanim.subjects.networks.models.playground import Playground
from mlanim.subjects.networks.primitives.network_plan import NetworkWires, unit_places
from mlanim.subjects.networks.primitives.unit_view import ScoreView, UnitView
from mlanim.theme import LIGHT, Theme

__all__ = ["PlaygroundPage"]

_COARSE = 2  # every second cell is enough in a small picture
_LARGEST_VIEW = 1.5  # units
_LOSSES = 13.0  # times the small size: of numbers on two lines above a curve with its axes
_AROUND = 0.1  # units: of a plate around its label


class PlaygroundPage(Group):
    """`.set_stage(s)` shows all of a stage of the training, 0 to its stages - 1, at once.

    Between two stages the earlier one is shown: no other network was there.

    Parts: `.inputs` (names of x and y), `.views` (one list a hidden layer), `.wires`, `.plane` (the
    network's answer), `.marks` (the points), `.losses` (chart, line, numbers).

    >>> from mlanim.subjects.networks.models.playground import points_of, train_playground
    >>> page = PlaygroundPage(
    ...     train_playground(points_of("xor", 40), [2], steps=20), area=Area(-7, -4, 14, 7))
    >>> [len(layer) for layer in page.views], page.set_stage(3.7).stage
    ([2], 3)
    """

    def __init__(
        self, made: Playground, *, area: Area, stage: float = 0, theme: Theme = LIGHT
    ) -> None:
        super().__init__()
        self.theme, self._made = theme, Kept(made)
        net, side = self._split(area, theme)
        if side.is_wide:
            plane_room, loss_room = side.split(1.2, 1, gap=0.3)
        else:
            low = _at_least(_LOSSES * theme.sizes.small, side.height, 1 / 3.5)
            plane_room, loss_room = side.rows(side.height - low, low)
        seen = made.seen(0)
        self._add_plane(seen[-1], plane_room)
        self._add_network(seen, net)
        self._add_losses(loss_room)
        self.stage = -1  # nothing is shown yet
        self.set_stage(stage)

    @staticmethod
    def _split(area: Area, theme: Theme) -> tuple[Area, Area]:
        if area.is_wide:
            net, side = area.columns(1.25, 1, gap=0.4)
            return net, side
        low = _at_least(_LOSSES * theme.sizes.small, area.height - 0.3, 1 / 2.25)
        net, side = area.rows(area.height - 0.3 - low, low, gap=0.3)
        return net, side

    @property
    def playground(self) -> Playground:
        """What is shown."""
        return self._made.thing

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        made, at = self.playground, self.stage
        units = ", ".join(str(len(layer)) for layer in self.views)
        told = f"after {made.fit.steps[at]} steps the loss is {made.fit.losses[at]:.3f}"
        return Seen(f"network with hidden layers of {units} units", told)

    @property
    def drawn_data(self) -> dict[str, Any]:
        """The loss as far as it is drawn, (m, 2): steps and losses."""
        return {"loss": self._curve()}

    def set_stage(self, stage: float) -> PlaygroundPage:
        """All parts at a stage."""
        made = self.playground
        at = int(np.clip(stage, 0, made.stages - 1))
        if at == self.stage:
            return self
        self.stage = at
        *hidden, scores = made.seen(at)
        for views, layer in zip(self.views, hidden, strict=True):
            for view, values in zip(views, layer, strict=True):
                view.set_values(values[::_COARSE, ::_COARSE])
        self.plane.set_scores(scores)
        layers = made.fit.model.layers(made.parameters(at))
        self.wires.set_weights([weights for weights, _ in layers], self._heaviest)
        curve = self._curve()
        self.loss_line.run_through(curve, self.chart.all_at(curve))
        for number, value in zip(
            self.numbers,
            (made.fit.steps[at], made.fit.losses[at], made.accuracy(at)),
            strict=True,
        ):
            number.set_value(float(value))
        return self

    def _curve(self) -> NDArray:
        fit, shown = self.playground.fit, slice(self.stage + 1)
        return np.stack([fit.steps[shown], fit.losses[shown]], axis=1)

    def _add_plane(self, scores: NDArray, room: Area) -> None:
        cap = self.theme.sizes.small
        side = min(room.width, room.height - 2.4 * cap)
        self.plane = ScoreView(scores, side=side, theme=self.theme)
        self.plane.move_to([room.center[0], room.bottom + 2.4 * cap + side / 2, 0])
        self.plane.set_scores(scores)
        data = self.playground.data
        left, right, bottom, top = data.view
        share = (data.points - (left, bottom)) / (right - left, top - bottom)
        inside = ((share > 0.015) & (share < 0.985)).all(axis=1)
        corner = self.plane.frame.get_corner(np.array([-1, -1, 0]))
        places = np.column_stack([corner[:2] + share[inside] * side, np.zeros(inside.sum())])
        radius = 0.075 if inside.sum() <= 250 else 0.055
        self.marks = ClassMarks(
            places, data.kinds[inside], classes=len(data.classes), radius=radius, theme=self.theme
        )
        style: dict[str, Any] = {"theme": self.theme, "size": "small", "role": "muted"}
        told = shortened(f"{data.axes[0]} across, {data.axes[1]} up", room.width, **style)
        self.axes = Label(told, **style).center_on([room.center[0], room.bottom + 0.9 * cap, 0])
        room.keep(self.axes)
        self.add(self.plane, self.marks, self.axes)

    def _add_network(self, seen: list[NDArray], room: Area) -> None:
        made, theme = self.playground, self.theme
        sizes = made.fit.model.sizes
        upright = room.is_tall
        # Only at the ends of the layers is room needed, for half of a label.
        inner = room.inset(0, 0.3) if upright else room.inset(0.55, 0)
        places, apart = unit_places(
            sizes, inner.left, inner.bottom, inner.width, inner.height, upright=upright
        )
        side = min(_LARGEST_VIEW, 0.8 * apart)
        bounded = made.fit.model.activation not in ("relu", "linear")
        every = [np.abs(w).max() for p in made.fit.parameters for w, _ in made.fit.model.layers(p)]
        self._heaviest = float(np.max(every))
        self.wires = NetworkWires(
            places,
            [weights for weights, _ in made.fit.model.layers(made.parameters(0))],
            limit=self._heaviest,
            theme=theme,
        )
        self.views: list[list[UnitView]] = []
        for layer, last, middles in zip(
            seen[:-1], made.seen(made.stages - 1)[:-1], places[1:-1], strict=True
        ):
            # What knows no bounds has full colour where it ends highest, each unit by itself.
            limits = [1.0 if bounded else float(np.abs(end).max()) or 1.0 for end in last]
            views = [
                UnitView(values[::_COARSE, ::_COARSE], side=side, limit=limit, theme=theme).move_to(
                    middle
                )
                for values, limit, middle in zip(layer, limits, middles, strict=True)
            ]
            for view in views:
                view.frame.set_z_index(1)  # pictures first, then all frames: drawn in one go
            self.views.append(views)
        names = [*"xy", *(["output"] if sizes[-1] == 1 else made.data.classes)]
        ends = [*places[0], *places[-1]]
        self.ends = VGroup()
        for name, place in zip(names, ends, strict=True):
            style: dict[str, Any] = {"theme": theme, "size": "small", "weight": "bold"}
            label = Label(shortened(name, 1.4, **style), **style)
            self.ends.add(room.inset(_AROUND).keep(label.center_on(place)))
        plates = VGroup(*(_plate(label, theme) for label in self.ends))
        self.add(self.wires, plates, *(v for views in self.views for v in views), self.ends)

    def _add_losses(self, room: Area) -> None:
        fit, theme = self.playground.fit, self.theme
        cap = theme.sizes.small
        high = float(fit.losses.max()) * 1.1
        entries = (
            ("step", float(fit.steps[-1]), 0),
            ("loss", high, 3),
            ("right", 1.0, 2),
        )
        pairs = [self._named_number(*entry) for entry in entries]
        widest = max(pair.width for pair in pairs)
        each = int(np.clip(room.width // (widest + 0.15), 1, len(pairs)))  # on a line
        lines = -(-len(pairs) // each)
        high_head = (0.4 + 2.2 * lines) * cap
        head, body = room.rows(high_head, room.height - high_head - 0.05, gap=0.05)
        self.chart = Chart((0, float(fit.steps[-1])), (0, high), area=body, theme=theme)
        self.loss_line = self.chart.curve(np.zeros((1, 2)), ink=theme.role("score").ink)
        for place, pair in enumerate(pairs):
            line, column = divmod(place, each)
            left, y = head.left + column * head.width / each, head.top - (1.2 + 2.2 * line) * cap
            pair.shift([left - pair.get_left()[0], y, 0])
        self.numbers = VGroup(*(pair[1] for pair in pairs))
        words = VGroup(*(pair[0] for pair in pairs))
        self.losses = VGroup(self.chart, self.loss_line, words, self.numbers)
        self.add(self.losses)

    def _named_number(self, word: str, widest: float, decimals: int) -> VGroup:
        """A word and a number as wide as it will be, side by side on the line of height 0."""
        style: dict[str, Any] = {"theme": self.theme, "size": "small"}
        label = Label(word, role="muted", **style).align_baseline(0)
        number = Number(widest, decimals=decimals, anchor="left", weight="bold", **style)
        number.align_baseline(0)
        number.shift([label.get_right()[0] + 0.12 - number.get_left()[0], 0, 0])
        return VGroup(label, number)


def _at_least(needed: float, whole: float, share: float) -> float:
    """A share of a height, or what is needed, but never more than half."""
    return max(share * whole, min(needed, whole / 2))


def _plate(label: Label, theme: Theme) -> Any:
    """What hides the wires behind a label."""
    from manim import RoundedRectangle

    return RoundedRectangle(
        width=label.width + 2 * _AROUND,
        height=0.42,
        corner_radius=0.1,
        stroke_color=theme.muted,
        stroke_width=theme.stroke.thin,
        fill_color=theme.surface,
        fill_opacity=1,
    ).move_to(label)
