"""Manim's own functions, replaced by the reader: for all or for one, for good or for a while."""

from contextlib import contextmanager

import manim
import numpy as np
from manim import *

SIDE = 1.0


def film(scene, number=4):
    square = Square(SIDE)
    for _ in range(number):
        scene.play(square.animate.rotate(0.4).shift(0.3 * RIGHT), run_time=10 / number)


@contextmanager
def replaced(owner, name, value):
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield before
    finally:
        setattr(owner, name, before)


class PatchedDrawing(Scene):
    """Camera.display_vectorized draws nothing that is small. [repeats]"""

    def construct(self):
        draw = Camera.display_vectorized

        def large_only(camera, vmobject, context):
            return draw(camera, vmobject, context) if vmobject.width > 1.2 else camera

        with replaced(Camera, "display_vectorized", large_only):
            self.add(Dot(2 * UP))
            film(self)


class PatchedStroke(Scene):
    """Strokes are drawn twice as wide from the third play on. [repeats]"""

    def construct(self):
        film(self, 2)
        before = Camera.apply_stroke

        def wide(camera, context, vmobject, background=False):
            vmobject = vmobject.copy().set_stroke(width=2 * vmobject.get_stroke_width())
            return before(camera, context, vmobject, background)

        with replaced(Camera, "apply_stroke", wide):
            film(self, 3)


class PatchedInterpolation(Scene):
    """VMobject.interpolate counts its calls. [repeats]"""

    def construct(self):
        before, calls = VMobject.interpolate, []

        def counted(mobject, *args, **kwargs):
            calls.append(1)
            return before(mobject, *args, **kwargs)

        with replaced(VMobject, "interpolate", counted):
            film(self)
        self.play(FadeIn(Dot(len(calls) % 7 / 3 * UP)), run_time=1)


class PatchedPace(Scene):
    """The default pace of all animations. [repeats]"""

    def construct(self):
        with replaced(manim.animation.animation, "smooth", lambda t: t * t):
            film(self)


class PatchedAnimation(Scene):
    """Create and Transform are replaced by the reader's own classes. [repeats]"""

    def construct(self):
        class Slow(Create):
            def interpolate_mobject(self, alpha):
                super().interpolate_mobject(alpha * alpha)

        for shape in (Square(SIDE), Circle(), Triangle()):
            self.play(Slow(shape), run_time=3)


class PatchedColour(Scene):
    """set_color paints one channel less. [repeats]"""

    def construct(self):
        before = VMobject.set_color

        def without_red(mobject, color=YELLOW, family=True):
            red, green, blue = ManimColor(color).to_rgb()
            return before(mobject, ManimColor([red / 2, green, blue]), family)

        with replaced(VMobject, "set_color", without_red):
            square = Square(SIDE)
            for color in (RED, ORANGE, YELLOW, PINK):
                self.play(square.animate.set_color(color), run_time=2.5)


class PatchedRenderer(Scene):
    """The renderer of this scene draws a frame in between. [repeats]"""

    def construct(self):
        shown = []
        before = self.renderer.update_frame

        def counted(*args, **kwargs):
            shown.append(1)
            return before(*args, **kwargs)

        self.renderer.update_frame = counted
        film(self)
        self.play(FadeIn(Square(SIDE / 2 + len(shown) % 9 / 9)), run_time=1)


class PatchedScene(Scene):
    """Scene.play of this class says what it does before it does it. [repeats]"""

    def play(self, *animations, **kwargs):
        self.add(Dot(len(self.mobjects) * 0.2 * RIGHT))
        super().play(*animations, **kwargs)

    def construct(self):
        film(self, 5)


class PatchedNumpy(Scene):
    """A function of NumPy's gives something else in one play. [repeats]"""

    def construct(self):
        film(self, 2)
        with replaced(
            np, "clip", lambda array, low, high, **kw: np.minimum(np.maximum(array, low), high)
        ):
            film(self, 3)


class PatchedInstance(Scene):
    """One object of many has methods of its own. [repeats]"""

    def construct(self):
        squares = VGroup(*[Square(SIDE / 2).shift(x * RIGHT) for x in (-2, 0, 2)])
        bent = squares[1]
        bent.get_stroke_width = lambda background=False: 12
        before = bent.interpolate
        bent.interpolate = lambda *args, **kwargs: before(*args, **kwargs).shift(0.01 * UP)
        for _ in range(4):
            self.play(squares.animate.rotate(0.5), run_time=2.5)


class OwnKinds(Scene):
    """Mobjects that draw, copy and move in their own way. [repeats]"""

    def construct(self):
        shape = Trembling(SIDE)
        for _ in range(4):
            self.play(shape.animate.shift(0.4 * UP), run_time=1.5)
            self.play(Transform(shape, Trembling(SIDE * 1.5)), run_time=1)


class Trembling(Square):
    def __init__(self, side, **kwargs):
        super().__init__(side, **kwargs)
        self.moves = 0

    def interpolate(self, start, end, alpha, path_func=straight_path()):
        super().interpolate(start, end, alpha, path_func)
        self.moves += 1
        self.rotate(0.02 * (self.moves % 3))
        return self

    def get_fill_color(self):
        return RED if self.moves % 2 else BLUE

    def get_fill_opacity(self):
        return 0.5
