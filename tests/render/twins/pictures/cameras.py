# ruff: noqa: F403, F405 - written as Manim scenes are
"""Cameras that move, zoom and split."""

import numpy as np
from manim import *
from manim.camera.mapping_camera import MappingCamera


class Pan(MovingCameraScene):
    def construct(self):
        self.add(NumberPlane(), Square(fill_opacity=0.5))
        self.play(self.camera.frame.animate.shift(2 * RIGHT).scale(0.5), run_time=0.6)
        self.wait(0.2)


class PanWhileThingsMove(MovingCameraScene):
    def construct(self):
        dot = Dot(radius=0.5)
        self.add(Square(3), dot)
        self.camera.frame.save_state()
        self.play(
            self.camera.frame.animate.scale(0.4).move_to(dot), dot.animate.shift(UP), run_time=0.6
        )
        self.play(Restore(self.camera.frame), run_time=0.4)


class Follow(MovingCameraScene):
    def construct(self):
        dot = Dot(radius=0.5)
        self.camera.frame.add_updater(lambda frame: frame.move_to(dot))
        self.add(self.camera.frame, NumberPlane(), dot)
        self.play(dot.animate.shift(3 * RIGHT), run_time=0.6)


class MovedOutsideOfPlays(MovingCameraScene):
    def construct(self):
        dot = Dot(radius=1)
        self.add(dot)
        self.play(dot.animate.shift(RIGHT), run_time=0.4)
        self.camera.frame.shift(2 * RIGHT)
        self.play(dot.animate.shift(RIGHT), run_time=0.4)
        self.camera.frame.scale(2)
        self.wait(0.2)


class Zoomed(ZoomedScene):
    def __init__(self, **kwargs):
        super().__init__(zoom_factor=0.3, zoomed_display_height=3, zoomed_display_width=4, **kwargs)

    def construct(self):
        dots = VGroup(*[Dot(0.3 * k * RIGHT, radius=0.1) for k in range(6)])
        self.add(dots)
        self.activate_zooming(animate=False)
        self.play(dots.animate.shift(0.5 * UP), run_time=0.4)
        self.play(self.zoomed_camera.frame.animate.shift(RIGHT), run_time=0.4)


class ZoomedIn(ZoomedScene):
    def construct(self):
        self.add(Square(fill_opacity=0.4), Dot())
        self.activate_zooming(animate=True)
        self.wait(0.2)


class Mapped(Scene):
    """A camera class of its own that bends what it draws."""

    def __init__(self, **kwargs):
        kwargs["camera_class"] = MappingCamera
        super().__init__(**kwargs)

    def construct(self):
        self.camera.mapping_func = lambda p: p + 0.3 * np.sin(p[::-1])
        self.add(Square(3, fill_opacity=0.5))
        self.wait(0.2)


class ThickCamera(Camera):
    def apply_stroke(self, context, vmobject, background=False):
        context.set_line_width(0.3)
        context.set_source_rgba(0, 0, 1, 1)
        context.stroke_preserve()
        return self


class CameraOfItsOwn(Scene):
    """A camera class of the scene's own that draws strokes its own way."""

    def __init__(self, **kwargs):
        kwargs["camera_class"] = ThickCamera
        super().__init__(**kwargs)

    def construct(self):
        square = Square(3, fill_opacity=0.5)
        self.add(square)
        self.play(square.animate.rotate(0.5), run_time=0.4)


class ReversedCamera(Camera):
    def capture_mobjects(self, mobjects, **kwargs):
        super().capture_mobjects(list(mobjects)[::-1], **kwargs)


class OrderOfItsOwn(Scene):
    def __init__(self, **kwargs):
        kwargs["camera_class"] = ReversedCamera
        super().__init__(**kwargs)

    def construct(self):
        a, b = Square(3, fill_opacity=1, color=RED), Circle(1.5, fill_opacity=1, color=BLUE)
        self.add(a, b)
        self.play(b.animate.shift(RIGHT), run_time=0.4)


class FrameByHand(Scene):
    """The plain camera's frame, changed by hand."""

    def construct(self):
        square = Square(fill_opacity=0.5)
        self.camera.frame_center = RIGHT
        self.add(square)
        self.play(square.animate.shift(UP), run_time=0.4)
