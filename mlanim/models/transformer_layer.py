"""The two layers that transformers are stacks of, each with all that it computes by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from numpy.typing import ArrayLike, NDArray

from mlanim.models.dot_product_attention import MultiHeadTrace, MultiHeadWeights, multi_head
from mlanim.models.feed_forward import FeedForward, FeedForwardTrace
from mlanim.models.layer_norm import LayerNorm

__all__ = ["DecoderLayer", "DecoderTrace", "EncoderLayer", "EncoderTrace", "ResidualTrace"]

T = TypeVar("T", MultiHeadTrace, FeedForwardTrace)


@dataclass(frozen=True)
class ResidualTrace:
    """What happens around a sublayer; all (T, d).

    Norm last (Vaswani et al. 2017): `entered` is x, `added` x + sublayer(x), `output` its norm.
    Norm first (GPT-2): `entered` is norm(x), `added` and `output` are x + sublayer(norm(x)).
    """

    input: NDArray
    entered: NDArray
    added: NDArray
    output: NDArray


@dataclass(frozen=True)
class EncoderTrace:
    """One encoder layer, or one layer of a decoder-only model."""

    input: NDArray  # (T, d)
    attention: MultiHeadTrace
    around_attention: ResidualTrace
    feed_forward: FeedForwardTrace
    around_feed_forward: ResidualTrace

    @property
    def output(self) -> NDArray:
        """What the next layer takes, (T, d)."""
        return self.around_feed_forward.output


@dataclass(frozen=True)
class DecoderTrace:
    """One decoder layer: masked self-attention, attention over the encoder, feed-forward."""

    input: NDArray  # (T, d)
    self_attention: MultiHeadTrace
    around_self_attention: ResidualTrace
    cross_attention: MultiHeadTrace  # its keys and values are made of the encoder's output
    around_cross_attention: ResidualTrace
    feed_forward: FeedForwardTrace
    around_feed_forward: ResidualTrace

    @property
    def output(self) -> NDArray:
        """What the next layer takes, (T, d)."""
        return self.around_feed_forward.output


def _around(
    sublayer: Callable[[NDArray], T], norm: LayerNorm, x: NDArray, norm_first: bool
) -> tuple[T, ResidualTrace]:
    """A sublayer with its residual connection and its norm."""
    entered = norm(x) if norm_first else x
    inner = sublayer(entered)
    added = x + inner.output
    return inner, ResidualTrace(x, entered, added, added if norm_first else norm(added))


@dataclass(frozen=True)
class EncoderLayer:
    """Self-attention, then feed-forward, as PyTorch's TransformerEncoderLayer names its parts."""

    self_attention: MultiHeadWeights
    feed_forward: FeedForward
    norms: tuple[LayerNorm, LayerNorm]
    norm_first: bool

    @classmethod
    def of(
        cls,
        arrays: Mapping[str, NDArray],
        prefix: str,
        *,
        heads: int,
        norm_first: bool = False,
        activation: str = "relu",
    ) -> EncoderLayer:
        """Read it by PyTorch's names, such as prefix "encoder.layers.0."."""
        return cls(
            MultiHeadWeights.of(arrays, f"{prefix}self_attn.", heads),
            FeedForward.of(arrays, prefix, activation),
            (LayerNorm.of(arrays, f"{prefix}norm1."), LayerNorm.of(arrays, f"{prefix}norm2.")),
            norm_first,
        )

    def __call__(self, x: NDArray, *, mask: ArrayLike | None = None) -> EncoderTrace:
        """Run (T, d); `mask` (T, T) is False where a position may not look."""
        attention, residual = _around(
            lambda rows: multi_head(self.self_attention, rows, mask=mask),
            self.norms[0],
            x,
            self.norm_first,
        )
        fed, after = _around(self.feed_forward, self.norms[1], residual.output, self.norm_first)
        return EncoderTrace(x, attention, residual, fed, after)


@dataclass(frozen=True)
class DecoderLayer:
    """As PyTorch's TransformerDecoderLayer names its parts."""

    self_attention: MultiHeadWeights
    cross_attention: MultiHeadWeights
    feed_forward: FeedForward
    norms: tuple[LayerNorm, LayerNorm, LayerNorm]
    norm_first: bool

    @classmethod
    def of(
        cls,
        arrays: Mapping[str, NDArray],
        prefix: str,
        *,
        heads: int,
        norm_first: bool = False,
        activation: str = "relu",
    ) -> DecoderLayer:
        """Read it by PyTorch's names, such as prefix "decoder.layers.0."."""
        first, second, third = (LayerNorm.of(arrays, f"{prefix}norm{i}.") for i in (1, 2, 3))
        return cls(
            MultiHeadWeights.of(arrays, f"{prefix}self_attn.", heads),
            MultiHeadWeights.of(arrays, f"{prefix}multihead_attn.", heads),
            FeedForward.of(arrays, prefix, activation),
            (first, second, third),
            norm_first,
        )

    def __call__(
        self, x: NDArray, memory: NDArray, *, mask: ArrayLike | None = None
    ) -> DecoderTrace:
        """Run (T, d) over the encoder's output (S, d); `mask` (T, T) is for the self-attention."""
        first, second, third = self.norms
        own, after_own = _around(
            lambda rows: multi_head(self.self_attention, rows, mask=mask), first, x, self.norm_first
        )
        cross, after_cross = _around(
            lambda rows: multi_head(self.cross_attention, rows, memory),
            second,
            after_own.output,
            self.norm_first,
        )
        fed, after = _around(self.feed_forward, third, after_cross.output, self.norm_first)
        return DecoderTrace(x, own, after_own, cross, after_cross, fed, after)
