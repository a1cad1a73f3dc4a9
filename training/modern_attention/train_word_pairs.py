"""Count which word follows which in the tales: the small model of speculative decoding.

    python -m training.modern_attention.train_word_pairs

NumPy, some seconds. It writes word-pairs.npz (float16) beside the models that read it.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

import numpy as np

import mlanim.subjects.modern_attention.models as room

sys.path.insert(0, str(Path(__file__).parents[1]))
from tales import tale, vocabulary

WEIGHTS = Path(room.__file__).parent / "weights"
UNSEEN = 0.02  # of a count, for pairs that do not occur: no word is impossible


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tales", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=2)
    options = parser.parse_args()
    words = vocabulary()
    index = {word: i for i, word in enumerate(words)}
    rng = random.Random(options.seed)
    text = [index[word] for _ in range(options.tales) for word in tale(rng)]
    counts = np.full((len(words), len(words)), UNSEEN)
    np.add.at(counts, (text[:-1], text[1:]), 1)
    logits = np.log(counts / counts.sum(axis=1, keepdims=True))
    path = WEIGHTS / "word-pairs.npz"
    np.savez_compressed(path, vocabulary=np.array(words), logits=logits.astype(np.float16))
    print(f"{len(text)} words; {path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
