"""Names that a scene replaces inside Manim's modules: Manim's own functions draw from then on."""

from __future__ import annotations

import numpy as np
import pytest
from manim import (
    RED,
    RIGHT,
    UP,
    CairoRenderer,
    Camera,
    ChangeSpeed,
    Circle,
    RandomColorGenerator,
    Scene,
    Square,
    VGroup,
    random_bright_color,
    tempconfig,
)
from manim.mobject.types import vectorized_mobject

from mlanim.render.known.as_imported import set_defaults
from mlanim.render.stage.observer import Observer

MANIMS = vectorized_mobject.interpolate


def eased(start, end, alpha):
    return MANIMS(start, end, alpha * alpha)


class Eased(Scene):
    """The second play runs with an interpolation of its own."""

    def construct(self):
        shapes = VGroup(Square(), Circle().shift(2 * RIGHT))
        self.play(shapes.animate.shift(UP), run_time=0.4)
        vectorized_mobject.interpolate = eased
        self.play(shapes.animate.shift(-UP).set_fill(RED, 1), run_time=0.4)


class Watcher(Observer):
    """Keeps the frames, and what is told to the reader."""

    def __init__(self):
        self.frames, self.lines = [], []

    def frame(self, pixels, time, repeat):
        self.frames += [np.array(pixels)] * repeat

    def noted(self, line):
        self.lines.append(line)


class Collector(CairoRenderer):
    """Manim's own renderer, which keeps its frames."""

    def __init__(self):
        super().__init__()
        self.frames = []

    def add_frame(self, frame, num_frames=1):
        self.frames += [np.array(frame)] * num_frames
        self.time += num_frames / self.camera.frame_rate


@pytest.mark.parametrize("at_first", [MANIMS, eased], ids=["in mid-film", "from the start"])
def test_what_is_replaced_inside_manims_modules_is_what_draws(make, monkeypatch, at_first):
    small = {"pixel_width": 64, "pixel_height": 36, "frame_rate": 10, "dry_run": True}
    ways = dict(vars(Camera))
    monkeypatch.setattr(vectorized_mobject, "interpolate", at_first)
    with tempconfig({**small, "frame_width": 128 / 9, "progress_bar": "none"}):
        scene = Eased(renderer=Collector())
        scene.render()
    vectorized_mobject.interpolate = at_first
    watcher = Watcher()
    make(Eased, "a.mp4", observer=watcher)
    assert len(watcher.frames) == len(scene.renderer.frames) == 8
    np.testing.assert_array_equal(watcher.frames, scene.renderer.frames)
    assert [line for line in watcher.lines if "Manim's own functions" in line]
    assert dict(vars(Camera)) == ways


class Moved(Scene):
    def construct(self):
        self.play(Square().animate.shift(UP), run_time=0.2)


def halfway(start, end, alpha):
    return start


def test_other_code_within_a_function_of_manims_is_what_draws(make, monkeypatch):
    """A scene's file gave it that before anything was drawn."""
    plain, other = Watcher(), Watcher()
    make(Moved, "a.mp4", observer=plain)
    monkeypatch.setattr(MANIMS, "__code__", halfway.__code__)
    make(Moved, "b.mp4", observer=other)
    assert [line for line in other.lines if "Manim's own functions" in line]
    assert (plain.frames[-1] != other.frames[-1]).any()


def test_a_method_that_is_replaced_by_the_scene_stays(make, monkeypatch):
    """It is the scene's, also where the engine had something of its own there."""

    def mine(mobject, *args, **kwargs):
        raise AssertionError

    class Replacing(Scene):
        def construct(self):
            self.play(Square().animate.shift(UP), run_time=0.2)
            Camera.display_image_mobject = mine
            self.play(Square().animate.shift(UP), run_time=0.2)

    monkeypatch.setattr(Camera, "display_image_mobject", Camera.display_image_mobject)
    make(Replacing, "a.mp4", observer=Watcher())
    assert Camera.display_image_mobject is mine


class Coloured(Scene):
    """Manim makes its generator of colours once, and keeps it in a class."""

    def construct(self):
        for _ in range(2):
            self.play(Square(color=random_bright_color()).animate.shift(UP), run_time=0.2)


class Sped(Scene):
    """Manim notes in a class that time runs faster."""

    def construct(self):
        square = Square()
        self.add(square)
        self.play(ChangeSpeed(square.animate.shift(UP), {0: 1, 1: 2}), run_time=0.4)
        self.play(square.animate.shift(RIGHT), run_time=0.2)


@pytest.mark.parametrize("scene", [Coloured, Sped])
def test_what_manims_classes_keep_for_themselves_is_nobodys_replacement(make, scene, monkeypatch):
    monkeypatch.setattr(RandomColorGenerator, "_singleton", None)
    watcher = Watcher()
    make(scene, "a.mp4", observer=watcher)
    assert watcher.frames
    assert set_defaults() == []  # so that the films after it are still drawn by few processes
    assert not [line for line in watcher.lines if "Manim's own functions" in line]
