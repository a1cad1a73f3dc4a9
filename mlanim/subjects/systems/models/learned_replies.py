"""The reply bot as it was trained, what it writes to a post, and the log of the loop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from mlanim.models.language_model.language_model import load_language_model
from mlanim.models.token_stack import TokenStack
from mlanim.subjects.systems.models.judging import Judge, Ranker
from mlanim.subjects.systems.models.replies import (
    features_of,
    layer_means,
    write_reply,
)

__all__ = ["Candidate", "LearnedReplies", "LoopLog", "in_a_row", "load_loop", "load_replies"]

_FILE = files(__package__) / "weights" / "replies.npz"


@dataclass(frozen=True)
class Candidate:
    """A reply that was written: its words, how real it looks, the votes that it should get."""

    words: tuple[str, ...]
    real: float
    votes: float

    @property
    def passes(self) -> bool:
        """Whether the judge takes it for real."""
        return self.real >= 0.5

    @property
    def text(self) -> str:
        """The words in a row."""
        return in_a_row(self.words)


def in_a_row(words: Sequence[str]) -> str:
    """Words as a text; no space before a full stop.

    >>> in_a_row(["the", "end", "."])
    'the end.'
    """
    return " ".join(words).replace(" .", ".")


@dataclass(frozen=True, eq=False)
class LearnedReplies:
    """The writer (the small language model at a temperature), its judge and its ranker.

    posts (n, P) and replies (n, R) are held out, as word numbers. accuracy: of the judge;
    explained: the share of the votes' variance that the ranker tells; on held-out replies.
    """

    model: TokenStack
    temperature: float
    judge: Judge
    ranker: Ranker
    posts: NDArray
    replies: NDArray
    accuracy: float
    explained: float

    def post(self, number: int) -> tuple[str, ...]:
        """The words of a held-out post."""
        return tuple(self.model.vocabulary[word] for word in self.posts[number])

    def judged(self, number: int, words: Sequence[int]) -> Candidate:
        """A reply to a post, with what the judge and the ranker say of it."""
        post = self.posts[number].tolist()
        real = self.judge.real(features_of(self.model, post, words)[None])[0]
        votes = self.ranker.votes(layer_means(self.model, post, words)[None])[0]
        said = tuple(self.model.vocabulary[word] for word in words)
        return Candidate(said, float(real), float(votes))

    def write(
        self, number: int, count: int, seed: int, nudge: NDArray | None = None
    ) -> list[Candidate]:
        """So many replies to a held-out post; nudge (V, d): by the writer as it was tuned."""
        random = np.random.default_rng(seed)
        post = self.posts[number].tolist()
        made = [
            write_reply(self.model, post, random, temperature=self.temperature, nudge=nudge)
            for _ in range(count)
        ]
        return [self.judged(number, one.words) for one in made]


@dataclass(frozen=True, eq=False)
class LoopLog:
    """A row for each of R rounds of tuning the writer against a judge.

    accuracy (R,): of a judge that learned anew, on replies that it had not seen. sensible (R,): the
    share of replies that the tales' grammar could have written; the loop never reads it. distinct
    (R,): the share of different ones. texts (R,): the first reply of each round. nudges: what
    tuning had added to the output layer (V, d), at some rounds.
    """

    accuracy: NDArray
    sensible: NDArray
    distinct: NDArray
    texts: tuple[str, ...]
    nudges: dict[int, NDArray]

    @property
    def rounds(self) -> NDArray:
        """Their numbers (R,), from 1."""
        return np.arange(1, len(self.accuracy) + 1)


@cache
def load_replies() -> LearnedReplies:
    """The bundled ones.

    >>> load_replies().accuracy > 0.8
    True
    """
    arrays = _arrays()
    parts = ("mean", "spread", "weights", "bias")
    judge, ranker = (
        [arrays[f"{name}.{part}"].astype(float) for part in parts] for name in ("judge", "ranker")
    )
    return LearnedReplies(
        load_language_model(),
        float(arrays["temperature"]),
        Judge(judge[0], judge[1], judge[2], float(judge[3])),
        Ranker(ranker[0], ranker[1], ranker[2], float(ranker[3])),
        arrays["held_out_posts"].astype(int),
        arrays["held_out_replies"].astype(int),
        float(arrays["judge_accuracy"]),
        float(arrays["ranker_explained"]),
    )


@cache
def load_loop() -> LoopLog:
    """The bundled log.

    >>> log = load_loop()
    >>> bool(log.accuracy[0] > 0.8 and abs(log.accuracy[-5:].mean() - 0.5) < 0.05)
    True
    """
    arrays = _arrays()
    return LoopLog(
        arrays["accuracy"].astype(float),
        arrays["sensible"].astype(float),
        arrays["distinct"].astype(float),
        tuple(arrays["texts"].tolist()),
        {int(k): arrays[f"nudge_{k}"].astype(float) for k in arrays["kept"]},
    )


def _arrays() -> dict[str, NDArray]:
    with _FILE.open("rb") as file, np.load(file, allow_pickle=False) as stored:
        return {key: stored[key] for key in stored.files}
