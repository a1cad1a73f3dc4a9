"""What a scene may do between its first line and its last."""

from manim import *

SIDE = 1.0


class SetUpAndTornDown(Scene):
    """Plays in setup and in tear_down. [repeats]"""

    def setup(self):
        self.square = Square(SIDE)
        self.play(Create(self.square), run_time=3)

    def construct(self):
        self.play(self.square.animate.shift(RIGHT), run_time=4)

    def tear_down(self):
        self.play(FadeOut(self.square), run_time=3)


class SkippedSections(Scene):
    """Every second section is skipped. [repeats]"""

    def construct(self):
        dot = Dot().add_updater(lambda mobject, dt: mobject.shift(0.2 * dt * RIGHT))
        square = Square(SIDE)
        self.add(dot)
        for turn in range(8):
            self.next_section(f"part {turn}", skip_animations=turn % 2 == 1)
            self.play(square.animate.rotate(0.5), run_time=2.5)


class SectionsOfAWord(Scene):
    """Sections begin in the middle of things, some of them empty. [repeats]"""

    def construct(self):
        square = Square(SIDE)
        for name in ("a", "b", "b", "c"):
            self.next_section(name)
            self.next_section(name + "'")
            self.play(square.animate.shift(0.3 * UP), run_time=1)
            self.wait(1.5)


class WaitsUntil(Scene):
    """Waits until an updater has come far enough. [repeats]"""

    def construct(self):
        dot = Dot(3 * LEFT).add_updater(lambda mobject, dt: mobject.shift(dt * RIGHT))
        self.add(dot, Square(SIDE))
        self.wait_until(lambda: dot.get_x() > -1, max_time=5)
        self.play(Create(Circle()), run_time=3)
        self.wait(4, stop_condition=lambda: dot.get_x() > 3)
        self.wait(3)


class Cleared(Scene):
    """The stage is cleared, and what was on it comes back. [repeats]"""

    def construct(self):
        squares = [Square(SIDE + n / 3) for n in range(4)]
        for square in squares:
            self.play(Create(square), run_time=2)
            self.clear()
            self.add(*squares[:2])
            self.wait(0.5)


class RemovedInMidPlay(Scene):
    """An updater removes and adds mobjects while a play runs. [repeats]"""

    def construct(self):
        ghost = Circle(0.5).shift(2 * UP)

        def haunt(mobject, dt):
            if int(3 * self.time) % 2:
                self.add(ghost)
            else:
                self.remove(ghost)

        self.add(Dot().add_updater(haunt))
        self.play(Create(Square(SIDE)), run_time=5)
        self.wait(5)


class SpawningUpdater(Scene):
    """A scene updater adds a dot a second. [repeats]"""

    def construct(self):
        dots = []

        def spawn(dt):
            if len(dots) < self.time:
                dots.append(Dot((len(dots) - 4) * RIGHT + 2 * DOWN))
                self.add(dots[-1])

        self.add_updater(spawn)
        self.play(Create(Square(SIDE)), run_time=5)
        self.wait(4)
        self.remove_updater(spawn)
        self.wait(1)


class AlwaysRedrawn(Scene):
    """always_redraw around a value that is animated. [repeats]"""

    def construct(self):
        value = ValueTracker(0)
        line = always_redraw(lambda: Line(ORIGIN, [value.get_value(), SIDE, 0]))
        self.add(line)
        for end in (2, -2, 3, 0):
            self.play(value.animate.set_value(end), run_time=2.5)


class TurnedIntoUpdaters(Scene):
    """Animations that run as updaters, across several plays. [repeats]"""

    def construct(self):
        square = Square(SIDE)
        turn_animation_into_updater(Rotating(square, run_time=7))
        cycle = Circle(0.5).shift(2 * LEFT)
        cycle_animation(ApplyMethod(cycle.shift, UP, run_time=2))
        self.add(square, cycle)
        self.wait(3)
        self.play(Create(Triangle().shift(2 * RIGHT)), run_time=4)
        self.wait(3)


class Followers(Scene):
    """Updaters that follow each other, suspended and resumed. [repeats]"""

    def construct(self):
        leader = Dot(2 * LEFT)
        follower = Square(SIDE / 2).add_updater(lambda mobject: mobject.next_to(leader, UP))
        label = Circle(0.2).add_updater(lambda mobject: mobject.next_to(follower, UP))
        self.add(leader, follower, label)
        self.play(leader.animate.shift(2 * RIGHT), run_time=3)
        follower.suspend_updating()
        self.play(leader.animate.shift(RIGHT), run_time=3)
        follower.resume_updating()
        self.play(leader.animate.shift(2 * LEFT), run_time=4)


class Foreground(Scene):
    """Foreground mobjects and orders that change. [repeats]"""

    def construct(self):
        front, back = Square(SIDE, fill_opacity=1), Circle(fill_opacity=1, color=RED)
        self.add_foreground_mobject(front)
        self.play(FadeIn(back), run_time=2)
        self.remove_foreground_mobject(front)
        self.bring_to_back(front)
        self.play(back.animate.shift(0.5 * RIGHT), run_time=3)
        front.set_z_index(3)
        self.play(back.animate.shift(0.5 * LEFT), run_time=3)
        self.bring_to_front(back)
        back.z_index = 5
        self.wait(2)


class Subcaptions(Scene):
    """Subcaptions, in plays and by themselves. [repeats]"""

    def construct(self):
        square = Square(SIDE)
        self.add_subcaption("Begins.", duration=1)
        self.play(Create(square), run_time=4, subcaption="A square.")
        self.play(square.animate.rotate(1), run_time=3, subcaption="It turns.", subcaption_offset=1)
        self.wait(3)


class Nested(Scene):
    """A play that a play's own method calls, and a scene method that calls others. [repeats]"""

    def construct(self):
        for depth in range(3):
            self.show(depth)

    def show(self, depth):
        square = Square(SIDE + depth / 3)
        self.play(Create(square), run_time=2)
        if depth:
            self.show(depth - 1)
        self.remove(square)


class ErrorsCaught(Scene):
    """What fails is caught, and the film goes on. [repeats]"""

    def construct(self):
        square = Square(SIDE)
        for turn in range(4):
            try:
                self.play(self.moved(square, turn), run_time=2.5)
            except ZeroDivisionError:
                self.play(square.animate.shift(0.5 * UP), run_time=2.5)

    def moved(self, square, turn):
        square.rotate(0.3)
        return square.animate.scale(1 / (turn % 2))


class FailsInBegin(Scene):
    """A play that cannot begin is tried again. [repeats]"""

    def construct(self):
        square = Square(SIDE)
        for _ in range(4):
            try:
                self.play()
            except ValueError:
                self.play(square.animate.rotate(0.6), run_time=2.5)


class ManyShortPlays(Scene):
    """A hundred plays of two frames. [repeats]"""

    def construct(self):
        square = Square(SIDE)
        for turn in range(100):
            self.play(square.animate.rotate(0.1 * (turn % 5)), run_time=2 / 15)


class LongPlays(Scene):
    """Two plays over several segments, one with an updater that counts. [repeats]"""

    def construct(self):
        square = Square(SIDE)
        self.play(Rotate(square, 6), run_time=15)
        dot = Dot().add_updater(
            lambda mobject, dt: mobject.shift(0.1 * RIGHT * dt / (1 + self.time))
        )
        self.add(dot)
        self.play(square.animate.shift(2 * UP), run_time=15)


class OddLengths(Scene):
    """Run times that are no whole number of frames. [repeats]"""

    def construct(self):
        square = Square(SIDE)
        for seconds in (0.01, 0.33, 1.234, 0.0667, 2.71, 3.1415, 1.0000001, 2):
            self.play(square.animate.rotate(0.3), run_time=seconds)
            self.wait(seconds / 7 + 0.07)
