"""The view through layers from a camera that moves, and by how much each layer moves with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from manim import Animation, Dot, Group, Line, VGroup, override_animate

from mlanim.primitives.area import Area
from mlanim.primitives.arrays import Kept
from mlanim.primitives.moving_values import MovingValues
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label, Number
from mlanim.subjects.systems.models.depth_layers import Layer, layer_shift, moved_view
from mlanim.subjects.systems.models.drawn_scene import FOCAL
from mlanim.subjects.systems.primitives.picture_panel import PicturePanel
from mlanim.theme import LIGHT, Theme

__all__ = ["MovedView"]

_WIDE = 9  # units, from which on the tracks stand beside the view


class MovedView(Group):
    """layers of a picture; margin: columns that are not shown at either side; reach: how far the
    camera will go, in metres. `.camera` is where it is; `.animate.set_camera(x)` moves it.

    Parts: `.panel` (the view), `.camera_label` and `.camera_number`, and for each layer its
    `.names`, `.tracks`, `.dots` (where it has moved to) and `.shifts` (pixels).

    >>> from mlanim.subjects.systems.models.depth_layers import cut
    >>> from mlanim.subjects.systems.models.drawn_scene import draw_scene
    >>> drawn = draw_scene()
    >>> view = MovedView(cut(drawn.colours, drawn.depth), reach=0.4, area=Area(-7, -4, 14, 7))
    >>> [number.text for number in view.set_camera(0.1).shifts]
    ['−8', '−4', '−2', '−1']
    """

    def __init__(
        self,
        layers: Sequence[Layer],
        *,
        reach: float,
        area: Area,
        margin: int = 0,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme, self._kept, self._margin = theme, Kept(tuple(layers)), margin
        self.camera, self._limit = 0.0, reach * FOCAL / layers[0].depth
        room, side = (
            area.columns(1.45, 1, gap=0.5) if area.width > _WIDE else area.rows(1.6, 1, gap=0.4)
        )
        self.panel = PicturePanel(self._colours(), area=room, what="moving view", theme=theme)
        self._add_tracks(side)
        self.add(self.panel, self.heads, self.names, self.tracks, self.dots, self.shifts)

    @property
    def layers(self) -> tuple[Layer, ...]:
        """What is looked through, the nearest first."""
        return self._kept.thing

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        told = ", ".join(
            f"{name.text} by {shift.text} pixels"
            for name, shift in zip(self.names, self.shifts, strict=True)
        )
        return Seen(f"view from {self.camera_number.text} m", f"layers move: {told}")

    @property
    def drawn_data(self) -> dict[str, np.ndarray]:
        """By how many pixels each layer has moved to the right."""
        return {"shifts": np.array([number.value for number in self.shifts])}

    def set_camera(self, camera: float) -> Self:
        """The view from so many metres to the right, and all that is told of it."""
        self.camera = float(camera)
        opacity = self.panel.picture.pixel_array[..., 3].max()
        self.panel.set_colours(self._colours())
        self.panel.picture.pixel_array[..., 3] = opacity or 255
        self.camera_number.set_value(self.camera)
        for layer, track, dot, number in zip(
            self.layers, self.tracks, self.dots, self.shifts, strict=True
        ):
            shift = -layer_shift(layer.depth, self.camera)
            half = (track.get_right() - track.get_left()) / 2
            place = track.get_center() + half * shift / self._limit
            dot.points = self._dot + place  # the same wherever it stood before
            number.set_value(shift)
        return self

    @override_animate(set_camera)
    def _animate_camera(self, camera: float, anim_args: dict[str, Any] | None = None) -> Animation:
        end = np.array([float(camera)])
        return MovingValues(
            self,
            lambda: np.array([self.camera]),
            lambda now: self.set_camera(float(now[0])),
            end,
            **anim_args or {},
        )

    def _colours(self) -> np.ndarray:
        colours = moved_view(self.layers, self.camera).colours
        return colours[:, self._margin : colours.shape[1] - self._margin]

    def _add_tracks(self, side: Area) -> None:
        theme, count = self.theme, len(self.layers)
        cap = min(1.35 * theme.sizes.body, side.height / (3.0 * (count + 2)), side.width / 17)
        cap = max(cap, theme.sizes.small)
        style: dict[str, Any] = {"theme": theme, "size": cap}
        pitch = min(side.height / (count + 2), 4.2 * cap)
        top = side.center[1] + pitch * (count + 1) / 2
        self.camera_label = Label("camera at", **style)
        self.camera_number = Number(
            0.0, decimals=2, sign=True, anchor="right", role="query", weight="bold", **style
        )
        unit = Label("m", **style)
        head = "depth", f"pixels: {FOCAL:.0f} × camera ÷ depth"
        left, right = side.left, side.right
        self.heads = VGroup(self.camera_label, self.camera_number, unit)
        _at(self.camera_label, left, top, -1)
        _at(unit, right, top, 1)
        _at(self.camera_number, unit.get_left()[0] - 0.5 * cap, top, 1)
        for text, x, edge in zip(head, (left, right), (-1, 1), strict=True):
            label = Label(text, theme=theme, size="small", role="muted")
            self.heads.add(_at(label, x, top - pitch, edge))
        self.names, self.tracks, self.dots, self.shifts = VGroup(), VGroup(), VGroup(), VGroup()
        widest = Number(-88, decimals=0, **style).width
        begins = left + Label("16 m", **style).width + 1.2 * cap
        ends = right - widest - 1.2 * cap
        self._dot = Dot(radius=0.42 * cap).points
        for i, layer in enumerate(self.layers):
            y = top - (i + 2) * pitch
            name = Label(f"{layer.depth:g} m", weight="bold", **style)
            self.names.add(_at(name, left, y, -1))
            track = Line([begins, y + cap / 2, 0], [ends, y + cap / 2, 0])
            self.tracks.add(track.set_stroke(theme.muted, theme.stroke.thin))
            self.dots.add(Dot(track.get_center(), radius=0.42 * cap, color=theme.role("query").ink))
            number = Number(0, decimals=0, anchor="right", role="query", weight="bold", **style)
            self.shifts.add(_at(number, right, y, 1))


def _at(label: Label, x: float, y: float, edge: int) -> Label:
    """Put a label's left (-1) or right (1) end at x, its baseline at y."""
    label.align_baseline(y)
    end = label.get_left()[0] if edge < 0 else label.get_right()[0]
    return label.shift([x - end, 0, 0])
