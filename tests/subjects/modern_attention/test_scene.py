"""The explainer of modern attention: what is on screen is what the models computed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from manim import Scene

from mlanim.cli import cli
from mlanim.models.dot_product_attention import scaled_dot_product
from mlanim.models.language_model.language_model import continue_text, load_language_model
from mlanim.primitives import AttentionMatrix, Number, SoftmaxBars, TensorBox, format_number
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render
from mlanim.render.stage.observer import Observer
from mlanim.review.moment import moment_of
from mlanim.scene_module import run_file
from mlanim.subjects.modern_attention import (
    CacheBars,
    CacheTable,
    CompareBars,
    DraftTable,
    ReachGrid,
    RotaryDials,
    RoundRows,
    SharedHeads,
)
from mlanim.subjects.modern_attention.models.experts import load_experts, unseen_text
from mlanim.subjects.modern_attention.models.head_sharing import PUBLISHED
from mlanim.subjects.modern_attention.models.rotary import rotate
from mlanim.subjects.modern_attention.models.sliding_window import reach_down, read_in_windows
from mlanim.subjects.modern_attention.models.speculative import continue_in_rounds, one_token
from mlanim.subjects.modern_attention.models.tiled_attention import tiled_attention
from mlanim.subjects.modern_attention.models.two_models import LargeModel, load_word_pairs

SCENE = Path(__file__).parents[3] / "scenes" / "modern_attention.py"
STEPS = (
    "rotary",
    "grouped-heads",
    "sliding-window",
    "flash-tiles",
    "mixture-of-experts",
    "speculative",
)
NOUNS = (
    CacheBars,
    CacheTable,
    CompareBars,
    DraftTable,
    ReachGrid,
    RotaryDials,
    RoundRows,
    SharedHeads,
)


class Watch(Observer):
    """Keeps arrays, texts and nouns of a step as they were after each play."""

    def __init__(self) -> None:
        self.arrays: list[tuple[str, np.ndarray]] = []
        self.texts: list[set[str]] = []
        self.nouns: dict[type, list[Any]] = {}
        self.turns: list[tuple[np.ndarray, dict[str, np.ndarray], list[float]]] = []

    def play_finished(self, scene: Scene, time: float) -> None:
        said: set[str] = set()
        for part in scene.get_mobject_family_members():
            if isinstance(part, TensorBox):
                self.arrays.append(("TensorBox", np.array(part.values)))
            elif isinstance(part, SoftmaxBars | AttentionMatrix):
                self.arrays.append((type(part).__name__, np.array(part.weights)))
            elif isinstance(part, NOUNS):
                self.nouns.setdefault(type(part), []).append(part)
            if isinstance(part, RotaryDials):
                self.turns.append((np.array(part.at), drawn_hands(part), numbers_of(part)))
            if text := getattr(part, "text", None):
                said.add(str(text))
        self.texts.append(said)

    def has(self, kind: str, wanted: Any) -> bool:
        """Whether such an array was on screen, to the last digits of a double."""
        wanted = np.asarray(wanted, float)
        return any(
            k == kind and a.shape == wanted.shape and np.abs(a - wanted).max() < 1e-12
            for k, a in self.arrays
        )

    def said(self, text: str) -> bool:
        """Whether a label said so."""
        return any(text in texts for texts in self.texts)


def drawn_hands(dials: RotaryDials) -> dict[str, np.ndarray]:
    """Where each hand ends, measured from its dial's middle, in the dials' own unit."""
    ends = {}
    for j, role in enumerate(("query", "key")):
        tips = []
        for dial, end in zip(dials.dials, dials.ends, strict=True):
            points = end[j].points
            far = points[np.linalg.norm(points - dial.get_center(), axis=1).argmax()]
            tips.append((far - dial.get_center())[:2] / dials._unit)
        ends[role] = np.array(tips)
    return ends


def numbers_of(dials: RotaryDials) -> list[float]:
    return [float(n.value) for n in (*dials.shares, *dials.places, dials.score)]


class WatchEach(Observer):
    """A watch for each step."""

    def __init__(self) -> None:
        self.steps: dict[str, Watch] = {}

    def play_finished(self, scene: Scene, time: float) -> None:
        step = moment_of(scene).step
        self.steps.setdefault(step, Watch()).play_finished(scene, time)


@cache
def films(steps: tuple[str, ...]) -> dict[str, Watch]:
    """Some steps, without those between them."""
    watch = WatchEach()
    settings = RenderSpec(width=48, height=26, fps=2, format="none", steps=steps)
    made = render(run_file(SCENE).ModernAttention, settings, observer=watch)
    assert tuple(s.path for s in made.steps) == steps
    return watch.steps


def film(step: str) -> Watch:
    """A step, rendered with every second other one."""
    return films(STEPS[STEPS.index(step) % 2 :: 2])[step]


@pytest.mark.parametrize("which", range(2))
def test_every_step_plays_without_its_neighbours(which):
    assert set(films(STEPS[which::2])) == set(STEPS[which::2])


@pytest.fixture(scope="module")
def stack():
    return continue_text(load_language_model(), "one morning the robot lost a", 6).stack


def test_the_dials_turn_and_the_score_stays(stack):
    head = stack.layers[1].attention
    query, key = head.queries[2, -1], head.keys[2, 5]
    turns = film("rotary").turns
    settled = {tuple(at): (hands, numbers) for at, hands, numbers in turns}
    assert {(0, 0), (7, 0), (7, 3), (27, 23)} <= set(settled)
    for (m, n), (hands, numbers) in settled.items():
        q, k = rotate(query, m).reshape(-1, 2), rotate(key, n).reshape(-1, 2)
        assert numbers[:6] == pytest.approx((q * k).sum(axis=1), abs=1e-12)
        assert numbers[6:] == pytest.approx([m, n, m - n, (q * k).sum()], abs=1e-12)
        assert np.allclose(hands["query"], q, atol=0.02)
        # The longest reach of a key's hand is the far side of its knob, on the hand's own line.
        lengths = np.linalg.norm(hands["key"], axis=1), np.linalg.norm(k, axis=1)
        assert np.allclose(lengths[0], lengths[1], atol=0.05)
    assert abs(settled[(7, 3)][1][-1] - settled[(27, 23)][1][-1]) < 1e-12
    assert abs(settled[(7, 3)][1][-1] - settled[(7, 0)][1][-1]) > 0.01
    places = np.arange(12)
    turned = [rotate(np.tile(v, (12, 1)), places) for v in (query, key)]
    assert film("rotary").has("TensorBox", turned[0] @ turned[1].T)


def test_heads_share_as_many_keys_as_asked():
    watch = film("grouped-heads")
    shown = list(dict.fromkeys(len(page.keys) for page in watch.nouns[SharedHeads]))
    assert shown == [8, 2, 1]
    for page in watch.nouns[SharedHeads]:
        for i, (wire, group) in enumerate(zip(page.wires, page.values, strict=True)):
            assert group == i * len(page.keys) // 8
            assert wire.end[0] == pytest.approx(page.keys[group].get_x())
            assert wire.start[0] == pytest.approx(page.queries[i].get_x())


def test_caches_are_counted_of_the_published_sizes():
    watch = film("grouped-heads")
    table, bars = watch.nouns[CacheTable][-1], watch.nouns[CacheBars][-1]
    for row, shape, bar, outline in zip(
        table.values, PUBLISHED, bars.bars, bars.outlines, strict=True
    ):
        token = 2 * shape.layers * shape.key_heads * shape.head_size * 2
        assert row.tolist()[4:] == [token, shape.context, token * shape.context]
        assert outline.width / bar.width == pytest.approx(shape.heads / shape.key_heads)
        assert bar.width / bars.bars[2].width == pytest.approx(token / (320 * 1024))
    assert watch.said("1.25 GiB") and watch.said("36 KiB")


def test_the_window_is_real_attention_and_its_reach_is_followed(stack):
    model, watch = load_language_model(), film("sliding-window")
    layers = read_in_windows(model, [model.index[w] for w in stack.tokens], 4)
    weights = np.stack([layer.attention.weights for layer in layers])
    assert watch.has("AttentionMatrix", stack.layers[0].attention.weights[3])
    assert watch.has("AttentionMatrix", weights[0][3])
    grid = watch.nouns[ReachGrid][-1]
    shares = reach_down(weights, 11)
    assert np.abs(grid.values - shares).max() < 1e-12
    filled = [[place.get_stroke_width() > 1 for place in row] for row in grid.places]
    assert (np.array(filled) == (shares > 0)).all()
    assert [count.text for count in grid.counts] == ["10 words", "7 places", "4 places", "1 place"]
    for key in layers[0].attention.keys[3]:
        assert watch.has("TensorBox", key)


def tiled_output(head, stop, tile):
    """What the tiles give of the first words alone."""
    query, keys, values = head.queries[3, -1], head.keys[3, :stop], head.values[3, :stop]
    return tiled_attention(query, keys, values, tile)[-1].output


def test_every_tile_is_the_softmax_of_what_was_read(stack):
    watch, tile = film("flash-tiles"), 4
    head = stack.layers[2].attention
    for stop in (*range(tile, 12, tile), 12):
        whole = scaled_dot_product(head.queries[3, -1:], head.keys[3, :stop], head.values[3, :stop])
        assert watch.has("TensorBox", whole.output[0])
        assert watch.has("TensorBox", whole.scaled[0, (stop - 1) // tile * tile :])
        apart = np.abs(tiled_output(head, stop, tile) - whole.output[0]).max()
        said = f"largest difference: {apart:.0e}".replace("0e+00", "0").replace("e-", "e−")
        assert apart < 1e-12 and watch.said(said)
        scores = whole.scaled[0]
        most = scores.max()
        for running in (most, np.exp(scores - most).sum()):
            assert watch.said(format_number(float(running), 2))


def test_gates_and_loads_are_the_routers(stack):
    model, watch = load_language_model(), film("mixture-of-experts")
    made = load_experts().read([model.index[w] for w in stack.tokens[:8]], 2)
    assert watch.has("TensorBox", made.shares) and watch.has("TensorBox", made.gates)
    for balanced in (True, False):
        load = load_experts(balanced=balanced).read(unseen_text(), 2).load
        assert watch.has("SoftmaxBars", load)
    for word, row in zip(stack.tokens[1:8], made.gates, strict=True):
        for gate in row[row > 0]:
            assert watch.said(f"{word} {gate:.2f}")


def test_drafts_and_what_is_measured(stack):
    watch = film("speculative")
    small, large = load_word_pairs(), LargeModel()
    index = load_language_model().index
    words = [index[w] for w in stack.tokens[:6]]
    made = continue_in_rounds(small, large, words, 4, rounds=40, longest=128, seed=38)
    rows = [[d.small[d.token], d.large[d.token], d.chance, d.drawn] for d in made[0].drafts]
    table = watch.nouns[DraftTable][-1]
    assert np.allclose(table.values, rows, atol=1e-12)
    drawn = [[n.value for n in row if isinstance(n, Number)] for row in table.numbers]
    assert np.allclose(drawn, rows, atol=1e-12)
    verdicts = [verdict.text for verdict in table.verdicts]
    assert verdicts == ["kept"] * made[0].accepted + ["refused"]
    assert made[0].accepted == 3  # the default draws show both
    bars = watch.nouns[CompareBars][-1]
    q, p = made[0].drafts[0].small, made[0].drafts[0].large
    drawn, _ = one_token(q, p, np.random.default_rng(38).random((4000, 3)))
    named = [index[label.text] for label in bars.names[:-1]]
    shares = np.bincount(drawn, minlength=len(p)) / 4000
    for column, law in zip(bars.columns, (p, shares), strict=True):
        wanted = [*law[named], 1 - law[named].sum()]
        assert np.allclose(column.weights, wanted, atol=1e-12)
    refused, left = made[0].drafts[-1], watch.nouns[CompareBars][0]
    more = np.maximum(refused.large - refused.small, 0)
    named = [index[label.text] for label in left.names[:-1]]
    laws = refused.small, refused.large, more / more.sum()
    for column, law in zip(left.columns, laws, strict=True):
        assert np.allclose(column.weights, [*law[named], 1 - law[named].sum()], atol=1e-12)
    _, kept = one_token(q, p, np.random.default_rng(38).random((4000, 3)))
    assert watch.said(f"Though {100 - 100 * kept.mean():.0f} % of drafts were refused")
    vocabulary = load_language_model().vocabulary
    rows = [
        [part.text for part in row.get_family() if getattr(part, "text", "")]
        for row in watch.nouns[RoundRows][-1].rows
    ]
    assert rows == [[vocabulary[token] for token in one.tokens] for one in made[:5]]
    # Six words have nearly all of p, and are measured within five standard errors of it.
    target, measured = (column.weights for column in bars.columns)
    assert target[:-1].sum() > 0.99
    assert (np.abs(measured - target) < 5 * np.sqrt(target / 4000) + 1e-3).all()
    total = sum(len(one.tokens) for one in made)
    assert watch.said(f"40 passes, {total} words: {total / 40:.2f} a pass")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [("kv_heads=3", "1, 2, 4, 8"), ("prompt=once", "2 to 11 words"), ("prompt=a wombat", "wombat")],
)
def test_what_cannot_be_is_told_in_a_line(tmp_path, wrong, told):
    out = tmp_path / "x.mp4"
    words = ["render", "modern-attention", "--set", wrong, "--steps", "grouped-heads"]
    done = CliRunner().invoke(cli, [*words, "-q", "l", "-o", str(out)])
    assert done.exit_code == 2 and told in done.output
    assert not out.exists()


def test_the_drafts_are_clean_in_a_square_with_most_of_them():
    values = ["draft=8", "temperature=2"]
    sets = [word for value in values for word in ("--set", value)]
    options = ["-q", "l", "--fps", "2", "--aspect", "1:1", "--theme", "dark"]
    options += ["--steps", "speculative"]
    done = CliRunner().invoke(cli, ["check", "modern-attention", *options, *sets])
    assert done.exit_code == 0, done.output
