"""The reply bot and the loop that tuned its writer: what the log says can be found again."""

from __future__ import annotations

import numpy as np
import pytest

from mlanim.models.language_model.language_model import load_language_model
from mlanim.subjects.systems.models.judging import RULE, fit_judge, fit_ranker, votes_of
from mlanim.subjects.systems.models.learned_replies import _FILE, load_loop, load_replies
from mlanim.subjects.systems.models.replies import (
    LONGEST,
    features_of,
    layer_means,
    write_reply,
)


@pytest.fixture(scope="module")
def bot():
    return load_replies()


def test_a_reply_is_drawn_from_the_models_own_chances(bot):
    model, post = load_language_model(), bot.posts[0].tolist()
    made = write_reply(model, post, np.random.default_rng(4), temperature=1.5)
    whole = model.run([*post, *made.words])
    scaled = whole.logits[len(post) - 1 : -1] / 1.5
    wanted = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    wanted /= wanted.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(made.chances, wanted, atol=1e-9)
    np.testing.assert_allclose(made.states, whole.final[len(post) - 1 : -1], atol=1e-9)
    stops = made.words.count(model.index["."])
    assert stops == 2 or len(made.words) == LONGEST


def test_a_judge_reads_the_states_and_the_surprise(bot):
    model, post, reply = bot.model, bot.posts[1].tolist(), bot.replies[1].tolist()
    found = features_of(model, post, reply)
    trace = model.run([*post, *reply])
    np.testing.assert_allclose(found[:-2], trace.final[len(post) :].mean(axis=0))
    chances = [trace.probabilities[len(post) - 1 + i, word] for i, word in enumerate(reply)]
    np.testing.assert_allclose(found[-2:], [-np.log(chances).mean(), -np.log(min(chances))])


def test_the_judge_tells_held_out_replies_as_well_as_was_measured(bot):
    random, model = np.random.default_rng(0), bot.model
    right = 0.0
    for number in range(40):
        right += bot.judged(number, bot.replies[number].tolist()).passes / 80
        right += (not bot.write(number, 1, seed=int(random.integers(1e6)))[0].passes) / 80
    spread = np.sqrt(bot.accuracy * (1 - bot.accuracy) / 80)
    assert abs(right - bot.accuracy) < 3 * spread
    assert bot.accuracy > 0.8 and model.causal


def test_the_rankers_votes_follow_the_rule(bot):
    """On real replies, whose votes differ by the place alone: out of doors they are higher."""
    made = [bot.judged(number, bot.replies[number].tolist()) for number in range(25)]
    votes = [votes_of(bot.post(number), one.words) for number, one in enumerate(made)]
    out = [one.votes for one, vote in zip(made, votes, strict=True) if vote > 4]
    within = [one.votes for one, vote in zip(made, votes, strict=True) if vote <= 4]
    assert len(out) > 3 and len(within) > 3 and min(out) > max(within)
    assert sum(n for n, _ in RULE) == max(votes)


def test_the_ranker_tells_as_much_as_was_measured(bot):
    """On held-out posts, real replies and written ones; it reads every layer's mean state."""
    told, wanted = [], []
    for number in range(30):
        real = bot.judged(number, bot.replies[number].tolist())
        for one in (real, bot.write(number, 1, seed=number)[0]):
            told.append(one.votes)
            wanted.append(votes_of(bot.post(number), one.words))
    explained = 1 - np.square(np.subtract(told, wanted)).mean() / np.var(wanted)
    assert bot.explained > 0.9 and abs(explained - bot.explained) < 0.1
    model, post, reply = bot.model, bot.posts[0].tolist(), bot.replies[0].tolist()
    means = layer_means(model, post, reply).reshape(len(model.layers) + 1, -1)
    words = model.token_embedding[reply] + model.position_embedding[len(post) :][: len(reply)]
    np.testing.assert_allclose(means[0], words.mean(axis=0))
    last = model.run([*post, *reply]).layers[-1].output[len(post) :]
    np.testing.assert_allclose(means[-1], last.mean(axis=0))


def test_the_tuned_writer_keeps_to_the_tale_more_often(bot):
    log = load_loop()
    last = max(log.nudges)
    assert not log.nudges[0].any()

    def real(nudge):
        return sum(bot.write(n, 1, 50 + n, nudge)[0].passes for n in range(12))

    assert real(log.nudges[last]) > real(None) + 3


def test_the_judges_accuracy_falls_to_a_half():
    log = load_loop()
    assert log.accuracy[0] > 0.8 and abs(log.accuracy[-10:].mean() - 0.5) < 0.03
    assert log.sensible[0] < 0.4 < 0.9 < log.sensible[-1]
    assert len(log.texts) == len(log.accuracy) == len(log.rounds) and log.distinct.min() > 0.3
    assert _FILE.stat().st_size < 60_000  # type: ignore[attr-defined]


def test_a_judge_is_logistic_regression():
    random = np.random.default_rng(1)
    rows = random.normal(size=(80, 3))
    real = (rows @ [1.0, -2.0, 0.5] + random.normal(size=80) > 0).astype(float)
    judge = fit_judge(rows, real, penalty=2.0)
    scaled = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    slope = scaled.T @ (judge.real(rows) - real) + 2.0 * judge.weights
    assert np.abs(slope).max() < 1e-3
    assert abs((judge.real(rows) - real).sum()) < 1e-3


def test_a_ranker_is_ridge_regression():
    random = np.random.default_rng(2)
    rows, votes = random.normal(size=(30, 4)), random.normal(size=30)
    ranker = fit_ranker(rows, votes, penalty=1.5)
    scaled = (rows - rows.mean(axis=0)) / ranker.spread
    slope = scaled.T @ (ranker.votes(rows) - votes) + 1.5 * ranker.weights
    assert np.abs(slope).max() < 1e-9
