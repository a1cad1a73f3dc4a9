"""The first explainer: its steps, and the truth of what it shows, read back from the screen."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from manim import Scene
from PIL import Image

from mlanim.cli import cli
from mlanim.colour import from_hex
from mlanim.models.softmax import softmax
from mlanim.primitives import (
    Area,
    AttentionArrows,
    AttentionMatrix,
    AttentionTable,
    Label,
    Number,
    SoftmaxBars,
    TensorBox,
    UnrolledRNN,
    format_number,
)
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render
from mlanim.render.sinks.result import RenderResult
from mlanim.render.stage.observer import Observer
from mlanim.render.stills.walking import walk
from mlanim.review.moment import moment_of
from mlanim.scene_module import run_file
from mlanim.subjects.translation import RateColumns, UnrolledEnd
from mlanim.subjects.translation.models.accuracy import held_out_accuracy
from mlanim.subjects.translation.models.seq2seq import load_model, translate
from mlanim.theme import LIGHT

SCENE = Path(__file__).parents[3] / "scenes" / "seq2seq.py"
SOURCE = "la zone économique européenne est grande"
LONG = (
    "une maison moderne française est noire et la zone est moderne et le chien n' est pas européen "
    "mais tu es grande et les chats noirs français voient l' accord moderne"
)
INNER = ("score", "softmax", "weighted-sum", "concat")
BEFORE = ("black-box", "encoder-decoder", "embeddings", "rnn-step", "unroll", "context")
STEPS = (*BEFORE, "attention", *(f"attention/{name}" for name in INNER * 2), "alignment")

WIDE, SQUARE, TALL = (48, 26), (32, 32), (26, 48)
#: Every cell, attention, theme and aspect, one with each step that is rendered alone.
APART = {  # steps that do not follow each other, and how they look
    ("black-box", "rnn-step", "attention", "concat"): ("lstm", "luong", "dark", WIDE),
    ("encoder-decoder", "unroll", "score", "weighted-sum"): ("gru", "bahdanau", "print", TALL),
    ("embeddings", "softmax", "alignment"): ("gru", "luong", "light", SQUARE),
    ("embeddings", "context"): ("lstm", "none", "dark", TALL),
    ("score", "concat"): ("lstm", "bahdanau", "light", SQUARE),
}


def film(observer: Observer | None = None, size: Any = WIDE, **spec: Any) -> Any:
    """Play the scene unseen at a few pixels and frames."""
    scene = run_file(SCENE).Seq2Seq
    width, height = size
    settings = RenderSpec(width=width, height=height, fps=2, format="none", **spec)
    if observer:  # it reads what stands there: nothing needs to be drawn
        return walk(scene, settings, lambda sight: None, observer)
    return render(scene, settings)


@dataclass
class Seen:
    """What is on screen, by kind, copied: the scene goes on."""

    texts: list[str] = field(default_factory=list)
    numbers: list[tuple[str, str | None]] = field(default_factory=list)  # text, role
    vectors: list[tuple[str, np.ndarray]] = field(default_factory=list)  # role, values
    bars: list[tuple[np.ndarray, list[str], list[float]]] = field(default_factory=list)
    matrices: list[tuple[np.ndarray, int, np.ndarray]] = field(default_factory=list)
    arrows: list[tuple[np.ndarray, list[float]]] = field(default_factory=list)
    encoders: list[np.ndarray] = field(default_factory=list)
    charts: list[tuple[dict[str, float], list[str], list[float]]] = field(default_factory=list)

    @classmethod
    def on(cls, scene: Scene) -> Seen:
        seen = cls()
        for part in scene.get_mobject_family_members():
            if isinstance(part, Number):
                seen.numbers.append((part.text, part.role))
            elif isinstance(part, Label):
                seen.texts.append(part.text)
            elif isinstance(part, TensorBox):
                seen.vectors.append((part.role, np.array(part.values)))
            elif isinstance(part, SoftmaxBars):
                lengths = [bar.width for bar in part.bars]
                texts = [number.text for number in part.numbers]
                seen.bars.append((np.array(part.weights), texts, lengths))
            elif isinstance(part, AttentionMatrix):
                colours = np.array([cell.get_fill_color().to_rgb() for cell in part.cells])
                seen.matrices.append((np.array(part.weights), len(part.rows), colours))
            elif isinstance(part, AttentionArrows):
                widths = [arrow.curve.get_stroke_width() for arrow in part.arrows]
                seen.arrows.append((np.array(part.weights), widths))
            elif isinstance(part, UnrolledRNN):
                seen.encoders.append(np.array([state.values for state in part.states]))
            elif isinstance(part, RateColumns):
                texts = [number.text for number in part.numbers]
                heights = [column.height for column in part.columns]
                seen.charts.append((part.rates, texts, heights))
        return seen


class Watch(Observer):
    """Keeps what is on screen at the end of each step."""

    def __init__(self) -> None:
        self.ends: dict[str, Seen] = {}

    def play_finished(self, scene: Scene, time: float) -> None:
        self.ends[moment_of(scene).step] = Seen.on(scene)


@pytest.fixture(scope="module")
def watched() -> tuple[RenderResult, dict[str, Seen]]:
    watch = Watch()
    return film(watch), watch.ends


@pytest.fixture(scope="module")
def trace():
    return translate(load_model("gru", "bahdanau"), SOURCE)


def of_role(seen: Seen, role: str) -> list[np.ndarray]:
    return [values for kind, values in seen.vectors if kind == role]


def shows(vectors: list[np.ndarray], wanted: np.ndarray) -> bool:
    return any(v.shape == wanted.shape and np.array_equal(v, wanted) for v in vectors)


def test_the_steps_are_the_storyboards(watched):
    result, _ = watched
    assert tuple(step.path for step in result.steps) == STEPS
    assert all(step.say for step in result.steps)


@pytest.mark.parametrize("names", APART)
def test_every_step_plays_without_its_neighbours(names):
    cell, attention, theme, size = APART[names]
    values = {"cell": cell, "attention": attention, "source": "elle est grande"}
    result = film(size=size, theme=theme, steps=names, values=values)
    assert result.frames > 0
    assert set(names) <= {step.name for step in result.steps}


def test_one_word_is_a_sentence_too():
    result = film(values={"source": "maison", "cell": "lstm", "gates": False}, size=TALL)
    assert result.steps[-1].name == "alignment"


def test_without_attention_it_ends_with_how_often_that_works():
    watch = Watch()
    result = film(watch, values={"attention": "none", "source": "elle est grande"})
    assert result.steps[-1].name == "context"
    assert watch.ends["context"].charts


def test_embeddings_are_the_models(watched, trace):
    seen = watched[1]["embeddings"]
    for vector in trace.source_embeddings:
        assert shows(of_role(seen, "encoder"), vector)
    close = [format_number(value, 2) for value in trace.source_embeddings[1]]
    assert [text for text, _ in seen.numbers] == close


def test_hidden_states_are_the_models(watched, trace):
    (states,) = watched[1]["unroll"].encoders
    assert np.array_equal(states, trace.hidden_states)


def test_without_attention_it_shows_the_model_that_has_none(watched):
    seen = watched[1]["context"]
    plain = translate(load_model("gru", "none"), SOURCE)
    (states,) = seen.encoders
    assert np.array_equal(states, plain.hidden_states)
    ((rates, texts, heights),) = seen.charts
    measured = held_out_accuracy("gru", "none")["exact_by_words"]
    assert rates == measured
    assert texts == [format_number(100 * rate, 0) for rate in rates.values()]
    tallest = max(rates.values())
    wanted = [max(rate / tallest, 1e-3) for rate in rates.values()]
    assert np.allclose(np.array(heights) / max(heights), wanted, atol=2e-3)


@pytest.mark.parametrize("t", [0, 1])
def test_one_look_is_what_the_model_computed(watched, trace, t):
    ends = {name: watched[1][f"attention/{name}" + "#2" * t] for name in INNER}

    scores = [text for text, role in ends["score"].numbers if role == "score"]
    assert scores == [format_number(score, 2) for score in trace.scores[t]]

    ((weights, printed, lengths),) = ends["softmax"].bars
    assert np.array_equal(weights, trace.weights[t])
    assert weights.sum() == pytest.approx(1, abs=1e-6)
    assert printed == [format_number(weight, 2) for weight in weights]
    assert np.allclose(np.array(lengths) / max(lengths), weights / weights.max(), atol=1e-6)

    context = trace.weights[t] @ trace.hidden_states
    (shown,) = of_role(ends["weighted-sum"], "context")
    assert np.allclose(shown, context, atol=1e-6)
    assert np.allclose(shown, trace.contexts[t], atol=1e-5)
    for state, weight in zip(trace.hidden_states, trace.weights[t], strict=True):
        products = of_role(ends["weighted-sum"], "hidden")
        assert shows(products, weight * state)
        assert shows(products, state)

    assert shows(of_role(ends["concat"], "decoder"), trace.decoder_states[t])
    assert shows(of_role(ends["concat"], "context"), trace.contexts[t])
    assert trace.target_tokens[t] in ends["concat"].texts
    odds = format_number(trace.probabilities[t].max(), 2)
    assert (odds, "muted") in ends["concat"].numbers


def test_the_word_that_came_out_goes_in_again(watched, trace):
    seen = watched[1]["attention/score#2"]
    # As the decoder's input, and in the translation so far.
    assert seen.texts.count(trace.target_tokens[0]) == 2


def test_the_alignment_is_the_models(watched, trace):
    seen = watched[1]["alignment"]
    ((weights, revealed, colours),) = seen.matrices
    assert np.array_equal(weights, trace.weights)
    assert np.allclose(weights.sum(axis=1), 1, atol=1e-6)
    assert revealed == len(trace.target_tokens)
    assert np.allclose(colours, LIGHT.weight(weights.ravel(), "score"), atol=0.01)
    assert len(seen.arrows) == len(trace.target_tokens)
    for (row, widths), wanted in zip(seen.arrows, trace.weights, strict=True):
        assert np.array_equal(row, wanted)
        assert np.array_equal(np.argsort(widths), np.argsort(row))


def test_the_economic_area_is_read_backwards(watched, trace):
    first = trace.target_tokens.index("European")
    words = trace.target_tokens[first : first + 3]
    assert words == ("European", "Economic", "Area")
    assert trace.weights[first : first + 3].argmax(axis=1).tolist() == [3, 2, 1]
    assert "“European Economic Area” is read backwards" in watched[1]["alignment"].texts


def test_the_published_step_comes_out_of_the_same_table():
    scores, states = np.array([13.0, 9.0, 9.0]), np.eye(3, 4)
    table = AttentionTable(
        ["je", "suis", "étudiant"], states, scores, softmax(scores), area=Area(0, 0, 8, 5)
    )
    assert np.round(table.bars.weights, 4).tolist() == [0.9647, 0.0177, 0.0177]
    assert [number.text for number in table.scores] == ["13.00", "9.00", "9.00"]
    assert [number.text for number in table.bars.numbers] == ["0.96", "0.02", "0.02"]
    faded = [np.round(strip.values, 4).max() for strip in table.weighted]
    assert faded == [0.9647, 0.0177, 0.0177]
    assert np.round(table.context.values, 4).tolist() == [0.9647, 0.0177, 0.0177, 0]
    strong, weak = (table.weighted[row].cells[row].get_fill_color().to_rgb() for row in (0, 1))
    surface = from_hex(LIGHT.surface)
    assert np.abs(weak - surface).sum() < np.abs(strong - surface).sum()


def test_an_unknown_word_is_answered_with_the_nearest(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = CliRunner().invoke(
        cli, ["render", "seq2seq", "-r", "32,18", "--set", "source=la zonne est grande"]
    )
    assert answer.exit_code == 2
    assert "zonne" in answer.stderr and "zone" in answer.stderr.replace("zonne", "")
    assert len(answer.stderr.strip().splitlines()) == 1
    assert not list(tmp_path.rglob("*.mp4"))


def test_plain_manim_gives_the_same_frames(tmp_path):
    """The first two plays, as the two programs write them."""
    command = [sys.executable, "-m", "manim", "render", "-r", "64,36", "--fps", "2", "-n", "0,1"]
    command += [
        "--format",
        "png-sequence",
        "--media_dir",
        str(tmp_path / "manim"),
        "--progress_bar",
        "none",
    ]
    subprocess.run([*command, str(SCENE), "Seq2Seq"], check=True, capture_output=True)
    scene = run_file(SCENE).Seq2Seq
    spec = RenderSpec(
        width=64, height=36, fps=2, format="png-sequence", output=tmp_path / "ours",
        steps=("black-box",),
    )  # fmt: skip
    render(scene, spec)
    plain = sorted((tmp_path / "manim").rglob("*.png"))
    ours = sorted((tmp_path / "ours").rglob("*.png"))
    assert 4 <= len(plain) < len(ours)
    for theirs, mine in zip(plain, ours, strict=False):
        with Image.open(theirs) as one, Image.open(mine) as other:
            assert np.array_equal(np.array(one.convert("RGB")), np.array(other.convert("RGB")))


@pytest.mark.parametrize("sentence", ["long", "chats"])
def test_the_longest_and_the_shortest_sentence_are_clean_in_a_square(sentence):
    said = LONG if sentence == "long" else sentence
    options = ["--aspect", "1:1", "-q", "l", "--fps", "2", "--set", f"source={said}"]
    # What grows with the sentence; each of these brings the pages before it along.
    options += ["--steps", "black-box,embeddings,unroll,context,score,alignment"]
    done = CliRunner().invoke(cli, ["check", "seq2seq", *options])
    assert done.exit_code == 0, done.output


def test_where_a_sentence_has_no_room_its_last_words_stay():
    words = LONG.split()
    trace = translate(load_model("gru", "bahdanau"), LONG)
    end = UnrolledEnd(words, trace.hidden_states, area=Area(0, 0, 7.2, 3.7))
    count = len(end.states)
    assert 1 < count < len(words)
    assert [token.text for token in end.tokens] == words[-count:]
    np.testing.assert_array_equal([s.values for s in end.states], trace.hidden_states[-count:])
    assert end.note is not None and end.note.text == f"the last {count} of {len(words)} words"
