"""Verify finds the first frame that is not Manim's, and where in it."""

from __future__ import annotations

import dataclasses
import os
import sys

import numpy as np
import pytest
from manim import LEFT, RED, RIGHT, UP, Create, Dot, ImageMobject, Scene, Square

from mlanim.errors import MlanimError, UsageError
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.verify import Difference, verify

SPEC = RenderSpec(width=160, height=90, fps=10, seed=1)


def is_mlanim() -> bool:
    """Whether the engine renders what is asking."""
    return "mlanim.render.engine" in sys.modules


class Late(Scene):
    """A red dot, 0.4 units wide, enters at the right in frame 7; not under mlanim."""

    def construct(self):
        self.play(Create(Square()), run_time=0.5)
        self.wait(0.2)
        if not is_mlanim():
            self.add(Dot(4 * RIGHT, radius=0.2, color=RED))
        self.wait(0.3)


class Longer(Scene):
    def construct(self):
        self.wait(0.4 if is_mlanim() else 0.2)


class Unsteady(Scene):
    """Never twice the same."""

    def construct(self):
        self.add(Square().rotate(int.from_bytes(os.urandom(4)) / 1e9))
        self.wait(0.1)


class Ends(Scene):
    def construct(self):
        self.wait(0.1)
        os._exit(3)


class FailsInMidPlay(Scene):
    def construct(self):
        self.add(Dot().add_updater(lambda mobject, dt: {}[self.time]))
        self.wait(1)


class Skipping(Scene):
    """What is skipped goes in one step, as Manim does it; and an empty play adds nothing."""

    def construct(self):
        drifting = Dot().add_updater(lambda mobject, dt: mobject.shift(dt * RIGHT + dt**2 * UP))
        self.add(drifting)
        self.next_section("skipped", skip_animations=True)
        self.wait(1)
        self.next_section("shown")
        self.play(Square().animate.shift(LEFT), run_time=0.5)


def test_equal_frames_are_counted(lesson):
    verdict = verify(lesson, dataclasses.replace(SPEC, steps=("score",)), jobs=2)
    assert (verdict.equal, verdict.difference) == (20, None)


def test_sections_that_are_skipped_are_skipped_as_manim_does():
    clear = dataclasses.replace(SPEC, transparent=True, format="mov", cache=False)
    assert verify(Skipping, clear).equal == 5


class Unplayed(Scene):
    """A half transparent picture, and a disc: no play."""

    def construct(self):
        picture = ImageMobject(np.full((8, 8, 4), (100, 60, 20, 128), np.uint8))
        self.add(picture.shift(2 * LEFT), Dot(RIGHT, radius=1, fill_opacity=0.5))


class Half(Unplayed):
    """The same for a moment, and it moves."""

    def construct(self):
        super().construct()
        self.play(self.mobjects[0].animate.shift(RIGHT), run_time=0.3)


@pytest.mark.parametrize(("scene", "frames"), [(Unplayed, 1), (Half, 3)])
def test_what_can_be_seen_through_is_compared_as_manims_camera_has_it(scene, frames):
    verdict = verify(scene, dataclasses.replace(SPEC, transparent=True, format="webm"))
    assert (verdict.equal, verdict.difference) == (frames, None)


def test_the_first_frame_and_the_rectangle_that_differ_are_named():
    verdict = verify(Late, SPEC)
    assert verdict.equal == 7
    found = verdict.difference
    assert found is not None
    assert (found.frame, found.time, found.cached) == (7, 0.7, False)
    # The dot's box in pixels: 11.25 a unit, its middle 4 units right of x = 80.
    assert found.rectangle == (122, 42, 128, 48)
    assert 24 <= found.pixels <= 36
    assert found.levels == 0xFC


def test_a_difference_is_told_in_one_line():
    told = Difference(7, 0.7, (122, 42, 128, 48), 1, 1)
    line = "frame 7 at 0.700 s: 1 pixel differs by up to 1 level in x 122 to 127, y 42 to 47"
    assert str(told) == line
    cached = dataclasses.replace(told, cached=True)
    assert str(cached) == f"{line} when it comes of the cache"


def test_another_length_and_a_scene_that_differs_from_itself():
    with pytest.raises(MlanimError, match="Longer has 4 frames, and 2 as Manim draws it"):
        verify(Longer, SPEC)
    with pytest.raises(MlanimError, match="Unsteady differs from itself"):
        verify(Unsteady, SPEC)


def test_a_scene_that_fails_or_ends_its_process():
    with pytest.raises(MlanimError, match=r"test_verify.py:\d+: KeyError"):
        verify(FailsInMidPlay, SPEC)
    with pytest.raises(MlanimError, match="Ends ends the process that renders it: exit code 3"):
        verify(Ends, SPEC)


def test_a_class_that_no_file_has_cannot_be_verified():
    class Inside(Scene):
        pass

    with pytest.raises(UsageError, match="Inside cannot be verified"):
        verify(Inside, SPEC)
