"""Sentences as integers, in batches of equal French length: no padding ever enters the encoder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from training.grammar import Sentence

START, END = "<start>", "<end>"
# Lengths of French sentences; accuracy is told for each bin.
BINS = ((3, 5), (6, 10), (11, 15), (16, 20), (21, 25), (26, 30), (31, 36))


@dataclass(frozen=True)
class Batch:
    """Sentences of one French length: source (b, n), inputs, targets and alignment (b, m).

    `inputs` begins with <start>; `targets` ends with <end>, then -1; <end> comes from the last
    French word.
    """

    source: Tensor
    inputs: Tensor
    targets: Tensor
    alignment: Tensor

    def __len__(self) -> int:
        return len(self.source)

    def rows(self, index: Tensor) -> Batch:
        """Some of the sentences, cut to the longest among them."""
        targets = self.targets[index]
        length = int((targets >= 0).sum(dim=1).max())
        return Batch(
            self.source[index],
            self.inputs[index, :length],
            targets[:, :length],
            self.alignment[index, :length],
        )


class Vocabulary:
    """Words to integers, by their order in `words`."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = list(words)
        self.index = {word: index for index, word in enumerate(self.words)}

    def __len__(self) -> int:
        return len(self.words)

    def encode(self, words: Sequence[str]) -> list[int]:
        """Words to integers; KeyError for one that is not known."""
        return [self.index[word] for word in words]


def by_length(
    sentences: Sequence[Sentence], source: Vocabulary, target: Vocabulary
) -> dict[int, Batch]:
    """One Batch for each French length that occurs, shortest first."""
    groups = defaultdict(list)
    for sentence in sentences:
        groups[len(sentence.source)].append(sentence)
    return {n: encode(groups[n], source, target) for n in sorted(groups)}


def encode(sentences: Sequence[Sentence], source: Vocabulary, target: Vocabulary) -> Batch:
    """Sentences of one French length as integers."""
    longest = max(len(sentence.target) for sentence in sentences) + 1

    def padded(row: list[int], fill: int) -> list[int]:
        return row + [fill] * (longest - len(row))

    sources, inputs, targets, alignment = [], [], [], []
    for sentence in sentences:
        english = target.encode(sentence.target)
        sources.append(source.encode(sentence.source))
        inputs.append(padded([target.index[START], *english], target.index[END]))
        targets.append(padded([*english, target.index[END]], -1))
        alignment.append(padded([*sentence.alignment, len(sentence.source) - 1], 0))
    return Batch(*(torch.tensor(rows) for rows in (sources, inputs, targets, alignment)))
