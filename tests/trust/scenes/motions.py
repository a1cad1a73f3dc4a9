"""Animations of animations, and mobjects that several of them move."""

from manim import *

SIDE = 1.0


class Successions(Scene):
    """Successions of groups of successions. [repeats]"""

    def construct(self):
        square, circle = Square(SIDE), Circle()
        inner = Succession(square.animate.shift(UP), Rotate(square, 1), run_time=2)
        self.play(Succession(Create(square), inner, FadeIn(circle)), run_time=5)
        self.play(
            LaggedStart(
                Succession(circle.animate.shift(RIGHT), circle.animate.shift(LEFT)),
                AnimationGroup(square.animate.scale(0.5), lag_ratio=0.3),
                lag_ratio=0.4,
            ),
            run_time=5,
        )


class Lagged(Scene):
    """LaggedStartMap over mobjects that overlap. [repeats]"""

    def construct(self):
        squares = VGroup(*[Square(SIDE).shift(x * 0.5 * RIGHT) for x in range(-5, 6)])
        self.play(LaggedStartMap(FadeIn, squares, lag_ratio=0.2), run_time=4)
        self.play(LaggedStartMap(lambda m: m.animate.set_color(RED), squares), run_time=3)
        self.play(LaggedStart(*[s.animate.shift(UP) for s in squares], lag_ratio=0.1), run_time=3)


class SameTwice(Scene):
    """One mobject is transformed twice at the same time. [repeats]"""

    def construct(self):
        square = Square(SIDE)
        for turn in range(4):
            self.play(
                Transform(square, Circle(1 + turn / 3)),
                Transform(square, Triangle().scale(1 + turn / 4)),
                run_time=2.5,
            )


class Replaced(Scene):
    """A chain of ReplacementTransforms, and what was replaced comes back. [repeats]"""

    def construct(self):
        chain = [Square(SIDE), Circle(), Triangle(), Star(), Square(SIDE / 2)]
        self.add(chain[0])
        for one, other in zip(chain, chain[1:], strict=False):
            self.play(ReplacementTransform(one, other), run_time=2)
        self.play(TransformFromCopy(chain[-1], chain[0]), run_time=2)


class PartsAndWholes(Scene):
    """A group and one of its parts move at once. [repeats]"""

    def construct(self):
        group = VGroup(*[Square(SIDE / 2).shift(x * RIGHT) for x in (-1, 0, 1)])
        for _ in range(4):
            self.play(group.animate.shift(0.3 * UP), group[1].animate.rotate(1), run_time=2.5)


class ChangedInPlay(Scene):
    """A function of alpha changes what another animation moves. [repeats]"""

    def construct(self):
        square, circle = Square(SIDE), Circle(0.5)
        self.add(circle)

        def lean(mobject, alpha):
            square.set_stroke(width=2 + 10 * alpha)
            mobject.set_x(alpha)

        for _ in range(3):
            self.play(square.animate.rotate(1), UpdateFromAlphaFunc(circle, lean), run_time=3.4)


class ValueTrackers(Scene):
    """Trackers that drive each other. [repeats]"""

    def construct(self):
        first, second = ValueTracker(0), ValueTracker(0)
        second.add_updater(lambda tracker: tracker.set_value(first.get_value() ** 2 / 4))
        dot = Dot().add_updater(lambda m: m.move_to([first.get_value(), second.get_value(), 0]))
        self.add(second, dot, Square(SIDE))
        for end in (2, -1, 3):
            self.play(first.animate.set_value(end), run_time=3)
        self.wait(1)


class SavedStates(Scene):
    """States are saved, changed and restored, in other orders. [repeats]"""

    def construct(self):
        square = Square(SIDE).save_state()
        self.play(square.animate.scale(2).rotate(1), run_time=3)
        square.generate_target()
        square.target.shift(RIGHT).set_color(RED)
        self.play(MoveToTarget(square), run_time=3)
        self.play(Restore(square), run_time=4)


class Becomes(Scene):
    """become and match_* in updaters. [repeats]"""

    def construct(self):
        model = Square(SIDE)
        copy = Circle().add_updater(lambda mobject: mobject.become(model.copy().shift(2 * RIGHT)))
        self.add(copy)
        for _ in range(4):
            self.play(model.animate.rotate(0.5).scale(1.1), run_time=2.5)


class Paths(Scene):
    """Paths and paces of the reader's own. [repeats]"""

    def construct(self):
        square = Square(SIDE)

        def swerve(start, end, alpha):
            return (1 - alpha) * start + alpha * end + np.sin(9 * alpha) * 0.2 * UP

        for turn in range(4):
            self.play(
                square.animate(path_func=swerve, rate_func=lambda t: t**2).shift(
                    (-1) ** turn * RIGHT
                ),
                run_time=2.5,
            )


class RatesOfChange(Scene):
    """ChangeSpeed, and a wait that is animated. [repeats]"""

    def construct(self):
        square = Square(SIDE)
        self.add(square)
        self.play(
            ChangeSpeed(square.animate(run_time=3).shift(2 * RIGHT), {0.3: 1, 0.5: 0.4, 1: 2}),
        )
        self.play(Wait(run_time=2), Rotate(square, 2, run_time=4))
        self.wait(3, frozen_frame=False)


class Traces(Scene):
    """TracedPath behind a moving dot, with dissipation. [repeats]"""

    def construct(self):
        dot = Dot(2 * LEFT)
        self.add(dot, TracedPath(dot.get_center, dissipating_time=1), Square(SIDE))
        self.play(dot.animate.shift(3 * RIGHT), run_time=3)
        self.play(Rotate(dot, 4, about_point=ORIGIN), run_time=4)
        self.wait(2)


class Introducers(Scene):
    """Animations that add and remove in their own way. [repeats]"""

    def construct(self):
        square = Square(SIDE)
        self.play(GrowFromCenter(square), run_time=2)
        self.play(Indicate(square), Flash(square), run_time=2)
        self.play(ShowPassingFlash(Circle()), FadeTransform(square, Triangle()), run_time=3)
        self.play(*[FadeOut(mobject) for mobject in self.mobjects], run_time=2)
        self.wait(1)
