# ruff: noqa: F403, F405 - written as Manim scenes are
"""Manim's animations."""

import numpy as np
from manim import *


def row(n=5):
    return VGroup(*[Square(1, fill_opacity=0.6, color=BLUE) for _ in range(n)]).arrange()


class Creates(Scene):
    def construct(self):
        group = VGroup(Circle(), Square(), Line(LEFT, UP)).arrange()
        self.play(Create(group), run_time=0.6)
        self.play(Uncreate(group), run_time=0.6)


class BorderThenFill(Scene):
    def construct(self):
        self.play(DrawBorderThenFill(row()), run_time=0.8)


class Fades(Scene):
    def construct(self):
        group = row()
        self.play(FadeIn(group, shift=UP, scale=0.5, lag_ratio=0.3), run_time=0.6)
        self.play(FadeOut(group, target_position=3 * UP), run_time=0.4)


class Lagged(Scene):
    def construct(self):
        group = row()
        self.play(LaggedStart(*[FadeIn(m, shift=DOWN) for m in group], lag_ratio=0.3), run_time=0.8)
        self.play(LaggedStartMap(Indicate, group, lag_ratio=0.2), run_time=0.6)


class Successions(Scene):
    def construct(self):
        a, b = Square().shift(2 * LEFT), Circle().shift(2 * RIGHT)
        self.play(Succession(Create(a), FadeIn(b), a.animate.shift(UP)), run_time=1)


class Arcs(Scene):
    def construct(self):
        group = row(3)
        self.add(group)
        self.play(group.animate(path_arc=PI / 2).shift(2 * UP), run_time=0.6)
        self.play(Swap(group[0], group[2]), run_time=0.6)


class Spirals(Scene):
    def construct(self):
        self.play(SpiralIn(row(3)), run_time=0.6)


class UnequalTransforms(Scene):
    def construct(self):
        shape = VGroup(Square(), Dot())
        self.add(shape)
        self.play(Transform(shape, VGroup(Star(5), Circle(0.3), Triangle())), run_time=0.6)
        self.play(FadeTransform(shape, Circle(2, fill_opacity=0.4)), run_time=0.6)


class GradientTransforms(Scene):
    """One colour to many, sheen to none, flat to background stroke."""

    def construct(self):
        shape = Square(3, fill_opacity=1, color=RED)
        goal = Circle(2, fill_opacity=0.7).set_fill([BLUE, YELLOW]).set_sheen_direction(UP)
        self.add(shape)
        self.play(Transform(shape, goal), run_time=0.6)
        self.play(shape.animate.set_background_stroke(width=12, color=GREEN), run_time=0.4)


class MatchingShapes(Scene):
    def construct(self):
        a, b = VGroup(Square(), Circle()).arrange(), VGroup(Circle(), Square(), Dot()).arrange(UP)
        self.add(a)
        self.play(TransformMatchingShapes(a, b), run_time=0.6)


class Indications(Scene):
    def construct(self):
        group = row()
        self.add(group)
        self.play(
            Indicate(group[0]),
            Wiggle(group[1]),
            Circumscribe(group[2]),
            Flash(group[3]),
            run_time=0.8,
        )
        self.play(ApplyWave(group), FocusOn(group[4]), ShowPassingFlash(Circle(2)), run_time=0.8)


class Functions(Scene):
    def construct(self):
        grid = VGroup(*[Line(3 * LEFT + y * UP, 3 * RIGHT + y * UP) for y in (-1, 0, 1)])
        self.add(grid)
        self.play(ApplyPointwiseFunction(lambda p: p + np.sin(p[1]) * RIGHT, grid), run_time=0.5)
        self.play(Homotopy(lambda x, y, z, t: (x, y + t * np.sin(x), z), grid), run_time=0.5)


class AlongPaths(Scene):
    def construct(self):
        dot, path = Dot(radius=0.4), Circle(2)
        self.add(path, dot)
        self.play(MoveAlongPath(dot, path), run_time=0.6)


class Turning(Scene):
    def construct(self):
        group = row(3)
        self.add(group)
        self.play(Rotate(group, PI, axis=UP), run_time=0.5)
        self.play(Rotating(group, angle=1), run_time=0.5)


class Grows(Scene):
    def construct(self):
        self.play(GrowFromCenter(Square()), GrowArrow(Arrow(LEFT, 2 * RIGHT)), run_time=0.5)
        self.play(
            GrowFromEdge(Circle(fill_opacity=1), DOWN), SpinInFromNothing(Star()), run_time=0.5
        )


class Targets(Scene):
    def construct(self):
        square = Square()
        square.generate_target()
        square.target.shift(2 * RIGHT).set_fill(RED, 0.5).rotate(0.5)
        self.play(MoveToTarget(square), run_time=0.5)
        square.save_state()
        self.play(square.animate.scale(0.2), run_time=0.4)
        self.play(Restore(square), run_time=0.4)


class UpdateFromFunctions(Scene):
    def construct(self):
        square = Square()
        self.play(UpdateFromAlphaFunc(square, lambda m, a: m.set_fill(RED, a)), run_time=0.5)
        self.play(UpdateFromFunc(square, lambda m: m.rotate(0.2)), run_time=0.4)


class RateFunctions(Scene):
    def construct(self):
        group = row(4)
        self.add(group)
        rates = [rate_functions.ease_out_bounce, there_and_back, linear, lambda t: t * t]
        self.play(
            *[m.animate(rate_func=r).shift(2 * UP) for m, r in zip(group, rates, strict=True)],
            run_time=0.8,
        )


class OverlappingAnimations(Scene):
    """Two animations of one mobject in one play."""

    def construct(self):
        square = Square(fill_opacity=0.5)
        self.add(square)
        self.play(Rotate(square, 1), square.animate.set_color(RED), run_time=0.5)


class Blinking(Scene):
    def construct(self):
        square = Square(2, fill_opacity=1)
        self.add(square)
        self.play(Blink(square, blinks=2), run_time=0.8)


class StringsAsWidths(Scene):
    def construct(self):
        square = Square(3)
        square.stroke_width = "9"
        self.add(square, Circle(1))
        self.wait(0.2)
