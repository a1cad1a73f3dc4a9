"""Cameras that move, zoom, turn and show a third dimension."""

from manim import *

SIDE = 1.0


class FrameMoves(MovingCameraScene):
    """The frame follows a dot. [repeats]"""

    def construct(self):
        dot = Dot()
        self.add(Square(SIDE), dot)
        self.camera.frame.add_updater(lambda frame: frame.move_to(dot))
        self.add(self.camera.frame)
        for _ in range(3):
            self.play(dot.animate.shift(RIGHT + 0.5 * UP), run_time=2)
        self.camera.frame.clear_updaters()
        self.play(self.camera.frame.animate.scale(0.5).move_to(ORIGIN), run_time=4)


class FrameIsKept(MovingCameraScene):
    """The frame's state is saved and restored. [repeats]"""

    def construct(self):
        squares = VGroup(*[Square(SIDE / 2).shift(x * RIGHT) for x in range(-3, 4)])
        self.add(squares)
        self.camera.frame.save_state()
        for square in squares[:3]:
            self.play(self.camera.frame.animate.set(width=4).move_to(square), run_time=2)
        self.play(Restore(self.camera.frame), run_time=3)


class ThirdDimension(ThreeDScene):
    """A cube under a camera that goes round it. [repeats]"""

    def construct(self):
        self.set_camera_orientation(phi=60 * DEGREES, theta=20 * DEGREES)
        self.add(Cube(SIDE * 2))
        self.begin_ambient_camera_rotation(rate=0.3)
        self.wait(4)
        self.stop_ambient_camera_rotation()
        self.move_camera(phi=30 * DEGREES, run_time=3)
        self.wait(2)


class FixedInFrame(ThreeDScene):
    """A label stays in the frame while the camera turns. [repeats]"""

    def construct(self):
        label = Square(SIDE).to_corner(UL)
        self.add_fixed_in_frame_mobjects(label)
        self.add(Cube(SIDE * 2))
        self.move_camera(phi=50 * DEGREES, theta=-60 * DEGREES, run_time=5)
        self.play(label.animate.shift(RIGHT), run_time=4)


class Zoomed(ZoomedScene):
    """A window shows a part of the scene. [repeats]"""

    def __init__(self, **kwargs):
        super().__init__(zoom_factor=0.3, zoomed_display_height=2, zoomed_display_width=3, **kwargs)

    def construct(self):
        dot = Dot().add(Square(SIDE / 3))
        self.add(dot)
        self.zoomed_camera.frame.move_to(dot)
        self.activate_zooming(animate=False)
        self.play(self.zoomed_camera.frame.animate.shift(UP), run_time=4)
        self.play(dot.animate.shift(0.5 * UP), run_time=5)


class OwnCameraClass(Scene):
    """A camera class of the reader's own darkens what it draws. [repeats]"""

    def __init__(self, **kwargs):
        super().__init__(camera_class=Darkening, **kwargs)

    def construct(self):
        square = Square(SIDE, fill_opacity=1)
        for _ in range(4):
            self.play(square.animate.shift(0.5 * RIGHT), run_time=2.5)


class Darkening(Camera):
    drawn = 0

    def capture_mobjects(self, mobjects, **kwargs):
        super().capture_mobjects(mobjects, **kwargs)
        self.drawn += 1
        self.pixel_array[..., :3] //= 1 + self.drawn % 3


class BackgroundChanges(Scene):
    """The background's colour goes with the plays. [repeats]"""

    def construct(self):
        square = Square(SIDE)
        for color in (BLACK, DARK_BLUE, MAROON, GREY):
            self.camera.background_color = color
            self.camera.init_background()
            self.play(square.animate.rotate(0.5), run_time=2.5)


class BackgroundInUpdater(Scene):
    """An updater changes the camera's background. [repeats]"""

    def construct(self):
        def darken(mobject, dt):
            self.camera.background[..., 2] = int(20 * self.time) % 256

        self.add(Dot(radius=SIDE / 4).add_updater(darken))
        self.play(Create(Square()), run_time=5)
        self.wait(5)
