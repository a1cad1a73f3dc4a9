"""Nouns: groups of shapes with named parts, drawn from arrays.

tensors     TensorBox, TokenRow
attention   AttentionArrows, AttentionMatrix, SoftmaxBars
networks    Block, Stack, RNNCell, UnrolledRNN
text        Label, Number, Formula, format_number
layout      Area

Names are imported on first use, so that looking one up does not wait for all of Manim's.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "Area": "area",
    "AttentionArrows": "attention_arrows",
    "AttentionMatrix": "attention_matrix",
    "Block": "block",
    "Formula": "text",
    "Label": "text",
    "Number": "text",
    "RNNCell": "rnn_cell",
    "SoftmaxBars": "softmax_bars",
    "Stack": "block",
    "TensorBox": "tensor_box",
    "Token": "token_row",
    "TokenRow": "token_row",
    "UnrolledRNN": "unrolled_rnn",
    "format_number": "text",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'mlanim.primitives' has no attribute {name!r}")
    return getattr(import_module(f"mlanim.primitives.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
