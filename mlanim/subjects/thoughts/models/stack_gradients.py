"""The way back through a stack of layers: how a word's score changes with each token's vector.

Rumelhart et al. 1986, written out for the layers of `TokenStack`; tests compare it with finite
differences.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from mlanim.models.dot_product_attention import (
    MultiHeadTrace,
    MultiHeadWeights,
    causal_mask,
    join_heads,
    split_heads,
)
from mlanim.models.feed_forward import FeedForward, FeedForwardTrace
from mlanim.models.layer_norm import LayerNorm, layer_norm
from mlanim.models.token_stack import TokenStack
from mlanim.models.transformer_layer import EncoderLayer, EncoderTrace

__all__ = ["word_score"]

_EPSILON = 1e-5  # of the layer norm


def word_score(
    model: TokenStack, tokens: NDArray, position: int, word: int
) -> tuple[float, NDArray]:
    """The logit of a word at a position, and its gradient (T, d) by the token embeddings (T, d).

    Positions are added to the tokens here, as `TokenStack.run` does, and stay what they are.

    >>> from mlanim.models.language_model.language_model import load_language_model
    >>> model = load_language_model()
    >>> score, slope = word_score(model, model.token_embedding[[3, 1]], 1, 5)
    >>> bool(np.isclose(score, model.run([3, 1]).logits[1, 5])), slope.shape
    (True, (2, 48))
    """
    count = len(tokens)
    _, positions, kinds = model.embed([0] * count)
    mask = causal_mask(count) if model.causal else None
    x = tokens + positions + (0 if kinds is None else kinds)
    traces = []
    for layer in model.layers:
        traces.append(layer(x, mask=mask))
        x = traces[-1].output
    final, logits = model.read_out(x)
    slope = np.zeros_like(final)
    slope[position] = model.output[word]
    if model.norm is not None:
        slope = _through_norm(model.norm, x, slope)
    for layer, trace in zip(reversed(model.layers), reversed(traces), strict=True):
        slope = _through_layer(layer, trace, slope)
    return float(logits[position, word]), slope


def _through_layer(layer: EncoderLayer, trace: EncoderTrace, slope: NDArray) -> NDArray:
    """From the slope by what leaves a layer to the slope by what enters it."""
    fed, looked = trace.around_feed_forward, trace.around_attention
    if layer.norm_first:
        inner = _through_feed_forward(layer.feed_forward, trace.feed_forward, slope)
        slope = slope + _through_norm(layer.norms[1], fed.input, inner)
        inner = _through_attention(layer.self_attention, trace.attention, slope)
        return slope + _through_norm(layer.norms[0], looked.input, inner)
    slope = _through_norm(layer.norms[1], fed.added, slope)
    slope = slope + _through_feed_forward(layer.feed_forward, trace.feed_forward, slope)
    slope = _through_norm(layer.norms[0], looked.added, slope)
    return slope + _through_attention(layer.self_attention, trace.attention, slope)


def _through_norm(norm: LayerNorm, rows: NDArray, slope: NDArray) -> NDArray:
    """Mean and deviation depend on every number of the row, hence the two terms taken away."""
    normed = layer_norm(rows)
    inner = slope * norm.gain
    deviation = np.sqrt(rows.var(axis=-1, keepdims=True) + _EPSILON)
    along = (inner * normed).mean(axis=-1, keepdims=True)
    return (inner - inner.mean(axis=-1, keepdims=True) - normed * along) / deviation


def _through_attention(weights: MultiHeadWeights, trace: MultiHeadTrace, slope: NDArray) -> NDArray:
    """Through values, and through the softmax to queries and keys."""
    heads = split_heads(slope @ weights.out, weights.heads)
    by_weight = heads @ trace.values.swapaxes(-1, -2)
    values = trace.weights.swapaxes(-1, -2) @ heads
    met = (by_weight * trace.weights).sum(axis=-1, keepdims=True)
    scores = trace.weights * (by_weight - met) / np.sqrt(trace.queries.shape[-1])
    queries = scores @ trace.keys
    keys = scores.swapaxes(-1, -2) @ trace.queries
    return np.hstack([join_heads(part) for part in (queries, keys, values)]) @ weights.into


def _through_feed_forward(net: FeedForward, trace: FeedForwardTrace, slope: NDArray) -> NDArray:
    return (slope @ net.second * _SLOPES[net.activation](trace.before)) @ net.first


def _slope_of_gelu(x: NDArray) -> NDArray:
    from scipy.special import erf

    density = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    return 0.5 * (1 + erf(x / np.sqrt(2))) + x * density


def _slope_of_gelu_tanh(x: NDArray) -> NDArray:
    bent = np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))
    inner = np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * x**2)
    return 0.5 * (1 + bent) + 0.5 * x * (1 - bent**2) * inner


_SLOPES: Mapping[str, Callable[[NDArray], NDArray]] = {
    "relu": lambda x: (x > 0).astype(float),
    "gelu": _slope_of_gelu,
    "gelu_tanh": _slope_of_gelu_tanh,
}
