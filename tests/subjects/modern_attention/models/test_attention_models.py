"""Rotary positions, shared heads, windows and tiles: against their formulas and plain attention."""

from __future__ import annotations

import doctest
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlanim.errors import UsageError
from mlanim.models.dot_product_attention import causal_mask, scaled_dot_product
from mlanim.models.language_model.language_model import load_language_model, read_prompt
from mlanim.models.transformer_layer import EncoderLayer
from mlanim.subjects.modern_attention.models.head_sharing import (
    PUBLISHED,
    grouped_attention,
    shared_heads,
    written_bytes,
)
from mlanim.subjects.modern_attention.models.rotary import RotaryPairs, rotate, score_table
from mlanim.subjects.modern_attention.models.sliding_window import (
    reach_down,
    read_in_windows,
    rolling_slots,
    window_mask,
)
from mlanim.subjects.modern_attention.models.tiled_attention import tiled_attention

ROOM = "mlanim.subjects.modern_attention.models."
SEEDS = st.integers(0, 2**32 - 1)
TALE = "one morning the robot lost a key . the robot looked in"


@pytest.mark.parametrize(
    "name",
    [
        "rotary",
        "head_sharing",
        "sliding_window",
        "tiled_attention",
        "experts",
        "speculative",
        "two_models",
        "learned_arrays",
    ],
)
def test_docstrings_run(name):
    assert doctest.testmod(import_module(ROOM + name)).failed == 0


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.integers(0, 400), st.integers(0, 400), st.integers(0, 400))
def test_a_rotary_score_depends_on_the_distance_alone(seed, m, n, on):
    random = np.random.default_rng(seed)
    query, key = random.normal(size=(2, 12))
    pairs = RotaryPairs(query / np.linalg.norm(query), key / np.linalg.norm(key))
    assert abs(pairs.score((m, n)) - pairs.score((m + on, n + on))) < 1e-12
    assert abs(pairs.score((m, m)) - pairs.query @ pairs.key) < 1e-12


def test_a_rotary_score_changes_with_the_distance():
    pairs = RotaryPairs(*np.random.default_rng(0).normal(size=(2, 12)))
    scores = [pairs.score((back, 0)) for back in range(8)]
    assert min(abs(a - b) for i, a in enumerate(scores) for b in scores[:i]) > 1e-3


@settings(max_examples=20, deadline=None)
@given(SEEDS, st.integers(0, 1000))
def test_rotary_turns_are_the_papers_matrix(seed, place):
    vector = np.random.default_rng(seed).normal(size=6)
    expected = []
    for i in range(3):  # equation 15: a block of a rotation for each pair
        angle = place * 10000 ** (-2 * i / 6)
        turn = [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
        expected += (np.array(turn) @ vector[2 * i : 2 * i + 2]).tolist()
    assert np.allclose(rotate(vector, place), expected, atol=1e-12)


def test_the_table_of_scores_has_one_number_a_diagonal():
    pairs = RotaryPairs(*np.random.default_rng(1).normal(size=(2, 8)))
    table = score_table(pairs, 9)
    for back in range(-8, 9):
        assert np.ptp(np.diagonal(table, back)) < 1e-12
    assert abs(table[7, 3] - pairs.score((7, 3))) < 1e-12


def test_an_odd_width_is_refused():
    with pytest.raises(UsageError, match="even"):
        rotate([1.0, 2.0, 3.0], 1)


@settings(max_examples=15, deadline=None)
@given(SEEDS, st.sampled_from([1, 2, 4, 8]))
def test_shared_heads_are_attention_over_repeated_keys(seed, key_heads):
    random = np.random.default_rng(seed)
    queries = random.normal(size=(8, 5, 4))
    keys, values = random.normal(size=(2, key_heads, 5, 4))
    made = grouped_attention(queries, keys, values, mask=causal_mask(5))
    for head, group in enumerate(shared_heads(8, key_heads)):
        assert group == head * key_heads // 8
        alone = scaled_dot_product(queries[head], keys[group], values[group], mask=causal_mask(5))
        assert np.allclose(made.output[head], alone.output, atol=1e-12)


def test_heads_that_do_not_divide_are_refused():
    with pytest.raises(UsageError, match="1, 2, 4, 8"):
        shared_heads(8, 3)


def test_caches_of_published_shapes():
    told = {s.name: (s.bytes_per_token, s.bytes_of_context) for s in PUBLISHED}
    kib, gib = 1024, 1024**3
    assert told == {
        "GPT-2 small": (2 * 12 * 12 * 64 * 2, 36 * 1024**2),
        "Llama 2 7B": (512 * kib, 2 * gib),
        "Llama 2 70B": (320 * kib, 1.25 * gib),
        "Llama 3 8B": (128 * kib, 1 * gib),
        "Llama 3 70B": (320 * kib, 2.5 * gib),
    }
    assert [s.unshared.bytes_per_token // s.bytes_per_token for s in PUBLISHED] == [1, 1, 8, 4, 8]
    # A width is heads times head size; these are published too.
    assert [s.heads * s.head_size for s in PUBLISHED] == [768, 4096, 8192, 4096, 8192]
    assert written_bytes(PUBLISHED[2].unshared.bytes_per_token) == "2.5 MiB"


@pytest.mark.parametrize("window", [1, 3, 5, 12])
def test_what_is_reached_is_what_changes_the_answer(window):
    model = load_language_model()
    words = read_prompt(model, TALE)
    attention = np.stack([t.attention.weights for t in read_in_windows(model, words, window)])
    shares = reach_down(attention, len(words) - 1)
    assert np.allclose(shares.sum(axis=1), 1)
    answer = read_in_windows(model, words, window)[-1].output[-1]
    other = model.index["snail"]
    for place in range(len(words)):
        changed = [other if i == place else word for i, word in enumerate(words)]
        moved = np.abs(read_in_windows(model, changed, window)[-1].output[-1] - answer).max() > 0
        assert moved == (shares[0, place] > 0)
    reach = min(len(words), 1 + len(model.layers) * (window - 1))
    assert (shares > 0).sum(axis=1)[0] == reach


def test_a_window_of_the_whole_text_is_plain_causal_attention():
    model = load_language_model()
    words = read_prompt(model, TALE)
    last = read_in_windows(model, words, len(words))[-1]
    assert np.allclose(last.output, model.run(words).layers[-1].output, atol=1e-12)
    assert isinstance(model.layers[0], EncoderLayer)


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.integers(1, 6), st.integers(1, 14))
def test_a_rolling_cache_holds_what_the_window_sees(seed, window, size):
    random = np.random.default_rng(seed)
    queries, keys, values = random.normal(size=(3, size, 4))
    seen = window_mask(size, window)
    whole = scaled_dot_product(queries, keys, values, mask=seen)
    for t in range(size):
        slots = rolling_slots(t + 1, window)
        kept = slots[slots >= 0]
        assert len(slots) == window and sorted(kept) == np.flatnonzero(seen[t]).tolist()
        one = scaled_dot_product(queries[t : t + 1], keys[kept], values[kept])
        assert np.allclose(one.output[0], whole.output[t], atol=1e-12)


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.integers(1, 15), st.integers(1, 17), st.sampled_from([0.1, 1.0, 30.0]))
def test_tiles_are_the_full_softmax_of_what_was_read(seed, size, tile, scale):
    random = np.random.default_rng(seed)
    query, keys, values = (
        random.normal(size=6) * scale,
        random.normal(size=(size, 6)),
        random.normal(size=(size, 4)),
    )
    made = tiled_attention(query, keys, values, tile)
    assert [t.stop for t in made] == [min(k, size) for k in range(tile, size + tile, tile)]
    for part in made:
        whole = scaled_dot_product(query[None], keys[: part.stop], values[: part.stop])
        assert np.abs(part.output - whole.output[0]).max() < 1e-12
        assert part.maximum == pytest.approx(whole.scaled.max(), abs=1e-12)
        exps = np.exp(whole.scaled - whole.scaled.max()).sum()
        assert part.total == pytest.approx(exps, abs=1e-12)


def test_a_higher_score_scales_what_came_before():
    keys = np.array([[1.0, 0.0], [3.0, 0.0]])
    first, second = tiled_attention(np.array([np.sqrt(2), 0]), keys, np.eye(2), 1)
    assert (first.scale, second.scale) == (0.0, pytest.approx(np.exp(-2)))
    assert second.weighted == pytest.approx([np.exp(-2), 1])
