"""State that lives outside of mobjects: globals, counters, caches, closures, generators."""

import functools
import gc
import itertools
import os
import sys
import weakref

from manim import *

SIDE = 1.0
COUNT = 0
SEEN = []
TABLE = {"angle": 0.0}


class GlobalCounter(Scene):
    """A global counts frames and plays. [repeats]"""

    def construct(self):
        def count(mobject):
            global COUNT
            COUNT += 1
            mobject.set_x(COUNT % 40 / 10)

        dot = Dot(radius=SIDE / 4).add_updater(count)
        self.add(dot)
        for _ in range(4):
            self.play(Create(Circle(COUNT % 7 / 5 + 0.2)), run_time=2.5)


class GlobalList(Scene):
    """A list of the module grows while animations run. [repeats]"""

    def construct(self):
        def remember(mobject, alpha):
            SEEN.append(alpha)
            mobject.set_y(len(SEEN) % 30 / 15)

        dot = Dot(radius=SIDE / 4)
        for _ in range(5):
            self.play(UpdateFromAlphaFunc(dot, remember), run_time=2)


class Pace(Scene):
    """A rate function remembers how often it was asked. [repeats]"""

    def construct(self):
        asked = itertools.count()

        def pace(t):
            return t * (1 - 0.1 * (next(asked) % 3)) if t < 1 else 1

        square = Square(SIDE)
        for _ in range(5):
            self.play(square.animate.shift(0.5 * RIGHT), run_time=2, rate_func=pace)


class ClassCounter(Scene):
    """A class counts its objects, and its colours follow. [repeats]"""

    def construct(self):
        for _ in range(10):
            self.play(FadeIn(Counted()), run_time=1)


class Counted(Square):
    made = 0

    def __init__(self, **kwargs):
        Counted.made += 1
        super().__init__(SIDE + Counted.made / 10, **kwargs)


class Cached(Scene):
    """What a cache holds depends on who asked before. [repeats]"""

    def construct(self):
        calls = []

        @functools.lru_cache(maxsize=4)
        def place(number):
            calls.append(number)
            return len(calls) % 5 / 2

        square = Square(SIDE)
        for number in (1, 2, 1, 3, 4, 5, 1, 2):
            self.play(square.animate.set_x(place(number)), run_time=1.2)


class Generator(Scene):
    """A generator gives the next place, in an updater and between plays. [repeats]"""

    def construct(self):
        def places():
            for number in itertools.count():
                yield number % 23 / 10

        walk = places()
        dot = Dot(radius=SIDE / 4).add_updater(lambda mobject: mobject.set_x(next(walk)))
        self.add(dot)
        square = Square()
        for _ in range(4):
            self.play(square.animate.set_y(next(walk) / 2), run_time=2.5)


class Recursion(Scene):
    """A tree is drawn by recursion, a play a branch. [repeats]"""

    def construct(self):
        def grow(start, direction, depth):
            if depth:
                line = Line(start, start + direction)
                self.play(Create(line), run_time=0.7)
                for angle in (-0.5, 0.6):
                    grow(line.get_end(), rotate_vector(direction, angle) * 0.7, depth - 1)

        grow(2 * DOWN, SIDE * 1.5 * UP, 4)


class DictInUpdater(Scene):
    """Two updaters talk by a dict of the module. [repeats]"""

    def construct(self):
        def turn(mobject, dt):
            TABLE["angle"] += dt
            mobject.rotate(dt)

        square = Square(SIDE).add_updater(turn)
        dot = Dot().add_updater(lambda mobject: mobject.set_x(TABLE["angle"] / 4))
        self.add(dot, square)
        self.play(Create(Circle()), run_time=5)
        self.wait(5)


class Identity(Scene):
    """Objects are sorted by id(), which no two runs share. [differs]"""

    def construct(self):
        squares = [Square(SIDE + n / 5) for n in range(6)]
        order = sorted(range(6), key=lambda n: id(squares[n]) * 2654435761 % 2**32)
        rows = VGroup(*[squares[n].copy().set_x(x - 3) for x, n in enumerate(order)])
        rows[0].rotate(id(rows) % 1009 / 1009)
        self.add(rows.copy())
        self.wait(1)
        self.clear()
        for n in order:
            self.play(FadeIn(squares[n]), run_time=1.4)
        self.clear()
        self.add(rows)
        self.wait(1)


class SetOrder(Scene):
    """Sets of strings and of mobjects are walked through; a fixed hash seed orders both. [repeats]"""

    def construct(self):
        names = {"query", "key", "value", "score", "softmax", "context"}
        for name in names:
            self.play(FadeIn(Square(SIDE).set_x(len(name) - 5)), run_time=1.6)


class WeakReferences(Scene):
    """What is forgotten is collected, and its number is drawn. [repeats]"""

    def construct(self):
        alive = weakref.WeakSet()
        for turn in range(5):
            square = Square(SIDE + turn / 5)
            alive.add(square)
            self.play(FadeIn(square), run_time=1)
            self.play(FadeOut(square), run_time=1)
            del square
            gc.collect()
        self.play(Create(Circle(0.5 + len(alive) / 10)), run_time=1)


class CollectorOff(Scene):
    """The collector and the limit of recursion are set by the reader. [repeats]"""

    def construct(self):
        gc.disable()
        sys.setrecursionlimit(5000)

        def deep(number):
            return 0 if number == 0 else 1 + deep(number - 1)

        square = Square(SIDE)
        for number in (1500, 2000, 2500, 3000, 3500):
            self.play(square.animate.shift(deep(number) / 5000 * UP), run_time=2)


class ProcessNumber(Scene):
    """The number of the process decides a size, in an updater as well. [differs]"""

    def construct(self):
        def show(mobject):
            mobject.set_x(os.getpid() % 101 / 101)

        shape = Square(SIDE)
        self.add(shape)
        show(shape)
        self.wait(1)
        shape.add_updater(show)
        self.play(Create(Circle(0.3)), run_time=8)
        self.clear()
        shape.clear_updaters()
        self.add(shape)
        self.wait(1)


class ObjectWithState(Scene):
    """A simulation steps inside of an updater. [repeats]"""

    def construct(self):
        pendulum = Pendulum()
        rod = Line(ORIGIN, DOWN)
        rod.add_updater(lambda mobject, dt: pendulum.step(mobject, dt))
        self.add(rod)
        self.wait(4)
        self.play(Create(Square(SIDE)), run_time=3)
        self.wait(4)


class Pendulum:
    def __init__(self):
        self.angle, self.speed = 1.0, 0.0

    def step(self, rod, dt):
        self.speed -= 9 * np.sin(self.angle) * dt
        self.angle += self.speed * dt
        rod.put_start_and_end_on(ORIGIN, 2 * np.array([np.sin(self.angle), -np.cos(self.angle), 0]))
