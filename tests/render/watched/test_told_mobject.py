"""What is remembered of mobjects is what they are now."""

from __future__ import annotations

import numpy as np
import pytest
from manim import RED, Circle, LineJointType, Square, VGroup

from mlanim.render.watched.reaching import Walk
from mlanim.render.watched.told_mobject import ToldMobjects


def assigned(group):
    group[0].stroke_width = 7


def new_points(group):
    group[0].shift([1, 0, 0])


def in_place(group):
    group[0].points[0, 0] += 1


def in_place_colour(group):
    group[0].fill_rgbas[:, 3] = 0.3


def another_member(group):
    group.submobjects.append(Circle())


def an_updater(group):
    group[1].updaters.append(print)


def a_member_of_an_enumeration(group):
    group[1].joint_type = LineJointType.BEVEL


def a_colour(group):
    group[1].background_stroke_color = RED


def an_attribute_more(group):
    group[1].said = "new"


def an_array_of_whole_numbers(group):
    group[0].points = np.zeros((4, 3), int)


def other_attributes(group):
    group[0].__dict__ = {**vars(group[0]), "z_index": 3}


CHANGES = [
    assigned,
    new_points,
    in_place,
    in_place_colour,
    another_member,
    an_updater,
    a_member_of_an_enumeration,
    a_colour,
    an_attribute_more,
    an_array_of_whole_numbers,
    other_attributes,
]


def digest(group, mobjects):
    walk = Walk(mobjects)
    walk.take(group)
    return walk.digest()


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_shows_however_often_it_was_looked_at(change):
    group, mobjects = VGroup(Square(), Square(color=RED)), ToldMobjects()
    first = digest(group, mobjects)
    assert digest(group, mobjects) == first == digest(group, None)
    change(group)
    assert digest(group, mobjects) == digest(group, None) != first


def test_who_is_met_no_more_is_not_kept():
    group, mobjects = VGroup(Square(), Circle()), ToldMobjects()
    digest(group, mobjects)
    digest(VGroup(group[0]), mobjects)
    digest(group, mobjects)
    group.remove(circle := group[1])
    circle.stroke_width = 9
    group.add(circle)
    assert digest(group, mobjects) == digest(group, None)
