"""What arrays hold: a table, a sound, pictures, words."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Group, Mobject, VGroup
from numpy.typing import NDArray

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.explainer import Explainer
from mlanim.primitives.area import Area
from mlanim.subjects.arrays.models.recipes import (
    RATE,
    colour_picture,
    grey_picture,
    sound,
    table,
    word_vectors,
)
from mlanim.subjects.arrays.motion import fill
from mlanim.subjects.arrays.primitives.array_grid import ArrayGrid
from mlanim.subjects.arrays.primitives.pixel_picture import PixelPicture
from mlanim.subjects.arrays.primitives.sample_wave import SampleWave
from mlanim.subjects.arrays.primitives.side_by_side import arranged
from mlanim.words.table import AsIs

__all__ = ["data"]

_WORDS = ("the", "old", "dog", "slept", "outside")


def data(scene: Explainer) -> None:
    """Four kinds of data, each beside the array that it is."""
    _table(scene)
    _sound(scene)
    _pictures(scene)
    _words(scene)


def _grid(scene: Explainer, values: NDArray, area: Area, **style: Any) -> ArrayGrid:
    """One array, as large as an area allows."""
    plan = arranged([values], area, scene.theme, indexed=[True])
    grid = ArrayGrid(values, theme=scene.theme, plan=plan.plans[0], cell=plan.cell, **style)
    plan.place([grid], area)
    return grid


def _table(scene: Explainer) -> None:
    columns, values = table()
    grid = _grid(scene, values, scene.body)
    names = VGroup()
    for j, column in enumerate(columns):
        name = show.Label(AsIs(column), theme=scene.theme, weight="bold")
        place = grid.cell_of(j).get_top()
        names.add(name.move_to([place[0], 0, 0]).align_baseline(place[1] + 0.2))
    scene.turn_to("A table is rows and columns", names, grid.blank())
    scene.play(fill(grid))
    scene.wait(1.2)


def _sound(scene: Explainer) -> None:
    samples = sound()
    upper, lower = scene.body.rows(3, 2.4, gap=0.3)
    wave = SampleWave(samples, limit=2**15, **scene.on(upper.inset(0.1)))
    grid = _grid(scene, samples, lower)
    scene.turn_to(f"A sound is {RATE} numbers a second", wave)
    scene.play(do.appear(grid.blank()))
    scene.play(fill(grid))
    told = show.Label("each of 16 bits: from −32768 to 32767", theme=scene.theme, role="muted")
    told.move_to([scene.area.center[0], 0, 0]).align_baseline(scene.area.bottom + 0.12)
    scene.play(do.appear(told))
    scene.wait(2.6)


def _pictures(scene: Explainer) -> None:
    grey = grey_picture()
    parts = scene.body.rows if scene.area.is_tall else scene.body.columns
    left, right = parts(1, 1.3, gap=0.4)
    side = min(left.width, left.height - 0.8)
    picture = PixelPicture(grey, height=side)
    left.place(picture)
    grid = _grid(scene, grey, right)
    scene.turn_to("A grey picture: a number a pixel", picture)
    scene.play(do.appear(grid.blank()))
    scene.play(fill(grid))
    scene.wait(1.2)
    colours = colour_picture()
    whole, channels = _whole_and_channels(scene, colours)
    scene.turn_to("In colour: three numbers a pixel", whole)
    scene.play(do.appear(*channels, start=whole, scale=0.6, lag=0.25, run_time=0.9))
    scene.wait(1.4)


def _whole_and_channels(scene: Explainer, colours: NDArray) -> tuple[Mobject, list[Mobject]]:
    """The picture, and what of it is red, green and blue; each with its shape."""
    above, below = scene.body.split(1.2, 1, gap=0.4)
    whole = _labelled(scene, colours, above, "picture", str(colours.shape))
    parts = []
    areas = below.rows(1, 1, 1, gap=0.2) if scene.area.is_wide else below.columns(1, 1, 1, gap=0.2)
    for k, (name, part) in enumerate(zip(("red", "green", "blue"), areas, strict=True)):
        alone = np.zeros_like(colours)
        alone[..., k] = colours[..., k]
        shape = f"picture[:, :, {k}]"
        parts.append(_labelled(scene, alone, part, name, shape, beside=scene.area.is_wide))
    return whole, parts


def _labelled(
    scene: Explainer, values: NDArray, area: Area, name: str, shape: str, *, beside: bool = False
) -> Mobject:
    """A picture with its name and its shape, below it or at its right."""
    high = area.height if beside else area.height - 1.0
    picture = PixelPicture(values, height=min(high, area.width * (0.5 if beside else 1)))
    first = show.Label(name, theme=scene.theme, weight="bold")
    second = show.Label(shape, theme=scene.theme, size="small", role="muted", mono=True)
    if beside:
        picture.move_to([area.left + picture.width / 2, area.center[1], 0])
        x = picture.get_right()[0] + 0.25
        for label, y in ((first, 0.1), (second, -0.35)):
            label.move_to([x + label.width / 2, 0, 0]).align_baseline(area.center[1] + y)
    else:
        picture.move_to(area.center + np.array([0, 0.5, 0]))
        low = picture.get_bottom()[1]
        for label, y in ((first, 0.4), (second, 0.8)):
            if label.width > area.width:
                label = show.Label(
                    shape[7:], theme=scene.theme, size="small", role="muted", mono=True
                )
            label.move_to([picture.get_x(), 0, 0]).align_baseline(low - y)
            first, second = (label, second) if y == 0.4 else (first, label)
    return Group(picture, first, second)


def _words(scene: Explainer) -> None:
    vectors = word_vectors(_WORDS)
    words = [
        show.Label(AsIs(word), theme=scene.theme, role="output", weight="bold") for word in _WORDS
    ]
    room = max(word.width for word in words) + 0.3
    body = scene.body
    area = Area(body.left + room, body.bottom, body.width - room, body.height)
    grid = _grid(scene, vectors, area, role="hidden")
    for i, word in enumerate(words):
        cell = grid.cell_of(i * vectors.shape[1])
        word.center_on([grid.frames.get_left()[0] - 0.25 - word.width / 2, cell.get_y(), 0])
    scene.turn_to("Words are rows of numbers that a model has learned", *words)
    scene.play(do.appear(grid.blank()))
    scene.play(fill(grid))
    scene.wait(1.6)
