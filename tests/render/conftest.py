"""Tiny scenes, and a render of them at 64x36 pixels, 10 frames a second."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from manim import BLACK, BLUE, LEFT, RED, RIGHT, WHITE, Circle, Create, Dot, Scene, Square

from mlanim.explainer import Explainer, parameter
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render
from mlanim.render.sinks.result import RenderResult


class Plain(Scene):
    """Something static, something moving, a wait, an updater that integrates dt: 24 frames."""

    def construct(self):
        square = Square(color=RED, fill_opacity=0.5)
        self.add(Circle().shift(2 * RIGHT))
        self.play(Create(square), run_time=0.5)
        self.wait(0.8)
        self.play(square.animate.shift(2 * LEFT).set_color(BLUE), run_time=0.7)
        dot = Dot(color=WHITE).add_updater(lambda mobject, dt: mobject.shift(dt * RIGHT))
        self.add(dot)
        self.wait(0.4)


class Lesson(Explainer):
    """Two outer steps, two inner ones; a dot drifts with time through all of them."""

    turns: int = parameter(2, "turns of the square", low=1, high=9)

    def construct(self):
        square = Square(color=BLACK)
        drifting = Dot(color=BLACK).add_updater(lambda mobject, dt: mobject.shift(dt * RIGHT))
        self.add(square, drifting)
        with self.step("first", say="The square turns."):
            for _ in range(self.turns):
                self.play(square.animate.rotate(1), run_time=0.3)
        with self.step("attention"):
            with self.step("score", say="It moves away. Then it comes back, after a while."):
                self.play(square.animate.shift(LEFT), run_time=2)
            with self.step("softmax", say="It stays."):
                self.wait(0.5)


@pytest.fixture
def plain() -> type[Scene]:
    return Plain


@pytest.fixture
def lesson() -> type[Explainer]:
    return Lesson


Make = Callable[..., RenderResult]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Render a scene into the temporary folder: make(Scene, "out.mp4", **options)."""

    def run(scene_class: type[Scene], name: str, **options: Any) -> RenderResult:
        known = {"resolution": "64,36", "fps": 10, "seed": 1, "cache": False, "jobs": 1, **options}
        watch = {
            key: known.pop(key)
            for key in ("progress", "observer", "jobs", "rendered_before", "elsewhere")
            if key in known
        }
        spec = RenderSpec.from_options(output=tmp_path / name, **known)
        return render(scene_class, spec, **watch)

    return run
