"""A number that counts shows its value of that moment, and nothing of those before."""

import numpy as np
from manim import LEFT, Camera, Scene, VGroup

from mlanim.primitives.text import Number, format_number
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render
from mlanim.render.stage.observer import Observer


class Counts(Scene):
    def construct(self):
        self.camera.background_color = "#ffffff"
        numbers = VGroup(Number(4.01, size=1.0), Number(0, decimals=0, size=1.0)).arrange(LEFT)
        self.add(numbers)
        self.numbers = numbers
        self.play(numbers[0].animate.set_value(0.35), numbers[1].animate.set_value(128))


class AgainstTheScene(Observer):
    """Draws what the scene holds in each frame once more, by Manim alone."""

    def __init__(self):
        self.values, self.differ = [], []

    def play_started(self, scene):
        self.scene = scene

    def frame(self, pixels, time, repeat):
        fresh = Camera(background_color=self.scene.camera.background_color)
        fresh.capture_mobjects(self.scene.mobjects)
        away = np.abs(fresh.pixel_array.astype(int) - pixels).max(axis=-1)
        self.differ.append(int((away > 40).sum()))
        loss, step = self.scene.numbers
        assert loss.text == format_number(loss.value, 2)
        self.values.append((loss.value, int(step.text)))


def test_each_frame_shows_the_value_of_its_moment_alone():
    seen = AgainstTheScene()
    spec = RenderSpec(width=320, height=180, fps=10, format="none", seed=1)
    render(Counts, spec, progress=seen)
    losses, steps = zip(*seen.values, strict=True)
    assert losses[0] == 4.01 and sorted(losses, reverse=True) == list(losses)
    assert len(set(steps)) > 5
    assert seen.differ == [0] * 10
