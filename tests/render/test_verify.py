"""Verify finds the first frame that is not Manim's, and where in it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from manim import RED, RIGHT, Camera, Create, Dot, Scene, Square
from manim.mobject.types.vectorized_mobject import VMobject

from mlanim.errors import MlanimError
from mlanim.render.spec import RenderSpec
from mlanim.render.verify import Difference, verify

SPEC = RenderSpec(width=160, height=90, fps=10, seed=1)


class Late(Scene):
    """A red dot, 0.4 units wide, enters at the right in frame 7."""

    def construct(self):
        self.play(Create(Square()), run_time=0.5)
        self.wait(0.2)
        self.add(Dot(4 * RIGHT, radius=0.2, color=RED))
        self.wait(0.3)


@contextmanager
def forgets_red(forgotten: str = "#FC6255") -> Iterator[None]:
    """A camera that draws all but what is red."""
    draw = Camera.display_vectorized

    def draw_others(camera: Camera, vmobject: VMobject, context: object) -> Camera:
        if vmobject.get_fill_color().to_hex() == forgotten:
            return camera
        return draw(camera, vmobject, context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Camera, "display_vectorized", draw_others)
        yield


def test_equal_frames_are_counted(plain, lesson):
    assert verify(plain, SPEC).equal == 24
    verdict = verify(lesson, dataclasses.replace(SPEC, steps=("score",)))
    assert (verdict.equal, verdict.difference) == (20, None)


def test_the_first_frame_and_the_rectangle_that_differ_are_named():
    verdict = verify(Late, SPEC, drawing=forgets_red)
    assert verdict.equal == 7
    found = verdict.difference
    assert found is not None
    assert (found.frame, found.time) == (7, 0.7)
    # The dot's box in pixels: 11.25 a unit, its middle 4 units right of x = 80.
    assert found.rectangle == (122, 42, 128, 48)
    assert 24 <= found.pixels <= 36
    assert found.levels == 0xFC


def test_a_difference_is_told_in_one_line():
    told = str(Difference(7, 0.7, (122, 42, 128, 48), 1, 1))
    assert (
        told == "frame 7 at 0.700 s: 1 pixel differs by up to 1 level in x 122 to 127, y 42 to 47"
    )


class Longer(Scene):
    def construct(self):
        self.wait(0.4 if Camera.display_vectorized.__name__ == "draw_others" else 0.2)


class Unsteady(Scene):
    """Never twice the same, and differently drawn the other way."""

    turn = 0

    def construct(self):
        type(self).turn += 1
        self.add(Square().rotate(self.turn / 10))
        self.wait(0.1)


def test_another_length_and_a_scene_that_differs_from_itself():
    with pytest.raises(MlanimError, match="Longer has 4 frames, and 2 as Manim draws it"):
        verify(Longer, SPEC, drawing=forgets_red)
    with pytest.raises(MlanimError, match="Unsteady differs from itself"):
        verify(Unsteady, SPEC)
