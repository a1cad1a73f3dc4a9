"""Plays of verbs may be entered at any frame: what begins in their middle finds the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    AnimationGroup,
    Circle,
    FadeIn,
    FadeOut,
    LaggedStart,
    Rotate,
    Scene,
    Square,
    Succession,
    Transform,
    smooth,
)

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.explainer import Explainer
from mlanim.primitives import Area
from mlanim.render.plays import cutting
from mlanim.render.plays.turns import moments_to_visit, turns_are_known
from mlanim.render.stage import film_renderer
from mlanim.subjects.boundary import ErrorCurve

TIMES = np.arange(0, 2, 0.1)


@pytest.fixture
def square():
    return Square()


@pytest.fixture
def circle():
    return Circle()


def test_what_nobody_moves_is_found_the_same(square, circle):
    for animations in (
        [do.in_turn(FadeIn(square), FadeIn(circle))],
        [do.in_turn(FadeIn(square), square.animate.shift(UP))],
        [do.pulse(square), do.after(0.3, do.appear(circle))],
        [do.pulse(square), do.flow(square, RIGHT)],  # at once
        [do.pulse(square), do.after(0.6, do.flow(square, RIGHT))],
    ):
        assert turns_are_known(animations)
        assert not moments_to_visit(animations, TIMES)


def test_what_is_on_its_way_is_found_where_the_frame_before_brought_it(square, circle):
    for looks in (
        do.flow(square, RIGHT),
        do.appear(circle, start=square),
        do.carry(circle, square),
    ):
        animations = [do.pulse(square), do.after(0.3, looks)]
        assert turns_are_known(animations)
        assert moments_to_visit(animations, TIMES) == {2, 3, 4}


def test_parts_of_a_succession_begin_late(square, circle):
    aims = Succession(Rotate(square, run_time=1), Transform(square, circle))
    assert not moments_to_visit([aims], TIMES)
    moving = circle.animate(run_time=2).shift(UP).build()
    assert moments_to_visit([aims, moving], TIMES) == {9, 10, 11}


def test_an_uneven_pace_tells_nobody_when(square, circle):
    uneven = do.in_turn(FadeIn(square), FadeIn(circle), rate_func=smooth)
    assert not turns_are_known([uneven, FadeIn(Circle())])


def test_who_looks_again_in_every_frame_must_be_alone(square):
    number = show.Number(0.0)
    counts = number.animate.set_value(3).build()
    assert turns_are_known([counts])
    assert not turns_are_known([counts, do.pulse(number)])


def test_where_two_groups_let_in_all_beginnings_count(square, circle):
    assert not moments_to_visit([do.appear(square, circle, lag=0.25)], TIMES)
    visited = moments_to_visit(
        [do.appear(square, circle, lag=0.25), do.after(0.5, do.appear(Square()))], TIMES
    )
    assert visited == {3, 4, 5, 6}


class Verbs(Explainer):
    """What the verbs of mlanim do, several at once, on a page of primitives."""

    def construct(self):
        words = show.TokenRow(["je", "suis", "là"], theme=self.theme).shift(UP).tokens
        boxes = [
            show.TensorBox([x, -x], theme=self.theme).shift([3 * x, -1, 0]) for x in (-1, 0, 1)
        ]
        wires = [show.Wire(boxes[i].get_right(), boxes[i + 1].get_left()) for i in (0, 1)]
        number = show.Number(0.0, anchor="right", theme=self.theme).shift(3 * DOWN)
        curve = ErrorCurve(
            [10, 100, 1000],
            {"test error": [0.3, 0.2, 0.1]},
            floor=0.07,
            area=Area(2, 1, 4, 3),
            theme=self.theme,
        )
        self.play(do.appear(*words, lag=0.2), do.after(0.3, do.appear(*boxes, lag=0.15)))
        self.play(do.draw(*wires, lag=0.3), do.appear(number), do.pulse(*boxes))
        self.play(
            *(do.flow(box, boxes[2], shrink=0.5) for box in boxes[:2]),
            do.after(0.4, do.highlight(words[0], run_time=0.6)),
        )
        self.play(
            do.carry(words[0], boxes[0]),
            number.animate.set_value(12.5),
            do.appear(curve),
            run_time=1,
        )
        self.play(
            do.learn(curve, stage=2, run_time=1.5), do.dim(*words), do.after(0.5, do.pulse(number))
        )
        self.play(
            do.vanish(*words, lag=0.2), do.undim(words[1]), do.after(0.2, do.appear(Square()))
        )
        self.wait(0.2)


class Found(Scene):
    """What looks at something on its way finds it where the frame before has left it."""

    def construct(self):
        square, circle = Square(0.5).shift(3 * LEFT), Circle(0.3)
        self.play(
            do.after(0.42, do.appear(circle, start=square, run_time=1)),
            square.animate(run_time=1.5).shift(3 * RIGHT + UP),
        )
        self.play(do.after(0.55, do.flow(square, 3 * UP)), Rotate(square))
        self.play(  # over by then, but later in the list
            do.after(0.83, do.appear(Circle(0.2), start=square)),
            square.animate(run_time=0.4).shift(2 * LEFT),
        )
        self.play(  # begins in the same frame, and earlier in the list
            do.after(0.45, square.animate(run_time=0.8).shift(2 * RIGHT)),
            do.after(0.42, do.flow(square, 3 * DOWN)),
        )
        self.play(
            square.animate(run_time=1.5).shift(2 * UP),
            do.after(0.42, do.pulse(square)),
            do.after(0.63, do.flow(square, 2 * DOWN)),
            do.after(0.94, do.carry(square, circle)),
        )
        self.wait(0.3)


class Overlapping(Scene):
    """What enters late lies above what entered earlier, whichever group lets it in."""

    def construct(self):
        squares = [
            Square(3 - 0.3 * i, fill_opacity=1, color=c).shift(0.4 * i * LEFT)
            for i, c in enumerate(["#f00", "#0f0", "#00f", "#ff0", "#0ff", "#f0f"])
        ]
        self.play(
            do.appear(*squares[::2], lag=0.4), do.after(0.2, do.appear(*squares[1::2], lag=0.4))
        )
        self.wait(0.3)


@pytest.mark.parametrize("scene", [Verbs, Found, Overlapping])
def test_plays_that_are_entered_in_their_middle_look_the_same(scene, make, monkeypatch):
    monkeypatch.setattr(cutting, "_ENOUGH", 3)
    monkeypatch.setattr(cutting, "_PIECE", 3)
    jumped = []
    can_jump = film_renderer.can_jump

    def spy(scene):
        jumped.append(can_jump(scene))
        return jumped[-1]

    monkeypatch.setattr(film_renderer, "can_jump", spy)
    made = [
        make(scene, str(jobs), format="png-sequence", jobs=jobs, fps=10).files for jobs in (1, 3)
    ]
    assert [f.path.read_bytes() for f in made[0]] == [f.path.read_bytes() for f in made[1]]
    assert sum(jumped) >= len(jumped) * 0.8


VERBS = {
    "shift": lambda one, other: one.animate.shift(0.7 * RIGHT),
    "pulse": lambda one, other: do.pulse(one),
    "rotate": lambda one, other: Rotate(one, 1.0),
    "flow": lambda one, other: do.flow(one, other, run_time=0.7),
    "carry": lambda one, other: do.carry(one, other),
    "appear": lambda one, other: do.appear(Circle(0.1), start=one),
    "turns": lambda one, other: do.in_turn(do.flow(one, other), do.pulse(other)),
    "dim": lambda one, other: do.dim(one),
    "fade": lambda one, other: FadeOut(one),
    "transform": lambda one, other: Transform(one, other),
    "group": lambda one, other: AnimationGroup(Rotate(one, 0.5), FadeIn(other), lag_ratio=0.5),
    "lagged": lambda one, other: LaggedStart(Rotate(one, 0.5), do.pulse(one), lag_ratio=0.3),
    "succession": lambda one, other: Succession(Rotate(one, 0.5), Rotate(other, 0.5)),
}
PLAYS = st.lists(
    st.tuples(
        st.sampled_from(sorted(VERBS)),
        st.sampled_from([(0, 1), (1, 0), (0, 2), (2, 1)]),
        st.sampled_from([None, 0.0, 0.3, 0.42, 0.45, 0.8]),
    ),
    min_size=2,
    max_size=5,
)


def stands(play, visits):
    """Where everything is at those moments of a play of such verbs that are gone to."""
    scene = Scene()
    squares = [Square(0.3 + 0.1 * i).shift(2 * i * RIGHT) for i in range(3)]
    scene.add(*squares)
    animations = []
    for name, (one, other), start in play:
        verb = VERBS[name](squares[one], squares[other])
        animations.append(verb if start is None else do.after(start, verb))
    scene.compile_animation_data(*animations)
    scene.begin_animations()
    assert turns_are_known(scene.animations)
    times = np.arange(0, scene.get_run_time(scene.animations), 0.1)
    found = {}
    for index in visits(len(times), sorted(moments_to_visit(scene.animations, times))):
        scene.update_to_time(times[index])
        family = [m for top in scene.mobjects for m in top.get_family()]
        looks = ("points", "fill_rgbas", "stroke_rgbas")
        found[index] = [[vars(m)[a].tobytes() for a in looks if a in vars(m)] for m in family]
    return found


@settings(max_examples=15, deadline=None, derandomize=True)
@given(PLAYS)
def test_a_jump_finds_everything_where_all_the_frames_bring_it(play):
    def jumped(target):
        return stands(play, lambda _, visited: [*(i for i in visited if i < target), target])

    every = stands(play, lambda frames, visited: range(frames))
    assert all(jumped(target)[target] == every[target] for target in list(every)[::3])
