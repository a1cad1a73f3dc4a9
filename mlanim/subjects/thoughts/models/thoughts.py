"""Thoughts: what a language model computed on the way to the words that it said.

    tokens                (T,) text: what it read, and what it said where it reads that too
    given                 (1,): so many of them were given to it
    decoder_tokens        (D,) text: of an encoder-decoder, what its decoder read
    said                  (N,) text: the word that it said at each of N positions; "" is none
    said_at               (P,): the positions that it was asked at; rows of what follows by (P, ...)
    said_ranks            (L, N): after each layer, the rank of the word said; 0 is not known
    asked, asked_ranks    (A,) text, (L, N, A): the same of words that were asked for
    top_words             (L, N, K): after each layer, its best words, as numbers in
    words                 (W,) text
    top_probabilities     (L, N, K)
    gradient_x_input      (P, T + D): of the word's score, by what was read
    integrated_gradients  (P, T + D): rows sum to the difference of
    scores                (P, 2): the word's logit with the mean word read everywhere, and with all
    neurons               (L, U, T): what the units fire that fire most, and their
    neuron_numbers        (L, U)
    attention             (L, H, T, T)

The N positions are those of the tokens, in an encoder-decoder those of the decoder's tokens. Only
`tokens` must be there. No part grows with the vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.models.thought_names import THOUGHT_ARRAYS
from mlanim.models.token_names import SEEN_SPACE, drawn

__all__ = ["BLANK", "Readers", "Thoughts", "marked"]


def marked(text: str) -> str:
    """A piece as it is drawn, a space in front of it as a thin mark.

    >>> marked(" London"), marked("ing"), marked("")
    ('·London', 'ing', '""')
    """
    spaced = text.startswith(" ") and text.strip(" ")
    return f"{SEEN_SPACE if spaced else ''}{drawn(text)}"


@dataclass(frozen=True)
class Readers:
    """What a position reads: names, and the columns of its saliency."""

    names: tuple[str, ...]
    columns: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Thoughts:
    """The arrays above by name; what is not known is None. UsageError where they do not agree.

    >>> ranks = np.array([[0, 275], [0, 1]])
    >>> found = Thoughts((" is", " in"), said=("", " London"), said_at=[1], said_ranks=ranks)
    >>> found.rank_path(found.said_ranks[:, 1]).tolist(), found.drawn_said(1)
    ([275, 1], '·London')
    """

    tokens: tuple[str, ...]
    given: NDArray | None = None
    decoder_tokens: tuple[str, ...] = ()
    said: tuple[str, ...] | None = None
    said_at: NDArray | None = None
    said_ranks: NDArray | None = None
    asked: tuple[str, ...] | None = None
    asked_ranks: NDArray | None = None
    words: tuple[str, ...] | None = None
    top_words: NDArray | None = None
    top_probabilities: NDArray | None = None
    gradient_x_input: NDArray | None = None
    integrated_gradients: NDArray | None = None
    scores: NDArray | None = None
    neurons: NDArray | None = None
    neuron_numbers: NDArray | None = None
    attention: NDArray | None = None

    def __post_init__(self) -> None:
        for name in THOUGHT_ARRAYS:
            array = getattr(self, name)
            if array is not None:
                whole = name in _WHOLE
                array = _whole_numbers(name, array) if whole else np.asarray(array, float)
                object.__setattr__(self, name, array)
        self._check_shapes()
        self._check_ranges()

    @property
    def positions(self) -> int:
        """N: of the stack that speaks."""
        return len(self.decoder_tokens or self.tokens)

    @property
    def token_names(self) -> tuple[str, ...]:
        """The T tokens, as they are drawn."""
        return tuple(marked(token) for token in self.tokens)

    @property
    def decoder_names(self) -> tuple[str, ...]:
        """The D tokens of a decoder, as they are drawn."""
        return tuple(marked(token) for token in self.decoder_tokens)

    @property
    def position_tokens(self) -> tuple[str, ...]:
        """The tokens of the N positions, as they are drawn."""
        return self.decoder_names or self.token_names

    @property
    def layers(self) -> int:
        """L; 0 where no array tells."""
        names = ("said_ranks", "asked_ranks", "top_words", "neurons", "attention")
        found = (getattr(self, name) for name in names)
        return next((len(array) for array in found if array is not None), 0)

    @cached_property
    def asked_at(self) -> tuple[int, ...]:
        """The P positions that it was asked at; without them the last."""
        if self.said_at is None:
            return (self.positions - 1,)
        return tuple(int(i) for i in self.said_at)

    def drawn_said(self, position: int) -> str:
        """The word that was said at a position, as it is drawn."""
        return marked(self.said[position]) if self.said and self.said[position] else "?"

    def drawn_ranked(self, position: int) -> str:
        """The word whose ranks `said_ranks` has there: the one said, else the last layer's best.

        Where a masked model was not asked, it has said nothing; the ranks are its best word's.
        """
        if self.said and self.said[position]:
            return self.drawn_said(position)
        best = self.top_at(-1, position)
        ranks = self.said_ranks
        return best[0] if best and ranks is not None and ranks[-1, position] == 1 else "?"

    def drawn_asked(self, place: int) -> str:
        """A word that was asked for, as it is drawn."""
        return marked((self.asked or ())[place])

    def attention_at(self, position: int) -> tuple[NDArray, tuple[str, ...], int]:
        """Attention (L, H, n, n) among what a position reads, the n words, and its place there.

        Of an encoder-decoder it is the encoder's, at its last token.
        """
        if self.attention is None:
            raise UsageError("no attention", "capture it, with attn_implementation='eager'")
        if self.decoder_tokens:
            return self.attention, self.token_names, len(self.tokens) - 1
        words = self.readers(position).names
        return self.attention[:, :, : len(words), : len(words)], words, position

    def rank_path(self, ranks: NDArray) -> NDArray:
        """Ranks (L,) of a word; UsageError where they are not known."""
        if not ranks.all():
            raise UsageError("ranks of 0, which are not known", "rank 1 is the best")
        return ranks

    def readers(self, position: int) -> Readers:
        """What the position reads: of a causal model not the later ones."""
        count = len(self.tokens)
        if self.decoder_tokens:
            columns = (*range(count), *range(count, count + position + 1))
        else:
            given = 0 if self.given is None else int(self.given[0])
            columns = tuple(range(min(count, max(given, position + 1))))
        names = (*self.tokens, *self.decoder_tokens)
        return Readers(tuple(marked(names[i]) for i in columns), columns)

    def top_at(self, layer: int, position: int) -> list[str]:
        """The best words after a layer (from 0), as they are drawn."""
        if self.words is None or self.top_words is None:
            return []
        return [marked(self.words[i]) for i in self.top_words[layer, position]]

    def context(self, position: int) -> str:
        """The text with a blank where the position speaks: at its end, or in place of a mask.

        >>> Thoughts((" The", " keys")).context(1)
        'The keys ___'
        """
        if self.decoder_tokens:
            spoken = (*self.decoder_tokens[1 : position + 1], f" {BLANK}")
            return f"{_running(self.tokens)} → {_running(spoken)}"
        last = len(self.readers(position).names)
        if last > position + 1 or "mask" in self.tokens[position].casefold():
            texts = list(self.tokens)
            texts[position] = f" {BLANK}" if texts[position].startswith(" ") else BLANK
            return _running(texts)
        return f"{_running(self.tokens[: position + 1])} {BLANK}"

    def _check_shapes(self) -> None:
        read = len(self.tokens) + len(self.decoder_tokens)
        sizes = {
            "1": 1,
            "2": 2,
            "positions": self.positions,
            "tokens": len(self.tokens),
            "read": read,
            "words": None if self.asked is None else len(self.asked),
        }
        known = {name: size for name, size in sizes.items() if size is not None}
        for name, axes in THOUGHT_ARRAYS.items():
            array = getattr(self, name)
            if array is not None:
                _match(name, array.shape, axes, known)
        if self.attention is not None and len(self.attention) != known.get("layers", self.layers):
            raise UsageError(
                f"attention of {len(self.attention)} layers", f"the ranks have {known['layers']}"
            )
        if self.said is not None and len(self.said) != self.positions:
            raise UsageError(
                f"{len(self.said)} words said at {self.positions} positions",
                "give one for each, '' where none is",
            )

    def _check_ranges(self) -> None:
        words = len(self.words or ())
        limits: Iterable[tuple[str, int, float]] = (
            ("given", 1, len(self.tokens)),
            ("said_at", 0, self.positions - 1),
            ("said_ranks", 0, np.inf),
            ("asked_ranks", 0, np.inf),
            ("top_words", 0, words - 1),
            ("neuron_numbers", 0, np.inf),
        )
        for name, least, most in limits:
            array = getattr(self, name)
            if array is not None and array.size and (array.min() < least or array.max() > most):
                worst = array.min() if array.min() < least else array.max()
                said = f"{least} to {most:g}" if np.isfinite(most) else f"{least} or more"
                raise UsageError(f"{name} holds {worst}", f"expected {said}")
        chances = self.top_probabilities
        if chances is not None and chances.size and (chances.min() < 0 or chances.max() > 1.001):
            raise UsageError("top_probabilities outside 0 to 1", "give them after the softmax")


BLANK = "___"
_WHOLE = {"given", "said_at", "said_ranks", "asked_ranks", "top_words", "neuron_numbers"}
NAMES = tuple(field.name for field in fields(Thoughts))


def _running(texts: Iterable[str]) -> str:
    """Tokens as a text: spaces where they tell, and between all where none tells any."""
    parts = list(texts)
    between = "" if any(part.startswith(" ") for part in parts[1:]) else " "
    return between.join(parts).strip(" ")


def _whole_numbers(name: str, array: NDArray) -> NDArray:
    given = np.asarray(array)
    whole = np.rint(given).astype(np.int64) if np.isfinite(given).all() else np.zeros(0, int)
    if whole.shape != given.shape or not np.array_equal(whole, given):
        raise UsageError(f"{name} holds no whole numbers", "ranks and positions are counted")
    return whole


def _match(name: str, shape: tuple[int, ...], axes: str, known: dict[str, int]) -> None:
    """Refuse an array whose sides are not those of the others; new sides are learned."""
    places = [place.strip() for place in axes.strip("()").split(",") if place.strip()]
    sizes = [known.setdefault(p, s) for p, s in zip(places, shape, strict=False)]
    if len(shape) != len(places) or list(shape) != sizes:
        wanted = ", ".join(f"{p} {known[p]}" if p in known else p for p in places)
        raise UsageError(f"{name} has the shape {shape}", f"expected ({wanted})")
