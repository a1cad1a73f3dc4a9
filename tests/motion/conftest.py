"""A tiny stage: scenes of 64 x 36 pixels, five frames a second, nothing written."""

import pytest
from manim import Scene, tempconfig


@pytest.fixture
def stage():
    settings = {
        "pixel_width": 64,
        "pixel_height": 36,
        "frame_rate": 5,
        "dry_run": True,
        "progress_bar": "none",
        "verbosity": "ERROR",
    }
    with tempconfig(settings):
        yield Scene()
