"""Manim's configuration is a render's own for as long as it lasts."""

from manim import Mobject, Square, config
from manim.mobject.opengl.opengl_mobject import OpenGLMobject

from mlanim.render.asked.spec import RenderSpec
from mlanim.render.stage.session import configured

SPEC = RenderSpec(width=96, height=54, fps=5, format="none", seed=1)


def test_settings_last_as_long_as_the_block():
    before = dict(config)
    with configured(SPEC):
        assert (config.pixel_width, config.frame_rate, config.seed) == (96, 5, 1)
        config.background_color = "#ff0000"
    assert dict(config) == before


def test_a_renderer_chosen_inside_is_given_back():
    with configured(SPEC):
        assert issubclass(Square, Mobject)
        config.renderer = "opengl"
        assert issubclass(Square, OpenGLMobject)
    assert issubclass(Square, Mobject)
    assert not issubclass(Square, OpenGLMobject)
