"""Pages of the transformer: they stay in their area, and show the arrays that were given."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlanim.errors import UsageError
from mlanim.models.layer_norm import layer_norm
from mlanim.models.softmax import softmax
from mlanim.primitives import Area, Heading, LayerStack, LogitBars, LossCurve
from mlanim.primitives.short_vector import short_vector
from mlanim.subjects.transformer import (
    DecodingPage,
    EncoderDecoder,
    EncoderLayer,
    LossPage,
    OutputPage,
    ResidualWire,
)

FRAMES = ((14.22, 8.0), (8.0, 8.0), (8.0, 14.22))
BODIES = [Heading.body(Area.of_frame(*frame)) for frame in FRAMES]
SENTENCES = (["je"], ["je", "suis", "étudiant"], ["économique", "européenne"] * 12)


def vectors(n: int, d: int = 32) -> np.ndarray:
    return np.sin(np.arange(n * d)).reshape(n, d)


def stays_in(mobject: Any, area: Area) -> bool:
    low, high = mobject.get_corner((-1, -1, 0)), mobject.get_corner((1, 1, 0))
    out = max(area.left - low[0], area.bottom - low[1], high[0] - area.right, high[1] - area.top)
    return bool(out < 0.06)


@pytest.mark.parametrize("area", BODIES, ids=str)
@pytest.mark.parametrize("words", SENTENCES, ids=len)
def test_pages_of_any_sentence_stay_in_their_area(words: list[str], area: Area) -> None:
    n = len(words)
    x = vectors(n)
    inputs, outputs = ["<start>", *words], [*words, "<end>"]
    own = np.tril(np.ones((n + 1, n + 1)))
    pages = [
        EncoderDecoder(6, 6, words, words, area=area),
        EncoderDecoder(2, 2, words, words, states=([x] * 3, [x] * 3), area=area),
        EncoderLayer(words, x, x, x, area=area),
        DecodingPage(
            words,
            x,
            inputs,
            outputs,
            own=own / own.sum(axis=1, keepdims=True),
            cross=np.full((n + 1, n), 1 / n),
            probabilities=np.ones(n + 1),
            area=area,
            note="weights: layer 2, mean of 4 heads",
        ),
        OutputPage(x[0], np.arange(73.0), softmax(np.arange(73.0)), ["word"] * 73, area=area),
    ]
    for page in pages:
        assert stays_in(page, area), type(page).__name__


def test_a_stack_holds_its_layers_from_below() -> None:
    stack = LayerStack(6, "encoder", area=BODIES[1])
    heights = [layer.get_y() for layer in stack.layers]
    assert heights == sorted(heights)
    with pytest.raises(UsageError, match="stack of 40 layers"):
        LayerStack(40, "encoder", area=BODIES[1])


def test_the_last_encoder_reaches_every_decoder() -> None:
    pair = EncoderDecoder(3, 4, ["je"], ["I"], area=BODIES[0])
    for index, layer in enumerate(pair.decoders.layers):
        way = pair.way(index)
        assert way.start[1] > pair.encoders.layers[-1].get_top()[1]
        assert way.end[1] == pytest.approx(layer.box.get_y())
        assert way.end[0] < layer.box.get_left()[0]


def test_words_without_room_are_counted() -> None:
    words = [f"mot{i}" for i in range(20)]
    layer = EncoderLayer(words, *[vectors(20)] * 3, area=BODIES[1])
    texts = [label.text for label in layer.note]
    assert f"… {20 - len(layer.words)} more" in texts
    assert f"32 numbers a vector, {len(layer.inputs[0].shown_values)} shown" in texts


def test_a_decoder_step_sees_only_what_was_said() -> None:
    own = np.tril(np.arange(1.0, 10).reshape(3, 3))
    own /= own.sum(axis=1, keepdims=True)
    cross = np.array([[0.9, 0.1], [0.2, 0.8], [0.5, 0.5]])
    page = DecodingPage(
        ["je", "suis"],
        vectors(2),
        ["<start>", "I", "am"],
        ["I", "am", "<end>"],
        own=own,
        cross=cross,
        probabilities=[0.9, 0.8, 0.7],
        area=BODIES[0],
    )
    assert page.steps == 3
    for t in range(3):
        assert np.array_equal(page.own_arrows[t].weights, own[t, : t + 1])
        assert np.array_equal(page.cross_arrows[t].weights, cross[t])
    assert [number.text for number in page.likelihoods] == ["0.90", "0.80", "0.70"]
    with pytest.raises(UsageError, match="they must be"):
        DecodingPage(
            ["je"],
            vectors(1),
            ["a"],
            ["b"],
            own=own,
            cross=cross,
            probabilities=[1],
            area=BODIES[0],
        )


@pytest.mark.parametrize("area", BODIES, ids=str)
def test_a_residual_adds_and_normalises(area: Area) -> None:
    x, z = vectors(2)
    normed = layer_norm((x + z)[None])[0]
    page = ResidualWire("self-attention", x, z, x + z, normed, 2 * normed, area=area)
    assert stays_in(page, area)
    shown = len(page.total.shown_values)
    printed = [float(n.text.replace("−", "-")) for n in page.total.numbers]
    assert np.allclose(printed, (x + z)[:shown], atol=0.0051)
    mean, spread = page.mean_and_spread
    assert (mean.text, spread.text) == ("0.00", "1.00")
    with pytest.raises(UsageError, match="not x \\+ z"):
        ResidualWire("self-attention", x, z, x, normed, normed, area=area)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(-30, 30), min_size=2, max_size=90))
def test_logit_bars_are_as_long_as_their_values(values: list[float]) -> None:
    bars = LogitBars(values, area=Area(0, 0, 6, 3))
    heights = np.array([np.ptp(bar.points[:, 1]) for bar in bars.bars])
    longest = np.abs(values).max()
    if longest > 1e-6:
        assert np.allclose(heights / heights.max(), np.abs(values) / longest, atol=1e-6)
    assert values[bars.best] == max(values)


def test_bars_that_cannot_be_told_apart_are_refused() -> None:
    with pytest.raises(UsageError, match="50257 bars"):
        LogitBars(np.zeros(50257), area=Area(0, 0, 6, 3))


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_a_loss_curve_ends_at_its_step(scale: Any) -> None:
    steps, losses = np.array([20, 40, 80, 160]), np.array([4.0, 3.0, 1.0, 0.5])
    curve = LossCurve(steps, {"loss": losses}, area=Area(0, 0, 6, 4), scale=scale)
    curve.set_step(60)
    assert curve.value("loss") == 2.0
    assert np.allclose(curve.dots[0].get_center(), curve.point(60, 2.0))
    assert np.allclose(curve.curves[0].points[-1], curve.point(60, 2.0))
    assert np.allclose(curve.curves[0].points[0], curve.point(20, 4.0))
    curve.set_step(0)
    assert curve.step == 20
    with pytest.raises(UsageError, match="steps rising"):
        LossCurve([2, 1], {"loss": [1, 2]}, area=Area(0, 0, 6, 4))


@pytest.mark.parametrize("area", BODIES, ids=str)
def test_wanted_is_one_hot(area: Area) -> None:
    words = ["the", "European", "Economic", "Area", "is", "big", "<end>"]
    predicted = np.full((7, 8), 1 / 8)
    page = LossPage(words, predicted, loss=4.3, step=0, log=([20, 5000], [4.3, 0.0]), area=area)
    assert stays_in(page, area)
    assert np.array_equal(page.wanted.values[:, :7], np.eye(7))
    assert np.array_equal(page.predicted.values, predicted)
    with pytest.raises(UsageError, match="the last column"):
        LossPage(words, np.eye(7), loss=1, step=0, log=([1, 2], [1, 1]), area=area)


def test_a_square_page_with_a_logo_is_no_broad_one() -> None:
    """It is flat, and has no room for things side by side, nor for words that stand back."""
    area = Area(-3.6, -2.9, 7.2, 5.6)
    words = ["the", "European", "Economic", "Area", "is", "big", "<end>"]
    log = ([20, 5000], [4.3, 0.0])
    loss = LossPage(words, np.eye(7, 8), loss=0.1, step=5000, log=log, area=area)
    logits = np.arange(73.0)
    output = OutputPage(np.ones(32), logits, softmax(logits), ["word"] * 73, area=area)
    for page in (loss, output):
        assert page.get_left()[0] > area.left - 0.05
        assert page.get_right()[0] < area.right + 0.05
    assert loss.curve.get_top()[1] < loss.wanted.get_bottom()[1]


def test_a_short_vector_is_as_wide_as_asked() -> None:
    for d in (3, 8, 512):
        box = short_vector(np.ones(d), width=1.6)
        assert box.frame.width == pytest.approx(1.6 + 0.07)
        assert len(box.values) == d
