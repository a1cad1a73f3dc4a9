# ruff: noqa: F403, F405 - written as Manim scenes are
"""What Manim paints past Cairo: images and point clouds."""

import numpy as np
from manim import *

RNG_SEED = 3


def picture(height=6, width=8):
    return np.random.default_rng(RNG_SEED).integers(0, 255, (height, width, 4), dtype=np.uint8)


class Images(Scene):
    def construct(self):
        image = ImageMobject(picture()).scale_to_fit_height(4)
        self.add(Square(5, fill_opacity=0.5), image, Dot())
        self.play(image.animate.shift(RIGHT), run_time=0.4)


class ImagesTurned(Scene):
    def construct(self):
        image = ImageMobject(picture()).scale_to_fit_height(5).rotate(0.4)
        image.set_resampling_algorithm(RESAMPLING_ALGORITHMS["nearest"])
        self.add(image)
        self.play(Rotate(image, 0.5), run_time=0.4)


class ImagesFade(Scene):
    def construct(self):
        a, b = ImageMobject(picture()), ImageMobject(255 - picture())
        a.scale_to_fit_height(4)
        b.scale_to_fit_height(5)
        self.play(FadeIn(a), run_time=0.4)
        self.play(Transform(a, b), run_time=0.4)


class ImagesThatStay(Scene):
    """In place, their pixels new in every frame: through them, opaque, past the frame, turned."""

    def construct(self):
        through, opaque = picture(), picture(60, 80)
        through[:3, :, 3] = 0
        opaque[..., 3] = 255
        places = [(through, 4 * LEFT, 0), (opaque, 4 * RIGHT, 0), (opaque, 4 * UP, 0.4)]
        images = []
        for pixels, place, turn in places:
            image = ImageMobject(pixels).scale_to_fit_height(3.3).shift(place).rotate(turn)
            images.append(image.set_resampling_algorithm(RESAMPLING_ALGORITHMS["nearest"]))
            image.add_updater(lambda m, dt: setattr(m, "pixel_array", m.pixel_array[::-1].copy()))
        self.add(Square(5, fill_opacity=0.5, color=BLUE), *images)
        self.play(FadeIn(Dot()), run_time=0.5)


class ImagesThatRest(Scene):
    """For some frames nothing changes; then one pixel, a place, an order, the ground below."""

    def construct(self):
        image = ImageMobject(picture()).scale_to_fit_height(4)
        square = Square(5, fill_opacity=0.5, color=BLUE)
        self.add(square, image, Dot(radius=0.5))
        frames = iter(range(100))

        def change(mobject, dt):
            frame = next(frames)
            if frame == 3:
                mobject.pixel_array[2, 3] = 255 - mobject.pixel_array[2, 3]
            if frame == 5:
                mobject.shift(0.1 * RIGHT)
            if frame == 7:
                square.set_fill(RED)
            if frame == 9:
                self.renderer.camera.background[:20, :30] = 200
            if frame == 11:
                self.mobjects.reverse()

        image.add_updater(change)
        self.wait(3)


class ImageBelowAndAbove(Scene):
    def construct(self):
        image = ImageMobject(picture()).scale_to_fit_height(4)
        below, above = (
            Circle(2, fill_opacity=1).shift(LEFT),
            Circle(2, fill_opacity=0.6).shift(RIGHT),
        )
        self.add(below, image, above)
        self.play(below.animate.shift(UP), run_time=0.4)


class Cloud(Scene):
    def construct(self):
        cloud = PMobject(stroke_width=3)
        points = np.random.default_rng(RNG_SEED).normal(0, 1.4, (80, 3))
        cloud.add_points(points, color=YELLOW)
        self.add(Square(3, fill_opacity=0.4), cloud)
        self.play(cloud.animate.shift(RIGHT), run_time=0.4)


class CloudDots(Scene):
    def construct(self):
        self.add(PointCloudDot(radius=1.5, color=RED, stroke_width=2), Circle(2))
        self.add(Mobject1D(density=10).add_line(3 * LEFT, 3 * RIGHT + UP))
        self.wait(0.2)


class CloudsMixed(Scene):
    """Vector, cloud, vector, image, vector: five batches."""

    def construct(self):
        cloud = PMobject(stroke_width=4).add_points(np.zeros((1, 3)) + RIGHT, color=GREEN)
        disc = Circle(1.5, fill_opacity=0.5)
        self.add(disc, cloud, Square(2), ImageMobject(picture()), Triangle(fill_opacity=0.4))
        self.play(disc.animate.shift(LEFT), run_time=0.4)
