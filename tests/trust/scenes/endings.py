"""Scenes that end otherwise than by coming to their end."""

import os
import signal
import sys

from manim import *

SIDE = 1.0


def film(scene):
    square = Square(SIDE)
    for _ in range(4):
        scene.play(square.animate.rotate(0.4), run_time=2.5)


class LeavesBySysExit(Scene):
    """sys.exit in construct. [fails]"""

    def construct(self):
        film(self)
        sys.exit(3)


class LeavesByExitOfTheSystem(Scene):
    """os._exit, as if nothing were wrong. [fails]"""

    def construct(self):
        film(self)
        os._exit(0)


class LeavesInUpdater(Scene):
    """os._exit inside of an updater, in mid-play. [fails]"""

    def construct(self):
        film(self)
        self.add(Dot().add_updater(lambda mobject, dt: self.time > 12 and os._exit(5)))
        self.wait(5)


class RaisesGeneratorExit(Scene):
    """GeneratorExit. [fails]"""

    def construct(self):
        film(self)
        raise GeneratorExit


class RaisesItsOwn(Scene):
    """A BaseException of the reader's own. [fails]"""

    def construct(self):
        film(self)
        raise Gone("for good")


class Gone(BaseException):
    pass


class RaisesInUpdater(Scene):
    """An error in an updater, late in a long play. [fails]"""

    def construct(self):
        self.add(Square(SIDE).add_updater(lambda mobject, dt: 1 / (self.time < 9)))
        self.wait(12)


class RaisesInTearDown(Scene):
    """An error after the last play. [fails]"""

    def construct(self):
        film(self)

    def tear_down(self):
        raise LookupError("nothing to tear down")


class KilledBySignal(Scene):
    """The process ends itself by SIGKILL. [fails]"""

    def construct(self):
        film(self)
        os.kill(os.getpid(), signal.SIGKILL)


class EndsEarly(Scene):
    """Manim's own way to end early. [repeats]"""

    def construct(self):
        film(self)
        from manim.utils.exceptions import EndSceneEarlyException

        raise EndSceneEarlyException


class Returns(Scene):
    """Returns in the middle, from inside of a with block and a finally. [repeats]"""

    def construct(self):
        try:
            film(self)
            return
        finally:
            self.play(FadeIn(Circle()), run_time=1)
