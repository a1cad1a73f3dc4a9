"""Train what judges and ranks replies, and tune the writer of replies against its judge.

    python -m training.systems.train_replies

NumPy alone. It writes mlanim/subjects/systems/models/weights/replies.npz: a judge and a ranker of
replies drawn at a high temperature, the log of the adversarial loop, what tuning had added to the
output layer at some rounds, and held-out posts with their real replies.

The loop: the writer is the small language model at that temperature, with a matrix added to its
output layer (0 at first). In each round it writes replies; a new judge learns to tell those of
this round and the last from real ones, and is tested on others; then the matrix goes up the
gradient of the judge's log-odds (REINFORCE: Williams 1992, with the batch's mean as baseline).
"""

from __future__ import annotations

import argparse
import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mlanim.models.language_model.language_model import load_language_model
from mlanim.models.softmax import log_softmax, softmax
from mlanim.models.token_stack import TokenStack
from mlanim.subjects.systems.models.judging import (
    Judge,
    fit_judge,
    fit_ranker,
    votes_of,
)
from mlanim.subjects.systems.models.replies import LONGEST
from training.systems.batched_model import Batch
from training.tales import PLACES, tale

FILE = Path(__file__).parents[2] / "mlanim/subjects/systems/models/weights/replies.npz"
PLACES_IN = [tuple(place.split()) for place in PLACES]


@dataclass
class Replies:
    """B replies to posts (B, P): words (B, n), padded; how many are theirs; what is read there."""

    posts: NDArray
    words: NDArray
    lengths: NDArray
    features: NDArray  # by the judge
    means: NDArray  # by the ranker


def posts_and_replies(model: TokenStack, rng: random.Random, count: int) -> tuple[NDArray, NDArray]:
    """Tales with one search, cut at the question: posts (B, P), and their real replies (B, n)."""
    posts, replies = [], []
    while len(posts) < count:
        words = tale(rng)
        asked = words.index("lose") + 2
        if words[:asked].count("looked") > 1:
            continue
        ends = [i for i in range(asked, len(words)) if words[i] == "."]
        posts.append([model.index[word] for word in words[:asked]])
        replies.append([model.index[word] for word in words[asked : ends[1] + 1]])
    return np.array(posts), np.array(replies)


def read(model: TokenStack, posts: NDArray, words: NDArray, lengths: NDArray) -> Replies:
    """With what `features_of` and `layer_means` of `mlanim.subjects.systems.models.replies` say."""
    batch = Batch(model)
    final, logits = batch.read(np.concatenate([posts, words], axis=1))
    begin = posts.shape[1]
    logs = log_softmax(logits[:, begin - 1 : -1])
    surprise = -np.take_along_axis(logs, words[..., None], axis=2)[..., 0]
    theirs = np.arange(words.shape[1]) < lengths[:, None]
    mean, *means = (
        (states[:, begin:] * theirs[..., None]).sum(axis=1) / lengths[:, None]
        for states in (final, *batch.states)
    )
    mean_surprise = (surprise * theirs).sum(axis=1) / lengths
    greatest = np.where(theirs, surprise, -np.inf).max(axis=1)
    features = np.column_stack([mean, mean_surprise, greatest])
    return Replies(posts, words, lengths, features, np.column_stack(means))


def write(
    model: TokenStack,
    posts: NDArray,
    draws: np.random.Generator,
    temperature: float,
    nudge: NDArray,
) -> tuple[Replies, NDArray]:
    """Replies, and for each the gradient of their log-probability by the nudge, (B, V, d)."""
    count, stop = len(posts), model.index["."]
    batch = Batch(model)
    final, logits = (part[:, -1] for part in batch.read(posts))
    words, lengths = np.zeros((count, LONGEST), int), np.zeros(count, int)
    stops, open_ones = np.zeros(count, int), np.ones(count, bool)
    gradient = np.zeros((count, *nudge.shape))
    for place in range(LONGEST):
        chances = softmax((logits + final @ nudge.T) / temperature)
        drawn = (chances.cumsum(axis=1) < draws.random((count, 1))).sum(axis=1)
        drawn = np.minimum(drawn, chances.shape[1] - 1)
        words[:, place] = np.where(open_ones, drawn, 0)
        lengths += open_ones
        error = -chances
        error[np.arange(count), drawn] += 1
        error *= open_ones[:, None] / temperature
        gradient += error[:, :, None] * final[:, None, :]
        stops += open_ones & (drawn == stop)
        open_ones &= stops < 2
        if not open_ones.any():
            break
        final, logits = (part[:, -1] for part in batch.read(words[:, place : place + 1]))
    words = words[:, : lengths.max()]
    return read(model, posts, words, lengths), gradient


def sensible(model: TokenStack, made: Replies) -> float:
    """The share that the tales' grammar could have written: who, what, and a new place."""
    right = 0
    for post, words, length in zip(made.posts, made.words, made.lengths, strict=True):
        told = [model.vocabulary[word] for word in post]
        said = [model.vocabulary[word] for word in words[:length]]
        lost = told.index("lost")
        thing, hero = told[lost + 2], told[lost - 1]
        searched = tuple(told[told.index("looked") + 1 :][:3])
        begun = f"i lost my {thing} said the {hero} . they looked".split()
        place = tuple(said[len(begun) : len(begun) + 3])
        whole = [*begun, *place, *f"and there was the {thing} .".split()]
        right += said == whole and place in PLACES_IN and place != searched
    return right / len(made.posts)


def judged(real: NDArray, made: NDArray) -> tuple[NDArray, NDArray]:
    """Features of both kinds, and 1 for the real ones."""
    return np.concatenate([real, made]), np.repeat([1.0, 0.0], [len(real), len(made)])


def main() -> None:
    """Train, tune, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--temperature", type=float, default=2.0)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--rate", type=float, default=0.008)
    parser.add_argument("--examples", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args()
    model, rng = load_language_model(), random.Random(options.seed)
    draws = np.random.default_rng(options.seed)
    nudge = np.zeros(model.output.shape)

    def real(count: int) -> tuple[Replies, NDArray]:
        posts, words = posts_and_replies(model, rng, count)
        lengths = np.full(count, words.shape[1])
        made = read(model, posts, words, lengths)
        return made, posts_and_replies(model, rng, count)[0]

    arrays: dict[str, NDArray] = {"temperature": np.array(options.temperature)}
    arrays |= bot(model, real, draws, options)
    began = time.monotonic()
    moment, power = np.zeros_like(nudge), np.zeros_like(nudge)
    accuracies, shares, distinct, texts = [], [], [], []
    earlier: list[NDArray] = []
    kept = (0, options.rounds // 4, options.rounds - 1)
    half = options.batch // 2
    for number in range(options.rounds):
        true, posts = real(options.batch)
        made, gradient = write(model, posts, draws, options.temperature, nudge)
        if number in kept:
            arrays[f"nudge_{number}"] = nudge.astype(np.float16)
        learnt = np.concatenate([made.features[:half], *earlier[-1:]])
        judge = fit_judge(*judged(true.features[:half], learnt))
        accuracies.append(balanced(judge, true.features[half:], made.features[half:]))
        shares.append(sensible(model, made))
        distinct.append(len({tuple(row) for row in made.words.tolist()}) / options.batch)
        texts.append(" ".join(model.vocabulary[word] for word in made.words[0, : made.lengths[0]]))
        reward = np.clip(judge.logits(made.features), -4, 4)
        gain = (reward - reward.mean()) / (reward.std() + 1e-6)
        slope = np.tensordot(gain, gradient, axes=1) / len(gain)
        moment = 0.9 * moment + 0.1 * slope
        power = 0.99 * power + 0.01 * slope**2
        step = moment / (1 - 0.9 ** (number + 1))
        step /= np.sqrt(power / (1 - 0.99 ** (number + 1))) + 1e-8
        nudge += options.rate * step
        earlier.append(made.features[:half])
        print(
            f"round {number}: judge {accuracies[-1]:.3f}, sensible {shares[-1]:.3f}, "
            f"distinct {distinct[-1]:.3f}, {time.monotonic() - began:.0f} s",
            flush=True,
        )
    arrays |= {
        "accuracy": np.array(accuracies, np.float32),
        "sensible": np.array(shares, np.float32),
        "distinct": np.array(distinct, np.float32),
        "texts": np.array(texts),
        "kept": np.array(kept),
    }
    FILE.parent.mkdir(exist_ok=True)
    np.savez_compressed(FILE, **arrays)
    print(f"{FILE.stat().st_size / 1000:.0f} kB")


def balanced(judge: Judge, real: NDArray, made: NDArray) -> float:
    """How many of both kinds it tells rightly, each kind weighing the same."""
    right = (judge.logits(real) > 0).mean(), (judge.logits(made) <= 0).mean()
    return float(np.mean(right))


def bot(model: TokenStack, real, draws: np.random.Generator, options) -> dict[str, NDArray]:
    """The judge and the ranker of untuned replies, and what they reach on held-out ones."""
    none = np.zeros(model.output.shape)
    true, posts = real(options.examples)
    made, _ = write(model, posts, draws, options.temperature, none)
    seen, unseen = slice(0, -300), slice(-300, None)
    judge = fit_judge(*judged(true.features[seen], made.features[seen]))
    accuracy = judge.accuracy(*judged(true.features[unseen], made.features[unseen]))

    def votes(replies: Replies) -> NDArray:
        said = zip(replies.posts, replies.words, replies.lengths, strict=True)
        name = model.vocabulary
        return np.array(
            [votes_of([name[w] for w in p], [name[w] for w in r[:n]]) for p, r, n in said], float
        )

    given = [votes(true), votes(made)]
    ranker = fit_ranker(
        np.concatenate([true.means[seen], made.means[seen]]),
        np.concatenate([given[0][seen], given[1][seen]]),
    )
    wanted = np.concatenate([given[0][unseen], given[1][unseen]])
    told = ranker.votes(np.concatenate([true.means[unseen], made.means[unseen]]))
    explained = 1 - ((told - wanted) ** 2).mean() / wanted.var()
    print(f"judge {accuracy:.3f}, ranker R2 {explained:.3f}", flush=True)
    arrays = {
        f"{name}.{part}": np.asarray(getattr(thing, part), np.float32)
        for name, thing in (("judge", judge), ("ranker", ranker))
        for part in ("mean", "spread", "weights", "bias")
    }
    return arrays | {
        "held_out_posts": true.posts[unseen].astype(np.uint8),
        "held_out_replies": true.words[unseen].astype(np.uint8),
        "judge_accuracy": np.array(accuracy, np.float32),
        "ranker_explained": np.array(explained, np.float32),
    }


if __name__ == "__main__":
    main()
