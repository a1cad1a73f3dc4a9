"""Train the mixture of experts on the tales, with and without the loss that balances the load.

    python -m training.modern_attention.train_experts

NumPy, about a minute. It writes experts.npz (float16, with the log and an unseen text) beside the
models that read it.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

import mlanim.subjects.modern_attention.models as room
from mlanim.models.softmax import log_softmax
from mlanim.subjects.modern_attention.models.expert_training import ExpertSettings, train_experts
from mlanim.subjects.modern_attention.models.experts import ExpertLayer

sys.path.insert(0, str(Path(__file__).parents[1]))
from tales import tale, vocabulary

WEIGHTS = Path(room.__file__).parent / "weights"
LOGGED = 25


def stream(seed: int, index: dict[str, int], tokens: int) -> np.ndarray:
    """Running text: tales one after the other, as token indices."""
    rng, words = random.Random(seed), []
    while len(words) < tokens:
        words += [index[word] for word in tale(rng)]
    return np.array(words[:tokens])


def main() -> None:
    """Train both, measure on unseen tales, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=ExpertSettings.seed)
    parser.add_argument("--steps", type=int, default=ExpertSettings.steps)
    options = parser.parse_args()
    words = vocabulary()
    index = {word: i for i, word in enumerate(words)}
    text, unseen = stream(11, index, 200_000), stream(12, index, 4000)
    saved = {"vocabulary": np.array(words), "unseen": unseen.astype(np.int16)}
    settings = ExpertSettings(seed=options.seed, steps=options.steps)
    for name, balance in (("", settings.balance), ("unbalanced.", 0.0)):
        chosen = replace(settings, balance=balance)
        began = time.monotonic()
        arrays, losses = train_experts(text, len(words), chosen)
        rounded = {key: array.astype(np.float16) for key, array in arrays.items()}
        layer = ExpertLayer({key: array.astype(float) for key, array in rounded.items()})
        made = layer.read(unseen[:-1], chosen.top_k)
        loss = -log_softmax(made.logits)[np.arange(len(unseen) - 2), unseen[2:]].mean()
        saved |= {name + key: array for key, array in rounded.items()}
        whole = np.reshape(losses[: len(losses) // LOGGED * LOGGED], (-1, LOGGED))
        saved[name + "losses"] = whole.mean(axis=1).astype(np.float32)
        took = time.monotonic() - began
        print(f"{name or 'balanced.'} loss {loss:.3f}, load {made.load.round(3)}, {took:.0f} s")
    path = WEIGHTS / "experts.npz"
    np.savez_compressed(path, **saved)
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
