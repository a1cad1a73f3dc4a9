"""The transformer explainer: its sixteen steps, and the truth of what they show."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from manim import Scene

from mlanim.cli import cli
from mlanim.models.dot_product_attention import causal_mask
from mlanim.models.masked_model import load_masked_model, looking_head, resolve
from mlanim.models.positions import sinusoidal
from mlanim.primitives import (
    AttentionArrows,
    AttentionMatrix,
    Label,
    LogitBars,
    LossCurve,
    Number,
    SoftmaxBars,
    TensorBox,
    format_number,
)
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render
from mlanim.render.sinks.result import RenderResult
from mlanim.render.stage.observer import Observer
from mlanim.render.stills.walking import walk
from mlanim.review.moment import moment_of
from mlanim.scene_module import run_file
from mlanim.subjects.transformer.acts.loss import of_targets, sentence_loss
from mlanim.subjects.transformer.models.training_log import load_training_log
from mlanim.subjects.transformer.models.transformer import load_transformer, translate_transformer

SCENE = Path(__file__).parents[3] / "scenes" / "transformer.py"
SOURCE = "je suis étudiant"
LONG = "une maison moderne française est noire et la zone est moderne et le chien est grand"
STEPS = (
    *("black-box", "stacks", "encoder-layer", "embeddings", "qkv", "score", "scale-softmax"),
    *("weighted-values", "matrix-form", "multi-head", "it", "positions", "residual-norm"),
    *("decoder", "output", "loss"),
)
WIDE, SQUARE, TALL = (48, 26), (32, 32), (26, 48)
LOOKS = [(WIDE, "dark"), (SQUARE, "print"), (TALL, "light"), (SQUARE, "dark")]


class Watch(Observer):
    """What was on screen after any play of each step: texts, numbers by role, arrays by kind."""

    def __init__(self) -> None:
        self.texts: dict[str, set[str]] = defaultdict(set)
        self.numbers: dict[str, set[tuple[str, str | None]]] = defaultdict(set)
        self.arrays: dict[tuple[str, str], list[np.ndarray]] = defaultdict(list)

    def play_finished(self, scene: Scene, time: float) -> None:
        step = moment_of(scene).step
        for part in scene.get_mobject_family_members():
            if isinstance(part, Number):
                assert part.text == format_number(part.value, part.decimals)
                self.numbers[step].add((part.text, part.role))
            elif isinstance(part, Label):
                self.texts[step].add(part.text)
            elif isinstance(part, AttentionArrows | AttentionMatrix | SoftmaxBars):
                self._keep(step, part, part.weights)
            elif isinstance(part, TensorBox | LogitBars):
                self._keep(step, part, part.values)
            elif isinstance(part, LossCurve):
                self._keep(step, part, np.array([part.step, part.value("loss")]))

    def _keep(self, step: str, part: Any, array: np.ndarray) -> None:
        kept = self.arrays[step, type(part).__name__]
        if not any(a.shape == array.shape and np.array_equal(a, array) for a in kept[-40:]):
            kept.append(np.array(array))

    def shows(self, step: str, kind: type, wanted: Any) -> bool:
        wanted = np.asarray(wanted, dtype=float)
        return any(
            array.shape == wanted.shape and np.allclose(array, wanted, atol=1e-9)
            for array in self.arrays[step, kind.__name__]
        )


def film(observer: Observer | None = None, size: Any = WIDE, fps: int = 2, **spec: Any) -> Any:
    """Play the scene unseen at a few pixels and frames."""
    width, height = size
    settings = RenderSpec(width=width, height=height, fps=fps, format="none", **spec)
    scene = run_file(SCENE).Transformer
    if observer:  # it reads what stands there: nothing needs to be drawn
        return walk(scene, settings, lambda sight: None, observer)
    return render(scene, settings)


@pytest.fixture(scope="module")
def watched() -> tuple[RenderResult, Watch]:
    watch = Watch()
    return film(watch), watch


@pytest.fixture(scope="module")
def seen(watched) -> Watch:
    return watched[1]


@pytest.fixture(scope="module")
def model():
    return load_transformer()


@pytest.fixture(scope="module")
def trace(model):
    return translate_transformer(model, SOURCE)


def test_its_steps_are_the_storyboards_and_last_a_lecture(watched) -> None:
    result = watched[0]
    assert tuple(step.path for step in result.steps) == STEPS
    assert 120 <= result.seconds <= 240
    assert all(step.say for step in result.steps)


def test_what_is_the_papers_and_what_is_this_models_is_told(seen, trace) -> None:
    texts = seen.texts["stacks"]
    assert {"In the paper: six of each", "encoder 6", "decoder 6"} <= texts
    assert f"The model in this film: {len(trace.encoder)} of each" in texts
    for layer in (*trace.encoder, *trace.decoder):
        assert seen.shows("stacks", TensorBox, layer.output)


def test_vectors_are_the_models_own(seen, trace) -> None:
    first = trace.encoder[0]
    for i in range(len(trace.source_tokens)):
        assert seen.shows("embeddings", TensorBox, trace.source_embeddings[i])
        for array in (first.input, first.attention.output, first.output):
            assert seen.shows("encoder-layer", TensorBox, array[i])
    assert "32 numbers a vector, 10 shown" in seen.texts["encoder-layer"]


def test_queries_keys_and_values_are_products(seen, model, trace) -> None:
    attention, weights = trace.encoder[0].attention, model.encoder[0].self_attention
    for letter, made in zip(
        "qkv", (attention.queries, attention.keys, attention.values), strict=True
    ):
        assert seen.shows("qkv", TensorBox, weights.matrix(letter, 0))
        assert seen.shows("qkv", TensorBox, made[0])


def test_one_word_is_computed_as_all_are(seen, trace) -> None:
    attention = trace.encoder[0].attention
    scores, scaled, weights = attention.scores, attention.scaled, attention.weights
    for step, row in (("score", scores), ("scale-softmax", scaled)):
        printed = {text for text, _ in seen.numbers[step]}
        assert {format_number(value, 2) for value in row[0, 0]} <= printed
    assert seen.shows("scale-softmax", SoftmaxBars, weights[0, 0])
    for value, weight in zip(attention.values[0], weights[0, 0], strict=True):
        assert seen.shows("weighted-values", TensorBox, value)
        assert seen.shows("weighted-values", TensorBox, weight * value)
    assert seen.shows("weighted-values", TensorBox, attention.heads[0, 0])
    for array in (scores[0], scaled[0], weights[0], attention.heads[0]):
        assert seen.shows("matrix-form", TensorBox, array)


def test_the_published_numbers_come_out(seen) -> None:
    printed = [text for text, _ in seen.numbers["scale-softmax"]]
    assert {"112", "96", "14", "12", "0.88", "0.12"} <= set(printed)


def test_every_head_is_on_the_page(seen, model, trace) -> None:
    attention = trace.encoder[0].attention
    for weights, z in zip(attention.weights, attention.heads, strict=True):
        assert seen.shows("multi-head", AttentionMatrix, weights)
        assert seen.shows("multi-head", TensorBox, z)
    assert seen.shows("multi-head", TensorBox, model.encoder[0].self_attention.out.T)
    assert seen.shows("multi-head", TensorBox, attention.output)


@pytest.mark.parametrize(("word", "noun"), [("tired", "animal"), ("wide", "street")])
def test_it_looks_at_what_is_meant(seen, word: str, noun: str) -> None:
    said = f"The animal didn't cross the street because it was too {word}"
    read = resolve(load_masked_model(), said)
    layer, head, _ = looking_head()
    weights = read.stack.layers[layer].attention.weights[:, read.it]
    assert seen.shows("it", AttentionArrows, weights[head])
    assert seen.shows("it", AttentionArrows, weights.mean(axis=0))
    assert read.stack.tokens[weights[head].argmax()] == noun
    assert f"it: the {noun}" in seen.texts["it"]


def test_all_weights_on_screen_sum_to_one(seen) -> None:
    kinds = ("AttentionArrows", "AttentionMatrix", "SoftmaxBars")
    arrays = [a for (_, kind), kept in seen.arrays.items() if kind in kinds for a in kept]
    assert len(arrays) > 20
    for array in arrays:
        assert np.allclose(array.sum(axis=-1), 1, atol=1e-6)


def test_positions_are_the_papers_formula(seen, trace) -> None:
    codes = sinusoidal(36, 32)
    assert seen.shows("positions", TensorBox, codes)
    assert seen.shows("positions", TensorBox, trace.source_embeddings[1] + codes[1])
    assert np.allclose(trace.encoder[0].input[1], trace.source_embeddings[1] + codes[1])


def test_residuals_add_and_normalise(seen, trace) -> None:
    layer = trace.encoder[0]
    for residual in (layer.around_attention, layer.around_feed_forward):
        for array in (residual.input, residual.added, residual.output):
            assert seen.shows("residual-norm", TensorBox, array[0])
    assert {("0.00", "muted"), ("1.00", "muted")} <= seen.numbers["residual-norm"]


def test_the_decoder_never_looks_ahead(seen, trace) -> None:
    m = len(trace.target_tokens)
    hidden = ~causal_mask(m)
    shown = [a for a in seen.arrays["decoder", "AttentionMatrix"] if a.shape == (m, m)]
    assert shown and all((array[hidden] == 0).all() for array in shown)
    last = trace.decoder[-1]
    for t in range(m):
        own = last.self_attention.weights.mean(axis=0)[t]
        assert seen.shows("decoder", AttentionArrows, own[: t + 1])
        assert seen.shows("decoder", AttentionArrows, last.cross_attention.weights.mean(axis=0)[t])
    assert {"I", "am", "a", "student", "<end>", "<start>"} <= seen.texts["decoder"]


def test_the_word_is_the_likeliest(seen, model, trace) -> None:
    step = int(trace.probabilities.max(axis=-1).argmin())
    assert seen.shows("output", LogitBars, trace.logits[step])
    assert seen.shows("output", LogitBars, trace.probabilities[step])
    assert trace.target_tokens[step] in seen.texts["output"]
    assert trace.target_tokens[step] == model.target_words[trace.logits[step].argmax()]


def test_the_loss_is_the_trainings(seen, model) -> None:
    log = load_training_log()
    for checkpoint in range(len(log.checkpoint_steps)):
        assert seen.shows("loss", TensorBox, of_targets(log, checkpoint))
        expected = format_number(sentence_loss(log, checkpoint), 2)
        assert (expected, "score") in seen.numbers["loss"]
    drawn = np.array(seen.arrays["loss", "LossCurve"])
    assert np.isclose(drawn[-1], [log.loss_steps[-1], log.losses[-1]]).all()
    assert drawn[0, 1] > drawn[-1, 1]


@pytest.mark.parametrize("which", range(len(LOOKS)))
def test_every_step_renders_without_its_neighbours(which: int) -> None:
    size, theme = LOOKS[which]
    steps = STEPS[which :: len(LOOKS)]
    result = film(size=size, fps=1, theme=theme, steps=steps)
    assert tuple(each.path for each in result.steps) == steps
    assert all(each.end > each.start for each in result.steps)


@pytest.mark.parametrize(
    ("size", "values"),
    [
        (SQUARE, {"source": LONG}),
        (TALL, {"source": "il est médecin", "layer": 2, "head": 4}),
    ],
    ids=["square", "tall"],
)
def test_other_sentences_layers_and_heads(size: Any, values: dict[str, Any]) -> None:
    assert film(Observer(), size, fps=1, values=values).seconds > 100


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("source=je suis dragon", "dragon"),
        ("source=", "0 words"),
        ("layer=3", "layer"),
        ("head=5", "head"),
        ("pronoun=the dog was too tired", "it"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_a_line(setting: str, told: str, tmp_path: Path) -> None:
    out = tmp_path / "x.mp4"
    done = CliRunner().invoke(
        cli, ["render", "transformer", "-q", "l", "--fps", "2", "--set", setting, "-o", str(out)]
    )
    assert done.exit_code == 2
    assert told in done.output
    assert not out.exists()
