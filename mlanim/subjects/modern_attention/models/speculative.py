"""Speculative decoding: a small model drafts, the large one reads all drafts in one pass.

Leviathan et al. 2023, "Fast inference from transformers via speculative decoding", arXiv
2211.17192, algorithm 1: a draft x is accepted with probability min(1, p(x) / q(x)); where it is
refused, a token is drawn of norm(max(0, p - q)). What comes out is distributed as p.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Draft",
    "Round",
    "continue_in_rounds",
    "draw",
    "law_of_one",
    "law_of_round",
    "left_over",
    "one_token",
    "speculate",
]

NextWord = Callable[[Sequence[int]], NDArray]  # tokens so far to probabilities (V,)


@dataclass(frozen=True)
class Draft:
    """One token that the small model drafted, and how it was judged."""

    token: int
    small: NDArray  # q (V,)
    large: NDArray  # p (V,)
    drawn: float  # uniform in [0, 1): accepted where it is below `chance`

    @property
    def chance(self) -> float:
        """min(1, p / q) of the drafted token."""
        return min(1.0, float(self.large[self.token] / self.small[self.token]))

    @property
    def accepted(self) -> bool:
        """Whether the token stays."""
        return self.drawn < self.chance


@dataclass(frozen=True)
class Round:
    """One pass of the large model: the drafts, and one token more."""

    drafts: tuple[Draft, ...]
    source: NDArray  # (V,): what the last token was drawn of
    last: int

    @property
    def accepted(self) -> int:
        """How many drafts stay: those before the first refused one."""
        return next((i for i, d in enumerate(self.drafts) if not d.accepted), len(self.drafts))

    @property
    def tokens(self) -> tuple[int, ...]:
        """What the round adds to the text: the drafts that stay and the last token."""
        return (*(draft.token for draft in self.drafts[: self.accepted]), self.last)


def draw(probabilities: NDArray, uniform: float) -> int:
    """The token at a point of [0, 1), the tokens laid end to end.

    >>> draw(np.array([0.25, 0.0, 0.75]), 0.25)
    2
    """
    ends = np.cumsum(probabilities)
    return int(min(np.searchsorted(ends, uniform * ends[-1], side="right"), len(ends) - 1))


def left_over(large: NDArray, small: NDArray) -> NDArray:
    """norm(max(0, p - q)), (V,): what is drawn of after a refusal; p itself where they are equal.

    >>> left_over(np.array([0.5, 0.5]), np.array([0.9, 0.1])).tolist()
    [0.0, 1.0]
    """
    more = np.maximum(0.0, large - small)
    return more / more.sum() if more.sum() > 0 else large


def speculate(
    small: NextWord, large: NextWord, words: Sequence[int], count: int, random: np.random.Generator
) -> Round:
    """Draft `count` tokens after `words`, judge all of them, and add one.

    >>> even = lambda words: np.ones(2) / 2
    >>> made = speculate(even, even, [0], 3, np.random.default_rng(0))
    >>> made.accepted, len(made.tokens)
    (3, 4)
    """
    text, chances = list(words), []
    for _ in range(count):
        chances.append(small(text))
        text.append(draw(chances[-1], random.random()))
    new = text[len(words) :]
    # The large model has these of a single pass over the text with all drafts.
    wanted = [large(text[: len(words) + i]) for i in range(count + 1)]
    drafts = tuple(
        Draft(token, q, p, random.random())
        for token, q, p in zip(new, chances, wanted[:count], strict=True)
    )
    source = wanted[count]
    for draft in drafts:
        if not draft.accepted:
            source = left_over(draft.large, draft.small)
            break
    return Round(drafts, source, draw(source, random.random()))


def continue_in_rounds(
    small: NextWord,
    large: NextWord,
    words: Sequence[int],
    count: int,
    *,
    rounds: int,
    longest: int,
    seed: int,
) -> tuple[Round, ...]:
    """Rounds one after the other, the text of each with what those before it added.

    There are fewer than `rounds` where the text would be longer than `longest` tokens.
    """
    random, text = np.random.default_rng(seed), list(words)
    made: list[Round] = []
    while len(made) < rounds and len(text) + count <= longest:
        made.append(speculate(small, large, text, count, random))
        text += made[-1].tokens
    return tuple(made)


def one_token(small: NDArray, large: NDArray, uniforms: NDArray) -> tuple[NDArray, NDArray]:
    """The first tokens of many rounds, (n,), of uniforms (n, 3), and which of them were drafts.

    The three are for the draft, its judgement, and what is drawn where it is refused.

    >>> tokens, kept = one_token(np.ones(2) / 2, np.array([0.0, 1.0]), np.array([[0.2, 0.5, 0.1]]))
    >>> tokens.tolist(), kept.tolist()
    ([1], [False])
    """
    rest = left_over(large, small)
    drafts = np.array([draw(small, u) for u in uniforms[:, 0]])
    kept = uniforms[:, 1] < np.minimum(1.0, large[drafts] / small[drafts])
    again = np.array([draw(rest, u) for u in uniforms[:, 2]])
    return np.where(kept, drafts, again), kept


def law_of_one(small: NDArray, large: NDArray) -> NDArray:
    """How probable each token is to come first of a round, all ways to it added up, (V,).

    Every draft is either accepted or leads to a draw of what is left over.

    >>> law_of_one(np.array([0.9, 0.1]), np.array([0.5, 0.5])).tolist()
    [0.5, 0.5]
    """
    accepted = np.minimum(small, large)  # q min(1, p / q)
    refused = 1.0 - accepted.sum()
    return accepted + refused * left_over(large, small)


def law_of_round(
    small: NextWord, large: NextWord, words: Sequence[int], count: int
) -> dict[tuple[int, ...], float]:
    """How probable each outcome of a round is, by the tokens that it adds: all ways to it.

    It is made for small vocabularies: there are V^(count + 1) outcomes and more.

    >>> even = lambda words: np.ones(2) / 2
    >>> law_of_round(even, even, [0], 1)
    {(0, 0): 0.25, (0, 1): 0.25, (1, 0): 0.25, (1, 1): 0.25}
    """
    p = large(words)
    if count == 0:
        return {(token,): float(chance) for token, chance in enumerate(p)}
    q = small(words)
    law: dict[tuple[int, ...], float] = {}
    rest = left_over(p, q)
    for token in range(len(q)):
        stays = min(float(q[token]), float(p[token]))  # q min(1, p / q)
        for after, chance in law_of_round(small, large, [*words, token], count - 1).items():
            law[(token, *after)] = law.get((token, *after), 0.0) + stays * chance
        for other in np.flatnonzero(rest).tolist():
            if q[token] > stays:
                way = (float(q[token]) - stays) * float(rest[other])
                law[(other,)] = law.get((other,), 0.0) + way
    return law
