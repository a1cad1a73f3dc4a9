"""Timelines, flows and fades: what was there is there again, as it was."""

import numpy as np
import pytest
from manim import RIGHT, UP, FadeIn, Square, VGroup

from mlanim.errors import UsageError
from mlanim.motion import (
    appear,
    carry,
    dim,
    draw,
    flow,
    highlight,
    in_turn,
    pulse,
    retitle,
    together,
    undim,
    vanish,
)
from mlanim.primitives.text import Label
from mlanim.primitives.wire import Wire


def points(mobject):
    return np.vstack([part.points for part in mobject.get_family() if len(part.points)])


def opacities(mobject):
    return [(part.get_fill_opacity(), part.get_stroke_opacity()) for part in mobject.get_family()]


def test_a_newcomer_is_not_on_the_screen_before_its_turn(stage):
    first, second = Square(), Square()
    verb = in_turn(FadeIn(first), FadeIn(second))
    verb._setup_scene(stage)
    verb.begin()
    verb.interpolate(0.3)
    assert first in stage.mobjects
    assert second not in stage.mobjects
    verb.interpolate(0.7)
    assert second in stage.mobjects


def test_animating_a_part_leaves_its_parent_whole(stage):
    group = VGroup(Square(), Square())
    stage.add(group)
    stage.play(together(group[0].animate.shift(UP), pulse(group[1])))
    assert stage.mobjects == [group]
    assert np.allclose(group[0].get_center(), UP)


def test_what_comes_again_as_it_leaves_is_drawn_and_what_only_leaves_is_not(stage):
    gone, again = Square(), Square()
    stage.add(gone, again)
    stage.moving_mobjects = [gone, again]
    verb = together(vanish(gone), in_turn(vanish(again), appear(again)))
    verb._setup_scene(stage)
    verb.begin()
    verb.interpolate(0.7)  # both have left by then
    assert stage.mobjects[-1] is stage.moving_mobjects[-1] is again
    assert gone not in stage.mobjects + stage.moving_mobjects


def test_run_time_stretches_the_whole(stage):
    square = Square()
    stage.play(in_turn(FadeIn(square), square.animate.shift(RIGHT)), run_time=0.4)
    assert np.allclose(square.get_center(), RIGHT)


def test_a_skipped_timeline_ends_in_the_same_state(stage):
    square, other = Square(), Square().shift(3 * RIGHT)
    verb = in_turn(FadeIn(square), flow(square, other), square.animate.shift(UP), vanish(other))
    verb._setup_scene(stage)
    verb.begin()
    verb.finish()
    verb.clean_up_from_scene(stage)
    assert stage.mobjects == [square]
    assert np.allclose(square.get_center(), UP)


def test_an_empty_timeline_can_be_played(stage):
    stage.play(together())
    assert stage.mobjects == []


@pytest.mark.parametrize("way", [[Wire((0, 0), (2, 0), (2, 1))], [2 * RIGHT], [UP, (2, 2, 0)]])
def test_flow_moves_a_copy_and_takes_it_away(stage, way):
    label = Label("étudiant")
    before = points(label)
    stage.add(label)
    verb = flow(label, *way, run_time=0.4)
    stage.play(verb)
    assert stage.mobjects == [label]
    assert (points(label) == before).all()


def test_flow_arrives_where_the_way_ends(stage):
    square = Square(0.2)
    verb = flow(square, 3 * RIGHT, shrink=0.5)
    verb._setup_scene(stage)
    verb.begin()
    verb.interpolate(1)
    assert np.allclose(verb.mobject.get_center(), 3 * RIGHT)
    assert verb.mobject.width == pytest.approx(0.1)


def test_flow_needs_a_way():
    with pytest.raises(UsageError, match="no way"):
        flow(Square())


def test_carry_leaves_both_ends_alone(stage):
    source, target = Square(fill_opacity=1), Label("h").shift(2 * RIGHT)[0]
    stage.add(source, target)
    stage.play(carry(source, target, run_time=0.4))
    assert stage.mobjects == [source, target]


def test_undim_undoes_dim_and_dimming_twice_is_dimming_once(stage):
    group = VGroup(Square(fill_opacity=0.8), Square(stroke_opacity=0.5), Label("h"))
    before = opacities(group)
    stage.add(group)
    stage.play(dim(group, opacity=0.25))
    assert group[0].get_fill_opacity() == pytest.approx(0.2)
    assert group[1].get_fill_opacity() == 0
    stage.play(dim(group, opacity=0.25))
    assert group[0].get_fill_opacity() == pytest.approx(0.2)
    stage.play(undim(group))
    assert np.allclose(opacities(group), before)
    assert stage.mobjects == [group]


def test_pulse_and_highlight_leave_no_trace(stage):
    label = Label("score")
    before = points(label)
    stage.add(label)
    stage.play(pulse(label), highlight(label))
    assert stage.mobjects == [label]
    assert (points(label) == before).all()


def test_appear_comes_from_somewhere_and_ends_at_home(stage):
    label = Label("h").shift(2 * UP)
    before = points(label)
    stage.play(appear(label, start=3 * RIGHT, scale=0.2))
    assert stage.mobjects == [label]
    assert (points(label) == before).all()


def test_what_is_there_does_not_appear_again(stage):
    group = VGroup(Square(), Square())
    stage.add(group)
    verb = appear(group[0])
    verb._setup_scene(stage)
    verb.begin()
    verb.interpolate(0.1)
    assert group[0].get_stroke_opacity() == 1
    assert stage.mobjects[0] is group


def test_vanish_does_not_bring_in_what_is_not_there(stage):
    group = VGroup(Square(), Square())
    stage.add(group[0])
    verb = vanish(group)
    verb._setup_scene(stage)
    verb.begin()
    verb.interpolate(0.5)
    assert group[1] not in stage.get_mobject_family_members()
    verb.finish()
    verb.clean_up_from_scene(stage)
    assert stage.mobjects == []
    assert group[0].get_stroke_opacity() == 1


def test_a_drawn_wire_is_the_whole_wire(stage):
    wire = Wire((0, 0), (2, 0), (2, 1))
    before = points(wire)
    stage.play(draw(wire))
    assert stage.mobjects == [wire]
    assert (points(wire) == before).all()
    assert wire.tip.get_fill_opacity() == 1


def test_retitle_puts_the_new_title_on_the_old_line(stage):
    old, new = Label("Score", size="title").shift(3 * UP), Label("Softmax", size="title")
    left, line = old.get_left()[0], old.baseline[1]
    stage.add(old)
    stage.play(retitle(old, new))
    assert stage.mobjects == [new]
    assert new.get_left()[0] == pytest.approx(left, abs=1e-6)
    assert new.baseline[1] == pytest.approx(line)


def test_retitle_begins_at_the_right_where_its_language_does(stage):
    old, new = Label("الانتباه", size="title").shift(5 * RIGHT), Label("كل شيء الآن", size="title")
    right, line = old.get_right()[0], old.baseline[1]
    stage.add(old)
    stage.play(retitle(old, new))
    assert new.width > old.width
    assert new.get_right()[0] == pytest.approx(right, abs=1e-6)
    assert new.baseline[1] == pytest.approx(line)
