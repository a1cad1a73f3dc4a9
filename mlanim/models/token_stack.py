"""Models that are one stack of layers over tokens: causal ones (GPT-2) and masked ones (BERT)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.models.dot_product_attention import causal_mask
from mlanim.models.layer_norm import LayerNorm
from mlanim.models.positions import sinusoidal
from mlanim.models.softmax import softmax
from mlanim.models.tokens import nearest_words
from mlanim.models.transformer_layer import EncoderLayer, EncoderTrace

__all__ = ["StackTrace", "TokenStack", "read_tokens"]


@dataclass(frozen=True)
class StackTrace:
    """One pass over T tokens: L layers, H heads, width d, V words."""

    tokens: tuple[str, ...]
    token_embeddings: NDArray  # (T, d)
    position_codes: NDArray  # (T, d)
    segment_codes: NDArray | None  # (T, d)
    embeddings: NDArray  # (T, d): their sum, which enters the first layer
    layers: tuple[EncoderTrace, ...]
    final: NDArray  # (T, d): what the output layer reads (normed where the model ends so)
    logits: NDArray  # (T, V)

    @property
    def attention(self) -> NDArray:
        """The weights of all heads of all layers, (L, H, T, T)."""
        return np.stack([layer.attention.weights for layer in self.layers])

    @property
    def hidden_states(self) -> NDArray:
        """What enters the first layer, then what leaves each, (L + 1, T, d)."""
        return np.stack([self.embeddings, *(layer.output for layer in self.layers)])

    @property
    def probabilities(self) -> NDArray:
        """For each position, of each word, (T, V); rows sum to 1."""
        return softmax(self.logits)


@dataclass(frozen=True)
class TokenStack:
    """A trained stack; `causal` means that a position sees itself and those before it only."""

    vocabulary: tuple[str, ...]
    token_embedding: NDArray  # (V, d)
    position_embedding: NDArray | None  # (longest, d); None: sinusoidal codes
    segment_embedding: NDArray | None  # (segments, d)
    layers: tuple[EncoderLayer, ...]
    norm: LayerNorm | None
    output: NDArray  # (V, d); the token embedding itself where the two are tied
    output_bias: NDArray  # (V,)
    causal: bool

    @classmethod
    def of(cls, arrays: Mapping[str, Any], *, causal: bool) -> TokenStack:
        """Build it of arrays by PyTorch's names; the scalars `heads`, `norm_first`, `activation`.

        Also read: `vocabulary` (text), `token_embedding.weight`, `position_embedding.weight` and
        `segment_embedding.weight` if there, `encoder.layers.N.*`, `norm.*` if there,
        `output.weight` and `output.bias` if there (else tied, and 0).
        """
        tokens = arrays["token_embedding.weight"]
        count = 1 + max(int(k.split(".")[2]) for k in arrays if k.startswith("encoder.layers."))
        style: dict[str, Any] = {
            "heads": int(arrays["heads"]),
            "norm_first": bool(arrays["norm_first"]),
            "activation": str(arrays["activation"]),
        }
        return cls(
            vocabulary=tuple(np.asarray(arrays["vocabulary"]).tolist()),
            token_embedding=tokens,
            position_embedding=arrays.get("position_embedding.weight"),
            segment_embedding=arrays.get("segment_embedding.weight"),
            layers=tuple(
                EncoderLayer.of(arrays, f"encoder.layers.{n}.", **style) for n in range(count)
            ),
            norm=LayerNorm.of(arrays, "norm.") if "norm.weight" in arrays else None,
            output=arrays.get("output.weight", tokens),
            output_bias=arrays.get("output.bias", np.zeros(len(tokens))),
            causal=causal,
        )

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Words to their row in `token_embedding`."""
        return {word: i for i, word in enumerate(self.vocabulary)}

    def embed(
        self, words: Sequence[int], *, start: int = 0, segments: Sequence[int] | None = None
    ) -> tuple[NDArray, NDArray, NDArray | None]:
        """Token embeddings, position codes from position `start` on, and segment codes, if any."""
        tokens = self.token_embedding[list(words)]
        end = start + len(words)
        if self.position_embedding is None:
            positions = sinusoidal(end, tokens.shape[1])[start:]
        elif end > len(self.position_embedding):
            longest = len(self.position_embedding)
            raise UsageError(f"{end} tokens", f"this model reads at most {longest}", "shorten it")
        else:
            positions = self.position_embedding[start:end]
        if self.segment_embedding is None:
            return tokens, positions, None
        return tokens, positions, self.segment_embedding[list(segments or [0] * len(words))]

    def read_out(self, rows: NDArray) -> tuple[NDArray, NDArray]:
        """The last layer's output (T, d) to what the output layer reads, and the logits (T, V)."""
        final = rows if self.norm is None else self.norm(rows)
        return final, final @ self.output.T + self.output_bias

    def run(self, words: Sequence[int], *, segments: Sequence[int] | None = None) -> StackTrace:
        """One pass over tokens given by their index, with all that it computed."""
        tokens, positions, kinds = self.embed(words, segments=segments)
        embeddings = tokens + positions + (0 if kinds is None else kinds)
        mask = causal_mask(len(words)) if self.causal else None
        x, traces = embeddings, []
        for layer in self.layers:
            traces.append(layer(x, mask=mask))
            x = traces[-1].output
        final, logits = self.read_out(x)
        said = tuple(self.vocabulary[word] for word in words)
        return StackTrace(said, tokens, positions, kinds, embeddings, tuple(traces), final, logits)


def read_tokens(words: Sequence[str], known: Mapping[str, int]) -> list[int]:
    """Words to their indices; an unknown one is answered with the nearest known ones (UsageError).

    >>> read_tokens(["to", "be"], {"be": 0, "to": 1})
    [1, 0]
    """
    for word in words:
        if word not in known:
            near = " or ".join(repr(other) for other in nearest_words(word, list(known)))
            raise UsageError(
                f"the model does not know the word {word!r}",
                f"did you mean {near}?",
                f"it knows {len(known)} words",
            )
    return [known[word] for word in words]
