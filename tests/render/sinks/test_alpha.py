"""What is half transparent has its own colour in every file, whatever the background was."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import RIGHT, Circle, ImageMobject, ManimColor, Scene, Square
from PIL import Image

from mlanim.render.sinks.alpha import StraightFrames, straight_alpha

COLOURS = st.tuples(*[st.integers(0, 255)] * 3)
COVERS = st.floats(0, 1)


@settings(deadline=None)
@given(COLOURS, st.integers(0, 255), st.lists(st.tuples(COLOURS, COVERS), min_size=1, max_size=3))
def test_the_colour_is_that_of_what_was_drawn_alone(page, opacity, drawn):
    """Mix as Cairo does, over Manim's background and over nothing, without rounding."""
    began = np.array([*page, opacity], float)
    shown, alone = began, np.append(began[:3] * opacity / 255, opacity)
    for colour, cover in drawn:
        over = np.array([*colour, 255]) * cover
        shown, alone = over + (1 - cover) * shown, over + (1 - cover) * alone
    pixel, background = np.rint([shown, began]).astype(np.uint8).reshape(2, 1, 1, 4)
    straight = straight_alpha(pixel, background)[0, 0].astype(int)
    assert straight[3] == pixel[0, 0, 3]
    if straight[3] == 0:
        assert straight.tolist() == [0, 0, 0, 0]
    elif straight[3] == 255:
        assert np.array_equal(straight, pixel[0, 0])
    else:
        true = alone[:3] / alone[3] * 255
        assert np.abs(straight[:3] - true).max() <= 1 + 256 / straight[3]


def test_only_changed_rows_are_looked_at_and_the_camera_keeps_its_own():
    background = np.full((4, 2, 4), (255, 255, 255, 0), np.uint8)
    pixels, frames = background.copy(), StraightFrames()
    frames.frame(pixels, background)
    pixels[1:3] = (255, 127, 127, 128)
    straight = frames.frame(pixels, background, range(2, 3))
    assert straight[:, 0].tolist() == [[0] * 4, [0] * 4, [255, 0, 0, 128], [0] * 4]
    assert pixels[1, 0].tolist() == [255, 127, 127, 128]


class Seen(Scene):
    """A half opaque disc at the left, a half opaque picture at the right, on a coloured ground."""

    def construct(self):
        self.camera.background_color = ManimColor("#80FFFF")
        picture = ImageMobject(np.full((8, 8, 4), (100, 60, 20, 128), np.uint8))
        disc = Circle(2, fill_color="#FF8000", fill_opacity=0.5, stroke_width=0)
        self.add(disc.shift(4 * RIGHT * -1), picture.scale_to_fit_height(3).shift(4 * RIGHT))


class Film(Seen):
    """The same, while something small moves."""

    def construct(self):
        super().construct()
        self.add(square := Square(0.5))
        self.play(square.animate.shift(0.3 * RIGHT), run_time=0.3)


@pytest.mark.parametrize(
    ("scene", "name", "options"),
    [
        (Seen, "a.png", {}),
        (Film, "a.png", {"format": "png"}),
        (Film, "a.png", {"at": 0.2}),
        (Film, "frames", {"format": "png-sequence"}),
        (Film, "a.webp", {}),
    ],
)
def test_every_picture_has_straight_alpha(make, scene, name, options):
    made = make(scene, name, transparent=True, jobs=2, **options)
    path = made.files[-1].path if made.files else made.paths[0]
    pixels = np.asarray(Image.open(path).convert("RGBA")).astype(int)
    assert pixels[0, 0].tolist() == [0, 0, 0, 0]
    tolerance = 8 if name.endswith("webp") else 2  # colours of a palette
    assert np.abs(pixels[18, 14] - (255, 128, 0, 128)).max() <= tolerance
    assert np.abs(pixels[18, 50] - (100, 60, 20, 128)).max() <= tolerance
    edge = pixels[(pixels[..., 3] > 30) & (pixels[..., 3] < 100) & (np.arange(64) < 24)]
    assert len(edge) > 4
    assert np.abs(edge[:, :3] - (255, 128, 0)).max() <= 10  # not the ground's colour


def test_a_scene_that_opens_its_own_background_has_straight_alpha(make):
    class Tinted(Scene):
        def construct(self):
            self.camera.background_color = ManimColor("#3366CC")
            self.camera.background_opacity = 0.5

    pixels = np.asarray(Image.open(make(Tinted, "a.png").paths[0]))
    assert pixels[5, 5].tolist() == [0x33, 0x66, 0xCC, 127]


def test_what_is_opaque_is_the_cameras_to_the_bit():
    pixels = np.random.default_rng(0).integers(0, 256, (9, 9, 4), np.uint8)
    pixels[..., 3] = 255
    assert np.array_equal(straight_alpha(pixels, np.zeros_like(pixels)), pixels)
