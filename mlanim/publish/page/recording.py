"""Recording: what is drawn in each state of a scene, told once for as long as it stays the same.

A drawn mobject is a track: when it is there, how far in front, and rows of what changes. A row
holds from its state on; between two of them the page interpolates.
"""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

import numpy as np
from manim import Camera, Mobject, VMobject
from manim.mobject.types.image_mobject import AbstractImageMobject
from numpy.typing import NDArray

from mlanim.motion.copied import origin_of
from mlanim.publish.page.depth import Depths
from mlanim.publish.page.pictures import Pictures
from mlanim.publish.page.shapes import Box, ShapeTable
from mlanim.render.stills.walking import Sight

__all__ = ["Look", "Recorder", "Track"]

_EARLIER = 1  # thousandths of a second by which a play's end lies before what comes next
_fill, _stroke, _width = map(attrgetter, ("fill_rgbas", "stroke_rgbas", "stroke_width"))
_ROW = (1, 4)


@dataclass(frozen=True, slots=True)
class Look:
    """How a shape is painted. Paints are RGBA rows (n, 4), as bytes: more than one is a gradient,
    from one point to the other, relative to the box. Widths are as Manim counts them."""

    fill: bytes
    stroke: bytes
    width: float
    under: bytes = b""  # a stroke beneath the fill
    under_width: float = 0.0
    along: tuple[float, ...] = ()


@dataclass(slots=True)
class Track:
    """One drawn mobject. Lists hold pairs of a state's number and what holds from it on.

    Attributes:
        there: True where it comes, False where it is gone.
        forms: shape and box; of a picture, the picture's number.
        cap, joint: how its strokes end and turn, in Manim's words.
    """

    picture: bool = False
    there: list[tuple[int, bool]] = field(default_factory=list)
    depths: list[tuple[int, float]] = field(default_factory=list)
    forms: list[tuple[int, int, Box]] = field(default_factory=list)
    looks: list[tuple[int, Look]] = field(default_factory=list)
    cap: str = "AUTO"
    joint: str = "AUTO"
    outline: Any = field(default=None, repr=False)  # the points that the last form was made of
    style: Any = field(default=None, repr=False)


class Recorder:
    """Takes down the states of one play of a scene.

    Args:
        shapes: where outlines are kept, shared by all plays of a page; None takes down colours
            alone, for a play of the same scene in another theme.
        pictures: where images are kept.

    Attributes:
        times: of each state, in thousandths of a second.
        views: the camera's middle, width and height, with the state from which on it holds.
        copies: tracks of travelling copies that are new, each with what it stands for.
    """

    def __init__(self, shapes: ShapeTable | None, pictures: Pictures) -> None:
        self.times: list[int] = []
        self.tracks: list[Track] = []
        self.views: list[tuple[int, Box]] = []
        self.copies: list[tuple[int, Mobject]] = []
        self._shapes, self._pictures = shapes, pictures
        self._of: dict[int, tuple[weakref.ref[Mobject], int]] = {}
        self._play = -1
        self._resting: list[Mobject] = []
        self._shown: list[int] = []  # tracks from back to front
        self._depths = Depths()

    def track_of(self, mobject: Mobject) -> int | None:
        """The number of a mobject's track, if it is drawn in this state."""
        known = self._of.get(id(mobject))
        return known[1] if known and known[0]() is mobject else None

    def look(self, sight: Sight) -> None:
        """Take down one state."""
        time = round(sight.time * 1000) - _EARLIER * sight.ends
        if self.times and time <= self.times[-1]:
            time = self.times[-1] + 1
        state = len(self.times)
        self.times.append(time)
        camera: Any = sight.scene.camera
        self._see(camera, state)
        bare, *rest = sight.layers
        moves = type(camera).transform_points_pre_display is not Camera.transform_points_pre_display
        anew = sight.play != self._play or sight.ends or moves or not rest
        self._play = -1 if sight.ends else sight.play
        if anew:
            self._resting = camera.get_mobjects_to_display(bare)
        moving = camera.get_mobjects_to_display(rest[0]) if rest else []
        drawn = self._resting if not moving else [*self._resting, *moving]
        shown = [self._numbered(mobject) for mobject in drawn]
        first = 0 if anew else len(self._resting)
        if len(set(shown)) < len(shown):  # what stands still and moves as well lies in front
            last = dict(zip(shown, drawn, strict=True))
            shown, drawn, first = list(last), list(last.values()), 0
        if shown != self._shown:
            self._order(shown, state)
        self._take(camera, drawn[first:], shown[first:], state)

    def _see(self, camera: Any, state: int) -> None:
        x, y = np.asarray(camera.frame_center, float)[:2].tolist()
        view = (x, y, float(camera.frame_width), float(camera.frame_height))
        if not self.views or self.views[-1][1] != view:
            self.views.append((state, view))

    def _numbered(self, mobject: Mobject) -> int:
        known = self._of.get(id(mobject))
        if known is not None and known[0]() is mobject:
            return known[1]
        number = len(self.tracks)
        self._of[id(mobject)] = (weakref.ref(mobject), number)
        track = Track(picture=not _is_vector(mobject))
        if isinstance(mobject, VMobject):
            track.cap, track.joint = mobject.cap_style.name, mobject.joint_type.name
        self.tracks.append(track)
        if (origin := origin_of(mobject)) is not None:
            self.copies.append((number, origin))
        return number

    def _order(self, shown: list[int], state: int) -> None:
        """Note what has come and gone, and what lies where."""
        before, now = set(self._shown), set(shown)
        for number in before - now:
            self.tracks[number].there.append((state, False))
        for number in shown:
            if number not in before:
                self.tracks[number].there.append((state, True))
        for number, depth in self._depths.arrange(shown):
            self.tracks[number].depths.append((state, depth))
        self._shown = shown

    def _take(
        self, camera: Any, drawn: Sequence[Mobject], numbers: Sequence[int], state: int
    ) -> None:
        flat = type(camera).transform_points_pre_display is Camera.transform_points_pre_display
        shaded = type(camera).get_fill_rgbas is not Camera.get_fill_rgbas
        for mobject, number in zip(drawn, numbers, strict=True):
            track = self.tracks[number]
            if track.picture:
                self._take_picture(camera, mobject, track, state)
                continue
            if self._shapes is not None:
                points = mobject.points
                if not flat:
                    points = camera.transform_points_pre_display(mobject, points)
                known = track.outline
                if known is None or known.shape != points.shape or (known != points).any():
                    track.outline = points.copy()
                    if np.isfinite(points).all():
                        track.forms.append((state, *self._shapes.place(points)))
            self._take_look(camera, mobject, track, state, shaded)

    def _take_look(self, camera: Any, mobject: Any, track: Track, state: int, shaded: bool) -> None:
        fill, stroke, width = _fill(mobject), _stroke(mobject), _width(mobject)
        if shaded:
            fill = camera.get_fill_rgbas(mobject)
            stroke = camera.get_stroke_rgbas(mobject)
        under = mobject.background_stroke_width
        style = fill.tobytes(), stroke.tobytes(), float(width), float(under)
        if style == track.style:
            return
        track.style = style
        along: tuple[float, ...] = ()
        if fill.shape != _ROW or stroke.shape != _ROW:
            along = _direction(mobject)
        beneath = mobject.background_stroke_rgbas if under > 0 else None
        look = Look(
            _paint(fill),
            _paint(stroke) if width > 0 else b"",
            float(width),
            b"" if beneath is None else _paint(beneath),
            float(under),
            along,
        )
        if not track.looks or track.looks[-1][1] != look:
            track.looks.append((state, look))

    def _take_picture(self, camera: Any, mobject: Any, track: Track, state: int) -> None:
        taken = self._pictures.take(camera, mobject)
        if taken is None or taken == track.style:
            return
        track.style = taken
        number, box, opacity = taken
        if self._shapes is not None:
            track.forms.append((state, number, box))
        paint = np.array([[0, 0, 0, opacity]], np.float32).tobytes()
        track.looks.append((state, Look(paint, number.to_bytes(4, "big"), 0.0)))


def _is_vector(mobject: Mobject) -> bool:
    if isinstance(mobject, AbstractImageMobject) or not isinstance(mobject, VMobject):
        return False
    return not mobject.get_background_image()


def _paint(rgbas: NDArray) -> bytes:
    return np.asarray(rgbas, np.float32)[:, :4].tobytes()


def _direction(mobject: Any) -> tuple[float, ...]:
    """From where to where a gradient runs, in halves of the mobject's box from its middle."""
    begin, end = (np.asarray(p, float)[:2] for p in mobject.get_gradient_start_and_end_points())
    points = mobject.points[:, :2]
    low, high = points.min(axis=0), points.max(axis=0)
    half = np.maximum((high - low) / 2, 1e-6)
    return tuple(
        np.concatenate([(begin - (low + high) / 2) / half, (end - (low + high) / 2) / half])
        .round(3)
        .tolist()
    )
