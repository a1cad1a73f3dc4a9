"""The encoder-decoder transformer in PyTorch's own layers.

`mlanim.subjects.transformer.models.transformer` is the same in NumPy.
"""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor, nn

WORDS = ("source_embedding", "target_embedding")


class TranslationTransformer(nn.Module):
    """Source words (batch, n) and decoder inputs (batch, m) to logits (batch, m, words)."""

    def __init__(
        self, source: int, target: int, *, width: int, heads: int, layers: int, hidden: int
    ) -> None:
        super().__init__()
        self.width, self.heads = width, heads
        self.source_embedding = nn.Embedding(source, width)
        self.target_embedding = nn.Embedding(target, width)
        for name in WORDS:  # multiplied by sqrt(width) when read
            nn.init.normal_(getattr(self, name).weight, std=width**-0.5)
        style = {"dropout": 0.0, "batch_first": True}
        self.encoder = nn.TransformerEncoder(
            nn.TransformerEncoderLayer(width, heads, hidden, **style), layers
        )
        self.decoder = nn.TransformerDecoder(
            nn.TransformerDecoderLayer(width, heads, hidden, **style), layers
        )
        self.output = nn.Linear(width, target)

    def embed(self, table: nn.Embedding, words: Tensor) -> Tensor:
        """Embeddings times sqrt(d), plus the paper's sines and cosines."""
        count, width = words.shape[1], self.width
        weight = table.weight
        pair = torch.arange(width // 2, dtype=weight.dtype)
        angle = torch.arange(count, dtype=weight.dtype)[:, None] / 10000 ** (2 * pair / width)
        codes = torch.stack([angle.sin(), angle.cos()], dim=2).reshape(count, width)
        return table(words) * math.sqrt(width) + codes

    def decode(self, words: Tensor, memory: Tensor) -> Tensor:
        """Decoder inputs and the encoder's output to logits."""
        mask = torch.ones(words.shape[1], words.shape[1], dtype=torch.bool).triu(1)
        embedded = self.embed(self.target_embedding, words)
        return self.output(self.decoder(embedded, memory, tgt_mask=mask))

    def encode(self, source: Tensor) -> Tensor:
        """The encoder's output (batch, n, d)."""
        return self.encoder(self.embed(self.source_embedding, source))

    def forward(self, source: Tensor, words: Tensor) -> Tensor:
        """Logits, for words that are known beforehand."""
        return self.decode(words, self.encode(source))

    @torch.no_grad()
    def translate(self, source: Tensor, *, start: int, end: int, longest: int) -> Tensor:
        """Greedy words (batch, longest), `end` repeated at the end."""
        memory = self.encode(source)
        words = torch.full((len(source), 1), start)
        ended = torch.zeros(len(source), 1, dtype=torch.bool)
        for _ in range(longest):
            word = self.decode(words, memory)[:, -1:].argmax(dim=-1).masked_fill(ended, end)
            ended = ended | (word == end)
            words = torch.cat([words, word], dim=1)
        return words[:, 1:]

    def arrays(self) -> dict[str, np.ndarray]:
        """The weights as float16, by PyTorch's names."""
        return {name: t.numpy().astype(np.float16) for name, t in self.state_dict().items()}

    def round_to_half(self) -> None:
        """Use the weights that are shipped: float16, though computed with in more precision."""
        for tensor in self.state_dict().values():
            tensor.copy_(tensor.half().float())
