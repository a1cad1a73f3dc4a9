"""Soft windows: what their parts are, and that they become hard ones."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mlanim.subjects.attention_family.models.bracket_networks import FINDERS
from mlanim.subjects.attention_family.models.bracket_task import LENGTH, SIGNS, bracket_batch
from mlanim.subjects.attention_family.models.learned import held_out_brackets, load_learned
from mlanim.subjects.attention_family.models.soft_window import hard_window, soft_window

scores = arrays(float, 9, elements=st.floats(-8, 8))


@settings(max_examples=40, deadline=None)
@given(scores, scores)
def test_a_window_is_made_as_the_paper_says(left, right):
    made = soft_window(left, right)
    shares = [np.exp(s - s.max()) / np.exp(s - s.max()).sum() for s in (left, right)]
    upper = np.triu(np.ones((9, 9)))
    window = (shares[0] @ upper) * (shares[1] @ upper.T)
    assert np.allclose(made.window, window, atol=1e-12)
    assert abs(made.weights.sum() - 1) < 1e-9 and (made.weights >= 0).all()
    assert np.allclose(made.weights * window.sum(), window, atol=1e-9)
    assert made.after_left[-1] == np.float64(1).round(9) or abs(made.after_left[-1] - 1) < 1e-9


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 8), st.integers(0, 8))
def test_sure_edges_give_the_hard_window(first, last):
    left, right = np.eye(9)[first] * 80, np.eye(9)[last] * 80
    made = soft_window(left, right)
    assert np.allclose(made.window, hard_window(made.left, made.right), atol=1e-9)
    assert hard_window(left, right).sum() == max(0, last - first + 1)


def test_rows_ask_for_what_stands_in_their_brackets():
    batch = bracket_batch(50, np.random.default_rng(1))
    for i in range(50):
        text = batch.text(i)
        left, right = batch.edges[i]
        asked = "()[]"[2 * batch.questions[i] :][:2]
        assert len(text) == LENGTH and text[left] + text[right] == asked
        inside = text[left + 1 : right]
        counts = {letter: inside.count(letter) for letter in "abcd"}
        answer = SIGNS[batch.answers[i]]
        assert all(counts[answer] > n for letter, n in counts.items() if letter != answer)


def test_the_learned_edges_are_the_brackets_though_nobody_told_them():
    batch, weights = held_out_brackets(), load_learned("brackets")["window"].weights
    made = FINDERS["window"].window(weights, batch)
    edges = np.stack([made.left.argmax(axis=1), made.right.argmax(axis=1)], axis=1)
    assert (edges == batch.edges).mean() > 0.98
