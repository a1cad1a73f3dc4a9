"""Families that lose members come apart as Manim takes them apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from manim import Animation, AnimationGroup, Mobject, Scene

from mlanim.render.twins.family_walk import left_without, moving_mobjects

MANIMS = Scene.get_restructured_mobject_list
MANIMS_MOVING = Scene.get_moving_mobjects
COUNT = 12


class Alias(Mobject):
    """Its family is that of another mobject."""

    def get_family(self, recurse=True):
        return [self, *self.other.get_family()]


@st.composite
def scenes(draw):
    """Mobjects of which later ones hold earlier ones, perhaps in common, and which of them go."""
    mobjects = [Mobject() for _ in range(COUNT)]
    for index in range(1, COUNT):
        kept = draw(st.sets(st.integers(0, index - 1), max_size=3))
        mobjects[index].submobjects = [mobjects[k] for k in sorted(kept)]
    if draw(st.booleans()):
        alias = Alias()
        alias.other = mobjects[5]
        mobjects[-2].submobjects.append(alias)
    some = st.lists(st.sampled_from(mobjects), max_size=5, unique=True)
    return draw(some), draw(some)


@given(scenes())
def test_what_is_left_is_what_manim_leaves(shown_and_removed):
    shown, removed = shown_and_removed
    assert left_without(Scene, shown, removed) == MANIMS(Scene, shown, removed)


@given(scenes(), st.data())
def test_what_moves_is_what_moves_for_manim(shown_and_others, data):
    shown, others = shown_and_others
    scene = Scene()
    scene.mobjects, scene.foreground_mobjects = shown, others[:1]
    everyone = scene.get_mobject_family_members() + others
    for mobject in data.draw(st.lists(st.sampled_from(everyone), max_size=2)) if everyone else []:
        mobject.updaters = [print]
    moved = [Animation(mobject) for mobject in others[1:]]
    moved = [AnimationGroup(*moved)] if len(moved) > 2 else moved
    assert moving_mobjects(scene, *moved) == MANIMS_MOVING(scene, *moved)
