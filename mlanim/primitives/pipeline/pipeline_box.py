"""A box of a system: its name, what it does, and a tray with what is in it now."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Group, Line, Polygon, RoundedRectangle, VGroup, VMobject

from mlanim.models.system.system import SystemBox
from mlanim.primitives.area import Area
from mlanim.primitives.label import Label
from mlanim.primitives.pipeline.box_text import BELOW, PAD, TextSizes
from mlanim.primitives.pipeline.packet import Packet
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Number
from mlanim.theme import LIGHT, Theme

__all__ = ["PipelineBox"]

_ROLES = {"box": "context", "gate": "key", "counter": "negative"}


class PipelineBox(Group):
    """A box in an area; a gate has cut corners and counts what it lets pass and what it refuses.

    `.held` is the packet in the tray, or None. Parts: `.shape`, `.label` (its name), `.gloss`,
    `.tray` (an `Area`), `.counts`: numbers by name, `passed` and `refused` of a gate, `count` of a
    counter.
    """

    def __init__(
        self, box: SystemBox, sizes: TextSizes, *, area: Area, theme: Theme = LIGHT
    ) -> None:
        super().__init__()
        self.of, self.theme = box, theme
        self.role = box.role or _ROLES[box.kind]
        self.counts: dict[str, Number] = {}
        self.held: Packet | None = None
        self.shape = self._outline(area)
        style: dict[str, Any] = {"theme": theme, "width": area.width - 2 * PAD, "align": "center"}
        self.label = Label(box.name, role=self.role, weight="bold", size=sizes.name, **style)
        top = area.top - PAD - sizes.name
        self.label.center_on(area.center).align_baseline(top)
        below = top - (self.label.extent[1] + BELOW) * sizes.name - sizes.gloss
        self.gloss = VGroup()
        if box.kind == "gate":
            self.gloss = self._tallies(sizes).move_to([area.center[0], below + sizes.gloss / 2, 0])
        elif box.gloss:
            self.gloss = Label(box.gloss, size=sizes.gloss, **style)
            self.gloss.center_on(area.center).align_baseline(below)
        deep = self.gloss.extent[1] if isinstance(self.gloss, Label) else 0.0
        floor = below - ((0.6 + deep) if len(self.gloss) else -0.8) * sizes.gloss
        high = max(0.1, floor - area.bottom - PAD)
        self.tray = Area(area.left + PAD, area.bottom + PAD, area.width - 2 * PAD, high)
        self.add(self.shape, self.label, self.gloss)
        if box.kind == "counter":
            self.counts["count"] = Number(
                0, decimals=0, size="title", weight="bold", role=self.role, theme=theme
            )
            self.add(self.counts["count"].center_on(self.tray.center))
        if box.picture is not None:
            self.held = self.packet(box.picture)
            self.add(self.held)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        told = [self.of.name, self.of.gloss]
        told += [f"{name} {number.text}" for name, number in self.counts.items()]
        return Seen(self.of.kind, ", ".join(part for part in told if part))

    def packet(self, value: Any, role: str = "hidden", *, folded: bool = False) -> Packet:
        """A packet that stands in this box's tray."""
        size = {"width": self.tray.width, "height": self.tray.height}
        made = Packet(value, role=role, theme=self.theme, folded=folded, **size)
        return self.tray.place(made).set_z_index(4)

    def _outline(self, area: Area) -> VMobject:
        colours = self.theme.role(self.role)
        shape: VMobject = RoundedRectangle(
            width=area.width, height=area.height, corner_radius=min(0.14, area.height / 4)
        ).move_to(area.center)
        if self.of.kind == "gate":
            cut = min(0.28, 0.2 * area.height)
            across, up = 1 - 2 * cut / area.width, 1 - 2 * cut / area.height
            shape = Polygon(
                *(
                    area.point(x, y)
                    for x, y in (
                        *((-across, 1), (across, 1), (1, up), (1, -up)),
                        *((across, -1), (-across, -1), (-1, -up), (-1, up)),
                    )
                )
            )
        counted = ("positive", "score") if self.of.kind == "gate" else ()
        shape.set_fill(self.theme.fill_under(self.role, *counted), opacity=1)
        return shape.set_stroke(colours.ink, width=self.theme.stroke.normal)

    def _tallies(self, sizes: TextSizes) -> VGroup:
        """A tick and a cross, each with how many there were."""
        row = VGroup()
        for name, role in (("passed", "positive"), ("refused", "score")):
            mark = _mark(name, sizes.gloss).set_stroke(
                self.theme.role(role).ink, width=self.theme.stroke.bold
            )
            number = Number(
                0,
                decimals=0,
                size=sizes.gloss,
                role=role,
                weight="bold",
                anchor="left",
                theme=self.theme,
            )
            number.next_to(mark, buff=0.5 * sizes.gloss)
            self.counts[name] = number
            row.add(VGroup(mark, number))
        return row.arrange(buff=1.6 * sizes.gloss)


def _mark(name: str, cap: float) -> VMobject:
    """A tick for what passes, a cross for what is refused, one cap height tall."""
    half = cap / 2
    if name == "passed":
        corners = [np.array(p) * half for p in ((-0.9, 0, 0), (-0.3, -0.8, 0), (0.9, 0.9, 0))]
        return VMobject().set_points_as_corners(corners)
    lines = [Line(np.array([-1, s, 0]) * half, np.array([1, -s, 0]) * half) for s in (1, -1)]
    return VGroup(*lines).scale(0.85)
