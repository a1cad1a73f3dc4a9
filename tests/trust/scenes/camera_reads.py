"""Pictures that a scene takes of itself while it plays."""

import numpy as np
from manim import *

SIDE = 1.0


def light(pixels):
    """How bright a picture is, 0 to 1."""
    return float(np.asarray(pixels, float)[..., :3].mean()) / 255


def plays(scene, number=4):
    square = Square(SIDE, fill_opacity=1)
    for _ in range(number):
        scene.play(square.animate.rotate(0.4).scale(1.2), run_time=10 / number)
        yield


class GetFrame(Scene):
    """renderer.get_frame() behind each play. [repeats]"""

    def construct(self):
        for _ in plays(self):
            self.add(Dot(radius=0.1 + light(self.renderer.get_frame())).to_corner(UL))


class GetImage(Scene):
    """camera.get_image(), shown as a small picture. [repeats]"""

    def construct(self):
        for turn, _ in enumerate(plays(self, 3)):
            taken = ImageMobject(np.asarray(self.camera.get_image()))
            self.add(taken.scale_to_fit_height(1).to_corner(UL).shift(turn * 2 * RIGHT))


class PixelArray(Scene):
    """camera.pixel_array, as it stands. [repeats]"""

    def construct(self):
        for _ in plays(self):
            self.add(Dot(light(self.camera.pixel_array) * 3 * RIGHT))


class PixelsInUpdater(Scene):
    """An updater looks at the frame before. [repeats]"""

    def construct(self):
        dot = Dot(radius=SIDE / 4).to_edge(UP)
        dot.add_updater(lambda mobject: mobject.set_x(10 * light(self.camera.pixel_array)))
        self.add(dot)
        for _ in plays(self, 3):
            pass


class Captured(Scene):
    """The camera is asked to draw something that is not on screen. [repeats]"""

    def construct(self):
        for turn, _ in enumerate(plays(self)):
            self.camera.reset()
            self.camera.capture_mobjects([Circle(1 + turn / 4, fill_opacity=1)])
            self.add(Dot(10 * light(self.camera.pixel_array) * RIGHT))


class OwnCamera(Scene):
    """A camera of the reader's own draws apart from the film. [repeats]"""

    def construct(self):
        camera = Camera(pixel_width=40, pixel_height=40, frame_width=4, frame_height=4)
        for turn, _ in enumerate(plays(self)):
            camera.reset()
            camera.capture_mobjects([Circle(0.5 + turn / 4, fill_opacity=1)])
            self.add(Dot(4 * light(camera.pixel_array) * RIGHT))


class UpdateFrame(Scene):
    """The renderer is asked to draw the scene as it stands, and a part of it. [repeats]"""

    def construct(self):
        for turn, _ in enumerate(plays(self)):
            self.renderer.update_frame(self)
            value = light(self.renderer.camera.pixel_array)
            self.renderer.update_frame(self, mobjects=[Square(SIDE + turn / 3, fill_opacity=1)])
            value += light(self.renderer.get_frame())
            self.add(Dot(3 * value * RIGHT))


class DrawsIntoBackground(Scene):
    """The camera's background is set to what it has drawn. [repeats]"""

    def construct(self):
        for _ in plays(self, 3):
            self.renderer.update_frame(self)
            self.camera.background = self.camera.pixel_array.copy() // 2


class AddsFrames(Scene):
    """Frames are handed to the renderer between plays, where Manim has no segment open. [repeats]"""

    def construct(self):
        for turn, _ in enumerate(plays(self, 3)):
            frame = np.full_like(self.renderer.get_frame(), 50 * turn)
            self.renderer.add_frame(frame, num_frames=3)
