"""The bidirectional explainer: what is on screen is what its models computed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from manim import Scene

from mlanim.cli import cli
from mlanim.models.captured import CapturedTrace, write_trace
from mlanim.models.masked_model import (
    classify_opinion,
    fill_masks,
    load_masked_model,
    next_sentence,
)
from mlanim.primitives import HeadGrid, Number, SoftmaxBars, TensorBox, TokenRow
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render
from mlanim.render.stage.observer import Observer
from mlanim.render.stills.walking import walk
from mlanim.review.moment import moment_of
from mlanim.scene_module import run_file
from mlanim.subjects.masked_model.models.elmo import load_elmo, read_both_ways

SCENE = Path(__file__).parents[3] / "scenes" / "bert.py"
STEPS = ("masked-lm", "span-mask", "elmo", "classifier", "next-sentence", "fine-tune")
SENTENCE = "the dog didn't eat the [MASK] because it was too hot"


class Watch(Observer):
    """Keeps what was on screen after each play, by step."""

    def __init__(self) -> None:
        self.bars: dict[str, list[np.ndarray]] = {}
        self.boxes: dict[str, list[np.ndarray]] = {}
        self.masked: set[tuple[str, ...]] = set()
        self.numbers: set[float] = set()
        self.grids: list[np.ndarray] = []

    def play_finished(self, scene: Scene, time: float) -> None:
        step = moment_of(scene).step
        for part in scene.get_mobject_family_members():
            if isinstance(part, SoftmaxBars):
                self.bars.setdefault(step, []).append(np.array(part.weights))
            elif isinstance(part, TensorBox):
                self.boxes.setdefault(step, []).append(np.array(part.values))
            elif isinstance(part, TokenRow) and "?" in part.words:
                self.masked.add(part.words)
            elif isinstance(part, Number) and step == "span-mask":
                self.numbers.add(part.value)
            elif isinstance(part, HeadGrid):
                self.grids.append(np.array(part.weights))


def has(arrays: list[np.ndarray], wanted: Any) -> bool:
    wanted = np.asarray(wanted)
    return any(a.shape == wanted.shape and np.allclose(a, wanted, atol=1e-9) for a in arrays)


def film(observer: Observer | None = None, **spec: Any):
    settings = RenderSpec(width=48, height=26, fps=2, format="none", **spec)
    scene = run_file(SCENE).Bert
    if observer:  # it reads what stands there: nothing needs to be drawn
        return walk(scene, settings, lambda sight: None, observer)
    return render(scene, settings)


@pytest.fixture(scope="module")
def watched():
    watch = Watch()
    return film(watch), watch


def test_the_steps_are_the_storyboards(watched):
    assert tuple(step.path for step in watched[0].steps) == STEPS


@pytest.mark.parametrize("which", range(2))
def test_every_step_plays_without_its_neighbours(which):
    assert tuple(s.path for s in film(steps=STEPS[which::2]).steps) == STEPS[which::2]


def test_the_masked_word_is_the_models_guess(watched):
    chances = fill_masks(load_masked_model(), SENTENCE).probabilities[0]
    top = np.sort(chances)[::-1][:5]
    assert has(watched[1].bars["masked-lm"], [*top, 1 - top.sum()])


def test_decisions_are_the_models(watched):
    model = load_masked_model()
    pleased = classify_opinion(model, "the song was not boring").probabilities
    assert has(watched[1].bars["classifier"], pleased)
    first = SENTENCE.replace("[MASK]", fill_masks(model, SENTENCE).best[0])
    follows = next_sentence(model, first, "so the soup got cold").probabilities
    assert has(watched[1].bars["next-sentence"], follows)


def test_spans_are_judged_by_the_model(watched):
    model = load_masked_model()
    words = str(run_file(SCENE).Bert.parameters()["span"].default).split()
    assert len(watched[1].masked) == 2  # scattered, and in a row
    for shown in watched[1].masked:
        places = [i for i, word in enumerate(shown) if word == "?"]
        assert len(places) == 3
        text = " ".join("[MASK]" if word == "?" else word for word in shown)
        found = fill_masks(model, text).probabilities
        for k, place in enumerate(places):
            assert any(
                number == pytest.approx(found[k, model.stack.index[words[place]]])
                for number in watched[1].numbers
            )


def test_elmos_layers_and_their_mix_are_the_models(watched):
    trace = read_both_ways(load_elmo(), "the song was not boring")
    boxes, half = watched[1].boxes["elmo"], trace.layers.shape[2] // 2
    for t in range(len(trace.tokens)):
        assert has(boxes, trace.layers[0, t])
        for layer in (1, 2):
            assert has(boxes, trace.layers[layer, t, :half])
            assert has(boxes, trace.layers[layer, t, half:])
    assert has(boxes, trace.mixed[-1])
    assert has(watched[1].bars["elmo"], trace.weights)


@pytest.mark.parametrize("options", [[], ["--theme", "dark", "--aspect", "1:1"]])
def test_it_is_clean(options):
    done = CliRunner().invoke(cli, ["check", "bert", "-q", "l", "--fps", "2", *options])
    assert done.exit_code == 0, done.output


def test_a_captured_model_plays_what_was_captured(tmp_path):
    random = np.random.default_rng(0)
    scores = np.exp(random.normal(size=(2, 3, 5, 5)))
    trace = CapturedTrace(
        ("a", "b", "c", "d", "e"),
        attention=scores / scores.sum(axis=-1, keepdims=True),
        logits=random.normal(size=(5, 9)),
        vocabulary=tuple("abcdefghi"),
    )
    path = write_trace(trace, tmp_path / "other.npz")
    watch = Watch()
    result = film(watch, values={"trace": path, "layer": 2, "head": 3})
    assert [s.path for s in result.steps] == ["attention", "masked-lm"]
    assert any(np.allclose(grid, trace.attention, atol=1e-6) for grid in watch.grids)
