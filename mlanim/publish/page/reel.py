"""The reel: all that a page plays and answers, as plain values for JSON.

Shapes, colours, images, tracks and values are tables that all variants of a page share: what two
choices have alike is told once. A track is told by differences from row to row, in whole numbers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import MlanimError
from mlanim.publish.page.asking import Mark, Tensor, content_of
from mlanim.publish.page.colours import ColourTable, unpacked
from mlanim.publish.page.pictures import Pictures
from mlanim.publish.page.recording import Look, Recorder, Track
from mlanim.publish.page.shapes import GRID, ShapeTable
from mlanim.publish.page.thinning import away, told_rows
from mlanim.theme import Theme

__all__ = ["PLACE", "Played", "Reel"]

PLACE = 2000  # parts of a unit in which places are told
_FORM_SLACK = np.array([6.0, 6.0, 6.0, 6.0])  # parts of a unit: less than half a pixel of 1080
_LOOK_SLACK = np.array([2.0] * 12 + [1.5, 1.5, 5.0])  # levels of 255, hundredths of a width
_PICTURES_APART = 240  # thousandths of a second between two images of what changes
_ONE_COLOUR = 16  # bytes of RGBA
_CAPS = {"AUTO": 0, "BUTT": 0, "ROUND": 1, "SQUARE": 2}
_JOINTS = {"AUTO": 0, "MITER": 0, "ROUND": 1, "BEVEL": 2}


@dataclass(frozen=True)
class Played:
    """One play of a scene, in the page's themes; the first recorder has the shapes."""

    recorders: tuple[Recorder, ...]
    tensors: Sequence[Tensor]
    marks: dict[int, list[Mark]]


class Reel:
    """Collects plays; `told` is what the page reads.

    Raises:
        MlanimError: the scene shows other things in one theme than in the other.
    """

    def __init__(
        self, themes: tuple[Theme, ...], shapes: ShapeTable, pictures: Pictures, rate: float
    ) -> None:
        self.colours = ColourTable(themes)
        self.shapes, self.pictures, self.rate = shapes, pictures, rate
        self.gradients: list[Any] = []
        self.tracks: list[dict[str, Any]] = []
        self.values: list[list[float | str | None]] = []
        self.images: dict[int, int] = {}
        self._gradients: dict[str, int] = {}
        self._tracks: dict[str, int] = {}
        self._values: dict[tuple[str, bytes], int] = {}
        self._paints: dict[tuple[bytes, bytes], tuple[int, float, list[float]]] = {}

    def add(self, played: Played) -> dict[str, Any]:
        """Take in a play; what its variant is told by."""
        first, last = played.recorders[0], played.recorders[-1]
        if len(first.tracks) != len(last.tracks) or first.times != last.times:
            raise MlanimError(
                "the scene shows other things in the dark theme than in the light one",
                "choose one with --theme light",
            )
        numbers: list[int] = []
        marks: list[int] = []
        for place, (light, dark) in enumerate(zip(first.tracks, last.tracks, strict=True)):
            told = self._track(light, dark, first.times)
            if told is None:
                continue
            if place in played.marks:
                marks += [n for mark in played.marks[place] for n in (len(numbers), *mark)]
            numbers.append(_kept(repr(told), told, self._tracks, self.tracks))
        views = [
            [first.times[state], *(round(v * PLACE) for v in view)] for state, view in first.views
        ]
        tensors = [self._tensor(tensor) for tensor in played.tensors]
        return {"tracks": numbers, "views": views, "tensors": tensors, "marks": marks}

    @property
    def told(self) -> dict[str, Any]:
        """The tables."""
        return {
            "rate": self.rate,
            "grid": GRID,
            "place": PLACE,
            "colours": self.colours.told,
            "gradients": self.gradients,
            "shapes": self.shapes.outlines,
            "images": [self.pictures.urls[number] for number in self.images],
            "sharp": [int(self.pictures.sharp[number]) for number in self.images],
            "tracks": self.tracks,
            "values": self.values,
        }

    def _tensor(self, tensor: Tensor) -> dict[str, Any]:
        told: dict[str, Any] = {
            "name": tensor.name,
            "title": tensor.title,
            "what": tensor.what,
            "kind": tensor.kind,
            "rows": [],
        }
        before: Any = None
        for time, shape, array in tensor.values:
            number = _kept(content_of(array), _plain(array), self._values, self.values)
            told["rows"].append([time, number] if shape == before else [time, number, shape])
            before = shape
        more = {"role": tensor.role, "labels": tensor.labels, "axes": tensor.axes}
        return told | {k: v for k, v in more.items() if v} | {"facts": tensor.facts}

    def _track(self, light: Track, dark: Track, times: list[int]) -> dict[str, Any] | None:
        """A track as differences; None if nothing of it is ever seen."""
        if not light.forms or not light.looks or not _is_seen(light):
            return None
        there = [times[state] for state, _ in light.there]
        told: dict[str, Any] = {
            "t": away(there),
            "d": [n for state, depth in light.depths for n in (times[state], depth)],
            "f": self._forms(light, times),
        }
        if light.picture:
            told["i"] = self._images(light, dark, times)
            return told
        told["l"] = self._looks(light, dark, times)
        if any(look.under_width for _, look in light.looks):
            told["u"] = 1
        ends = _CAPS.get(light.cap, 0), _JOINTS.get(light.joint, 0)
        return told | ({"e": list(ends)} if any(ends) else {})

    def _forms(self, track: Track, times: list[int]) -> list[int]:
        """Rows of time, shape, x, y, width, height."""
        states = [state for state, _, _ in track.forms]
        kinds = np.array([shape for _, shape, _ in track.forms])
        boxes = np.array([box for _, _, box in track.forms]) * PLACE
        return told_rows(states, times, np.rint(boxes), kinds, _FORM_SLACK)

    def _images(self, light: Track, dark: Track, times: list[int]) -> list[int]:
        """Rows of time, image, the image in the dark, opacity; not every state of what changes."""
        rows = [
            [
                times[state],
                int.from_bytes(one.stroke, "big"),
                int.from_bytes(other.stroke, "big"),
                round(float(unpacked(one.fill)[0, 3]) * 255),
            ]
            for state, one, other in _together(light.looks, dark.looks)
        ]
        kept = rows[:1]
        for place, row in enumerate(rows[1:], 2):
            same = row[1:3] == kept[-1][1:3]
            last = place == len(rows) or rows[place][0] - row[0] > _PICTURES_APART
            if same or last or row[0] - kept[-1][0] >= _PICTURES_APART:
                kept.append(row)
        return [self._number(i, n) for row in kept for i, n in enumerate(row)]

    def _number(self, column: int, value: int) -> int:
        """An image's place among those that are told."""
        return self.images.setdefault(value, len(self.images)) if column in (1, 2) else value

    def _looks(self, light: Track, dark: Track, times: list[int]) -> list[int]:
        """Rows of time, fill, its opacity, stroke, its opacity, width; perhaps what is beneath."""
        pairs = _together(light.looks, dark.looks)
        states = [state for state, _, _ in pairs]
        told, seen = [], []
        for _, one, other in pairs:
            row: list[int] = []
            column: list[float] = []
            for mine, yours in ((one.fill, other.fill), (one.stroke, other.stroke)):
                number, opacity, colours = self._paint(mine, yours, one)
                row += [number, round(opacity * 255)]
                column += [*colours, opacity * 255]
            row.append(round(one.width * 100))
            told.append(row)
            seen.append([*column[:6], *column[7:13], column[6], column[13], one.width * 100])
            if one.under_width:
                number, opacity, _ = self._paint(one.under, other.under, one)
                row += [number, round(opacity * 255), round(one.under_width * 100)]
        width = max(map(len, told))
        table = np.array([row + [-1, 0, 0][: width - len(row)] for row in told])
        kinds = np.array([_kind(row) for row in told])
        return told_rows(states, times, table, kinds, _LOOK_SLACK, np.array(seen))

    def _paint(self, one: bytes, other: bytes, look: Look) -> tuple[int, float, list[float]]:
        """A colour's number, or below -1 a gradient's; its opacity; levels to compare by."""
        known = self._paints.get((one, other))
        if known is None:
            known = self._new_paint(one, other, look)
            if len(one) == len(other) == _ONE_COLOUR:
                self._paints[one, other] = known
        return known

    def _new_paint(self, one: bytes, other: bytes, look: Look) -> tuple[int, float, list[float]]:
        rows, others = unpacked(one), unpacked(other)
        if not len(rows):
            return -1, 0.0, [0.0] * 6
        if len(others) != len(rows):
            others = rows
        if len(rows) == 1:
            opacity = float(rows[0, 3])
            levels = [*(rows[0, :3] * 255).tolist(), *(others[0, :3] * 255).tolist()]
            if opacity == 0:
                return -1, 0.0, levels
            return self.colours.number(rows[0, :3], others[0, :3]), opacity, levels
        stops = [
            [self.colours.number(a[:3], b[:3]), round(float(a[3]) * 255)]
            for a, b in zip(rows, others, strict=True)
        ]
        gradient = [list(look.along), stops]
        return (
            -2 - _kept(repr(gradient), gradient, self._gradients, self.gradients),
            1.0,
            [0.0] * 6,
        )


def _kept(key: Any, told: Any, known: dict[Any, int], table: list[Any]) -> int:
    """The place in a table of what may be there already."""
    if key not in known:
        known[key] = len(table)
        table.append(told)
    return known[key]


def _is_seen(track: Track) -> bool:
    return (
        any(
            (unpacked(paint)[:, 3] > 0).any()
            for _, look in track.looks
            for paint in (look.fill, look.stroke, look.under)
            if track.picture is False
        )
        or track.picture
    )


def _kind(row: list[int]) -> int:
    """What cannot be interpolated: gradients, and what is beneath."""
    gradients = [number for number in (row[0], row[2]) if number < -1]
    return hash((*gradients, len(row)))


def _together(
    light: Sequence[tuple[int, Look]], dark: Sequence[tuple[int, Look]]
) -> list[tuple[int, Look, Look]]:
    """Looks in both themes, wherever one of them changes."""
    pairs: list[tuple[int, Look, Look]] = []
    i = j = 0
    for state in sorted({state for state, _ in light} | {state for state, _ in dark}):
        while i + 1 < len(light) and light[i + 1][0] <= state:
            i += 1
        while j + 1 < len(dark) and dark[j + 1][0] <= state:
            j += 1
        pairs.append((state, light[i][1], dark[j][1]))
    return pairs


def _plain(array: NDArray) -> list[float | str | None]:
    """Numbers and texts for JSON, which has no number for what is not finite."""
    told: list[float | str | None] = array.tolist()
    if array.dtype.kind in "fO":
        return [None if isinstance(v, float) and not math.isfinite(v) else v for v in told]
    return told
