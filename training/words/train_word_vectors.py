"""Train the word vectors that the package ships, and those of songs: NumPy, a few seconds.

    python -m training.words.train_word_vectors

It writes word-vectors.npz and song-vectors.npz (float16, with the log of the training) beside the
models that read them. The corpus and the training are the package's own: what the explainer's step
`training` shows is what made them.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np

import mlanim.subjects.words.models as room
from mlanim.subjects.words.models.corpus_text import corpus_of
from mlanim.subjects.words.models.learned_words import LearnedWords, packed
from mlanim.subjects.words.models.sessions import sessions
from mlanim.subjects.words.models.skip_gram_training import SkipGramSettings, train_skip_gram
from mlanim.subjects.words.models.small_world import KINDS, sentences

WEIGHTS = Path(room.__file__).parent / "weights"
WORDS = SkipGramSettings(window=2, negatives=5, dimensions=24, epochs=5, batch=256, rate=0.05)
SONGS = SkipGramSettings(window=4, negatives=5, dimensions=8, epochs=6, batch=128, rate=0.05)
EARLY = 150  # the step whose matrices are kept, for a single step to be shown


def learn(texts: Iterable[list[str]], settings: SkipGramSettings, watched: list[str]):
    """Words, counts and the run."""
    corpus = corpus_of(texts, "the corpus", least=1)
    places = {word: i for i, word in enumerate(corpus.words)}
    seen = np.array([places[word] for word in watched or corpus.words])
    began = time.monotonic()
    run = train_skip_gram(
        corpus.sentences, corpus.counts, settings, watched=seen.tolist(), early=EARLY
    )
    took = time.monotonic() - began
    print(f"{corpus.length} words: loss {run.losses[0]:.3f} to {run.losses[-1]:.3f}, {took:.0f} s")
    return LearnedWords(corpus.words, corpus.counts, run, seen, settings, corpus.example)


def main() -> None:
    """Train both and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    kinds = [word for kind in KINDS.values() for word in kind]
    made = {
        "word-vectors": learn(sentences(20_000, options.seed), WORDS, kinds),
        "song-vectors": learn(sessions(5_000, options.seed), SONGS, []),
    }
    options.out.mkdir(parents=True, exist_ok=True)
    for name, learned in made.items():
        path = options.out / f"{name}.npz"
        path.write_bytes(packed(learned, np.float16))
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
