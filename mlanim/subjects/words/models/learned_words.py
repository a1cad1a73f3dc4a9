"""Words that were learned from a text: of the bundled small world, or of a reader's own text."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.cache_place import cache_place
from mlanim.sealed import read_sealed, write_sealed
from mlanim.subjects.words.models.corpus_text import Corpus, read_corpus
from mlanim.subjects.words.models.skip_gram import noise_probabilities, window_pairs
from mlanim.subjects.words.models.skip_gram_training import (
    SkipGramSettings,
    TrainingRun,
    train_skip_gram,
)
from mlanim.subjects.words.models.word_vectors import WordVectors

__all__ = ["LearnedWords", "learn_corpus", "load_items", "load_words", "watched_of"]

_WEIGHTS = files(__package__) / "weights"
_FORM = 1  # of what is kept in the cache
_MOST_PAIRS, _MOST_EPOCHS = 4_000_000, 30
_WATCHED = 48
_FREQUENT = 1e-3


@dataclass(frozen=True)
class LearnedWords:
    """words: V, the most frequent first. counts: (V,). run: the matrices and the log.

    watched: (w,), the words of the run's snapshots. example: words of one sentence.
    """

    words: tuple[str, ...]
    counts: NDArray
    run: TrainingRun
    watched: NDArray
    settings: SkipGramSettings
    example: tuple[str, ...] = ()
    name: str = "the bundled model"
    told: str = ""

    @property
    def vectors(self) -> WordVectors:
        """The input vectors, which are what is used afterwards."""
        return WordVectors(self.words, self.run.inputs, self.name)

    @property
    def noise(self) -> NDArray:
        """The probability of each word to be drawn as noise, (V,)."""
        return noise_probabilities(self.counts)


@cache
def load_words() -> LearnedWords:
    """The bundled words, as training/words/train_word_vectors.py wrote them.

    >>> words = load_words()
    >>> words.run.inputs.shape == (len(words.words), 24)
    True
    """
    return _unpacked((_WEIGHTS / "word-vectors.npz").read_bytes(), "the bundled model")


@cache
def load_items() -> LearnedWords:
    """The bundled songs, learned from listening sessions by the same functions."""
    return _unpacked((_WEIGHTS / "song-vectors.npz").read_bytes(), "the bundled songs")


def learn_corpus(
    path: Path,
    settings: SkipGramSettings,
    working: Callable[[int, int], None] = lambda done, total: None,
) -> LearnedWords:
    """Learn the words of a text, or take them from the cache if it was learned so before.

    The epochs of `settings` are the most; of a long text there are fewer. Raises UsageError for
    what is no text, or too little of it.
    """
    corpus = read_corpus(path)
    pairs = sum(len(window_pairs(text, settings.window)) for text in corpus.sentences)
    epochs = int(np.clip(_MOST_PAIRS // max(1, pairs), 1, min(_MOST_EPOCHS, settings.epochs)))
    settings = replace(settings, epochs=epochs, batch=1024 if pairs > 200_000 else 128)
    kept = cache_place() / "words" / f"{_digest(corpus, settings)}.npz"
    if (content := read_sealed(kept)) is not None:
        with suppress(Exception):  # whatever an older file may raise
            return replace(_unpacked(content, path.name), told=corpus.told)
    watched = watched_of(corpus)
    run = train_skip_gram(
        corpus.sentences,
        corpus.counts,
        settings,
        watched=watched.tolist(),
        early=pairs * epochs // settings.batch // 10,
        working=working,
    )
    learned = LearnedWords(
        corpus.words, corpus.counts, run, watched, settings, corpus.example, path.name
    )
    write_sealed(cache_place(), kept, packed(learned))
    return replace(learned, told=corpus.told)


def watched_of(corpus: Corpus, most: int = _WATCHED) -> NDArray:
    """Words that are frequent and say something: those in every other sentence say little."""
    shares = corpus.counts / corpus.counts.sum()
    telling = [i for i, w in enumerate(corpus.words) if len(w) > 3 and shares[i] < 0.004]
    others = [i for i in range(len(corpus.words)) if i not in set(telling[:most])]
    return np.array([*telling[:most], *others][: min(most, len(corpus.words))])


def packed(learned: LearnedWords, precision: type = np.float32) -> bytes:
    """All of it as the bytes of a .npz."""
    run = learned.run
    arrays: dict[str, Any] = {
        "words": np.array(learned.words),
        "counts": learned.counts,
        "watched": learned.watched,
        "example": np.array(learned.example, dtype=str),
        "settings": np.array(json.dumps(asdict(learned.settings))),
        "steps": run.steps,
        "losses": run.losses.astype(np.float32),
        "snapshot_steps": run.snapshot_steps,
    }
    for name in ("inputs", "outputs", "snapshots", "first_inputs", "first_outputs"):
        arrays[name] = getattr(run, name).astype(precision)
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=False, **arrays)
    return out.getvalue()


def _unpacked(content: bytes, name: str) -> LearnedWords:
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        arrays = {key: file[key] for key in file.files}
    run = TrainingRun(
        *(
            arrays[key].astype(float) if arrays[key].dtype.kind == "f" else arrays[key]
            for key in (
                "inputs",
                "outputs",
                "steps",
                "losses",
                "snapshot_steps",
                "snapshots",
                "first_inputs",
                "first_outputs",
            )
        )
    )
    return LearnedWords(
        tuple(map(str, arrays["words"])),
        arrays["counts"],
        run,
        arrays["watched"],
        SkipGramSettings(**json.loads(str(arrays["settings"]))),
        tuple(map(str, arrays["example"])),
        name,
    )


def _digest(corpus: Corpus, settings: SkipGramSettings) -> str:
    digest = blake2b(digest_size=20)
    told = (_FORM, corpus.words, corpus.example, asdict(settings), np.__version__)
    digest.update(repr(told).encode())
    digest.update(b"".join(text.tobytes() + b"\n" for text in corpus.sentences))
    return digest.hexdigest()
