"""What has the same opening shows the same, and an edit anywhere changes it."""

from __future__ import annotations

import os
import sys
import warnings
from contextlib import contextmanager, nullcontext

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import (
    BLUE,
    DOWN,
    LEFT,
    PI,
    RED,
    RIGHT,
    UP,
    Circle,
    Create,
    FadeIn,
    FadeOut,
    Homotopy,
    ImageMobject,
    LaggedStart,
    Line,
    Scene,
    Square,
    Text,
    Transform,
    VGroup,
    VMobject,
    linear,
    smooth,
    tempconfig,
    there_and_back,
)

from mlanim.render.memory.cache import Cache
from mlanim.render.plays import cutting
from mlanim.render.plays.opening import Opener
from mlanim.render.sinks.segment import SegmentWriter
from mlanim.render.workers.drawer import Drawer


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """Short segments, some of several plays, in a cache of their own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(cutting, "_ENOUGH", 8)
    monkeypatch.setattr(cutting, "_PIECE", 6)
    return Cache()


@pytest.fixture
def film(make):
    """Renders with the cache, as a reader does again and again; without it by one process."""

    def run(scene, **options):
        jobs = 2 if options.get("cache", True) else 1
        given = {"cache": True, "jobs": jobs, "rendered_before": True, **options}
        return make(scene, "a.mp4", **given).paths[0].read_bytes()

    return run


@pytest.fixture
def drawn(monkeypatch):
    """Counts the segments that any process encoded since the last question.

    They tell it through a pipe: a file opened by who is no part of the engine would be the scene's.
    """
    told, tell = os.pipe()
    os.set_blocking(told, False)
    begin = SegmentWriter.__init__

    def count(self, path, film):
        os.write(tell, b"+")
        begin(self, path, film)

    def since():
        try:
            return len(os.read(told, 1 << 16))
        except BlockingIOError:
            return 0

    monkeypatch.setattr(SegmentWriter, "__init__", count)
    yield since
    os.close(told)
    os.close(tell)


def plays(*edits):
    """A scene of transforms and waits, each of which can be edited."""

    class Story(Scene):
        def construct(self):
            text, dots = Text("ab"), VGroup(*[Circle(0.2) for _ in range(3)]).arrange(DOWN)
            end = dict(enumerate(edits))
            self.add(Line(LEFT, RIGHT * end.get(0, 1)))
            self.play(LaggedStart(*[FadeIn(dot, shift=UP) for dot in dots], lag_ratio=0.3))
            self.play(Create(text), run_time=0.4 + end.get(1, 0))
            self.wait(0.3)
            self.play(dots.animate.shift(RIGHT * end.get(2, 1)), run_time=1.5)
            self.wait(0.5 + end.get(3, 0))
            self.play(Transform(text, Square(color=RED)), FadeOut(dots[0]), run_time=0.3)
            self.play(text.animate.rotate(PI * end.get(4, 0.5)).set_color(BLUE), run_time=0.4)

    return Story


def test_what_was_drawn_once_is_told_by_its_openings(film, drawn, monkeypatch):
    whole = film(plays())
    segments = drawn()
    assert segments >= 4
    monkeypatch.setattr(Drawer, "_look", lambda *_: pytest.fail("every frame was looked at"))
    assert film(plays()) == whole
    assert drawn() == 0


@pytest.mark.parametrize(
    ("edits", "most"),
    [((2,), 9), ((1, 0.2), 9), ((1, 0, 2), 5), ((1, 0, 1, 0.5), 3), ((1, 0, 1, 0, 1), 1)],
)
def test_an_edit_is_drawn_and_what_it_leaves_alone_is_not(film, drawn, edits, most):
    film(plays())
    whole = drawn()
    edited = film(plays(*edits))
    assert 1 <= drawn() <= min(most, whole)
    assert edited == film(plays(*edits), cache=False)


def pictures(wait=0.3, corner=0):
    """A scene in which pictures move, change, and rest behind and before vectors."""

    class Album(Scene):
        def construct(self):
            pixels = np.random.default_rng(1).integers(0, 256, (12, 20, 4), np.uint8)
            image = ImageMobject(pixels).stretch_to_fit_height(3)
            pixels[0, 0, 0] = corner
            other = ImageMobject(pixels).stretch_to_fit_height(2).shift(2 * RIGHT)
            self.play(FadeIn(image), Create(Square()), run_time=0.9)
            self.play(image.animate.shift(LEFT), run_time=0.9)
            self.add(other, Circle())
            self.play(Create(Line(LEFT, RIGHT)), run_time=0.9)
            self.play(FadeOut(image), run_time=0.9)
            self.wait(wait)

    return Album


def test_pictures_are_found_again(film, drawn):
    whole = film(pictures())
    segments = drawn()
    assert segments >= 4
    assert film(pictures()) == whole
    assert drawn() == 0
    longer = film(pictures(0.6))
    assert drawn() == 1
    assert longer == film(pictures(0.6), cache=False)


def test_one_pixel_that_differs_is_drawn(film, drawn):
    film(pictures())
    segments = drawn()
    edited = film(pictures(corner=255))
    assert 1 <= drawn() < segments
    assert edited == film(pictures(corner=255), cache=False)


@settings(max_examples=4, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from([1, 2, 3]), st.sampled_from([0, 0.2]), st.sampled_from([1, 2])),
        min_size=2,
        max_size=3,
    )
)
def test_any_row_of_edits_gives_what_no_cache_gives(tmp_path_factory, rows):
    from mlanim.render.asked.spec import RenderSpec
    from mlanim.render.engine import render

    folder = tmp_path_factory.mktemp("edits")
    for row in rows:
        given = {"resolution": "32,18", "fps": 10, "seed": 1}
        films = []
        for cached in (True, False):
            spec = RenderSpec.from_options(output=folder / "a.mp4", cache=cached, **given)
            render(plays(*row), spec, jobs=2 if cached else 1, rendered_before=True)
            films.append((folder / "a.mp4").read_bytes())
        assert films[0] == films[1]


def test_a_segment_that_was_lost_is_drawn_again(film, drawn, cache):
    whole = film(plays())
    drawn()
    for path in cache.folder.glob("films/*/*"):
        path.write_bytes(b"damaged")
        break
    assert film(plays()) == whole
    assert drawn() == 1


def test_promises_that_cannot_be_read_are_not_believed(film, cache):
    whole = film(plays())
    for path, text in zip(
        cache.folder.glob("openings/*"), ["", "[]", "{}", '{"openings": 3}'] * 9, strict=False
    ):
        path.write_text(text)
    assert film(plays()) == whole


def openings(make, scene):
    """The openings of a scene's plays, as they are told while it is rendered."""
    told = []

    class Listening(Opener):
        def of_play(self, scene, opening):
            told.append(super().of_play(scene, opening))
            return told[-1]

        def of_wait(self, scene):
            told.append(super().of_wait(scene))
            return told[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mlanim.render.workers.forked.Opener", Listening)
        make(scene, "b.mp4", cache=True, jobs=1)
    return told


def one_play(animation):
    class OnePlay(Scene):
        def construct(self):
            self.play(animation(), run_time=0.4)

    return OnePlay


STRENGTH = 1.0


def bending(strength):
    return lambda x, y, z, t: np.array([x + strength * t, y, z])


class Remember(Square):
    """It says what it holds in its own way."""

    def __getstate__(self):
        return {}


class Plainly(Square):
    """A mobject of the reader's own that changes as Manim's do."""

    def __init__(self):
        super().__init__(0.5)


class Jumping(Square):
    """One that does not."""

    def interpolate(self, *args, **kwargs):
        return super().interpolate(*args, **kwargs)


def test_the_same_play_opens_the_same(make):
    for play in (
        lambda: Square().animate.shift(RIGHT),
        lambda: FadeIn(Text("a")),
        lambda: Homotopy(bending(1), Square()),
        lambda: FadeIn(Plainly()),
    ):
        first, second = openings(make, one_play(play)), openings(make, one_play(play))
        assert first == second
        assert all(first)


def test_whatever_differs_opens_differently(make):
    def strong(x, y, z, t):
        return np.array([x + STRENGTH * t, y, z])

    def animations():
        yield lambda: Square().animate.shift(RIGHT)
        yield lambda: Square().animate.shift(RIGHT * 1.0000001)
        yield lambda: Square(color=RED).animate.shift(RIGHT)
        yield lambda: Square().animate(rate_func=linear).shift(RIGHT)
        yield lambda: Square().animate(rate_func=there_and_back).shift(RIGHT)
        yield lambda: Square().animate(rate_func=lambda t: t).shift(RIGHT)
        yield lambda: Square().animate(rate_func=lambda t: t * t).shift(RIGHT)
        yield lambda: Square().animate(path_arc=1).shift(RIGHT)
        yield lambda: VGroup(Square(), Square()).animate.shift(RIGHT)
        yield lambda: Transform(Square(), Circle())
        yield lambda: Homotopy(bending(1), Square())
        yield lambda: Homotopy(bending(2), Square())
        yield lambda: Homotopy(strong, Square())

    told = [openings(make, one_play(play))[0] for play in animations()]
    assert all(told)
    global STRENGTH
    STRENGTH = 2.0
    told.append(openings(make, one_play(lambda: Homotopy(strong, Square())))[0])
    assert len(set(told)) == len(told)


@pytest.mark.parametrize(
    "around",
    [
        lambda: np.errstate(divide="raise"),
        lambda: raising_warnings(),
        lambda: tempconfig({"background_color": RED}),
        lambda: deep(5000),
    ],
    ids=["NumPy's errors", "warnings", "a colour of the configuration", "depth"],
)
def test_what_surrounds_a_play_is_part_of_its_opening(make, around):
    def scene(entered):
        class Surrounded(Scene):
            def construct(self):
                with entered():
                    self.play(Square().animate.shift(RIGHT), run_time=0.4)

        return Surrounded

    plain, other = openings(make, scene(nullcontext)), openings(make, scene(around))
    assert all(plain)
    assert plain != other


@contextmanager
def raising_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@contextmanager
def deep(limit):
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(limit)
    yield
    sys.setrecursionlimit(before)


class Remembering:
    """A pace that nobody knows."""

    def __call__(self, t):
        return smooth(t)


class Wandering(Scene):
    """Its updater integrates time: every frame must be looked at."""

    def construct(self):
        square = Square().add_updater(lambda mobject, dt: mobject.shift(dt * UP))
        self.add(square)
        self.play(Circle().animate.shift(RIGHT), run_time=0.4)


def test_code_that_could_do_anything_has_no_opening(make):
    for scene in (
        one_play(lambda: FadeIn(Jumping())),
        one_play(lambda: Square().animate(rate_func=Remembering()).shift(RIGHT)),
        one_play(lambda: Homotopy(lambda *_: np.array([1.0 * len(sys.argv), 0, 0]), Remember())),
        Wandering,
    ):
        assert not any(openings(make, scene))


def test_a_library_that_a_scene_file_changed_has_no_openings(make, monkeypatch):
    original = Square.set_points

    def loud(self, points):
        return original(self, points)

    assert any(openings(make, one_play(lambda: FadeIn(Square()))))
    monkeypatch.setattr(VMobject, "set_points", loud)
    assert not any(openings(make, one_play(lambda: FadeIn(Square()))))
