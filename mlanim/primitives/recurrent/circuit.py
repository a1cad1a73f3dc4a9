"""A wiring diagram of tensors: cards, operation nodes and wires, on axes that follow the page.

Positions are (u, v): u runs along the flow, v from the rail (the state's way) to the inputs.
On a wide area the flow goes right and vectors stand; on a tall one it goes down and they lie.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import LEFT, Circle, Dot, RoundedRectangle, VGroup

from mlanim.primitives.cells import legible_cell
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label
from mlanim.primitives.wire import Wire
from mlanim.theme import Theme

__all__ = ["Card", "Circuit", "spread"]

NODE_RADIUS = 0.2
_CELL = (0.735, 0.37)  # the smallest in which "−0.52" is legible, in the font that ships
_PADDING = 0.12


class Card(VGroup):
    """A vector with its name and formula on a small card; `.box`, `.title`, `.formula`, `.tensor`.

    `beside` puts the name left of the vector instead of above it.
    """

    def __init__(
        self,
        title: str,
        formula: str,
        tensor: TensorBox,
        *,
        role: str,
        theme: Theme,
        beside: bool = False,
    ) -> None:
        super().__init__()
        self.tensor = tensor
        self.title = Label(title, theme=theme, size="small", role=role, weight="bold")
        self.formula = Label(formula, theme=theme, size="small", role="muted")
        cap = theme.sizes.small
        if beside:
            self.title.next_to(tensor, LEFT, buff=0.14).align_baseline(tensor.get_y() - cap / 2)
            width, top = self.title.width + 0.14 + tensor.width, tensor.get_top()[1]
            middle = tensor.get_right()[0] - width / 2
        else:
            # Lines stand by their baselines, so that neighbouring cards are level.
            middle, line = tensor.get_x(), tensor.get_top()[1] + 0.16
            for label in (self.formula, self.title) if formula else (self.title,):
                label.center_on([middle, line + cap / 2, 0])
                line += 1.75 * cap
            top = line - 0.75 * cap
            width = max(self.title.width, self.formula.width, tensor.width)
        bottom = tensor.get_bottom()[1]
        self.box = RoundedRectangle(
            width=width + 2 * _PADDING,
            height=top - bottom + 2 * (0.09 if beside else _PADDING),
            corner_radius=0.12,
            fill_color=theme.surface,
            fill_opacity=1,
            stroke_color=theme.role(role).ink,
            stroke_width=theme.stroke.thin,
        )
        self.box.move_to([middle, (top + bottom) / 2, 0])
        self.add(self.box, self.title, self.formula, tensor)


class Circuit(VGroup):
    """What diagrams are drawn with; a subclass says what goes where. `.wires` `.nodes` `.cards`."""

    def __init__(self, *, flows_right: bool, theme: Theme) -> None:
        super().__init__()
        self.flows_right, self.theme = flows_right, theme
        self.wires, self.nodes = VGroup(), VGroup()
        self.cards: dict[str, Card] = {}

    def at(self, u: float, v: float) -> np.ndarray:
        """The point (3,) on the page."""
        return np.array([u, -v, 0.0] if self.flows_right else [-v, -u, 0.0])

    def extent(self, mobject: Any) -> tuple[float, float]:
        """How long the mobject is along u and along v."""
        size = (mobject.width, mobject.height)
        return size if self.flows_right else size[::-1]

    def card(
        self,
        name: str,
        title: str,
        formula: str,
        values: np.ndarray,
        *,
        role: str,
        scale: Any = "signed",
        limit: float = 1.0,
        shown: int,
        beside: bool = False,
    ) -> Card:
        """Make a card (not yet placed) for a vector (d,)."""
        tensor = TensorBox(
            values,
            role=role,
            theme=self.theme,
            cell=max(_CELL[0], legible_cell(values, self.theme, limit=limit)),
            cell_height=_CELL[1],
            orientation="column" if self.flows_right else "row",
            limit=limit,
            scale=scale,
            shape_label=False,
            shown=shown if len(values) > shown else None,
        )
        self.cards[name] = Card(title, formula, tensor, role=role, theme=self.theme, beside=beside)
        return self.cards[name]

    def node(self, sign: str, u: float, v: float) -> VGroup:
        """An operation on each element: ×, +, 1−, tanh; in a circle, or a pill if it is long."""
        label = Label(sign, theme=self.theme, size="small", weight="bold")
        width = max(2 * NODE_RADIUS, label.width + 0.2)
        shape = (
            Circle(radius=NODE_RADIUS)
            if width < 0.45
            else RoundedRectangle(
                width=width, height=1.8 * NODE_RADIUS, corner_radius=0.9 * NODE_RADIUS
            )
        )
        shape.set_fill(self.theme.surface, 1).set_stroke(self.theme.ink, self.theme.stroke.thin)
        shape.move_to(self.at(u, v))
        node = VGroup(shape, label.center_on(shape.get_center()))
        self.nodes.add(node)
        return node

    def edge(self, mobject: Any, du: int, dv: int, along: float = 0.0) -> tuple[float, float]:
        """(u, v) on the side of the mobject that faces (du, dv), shifted sideways by `along`."""
        shape = mobject.box if isinstance(mobject, Card) else mobject[0]
        x, y, _ = shape.get_center()
        u, v = (x, -y) if self.flows_right else (-y, -x)
        size_u, size_v = self.extent(shape)
        return (
            u + du * size_u / 2 + (along if dv else 0.0),
            v + dv * size_v / 2 + (along if du else 0.0),
        )

    def wire(self, role: str, *way: tuple[float, float], tip: bool = True) -> Wire:
        """A wire through (u, v) points, in the colour of what it carries."""
        wire = Wire(
            *(self.at(*point) for point in way),
            role=role,
            theme=self.theme,
            thickness=self.theme.stroke.normal,
            corner=0.12,
            tip_length=0.13,
            tip=tip,
        )
        self.wires.add(wire)
        return wire

    def tap(self, role: str, bus: tuple[float, float], end: tuple[float, float]) -> VGroup:
        """A branch of a wire: a dot where it leaves, an arrow where it arrives."""
        return VGroup(self.wire(role, bus, end), self.dot(role, *bus))

    def dot(self, role: str, u: float, v: float) -> Dot:
        """Two wires that cross here are one."""
        dot = Dot(self.at(u, v), radius=0.05, color=self.theme.role(role).ink)
        self.wires.add(dot)
        return dot


def spread(
    sizes: Sequence[float], gaps: Sequence[float], length: float
) -> tuple[list[float], float]:
    """Centres of parts in a row, gaps widened (by at most 0.45 each) to fill `length`; and the sum.

    >>> spread([2, 2], [1], 5)
    ([1.0, 4.0], 5.0)
    """
    least = sum(sizes) + sum(gaps)
    extra = min(max((length - least) / len(gaps), 0.0), 0.45)
    centres, end = [], 0.0
    for size, gap in zip(sizes, [0.0, *(gap + extra for gap in gaps)], strict=True):
        centres.append(end + gap + size / 2)
        end += gap + size
    return centres, end
