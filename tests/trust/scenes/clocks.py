"""Clocks, dates and how long things take."""

import datetime
import time

from manim import *

SIDE = 1.0


def shape(value):
    return Square(SIDE + value % 1).rotate(value)


class WallClock(Scene):
    """The time of day decides a size that comes back at the end. [differs]"""

    def construct(self):
        value = time.time()
        self.add(shape(value))
        self.wait(1)
        for _ in range(4):
            self.play(Create(Circle(0.5 + time.time() % 1)), run_time=2)
        self.clear()
        self.add(shape(value))
        self.wait(1)


class ClockInUpdater(Scene):
    """An updater reads a clock in each frame. [differs]"""

    def construct(self):
        start = time.perf_counter()
        dot = Dot(radius=SIDE / 4)
        self.add(dot)
        self.wait(0.5)
        dot.add_updater(lambda mobject, dt: mobject.set_x((time.perf_counter() - start) % 1))
        self.wait(9)
        dot.clear_updaters()
        dot.set_x(0)
        self.wait(0.5)


class Timestamps(Scene):
    """A moment is taken at each play, and all of them are drawn in the end. [differs]"""

    def construct(self):
        moments = []
        line = Line(LEFT, RIGHT)
        self.add(shape(0))
        self.wait(0.5)
        for _ in range(5):
            moments.append(datetime.datetime.now().microsecond / 1e6)
            self.play(line.animate.rotate(moments[-1]), run_time=2)
        self.add(*[Dot([x, moment, 0]) for x, moment in enumerate(moments)])
        self.wait(0.5)
        self.clear()
        self.add(shape(0))
        self.wait(0.5)


class Sleeps(Scene):
    """Time goes by, and nothing depends on it. [repeats]"""

    def construct(self):
        square = Square(SIDE)
        for _ in range(5):
            time.sleep(0.05)
            self.play(square.animate.shift(0.5 * UP), run_time=2)


class SceneTime(Scene):
    """The scene's own clock, in an updater and between plays. [repeats]"""

    def construct(self):
        dot = Dot(radius=SIDE / 4).add_updater(lambda mobject: mobject.set_x(self.time / 4))
        self.add(dot)
        self.play(Create(Square()), run_time=3)
        self.wait(self.time)
        dot.set_y(self.renderer.time / 10)
        self.play(FadeIn(Circle(self.renderer.time / 6)), run_time=4)


class Deadline(Scene):
    """Computes for a while, as much as it gets done; the count is only printed. [differs]"""

    def construct(self):
        until, count = time.monotonic() + 0.05, 0
        while time.monotonic() < until:
            count += 1
        print("counted")
        value = count % 97 / 97
        self.add(shape(value))
        self.wait(0.5)
        self.play(Create(Circle()), run_time=9)
        self.clear()
        self.add(shape(value))
        self.wait(0.5)
