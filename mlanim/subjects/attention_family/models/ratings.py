"""A few stated ratings, and the tastes and traits whose products they are, found by descent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["FILMS", "RATINGS", "SEEN", "USERS", "Factors", "factorise", "pull"]

USERS = ("Ann", "Ben", "Cem", "Dora", "Eve")
FILMS = ("Orbit", "Comet", "Titan", "Roses", "Waltz", "Tango")

_NONE = np.nan
#: (users, films) from -2, hated, to 2, loved; nan: not seen. Made up: the first three films are
#: about space, the others about love, and Eve likes both.
RATINGS = np.array(
    [
        [2, 2, _NONE, -2, _NONE, -1],
        [1, _NONE, 2, _NONE, -2, -2],
        [-2, -1, _NONE, 2, 2, _NONE],
        [_NONE, -2, -2, 1, _NONE, 2],
        [1, _NONE, 1, 1, 2, _NONE],
    ]
)
SEEN = ~np.isnan(RATINGS)
_WEIGHT = 0.1  # on the squares of all numbers, which keeps those small that no rating asks for


@dataclass(frozen=True, eq=False)
class Factors:
    """Before the first step and after each: tastes (s, users, 2), traits (s, films, 2), and the
    mean squared error over the stated ratings (s,)."""

    tastes: NDArray
    traits: NDArray
    losses: NDArray

    def products(self, step: int) -> NDArray:
        """Every taste times every trait, added up: (users, films)."""
        return self.tastes[step] @ self.traits[step].T


def pull(tastes: NDArray, traits: NDArray) -> tuple[NDArray, NDArray]:
    """The gradients by tastes and by traits of the squared error over stated ratings.

    Koren et al. 2009, equation 2, with all ratings in one step.
    """
    error = np.where(SEEN, tastes @ traits.T - np.nan_to_num(RATINGS), 0.0)
    by_tastes = 2 * error @ traits + 2 * _WEIGHT * tastes
    by_traits = 2 * error.T @ tastes + 2 * _WEIGHT * traits
    return by_tastes, by_traits


def factorise(seed: int, steps: int = 120, rate: float = 0.03) -> Factors:
    """Descend from small numbers drawn by chance.

    >>> made = factorise(1)
    >>> bool(made.losses[0] > 1 > 0.2 > made.losses[-1])
    True
    """
    random = np.random.default_rng(seed)
    tastes = random.normal(0, 0.5, (len(USERS), 2))
    traits = random.normal(0, 0.5, (len(FILMS), 2))
    past: list[tuple[NDArray, NDArray, float]] = []
    for _ in range(steps + 1):
        error = (tastes @ traits.T - RATINGS)[SEEN]
        past.append((tastes, traits, float(np.mean(error**2))))
        by_tastes, by_traits = pull(tastes, traits)
        tastes, traits = tastes - rate * by_tastes, traits - rate * by_traits
    return Factors(*map(np.array, zip(*past, strict=True)))
