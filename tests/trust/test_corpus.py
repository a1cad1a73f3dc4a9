"""Hostile scenes, one or two of each kind, rendered as Manim does and with workers and cache.

All of them in every way: python -m tests.trust.corpus
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.trust.corpus import QUICK, Stage, corpus, faults, stages

CHOSEN = (
    "AddsFrames",
    "ClassCounter",
    "EndsEarly",
    "Entropy",
    "GetFrame",
    "ManyShortPlays",
    "OwnKinds",
    "PatchedDrawing",
    "PythonsRandom",
    "RaisesItsOwn",
    "Rows",
    "SameTwice",
    "ThreadPool",
    "TurnedIntoUpdaters",
    "Unflushed",
)


@pytest.fixture(scope="module")
def both() -> Iterator[tuple[Stage, Stage]]:
    with stages() as processes:
        yield processes


@pytest.mark.parametrize("name", CHOSEN)
def test_a_hostile_scene_has_manims_frames_and_acts_once(name, both, tmp_path):
    (scene,) = corpus([name])
    assert faults(scene, *both, tmp_path, QUICK) == []


def test_every_scene_says_what_manim_makes_of_it():
    scenes = corpus()
    assert len(scenes) >= 80
    assert len({scene.name for scene in scenes}) == len(scenes)
    assert {scene.repeats for scene in scenes} == {"repeats", "differs", "fails"}
