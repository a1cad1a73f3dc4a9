"""The explainer of a model's thoughts: what is on screen is what the model computed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from manim import Scene

from mlanim.cli import cli
from mlanim.models.captured import CapturedTrace, write_trace
from mlanim.models.language_model.language_model import load_language_model, read_prompt
from mlanim.models.rollout import rollout
from mlanim.primitives import TensorBox
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render
from mlanim.render.stage.observer import Observer
from mlanim.review.moment import moment_of
from mlanim.scene_module import run_file
from mlanim.subjects.thoughts import FlowGraph, LayerGrid, RankChart, ShadedText, WordTable
from mlanim.subjects.thoughts.acts.lens import shades_of
from mlanim.subjects.thoughts.models.attention_flow import attention_flow, capacities
from mlanim.subjects.thoughts.models.firing import factors_of
from mlanim.subjects.thoughts.models.own_thoughts import think
from mlanim.subjects.thoughts.models.thought_file import write_thoughts
from mlanim.subjects.thoughts.primitives.word_table import fewer_rows
from tests.subjects.thoughts.published import CABINET, LONDON, cabinet, london

SCENE = Path(__file__).parents[3] / "scenes" / "thoughts.py"
STEPS = ("logit-lens", "compare", "saliency", "neurons", "attention-flow", "generated")


class Watch(Observer):
    """Keeps what was on screen whole, by step and kind, as it was after each play."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, type], list[Any]] = {}
        self.texts: dict[str, set[str]] = {}

    def play_finished(self, scene: Scene, time: float) -> None:
        step = moment_of(scene).step
        for part in scene.get_mobject_family_members():
            kept = self.found.setdefault((step, type(part)), [])
            if isinstance(part, RankChart):
                kept.append({word: part.ranks_drawn(word).tolist() for word in part.ranks})
            elif isinstance(part, WordTable):
                kept.append({name: part.values_drawn(name) for name in part.columns})
            elif isinstance(part, LayerGrid):
                kept.append(([text.text for text in part.texts], np.array(part.shades)))
            elif isinstance(part, ShadedText | TensorBox):
                kept.append(np.array(part.values))
            elif isinstance(part, FlowGraph):
                kept.append(part.widths_drawn())
            if text := getattr(part, "text", None):
                self.texts.setdefault(step, set()).add(str(text))

    def last(self, step: str, kind: type) -> Any:
        return self.found[(step, kind)][-1]

    def has(self, step: str, kind: type, wanted: np.ndarray) -> bool:
        arrays = self.found[(step, kind)]
        return any(a.shape == wanted.shape and np.allclose(a, wanted) for a in arrays)


def film(observer: Observer | None = None, **spec: Any):
    settings = RenderSpec(width=48, height=26, fps=1, format="none", **spec)
    return render(run_file(SCENE).Thoughts, settings, observer=observer)


@pytest.fixture(scope="module")
def watched():
    watch = Watch()
    return film(watch), watch


@pytest.fixture(scope="module")
def own():
    model = load_language_model()
    prompt = run_file(SCENE).Thoughts.parameters()["prompt"].default
    return think(model, read_prompt(model, prompt), 4)


def test_the_steps_are_the_storyboards(watched):
    assert tuple(step.path for step in watched[0].steps) == STEPS


def test_the_word_climbs_by_its_ranks(watched, own):
    at, watch = own.asked_at[0], watched[1]
    assert watch.last("logit-lens", RankChart) == {"ball": own.said_ranks[:, at].tolist()}
    grids = watch.found[("logit-lens", LayerGrid)]
    best = [word for layer in range(3) for word in own.top_at(layer, at)[:3]]
    assert any(texts == best for texts, _ in grids)
    texts, shades = grids[-1]  # all positions that find room
    columns = shades.shape[1]
    wanted = own.said_ranks[:, at - columns + 1 : at + 1]
    np.testing.assert_allclose(shades, shades_of(wanted))
    assert texts[-1] == "ball" and columns > 8
    assert "rank 1 at layer 3" in watch.texts["logit-lens"]


def test_words_that_were_asked_for_are_compared(watched, own):
    at = own.asked_at[0]
    wanted = {word: own.asked_ranks[:, at, i].tolist() for i, word in enumerate(own.asked)}
    assert watched[1].last("compare", RankChart) == wanted and len(wanted) == 2


def test_bars_are_the_saliency(watched, own):
    readers = own.readers(own.asked_at[0])
    columns = {
        "gradient x input": own.gradient_x_input[0, list(readers.columns)],
        "integrated gradients": own.integrated_gradients[0, list(readers.columns)],
    }
    shown = watched[1].last("saliency", WordTable)
    rows = len(shown["gradient x input"])
    for name, wanted in fewer_rows(readers.names, columns, rows)[1].items():
        np.testing.assert_allclose(shown[name], wanted, atol=2e-3)
        assert shown[name].sum() == pytest.approx(columns[name].sum(), abs=0.02)
    told = " ".join(watched[1].texts["saliency"])
    assert f"the logit {own.scores[0, 1]:.2f}" in told


def test_units_and_factors_are_the_layers(watched, own):
    fired = np.maximum(own.neurons[1], 0)
    factors = factors_of(fired, 4)
    assert watched[1].has("neurons", TensorBox, factors.firing)
    units = next(a for a in watched[1].found[("neurons", TensorBox)] if len(a) != 4)
    assert all(any(np.array_equal(row, unit) for unit in fired) for row in units)
    for row in factors.firing:
        assert watched[1].has("neurons", ShadedText, row)


def test_flow_is_drawn_as_it_is(watched, own):
    attention, words, top = own.attention_at(own.asked_at[0])
    shown = watched[1].last("attention-flow", WordTable)
    columns = {
        "raw, last layer": attention[-1].mean(axis=0)[top],
        "rollout": rollout(attention)[-1, top],
        "flow": attention_flow(attention, top),
    }
    rows = len(shown["flow"])
    for name, wanted in fewer_rows(words, columns, rows)[1].items():
        np.testing.assert_allclose(shown[name], wanted, atol=2e-3)
    pipes, widths = capacities(attention), watched[1].last("attention-flow", FlowGraph)
    drawn = widths > 0
    np.testing.assert_allclose(widths[drawn], pipes[drawn])
    row = pipes[-1, top]
    assert np.array_equal(drawn[-1, top], row >= 0.02)


def test_its_own_words_are_asked_the_same(watched, own):
    texts, _ = watched[1].last("generated", LayerGrid)
    assert texts == [str(rank) for rank in own.said_ranks[:, list(own.asked_at)].ravel()]
    shares = np.abs(own.integrated_gradients)
    shares /= shares.sum(axis=1, keepdims=True)
    for row in (*shares, shares[-3:].mean(axis=0)):
        assert watched[1].has("generated", ShadedText, row)


@pytest.mark.parametrize(
    ("make", "step", "wanted"),
    [
        (london, "logit-lens", {"·London": LONDON}),
        (cabinet, "compare", {word.replace(" ", "·"): path for word, path in CABINET.items()}),
    ],
)
def test_published_ranks_are_drawn(tmp_path, make, step, wanted):
    watch = Watch()
    result = film(watch, values={"trace": make(tmp_path)})
    assert [s.path for s in result.steps] == [step]
    assert watch.last(step, RankChart) == {word: list(path) for word, path in wanted.items()}
    told = watch.texts[step]
    assert "rank 1 at layer 6" in told and {"1", "10", "100"} <= told
    assert ("best rank 9" in told) == (step == "compare")
    assert any("___" in text for text in told)


def call(path: Path, *words: str):
    out = path.with_name("out.png")
    command = ["render", "thoughts", "--trace", str(path), "-r", "64,36", "-s", "-o", str(out)]
    return CliRunner().invoke(cli, [*command, *words])


def test_what_an_old_trace_lacks_is_one_line(tmp_path):
    weights = np.tri(3) / np.tri(3).sum(axis=1, keepdims=True)
    old = CapturedTrace(("a", "b", "c"), attention=np.tile(weights, (2, 2, 1, 1)))
    path = write_trace(old, tmp_path / "old.npz")
    done = call(path)
    assert done.exit_code == 0, done.output
    (line,) = [line for line in done.output.splitlines() if "old.npz holds" in line]
    assert "no said_ranks, which the step logit-lens needs" in line and "thoughts=True" in line
    done = call(path, "--steps", "neurons")
    assert done.exit_code == 2 and "holds no neurons" in done.output
    assert done.output.count("\n") == 1


def test_other_scenes_tell_where_thoughts_are_played(tmp_path, own):
    path = write_thoughts(own, tmp_path / "own.npz")
    command = ["render", "multi-head", "--trace", str(path), "-r", "64,36", "-s"]
    done = CliRunner().invoke(cli, [*command, "-o", str(tmp_path / "out.png")])
    assert done.exit_code == 0 and "mlanim render thoughts" in done.output
    shown = CliRunner().invoke(cli, ["show", str(path)]).output
    assert "said_ranks" in shown and "not read" not in shown


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--set", "ask=robt"], "did you mean 'robot'"),
        (["--set", "word=9"], "word=9: there are 4"),
        (["--set", "layer=4", "--steps", "neurons"], "layer=4: there are 3"),
        (["--set", "prompt="], "the prompt is empty"),
    ],
)
def test_what_cannot_be_is_one_line(words, told):
    done = CliRunner().invoke(cli, ["render", "thoughts", "-r", "64,36", "-s", *words])
    assert done.exit_code == 2 and told in done.output and done.output.count("\n") == 1


@pytest.mark.parametrize("options", [["--theme", "print", "--aspect", "9:16"]])
def test_it_is_clean(options):
    done = CliRunner().invoke(cli, ["check", "thoughts", "-q", "l", "--fps", "1", *options])
    assert done.exit_code == 0, done.output
