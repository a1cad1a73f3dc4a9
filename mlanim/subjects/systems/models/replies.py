"""Replies to posts, written by the small language model, and what its hidden states tell of them.

A post is the begin of a little tale up to the question "what did you lose"; a reply is the two
sentences that come next. Real ones are written by the tales' grammar (training/tales.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlanim.models.language_model.kv_cache import KVCache
from mlanim.models.language_model.sampling import sample
from mlanim.models.softmax import log_softmax
from mlanim.models.token_stack import TokenStack

__all__ = ["LONGEST", "Written", "features_of", "layer_means", "write_reply"]

LONGEST = 28  # words of a reply, after which it is cut
_SENTENCES = 2


@dataclass(frozen=True)
class Written:
    """A reply, and what tuning needs of it: of n words, each with what the model knew before it.

    words: (n,) indices. states: (n, d), what the output layer read. chances: (n, V), of which each
    word was drawn.
    """

    words: tuple[int, ...]
    states: NDArray
    chances: NDArray


def write_reply(
    model: TokenStack,
    post: Sequence[int],
    random: np.random.Generator,
    *,
    temperature: float = 1.0,
    nudge: NDArray | None = None,
) -> Written:
    """Words drawn one by one until two sentences have ended.

    nudge (V, d): what tuning has added to the output layer; None: nothing.

    >>> from mlanim.models.language_model.language_model import load_language_model, read_prompt
    >>> model = load_language_model()
    >>> post = read_prompt(model, "one night the fox lost a hat . then a frog came and asked")
    >>> made = write_reply(model, post, np.random.default_rng(0))
    >>> made.chances.shape == (len(made.words), len(model.vocabulary))
    True
    """
    cache, stop = KVCache(model), model.index["."]
    step = cache.read_all(post)[-1]
    words: list[int] = []
    states, chances = [], []
    while len(words) < LONGEST and words.count(stop) < _SENTENCES:
        state = model.read_out(step.layers[-1].output[None])[0][0]
        logits = step.logits if nudge is None else step.logits + nudge @ state
        drawn = sample(logits, random, temperature=temperature)
        words.append(drawn.token)
        states.append(state)
        chances.append(drawn.probabilities)
        if len(words) < LONGEST:
            step = cache.read(drawn.token)
    return Written(tuple(words), np.array(states), np.array(chances))


def features_of(model: TokenStack, post: Sequence[int], reply: Sequence[int]) -> NDArray:
    """What a judge reads (d + 2,): the mean hidden state of the reply's words, and its surprise.

    The last two: the mean and the greatest of -log p of its words, by the model's own states at
    temperature 1.
    """
    trace = model.run([*post, *reply])
    begin = len(post)
    surprise = -log_softmax(trace.logits[begin - 1 : -1])[np.arange(len(reply)), list(reply)]
    mean = trace.final[begin:].mean(axis=0)
    return np.concatenate([mean, [surprise.mean(), surprise.max()]])


def layer_means(model: TokenStack, post: Sequence[int], reply: Sequence[int]) -> NDArray:
    """What a ranker reads, ((L + 1) d,): the mean state of the reply's words in every layer.

    The first layers still tell which words there are, the later ones how they fit the post.
    """
    states = model.run([*post, *reply]).hidden_states
    return states[:, len(post) :].mean(axis=1).ravel()
