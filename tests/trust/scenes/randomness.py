"""Chance of every kind, seeded by Manim or not."""

import os
import random
import secrets
import uuid

import numpy as np
from manim import *

SIDE = 1.0


def shape(value):
    """A square that shows a number from 0 to 1."""
    return Square(SIDE + value).rotate(value)


def pass_time(scene, plays=3):
    """Some segments of anything."""
    dot = Dot(3 * LEFT)
    scene.add(dot)
    for _ in range(plays):
        scene.play(dot.animate.shift(2 * RIGHT), run_time=3)
    scene.remove(dot)


def twice(scene, value):
    """Show a value at the beginning and at the end."""
    scene.add(shape(value))
    scene.wait(1)
    pass_time(scene)
    scene.clear()
    scene.add(shape(value))
    scene.wait(1)


class PythonsRandom(Scene):
    """Each play goes where random sends it. [repeats]"""

    def construct(self):
        square = Square(SIDE)
        for _ in range(5):
            place = [random.uniform(-4, 4), random.uniform(-2, 2), 0]
            self.play(square.animate.move_to(place), run_time=2)


class ShuffledDots(Scene):
    """Lists are shuffled and sampled between plays. [repeats]"""

    def construct(self):
        dots = [Dot(x * RIGHT, radius=SIDE / 5) for x in range(-4, 5)]
        self.add(*dots)
        for _ in range(5):
            random.shuffle(dots)
            for dot in random.sample(dots, 3):
                dot.shift(random.choice([UP, DOWN]) * random.random())
            self.play(dots[0].animate.set_color(random.choice([RED, BLUE])), run_time=2)


class RandomInUpdater(Scene):
    """An updater draws a number in each frame. [repeats]"""

    def construct(self):
        dot = Dot(radius=SIDE / 4)
        dot.add_updater(
            lambda mobject, dt: mobject.move_to([random.gauss(0, 2), random.gauss(0, 1), 0])
        )
        self.add(dot)
        self.wait(10)


class NumpysOldRandom(Scene):
    """NumPy's global generator. [repeats]"""

    def construct(self):
        for _ in range(4):
            points = np.random.randn(12, 3)
            points[:, 2] = 0
            dots = VGroup(*[Dot(point, radius=SIDE / 10) for point in points])
            self.play(FadeIn(dots), run_time=2)
            self.play(dots.animate.rotate(np.random.rand()), run_time=1)


class SeededGenerator(Scene):
    """A generator of the reader's own, with a seed. [repeats]"""

    def construct(self):
        chance = np.random.default_rng(7)
        square = Square(SIDE)
        for _ in range(5):
            self.play(square.animate.shift([*chance.normal(size=2), 0]), run_time=2)


class GeneratorOfTheModule(Scene):
    """A seeded generator that the module holds, and an updater uses. [repeats]"""

    def construct(self):
        dot = Dot(radius=SIDE / 4)
        dot.add_updater(lambda mobject, dt: mobject.shift([*CHANCE.normal(size=2) * dt, 0]))
        self.add(dot)
        self.play(Create(Square()), run_time=5)
        self.wait(5)


CHANCE = np.random.default_rng(3)


class SeedsAgain(Scene):
    """The reader seeds in the middle, with a state that was kept. [repeats]"""

    def construct(self):
        state = random.getstate()
        for turn in range(5):
            random.setstate(state) if turn % 2 else random.seed(turn)
            square = Square(SIDE + random.random())
            self.play(Create(square), run_time=2)


class UnseededGenerator(Scene):
    """default_rng() draws its seed from the system. [differs]"""

    def construct(self):
        twice(self, np.random.default_rng().random())


class Entropy(Scene):
    """os.urandom. [differs]"""

    def construct(self):
        twice(self, int.from_bytes(os.urandom(2), "big") / 65536)


class Identifiers(Scene):
    """uuid4. [differs]"""

    def construct(self):
        twice(self, uuid.uuid4().int / 2**128)


class Secrets(Scene):
    """Secrets, and SystemRandom. [differs]"""

    def construct(self):
        twice(self, (secrets.randbelow(1000) / 1000 + random.SystemRandom().random()) / 2)


class SeedOfTheSystem(Scene):
    """random.seed() without a seed, drawn in the middle and shown much later. [differs]"""

    def construct(self):
        random.seed()
        value = random.random()
        self.add(shape(value))
        self.wait(1)
        pass_time(self)
        self.clear()
        random.seed()
        self.add(shape(random.random()))
        self.wait(1)
        pass_time(self)
        self.clear()
        self.add(shape(value))
        self.wait(1)


class EntropyInUpdater(Scene):
    """Where a dot has wandered is drawn again at the end. [differs]"""

    def construct(self):
        chance = np.random.default_rng()
        dot = Dot(radius=SIDE / 4)
        self.add(dot)
        start = float(chance.random())
        dot.shift(start * UP)
        self.wait(0.5)
        dot.add_updater(lambda mobject, dt: mobject.set_x(float(chance.random())))
        self.wait(9)
        dot.clear_updaters()
        dot.move_to(start * UP)
        self.wait(0.5)
