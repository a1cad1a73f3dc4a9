"""The process around a scene: folder, variables, locale, warnings, signals, streams."""

import faulthandler
import locale
import logging
import os
import resource
import signal
import sys
import warnings

from manim import *

SIDE = 1.0


def film(scene, number=4):
    square = Square(SIDE)
    for _ in range(number):
        scene.play(square.animate.rotate(0.4).shift(0.3 * RIGHT), run_time=10 / number)


class AnotherFolder(Scene):
    """The working folder changes in mid-film. [repeats]"""

    def construct(self):
        film(self, 2)
        os.makedirs("below", exist_ok=True)
        os.chdir("below")
        with open("here.txt", "w") as file:
            file.write("here\n")
        film(self, 3)


class Variables(Scene):
    """A variable of the environment is changed, and an updater reads it. [repeats]"""

    def construct(self):
        dot = Dot().add_updater(lambda mobject: mobject.set_x(float(os.environ.get("FAR", "0"))))
        self.add(dot)
        for far in ("0.5", "1", "2"):
            os.environ["FAR"] = far
            self.play(Create(Square(SIDE + float(far))), run_time=3.4)


class Locale(Scene):
    """The locale is the reader's. [repeats]"""

    def construct(self):
        locale.setlocale(locale.LC_ALL, "C")
        film(self, 2)
        locale.setlocale(locale.LC_ALL, "")
        film(self, 3)


class WarningsAreErrors(Scene):
    """Warnings become errors. [repeats]"""

    def construct(self):
        warnings.simplefilter("error")
        film(self)


class Handlers(Scene):
    """Handlers at the root of all loggers, one of which counts. [repeats]"""

    def construct(self):
        records = []

        class Counting(logging.Handler):
            def emit(self, record):
                records.append(record)

        logging.getLogger().handlers[:] = [Counting()]
        logging.getLogger().setLevel(logging.DEBUG)
        for turn in range(4):
            logging.getLogger("mine").info("play")
            self.play(FadeIn(Square(SIDE + turn / 4)), run_time=2.5)


class ChildrenIgnored(Scene):
    """SIGCHLD is ignored: the system buries children by itself. [repeats]"""

    def construct(self):
        film(self, 2)
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        film(self, 3)


class SignalHandlers(Scene):
    """Handlers of the reader's own, for signals that he sends to himself. [repeats]"""

    def construct(self):
        heard = []
        signal.signal(signal.SIGUSR1, lambda number, frame: heard.append(number))
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        for turn in range(4):
            os.kill(os.getpid(), signal.SIGUSR1)
            self.play(FadeIn(Square(SIDE + turn / 3 + len(heard) / 9)), run_time=2.5)


class Alarm(Scene):
    """A timer interrupts whatever runs, and only counts. [repeats]"""

    def construct(self):
        count = []
        signal.signal(signal.SIGALRM, lambda number, frame: count.append(1))
        signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
        try:
            film(self)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


class ClosedStreams(Scene):
    """stdout and stderr are closed. [repeats]"""

    def construct(self):
        film(self, 2)
        sys.stdout.flush()
        os.close(1)
        os.close(2)
        film(self, 3)


class StreamsReplaced(Scene):
    """sys.stdout is an object of the reader's, or none at all. [repeats]"""

    def construct(self):
        kept = sys.stdout
        sys.stdout = sys.stderr = None
        film(self, 2)
        sys.stdout = kept
        film(self, 3)


class FewFiles(Scene):
    """Only some more files may be open. [repeats]"""

    def construct(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, 64), hard))
        film(self)


class Umask(Scene):
    """The umask lets nobody else read. [repeats]"""

    def construct(self):
        os.umask(0o077)
        film(self)
        with open("mine.txt", "w") as file:
            file.write("mine\n")


class Traced(Scene):
    """A trace function of the reader's sees every call of his file. [repeats]"""

    def construct(self):
        calls = []

        def trace(frame, event, arg):
            if frame.f_code.co_filename == __file__:
                calls.append(event)

        sys.setprofile(trace)
        try:
            film(self)
        finally:
            sys.setprofile(None)
        self.play(FadeIn(Dot(len(calls) % 3 * UP)), run_time=1)


class FaultHandler(Scene):
    """faulthandler watches, with a thread of the system's. [repeats]"""

    def construct(self):
        faulthandler.dump_traceback_later(600, file=sys.__stderr__)
        film(self)
        faulthandler.cancel_dump_traceback_later()


class Forks(Scene):
    """The scene forks by itself, and its child ends at once. [repeats]"""

    def construct(self):
        film(self, 2)
        child = os.fork()
        if not child:
            os._exit(7)
        _, status = os.waitpid(child, 0)
        self.add(Dot(os.waitstatus_to_exitcode(status) / 5 * UP))
        film(self, 3)


class ManimsConfig(Scene):
    """Settings of Manim's that are changed while it plays. [repeats]"""

    def construct(self):
        film(self, 2)
        config.background_color = DARK_BLUE
        self.add(Square(config.frame_height / 4 * SIDE))
        film(self, 3)
