"""A small network as circles that hold numbers, wires as thick as their weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import Circle, VGroup
from numpy.typing import NDArray

from mlanim.primitives.area import Area
from mlanim.primitives.text import Label, Number
from mlanim.subjects.networks.models.dense import Dense
from mlanim.subjects.networks.primitives.network_plan import NetworkWires, unit_places
from mlanim.theme import LIGHT, Theme

__all__ = ["ForwardPage"]


class ForwardPage(VGroup):
    """model, its parameters, and one input (i,): what every unit gives for it.

    Parts: `.wires`, `.circles` and `.numbers` (one group a layer, inputs first), `.names`.

    >>> model = Dense((2, 3, 1))
    >>> page = ForwardPage(model, model.start(0), model.start(1)[:2], area=Area(-7, -3, 14, 6))
    >>> [len(layer) for layer in page.numbers]
    [2, 3, 1]
    """

    def __init__(
        self,
        model: Dense,
        parameters: NDArray,
        given: NDArray,
        *,
        area: Area,
        names: Sequence[str] = ("inputs", "hidden layer", "output"),
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.model, self.parameters = model, parameters
        made = model.forward(parameters, given[None])
        self.sums = [layer[0] for layer in made.sums]
        self.outputs = [layer[0] for layer in made.outputs]
        cap = theme.sizes.body
        head, body = area.rows(2 * cap, area.height - 2 * cap - 0.1, gap=0.1)
        room = body.inset(min(1.6, 0.16 * body.width), 0)
        places, apart = unit_places(
            model.sizes, room.left, room.bottom, room.width, room.height, upright=False
        )
        radius = min(0.36 * apart, 0.8)
        layers = model.layers(parameters)
        self.wires = NetworkWires(places, [weights for weights, _ in layers], theme=theme)
        self.circles, self.numbers, self.names = VGroup(), VGroup(), VGroup()
        style: dict[str, Any] = {"theme": theme, "size": max(theme.sizes.small, 0.42 * radius)}
        last = len(places) - 1
        for i, (middles, values, name) in enumerate(zip(places, self.outputs, names, strict=True)):
            role = {0: "query", last: "output"}.get(i, "hidden")
            circles = VGroup(*(Circle(radius=radius).move_to(middle) for middle in middles))
            circles.set_stroke(theme.role(role).ink, theme.stroke.normal)
            circles.set_fill(theme.role(role).fill, 1)
            self.circles.add(circles)
            numbers = VGroup(
                *(
                    Number(float(value), weight="bold", **style).center_on(middle)
                    for value, middle in zip(values, middles, strict=True)
                )
            )
            self.numbers.add(numbers)
            label = Label(name, theme=theme, role=role, weight="bold")
            self.names.add(area.keep(label.center_on([middles[0][0], head.center[1], 0])))
        self.circles.set_z_index(1)
        self.numbers.set_z_index(2)
        self.add(self.wires, self.circles, self.numbers, self.names)
