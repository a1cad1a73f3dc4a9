"""The language model's explainer: what is on screen is what the model computed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from manim import Scene

from mlanim.cli import cli
from mlanim.models.captured import CapturedTrace, write_trace
from mlanim.models.language_model.language_model import continue_text, load_language_model
from mlanim.primitives import (
    AttentionMap,
    AttentionMatrix,
    HeadGrid,
    LogitBars,
    SoftmaxBars,
    TensorBox,
)
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render
from mlanim.render.stage.observer import Observer
from mlanim.render.stills.walking import walk
from mlanim.review.moment import moment_of
from mlanim.scene_module import run_file
from mlanim.subjects.language_model import PredictionError, SamplingPage, SpeakingModel, TokenClimb
from mlanim.subjects.language_model.models.optimiser_steps import load_optimiser_steps

SCENE = Path(__file__).parents[3] / "scenes" / "gpt2.py"
STEPS = (
    "autoregression",
    "one-token-through",
    "masked-attention",
    "kv-cache",
    "sampling",
    "windows",
    "train-step",
)
KINDS = (
    AttentionMap,
    AttentionMatrix,
    HeadGrid,
    LogitBars,
    PredictionError,
    SamplingPage,
    SoftmaxBars,
    SpeakingModel,
    TensorBox,
    TokenClimb,
)


class Watch(Observer):
    """Keeps arrays of what was on screen, by step and kind, as they were after each play."""

    def __init__(self) -> None:
        self.seen: dict[tuple[str, str], list[np.ndarray]] = {}
        self.texts: dict[str, set[str]] = {}

    def play_finished(self, scene: Scene, time: float) -> None:
        step = moment_of(scene).step
        for part in scene.get_mobject_family_members():
            for name in ("weights", "values"):
                array = getattr(part, name, None)
                if isinstance(part, KINDS) and isinstance(array, np.ndarray):
                    self.seen.setdefault((step, type(part).__name__), []).append(np.array(array))
            if text := getattr(part, "text", None):
                self.texts.setdefault(step, set()).add(str(text))

    def has(self, step: str, kind: type, wanted: Any) -> bool:
        """Whether such an array was shown, to the last digit of a double."""
        arrays = self.seen.get((step, kind.__name__), [])
        wanted = np.asarray(wanted)
        return any(a.shape == wanted.shape and np.allclose(a, wanted, atol=1e-9) for a in arrays)


def film(observer: Observer | None = None, **spec: Any):
    settings = RenderSpec(width=48, height=26, fps=2, format="none", **spec)
    scene = run_file(SCENE).Gpt2
    if observer:  # it reads what stands there: nothing needs to be drawn
        return walk(scene, settings, lambda sight: None, observer)
    return render(scene, settings)


@pytest.fixture(scope="module")
def watched():
    watch = Watch()
    return film(watch), watch


@pytest.fixture(scope="module")
def made():
    return continue_text(
        load_language_model(),
        "one morning the robot lost a",
        4,
        temperature=0.7,
        top_k=6,
        seed=3,
    )


def test_the_steps_are_the_storyboards(watched):
    assert tuple(step.path for step in watched[0].steps) == STEPS


@pytest.mark.parametrize("which", range(2))
def test_every_step_plays_without_its_neighbours(which):
    assert tuple(s.path for s in film(steps=STEPS[which::2]).steps) == STEPS[which::2]


def test_what_is_said_is_what_was_drawn(watched, made):
    assert set(made.said) <= watched[1].texts["autoregression"]


def test_one_head_is_masked_and_its_rows_sum_to_one(watched, made):
    count = len(made.prompt) + 1
    head = made.stack.layers[1].attention
    weights = head.weights[0, :count, :count]
    assert watched[1].has("masked-attention", AttentionMatrix, weights)
    assert (weights[np.triu_indices(count, 1)] == 0).all()
    for row in head.scaled[0, :count, :count]:
        assert watched[1].has("masked-attention", TensorBox, row[None])


def test_the_cache_shows_the_kept_keys_and_the_new_weights(watched, made):
    step = made.steps[-1].layers[1]
    for key in step.keys[0][:8]:
        assert watched[1].has("kv-cache", TensorBox, key)
    assert watched[1].has("kv-cache", SoftmaxBars, made.steps[0].layers[1].weights[0])


def test_the_draw_is_among_the_shown_probabilities(watched, made):
    shown = [
        sample.probabilities[sample.order[:6]]
        for sample in made.samples
        if watched[1].has("sampling", SoftmaxBars, sample.probabilities[sample.order[:6]])
    ]
    assert shown
    assert all(watched[1].seen[("sampling", "LogitBars")][0].shape == (80,) for _ in shown)


def test_the_nudge_is_the_logs(watched):
    log = load_optimiser_steps()
    right = int(log.window[-1])
    gains = log.after[:, -1, right] - log.before[:, -1, right]
    chosen = int(gains.argmax())
    firsts = [bars[0] for bars in watched[1].seen[("train-step", "SoftmaxBars")]]
    assert any(np.isclose(f, log.before[chosen, -1, right]) for f in firsts)
    assert any(np.isclose(f, log.after[chosen, -1, right]) for f in firsts)


@pytest.mark.parametrize("options", [[], ["--theme", "dark", "--aspect", "1:1"]])
def test_it_is_clean(options):
    done = CliRunner().invoke(cli, ["check", "gpt2", "-q", "l", "--fps", "2", *options])
    assert done.exit_code == 0, done.output


def test_a_captured_model_plays_what_was_captured(tmp_path):
    random = np.random.default_rng(0)
    scores = np.exp(random.normal(size=(3, 2, 20, 20))) * np.tri(20)
    trace = CapturedTrace(
        tuple(f"w{i}" for i in range(20)),
        attention=scores / scores.sum(axis=-1, keepdims=True),
        logits=random.normal(size=(20, 700)),
    )
    path = write_trace(trace, tmp_path / "other.npz")
    watch = Watch()
    result = film(watch, values={"trace": path, "layer": 3, "head": 2})
    assert [s.path for s in result.steps] == ["masked-attention", "sampling"]
    assert any(
        np.allclose(a, trace.attention, atol=1e-6)
        for a in watch.seen[("masked-attention", "HeadGrid")]
    )
    assert any(
        np.allclose(a, trace.attention[2, 1], atol=1e-6)
        for a in watch.seen[("masked-attention", "AttentionMap")]
    )
    refused = CliRunner().invoke(
        cli,
        ["render", "gpt2", "--trace", str(path), "--set", "layer=9", "-o", str(tmp_path / "x.mp4")],
    )
    assert refused.exit_code == 2 and "layer=9" in refused.output
    assert not (tmp_path / "x.mp4").exists()
