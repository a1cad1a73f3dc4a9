"""Self-attention, heads and positions alone: any words, any width, or another model's tensors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from manim import Scene

from mlanim.cli import cli
from mlanim.models.captured import CapturedTrace, write_trace
from mlanim.models.positions import sinusoidal
from mlanim.primitives import Area, AttentionMatrix, HeadGrid, Label, Number, SoftmaxBars, TensorBox
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render
from mlanim.render.stage.observer import Observer
from mlanim.render.stills.walking import walk
from mlanim.review.moment import moment_of
from mlanim.scene_module import run_file
from mlanim.subjects.transformer import HeadMaps, PositionMap, WavePlot
from mlanim.subjects.transformer.models.random_attention import random_attention

SCENES = Path(__file__).parents[3] / "scenes"
CLASSES = {
    "self_attention": "SelfAttention",
    "multi_head": "MultiHead",
    "positional_encoding": "PositionalEncoding",
}
STEPS = {
    "self_attention": (
        *("published", "qkv", "score", "scale-softmax", "weighted-values", "matrix-form"),
        "multi-head",
    ),
    "multi_head": ("heads", "join", "layers", "it"),
    "positional_encoding": ("code", "waves", "map", "forms", "add"),
}
SIZES = ((48, 26), (32, 32), (26, 48))
THEMES = ("light", "dark", "print")


class Watch(Observer):
    """What was on screen in each step: texts, and arrays by kind."""

    def __init__(self) -> None:
        self.texts: dict[str, list[str]] = {}
        self.arrays: dict[tuple[str, str], list[np.ndarray]] = {}

    def play_finished(self, scene: Scene, time: float) -> None:
        step = moment_of(scene).step
        for part in scene.get_mobject_family_members():
            if isinstance(part, Number | Label):
                self.texts.setdefault(step, []).append(part.text)
            array = getattr(part, "weights", getattr(part, "values", None))
            kinds = HeadGrid | PositionMap | SoftmaxBars | TensorBox | WavePlot
            if isinstance(part, kinds):
                self.arrays.setdefault((step, type(part).__name__), []).append(np.array(array))

    def shows(self, step: str, kind: type, wanted: np.ndarray) -> bool:
        arrays = self.arrays.get((step, kind.__name__), [])
        return any(a.shape == wanted.shape and np.allclose(a, wanted, atol=1e-9) for a in arrays)


def film(name: str, observer: Observer | None = None, size: Any = (48, 26), **spec: Any):
    settings = RenderSpec(width=size[0], height=size[1], fps=2, format="none", **spec)
    scene = getattr(run_file(SCENES / f"{name}.py"), CLASSES[name])
    if observer:  # it reads what stands there: nothing needs to be drawn
        return walk(scene, settings, lambda sight: None, observer)
    return render(scene, settings)


@pytest.mark.parametrize("which", range(3))
@pytest.mark.parametrize("name", STEPS)
def test_every_step_renders_without_its_neighbours(name: str, which: int) -> None:
    steps = STEPS[name][which::3]
    place = list(STEPS).index(name) + which
    result = film(name, size=SIZES[which], theme=THEMES[place % 3], steps=steps)
    assert tuple(each.path for each in result.steps) == steps
    assert all(each.end > each.start for each in result.steps)


@pytest.mark.parametrize("heads", [1, 4])
def test_self_attention_of_any_words(heads: int) -> None:
    watch = Watch()
    values = {"sentence": "to be or not to be", "width": 12, "heads": heads, "word": 4}
    result = film("self_attention", watch, values=values)
    assert ("multi-head" in {step.path for step in result.steps}) == (heads > 1)
    made = random_attention(["to", "be", "or", "not", "to", "be"], width=12, heads=heads).trace
    assert watch.shows("scale-softmax", SoftmaxBars, made.weights[0, 3])
    assert watch.shows("weighted-values", TensorBox, made.heads[0, 3])
    assert watch.shows("matrix-form", TensorBox, made.heads[0])
    assert {"112", "96", "14", "12", "0.88", "0.12"} <= set(watch.texts["published"])


def test_all_heads_of_a_captured_model(tmp_path: Path) -> None:
    weights = np.random.default_rng(0).random((3, 5, 7, 7))
    trace = CapturedTrace(tuple("abcdefg"), attention=weights / weights.sum(-1, keepdims=True))
    watch = Watch()
    path = write_trace(trace, tmp_path / "other.npz")
    result = film("multi_head", watch, values={"trace": path, "layer": 3, "head": 5})
    assert [step.path for step in result.steps] == ["layers"]
    assert any(
        np.allclose(array, trace.attention, atol=1e-6)
        for array in watch.arrays["layers", "HeadGrid"]
    )


@pytest.mark.parametrize(
    ("form", "second"),
    [
        ("interleaved", ["0.8415", "0.5403", "0.0100", "1.0000"]),
        ("split", ["0.8415", "0.0001", "0.5403", "1.0000"]),
    ],
)
def test_codes_are_the_formulas(form: Any, second: list[str]) -> None:
    watch = Watch()
    film("positional_encoding", watch, values={"form": form, "width": 48, "count": 30})
    codes = sinusoidal(30, 48, form)
    assert watch.shows("map", PositionMap, codes)
    assert watch.shows("code", TensorBox, sinusoidal(4, 4, form)[1])
    assert watch.shows("waves", WavePlot, codes[:, 0])
    for other in ("interleaved", "split"):
        assert watch.shows("forms", PositionMap, sinusoidal(30, 48, other))
    texts = watch.texts["code"]
    assert all(number in texts for number in second)


def test_the_papers_width_is_one_picture() -> None:
    assert film("positional_encoding", values={"width": 512, "count": 200}).frames > 0


def test_maps_of_a_layer_have_words_where_there_is_room() -> None:
    few = HeadMaps(np.full((2, 3, 3), 1 / 3), list("abc"), list("abc"), area=Area(-6, -3, 12, 6))
    assert all(isinstance(each, AttentionMatrix) for each in few.maps)
    words = [f"w{i}" for i in range(36)]
    many = HeadMaps(np.full((4, 36, 36), 1 / 36), words, words, area=Area(-6, -3, 12, 6))
    assert all(each.pixel_array.shape == (36, 36, 4) for each in many.maps)


@pytest.mark.parametrize(
    ("scene", "setting", "told"),
    [
        ("self-attention", "width=9", "width=9 with 2 heads"),
        ("self-attention", "word=9", "word=9"),
        ("multi-head", "layer=4", "layer=4"),
        ("positional-encoding", "width=7", "7 wide"),
        ("positional-encoding", "position=3", "position=3"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_a_line(
    scene: str, setting: str, told: str, tmp_path: Path
) -> None:
    out = tmp_path / "x.mp4"
    done = CliRunner().invoke(
        cli, ["render", scene, "-q", "l", "--fps", "2", "--set", setting, "-o", str(out)]
    )
    assert done.exit_code == 2
    assert told in done.output
    assert not out.exists()
