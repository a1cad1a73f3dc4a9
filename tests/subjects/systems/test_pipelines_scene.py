"""The scene of pipelines: real texts, real scores, and a reader's own system."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manim import Scene

from mlanim.errors import UsageError
from mlanim.primitives import LossCurve, Packet
from mlanim.primitives.pipeline.pipeline_box import PipelineBox
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render
from mlanim.render.stage.observer import Observer
from mlanim.review.moment import moment_of
from mlanim.scene_module import run_file
from mlanim.subjects.systems.models.judging import RULE
from mlanim.subjects.systems.models.learned_replies import load_loop, load_replies

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "docs/examples/systems/digits.toml"


class Watch(Observer):
    """Keeps the packets of each step, the curve, and all texts."""

    def __init__(self) -> None:
        self.packets: dict[str, list[Any]] = {}
        self.curve: LossCurve | None = None
        self.texts: set[str] = set()
        self.counts: dict[str, int] = {}

    def play_finished(self, scene: Scene, time: float) -> None:
        step = moment_of(scene).step
        for part in scene.mobjects:
            if isinstance(part, Packet):
                known = self.packets.setdefault(step, [])
                if not any(part.value is value for value in known):
                    known.append(part.value)
            if isinstance(part, LossCurve):
                self.curve = part
        for part in scene.get_mobject_family_members():
            if isinstance(part, PipelineBox) and part.counts and step == "reply-bot":
                self.counts = {name: int(label.text) for name, label in part.counts.items()}
            self.texts.add(str(getattr(part, "text", "")))


def film(observer: Observer | None = None, **spec: Any):
    settings = RenderSpec(width=48, height=26, fps=2, format="none", **spec)
    return render(run_file(ROOT / "scenes/pipelines.py").Pipelines, settings, observer=observer)


@pytest.fixture(scope="module")
def ours() -> Watch:
    watch = Watch()
    made = film(watch, steps=("reply-bot", "adversarial-loop"))
    assert [step.path for step in made.steps][:2] == ["reply-bot", "adversarial-loop"]
    return watch


def test_packets_are_what_the_models_made(ours):
    bot = load_replies()
    made = bot.write(0, 4, 0)
    told = ours.packets["reply-bot"]
    assert {one.text for one in made} <= {value for value in told if isinstance(value, str)}
    numbers = [value for value in told if not isinstance(value, str)]
    wanted = [round(one.real, 3) for one in made]
    wanted += [round(one.votes, 1) for one in made if one.passes]
    assert set(numbers) == set(wanted)
    assert {f"{one.real:.2f}" for one in made} <= ours.texts
    assert {f"{one.votes:.1f}" for one in made if one.passes} <= ours.texts


def test_the_best_that_passed_is_posted(ours):
    made = [one for one in load_replies().write(0, 4, 0) if one.passes]
    assert len(made) == 2
    best = max(made, key=lambda one: one.votes)
    assert ours.packets["reply-bot"][-1] == best.text


def test_the_gate_counts_what_it_lets_pass(ours):
    made = load_replies().write(0, 4, 0)
    passed = sum(one.passes for one in made)
    assert ours.counts == {"passed": passed, "refused": len(made) - passed}
    assert any("2 if it names what was lost, 5 if" in text for text in ours.texts)
    assert [votes for votes, _ in RULE] == [2, 5, 1]


def test_the_curve_and_the_texts_are_the_logs(ours):
    log, bot = load_loop(), load_replies()
    drawn = ours.curve.drawn_data
    np.testing.assert_allclose(drawn["curve 'judge'"][:, 1], log.accuracy)
    np.testing.assert_allclose(drawn["curve 'sensible'"][:, 1], log.sensible)
    for number, nudge in log.nudges.items():
        assert bot.write(0, 1, 1, nudge)[0].text in ours.packets["adversarial-loop"]
        assert f"{log.accuracy[number]:.2f}" in ours.texts


@pytest.mark.parametrize(("width", "height"), [(26, 48), (32, 32)])
def test_steps_stand_alone_in_other_shapes(width, height):
    """Every reply has its room, in a square too."""
    watch, steps = Watch(), ("reply-bot", "adversarial-loop")
    settings = RenderSpec(width=width, height=height, fps=1, format="none", steps=steps)
    scene = run_file(ROOT / "scenes/pipelines.py").Pipelines
    assert render(scene, settings, observer=watch).seconds > 10
    made = load_replies().write(0, 4, 0)
    assert {one.text for one in made} <= set(map(str, watch.packets["reply-bot"]))
    assert {f"{one.real:.2f}" for one in made} <= watch.texts


def test_a_readers_system_is_played_alone():
    watch = Watch()
    made = film(watch, values={"file": EXAMPLE})
    assert [step.path for step in made.steps] == ["system"]
    told = watch.packets["system"]
    plain = [value for value in told if not isinstance(value, np.ndarray)]
    assert "a three" in plain and 0.41 in plain and "three" in plain
    arrays = [value for value in told if isinstance(value, np.ndarray)]
    assert {value.dtype.name for value in arrays} == {"uint8", "float64"}


def test_steps_of_ours_are_not_in_a_readers_file():
    with pytest.raises(UsageError, match="reply-bot is not played with file="):
        film(values={"file": EXAMPLE}, steps=("reply-bot",))


def test_an_edited_file_gives_another_film(call, desk):
    path = desk / "mine.toml"
    films = []
    for name in ("first", "second", "first"):
        path.write_text(f'[[box]]\nname = "{name}"\n', encoding="utf-8")
        words = ("render", "pipelines", "--set", "file=mine.toml", "-r", "64,36", "--fps", "2")
        made = call(*words, "-s", "-o", "film.png")
        assert made.exit_code == 0, made.output
        films.append((desk / "film.png").read_bytes())
    assert films[0] == films[2] != films[1]
