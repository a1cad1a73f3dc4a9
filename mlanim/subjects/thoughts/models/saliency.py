"""What each token that was read contributes to a score: two published measures."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Integrated", "gradient_x_input", "integrated_gradients"]

Scored = Callable[[NDArray], tuple[NDArray, NDArray]]

_PIECES, _MOST = 8, 2000  # pieces at a time; inputs in all, of models that bend everywhere
_ALONE = 20  # so many times the tolerance may pieces miss, each by itself, if it evens out
_NODES, _WEIGHTS = (part / 2 for part in np.polynomial.legendre.leggauss(7))
_NODES = _NODES + 0.5


class Integrated(NamedTuple):
    """parts (T,): of each token. ends: the score of no word anywhere, and of what was read."""

    parts: NDArray
    ends: tuple[float, float]

    @property
    def missed(self) -> float:
        """How far the parts are from summing to the difference of the ends."""
        return float(abs(self.parts.sum() - (self.ends[1] - self.ends[0])))


def gradient_x_input(gradient: NDArray, tokens: NDArray) -> NDArray:
    """Each token's gradient times its vector, both (T, d), to (T,).

    Shrikumar et al. 2016 (arXiv 1605.01713), section 3.

    >>> gradient_x_input(np.array([[1.0, 2.0]]), np.array([[3.0, -1.0]])).tolist()
    [1.0]
    """
    return np.asarray((gradient * tokens).sum(axis=-1))


def integrated_gradients(
    score: Scored, tokens: ArrayLike, mean: ArrayLike, tolerance: float = 5e-4
) -> Integrated:
    """The gradient, averaged on the straight way from `mean` in every place to the tokens (T, d).

    That times the way itself, Sundararajan et al. 2017 (arXiv 1703.01365), equation 1. The parts
    sum to the difference of the scores (their proposition 1), on every piece of the way too: pieces
    that miss it most are halved, until all together miss it by no more than `tolerance`.

    mean (d,): the vector of no word, from which all words are read. The mean of the vocabulary
    serves any model; all zeros would not, for many have norms that know no small vectors.
    score: from B inputs (B, T, d) to their B scores and gradients (B, T, d).

    >>> square = lambda x: ((x**2).sum((1, 2)), 2 * x)
    >>> found = integrated_gradients(square, [[3.0], [1.0]], [0.0])
    >>> found.parts.round(6).tolist(), found.ends
    ([9.0, 1.0], (0.0, 10.0))
    """
    given = np.asarray(tokens, float)
    start = np.broadcast_to(np.asarray(mean, float), given.shape)
    edges = np.linspace(0, 1, _PIECES + 1)
    at_edges, _ = score(start + edges[:, None, None] * (given - start))
    pieces: list[_Piece] = []
    coming = list(zip(edges[:-1], edges[1:], at_edges[:-1], at_edges[1:], strict=True))
    for _ in range(_MOST // (2 * _PIECES * len(_NODES))):
        pieces += _measured(score, start, given, coming)
        missed = np.array([piece.missed for piece in pieces])
        if abs(missed.sum()) <= tolerance and np.abs(missed).sum() <= _ALONE * tolerance:
            break
        pieces.sort(key=lambda piece: abs(piece.missed))
        coming = [half for piece in pieces[-_PIECES:] for half in piece.halves]
        pieces = pieces[:-_PIECES]
    else:
        pieces += _measured(score, start, given, coming)
    parts = np.sum([piece.parts for piece in pieces], axis=0)
    return Integrated(parts, (float(at_edges[0]), float(at_edges[-1])))


class _Piece(NamedTuple):
    """A part of the way from one share of it to another, with the scores at both and between."""

    ends: tuple[float, float]
    scores: tuple[float, float, float]
    parts: NDArray

    @property
    def missed(self) -> float:
        return float(self.parts.sum() - (self.scores[2] - self.scores[0]))

    @property
    def halves(self) -> list[tuple[float, float, float, float]]:
        (low, high), (first, half, last) = self.ends, self.scores
        middle = (low + high) / 2
        return [(low, middle, first, half), (middle, high, half, last)]


def _measured(
    score: Scored, start: NDArray, given: NDArray, coming: list[tuple[float, float, float, float]]
) -> list[_Piece]:
    """Gauss-Legendre on each piece; the middle node is where it may be halved."""
    ends = np.array([piece[:2] for piece in coming])
    shares = ends[:, :1] + (ends[:, 1:] - ends[:, :1]) * _NODES
    scores, slopes = score(start + shares.ravel()[:, None, None] * (given - start))
    scores, slopes = scores.reshape(shares.shape), slopes.reshape(*shares.shape, *given.shape)
    found = []
    for (low, high, first, last), middle, slope in zip(coming, scores, slopes, strict=True):
        mean = np.tensordot(_WEIGHTS * (high - low), slope, axes=1)
        told = (float(first), float(middle[len(_NODES) // 2]), float(last))
        found.append(_Piece((low, high), told, gradient_x_input(mean, given - start)))
    return found
