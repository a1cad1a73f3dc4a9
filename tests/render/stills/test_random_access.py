"""A frame by itself is the frame of the film, bit for bit, and the others are not drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
from manim import (
    BLUE,
    DEGREES,
    LEFT,
    RED,
    RIGHT,
    UP,
    ChangeDecimalToValue,
    Create,
    DecimalNumber,
    Dot,
    FadeIn,
    FadeOut,
    ImageMobject,
    LaggedStart,
    MoveAlongPath,
    MovingCameraScene,
    PhaseFlow,
    Restore,
    Scene,
    Square,
    Succession,
    Text,
    ThreeDAxes,
    ThreeDScene,
    TracedPath,
    Transform,
    ValueTracker,
    Write,
    ZoomedScene,
    always_redraw,
)

from mlanim.errors import MlanimError, UsageError
from mlanim.explainer import Explainer
from mlanim.motion import in_turn, together
from mlanim.primitives import TensorBox
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render
from mlanim.render.stage.observer import Observer
from mlanim.render.stage.renderer import FrameRenderer
from mlanim.render.stage.session import configured
from mlanim.render.stills.random_access import frames_every, look_at, look_at_end, look_at_frames

SPEC = RenderSpec(width=128, height=72, fps=10, format="none", seed=1)


class Film(Observer):
    """All frames of the output."""

    def __init__(self) -> None:
        self.frames: list[np.ndarray] = []

    def frame(self, pixels: np.ndarray, time: float, repeat: int) -> None:
        self.frames += [pixels.copy()] * repeat


class Stateless(Scene):
    def construct(self):
        square = Square(color=RED, fill_opacity=0.5)
        self.play(Write(Text("abc").shift(UP)), run_time=0.5)
        self.play(LaggedStart(Create(square), FadeIn(Dot(LEFT)), lag_ratio=0.5), run_time=0.5)
        self.wait(0.4)
        self.play(Succession(square.animate.shift(RIGHT), FadeOut(square)), run_time=0.6)
        self.play(Transform(Square(), Dot()), run_time=0.3)


class Updaters(Scene):
    def construct(self):
        turn = ValueTracker(0)
        self.add(always_redraw(lambda: Square().rotate(turn.get_value())))
        drift = Dot().add_updater(lambda mobject, dt: mobject.shift(dt * RIGHT))
        self.add(drift, TracedPath(drift.get_center))
        self.play(turn.animate.set_value(1), run_time=0.5)
        self.wait(0.5)
        self.play(turn.animate.set_value(2), run_time=0.5)


class GoesOn(Scene):
    """Animations that go on from where they were."""

    def construct(self):
        number = DecimalNumber(0, mob_class=Text).shift(2 * UP)
        self.play(MoveAlongPath(Dot(), Square()), run_time=0.5)
        self.play(PhaseFlow(lambda point: 3 * UP * point[0], Square()), run_time=0.4)
        self.add(number)
        self.play(ChangeDecimalToValue(number, 7.25), run_time=0.4)
        self.play(FadeIn(Dot(LEFT)), run_time=0.3)


class Space(ThreeDScene):
    def construct(self):
        self.set_camera_orientation(phi=60 * DEGREES, theta=30 * DEGREES)
        self.add(ThreeDAxes())
        self.begin_ambient_camera_rotation(rate=1)
        self.wait(0.4)
        self.stop_ambient_camera_rotation()
        self.move_camera(phi=20 * DEGREES, run_time=0.4)
        self.wait(0.2)


class Camera(MovingCameraScene):
    def construct(self):
        self.add(Square(), ImageMobject(np.arange(48, dtype=np.uint8).reshape(4, 4, 3)).shift(LEFT))
        self.camera.frame.save_state()
        self.play(self.camera.frame.animate.scale(0.5).shift(LEFT), run_time=0.4)
        self.play(Restore(self.camera.frame), run_time=0.4)
        self.play(Create(Dot()), run_time=0.3)


class Window(ZoomedScene):
    def construct(self):
        self.add(Square(color=BLUE))
        self.activate_zooming(animate=False)
        self.play(self.zoomed_camera.frame.animate.shift(RIGHT), run_time=0.4)
        self.play(self.zoomed_camera.frame.animate.scale(0.5), run_time=0.4)


class Teaching(Explainer):
    """Verbs with times of their own."""

    def construct(self):
        box = TensorBox([0.5, -1.0, 2.0], theme=self.theme)
        with self.step("first"):
            self.play(in_turn(FadeIn(box), box.animate.set_values([1.0, 1.0, -2.0])), run_time=0.6)
        with self.step("second"):
            self.play(together(box.animate.set_values([0, 0, 0]), FadeIn(Dot()), lag=0.2))
            self.wait(0.3)


class Skips(Scene):
    """Manim goes through a section that is skipped in one step, updaters too."""

    def construct(self):
        dot = Dot(2 * LEFT)
        self.add(
            dot.add_updater(lambda mobject, dt: mobject.shift(dt * mobject.get_center()[0] * UP))
        )
        self.next_section("unseen", skip_animations=True)
        self.play(dot.animate.shift(RIGHT), run_time=0.5)
        self.next_section("seen")
        self.play(dot.animate.shift(RIGHT), run_time=0.5)
        self.wait(0.3)


def brightness(pixels: np.ndarray) -> float:
    return float(np.asarray(pixels)[..., :3].mean()) / 255


class ReadsFrames(Scene):
    """What is shown depends on pictures of the film, taken behind plays."""

    def construct(self):
        square = Square(fill_opacity=1)
        for turn in range(3):
            self.play(square.animate.scale(1.3).shift(0.3 * UP), run_time=0.4)
            light = brightness(self.renderer.get_frame()) + brightness(self.camera.get_image())
            self.add(Dot(radius=0.1 + light).shift(turn * RIGHT + 2 * LEFT))
        self.wait(0.3)


class ReadsInUpdater(Scene):
    """An updater looks at the frame before."""

    def construct(self):
        dot = Dot().add_updater(lambda dot: dot.set_x(20 * brightness(self.camera.pixel_array)))
        self.add(dot)
        self.play(FadeIn(Square(fill_opacity=1)), run_time=0.8)
        self.play(Create(Square(3)), run_time=0.4)


SCENES = [
    Skips,
    Stateless,
    Updaters,
    GoesOn,
    Space,
    Camera,
    Window,
    Teaching,
    ReadsFrames,
    ReadsInUpdater,
]


@pytest.mark.parametrize("scene", SCENES)
def test_chosen_frames_are_those_of_the_film(scene: type[Scene]) -> None:
    film = Film()
    render(scene, SPEC, observer=film)
    total = len(film.frames)
    chosen = [total // 2, total - 2, total - 1]  # plays before them are fast-forwarded
    glimpses = {}
    with configured(SPEC):
        look_at(scene, SPEC, [i / 10 for i in chosen], lambda g: glimpses.update({g.frame: g}))
    assert sorted(glimpses) == chosen
    assert [glimpses[i].time for i in chosen] == [i / 10 for i in chosen]
    for i in chosen:
        np.testing.assert_array_equal(glimpses[i].pixels, film.frames[i])


def test_times_are_those_of_the_chosen_steps(lesson) -> None:
    part = replace(SPEC, steps=("score",))
    film = Film()
    render(lesson, part, observer=film)
    found = []
    with configured(part):
        look_at(lesson, part, [1.5], found.append)
    np.testing.assert_array_equal(found[0].pixels, film.frames[15])


def seen(scene: type[Scene], look: Callable[..., None], *times: float) -> list[int]:
    frames: list[int] = []
    with configured(SPEC):
        look(scene, SPEC, *times, lambda glimpse: frames.append(glimpse.frame))
    return frames


def test_the_very_end_is_the_last_frame_and_beyond_it_is_nothing(plain) -> None:
    assert seen(plain, look_at, [2.4]) == [23]
    assert seen(plain, look_at, [2.35, 2.4]) == [23]
    assert seen(plain, look_at, [0.79, 0.7, 0.6999]) == [6, 7]
    with pytest.raises(UsageError, match=r"2.5 s is past the end of Plain: it is 2.4 s long"):
        seen(plain, look_at, [0.1, 2.5])


class Once(Scene):
    def construct(self):
        self.play(Create(Square()), run_time=0.4)


def test_a_frame_of_the_only_play_is_seen_once() -> None:
    assert seen(Once, look_at, [0.1]) == [1]
    assert seen(Once, look_at, [0.4]) == [3]


def test_only_the_chosen_frames_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []
    draw = FrameRenderer.update_frame
    monkeypatch.setattr(
        FrameRenderer, "update_frame", lambda *args, **kw: (drawn.append(1), draw(*args, **kw))
    )
    seen(Stateless, look_at, [2.1])
    assert len(drawn) <= 3  # Manim's camera takes its view from the first; what stands; the frame


@pytest.mark.parametrize(
    ("seconds", "frames"),
    [(0.25, [3, 5, 8, 10]), (0.1, [1, 2, 3, 4]), (1e-9, [1, 2, 3, 4]), (1.0, [10, 20, 30, 40])],
)
def test_frames_every_so_many_seconds(seconds: float, frames: list[int]) -> None:
    assert list(islice(frames_every(seconds, fps=10), 4)) == frames


class Nothing(Scene):
    def construct(self):
        self.add(Square())


class Fails(Scene):
    def construct(self):
        self.wait(0.2)
        self.play(FadeIn(Dot()), run_time=0.2)
        raise ValueError("too late")


def test_a_scene_without_plays_is_one_picture() -> None:
    assert seen(Nothing, look_at, [0]) == seen(Nothing, look_at_end) == [0]
    with pytest.raises(UsageError, match="it is 0 s long"):
        seen(Nothing, look_at, [1])


def test_what_comes_later_is_not_played() -> None:
    assert seen(Fails, look_at, [0.3]) == [3]
    with pytest.raises(MlanimError, match="ValueError: too late"):
        seen(Fails, look_at, [0.5])


@pytest.mark.parametrize("scene", [ReadsFrames, ReadsInUpdater])
def test_the_end_is_that_of_the_film_where_the_scene_reads_pixels(scene: type[Scene]) -> None:
    class Ends(Observer):
        """Looks at each play's end, drawing what it likes, as a storyboard does."""

        def __init__(self) -> None:
            self.plays: list[str] = []

        def play_skipped(self, scene: Scene) -> None:
            self.plays.append("skipped")
            scene.camera.reset()

        def play_finished(self, scene: Scene, time: float) -> None:
            self.plays.append("finished")
            scene.camera.reset()

    film, ends, found = Film(), Ends(), []
    render(scene, SPEC, observer=film)
    with configured(SPEC):
        look_at_end(scene, SPEC, lambda glimpse: found.append(glimpse.pixels), observer=ends)
    assert ends.plays == ["skipped"] * (4 if scene is ReadsFrames else 2)
    if scene is ReadsFrames:  # it rests at its end
        np.testing.assert_array_equal(found[0], film.frames[-1])
    every, told = [], Ends()
    with configured(SPEC):
        frames = range(1, len(film.frames), 3)
        look_at_frames(scene, SPEC, frames, lambda glimpse: every.append(glimpse), observer=told)
    assert [glimpse.frame for glimpse in every] == list(frames)
    for glimpse in every:
        np.testing.assert_array_equal(glimpse.pixels, film.frames[glimpse.frame])


COUNTED: list[int] = []


class ReadsAndActs(ReadsFrames):
    def construct(self):
        COUNTED.append(1)
        super().construct()


class ReadsAndWrites(ReadsFrames):
    log = ""

    def construct(self):
        with open(self.log, "a") as file:  # noqa: PTH123
            file.write("once")
        super().construct()


def test_a_scene_that_reads_pixels_and_acts_is_not_played_twice(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(ReadsAndWrites, "log", str(tmp_path / "log"))
    with pytest.raises(
        MlanimError, match=r"writes .*log at .*\.py:\d+, and reads the camera's pixels"
    ):
        seen(ReadsAndWrites, look_at_end)
    assert (tmp_path / "log").read_text() == "once"
    with pytest.raises(MlanimError, match="changes what its modules hold, and reads"):
        seen(ReadsAndActs, look_at, [0.7])
