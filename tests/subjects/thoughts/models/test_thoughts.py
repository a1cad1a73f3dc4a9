"""Ranks, units, and the file that thoughts are kept in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from mlanim.errors import UsageError
from mlanim.models.captured import read_trace
from mlanim.models.language_model.language_model import load_language_model, read_prompt
from mlanim.subjects.thoughts.models.firing import factors_of, most_firing
from mlanim.subjects.thoughts.models.logit_lens import look_through, rank_of
from mlanim.subjects.thoughts.models.own_thoughts import think
from mlanim.subjects.thoughts.models.thought_file import read_thoughts, write_thoughts
from mlanim.subjects.thoughts.models.thoughts import Thoughts, marked

LOGITS = arrays(float, (3, 7), elements=some.integers(-3, 3).map(float))


@settings(max_examples=60, deadline=None)
@given(LOGITS, some.lists(some.integers(0, 6), min_size=3, max_size=3))
def test_ranks_are_places_in_a_full_sort(logits, words):
    order = np.argsort(-logits, axis=1, kind="stable")
    wanted = [list(row).index(word) + 1 for row, word in zip(order, words, strict=True)]
    assert rank_of(logits, words).tolist() == wanted
    assert (look_through(logits, 4).words == order[:, :4]).all()


@pytest.fixture(scope="module")
def own() -> Thoughts:
    model = load_language_model()
    return think(model, read_prompt(model, "one morning the robot lost a"), 3, ["ball", "box"])


def test_own_thoughts_are_the_models(own):
    model = load_language_model()
    words = read_prompt(model, " ".join(own.tokens))
    stack = model.run(words)
    assert own.said == (*own.tokens[1:], "") and own.asked_at == (5, 6, 7)
    for position in own.asked_at:  # each word is the most probable one
        assert stack.logits[position].argmax() == words[position + 1]
        assert own.said_ranks[-1, position] == 1
    for layer, trace in enumerate(stack.layers):
        logits = model.read_out(trace.output)[1]
        order = np.argsort(-logits, axis=1, kind="stable")
        for position in range(len(words) - 1):
            place = order[position].tolist().index(words[position + 1]) + 1
            assert own.said_ranks[layer, position] == place
        assert (own.top_words[layer] == order[:, :5]).all()
        best = logits[:, [model.index["box"]]]
        assert (own.asked_ranks[layer, :, 1] == 1 + (logits > best).sum(axis=1)).all()
        hidden = trace.feed_forward.hidden
        assert np.array_equal(own.neurons[layer], hidden[:, own.neuron_numbers[layer]].T)
    np.testing.assert_allclose(
        own.integrated_gradients.sum(axis=1), own.scores[:, 1] - own.scores[:, 0], atol=1e-3
    )
    for row, position in enumerate(own.asked_at):
        assert not own.gradient_x_input[row, position + 1 :].any()
        assert own.scores[row, 1] == pytest.approx(stack.logits[position, words[position + 1]])


def test_the_units_kept_fire_most():
    activations = np.array([[0.0, 3.0, -9.0, 1.0], [2.0, 0.0, 0.0, 0.5]])
    assert most_firing(activations, 2).tolist() == [0, 1]


def test_factors_multiply_to_the_firing():
    random = np.random.default_rng(0)
    loads, rows = random.random((9, 2)), random.random((2, 12))
    found = factors_of(loads @ rows, 2)
    np.testing.assert_allclose(found.loads @ found.firing, loads @ rows, atol=2e-2)
    assert found.loads.min() >= 0 and found.firing.min() >= 0 and found.explained > 0.999
    assert factors_of(-np.ones((3, 4)), 2).explained == 0


@pytest.mark.parametrize("suffix", [".npz", ".safetensors"])
def test_a_file_gives_back_what_was_written(own, tmp_path, suffix):
    path = write_thoughts(own, tmp_path / f"own{suffix}")
    found = read_thoughts(path)
    assert (found.tokens, found.said, found.asked) == (own.tokens, own.said, own.asked)
    for name in ("said_ranks", "asked_ranks", "top_words", "said_at", "given", "neuron_numbers"):
        assert np.array_equal(getattr(found, name), getattr(own, name)), name
    for name in ("integrated_gradients", "neurons", "attention", "scores"):
        np.testing.assert_allclose(getattr(found, name), getattr(own, name), atol=1e-5)
    base = read_trace(path)
    assert base.others == () and "said_ranks" in base.thoughts and base.logits is None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"said_ranks": np.ones((2, 3), int)}, "said_ranks has the shape"),
        ({"said": ("a",)}, "1 words said"),
        ({"said_at": [2]}, "said_at holds 2"),
        ({"said_ranks": np.full((2, 2), 0.5)}, "no whole numbers"),
        ({"said_ranks": np.full((2, 2), -1)}, "holds -1"),
        ({"top_words": np.zeros((2, 2, 1))}, "top_words holds"),
        ({"attention": np.full((3, 1, 2, 2), 0.5), "said_ranks": np.ones((2, 2))}, "3 layers"),
        ({"top_probabilities": np.full((1, 2, 1), 2.0)}, "outside 0 to 1"),
    ],
)
def test_what_does_not_agree_is_one_line(change, told):
    with pytest.raises(UsageError, match=told) as error:
        Thoughts(("a", "b"), **change)
    assert "\n" not in str(error.value)


def test_pieces_are_drawn_with_a_thin_mark_for_a_space():
    assert [marked(text) for text in (" Lo", "ndon", " ", "ü")] == ["·Lo", "ndon", "·", "ü"]
    found = Thoughts((" The", " keys", " to"))
    assert found.context(1) == "The keys ___" and found.readers(1).names == ("·The", "·keys")
    masked = Thoughts(("[CLS]", "keys", "[MASK]", "here"), given=[4])
    assert masked.context(2) == "[CLS] keys ___ here" and len(masked.readers(2).names) == 4
    both = Thoughts(("a", "b"), decoder_tokens=("<pad>", "c"))
    assert both.context(1) == "a b → c ___" and both.readers(0).columns == (0, 1, 2)


def test_where_a_masked_model_was_not_asked_ranks_are_its_best_words():
    ranks = np.array([[2, 4, 3], [1, 1, 2]])
    top = np.array([[[1], [1], [1]], [[0], [2], [1]]])
    words = ("sat", "cat", "mat")
    known = {"words": words, "top_words": top, "said_ranks": ranks}
    found = Thoughts(("a", "[MASK]", "b"), said=("", "mat", ""), said_at=[1], **known)
    assert [found.drawn_ranked(i) for i in range(3)] == ["sat", "mat", "?"]
