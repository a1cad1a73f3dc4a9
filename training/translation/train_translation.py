"""Train the six translation models that the package ships: two cells by three kinds of attention.

    python -m training.translation.train_translation                       everything, in minutes
    python -m training.translation.train_translation --only gru-bahdanau   one variant

It writes CELL-ATTENTION.npz (float16) and accuracy.json (what held-out sentences gave, by length)
beside the models that read them, and tests/models/reference/*.npz (what PyTorch computes with
those weights).
"""

from __future__ import annotations

import argparse
import json
import time
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import torch
from torch.nn import functional

from training.batches import BINS, END, START, Batch, Vocabulary, by_length
from training.grammar import LONGEST, SHORTEST, sentences, vocabulary
from training.translation.networks import ATTENTIONS, CELLS, EncoderDecoder
from training.written import REFERENCE, save, save_accuracy, save_text, weights_of

WEIGHTS = weights_of("subjects/translation/models")
# Those that need longer to be right 99 times in 100.
STEPS = {"lstm-bahdanau": 7000, "lstm-luong": 7000, "others": 4000}


def train(
    model: EncoderDecoder, data: dict[int, Batch], options: argparse.Namespace, name: str
) -> None:
    """Short sentences first, then all; Adam, its rate warmed up and then lowered to nothing."""
    steps = options.steps or STEPS.get(name, STEPS["others"])
    # Without attention only short sentences can be learnt: training dwells on them.
    dwell = options.dwell if model.attention == "none" else 1.0
    generator = torch.Generator().manual_seed(options.seed)
    optimiser = torch.optim.Adam(model.parameters(), lr=options.rate, betas=(0.9, 0.99))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, options.rate, total_steps=steps, pct_start=0.1
    )
    began = time.monotonic()
    for step in range(steps):
        longest = min(LONGEST, 7 + int(2.5 * LONGEST * step / steps))
        part = torch.rand((), generator=generator).item() ** dwell
        length = SHORTEST + int(part * (longest - SHORTEST + 1))
        chosen = data[length].rows(
            torch.randint(len(data[length]), (options.batch,), generator=generator)
        )
        loss = loss_of(model, chosen, options.guide, options.spread)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if step % 500 == 499:
            print(
                f"{name} step {step + 1}: loss {loss.item():.4f}, {time.monotonic() - began:.0f} s",
                flush=True,
            )


def loss_of(model: EncoderDecoder, batch: Batch, guide: float, spread: float) -> torch.Tensor:
    """Cross-entropy of the words, plus `guide` times that of attention and true alignment."""
    arrays = model(batch.source, batch.inputs)
    loss = functional.cross_entropy(
        arrays["logits"].flatten(0, 1), batch.targets.flatten(), ignore_index=-1
    )
    if guide and "scores" in arrays:
        real = batch.targets >= 0
        wanted = near(batch.alignment, batch.source.shape[1], spread)
        astray = -(wanted * arrays["scores"].log_softmax(dim=-1)).sum(dim=-1)
        loss = loss + guide * astray[real].mean()
    return loss


def near(alignment: torch.Tensor, words: int, spread: float) -> torch.Tensor:
    """Indices (b, m) to weights (b, m, words): `spread` times less with each word of distance."""
    distance = (torch.arange(words) - alignment[..., None]).abs()
    weights = spread**distance
    return weights / weights.sum(dim=-1, keepdim=True)


def evaluate(model: EncoderDecoder, data: dict[int, Batch], target: Vocabulary) -> dict:
    """How many sentences are exactly right, and how many words attend most to their French word."""
    right, attended, words = {}, 0, 0
    start, end = target.index[START], target.index[END]
    for length, batch in data.items():
        said, looked = model.translate(
            batch.source, start=start, end=end, longest=batch.targets.shape[1]
        )
        wanted = batch.targets.masked_fill(batch.targets < 0, end)
        right[length] = (said == wanted).all(dim=1).float()
        real = (batch.targets >= 0) & (batch.targets != end)
        attended += int(((looked == batch.alignment) & real).sum())
        words += int(real.sum())
    bins = {
        f"{low}-{high}": torch.cat([right[n] for n in right if low <= n <= high])
        for low, high in BINS
    }
    everything = torch.cat(list(right.values()))
    result = {
        "sentences": len(everything),
        "exact": round(everything.mean().item(), 4),
        "exact_by_words": {name: round(part.mean().item(), 4) for name, part in bins.items()},
    }
    if model.attention != "none":
        result["alignment"] = round(attended / words, 4)
    return result


def save_reference(name: str, model: EncoderDecoder, batch: Batch) -> None:
    """Every array for one sentence, so that the NumPy pass can be held against it.

    In double precision, as the package computes: in single, PyTorch's own rounding reaches 2e-5.
    """
    one = batch.rows(torch.tensor([0]))
    with torch.no_grad():
        arrays = model.double()(one.source, one.inputs)
    arrays.pop("memory")
    arrays = {key: value[0].numpy() for key, value in arrays.items()}
    inputs = {"source": one.source[0].numpy(), "inputs": one.inputs[0].numpy()}
    save(REFERENCE / f"{name}.npz", inputs | arrays)


def build(name: str, options: argparse.Namespace) -> dict:
    """Train one variant, round it, evaluate it and write it; its accuracy."""
    torch.set_num_threads(1)  # one process a variant; and the same sums on every machine
    french, english = vocabulary()
    source, target = Vocabulary(french), Vocabulary([START, END, *english])
    known = sentences(options.seed, options.sentences, held_out=False)
    unseen = by_length(sentences(options.seed + 1, 3000, held_out=True), source, target)

    torch.manual_seed(options.seed)
    model = EncoderDecoder(
        *name.split("-"),
        len(source),
        len(target),
        embedding=options.embedding,
        hidden=options.hidden,
    )
    train(model, by_length(known, source, target), options, name)
    model.round_to_half()
    result = evaluate(model, unseen, target)
    print(name, json.dumps(result), flush=True)
    if not options.dry:
        words = {"source_words": np.array(source.words), "target_words": np.array(target.words)}
        save(WEIGHTS / f"{name}.npz", words | model.arrays())
        save_reference(name, model, unseen[12])
    return result


def main() -> None:
    """Read the options, train the variants side by side, and write what they reached."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", help="CELL-ATTENTION, such as gru-bahdanau")
    parser.add_argument("--hidden", type=int, default=16)
    parser.add_argument("--embedding", type=int, default=12)
    parser.add_argument("--steps", type=int, help="instead of those in STEPS")
    parser.add_argument("--batch", type=int, default=160)
    parser.add_argument("--rate", type=float, default=0.01)
    parser.add_argument("--guide", type=float, default=0.5, help="weight of the guided alignment")
    parser.add_argument(
        "--spread", type=float, default=0.1, help="how much of it goes to each neighbour"
    )
    parser.add_argument("--dwell", type=float, default=2.0, help="without attention: on the short")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sentences", type=int, default=100_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--dry", action="store_true", help="report, write nothing")
    options = parser.parse_args()

    names = [f"{cell}-{attention}" for attention in reversed(ATTENTIONS) for cell in CELLS]
    names = [name for name in names if options.only in (None, name)]
    with ProcessPoolExecutor(options.processes) as pool:
        results = dict(zip(names, pool.map(build, names, [options] * len(names)), strict=True))
    if not options.dry:
        save_accuracy(WEIGHTS, results)
        sample = sentences(options.seed + 1, 3000, held_out=True)[::10]
        lines = [f"{' '.join(s.source)}\t{' '.join(s.target)}\n" for s in sample]
        save_text(REFERENCE / "held_out.tsv", "".join(lines))


if __name__ == "__main__":
    main()
