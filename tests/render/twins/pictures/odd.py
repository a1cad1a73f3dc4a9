# ruff: noqa: F403, F405 - written as Manim scenes are
"""What a careless scene may hand to the camera."""

import numpy as np
from manim import *


class BrokenPoints(Scene):
    """Not-a-number and infinite points."""

    def construct(self):
        bad, worse = Square(fill_opacity=1), Circle()
        bad.points[3] = np.nan
        worse.points[0, 0] = np.inf
        good = Square(2, color=RED)
        self.add(good, bad, worse, Dot())
        self.play(good.animate.shift(LEFT), run_time=0.4)


class StrayPoints(Scene):
    """A number of points that is not four to a curve."""

    def construct(self):
        for n in (1, 2, 3, 5, 6, 7, 9):
            path = VMobject(stroke_width=8, fill_opacity=0.5)
            path.points = np.array(Circle(1).points[:n]) + (n - 4) * RIGHT
            self.add(path)
        dot = Dot(2 * DOWN)
        self.add(dot)
        self.play(dot.animate.shift(UP), run_time=0.4)


class WholeNumbers(Scene):
    """Points and colours of integers and of single precision."""

    def construct(self):
        a, b = Square(2, fill_opacity=1), Triangle(fill_opacity=1)
        a.points = np.round(a.points).astype(int)
        b.points = b.points.astype(np.float32)
        b.fill_rgbas = np.array([[1, 0, 0, 1]])
        self.add(a.shift(2 * LEFT) if False else a, b, Dot())
        self.wait(0.2)


class DegenerateCurves(Scene):
    def construct(self):
        flat = Circle(fill_opacity=1).stretch(0, 1)
        point = Circle().scale(0).shift(2 * RIGHT)
        self.add(flat, point, Line(ORIGIN, ORIGIN), VectorizedPoint(UP))
        self.wait(0.2)


class Wavy(VMobject):
    """A mobject that splits its path, and takes its colours, its own way."""

    def get_subpath_split_indices_from_points(self, points, n_dims=3):
        return np.array([[0, 8], [8, len(points)]])

    def get_fill_rgbas(self):
        return np.array([[0.2, 0.9, 0.4, 0.5]])


class OwnMobject(Scene):
    def construct(self):
        wavy = Wavy(stroke_width=8).set_points(Circle(2).points)
        self.add(Square(), wavy)
        self.play(wavy.animate.shift(RIGHT), run_time=0.4)


class Herd(VGroup):
    def get_family(self, recurse=True):
        return super().get_family(recurse)[::-1]


class OwnFamily(Scene):
    def construct(self):
        herd = Herd(Square(2, fill_opacity=1, color=RED), Circle(fill_opacity=1, color=BLUE))
        self.add(VGroup(herd, Dot()))
        self.play(herd.animate.shift(RIGHT), run_time=0.4)


class Tolerant(Scene):
    def construct(self):
        path = VMobject(stroke_width=12, tolerance_for_point_equality=0.5)
        path.append_points(Line(LEFT, UP).points)
        path.append_points(Line(UP + 0.3 * RIGHT, RIGHT).points)
        self.add(path, Circle(2), Square(3))
        self.wait(0.2)


class HugeCoordinates(Scene):
    def construct(self):
        self.add(Line(1e7 * LEFT, 1e7 * RIGHT + UP), Circle(1e5).shift(1e5 * UP), Square())
        self.wait(0.2)


class SmoothMobject(VMobject):
    def interpolate_color(self, mobject1, mobject2, alpha):
        super().interpolate_color(mobject1, mobject2, alpha**2)


class OwnInterpolation(Scene):
    def construct(self):
        shapes = VGroup(
            *[SmoothMobject(fill_opacity=1).set_points(Circle(1).points) for _ in range(3)]
        )
        shapes.add(Square(fill_opacity=1)).arrange()
        self.add(shapes)
        self.play(shapes.animate.set_color(RED).shift(UP), run_time=0.6)


class RingOfGroups(Scene):
    """A group that contains itself through another: Manim draws each member once."""

    def construct(self):
        a, b = VGroup(Square()), VGroup(Circle())
        a.submobjects.append(b)
        b.submobjects.append(a)
        self.mobjects = [a]
        self.renderer.update_frame(self)
