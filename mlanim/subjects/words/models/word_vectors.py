"""Words and their vectors: looking up, comparing, and finding what is near."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlanim.errors import UsageError

__all__ = ["WordVectors", "cosine", "cosines", "nearest_spelling"]

_MOST_COMPARED = 20_000  # words that a wrong one is compared with letter by letter


def cosine(one: ArrayLike, other: ArrayLike) -> float:
    """The cosine of the angle between two vectors (d,): their dot product by their lengths.

    >>> round(cosine([-0.4, 0.8], [-0.3, 0.2]), 3)
    0.868
    """
    a, b = np.asarray(one, float), np.asarray(other, float)
    return float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))


def cosines(vectors: NDArray, one: ArrayLike) -> NDArray:
    """The cosines (n,) of rows (n, d) with a vector (d,); 0 for a row of zeros.

    >>> cosines(np.array([[2.0, 0], [0, 1], [0, 0]]), [1, 0]).tolist()
    [1.0, 0.0, 0.0]
    """
    target = np.asarray(one, float)
    lengths = np.sqrt(np.einsum("nd,nd->n", vectors, vectors, dtype=float))
    lengths = lengths * np.linalg.norm(target)
    dots = np.asarray(vectors @ target.astype(vectors.dtype), float)
    return np.divide(dots, lengths, out=np.zeros(len(dots)), where=lengths > 0)


@dataclass(frozen=True)
class WordVectors:
    """words: V of them, each once. vectors: (V, d), finite. name: of the file or model.

    spellings: more words that are known to be there, for suggestions. whole: whether these are all
    words that there are.

    >>> vectors = WordVectors(("a", "b"), np.eye(2))
    >>> vectors.of(["b"]).tolist()
    [[0.0, 1.0]]
    """

    words: tuple[str, ...]
    vectors: NDArray
    name: str = "the model"
    spellings: tuple[str, ...] = ()
    whole: bool = True
    places: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", {word: i for i, word in enumerate(self.words)})

    def __contains__(self, word: str) -> bool:
        return word in self.places

    def of(self, words: Iterable[str]) -> NDArray:
        """Their vectors (n, d), in double precision.

        Raises:
            UsageError: a word is not there; the nearest spelling is told.
        """
        wanted = list(words)
        self.check(wanted)
        return np.asarray(self.vectors[[self.places[word] for word in wanted]], float)

    def check(self, words: Iterable[str]) -> None:
        """Raises UsageError for a word that is not there, with the nearest spelling."""
        missing = [word for word in dict.fromkeys(words) if word not in self.places]
        if missing:
            near = nearest_spelling(missing[0], (*self.words, *self.spellings))
            hint = f"did you mean {near!r}?" if near else "none there is spelt like it"
            more = f", nor {len(missing) - 1} more of those asked for" if missing[1:] else ""
            raise UsageError(f"{self.name} has no word {missing[0]!r}{more}", hint)

    def nearest(
        self, vector: ArrayLike, count: int, without: Sequence[str] = ()
    ) -> list[tuple[str, float]]:
        """The words of greatest cosine with a vector (d,), each with it; ties in their order.

        >>> WordVectors(("a", "b"), np.eye(2)).nearest([0.6, 0.8], 1)
        [('b', 0.8)]
        """
        found = cosines(self.vectors, vector)
        left_out = {self.places[word] for word in without if word in self.places}
        order = np.argsort(-found, kind="stable")
        kept = [int(i) for i in order[: count + len(left_out)] if int(i) not in left_out]
        return [(self.words[i], float(found[i])) for i in kept[:count]]


def nearest_spelling(word: str, known: Iterable[str]) -> str:
    """The known word that is spelt most like another, case aside; "" where none is near.

    >>> nearest_spelling("Kign", ["queen", "king", "kin"])
    'king'
    """
    folded: dict[str, str] = {}
    wanted = word.casefold()
    for name in known:
        if abs(len(name) - len(word)) <= 2:
            folded.setdefault(name.casefold(), name)
    if wanted in folded:
        return folded[wanted]
    letters = set(wanted)
    ranked = sorted(folded, key=lambda name: len(letters ^ set(name)))[:_MOST_COMPARED]
    near = get_close_matches(wanted, ranked, n=10, cutoff=0.6)
    best = min(
        near, key=lambda name: (_slips(wanted, name), abs(len(name) - len(word))), default=""
    )
    return folded.get(best, "")


def _slips(one: str, other: str) -> int:
    """How many letters are wrong, missing, too many, or swapped with the next (Damerau 1964).

    >>> _slips("kign", "king"), _slips("kign", "kind")
    (1, 2)
    """
    before, last = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, due in enumerate(other, 1):
            least = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != due))
            swapped = i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == due
            row.append(min(least, before[j - 2] + 1) if swapped else least)
        before, last = last, row
    return last[-1]
