"""A smooth gradient stays smooth in a GIF: 256 colours are enough for one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from manim import BLUE_E, RED, RIGHT, TEAL, UP, YELLOW, Rectangle, Scene
from PIL import Image

from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render

FEW = 6  # levels of a channel: bands further apart are seen


def gradient(*colours):
    class Gradient(Scene):
        def construct(self):
            sheet = Rectangle(width=14, height=6, stroke_width=0, fill_opacity=1).set_color(colours)
            self.add(sheet.set_sheen_direction(RIGHT))
            self.play(sheet.animate.shift(UP * 0.5), run_time=0.2)

    return Gradient


@pytest.mark.parametrize("colours", [(BLUE_E, TEAL, YELLOW), (RED, BLUE_E)], ids=["three", "two"])
def test_its_bands_are_a_few_levels_apart(tmp_path: Path, colours) -> None:
    film = tmp_path / "gradient.gif"
    options = {"resolution": "480,270", "fps": 10, "output": film, "cache": False}
    render(gradient(*colours), RenderSpec.from_options(**options), jobs=1)
    with Image.open(film) as picture:
        row = np.asarray(picture.convert("RGB")).astype(int)[135]
    steps = np.abs(np.diff(row[10:-10], axis=0)).max(axis=1)
    assert steps.max() <= FEW
    assert (steps > 0).sum() > 30  # it is drawn, and changes
