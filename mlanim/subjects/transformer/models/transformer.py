"""The transformer of "Attention is all you need", small enough to be drawn whole.

An encoder stack and a decoder stack (Vaswani et al. 2017, figure 1), trained on the same French
sentences as the recurrent models; `translate_transformer` keeps all that a translation computed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.models.dot_product_attention import causal_mask
from mlanim.models.positions import sinusoidal
from mlanim.models.softmax import softmax
from mlanim.models.token_stack import read_tokens
from mlanim.models.tokens import detokenise, tokenise
from mlanim.models.trace import END, START
from mlanim.models.transformer_layer import DecoderLayer, DecoderTrace, EncoderLayer, EncoderTrace
from mlanim.models.weights import load_arrays

__all__ = [
    "Transformer",
    "TransformerTrace",
    "load_transformer",
    "translate_transformer",
]

LONGEST = 36  # French words, as in training


@dataclass(frozen=True)
class TransformerTrace:
    """One translation of n source words to m target words; width d, H heads, V target words.

    The decoder's arrays are those of one pass over all m inputs; since it is masked, row t is what
    step t computed when the words after it were not known yet.
    """

    source_tokens: tuple[str, ...]  # n
    source_embeddings: NDArray  # (n, d)
    source_positions: NDArray  # (n, d)
    encoder: tuple[EncoderTrace, ...]
    memory: NDArray  # (n, d): the last encoder's output, which goes to every decoder layer
    target_tokens: tuple[str, ...]  # m, the last one "<end>"
    decoder_inputs: tuple[str, ...]  # m: "<start>", then the target tokens before the last
    target_embeddings: NDArray  # (m, d)
    target_positions: NDArray  # (m, d)
    decoder: tuple[DecoderTrace, ...]
    logits: NDArray  # (m, V)

    @property
    def probabilities(self) -> NDArray:
        """Of each word at each step, (m, V); rows sum to 1."""
        return softmax(self.logits)

    @property
    def spoken(self) -> tuple[str, ...]:
        """The target words without "<end>"."""
        return tuple(token for token in self.target_tokens if token != END)

    @property
    def translation(self) -> str:
        """The target words as text."""
        return detokenise(self.spoken)


@dataclass(frozen=True)
class Transformer:
    """A trained encoder-decoder; embeddings are multiplied by sqrt(d), as in section 3.4."""

    source_words: tuple[str, ...]
    target_words: tuple[str, ...]
    source_embedding: NDArray  # (known source words, d)
    target_embedding: NDArray  # (V, d)
    encoder: tuple[EncoderLayer, ...]
    decoder: tuple[DecoderLayer, ...]
    output: NDArray  # (V, d)
    output_bias: NDArray  # (V,)

    @classmethod
    def of(cls, arrays: Mapping[str, Any]) -> Transformer:
        """Build it of arrays by PyTorch's names, with the scalar `heads` and the two word lists."""
        heads = int(arrays["heads"])

        def count(kind: str) -> int:
            return 1 + max(int(k.split(".")[2]) for k in arrays if k.startswith(f"{kind}.layers."))

        return cls(
            source_words=tuple(arrays["source_words"].tolist()),
            target_words=tuple(arrays["target_words"].tolist()),
            source_embedding=arrays["source_embedding.weight"],
            target_embedding=arrays["target_embedding.weight"],
            encoder=tuple(
                EncoderLayer.of(arrays, f"encoder.layers.{n}.", heads=heads)
                for n in range(count("encoder"))
            ),
            decoder=tuple(
                DecoderLayer.of(arrays, f"decoder.layers.{n}.", heads=heads)
                for n in range(count("decoder"))
            ),
            output=arrays["output.weight"],
            output_bias=arrays["output.bias"],
        )

    @property
    def width(self) -> int:
        """d."""
        return self.source_embedding.shape[1]

    @property
    def heads(self) -> int:
        """H."""
        return self.encoder[0].self_attention.heads

    @cached_property
    def source_index(self) -> Mapping[str, int]:
        """Source words to their row in `source_embedding`."""
        return {word: i for i, word in enumerate(self.source_words)}

    def embed(self, table: NDArray, words: Sequence[int]) -> tuple[NDArray, NDArray]:
        """Embeddings of words, times sqrt(d), and the positional codes to add, both (T, d)."""
        return table[list(words)] * np.sqrt(self.width), sinusoidal(len(words), self.width)

    def encode(self, words: Sequence[int]) -> list[EncoderTrace]:
        """Source words to what each encoder layer computed."""
        embeddings, positions = self.embed(self.source_embedding, words)
        x, traces = embeddings + positions, []
        for layer in self.encoder:
            traces.append(layer(x))
            x = traces[-1].output
        return traces

    def decode(self, words: Sequence[int], memory: NDArray) -> tuple[list[DecoderTrace], NDArray]:
        """Target words so far to what each decoder layer computed, and the logits (T, V)."""
        embeddings, positions = self.embed(self.target_embedding, words)
        x, traces = embeddings + positions, []
        for layer in self.decoder:
            traces.append(layer(x, memory, mask=causal_mask(len(words))))
            x = traces[-1].output
        return traces, x @ self.output.T + self.output_bias


def load_transformer() -> Transformer:
    """The trained translation model.

    >>> model = load_transformer()
    >>> model.width, len(model.encoder), model.heads
    (32, 2, 4)
    """
    return Transformer.of(load_arrays(__package__, "transformer"))


def read_source(model: Transformer, source: str) -> tuple[tuple[str, ...], list[int]]:
    """A French sentence to its words and their indices.

    Raises UsageError for an empty or too long sentence and for an unknown word.

    >>> read_source(load_transformer(), "je suis étudiant")[0]
    ('je', 'suis', 'étudiant')
    """
    tokens = tokenise(source)
    if not 1 <= len(tokens) <= LONGEST:
        raise UsageError(f"a sentence of {len(tokens)} words", f"1 to {LONGEST} are allowed")
    return tokens, read_tokens(tokens, model.source_index)


def translate_transformer(model: Transformer, source: str) -> TransformerTrace:
    """Translate a French sentence greedily and keep everything that was computed on the way.

    Raises UsageError as `read_source` does.

    >>> translate_transformer(load_transformer(), "je suis étudiant").translation
    'I am a student'
    """
    tokens, words = read_source(model, source)
    encoder = model.encode(words)
    memory = encoder[-1].output
    start, end = model.target_words.index(START), model.target_words.index(END)
    inputs = [start]
    while True:
        decoder, logits = model.decode(inputs, memory)
        word = int(logits[-1].argmax())
        if word == end or len(inputs) == 2 * len(words) + 4:
            break
        inputs.append(word)
    source_embeddings, source_positions = model.embed(model.source_embedding, words)
    target_embeddings, target_positions = model.embed(model.target_embedding, inputs)
    said = tuple(model.target_words[i] for i in inputs)
    return TransformerTrace(
        source_tokens=tokens,
        source_embeddings=source_embeddings,
        source_positions=source_positions,
        encoder=tuple(encoder),
        memory=memory,
        target_tokens=(*said[1:], model.target_words[word]),
        decoder_inputs=said,
        target_embeddings=target_embeddings,
        target_positions=target_positions,
        decoder=tuple(decoder),
        logits=logits,
    )
