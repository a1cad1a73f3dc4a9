"""A pipeline: a system of boxes in lanes, with wires that find their own way between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from manim import PI, Group, RoundedRectangle, VGroup

from mlanim.errors import NoRoomError, UsageError, did_you_mean
from mlanim.models.system.plan import Plan, plan_system
from mlanim.models.system.system import System, SystemBox, loops_of
from mlanim.primitives.area import Area
from mlanim.primitives.label import Label
from mlanim.primitives.pipeline.box_text import sizes_in
from mlanim.primitives.pipeline.pipeline_box import PipelineBox
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import shortened
from mlanim.primitives.wire import Wire
from mlanim.theme import LIGHT, Theme

__all__ = ["Pipeline"]

_LANE_ROLES = ("encoder", "decoder", "context", "hidden", "negative", "output")


class Pipeline(Group):
    """Boxes and wires in an area, as large as it allows; the flow runs right, or down.

    boxes: `SystemBox`es, or plain names. wires: pairs of names; a wire back makes a loop and is
    drawn in another colour. No wire crosses a box. `.told` says what there was no room for.

    Parts: `.boxes` and `.wires` (in their order; see `box` and `wire`), `.lanes` (bands with
    `.label`s, below all). `send`, `change`, `refuse` and `count` of `mlanim.motion` move packets.

    >>> page = Pipeline(["post", "writer", "judge"], [("post", "writer"), ("writer", "judge"),
    ...     ("judge", "writer")], area=Area(-7, -2, 14, 4))
    >>> page.box("judge").label.text, len(page.wires), page.loops
    ('judge', 3, ((2, 1),))

    Raises:
        UsageError: too much for the area, or what `System` refuses.
    """

    def __init__(
        self,
        boxes: Sequence[SystemBox | str],
        wires: Iterable[tuple[str, str]],
        *,
        area: Area,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme = theme
        named = tuple(SystemBox(box) if isinstance(box, str) else box for box in boxes)
        self.system = system = System(named, tuple(wires))
        plan, named, self.told = _fitted(system, area, theme)
        self.plan = plan
        middle = area.center
        sizes = sizes_in(named, theme, *plan.boxes[0, 2:])
        self.boxes = Group(
            *(
                PipelineBox(box, sizes, area=_moved(place, middle), theme=theme)
                for box, place in zip(named, plan.boxes, strict=True)
            )
        )
        back = loops_of(len(named), system.ends)
        self.loops = tuple(system.ends[number] for number in back)
        self.wires = VGroup(
            *(
                Wire(
                    *(way + middle[:2]),
                    role="output" if number in back else None,
                    theme=theme,
                    tip_length=0.17,
                )
                for number, way in enumerate(plan.ways)
            )
        )
        self.lanes = Group(
            *(
                self._lane(name, _moved(place, middle), number)
                for number, (name, place) in enumerate(zip(system.lanes, plan.lanes, strict=False))
            )
        )
        self.add(self.lanes, self.wires, self.boxes)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        told = ", ".join(f"{start} to {end}" for start, end in self.system.wires)
        return Seen(f"system of {len(self.boxes)} boxes", told)

    def box(self, name: str) -> PipelineBox:
        """The box of that name."""
        names = self.system.names
        if name not in names:
            raise UsageError(f"no box {name!r}", did_you_mean(name, names))
        return self.boxes[names.index(name)]

    def wire(self, start: str, end: str) -> Wire:
        """The wire from one box to another."""
        self.box(start), self.box(end)
        if (start, end) not in self.system.wires:
            ways = [other for one, other in self.system.wires if one == start]
            hint = f"from {start} wires lead to {', '.join(ways)}" if ways else "no wire leaves it"
            raise UsageError(f"no wire {start} -> {end}", hint)
        return self.wires[self.system.wires.index((start, end))]

    @property
    def held(self) -> tuple[Any, ...]:
        """The packets that are in the trays now."""
        return tuple(box.held for box in self.boxes if box.held is not None)

    def _lane(self, name: str, area: Area, number: int) -> Group:
        colours = self.theme.role(_LANE_ROLES[number % len(_LANE_ROLES)])
        band = RoundedRectangle(width=area.width, height=area.height, corner_radius=0.12)
        band.set_fill(colours.fill, opacity=0.45).set_stroke(width=0).move_to(area.center)
        lane = Group(band)
        if name:
            upright = self.plan.upright
            room = (area.width if upright else area.height) - 0.2
            style: dict[str, Any] = {"size": "small", "weight": "bold", "theme": self.theme}
            label = Label(shortened(name, room, **style), **style)
            away = 0.13 + label.cap_height / 2
            if upright:
                label.center_on(area.point(0, 1) - (0, away, 0))
            else:
                label.center_on(area.point(-1, 0) - (-away, 0, 0)).rotate(PI / 2)
            lane.label = label
            lane.add(label)
        return lane


def _fitted(system: System, area: Area, theme: Theme) -> tuple[Plan, tuple[SystemBox, ...], str]:
    """The plan; where all is too much, without the words below the names, or without lanes."""
    for glosses, lanes in ((True, True), (False, True), (True, False), (False, False)):
        boxes = tuple(
            replace(box, gloss=box.gloss if glosses else "", lane=box.lane if lanes else "")
            for box in system.boxes
        )
        plan = plan_system(
            System(boxes, system.wires),
            (area.width, area.height),
            partial(_worth, boxes, theme),
        )
        if plan.worth:
            left = [] if glosses else ["words below names"]
            left += [] if lanes else ["lanes"]
            return plan, boxes, f"no room for {' and '.join(left)}: left out" if left else ""
    raise NoRoomError(
        f"{len(boxes)} boxes and {len(system.wires)} wires do not fit "
        f"{area.width:.1f} x {area.height:.1f} units legibly",
        "use fewer boxes or shorter names, or another aspect",
    )


def _worth(boxes: Sequence[SystemBox], theme: Theme, width: float, height: float) -> float:
    return sizes_in(boxes, theme, width, height).worth


def _moved(place: np.ndarray, middle: np.ndarray) -> Area:
    left, bottom, width, height = place.tolist()
    return Area(left + middle[0], bottom + middle[1], width, height)
