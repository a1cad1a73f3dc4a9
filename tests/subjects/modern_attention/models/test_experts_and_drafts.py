"""The experts' gradients and loads; speculative decoding leaves the distribution as it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mlanim.subjects.modern_attention.models as room
from mlanim.errors import UsageError
from mlanim.models.language_model.language_model import load_language_model, read_prompt
from mlanim.models.softmax import log_softmax, softmax
from mlanim.subjects.modern_attention.models.expert_training import (
    ExpertSettings,
    batch_loss,
    first_experts,
    train_experts,
)
from mlanim.subjects.modern_attention.models.experts import (
    ExpertLayer,
    load_experts,
    top_gates,
    unseen_text,
)
from mlanim.subjects.modern_attention.models.learned_arrays import learned_arrays
from mlanim.subjects.modern_attention.models.speculative import (
    continue_in_rounds,
    draw,
    law_of_one,
    law_of_round,
    one_token,
    speculate,
)
from mlanim.subjects.modern_attention.models.two_models import LargeModel, load_word_pairs

SEEDS = st.integers(0, 2**32 - 1)
SMALL = ExpertSettings(
    experts=3, top_k=2, half=2, hidden=3, balance=0.3, steps=150, batch=32, rate=0.03, seed=0
)


def test_gates_are_softmax_over_the_best_alone():
    scores = np.random.default_rng(0).normal(size=(20, 5))
    kept, gates = top_gates(scores, 2)
    assert (kept.sum(axis=1) == 2).all() and (gates[~kept] == 0).all()
    for row, best, gate in zip(scores, kept, gates, strict=True):
        assert set(np.flatnonzero(best)) == set(np.argsort(row)[-2:])
        assert gate[best] == pytest.approx(softmax(row[best]))
    with pytest.raises(UsageError, match="1 to 5"):
        top_gates(scores, 6)


def test_only_the_kept_experts_answer():
    layer, text = load_experts(), unseen_text()[:30]
    made = layer.read(text, 2)
    for t in range(29):
        parts = sum(made.gates[t, e] * made.answers[e, t] for e in np.flatnonzero(made.kept[t]))
        assert np.allclose(made.output[t], made.inputs[t] + parts, atol=1e-12)


def test_gradients_are_the_slopes():
    arrays = first_experts(6, SMALL)
    random = np.random.default_rng(3)
    batch = tuple(random.integers(0, 6, 8) for _ in range(3))
    made = ExpertLayer(arrays)(batch[0], batch[1], 2)
    _, _, gradients = batch_loss(arrays, *batch, SMALL)

    def loss(name, index, by):
        moved = {key: array.copy() for key, array in arrays.items()}
        moved[name][index] += by
        other = ExpertLayer(moved)(batch[0], batch[1], 2)
        entropy = -log_softmax(other.logits)[np.arange(8), batch[2]].mean()
        # The load has no gradient: it is held as it was.
        even = 3 * (made.load * other.shares.mean(axis=0)).sum()
        return entropy + SMALL.balance * even

    for name, gradient in gradients.items():
        for _ in range(4):
            index = tuple(int(random.integers(0, n)) for n in gradient.shape)
            slope = (loss(name, index, 1e-6) - loss(name, index, -1e-6)) / 2e-6
            assert gradient[index] == pytest.approx(slope, abs=1e-6), name


def test_training_is_repeatable_and_learns():
    text = np.tile([0, 1, 2, 3, 1, 4], 50)
    arrays, losses = train_experts(text, 6, SMALL)
    again, _ = train_experts(text, 6, SMALL)
    assert losses[-5:].mean() < 0.5 * losses[0]
    assert all((arrays[name] == again[name]).all() for name in arrays)


def test_the_loss_of_load_evens_the_load_that_was_learned():
    text = unseen_text()
    even, odd = (load_experts(balanced=b).read(text, 2).load for b in (True, False))
    assert even.sum() == pytest.approx(1) and odd.sum() == pytest.approx(1)
    assert np.ptp(even) < 0.5 * np.ptp(odd)
    for balanced in (True, False):
        made = load_experts(balanced=balanced).read(text[:-1], 2)
        loss = -log_softmax(made.logits)[np.arange(len(text) - 2), text[2:]].mean()
        assert loss < 0.65  # of two words before, the tales leave this much open
    losses = learned_arrays("experts")["losses"]
    assert losses[0] > 2 > 0.65 > losses[-1]


def test_the_weights_are_small():
    files = list((Path(room.__file__).parent / "weights").glob("*.npz"))
    assert len(files) == 2
    assert sum(path.stat().st_size for path in files) < 200_000


def models_of(seed: int, words: int):
    """Two models whose probabilities depend on all words before, with some that are 0."""

    def model(kind):
        def chances(text):
            random = np.random.default_rng([seed, kind, *text])
            p = random.random(words) ** 3
            p[random.random(words) < 0.3] = 0
            p[random.integers(words)] += 0.2
            return p / p.sum()

        return chances

    return model(0), model(1)


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.integers(2, 4), st.integers(1, 3))
def test_speculation_leaves_the_large_models_distribution(seed, words, count):
    """All ways to every outcome, added up: each beginning is as probable as by p alone."""
    small, large = models_of(seed, words)
    law = law_of_round(small, large, [0], count)
    assert sum(law.values()) == pytest.approx(1, abs=1e-12)
    starts: dict[tuple[int, ...], float] = {}
    for outcome, chance in law.items():
        # What a round leaves unsaid, the large model says in the next.
        whole = [(outcome, chance)]
        while len(whole[0][0]) <= count:
            whole = [((*o, x), c * p) for o, c in whole for x, p in enumerate(large([0, *o]))]
        for tokens, c in whole:
            starts[tokens] = starts.get(tokens, 0.0) + c
    for tokens, chance in starts.items():
        wanted, text = 1.0, [0]
        for token in tokens:
            wanted *= large(text)[token]
            text.append(token)
        assert abs(chance - wanted) < 1e-12


def test_rounds_are_drawn_by_that_law():
    small, large = models_of(5, 3)
    law = law_of_round(small, large, [0], 2)
    random, count = np.random.default_rng(0), 2500
    seen: dict[tuple[int, ...], int] = {}
    for _ in range(count):
        made = speculate(small, large, [0], 2, random).tokens
        seen[made] = seen.get(made, 0) + 1
    assert set(seen) <= {outcome for outcome, chance in law.items() if chance > 0}
    for outcome, chance in law.items():
        spread = np.sqrt(chance * (1 - chance) / count)
        assert abs(seen.get(outcome, 0) / count - chance) <= 5 * spread + 1e-9


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_of_our_own_two_models_the_first_word_is_the_large_ones(temperature):
    stack = load_language_model()
    small, large = load_word_pairs().at(temperature), LargeModel(temperature, stack)
    for text in ("one morning the robot lost a", "then a", "the fox looked", "the end"):
        words = read_prompt(stack, text)
        p, q = large(words), small(words)
        assert (q > 0).all()
        assert np.abs(law_of_one(q, p) - p).max() < 1e-12
        drawn, kept = one_token(q, p, np.random.default_rng(1).random((3000, 3)))
        shares = np.bincount(drawn, minlength=len(p)) / 3000
        assert (np.abs(shares - p) <= 5 * np.sqrt(p * (1 - p) / 3000) + 1e-3).all()
        assert kept.mean() == pytest.approx(np.minimum(p, q).sum(), abs=0.05)


def test_a_draft_stays_by_p_over_q_and_all_behind_a_refused_one_go():
    small, large = models_of(8, 4)
    accepted = set()
    for seed in range(60):
        made = speculate(small, large, [0], 3, np.random.default_rng(seed))
        accepted.add(made.accepted)
        text = [0]
        for draft in made.drafts:
            assert (draft.large == large(text)).all() and (draft.small == small(text)).all()
            ratio = draft.large[draft.token] / draft.small[draft.token]
            assert draft.chance == min(1, ratio)
            assert draft.accepted == (draft.drawn < ratio)
            text.append(draft.token)
        assert len(made.tokens) == made.accepted + 1
        if made.accepted < 3:
            refused = made.drafts[made.accepted]
            more = np.maximum(0, refused.large - refused.small)
            assert made.source == pytest.approx(more / more.sum())
        else:
            assert (made.source == large(text)).all()
        assert made.source[made.last] > 0
    assert accepted == {0, 1, 2, 3}


def test_rounds_end_before_the_model_is_full():
    small, large = models_of(2, 3)
    made = continue_in_rounds(small, large, [0], 4, rounds=50, longest=30, seed=0)
    words = 1 + sum(len(one.tokens) for one in made)
    assert 26 < words <= 31


@given(st.floats(0, 1, exclude_max=True), SEEDS)
@settings(max_examples=40, deadline=None)
def test_a_draw_never_gives_what_cannot_be(uniform, seed):
    chances = np.random.default_rng(seed).random(6)
    chances[np.random.default_rng(seed + 1).random(6) < 0.5] = 0
    chances[2] += 0.1
    assert chances[draw(chances / chances.sum(), uniform)] > 0
