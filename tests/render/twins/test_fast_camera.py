"""The fast way and Manim's own give the same pixels, on every kind of mobject."""

import contextlib
import importlib.util
import inspect
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from manim import (
    BLUE,
    GREEN,
    LEFT,
    PI,
    RED,
    RIGHT,
    UP,
    Camera,
    CapStyleType,
    Circle,
    Dot,
    FadeOut,
    Line,
    Mobject,
    Polygon,
    Rotate,
    Scene,
    Square,
    Text,
    Transform,
    Triangle,
    VGroup,
    VMobject,
    logger,
    tempconfig,
)
from manim.renderer.cairo_renderer import CairoRenderer
from manim.utils.iterables import list_update

from mlanim.render.twins.fast_animating import fast_animating
from mlanim.render.twins.fast_building import fast_building
from mlanim.render.twins.fast_camera import fast_drawing
from mlanim.render.twins.frame_changes import changed_rectangle
from mlanim.render.twins.repaint import Repainter

PICTURES = Path(__file__).parent / "pictures"


class _Collector(CairoRenderer):
    """Keeps every frame instead of encoding it."""

    def init_scene(self, scene, session_spec, file_writer_settings):
        self.frames = []
        still = SimpleNamespace(is_still=False, is_video=True, fallback_to_still=False)
        section = SimpleNamespace(skip_animations=False)
        self.file_writer = SimpleNamespace(output_spec=still, sections=[section])
        for name in ("add_partial_movie_file", "begin_animation", "end_animation", "finish"):
            setattr(self.file_writer, name, lambda *args, **kwargs: None)

    def add_frame(self, frame, num_frames=1):
        self.time += num_frames / self.camera.frame_rate
        self.frames.append(frame)


class _Repainting(_Collector):
    """Draws with a Repainter, and believes what it says of what changed."""

    def update_frame(self, scene, mobjects=None, **_):
        if not hasattr(self, "repainter"):
            self.repainter, self.shown = Repainter(self.camera), None
        mobjects = mobjects or list_update(scene.mobjects, scene.foreground_mobjects)
        area = self.repainter.paint(mobjects, self.static_image)
        if self.shown is None or self.shown.shape != self.camera.pixel_array.shape:
            self.shown = self.camera.pixel_array.copy()
        if area is not None:
            part = np.s_[area.y : area.y + area.height, area.x : area.x + area.width]
            self.shown[part] = self.camera.pixel_array[part]

    def get_frame(self):
        assert (self.shown == self.camera.pixel_array).all(), "changed outside of the rectangle"
        return super().get_frame()


def _scenes(path):
    spec = importlib.util.spec_from_file_location(f"pictures_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return [
        kind
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Scene) and kind.__module__ == module.__name__
    ]


SCENES = [kind for path in sorted(PICTURES.glob("*.py")) for kind in _scenes(path)]


def _frames(scene_class, *ways, renderer_class=_Collector, width=96, rate=5):
    small = {"pixel_width": width, "pixel_height": width * 9 // 16, "frame_rate": rate, "seed": 1}
    with contextlib.ExitStack() as stack:
        stack.enter_context(tempconfig({**small, "disable_caching": True, "progress_bar": "none"}))
        for way in ways:
            stack.enter_context(way())
        renderer = renderer_class(camera_class=scene_class().camera_class)
        scene = scene_class(renderer=renderer)
        scene.setup()
        scene.construct()
        renderer.update_frame(scene)
        return [*renderer.frames, renderer.get_frame()]


def _assert_same(ours, theirs):
    assert len(ours) == len(theirs)
    for number, (mine, expected) in enumerate(zip(ours, theirs, strict=True)):
        different = np.argwhere((mine != expected).any(axis=-1))
        assert len(different) == 0, f"frame {number}: {len(different)} pixels, first {different[0]}"


@pytest.mark.parametrize("scene_class", SCENES, ids=lambda kind: kind.__name__)
def test_same_pixels_as_manim(scene_class):
    logger.setLevel("ERROR")
    theirs = _frames(scene_class)
    ways = fast_drawing, fast_animating
    _assert_same(_frames(scene_class, *ways), theirs)
    _assert_same(_frames(scene_class, *ways, renderer_class=_Repainting), theirs)


def test_enough_pictures_that_show_something():
    assert len(SCENES) >= 60


def test_manim_is_left_as_it_was():
    places = [(Camera, "capture_mobjects"), (Mobject, "__deepcopy__"), (Mobject, "get_family")]
    before = [vars(owner)[name] for owner, name in places]
    with contextlib.suppress(ZeroDivisionError), fast_drawing(), fast_animating():
        assert [vars(owner)[name] for owner, name in places] != before
        raise ZeroDivisionError
    assert [vars(owner)[name] for owner, name in places] == before


def test_a_scene_that_replaces_manims_own_methods(monkeypatch):
    monkeypatch.setattr(VMobject, "get_stroke_width", lambda self, background=False: 7.0)
    theirs = _frames(ManyThings, width=320)
    ours = _frames(ManyThings, fast_drawing, renderer_class=_Repainting, width=320)
    _assert_same(ours, theirs)


def _thick(self, background=False):
    return 7.0


def _half_way(self, start, end, alpha, path_func=None):
    self.points = (start.points + end.points) / 2
    return self


class _Bent(Square):
    """The reader's own, whose methods a scene replaces."""


REPLACED_IN_MID_FILM = {
    "of the camera": (Camera, "apply_stroke", lambda self, *args, **kwargs: self),
    "of the camera's paths": (Camera, "transform_points_pre_display", lambda s, m, p: p * 0.5),
    "of all mobjects": (VMobject, "get_stroke_width", _thick),
    "of one kind": (Circle, "get_stroke_width", _thick),
    "of the reader's": (_Bent, "get_stroke_width", _thick),
    "how they move": (VMobject, "interpolate", _half_way),
    "how the reader's move": (_Bent, "interpolate", _half_way),
    "how they transform": (Transform, "interpolate_submobject", lambda self, *args: self),
    "how families are walked": (Mobject, "get_num_points", lambda self: 0),
    "where they end": (Mobject, "get_extremum_along_dim", lambda self, *args, **kwargs: 1.0),
}


@pytest.mark.parametrize("of", [*REPLACED_IN_MID_FILM, "of one mobject", "of the one camera"])
def test_a_method_that_is_replaced_between_plays(of):
    class Changing(Scene):
        def construct(self):
            kinds = (Square, Circle, _Bent) * 6
            shapes = VGroup(*(kind().set_stroke(width=2) for kind in kinds)).arrange_in_grid()
            shapes.scale_to_fit_height(7)
            self.play(shapes.animate.shift(RIGHT), run_time=0.3)
            if of == "of one mobject":
                shapes[3].get_stroke_width = lambda background=False: 7.0
                shapes[4].interpolate = lambda *args, **kwargs: shapes[4]
                self.play(shapes.animate.shift(UP), run_time=0.3)
            elif of == "of the one camera":
                self.camera.apply_stroke = lambda *args, **kwargs: self.camera
                self.play(shapes.animate.shift(UP), run_time=0.3)
            else:
                with pytest.MonkeyPatch.context() as patch:
                    patch.setattr(*REPLACED_IN_MID_FILM[of])
                    shapes[0].next_to(shapes[1], UP)
                    self.play(shapes.animate.shift(UP), run_time=0.3)
            self.play(shapes.animate.shift(LEFT), run_time=0.3)

    theirs = _frames(Changing, width=128, rate=10)
    ways = fast_drawing, fast_animating, fast_building
    ours = _frames(Changing, *ways, renderer_class=_Repainting, width=128, rate=10)
    _assert_same(ours, theirs)


def test_copies_share_nothing_that_changes():
    with fast_animating():
        original = VGroup(Text("ab"), Square(color=RED))
        original.twin = original[1]
        copied = original.copy()
    assert copied.twin is copied[1] is not original[1]
    copied.shift(RIGHT).set_color(BLUE)
    assert original[1].get_color() == RED
    assert np.allclose(original.get_center(), copied.get_center() - RIGHT)


class ManyThings(Scene):
    """Lines, rings, squares and letters in a crowd, of which a few change at a time."""

    def construct(self):
        rng = np.random.default_rng(5)
        for k in range(60):
            a, b = rng.uniform(-4, 4, (2, 3)) * (1.6, 1, 0)
            shape = [Line(a, b), Circle(0.5), Square(0.5, fill_opacity=0.5), Triangle()][k % 4]
            shape.set_stroke(width=[1, 12, 40][k % 3], color=[RED, BLUE, GREEN][k % 3])
            self.add(shape if k % 4 == 0 else shape.move_to(a))
        for mobject in list(self.mobjects)[:8]:
            self.play(mobject.animate.shift(0.7 * UP).rotate(0.4), run_time=0.8)


def test_a_crowd_in_which_a_few_move():
    theirs = _frames(ManyThings, width=640, rate=10)
    ours = _frames(ManyThings, fast_drawing, renderer_class=_Repainting, width=640, rate=10)
    _assert_same(ours, theirs)


class SharpCorners(Scene):
    """Few things move over much that rests, with corners that reach far beyond their points."""

    def construct(self):
        self.add(*(Dot([x, y, 0]) for x in range(-6, 7, 2) for y in range(-3, 4)))
        spike = Polygon([-2, 0, 0], [2, 0.5, 0], [2, -0.5, 0]).set_stroke(RED, 30)
        line = Line(LEFT, RIGHT).set_stroke(BLUE, 60).set_cap_style(CapStyleType.SQUARE)
        self.play(Rotate(spike, PI), line.animate.shift(2 * UP), run_time=1)
        self.play(spike.animate.shift(9 * RIGHT).set_stroke(width=2), run_time=1)
        self.play(FadeOut(line), spike.animate.shift(9 * LEFT).set_stroke(width=90), run_time=1)


def test_ink_reaches_no_further_than_what_is_cleared():
    theirs = _frames(SharpCorners, width=640, rate=10)
    ours = _frames(SharpCorners, fast_drawing, renderer_class=_Repainting, width=640, rate=10)
    _assert_same(ours, theirs)


def test_a_crowd_is_redrawn_in_part():
    parts = []

    class Counting(_Repainting):
        def get_frame(self):
            parts.append(self.repainter.partly)
            return super().get_frame()

    _frames(ManyThings, fast_drawing, renderer_class=Counting, width=640, rate=10)
    assert np.mean(parts) > 0.3


def test_changed_rectangle_is_the_smallest():
    frame = np.zeros((20, 30, 4), np.uint8)
    other = frame.copy()
    assert changed_rectangle(frame, other) is None
    other[3, 7, 2] = other[11, 25, 0] = 1
    assert changed_rectangle(frame, other) == (7, 3, 19, 9)
    assert changed_rectangle(frame[:, 5:], other[:, 5:]) == (2, 3, 19, 9)
