# ruff: noqa: F403, F405 - written as Manim scenes are
"""What lies over what: z-index, foreground mobjects, groups within groups."""

from manim import *


class ZIndex(Scene):
    def construct(self):
        discs = [
            Circle(1.5, fill_opacity=1, color=c).shift(x * RIGHT)
            for c, x in ((RED, -1), (BLUE, 0), (GREEN, 1))
        ]
        discs[0].set_z_index(3)
        discs[1].set_z_index(-1)
        self.add(*discs)
        self.play(discs[2].animate.shift(LEFT * 2), run_time=0.4)


class ZIndexChanges(Scene):
    def construct(self):
        a, b = Square(3, fill_opacity=1, color=RED), Circle(2, fill_opacity=1, color=BLUE)
        self.add(a, b)
        self.play(a.animate.set_z_index(2), run_time=0.4)
        self.play(b.animate.set_z_index(5).shift(UP), run_time=0.4)
        self.wait(0.2)


class MovingBelowStatic(Scene):
    """What moves lies under what does not."""

    def construct(self):
        dot = Dot(radius=0.6, color=YELLOW)
        self.add(dot, *[Square(side, fill_opacity=0.2, color=BLUE) for side in (1, 2, 3)])
        self.play(dot.animate.shift(3 * RIGHT), run_time=0.6)


class Foreground(Scene):
    def construct(self):
        frame = Square(4, stroke_width=20, color=RED)
        self.add_foreground_mobject(frame)
        disc = Circle(1.5, fill_opacity=1)
        self.play(FadeIn(disc), run_time=0.4)
        self.play(disc.animate.shift(2 * RIGHT), run_time=0.4)
        self.remove_foreground_mobject(frame)
        self.play(disc.animate.shift(2 * LEFT), run_time=0.4)


class FrontAndBack(Scene):
    def construct(self):
        a, b, c = (
            Square(2, fill_opacity=1, color=k).shift(x * RIGHT)
            for k, x in ((RED, -1), (GREEN, 0), (BLUE, 1))
        )
        self.add(a, b, c)
        self.bring_to_front(a)
        self.play(b.animate.shift(UP), run_time=0.4)
        self.bring_to_back(c)
        self.play(b.animate.shift(DOWN), run_time=0.4)


class SharedMembers(Scene):
    """One mobject in two groups that are both in the scene."""

    def construct(self):
        dots = [Dot(x * RIGHT, radius=0.7, color=c) for x, c in ((-1, RED), (0, GREEN), (1, BLUE))]
        first, second = VGroup(dots[0], dots[1]), VGroup(dots[1], dots[2], dots[0])
        self.mobjects = [first, second, dots[1]]
        self.play(dots[1].animate.shift(UP), run_time=0.4)


class AddedAndRemoved(Scene):
    def construct(self):
        squares = [Square(0.8, fill_opacity=1).shift((k - 2) * RIGHT) for k in range(5)]
        for square in squares:
            self.add(square)
            self.wait(0.2)
        self.remove(*squares[1:4])
        self.play(squares[0].animate.shift(UP), run_time=0.4)


class DeepGroups(Scene):
    def construct(self):
        group = VGroup(Dot())
        for k in range(12):
            group = VGroup(group, Dot(0.4 * k * RIGHT), Group(Dot(0.4 * k * LEFT)).submobjects[0])
        self.add(group)
        self.play(group.animate.shift(UP), run_time=0.4)


class EmptyScene(Scene):
    def construct(self):
        self.add(VGroup(), VMobject(), Group())
        self.wait(0.2)
        self.play(FadeIn(Dot(radius=1)), run_time=0.4)


class StaticWithoutPlay(Scene):
    def construct(self):
        self.add(Square(fill_opacity=0.5))
