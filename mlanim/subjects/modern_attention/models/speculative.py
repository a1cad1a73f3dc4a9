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

__all__ = ["Draft", "Round", "draw", "law_of_one", "left_over", "one_token", "speculate"]

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
    """One pass of the large model: the drafts as far as they were judged, and one token more."""

    drafts: tuple[Draft, ...]
    ahead: tuple[int, ...]  # drafts after a refused one: thrown away, unjudged
    source: NDArray  # (V,): what the last token was drawn of
    last: int

    @property
    def accepted(self) -> int:
        """How many drafts stay."""
        return sum(draft.accepted for draft in self.drafts)

    @property
    def tokens(self) -> tuple[int, ...]:
        """What the round adds to the text: the accepted drafts and the last token."""
        return (*(draft.token for draft in self.drafts if draft.accepted), self.last)


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
    """Draft `count` tokens after `words`, judge them from the left, and add one."""
    drafted: list[int] = []
    chances: list[NDArray] = []
    for _ in range(count):
        chances.append(small([*words, *drafted]))
        drafted.append(draw(chances[-1], random.random()))
    judged: list[Draft] = []
    for i, token in enumerate(drafted):
        wanted = large([*words, *drafted[:i]])
        judged.append(Draft(token, chances[i], wanted, random.random()))
        if not judged[-1].accepted:
            source = left_over(wanted, chances[i])
            rest = tuple(drafted[i + 1 :])
            return Round(tuple(judged), rest, source, draw(source, random.random()))
    source = large([*words, *drafted])
    return Round(tuple(judged), (), source, draw(source, random.random()))


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
