"""Random scenes and random edits of them: python -m tests.trust.edits runs hundreds."""

from __future__ import annotations

from random import Random

import pytest

from tests.trust.corpus import Stage
from tests.trust.edits import Desk, edits_of
from tests.trust.functions import FUNCTIONS
from tests.trust.plays import AROUND, PLAYS
from tests.trust.random_edits import edited
from tests.trust.random_scenes import Number, Play, RandomScene, random_scene
from tests.trust.ways import NUMBERS


def test_a_few_edits_give_no_stale_film(tmp_path):
    stage = Stage("mlanim", 90)
    try:
        edits = list(edits_of(stage, tmp_path, "a few/1", 3))
    finally:
        stage.end()
    assert [edit for edit in edits if edit.stale or edit.failed] == []
    assert any(edit.matters for edit in edits)


def test_a_cache_that_never_looks_again_is_found_out(tmp_path, monkeypatch):
    def film(desk, how):
        files = sorted(path for path in desk.folder.rglob("*") if path.is_file())
        return [b"of old"] if how == "recall" else [path.read_bytes() for path in files]

    monkeypatch.setattr(Desk, "film", film)
    edits = list(edits_of(None, tmp_path, "a few/1", 3))
    assert [edit.stale for edit in edits] == [("segments",)] * 3


@pytest.mark.parametrize("way", NUMBERS)
def test_every_way_gives_its_number(way, tmp_path, monkeypatch):
    number = Number(0.7, way, f"{list(NUMBERS).index(way):02}")  # modules stay imported
    scene = RandomScene((Play("a shift", number, "a lambda", False),))
    for name, content in scene.files().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    for name, value in scene.environ().items():
        monkeypatch.setenv(name, value)
    space = {"__name__": "__main__"}
    exec("import numpy as np\nfrom manim import ValueTracker\n" + number.head, space)
    told = eval(number.told, space)
    if "chance" not in way:
        assert told == pytest.approx(0.7)


@pytest.mark.parametrize("kind", [*PLAYS, *AROUND])
def test_every_play_can_be_read_with_any_function(kind):
    for function in FUNCTIONS:
        play = Play(kind, Number(0.7, "a constant", "00"), function, elsewhere=True)
        for name, content in RandomScene((play,)).files().items():
            compile(content, name, "exec")


def test_a_seed_tells_a_scene_and_its_edits():
    def told(seed):
        chance = Random(seed)
        scene = random_scene(chance)
        return scene.files(), edited(chance, scene, scene.files(), [(scene, scene.files())])

    assert told("1") == told("1")
    assert told("1") != told("2")
