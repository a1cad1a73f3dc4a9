"""The way back through the layers, and the two measures that need it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mlanim.models.language_model.language_model import load_language_model, read_prompt
from mlanim.models.token_stack import TokenStack
from mlanim.subjects.thoughts.models.saliency import integrated_gradients
from mlanim.subjects.thoughts.models.stack_gradients import word_score


def small(seed: int, activation: str, *, norm_first: bool, causal: bool) -> TokenStack:
    """A random stack of two layers."""
    random = np.random.default_rng(seed)
    width, words, hidden = 6, 9, 10
    arrays = {
        "vocabulary": np.array([f"w{i}" for i in range(words)]),
        "token_embedding.weight": random.normal(size=(words, width)),
        "position_embedding.weight": random.normal(size=(8, width)),
        "norm.weight": random.normal(size=width),
        "norm.bias": random.normal(size=width),
        "heads": np.array(2),
        "norm_first": np.array(norm_first),
        "activation": np.array(activation),
    }
    for n in range(2):
        prefix = f"encoder.layers.{n}."
        shapes = {
            "self_attn.in_proj_weight": (3 * width, width),
            "self_attn.in_proj_bias": (3 * width,),
            "self_attn.out_proj.weight": (width, width),
            "self_attn.out_proj.bias": (width,),
            "linear1.weight": (hidden, width),
            "linear1.bias": (hidden,),
            "linear2.weight": (width, hidden),
            "linear2.bias": (width,),
            "norm1.weight": (width,),
            "norm1.bias": (width,),
            "norm2.weight": (width,),
            "norm2.bias": (width,),
        }
        arrays |= {prefix + name: random.normal(size=shape) for name, shape in shapes.items()}
    return TokenStack.of(arrays, causal=causal)


def differences(model: TokenStack, tokens: np.ndarray, position: int, word: int) -> np.ndarray:
    """The same gradient by central differences."""
    slopes, step = np.zeros_like(tokens), 1e-5
    for place in np.ndindex(tokens.shape):
        for sign in (1, -1):
            moved = tokens.copy()
            moved[place] += sign * step
            slopes[place] += sign * word_score(model, moved, position, word)[0] / (2 * step)
    return slopes


@pytest.mark.parametrize("activation", ["relu", "gelu", "gelu_tanh"])
@pytest.mark.parametrize(("norm_first", "causal"), [(True, True), (False, True), (False, False)])
def test_gradients_are_finite_differences(activation, norm_first, causal):
    model = small(3, activation, norm_first=norm_first, causal=causal)
    tokens = model.token_embedding[[1, 4, 2, 1]]
    score, slopes = word_score(model, tokens, 2, 5)
    assert score == pytest.approx(model.run([1, 4, 2, 1]).logits[2, 5], abs=1e-12)
    np.testing.assert_allclose(slopes, differences(model, tokens, 2, 5), atol=1e-6)
    assert (slopes[3] == 0).all() == causal


def test_gradients_of_the_trained_model_are_finite_differences():
    model = load_language_model()
    tokens = model.token_embedding[read_prompt(model, "the robot lost a")]
    word = model.index["ball"]
    found = word_score(model, tokens, 3, word)[1]
    np.testing.assert_allclose(found, differences(model, tokens, 3, word), atol=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_integrated_gradients_sum_to_the_difference(seed):
    model = small(seed, "gelu", norm_first=True, causal=True)
    tokens = model.token_embedding[[1, 4, 2]]

    def scored(inputs):
        pairs = [word_score(model, rows, 2, 5) for rows in inputs]
        return np.array([score for score, _ in pairs]), np.stack([slope for _, slope in pairs])

    mean = model.token_embedding.mean(axis=0)
    found = integrated_gradients(scored, tokens, mean)
    start = np.tile(mean, (3, 1))
    assert found.ends[0] == pytest.approx(word_score(model, start, 2, 5)[0])
    assert found.ends[1] == pytest.approx(word_score(model, tokens, 2, 5)[0])
    assert found.missed == pytest.approx(
        abs(found.parts.sum() - (found.ends[1] - found.ends[0])), abs=1e-12
    )
    assert found.missed < 1e-3


def test_what_does_not_depend_on_a_token_gives_it_nothing():
    model = small(0, "relu", norm_first=True, causal=True)
    tied = replace(model, output=np.zeros_like(model.output))
    assert not word_score(tied, model.token_embedding[[1, 2]], 1, 3)[1].any()
