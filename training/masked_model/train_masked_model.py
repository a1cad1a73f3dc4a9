"""Train the masked language model that the package ships: masked words, "it", sentences, opinions.

    python -m training.masked_model.train_masked_model

One small BERT learns four things at once: masked words, which noun "it" means (said at "it" itself,
as a word), whether the second sentence follows from the first, and whether a writer was pleased.
A light guide rewards the head, whichever it is, that looks best from "it" to that noun; without it
the noun is found as well, but by several heads together. Which head looks, and how often, is
measured on held-out sentences.

It writes masked-model.npz (float16) and its line in accuracy.json beside the model that reads them,
and tests/models/reference/masked-model.npz.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from training.masked_model.clauses import Clause, clause, opinion, vocabulary
from training.stack_network import TokenStackNetwork, reference
from training.written import REFERENCE, save, save_accuracy, weights_of

WEIGHTS = weights_of("models")
CLS, SEP, MASK = "[CLS]", "[SEP]", "[MASK]"
SPECIAL = (CLS, SEP, MASK)
LONGEST = 32
MASKED = 0.15
NOTHING = -100


@dataclass(frozen=True)
class Batch:
    """Token indices and what is to be said of them; NOTHING where nothing is asked."""

    words: Tensor  # (b, T)
    segments: Tensor  # (b, T)
    padding: Tensor  # (b, T) bool
    said: Tensor  # (b, T): the word at a masked position
    meant: Tensor  # (b, T): at "it", the noun that is meant
    follows: Tensor  # (b,)
    pleased: Tensor  # (b,)


def some_clause(rng: random.Random, *, held_out: bool) -> Clause:
    """A sentence of one side of the split."""
    while True:
        if (found := clause(rng)).held_out == held_out:
            return found


def example(rng: random.Random, *, held_out: bool) -> dict:
    """One or two sentences, as words, with what is to be said of them."""
    kind = rng.random()
    if kind < 0.25:
        words, pleased = opinion(rng)
        return {"words": [CLS, *words, SEP], "second": [], "pleased": int(pleased)}
    first = some_clause(rng, held_out=held_out)
    words = [CLS, *first.words, SEP]
    asked: dict = {"words": words, "second": []}
    if kind < 0.65:  # with a second sentence
        follows = rng.random() < 0.5
        # One that does not follow is that of the other noun, or of another sentence.
        then = first.then if follows else some_clause(rng, held_out=held_out).then
        asked |= {"second": [*then, SEP], "follows": int(then == first.then)}
    if rng.random() < 0.3:  # the noun itself instead of "it", so that masking it asks for it
        words[first.it + 1] = first.words[first.meant]
        words.insert(first.it + 1, "the")
    else:
        asked["it"] = (first.it + 1, first.words[first.meant])
    return asked


def batch_of(rng: random.Random, index: dict[str, int], size: int, *, held_out: bool) -> Batch:
    """Examples as integers; some words are masked, never the special ones nor what tells "it"."""
    words = torch.zeros(size, LONGEST, dtype=torch.long)
    segments, padding = torch.zeros_like(words), torch.ones(size, LONGEST, dtype=torch.bool)
    said, meant = torch.full_like(words, NOTHING), torch.full_like(words, NOTHING)
    follows, pleased = torch.full((size,), NOTHING), torch.full((size,), NOTHING)
    for row in range(size):
        asked = example(rng, held_out=held_out)
        text = asked["words"] + asked["second"]
        words[row, : len(text)] = torch.tensor([index[word] for word in text])
        segments[row, len(asked["words"]) : len(text)] = 1
        padding[row, : len(text)] = False
        follows[row] = asked.get("follows", NOTHING)
        pleased[row] = asked.get("pleased", NOTHING)
        masks = not ("follows" in asked or "pleased" in asked or rng.random() < 0.5)
        if masks:
            for place, word in enumerate(text):
                if word not in SPECIAL and rng.random() < MASKED:
                    said[row, place] = index[word]
                    words[row, place] = index[MASK]
        elif "it" in asked:
            meant[row, asked["it"][0]] = index[asked["it"][1]]
    return Batch(words, segments, padding, said, meant, follows, pleased)


def loss_of(model: TokenStackNetwork, batch: Batch, guide: float) -> Tensor:
    """The sum of the four cross-entropies, and `guide` times how astray the best head looks."""
    rows, looks = run_with_weights(model, batch.words, batch.segments, batch.padding)
    logits = model.output(rows).flatten(0, 1)
    first = rows[:, 0]
    pairs = (
        (logits, batch.said.flatten()),
        (logits, batch.meant.flatten()),
        (model.follows(first), batch.follows),
        (model.pleased(first), batch.pleased),
    )
    loss = sum(
        functional.cross_entropy(given, wanted, ignore_index=NOTHING)
        for given, wanted in pairs
        if (wanted != NOTHING).any()
    )
    row, it = torch.nonzero(batch.meant != NOTHING, as_tuple=True)
    noun = (batch.words[row] == batch.meant[row, it, None]).int().argmax(dim=1)
    weights = looks[:, row, :, it, noun]  # (examples, layers, heads)
    return loss - guide * weights.clamp_min(1e-6).log().mean(dim=0).max()


def run_with_weights(
    model: TokenStackNetwork, words: Tensor, segments: Tensor, padding: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """The last layer's rows (b, T, d), and all attention (layers, b, heads, T, T)."""
    x = model.token_embedding(words) + model.position_embedding(torch.arange(words.shape[1]))
    x = x + model.segment_embedding(segments)
    found = []
    for layer in model.encoder.layers:
        mixed, weights = layer.self_attn(
            x, x, x, key_padding_mask=padding, average_attn_weights=False
        )
        x = layer.norm1(x + mixed)
        x = layer.norm2(x + layer.linear2(functional.gelu(layer.linear1(x))))
        found.append(weights)
    return x, torch.stack(found)


def train(model: TokenStackNetwork, index: dict[str, int], options: argparse.Namespace) -> None:
    """AdamW, its rate warmed up and then lowered to nothing."""
    rng = random.Random(options.seed)
    optimiser = torch.optim.AdamW(model.parameters(), lr=options.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, options.rate, total_steps=options.steps, pct_start=0.1
    )
    began, losses = time.monotonic(), []
    for step in range(options.steps):
        loss = loss_of(model, batch_of(rng, index, options.batch, held_out=False), options.guide)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        losses.append(loss.item())
        if step % 250 == 249:
            took = time.monotonic() - began
            print(f"step {step + 1}: loss {np.mean(losses[-50:]):.4f}, {took:.0f} s", flush=True)


@torch.no_grad()
def evaluate(model: TokenStackNetwork, index: dict[str, int]) -> dict:
    """On held-out sentences: how often each thing is right, and where each head looks from "it"."""
    rng = random.Random(77)
    big = batch_of(rng, index, 4000, held_out=True)
    rows = model(big.words, big.segments, big.padding)
    logits, first = model.output(rows), rows[:, 0]
    result = {}
    for name, given, wanted in (
        ("it", logits, big.meant),
        ("masked", logits, big.said),
        ("follows", model.follows(first), big.follows),
        ("pleased", model.pleased(first), big.pleased),
    ):
        asked = wanted != NOTHING
        result[name] = round((given.argmax(-1) == wanted)[asked].float().mean().item(), 4)
    clauses = {" ".join(c.words): c for c in (some_clause(rng, held_out=True) for _ in range(1500))}
    heads = 0
    for sentence in clauses.values():
        words = torch.tensor([index[word] for word in (CLS, *sentence.words, SEP)])
        found = run_with_weights(model, words[None], torch.zeros_like(words)[None])[1][:, 0]
        heads = heads + (found[:, :, sentence.it + 1].argmax(-1) == sentence.meant + 1).float()
    result |= {
        "sentences": len(clauses),
        "it_looks": [[round(x, 4) for x in row] for row in (heads / len(clauses)).tolist()],
    }
    return result


def main() -> None:
    """Train, round, evaluate, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--width", type=int, default=32)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--hidden", type=int, default=64)
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--rate", type=float, default=0.004)
    parser.add_argument("--guide", type=float, default=0.1, help="weight of the best head's look")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dry", action="store_true", help="report, write nothing")
    options = parser.parse_args()

    torch.set_num_threads(1)  # the same sums on every machine
    words = [*SPECIAL, *vocabulary()]
    index = {word: i for i, word in enumerate(words)}
    torch.manual_seed(options.seed)
    model = TokenStackNetwork(
        len(words),
        longest=LONGEST,
        width=options.width,
        heads=options.heads,
        layers=options.layers,
        hidden=options.hidden,
        causal=False,
        segments=2,
        classes={"follows": 2, "pleased": 2},
    )
    train(model, index, options)
    model.eval()
    model.round_to_half()
    result = evaluate(model, index)
    print(json.dumps(result), flush=True)
    if options.dry:
        return
    save(WEIGHTS / "masked-model.npz", model.arrays(words))
    save_accuracy(WEIGHTS, {"masked-model": result})
    first = f"{CLS} the animal didn't cross the street because it was too tired {SEP}".split()
    said = [*first, *["so", "the", "animal", "slept"], SEP]
    tokens = torch.tensor([index[word] for word in said])
    kinds = (torch.arange(len(tokens)) >= len(first)).long()
    save(REFERENCE / "masked-model.npz", reference(model, tokens, kinds))


if __name__ == "__main__":
    main()
