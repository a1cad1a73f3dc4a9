"""Train the translation transformer that the package ships, on the sentences of grammar.py.

    python -m training.transformer.train_transformer

It writes transformer.npz (float16), transformer-training.npz (the loss along the way, and what the
model predicted for one sentence at checkpoints) and accuracy.json beside the models that read them,
and tests/models/reference/transformer.npz.
"""

from __future__ import annotations

import argparse
import json
import time

import numpy as np
import torch
from torch.nn import functional

from training.batches import BINS, END, START, Batch, Vocabulary, by_length, encode
from training.grammar import LONGEST, SHORTEST, sentences, vocabulary
from training.transformer.transformer_network import TranslationTransformer
from training.written import REFERENCE, save, save_accuracy, weights_of

WEIGHTS = weights_of("subjects/transformer/models")
WATCHED = "la zone économique européenne est grande"
CHECKPOINTS = (0, 100, 300, 600, 1000, 2000)  # and the last step
LOGGED = 20  # a loss is kept for each so many steps: the mean over them


def train(
    model: TranslationTransformer,
    data: dict[int, Batch],
    watched: Batch,
    options: argparse.Namespace,
) -> dict[str, np.ndarray]:
    """Short sentences first, then all; the log."""
    generator = torch.Generator().manual_seed(options.seed)
    optimiser = torch.optim.Adam(model.parameters(), lr=options.rate, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, options.rate, total_steps=options.steps, pct_start=0.1
    )
    losses, steps, predictions = [], [], []
    began = time.monotonic()

    def look(step: int) -> None:
        with torch.no_grad():
            predicted = model(watched.source, watched.inputs)[0].softmax(dim=-1)
        steps.append(step)
        predictions.append(predicted.numpy())

    for step in range(options.steps):
        if step in CHECKPOINTS:
            look(step)
        longest = min(LONGEST, 7 + int(2.5 * LONGEST * step / options.steps))
        length = SHORTEST + int(
            torch.rand((), generator=generator).item() * (longest - SHORTEST + 1)
        )
        chosen = data[length].rows(
            torch.randint(len(data[length]), (options.batch,), generator=generator)
        )
        loss = functional.cross_entropy(
            model(chosen.source, chosen.inputs).flatten(0, 1),
            chosen.targets.flatten(),
            ignore_index=-1,
        )
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        losses.append(loss.item())
        if step % 250 == 249:
            took = time.monotonic() - began
            print(f"step {step + 1}: loss {np.mean(losses[-50:]):.4f}, {took:.0f} s", flush=True)
    look(options.steps)
    whole = len(losses) // LOGGED * LOGGED
    return {
        "loss_steps": np.arange(LOGGED, whole + 1, LOGGED),
        "losses": np.mean(np.reshape(losses[:whole], (-1, LOGGED)), axis=1).astype(np.float32),
        "checkpoint_steps": np.array(steps),
        "predictions": np.stack(predictions).astype(np.float32),
        "targets": watched.targets[0].numpy(),
        "source": np.array(WATCHED),
    }


def evaluate(model: TranslationTransformer, data: dict[int, Batch], target: Vocabulary) -> dict:
    """How many sentences are exactly right, by length."""
    start, end = target.index[START], target.index[END]
    right = {}
    for length, batch in data.items():
        said = model.translate(batch.source, start=start, end=end, longest=batch.targets.shape[1])
        wanted = batch.targets.masked_fill(batch.targets < 0, end)
        right[length] = (said == wanted).all(dim=1).float()
    bins = {
        f"{low}-{high}": torch.cat([right[n] for n in right if low <= n <= high])
        for low, high in BINS
    }
    everything = torch.cat(list(right.values()))
    return {
        "sentences": len(everything),
        "exact": round(everything.mean().item(), 4),
        "exact_by_words": {name: round(part.mean().item(), 4) for name, part in bins.items()},
    }


def save_reference(model: TranslationTransformer, batch: Batch) -> None:
    """What PyTorch computes for one sentence, in double precision as the package does."""
    one = batch.rows(torch.tensor([0]))
    model = model.double()
    layers: dict[str, torch.Tensor] = {}

    def keep(name: str):
        return lambda module, given, result: layers.update({name: result})

    for kind in ("encoder", "decoder"):
        for number, layer in enumerate(getattr(model, kind).layers):
            layer.register_forward_hook(keep(f"{kind}_{number}"))
    with torch.no_grad():
        logits = model(one.source, one.inputs)
    arrays = {key: value[0].numpy() for key, value in layers.items()}
    arrays |= {"logits": logits[0].numpy()}
    save(
        REFERENCE / "transformer.npz",
        arrays | {"source": one.source[0].numpy(), "inputs": one.inputs[0].numpy()},
    )


def main() -> None:
    """Train, round, evaluate, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--width", type=int, default=32)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--hidden", type=int, default=64)
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--rate", type=float, default=0.004)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sentences", type=int, default=100_000)
    options = parser.parse_args()

    torch.set_num_threads(1)  # the same sums on every machine
    french, english = vocabulary()
    source, target = Vocabulary(french), Vocabulary([START, END, *english])
    known = by_length(sentences(options.seed, options.sentences, held_out=False), source, target)
    unseen_sentences = sentences(options.seed + 1, 3000, held_out=True)
    unseen = by_length(unseen_sentences, source, target)
    asked = [s for s in sentences(0, 200_000, held_out=True) if " ".join(s.source) == WATCHED]
    watched = encode(asked[:1], source, target)

    torch.manual_seed(options.seed)
    model = TranslationTransformer(
        len(source),
        len(target),
        width=options.width,
        heads=options.heads,
        layers=options.layers,
        hidden=options.hidden,
    )
    log = train(model, known, watched, options)
    model.eval()
    model.round_to_half()
    result = evaluate(model, unseen, target)
    print(json.dumps(result), flush=True)
    words = {"source_words": np.array(source.words), "target_words": np.array(target.words)}
    scalars = {"heads": np.array(options.heads)}
    save(WEIGHTS / "transformer.npz", words | scalars | model.arrays())
    save(WEIGHTS / "transformer-training.npz", log)
    save_reference(model, unseen[12])
    save_accuracy(WEIGHTS, {"transformer": result})


if __name__ == "__main__":
    main()
