"""Scenes that play captured traces: what fits, what is left out, and what is said of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from mlanim.cli import cli
from mlanim.models.captured import CapturedTrace, write_trace


def trace(tokens: tuple[str, ...] = ("a", "b", "c"), **left: Any) -> CapturedTrace:
    random = np.random.default_rng(0)
    count = len(tokens)
    scores = np.exp(random.normal(size=(2, 2, count, count)))
    if left.pop("causal", False):
        scores *= np.tri(count)
    arrays: dict[str, Any] = {
        "attention": scores / scores.sum(axis=-1, keepdims=True),
        "hidden_states": random.normal(size=(3, count, 4)),
        "logits": random.normal(size=(count, 3)),
        "vocabulary": ("x", " y", "\n"),
    }
    return CapturedTrace(tokens, **(arrays | left))


def render(path: Path, scene: str, *words: str):
    out = path.with_name("out.png")
    return CliRunner().invoke(
        cli,
        ["render", scene, "--trace", str(path), "-r", "64,36", "-s", "-o", str(out), *words],
    )


@pytest.mark.parametrize("scene", ["bert", "gpt2", "multi-head"])
def test_defaults_fit_the_trace(tmp_path, scene):
    done = render(write_trace(trace(), tmp_path / "t.npz"), scene)
    assert done.exit_code == 0, done.output
    done = render(tmp_path / "t.npz", scene, "--set", "layer=3")
    assert done.exit_code == 2 and "layer=3: this model has 2 layers" in done.output
    assert done.output.count("\n") == 1


def test_what_is_left_out_and_not_drawn_is_told(tmp_path):
    path = write_trace(trace(logits=None, vocabulary=None), tmp_path / "t.npz")
    done = render(path, "bert")
    assert "holds no logits and no vocabulary, which the step masked-lm needs" in done.output
    assert "hidden_states not drawn by this scene" in done.output


def test_a_model_that_looks_ahead_is_told_of(tmp_path):
    path = write_trace(trace(), tmp_path / "t.npz")
    assert "nothing is masked" in render(path, "gpt2").output
    path = write_trace(trace(causal=True), tmp_path / "t.npz")
    assert "nothing is masked" not in render(path, "gpt2").output
    assert "what comes after it" in render(path, "bert").output


@pytest.mark.parametrize(("step", "said"), [("sampling", "no logits"), ("kv-cache", "not played")])
def test_a_step_that_a_trace_does_not_give_is_refused(tmp_path, step, said):
    path = write_trace(trace(logits=None, vocabulary=None), tmp_path / "t.npz")
    done = render(path, "gpt2", "--steps", step)
    assert done.exit_code == 2 and said in done.output


def test_a_trace_that_gives_nothing_is_refused(tmp_path):
    path = write_trace(CapturedTrace(("a",)), tmp_path / "t.npz")
    done = render(path, "bert")
    assert done.exit_code == 2 and "holds no attention" in done.output


@pytest.mark.parametrize(
    "tokens",
    [("", " ", "猫"), tuple("a" * 64 for _ in range(17)), tuple("b" * 64 for _ in range(64))],
)
def test_tokens_of_any_kind_are_drawn(tmp_path, tokens):
    path = write_trace(
        trace(tokens, hidden_states=np.zeros((3, len(tokens), 4))), tmp_path / "t.npz"
    )
    assert render(path, "gpt2").exit_code == 0


def test_show_tells_steps_and_what_is_not_read(tmp_path):
    found = trace(hidden_states=None)
    path = tmp_path / "t.npz"
    np.savez(path, tokens=np.array(found.tokens), attention=found.attention, mlp=np.ones(3))
    record = json.loads(CliRunner().invoke(cli, ["show", str(path), "--json"]).output)
    assert record["scenes"]["multi-head"] == {"steps": ["layers"], "left_out": {}}
    assert record["scenes"]["gpt2"]["left_out"]["sampling"] == ["logits"]
    assert record["not_read"] == ["mlp"]
    shown = CliRunner().invoke(cli, ["show", str(path)]).output
    assert "left out: no logits, no vocabulary" in shown and "not read" in shown


def test_render_writes_the_values(tmp_path):
    path = write_trace(trace(), tmp_path / "t.npz")
    done = render(path, "multi-head", "--values", str(tmp_path / "v.json"))
    assert done.exit_code == 0, done.output
    (record,) = json.loads((tmp_path / "v.json").read_text())  # what stands on the picture
    assert (record["kind"], record["layer"], record["head"]) == ("AttentionMatrix", 1, 1)
