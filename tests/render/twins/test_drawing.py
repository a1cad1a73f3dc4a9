"""The twins around Manim's own rendering, without anything else of the engine."""

import re
from pathlib import Path

import manim
import numpy as np
from manim import BLUE, RED, Camera, Circle, Create, Scene, Text, VGroup, tempconfig
from manim.camera import camera as manim_camera
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath
from manim.renderer.cairo_renderer import CairoRenderer
from manim.scene import scene as manim_scene
from manimpango import PangoUtils

from mlanim.render.twins.drawing import engines_drawing, is_engines_drawing

ROOT = Path(__file__).parents[3]


class _Collector(CairoRenderer):
    def __init__(self):
        super().__init__()
        self.frames = []

    def add_frame(self, frame, num_frames=1):
        self.frames.append(np.array(frame))
        self.time += num_frames / self.camera.frame_rate


class _Plain(Scene):
    def construct(self):
        crowd = VGroup(*(Circle(0.3, color, fill_opacity=0.5) for color in [RED, BLUE] * 6))
        self.play(Create(crowd.arrange_in_grid(3)), run_time=0.4)
        self.play(crowd.animate.scale(0.6).shift(crowd.get_center()), run_time=0.3)
        self.add(Text("twins").to_edge([0, 1, 0]))
        self.wait(0.2)


def _frames():
    plain = {"pixel_width": 160, "pixel_height": 90, "frame_rate": 10, "dry_run": True}
    with tempconfig({**plain, "progress_bar": "none"}):
        scene = _Plain(renderer=_Collector())
        scene.render()
    return scene.renderer.frames


def test_manims_own_render_gives_the_same_frames():
    manims = _frames()
    before = dict(vars(Camera))
    with engines_drawing():
        assert is_engines_drawing()
        sooner = _frames()
    assert dict(vars(Camera)) == before and not is_engines_drawing()
    assert len(manims) == len(sooner) >= 7
    for one, other in zip(manims, sooner, strict=True):
        np.testing.assert_array_equal(one, other)
    assert len({frame.tobytes() for frame in manims}) > 5


def test_the_guide_names_all_that_is_replaced():
    homes = [
        *(kind for kind in vars(manim).values() if isinstance(kind, type)),
        *(VMobjectFromSVGPath, PangoUtils, manim_camera, manim_scene),
    ]
    before = [dict(vars(home)) for home in homes]
    with engines_drawing():
        inside = [dict(vars(home)) for home in homes]
    names = {
        name
        for was, home in zip(before, inside, strict=True)
        for name in home
        if home[name] is not was.get(name)
    }
    named = set(re.findall(r"\w+", (ROOT / "docs" / "guide" / "twins.md").read_text()))
    assert len(names) > 20
    assert not names - named
