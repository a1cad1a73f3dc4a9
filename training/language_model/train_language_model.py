"""Train the causal language model that the package ships, on little tales.

    python -m training.language_model.train_language_model

It writes language-model.npz (float16) and accuracy.json beside the model that reads them, for its
own explainer language-model-training.npz (the loss along the way, what was predicted for one window
before and after single optimiser steps), and tests/models/reference/language-model.npz.
"""

from __future__ import annotations

import argparse
import json
import random
import time

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from training.stack_network import TokenStackNetwork, reference
from training.tales import is_tale, tale, vocabulary
from training.written import REFERENCE, save, save_accuracy, weights_of

WEIGHTS = weights_of("models/language_model")
LOG = weights_of("subjects/language_model/models") / "language-model-training.npz"
WATCHED = ["one", "morning", "the", "robot", "lost", "a", "key", ".", "the", "robot", "looked"]
CHECKPOINTS = (0, 50, 150, 400, 1000)
LOGGED = 10


def stream(rng: random.Random, index: dict[str, int], tokens: int) -> Tensor:
    """Running text: tales one after the other, as token indices."""
    words: list[int] = []
    while len(words) < tokens:
        words += [index[word] for word in tale(rng)]
    return torch.tensor(words[:tokens])


def windows(text: Tensor, size: int, count: int, generator: torch.Generator) -> tuple:
    """Random windows of the text and, one token later, what follows each of their tokens."""
    starts = torch.randint(len(text) - size - 1, (count,), generator=generator)
    rows = starts[:, None] + torch.arange(size + 1)
    return text[rows][:, :-1], text[rows][:, 1:]


def train(model: TokenStackNetwork, text: Tensor, watched: Tensor, options) -> dict:
    """Adam; the log."""
    generator = torch.Generator().manual_seed(options.seed)
    optimiser = torch.optim.AdamW(model.parameters(), lr=options.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, options.rate, total_steps=options.steps, pct_start=0.1
    )
    losses, steps, before, after = [], [], [], []
    began = time.monotonic()

    def predicted() -> np.ndarray:
        with torch.no_grad():
            return model.output(model(watched[None, :-1]))[0].softmax(dim=-1).numpy()

    for step in range(options.steps):
        given, wanted = windows(text, options.window, options.batch, generator)
        if step in CHECKPOINTS:  # this step's batch is the watched window alone
            given, wanted = watched[None, :-1], watched[None, 1:]
            steps.append(step)
            before.append(predicted())
        logits = model.output(model(given))
        loss = functional.cross_entropy(logits.flatten(0, 1), wanted.flatten())
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        if step in CHECKPOINTS:
            after.append(predicted())
        schedule.step()
        losses.append(loss.item())
        if step % 250 == 249:
            took = time.monotonic() - began
            print(f"step {step + 1}: loss {np.mean(losses[-50:]):.4f}, {took:.0f} s", flush=True)
    whole = len(losses) // LOGGED * LOGGED
    return {
        "loss_steps": np.arange(LOGGED, whole + 1, LOGGED),
        "losses": np.mean(np.reshape(losses[:whole], (-1, LOGGED)), axis=1).astype(np.float32),
        "checkpoint_steps": np.array(steps),
        "before": np.stack(before).astype(np.float32),
        "after": np.stack(after).astype(np.float32),
        "window": watched.numpy(),
    }


@torch.no_grad()
def continuations(model: TokenStackNetwork, index: dict[str, int], count: int) -> dict:
    """How many sampled tales (temperature 1) keep to themselves, and the loss on unseen ones."""
    words = list(index)
    generator = torch.Generator().manual_seed(0)
    said = torch.tensor([[index[word] for word in ("once", "there", "was", "a")]] * count)
    while said.shape[1] < model.position_embedding.num_embeddings:
        odds = model.output(model(said))[:, -1].softmax(dim=-1)
        said = torch.cat([said, torch.multinomial(odds, 1, generator=generator)], dim=1)
    right = 0
    for row in said.tolist():
        text = [words[word] for word in row]
        right += "end" in text and is_tale(text[: text.index("end") + 1])
    text = stream(random.Random(99), index, 4000)
    given, wanted = windows(text, 64, 64, generator)
    loss = functional.cross_entropy(model.output(model(given)).flatten(0, 1), wanted.flatten())
    return {"tales": count, "sensible": right / count, "loss": round(loss.item(), 4)}


def main() -> None:
    """Train, round, evaluate, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--width", type=int, default=48)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--hidden", type=int, default=96)
    parser.add_argument("--window", type=int, default=128)
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--batch", type=int, default=24)
    parser.add_argument("--rate", type=float, default=0.004)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    torch.set_num_threads(1)  # the same sums on every machine
    words = vocabulary()
    index = {word: i for i, word in enumerate(words)}
    text = stream(random.Random(options.seed), index, 600_000)
    watched = torch.tensor([index[word] for word in WATCHED])
    torch.manual_seed(options.seed)
    model = TokenStackNetwork(
        len(words),
        longest=options.window,
        width=options.width,
        heads=options.heads,
        layers=options.layers,
        hidden=options.hidden,
        causal=True,
    )
    log = train(model, text, watched, options)
    model.eval()
    model.round_to_half()
    result = continuations(model, index, 300)
    print(json.dumps(result), flush=True)
    save(WEIGHTS / "language-model.npz", model.arrays(words))
    save(LOG, log)
    save_accuracy(WEIGHTS, {"language-model": result})
    save(REFERENCE / "language-model.npz", reference(model, watched))


if __name__ == "__main__":
    main()
