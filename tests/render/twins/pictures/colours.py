# ruff: noqa: F403, F405 - written as Manim scenes are
"""Gradients, sheen, background strokes, transparency and backgrounds."""

import numpy as np
from manim import *


class GradientFill(Scene):
    def construct(self):
        shape = Square(4, fill_opacity=1).set_fill([RED, GREEN, BLUE])
        self.add(shape)
        self.play(shape.animate.rotate(0.7), run_time=0.4)


class GradientStroke(Scene):
    def construct(self):
        shape = Circle(2, stroke_width=20).set_stroke([YELLOW, PURPLE, TEAL, WHITE])
        self.add(shape, Line(5 * LEFT, 5 * RIGHT).set_color([RED, BLUE]))
        self.play(shape.animate.shift(UP), run_time=0.4)


class GradientOfOpacity(Scene):
    def construct(self):
        shape = Rectangle(width=10, height=3)
        shape.fill_rgbas = np.array([[1, 0, 0, 0.0], [0, 1, 0, 1], [0, 0, 1, 0.3]])
        self.add(Line(5 * LEFT + DOWN, 5 * RIGHT + UP), shape)
        self.wait(0.2)


class Sheen(Scene):
    def construct(self):
        shapes = VGroup(
            *[Circle(1, fill_opacity=1).set_sheen(f, d) for f, d in [(-0.5, DR), (0.6, UP)]]
        )
        self.add(shapes.arrange())
        self.play(shapes.animate.set_sheen_direction(RIGHT), run_time=0.4)


class ColourBySubmobject(Scene):
    def construct(self):
        row = VGroup(*[Square(fill_opacity=1) for _ in range(6)]).arrange(buff=0.1)
        self.add(row.set_color_by_gradient(RED, YELLOW, BLUE))
        self.play(row.animate.set_submobject_colors_by_gradient(GREEN, PINK), run_time=0.4)


class BackgroundStrokes(Scene):
    def construct(self):
        shape = Star(6, fill_opacity=1, color=YELLOW).scale(2)
        shape.set_background_stroke(color=RED, width=30, opacity=0.6)
        self.add(NumberPlane(), shape)
        self.play(shape.animate.set_background_stroke(width=5, color=BLUE), run_time=0.4)


class Transparencies(Scene):
    def construct(self):
        discs = VGroup(*[Circle(1.6, color=c, fill_opacity=0.4) for c in (RED, GREEN, BLUE)])
        self.add(discs.arrange(buff=-1.7))
        self.play(discs[1].animate.set_opacity(0.05), run_time=0.4)
        self.play(FadeOut(discs[0]), run_time=0.4)


class InvisibleThings(Scene):
    def construct(self):
        self.add(Square(fill_opacity=0, stroke_opacity=0), Circle(stroke_width=0), Dot())
        self.add(Square(3, fill_opacity=1e-4, stroke_opacity=1e-3))
        self.wait(0.2)


class LightBackground(Scene):
    def construct(self):
        self.camera.background_color = WHITE
        dot = Dot(color=BLACK, radius=1)
        self.add(dot)
        self.play(dot.animate.shift(RIGHT), run_time=0.4)


class ClearBackground(Scene):
    def construct(self):
        self.camera.background_opacity = 0
        self.camera.init_background()
        disc = Circle(2, fill_opacity=0.5, color=ORANGE)
        self.add(disc)
        self.play(disc.animate.scale(0.5), run_time=0.4)


class HalfClearBackground(Scene):
    def setup(self):
        self.camera.background_color = ManimColor("#3366CC")
        self.camera.background_opacity = 0.4

    def construct(self):
        self.play(FadeIn(Square(3, fill_opacity=0.8, color=YELLOW)), run_time=0.4)


class BackgroundChangesBetweenPlays(Scene):
    def construct(self):
        dot = Dot(radius=1)
        self.add(dot)
        self.play(dot.animate.shift(LEFT), run_time=0.4)
        self.camera.background_color = ManimColor("#224466")
        self.play(dot.animate.shift(RIGHT), run_time=0.4)
        self.wait(0.2)


class ColourOnly(Scene):
    """Colours change and shapes do not."""

    def construct(self):
        row = VGroup(*[Square(fill_opacity=1, color=BLUE) for _ in range(5)]).arrange()
        self.add(row)
        for square in row[:2]:
            self.play(square.animate.set_fill(RED), run_time=0.4)
        row[3].set_stroke(GREEN)
        self.wait(0.2)


class BackgroundImage(Scene):
    """Shapes painted with a picture."""

    def construct(self):
        ramp = np.linspace(0, 255, 54 * 96 * 3).reshape(54, 96, 3).astype(np.uint8)
        from PIL import Image

        picture = Image.fromarray(ramp)
        shape = Circle(2, fill_opacity=1)
        shape.color_using_background_image(picture)
        self.add(Square(5), shape, Dot())
        self.wait(0.2)
