"""The transformer family: the published numbers, the formulas, and PyTorch's own layers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mlanim.errors import UsageError
from mlanim.models.cross_entropy import cross_entropy
from mlanim.models.dot_product_attention import (
    MultiHeadWeights,
    causal_mask,
    multi_head,
    scaled_dot_product,
    worked_example,
)
from mlanim.models.language_model.kv_cache import KVCache
from mlanim.models.language_model.language_model import continue_text, load_language_model
from mlanim.models.language_model.sampling import sample
from mlanim.models.layer_norm import layer_norm
from mlanim.models.masked_model import (
    classify_opinion,
    fill_masks,
    load_masked_model,
    looking_head,
    next_sentence,
    resolve,
)
from mlanim.models.positions import sinusoidal
from mlanim.models.rollout import rollout
from mlanim.models.softmax import softmax
from mlanim.models.weights import known_accuracy
from mlanim.subjects.language_model.models.optimiser_steps import load_optimiser_steps
from mlanim.subjects.language_model.models.parameter_count import (
    GPT2_SMALL,
    decoder_only_parameters,
)
from mlanim.subjects.masked_model.models.elmo import load_elmo, read_both_ways
from mlanim.subjects.transformer.models.training_log import load_training_log
from mlanim.subjects.transformer.models.transformer import load_transformer, translate_transformer

FOLDER = Path(__file__).parent / "reference"
NUMBERS = st.floats(-30, 30)


def reference(name: str) -> dict[str, np.ndarray]:
    with np.load(FOLDER / f"{name}.npz", allow_pickle=False) as stored:
        return dict(stored)


def test_the_published_example_comes_out_of_the_same_function():
    query, keys = worked_example()
    trace = scaled_dot_product([query], keys, np.eye(2))
    assert query.shape == (64,)
    assert trace.scores.tolist() == [[112, 96]]
    assert trace.scaled.tolist() == [[14, 12]]
    assert trace.weights.round(2).tolist() == [[0.88, 0.12]]


def test_positional_codes_are_the_papers_and_the_articles():
    assert sinusoidal(2, 4)[1].round(4).tolist() == [0.8415, 0.5403, 0.01, 1]
    assert sinusoidal(2, 4, "split")[1].round(4).tolist() == [0.8415, 0.0001, 0.5403, 1]
    for width in (3, 0):
        with pytest.raises(UsageError):
            sinusoidal(2, width)


@given(st.integers(1, 40), st.integers(1, 16).map(lambda half: 2 * half))
def test_interleaved_codes_follow_the_formula(count, width):
    codes = sinusoidal(count, width)
    for position in (0, count - 1):
        for i in range(width // 2):
            angle = position / 10000 ** (2 * i / width)
            assert codes[position, 2 * i] == pytest.approx(np.sin(angle), abs=1e-9)
            assert codes[position, 2 * i + 1] == pytest.approx(np.cos(angle), abs=1e-9)


@given(arrays(float, (5, 8), elements=NUMBERS), st.sampled_from([1, 2, 4, 8]))
def test_masked_weights_are_exactly_zero_and_rows_sum_to_one(x, heads):
    random = np.random.default_rng(0)
    layer = MultiHeadWeights(
        heads, random.normal(size=(24, 8)), np.zeros(24), np.eye(8), np.zeros(8)
    )
    trace = multi_head(layer, x, mask=causal_mask(5))
    assert (trace.weights[:, ~causal_mask(5)] == 0).all()
    np.testing.assert_allclose(trace.weights.sum(axis=-1), 1)
    # A head alone, as the article multiplies it.
    for head in range(heads):
        q, k, v = (x @ layer.matrix(name, head) for name in "qkv")
        alone = scaled_dot_product(q, k, v, mask=causal_mask(5))
        np.testing.assert_allclose(alone.output, trace.heads[head], atol=1e-9)


@given(arrays(float, (3, 6), elements=NUMBERS))
def test_layer_norm_has_mean_0_and_at_most_variance_1(rows):
    normal = layer_norm(rows)
    np.testing.assert_allclose(normal.mean(axis=1), 0, atol=1e-6)
    assert (normal.var(axis=1) <= 1 + 1e-9).all()


@given(
    arrays(float, 12, elements=NUMBERS), st.integers(1, 12), st.floats(0.2, 3), st.floats(0.1, 1)
)
def test_a_sample_is_among_what_was_kept(logits, k, temperature, p):
    trace = sample(logits, np.random.default_rng(0), top_k=k, temperature=temperature, top_p=p)
    assert 1 <= trace.kept.sum() <= k
    assert trace.kept[trace.token]
    assert trace.probabilities[~trace.kept].sum() == 0
    assert trace.probabilities.sum() == pytest.approx(1)
    assert trace.kept[int(np.argmax(logits))]
    low, high = trace.bounds(trace.token)
    assert low - 1e-9 <= trace.draw <= high + 1e-9
    whole = softmax(np.where(np.arange(12)[:, None] == trace.order[:k], 1, 0).sum(axis=1))
    assert whole.sum() == pytest.approx(1)


def test_draws_follow_the_probabilities():
    random = np.random.default_rng(1)
    tokens = [sample([2.0, 1.0, 0.0], random, temperature=0.7).token for _ in range(4000)]
    shares = np.bincount(tokens, minlength=3) / 4000
    np.testing.assert_allclose(shares, softmax(np.array([2.0, 1.0, 0.0]) / 0.7), atol=0.03)


@pytest.mark.parametrize("bad", [{"temperature": 0}, {"top_k": 0}, {"top_p": 0}, {"top_p": 1.5}])
def test_impossible_sampling_is_refused(bad):
    with pytest.raises(UsageError):
        sample([1.0, 2.0], **bad)


@given(arrays(float, (4, 7), elements=NUMBERS), st.lists(st.integers(0, 6), min_size=4, max_size=4))
def test_cross_entropy_is_minus_the_log_of_the_right_probability(logits, targets):
    right = softmax(logits)[np.arange(4), targets]
    np.testing.assert_allclose(np.exp(-cross_entropy(logits, targets)), right, atol=1e-12)


@given(arrays(float, (3, 2, 4, 4), elements=st.floats(-3, 3)))
def test_rollout_rows_sum_to_one(scores):
    np.testing.assert_allclose(rollout(softmax(scores)).sum(axis=-1), 1)


def test_gpt2_small_has_as_many_parameters_as_published():
    assert sum(decoder_only_parameters(**GPT2_SMALL).values()) == 124_439_808


def test_the_translation_pass_is_pytorchs():
    model, wanted = load_transformer(), reference("transformer")
    encoder = model.encode(wanted["source"])
    decoder, logits = model.decode(wanted["inputs"], encoder[-1].output)
    for kind, layers in (("encoder", encoder), ("decoder", decoder)):
        for number, layer in enumerate(layers):
            np.testing.assert_allclose(layer.output, wanted[f"{kind}_{number}"], atol=1e-5)
    np.testing.assert_allclose(logits, wanted["logits"], rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize(
    ("name", "load"),
    [("masked-model", lambda: load_masked_model().stack), ("language-model", load_language_model)],
)
def test_the_stacks_are_pytorchs(name, load):
    wanted = reference(name)
    segments = wanted.get("segments")
    trace = load().run(
        wanted["words"].tolist(), segments=None if segments is None else segments.tolist()
    )
    for number, layer in enumerate(trace.layers):
        np.testing.assert_allclose(layer.output, wanted[f"layer_{number}"], atol=1e-5)
        np.testing.assert_allclose(layer.attention.weights, wanted[f"weights_{number}"], atol=1e-5)
    np.testing.assert_allclose(trace.logits, wanted["logits"], rtol=1e-5, atol=1e-5)


def test_held_out_sentences_are_translated():
    assert known_accuracy("mlanim.subjects.transformer.models", "transformer")["exact"] >= 0.99
    model = load_transformer()
    lines = (FOLDER / "held_out.tsv").read_text(encoding="utf-8").splitlines()[::6]
    pairs = [line.split("\t") for line in lines]
    right = [translate_transformer(model, fr).spoken == tuple(en.split()) for fr, en in pairs]
    assert np.mean(right) >= 0.98


@pytest.mark.parametrize("adjective", ["tired", "wide"])
def test_it_is_the_animal_or_the_street(adjective):
    said = f"The animal didn't cross the street because it was too {adjective}"
    trace = resolve(load_masked_model(), said)
    tokens = trace.stack.tokens
    wanted = tokens.index("animal" if adjective == "tired" else "street")
    assert trace.meant == wanted
    assert trace.probabilities.max() > 0.9
    layer, head, share = looking_head()
    assert trace.stack.attention[layer, head, trace.it].argmax() == wanted
    assert share >= 0.9


def test_the_masked_model_does_what_training_measured():
    accuracy = known_accuracy("mlanim.models", "masked-model")
    assert accuracy["it"] >= 0.98
    assert accuracy["follows"] >= 0.9
    assert accuracy["pleased"] >= 0.98
    model = load_masked_model()
    assert fill_masks(model, "the trophy didn't fit the suitcase because it was too [MASK]").best
    first = "the animal didn't cross the street because it was too tired"
    assert next_sentence(model, first, "so the animal slept").probabilities[1] > 0.5
    assert next_sentence(model, first, "so the bread got cold").probabilities[1] < 0.5
    assert classify_opinion(model, "the song was not boring").probabilities[1] > 0.5
    assert classify_opinion(model, "i hated the film because it was sad").probabilities[1] < 0.5


@pytest.mark.parametrize(
    "sentence",
    ["", "the animal slept", "the animal didn't cross the streat because it was too tired"],
)
def test_what_it_cannot_read_is_answered_in_one_line(sentence):
    with pytest.raises(UsageError) as refused:
        resolve(load_masked_model(), sentence)
    assert "\n" not in str(refused.value)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 70), min_size=1, max_size=30))
def test_the_cached_pass_is_the_whole_pass(words):
    model = load_language_model()
    whole = model.run(words)
    steps = KVCache(model).read_all(words)
    for row, step in enumerate(steps):
        np.testing.assert_allclose(step.logits, whole.logits[row], atol=1e-6)
        for cached, layer in zip(step.layers, whole.layers, strict=True):
            np.testing.assert_allclose(
                cached.weights, layer.attention.weights[:, row, : row + 1], atol=1e-6
            )


def test_a_tale_is_continued_sensibly():
    assert known_accuracy("mlanim.models.language_model", "language-model")["sensible"] >= 0.85
    model = load_language_model()
    greedy = continue_text(model, "one morning the robot lost a key . the robot looked", 12)
    assert "the key" in " ".join(greedy.said)
    drawn = [continue_text(model, "once there was a", 6, seed=5, top_k=10).text for _ in range(2)]
    assert drawn[0] == drawn[1]


def test_logs_tell_of_real_training():
    log = load_training_log()
    assert log.losses[-1] < 0.05 < log.losses[0]
    right = log.predictions[:, np.arange(len(log.targets)), log.targets]
    assert right[0].max() < 0.2 < 0.9 < right[-1].min()
    np.testing.assert_allclose(log.predictions.sum(axis=-1), 1, atol=1e-4)
    steps = load_optimiser_steps()
    rows = np.arange(len(steps.window) - 1)
    before, after = (p[:, rows, steps.window[1:]] for p in (steps.before, steps.after))
    assert (np.log(after).mean(axis=1) > np.log(before).mean(axis=1))[:3].all()


def test_the_two_way_lstm_is_pytorchs():
    wanted = reference("elmo")
    model = load_elmo()
    trace = read_both_ways(model, " ".join(model.vocabulary[i] for i in wanted["words"]))
    np.testing.assert_allclose(trace.layers, wanted["layers"], atol=1e-5)
    np.testing.assert_allclose(trace.logits, wanted["logits"], atol=1e-5)
    assert known_accuracy("mlanim.subjects.masked_model.models", "elmo")["pleased"] >= 0.98
