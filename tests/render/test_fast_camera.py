"""The fast way and Manim's own give the same pixels, on every kind of mobject that Manim's camera draws."""

import contextlib
import importlib.util
import inspect
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from manim import Camera, Mobject, Scene, logger, tempconfig
from manim.renderer.cairo_renderer import CairoRenderer

from mlanim.render.fast_animating import fast_animating
from mlanim.render.fast_camera import fast_drawing

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


def _frames(scene_class, *ways):
    small = {"pixel_width": 96, "pixel_height": 54, "frame_rate": 5, "seed": 1}
    with tempconfig({**small, "disable_caching": True, "progress_bar": "none"}):
        with contextlib.ExitStack() as stack:
            for way in ways:
                stack.enter_context(way())
            renderer = _Collector(camera_class=scene_class().camera_class)
            scene = scene_class(renderer=renderer)
            scene.setup()
            scene.construct()
            renderer.update_frame(scene)
            return [*renderer.frames, renderer.get_frame()]


@pytest.mark.parametrize("scene_class", SCENES, ids=lambda kind: kind.__name__)
def test_same_pixels_as_manim(scene_class):
    logger.setLevel("ERROR")
    theirs = _frames(scene_class)
    ours = _frames(scene_class, fast_drawing, fast_animating)
    assert len(ours) == len(theirs)
    for number, (mine, expected) in enumerate(zip(ours, theirs, strict=True)):
        different = np.argwhere((mine != expected).any(axis=-1))
        assert len(different) == 0, f"frame {number}: {len(different)} pixels, first at {different[0]}"


def test_enough_pictures_that_show_something():
    assert len(SCENES) >= 60
