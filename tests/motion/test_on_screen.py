"""What is on the screen, as Manim would say it."""

from __future__ import annotations

import random

from manim import Dot, Scene, VGroup

from mlanim.motion.on_screen import is_on_screen


def test_it_is_what_manim_lists() -> None:
    draw = random.Random(3)
    for _ in range(40):
        things = [Dot() for _ in range(12)]
        for _ in range(10):
            things.append(VGroup(*draw.sample(things, draw.randint(0, 4))))
        things[-1].submobjects.append(things[-1])  # a family that holds itself ends
        scene = Scene()
        scene.mobjects = draw.sample(things, 4)
        listed = scene.get_mobject_family_members()
        for thing in things:
            assert is_on_screen(scene, thing) == (thing in listed)
