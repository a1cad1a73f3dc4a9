# ruff: noqa: F403, F405 - written as Manim scenes are
"""Vector shapes: every kind of path, stroke and fill that Manim's camera meets."""

import numpy as np
from manim import *


class Polygons(Scene):
    def construct(self):
        shapes = VGroup(
            Square(), Triangle(fill_opacity=0.5), RegularPolygon(7, color=GREEN), Star(5)
        )
        self.add(shapes.arrange().scale_to_fit_width(12))
        self.play(Rotate(shapes, PI / 5), run_time=0.4)


class Rounds(Scene):
    def construct(self):
        shapes = VGroup(Circle(fill_opacity=1), Ellipse(3, 1), Annulus(fill_color=RED), Sector(2))
        self.add(shapes.arrange().scale_to_fit_width(12))
        self.play(shapes.animate.shift(DOWN * 0.37), run_time=0.4)


class OpenPaths(Scene):
    def construct(self):
        self.add(Arc(2, 0, 4), CubicBezier(3 * LEFT, UP, DOWN, 3 * RIGHT), Elbow(2).shift(2 * DOWN))
        self.add(VMobject().set_points_as_corners([4 * LEFT, 2 * UP, ORIGIN, 3 * RIGHT + UP]))
        self.wait(0.2)


class ManySubpaths(Scene):
    def construct(self):
        rings = VMobject(fill_opacity=0.7, color=BLUE)
        for radius in (0.5, 1, 1.5, 2, 2.5):
            rings.append_points(Circle(radius).points)
        rings.append_points(Line(4 * LEFT, 4 * RIGHT + UP).points)
        self.add(rings)
        self.play(rings.animate.rotate(0.3).shift(LEFT), run_time=0.4)


class NearlyTouchingCurves(Scene):
    """Sub-paths whose ends differ by less and by more than Manim's tolerance."""

    def construct(self):
        for k, gap in enumerate((0, 1e-9, 1e-7, 1e-6, 3e-6, 1e-5, 2e-5, 1e-4)):
            path = VMobject(stroke_width=14, fill_opacity=0.4)
            path.append_points(Line(ORIGIN, UP).points)
            path.append_points(Line(UP + gap * RIGHT, UP + RIGHT).points)
            path.append_points(Line(UP + RIGHT, gap * UP).points)
            self.add(path.shift((k - 4) * 1.5 * RIGHT))
        self.wait(0.2)


class Booleans(Scene):
    def construct(self):
        a, b = Circle(1.5, fill_opacity=0.4), Square(2.3, fill_opacity=0.4).shift(RIGHT)
        parts = VGroup(Union(a, b), Difference(a, b), Intersection(a, b), Exclusion(a, b))
        self.add(parts.set_fill(TEAL, 0.6).arrange().scale_to_fit_width(13))
        self.wait(0.2)


class Joints(Scene):
    def construct(self):
        kinds = [LineJointType.AUTO, LineJointType.ROUND, LineJointType.BEVEL, LineJointType.MITER]
        zigzags = VGroup(
            *[
                VMobject(stroke_width=25, joint_type=kind).set_points_as_corners(
                    [ORIGIN, UP + 0.4 * RIGHT, 0.8 * RIGHT, 1.3 * RIGHT + UP * 2]
                )
                for kind in kinds
            ]
        )
        self.add(zigzags.arrange(buff=1.2))
        self.play(zigzags.animate.shift(DOWN * 0.6), run_time=0.4)


class Caps(Scene):
    def construct(self):
        for k, kind in enumerate(CapStyleType):
            self.add(
                Line(3 * LEFT, 3 * RIGHT, stroke_width=30).set_cap_style(kind).shift((k - 2) * UP)
            )
        self.wait(0.2)


class StrokeWidths(Scene):
    def construct(self):
        lines = VGroup(*[Line(5 * LEFT, 5 * RIGHT, stroke_width=w) for w in (0, 0.3, 1, 4, 17, 60)])
        self.add(lines.arrange(DOWN, buff=0.7))
        self.play(lines.animate.set_stroke(width=9), run_time=0.4)


class Dashes(Scene):
    def construct(self):
        dashed = DashedVMobject(Circle(2), num_dashes=15)
        self.add(DashedLine(5 * LEFT, 5 * RIGHT), dashed)
        self.play(dashed.animate.scale(0.6), run_time=0.4)


class Arrows(Scene):
    def construct(self):
        self.add(Arrow(3 * LEFT, UP), DoubleArrow(DOWN, 3 * RIGHT), Vector(UP, color=RED))
        self.add(
            CurvedArrow(4 * LEFT + DOWN, 2 * LEFT + 2 * DOWN), LabeledDot(Triangle(fill_opacity=1))
        )
        self.wait(0.2)


class Plots(Scene):
    def construct(self):
        axes = Axes(x_range=[-3, 3], y_range=[-1, 1], x_length=10, y_length=5)
        curve = axes.plot(np.sin, color=YELLOW)
        self.add(axes, curve, axes.get_area(curve, [-1, 2], color=[BLUE, GREEN]))
        self.play(FadeIn(axes.get_vertical_lines_to_graph(curve, [-3, 3], 7)), run_time=0.4)


class Grids(Scene):
    def construct(self):
        plane = NumberPlane()
        self.add(plane)
        self.play(plane.animate.apply_matrix([[1, 0.4], [0, 1]]), run_time=0.4)


class Partly(Scene):
    """Off the edges of the frame, and wholly outside."""

    def construct(self):
        circle = Circle(3, fill_opacity=0.5).shift(6 * RIGHT + 3 * UP)
        self.add(circle, Square(60, stroke_width=3), Dot(50 * RIGHT))
        self.play(circle.animate.shift(5 * RIGHT), run_time=0.4)


class Charts(Scene):
    def construct(self):
        chart = BarChart(
            [1, 3, -2, 2.5], y_range=[-3, 3, 1], y_axis_config={"include_numbers": False}
        )
        self.add(chart)
        self.play(chart.animate.change_bar_values([2, -1, 1, 3]), run_time=0.4)


class Networks(Scene):
    def construct(self):
        graph = Graph([1, 2, 3, 4], [(1, 2), (2, 3), (3, 4), (1, 4)], layout="circular")
        self.add(graph)
        self.play(graph[1].animate.shift(LEFT), run_time=0.4)


class BracesAndBoxes(Scene):
    def construct(self):
        box = Rectangle(width=5, height=2)
        self.add(box, Brace(box, DOWN), SurroundingRectangle(box, buff=0.3, corner_radius=0.2))
        self.add(Cross(box), Underline(box))
        self.wait(0.2)


class Boundaries(Scene):
    def construct(self):
        shape = ArcPolygon(2 * LEFT, 2 * UP, 2 * RIGHT, fill_opacity=0.5)
        self.add(shape, AnnularSector(1, 2, PI / 2).shift(3 * LEFT), holed().shift(3 * RIGHT))
        self.wait(0.2)


def holed():
    return Cutout(
        Square(3), Circle(0.5), Triangle().scale(0.3).shift(UP), fill_opacity=1, color=RED
    )
