# ruff: noqa: F403, F405 - written as Manim scenes are
"""Things that change by themselves."""

from manim import *


class Redrawn(Scene):
    def construct(self):
        tracker = ValueTracker(0.3)
        self.add(always_redraw(lambda: Circle(tracker.get_value(), fill_opacity=0.5)), Square())
        self.play(tracker.animate.set_value(2), run_time=0.6)


class Following(Scene):
    def construct(self):
        dot, label = Dot(), Square(0.5)
        label.add_updater(lambda m: m.next_to(dot, UP))
        self.add(dot, label)
        self.play(dot.animate.shift(2 * RIGHT), run_time=0.6)


class Integrating(Scene):
    def construct(self):
        dot = Dot(5 * LEFT, radius=0.5)
        dot.add_updater(lambda m, dt: m.shift(dt * 4 * RIGHT))
        self.add(dot)
        self.wait(0.8)
        dot.clear_updaters()
        self.wait(0.2)


class Traced(Scene):
    def construct(self):
        dot = Dot(2 * RIGHT)
        self.add(TracedPath(dot.get_center, stroke_width=6), dot)
        self.play(Rotating(dot, PI, about_point=ORIGIN), run_time=0.6)


class SceneUpdater(Scene):
    def construct(self):
        square = Square(fill_opacity=1)
        self.add(square)
        self.add_updater(lambda dt: square.rotate(3 * dt))
        self.wait(0.6, frozen_frame=False)


class InPlaceEdits(Scene):
    """Points and colours edited in place, under the same arrays."""

    def construct(self):
        square, disc = Square(fill_opacity=1), Circle(1, fill_opacity=1).shift(3 * RIGHT)

        def nudge(m):
            m.points[:, 0] += 0.3
            m.fill_rgbas[0, 1] *= 0.7

        square.add_updater(nudge)
        self.add(square, disc)
        self.wait(0.6, frozen_frame=False)


class MembersComeAndGo(Scene):
    def construct(self):
        group = VGroup(Dot())
        group.add_updater(
            lambda m: m.add(Dot(len(m) * 0.5 * RIGHT)) if len(m) < 4 else m.remove(m[0])
        )
        self.add(group, Square())
        self.wait(0.8, frozen_frame=False)


class UpdatersDuringAnimations(Scene):
    def construct(self):
        a, b = Square(), Circle().shift(3 * RIGHT)
        b.add_updater(lambda m: m.match_y(a))
        self.add(a, b)
        self.play(
            a.animate(suspend_mobject_updating=False).shift(UP),
            b.animate.set_color(RED),
            run_time=0.6,
        )


class StillWait(Scene):
    def construct(self):
        self.add(Square())
        self.wait(0.4)
        self.wait_until(lambda: True, 0.4)
