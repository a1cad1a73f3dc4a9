"""A stack of PyTorch's encoder layers over tokens; `mlanim.models.token_stack` in NumPy."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn


class TokenStackNetwork(nn.Module):
    """Tokens (batch, T) to the last rows (batch, T, d); the output is tied to the embedding."""

    def __init__(
        self,
        words: int,
        *,
        longest: int,
        width: int,
        heads: int,
        layers: int,
        hidden: int,
        causal: bool,
        segments: int = 0,
        classes: dict[str, int] | None = None,
    ) -> None:
        super().__init__()
        self.heads, self.causal = heads, causal
        self.token_embedding = nn.Embedding(words, width)
        self.position_embedding = nn.Embedding(longest, width)
        tables = [self.token_embedding, self.position_embedding]
        if segments:
            self.segment_embedding = nn.Embedding(segments, width)
            tables.append(self.segment_embedding)
        for table in tables:
            nn.init.normal_(table.weight, std=0.1)
        layer = nn.TransformerEncoderLayer(
            width, heads, hidden, 0.0, "gelu", batch_first=True, norm_first=causal
        )
        self.encoder = nn.TransformerEncoder(layer, layers, enable_nested_tensor=False)
        self.norm = nn.LayerNorm(width) if causal else None
        self.output = nn.Linear(width, words)
        self.output.weight = self.token_embedding.weight
        for name, count in (classes or {}).items():
            setattr(self, name, nn.Linear(width, count))

    def forward(
        self, words: Tensor, segments: Tensor | None = None, padding: Tensor | None = None
    ) -> Tensor:
        """What the output layer reads; `padding` (batch, T) is True where there is no token."""
        count = words.shape[1]
        x = self.token_embedding(words) + self.position_embedding(torch.arange(count))
        if segments is not None:
            x = x + self.segment_embedding(segments)
        mask = torch.ones(count, count, dtype=torch.bool).triu(1) if self.causal else None
        x = self.encoder(x, mask=mask, src_key_padding_mask=padding)
        return x if self.norm is None else self.norm(x)

    def arrays(self, vocabulary: list[str]) -> dict[str, np.ndarray]:
        """The weights as float16 by PyTorch's names, and what the NumPy model must know besides."""
        named = {n: t.numpy().astype(np.float16) for n, t in self.state_dict().items()}
        del named["output.weight"]  # the token embedding's
        return named | {
            "vocabulary": np.array(vocabulary),
            "heads": np.array(self.heads),
            "norm_first": np.array(self.causal),
            "activation": np.array("gelu"),
        }

    def round_to_half(self) -> None:
        """Use the weights that are shipped: float16, though computed with in more precision."""
        for tensor in self.state_dict().values():
            tensor.copy_(tensor.half().float())


def reference(model: TokenStackNetwork, words: Tensor, segments: Tensor | None = None) -> dict:
    """What PyTorch computes for one sequence in double precision: each layer, weights, logits."""
    model = model.double()
    found: dict[str, Tensor] = {}
    hooks = []
    torch.backends.mha.set_fastpath_enabled(False)
    for number, layer in enumerate(model.encoder.layers):

        def ask(module, given, options):
            return given, options | {"need_weights": True, "average_attn_weights": False}

        def keep(module, given, result, number=number):
            found[f"weights_{number}"] = result[1][0]

        def output(module, given, result, number=number):
            found[f"layer_{number}"] = result[0]

        hooks += [
            layer.self_attn.register_forward_pre_hook(ask, with_kwargs=True),
            layer.self_attn.register_forward_hook(keep),
            layer.register_forward_hook(output),
        ]
    with torch.no_grad():
        rows = model(words[None], None if segments is None else segments[None])
        found["logits"] = model.output(rows)[0]
    for hook in hooks:
        hook.remove()
    arrays = {name: tensor.numpy() for name, tensor in found.items()}
    arrays["words"] = words.numpy()
    if segments is not None:
        arrays["segments"] = segments.numpy()
    return arrays
