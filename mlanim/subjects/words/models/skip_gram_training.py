"""Training by many small steps of skip-gram with negative sampling, and its log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlanim.subjects.words.models.skip_gram import (
    descend,
    noise_probabilities,
    skip_gram_step,
    window_pairs,
)

__all__ = ["SkipGramSettings", "TrainingRun", "shorter_text", "train_skip_gram"]

_LEAST_RATE = 0.05  # of the rate, which falls along a line to this share


@dataclass(frozen=True)
class SkipGramSettings:
    """How a text is learned.

    window: neighbours on each side. negatives: noise words for a pair. dimensions: numbers a word.
    epochs: times that all pairs are seen. batch: pairs in a step. rate: of the descent, at first.
    frequent: share of the text above which a word's occurrences are thinned out (0: none are).
    """

    window: int = 2
    negatives: int = 5
    dimensions: int = 32
    epochs: int = 5
    batch: int = 256
    rate: float = 0.05
    frequent: float = 0.0
    seed: int = 0


@dataclass(frozen=True)
class TrainingRun:
    """inputs, outputs: (V, d). steps, losses: (k,), the mean loss a pair of each stretch.

    snapshot_steps: (s,). snapshots: (s, watched words, d), rows of the inputs on the way.
    first_inputs, first_outputs: (V, d), both matrices early in the run.
    """

    inputs: NDArray
    outputs: NDArray
    steps: NDArray
    losses: NDArray
    snapshot_steps: NDArray
    snapshots: NDArray
    first_inputs: NDArray
    first_outputs: NDArray


def shorter_text(
    text: NDArray, counts: NDArray, frequent: float, random: np.random.Generator
) -> NDArray:
    """The text without some of the occurrences of very frequent words.

    An occurrence of a word that makes up a share f of the text is kept with the probability
    sqrt(t / f) (Mikolov et al. 2013, equation 5).

    >>> shorter_text(np.array([0, 1]), np.array([1, 1]), 0.0, np.random.default_rng(0)).tolist()
    [0, 1]
    """
    if not frequent:
        return text
    shares = counts / counts.sum()
    kept = np.minimum(1, np.sqrt(frequent / np.maximum(shares, 1e-12)))
    return text[random.random(len(text)) < kept[text]]


def train_skip_gram(
    sentences: Sequence[ArrayLike],
    counts: ArrayLike,
    settings: SkipGramSettings,
    *,
    watched: Sequence[int] = (),
    early: int = 0,
    logged: int = 60,
    snapshots: int = 24,
    working: Callable[[int, int], None] = lambda done, total: None,
) -> TrainingRun:
    """Learn both matrices from texts of word numbers below V; no pair goes from one into another.

    counts: (V,). watched: words whose vectors are noted on the way. early: the step whose matrices
    are kept as `first_inputs` and `first_outputs`. working: told the steps that are done, of all.

    >>> settings = SkipGramSettings(dimensions=2, epochs=1)
    >>> train_skip_gram([[0, 1, 0, 1]], [2, 2], settings).inputs.shape
    (2, 2)
    """
    random = np.random.default_rng(settings.seed)
    counts = np.asarray(counts, float)
    size = (len(counts), settings.dimensions)
    inputs = ((random.random(size) - 0.5) / settings.dimensions).astype(np.float32)
    outputs = np.zeros(size, np.float32)
    texts = [np.asarray(sentence) for sentence in sentences]
    cumulated = np.cumsum(noise_probabilities(counts))
    epochs = [_pairs_of(texts, counts, settings, random)]
    a_step = -(-len(epochs[0]) // settings.batch)
    total = max(1, a_step * settings.epochs)
    notes = set(_spread(total, snapshots))
    stretch = max(1, total // logged)
    losses: list[float] = []
    steps, means, at, pictures = [], [], [], []
    kept = inputs.copy(), outputs.copy()
    done = 0
    for epoch in range(settings.epochs):
        pairs = epochs.pop() if epoch == 0 else _pairs_of(texts, counts, settings, random)
        for batch in np.array_split(pairs, a_step):
            if not len(batch):
                continue
            if done in notes:
                at.append(done)
                pictures.append(inputs[list(watched)].copy())
            if done == early:
                kept = inputs.copy(), outputs.copy()
            drawn = random.random((len(batch), settings.negatives)) * cumulated[-1]
            noise = np.searchsorted(cumulated, drawn, side="right").clip(max=len(counts) - 1)
            samples = np.concatenate([batch[:, 1:], noise], axis=1)
            step = skip_gram_step(inputs, outputs, batch[:, 0], samples)
            descend(inputs, outputs, step, rate_at(settings, done, total))
            losses.append(float(step.losses.mean()))
            done += 1
            if len(losses) == stretch or done == total:
                steps.append(done)
                means.append(float(np.mean(losses)))
                losses.clear()
            if done % 50 == 0 or done == total:
                working(done, total)
    at.append(done)
    pictures.append(inputs[list(watched)].copy())
    arrays = (np.array(steps), np.array(means), np.array(at), np.array(pictures))
    return TrainingRun(inputs, outputs, *arrays, *kept)


def rate_at(settings: SkipGramSettings, step: int, total: int) -> float:
    """The rate of a step: it falls along a straight line.

    >>> rate_at(SkipGramSettings(rate=0.1), 0, 10)
    0.1
    """
    return settings.rate * max(_LEAST_RATE, 1 - step / total)


def _pairs_of(
    texts: list[NDArray],
    counts: NDArray,
    settings: SkipGramSettings,
    random: np.random.Generator,
) -> NDArray:
    """All pairs (m, 2) of an epoch, shuffled."""
    thinned = (shorter_text(text, counts, settings.frequent, random) for text in texts)
    parts = [window_pairs(text, settings.window) for text in thinned if len(text) > 1]
    pairs = np.concatenate(parts) if parts else np.zeros((0, 2), int)
    random.shuffle(pairs)
    return pairs


def _spread(total: int, count: int) -> list[int]:
    """Steps of the run, dense at its beginning, where most happens."""
    shares = np.linspace(0, 1, count) ** 2
    return sorted({int(share * total) for share in shares[:-1]})
