"""The explainer of the attention family: what is on screen is what was trained and measured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manim import Scene

from mlanim.errors import UsageError
from mlanim.primitives import AttentionMatrix, LossCurve, SoftmaxBars, TensorBox
from mlanim.primitives.text import Number
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render
from mlanim.render.stage.observer import Observer
from mlanim.review.moment import moment_of
from mlanim.scene_module import run_file
from mlanim.subjects.attention_family import BarRows, CopyRows, CurveChart
from mlanim.subjects.attention_family.acts.memory import surviving, told_sequence
from mlanim.subjects.attention_family.acts.recommender import recommended
from mlanim.subjects.attention_family.acts.windows import rows_of, told_example, window_at
from mlanim.subjects.attention_family.models.bare_attention import VECTORS, bare_attention
from mlanim.subjects.attention_family.models.bracket_networks import FINDERS
from mlanim.subjects.attention_family.models.copy_networks import COPIERS, LETTERS
from mlanim.subjects.attention_family.models.learned import (
    COPIED_LENGTHS,
    held_out_brackets,
    held_out_names,
    held_out_rows,
    load_learned,
)
from mlanim.subjects.attention_family.models.memory_cells import run_cell
from mlanim.subjects.attention_family.models.ratings import SEEN, factorise
from mlanim.subjects.attention_family.models.recall_networks import READERS

SCENE = Path(__file__).parents[3] / "scenes" / "attention_family.py"
STEPS = (
    "recommender",
    "self-attention-basic",
    "rnn-path-length",
    "lstm-gru",
    "local-window",
    "copy-task",
)


class Watch(Observer):
    """Keeps what was on screen, by step and kind, as it was after each play."""

    def __init__(self) -> None:
        self.arrays: dict[tuple[str, str], list[np.ndarray]] = {}
        self.texts: dict[str, set[str]] = {}
        self.numbers: dict[str, set[float]] = {}

    def play_finished(self, scene: Scene, time: float) -> None:
        step = moment_of(scene).step
        for part in scene.get_mobject_family_members():
            kept = self.arrays.setdefault((step, type(part).__name__), [])
            if isinstance(part, CurveChart):
                kept += [part.data_drawn(name) for name in part.data]
            elif isinstance(part, BarRows):
                kept.append(part.values_drawn())
            elif isinstance(part, TensorBox):
                kept.append(np.array(part.values))
            elif isinstance(part, AttentionMatrix | SoftmaxBars):
                kept.append(np.array(part.weights))
            elif isinstance(part, LossCurve):
                kept.append(part.drawn_data["curve 'loss'"])
            elif isinstance(part, Number):
                self.numbers.setdefault(step, set()).add(part.value)
            if text := getattr(part, "text", None):
                self.texts.setdefault(step, set()).add(str(text))

    def has(self, step: str, kind: type, wanted: Any, **close: float) -> bool:
        """Whether such an array was shown."""
        wanted, close = np.asarray(wanted), close or {"atol": 1e-6}
        arrays = self.arrays.get((step, kind.__name__), [])
        return any(a.shape == wanted.shape and np.allclose(a, wanted, **close) for a in arrays)


def film(observer: Observer | None = None, **spec: Any):
    size = {"width": 48, "height": 26} | spec
    settings = RenderSpec(fps=1, format="none", **size)
    return render(run_file(SCENE).AttentionFamily, settings, observer=observer)


@pytest.fixture(scope="module")
def watched():
    watch = Watch()
    return film(watch), watch


def test_the_steps_are_the_storyboards(watched):
    assert tuple(step.path for step in watched[0].steps) == STEPS
    assert all(step.say for step in watched[0].steps)


def test_ratings_are_products_of_tastes_and_traits(watched):
    made = factorise(1)
    for step in (0, len(made.losses) - 1):
        assert watched[1].has("recommender", TensorBox, made.tastes[step])
        assert watched[1].has("recommender", TensorBox, made.traits[step].T)
        assert watched[1].has("recommender", TensorBox, made.tastes[step] @ made.traits[step].T)
    curve = np.column_stack([np.arange(len(made.losses)), made.losses])
    assert watched[1].has("recommender", LossCurve, curve)
    user, film_, guess = recommended(made.products(-1))
    assert not SEEN[user, film_] and guess == made.products(-1)[~SEEN].max()
    assert any(f"{guess:.1f}" in text for text in watched[1].texts["recommender"])


def test_bare_attention_is_dots_softmax_and_sums(watched):
    scores = VECTORS @ VECTORS.T
    weights = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    asking = 4  # "cat"
    step, watch = "self-attention-basic", watched[1]
    assert watch.has(step, TensorBox, VECTORS)
    assert set(scores[asking]) <= {round(n, 9) for n in watch.numbers[step]}
    assert watch.has(step, SoftmaxBars, weights[asking])
    assert watch.has(step, TensorBox, weights[asking] @ VECTORS)
    assert watch.has(step, AttentionMatrix, weights)
    assert watch.has(step, TensorBox, bare_attention(VECTORS).outputs)


def test_the_path_is_as_long_as_the_sequence(watched):
    words = told_sequence(7)
    assert words[:, 0].tolist() in held_out_names(7)[0].T.tolist()
    weights = load_learned("recall")["rnn"].weights
    states = run_cell("rnn", weights, weights["words"][words]).states[1:, 0]
    assert all(watched[1].has("rnn-path-length", TensorBox, state) for state in states)
    assert watched[1].numbers["rnn-path-length"] == set(range(7))


@pytest.mark.parametrize(
    ("step", "kinds"), [("rnn-path-length", ["rnn"]), ("lstm-gru", ["rnn", "lstm", "gru"])]
)
def test_curves_are_the_measured_gradients(watched, step, kinds):
    for kind in kinds:
        reader, weights = READERS[kind], load_learned("recall")[kind].weights
        norms = reader.gradient_norms(weights, held_out_names(30)).mean(axis=1)
        wanted = np.column_stack([np.arange(30), norms[::-1]])
        assert watched[1].has(step, CurveChart, wanted, rtol=1e-4)
        share = reader.accuracy(weights, held_out_names(30))
        assert any(text.endswith(f": {100 * share:.0f} % right") for text in watched[1].texts[step])
    hop = surviving("attention", 30)[-1]
    assert watched[1].has(step, CurveChart, [hop, hop], rtol=1e-4)


def shown_gates(length=30):
    """What the LSTM's page is about: its step at the word in the middle of a sequence."""
    words = held_out_names(length, 1)[0]
    weights = load_learned("recall")["lstm"].weights
    run, t = run_cell("lstm", weights, weights["words"][words]), length // 2
    assert run.cells is not None
    names, parts = ("input", "forget", "candidate", "output"), np.split(run.gates[t, 0], 4)
    gates = dict(zip(names, parts, strict=True))
    return gates, run.cells[t : t + 2, 0], run.states[t : t + 2, 0]


def assert_gates(watch):
    gates, cells, states = shown_gates()
    for values in (*gates.values(), *cells, *states):
        assert watch.has("lstm-gru", TensorBox, values)
    kept = gates["forget"] * cells[0] + gates["input"] * gates["candidate"]
    assert np.allclose(kept, cells[1])
    assert np.allclose(gates["output"] * np.tanh(kept), states[1])
    told = f"LSTM: {100 * gates['forget'].mean():.0f} % is kept here"
    assert told in watch.texts["lstm-gru"]


def test_the_gates_are_the_trained_lstms(watched):
    assert_gates(watched[1])


def test_a_square_holds_the_gates_too():
    watch = Watch()
    film(watch, steps=("lstm-gru",), width=26, height=26)
    assert_gates(watch)


def test_the_share_that_arrives_is_the_curves(watched):
    norms = surviving("rnn", 30)[:, 1]
    told = next(t for t in watched[1].texts["rnn-path-length"] if t.endswith(" arrives"))
    count, word = told.split(" in ")[1].split(" ")[:2]
    sizes = {"million": 1e6, "billion": 1e9, "trillion": 1e12}
    assert float(count) * sizes[word] == pytest.approx(norms[0] / norms[-1], rel=0.06)


def test_what_fixed_windows_and_attention_see_is_theirs(watched):
    batch, learned = told_example(), load_learned("brackets")
    kinds = ("fixed", "attention")
    mixes = np.vstack([FINDERS[kind].mix(learned[kind].weights, batch) for kind in kinds])
    assert np.allclose(mixes.sum(axis=1), 1)
    assert watched[1].has("local-window", BarRows, mixes)
    for kind, one in learned.items():
        share, wide = f"{100 * one.accuracies[-1]:.0f} %", held_out_brackets()
        found = FINDERS[kind].answers(one.weights, wide).argmax(axis=1)
        assert (found == wide.answers).mean() == pytest.approx(one.accuracies[-1], abs=0.005)
        assert any(share in text for text in watched[1].texts["local-window"])
    steps = set(learned["window"].kept_steps.tolist())
    assert watched[1].numbers["local-window"] <= steps
    assert max(steps) in watched[1].numbers["local-window"]


def test_the_product_that_is_told_is_the_first(watched):
    made = factorise(1)
    (a, b), (c, d) = made.tastes[0][0], made.traits[0][0]
    told = next(t for t in watched[1].texts["recommender"] if "×" in t and "=" in t)
    left, right = told.replace("−", "-").split(" = ")
    parts = [[float(n) for n in pair.split(" × ")] for pair in left.split(" + ")]
    assert np.allclose(parts, [[a, c], [b, d]], atol=0.051)
    assert float(right) == pytest.approx(a * c + b * d, abs=0.051)


def test_logs_are_drawn_as_they_were_written(watched):
    for kind in ("rnn", "lstm", "gru"):
        one = load_learned("recall")[kind]
        wanted = np.column_stack([one.steps, one.accuracies[:, 1]])
        assert watched[1].has("lstm-gru", CurveChart, wanted, atol=1e-5, rtol=1e-5)
    for one in load_learned("brackets").values():
        wanted = np.column_stack([one.steps, one.accuracies])
        assert watched[1].has("local-window", CurveChart, wanted, atol=1e-5, rtol=1e-5)
    for one in load_learned("copy").values():
        twelve = one.accuracies[:, COPIED_LENGTHS.index(12)]
        for wanted in ([one.steps, twelve], [COPIED_LENGTHS, one.accuracies[-1]]):
            due = np.column_stack(wanted)
            assert watched[1].has("copy-task", CurveChart, due, atol=1e-5, rtol=1e-5)


def test_windows_are_those_of_the_training(watched):
    last = len(load_learned("brackets")["window"].kept_steps) - 1
    for kept in (0, last):
        made = window_at(kept)
        product = np.cumsum(made.left) * np.cumsum(made.right[0, ::-1])[::-1]
        rows = rows_of(made)
        assert np.allclose(rows[4], product)
        assert made.weights.sum() == pytest.approx(1)
        assert watched[1].has("local-window", BarRows, rows)
    left, right = told_example().edges[0]
    assert np.flatnonzero(rows_of(window_at(last))[5]).tolist() == list(range(left, right + 1))


def test_copies_are_what_the_networks_write(watched):
    rows = held_out_rows(12)[:, :1]
    for kind, copier in COPIERS.items():
        weights = load_learned("copy")[kind].weights
        good = int((copier.copied(weights, rows) == rows).sum())
        assert f"{good} of 12" in watched[1].texts["copy-task"]
        if kind != "none":
            shares = copier.shares(weights, rows)[0]
            assert watched[1].has("copy-task", AttentionMatrix, shares)
    assert {LETTERS[i] for i in rows[:, 0]} <= watched[1].texts["copy-task"]
    assert CopyRows.__doc__


def test_parameters_change_what_is_shown():
    watch = Watch()
    values = {"word": "town", "seed": 3, "length": 20}
    steps = ("recommender", "self-attention-basic", "rnn-path-length")
    film(watch, values=values, steps=steps)
    assert watch.has("recommender", TensorBox, factorise(3).products(-1))
    assert watch.has("self-attention-basic", SoftmaxBars, bare_attention(VECTORS).weights[6])
    assert watch.has("rnn-path-length", CurveChart, surviving("rnn", 20), rtol=1e-4)


@pytest.mark.parametrize(
    ("step", "size"),
    [("recommender", (26, 26)), ("rnn-path-length", (26, 48)), ("local-window", (26, 26))],
)
def test_a_step_plays_alone_on_other_pages(step, size):
    made = film(steps=(step,), theme="print", width=size[0], height=size[1])
    assert [one.path for one in made.steps] == [step]


@pytest.mark.parametrize(("name", "value"), [("length", 50), ("word", "fish"), ("seed", -1)])
def test_what_cannot_be_is_refused(name, value):
    with pytest.raises(UsageError, match=name):
        film(values={name: value})
