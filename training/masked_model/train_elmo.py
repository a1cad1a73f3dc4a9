"""Train the two-way LSTM language model that the package ships for the step "elmo".

    python -m training.masked_model.train_elmo

Peters et al. 2018 (arXiv 1802.05365): one LSTM of two layers reads forward and predicts the next
word, another reads backward and predicts the word before. Both are then frozen, and a mix of their
layers, with a weight for each, learns to tell whether a writer was pleased. It writes
elmo.npz (float16) and accuracy.json beside the model that reads them, and what the tests compare
with.
"""

from __future__ import annotations

import argparse
import json
import random

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.masked_model.clauses import clause, opinion, vocabulary
from training.written import REFERENCE, save, save_accuracy, weights_of

WEIGHTS = weights_of("subjects/masked_model/models")
LAYERS = 2


class TwoWay(nn.Module):
    """Words (batch, T) of one length to layers (3, batch, T, 2 hidden): embeddings, then LSTMs'."""

    def __init__(self, words: int, hidden: int) -> None:
        super().__init__()
        self.token_embedding = nn.Embedding(words, 2 * hidden)
        for way in ("forward", "backward"):
            for layer in range(LAYERS):
                size = 2 * hidden if layer == 0 else hidden
                setattr(self, f"{way}_{layer}", nn.LSTM(size, hidden, batch_first=True))
        self.output = nn.Linear(hidden, words)
        self.mix = nn.Parameter(torch.zeros(LAYERS + 1))
        self.scale = nn.Parameter(torch.ones(()))
        self.pleased = nn.Linear(2 * hidden, 2)

    def one_way(self, way: str, x: Tensor) -> list[Tensor]:
        """States of each layer, in reading order of the text."""
        x = x if way == "forward" else x.flip(1)
        found = []
        for layer in range(LAYERS):
            x = getattr(self, f"{way}_{layer}")(x)[0]
            found.append(x if way == "forward" else x.flip(1))
        return found

    def forward(self, words: Tensor) -> Tensor:
        """All layers."""
        x = self.token_embedding(words)
        pairs = zip(self.one_way("forward", x), self.one_way("backward", x), strict=True)
        return torch.stack([x, *(torch.cat(pair, dim=-1) for pair in pairs)])

    def language_loss(self, words: Tensor) -> Tensor:
        """Cross-entropy of the next words and of those before."""
        x = self.token_embedding(words)
        ahead = self.output(self.one_way("forward", x)[-1][:, :-1])
        behind = self.output(self.one_way("backward", x)[-1][:, 1:])
        return functional.cross_entropy(
            ahead.flatten(0, 1), words[:, 1:].flatten()
        ) + functional.cross_entropy(behind.flatten(0, 1), words[:, :-1].flatten())

    def decide(self, words: Tensor) -> Tensor:
        """Logits of displeased and pleased, from the mixed layers' mean over the words."""
        weights = self.mix.softmax(dim=0)
        mixed = self.scale * (weights[:, None, None, None] * self(words)).sum(dim=0)
        return self.pleased(mixed.mean(dim=1))


def sentences(rng: random.Random, index: dict[str, int], size: int, *, opinions: bool) -> list:
    """Sentences of one length, as (words, pleased)."""
    found: dict[int, list] = {}
    while True:
        if opinions or rng.random() < 0.4:
            words, pleased = opinion(rng)
        else:
            words, pleased = clause(rng).words, False
        rows = found.setdefault(len(words), [])
        rows.append(([index[word] for word in words], int(pleased)))
        if len(rows) == size:
            return rows


def main() -> None:
    """Train both parts, round, evaluate, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--hidden", type=int, default=12)
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    words = vocabulary()
    index = {word: i for i, word in enumerate(words)}
    model = TwoWay(len(words), options.hidden)
    reader = [p for n, p in model.named_parameters() if not n.startswith(("mix", "scale", "ple"))]
    chooser = [model.mix, model.scale, *model.pleased.parameters()]
    for parameters, opinions, steps in ((reader, False, options.steps), (chooser, True, 600)):
        optimiser = torch.optim.Adam(parameters, lr=0.01)
        for step in range(steps):
            rows = sentences(rng, index, 64, opinions=opinions)
            text = torch.tensor([row[0] for row in rows])
            if opinions:
                wanted = torch.tensor([row[1] for row in rows])
                loss = functional.cross_entropy(model.decide(text), wanted)
            else:
                loss = model.language_loss(text)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            if step % 300 == 299:
                print(f"step {step + 1}: loss {loss.item():.4f}", flush=True)
    for tensor in model.state_dict().values():
        tensor.copy_(tensor.half().float())
    right, count = 0, 0
    with torch.no_grad():
        for _ in range(20):
            rows = sentences(rng, index, 50, opinions=True)
            said = model.decide(torch.tensor([row[0] for row in rows])).argmax(dim=-1)
            right += int((said == torch.tensor([row[1] for row in rows])).sum())
            count += len(rows)
    result = {"pleased": right / count, "mix": model.mix.softmax(dim=0).tolist()}
    print(json.dumps(result), flush=True)
    arrays = {name: t.numpy().astype(np.float16) for name, t in model.state_dict().items()}
    save(WEIGHTS / "elmo.npz", arrays | {"vocabulary": np.array(words)})
    save_accuracy(WEIGHTS, {"elmo": result})
    said = torch.tensor([[index[word] for word in ["the", "song", "was", "not", "boring"]]])
    model = model.double()
    with torch.no_grad():
        layers, logits = model(said)[:, 0].numpy(), model.decide(said)[0].numpy()
    save(REFERENCE / "elmo.npz", {"words": said[0].numpy(), "layers": layers, "logits": logits})


if __name__ == "__main__":
    main()
