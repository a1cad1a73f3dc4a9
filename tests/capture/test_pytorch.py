"""Modules of one's own: the weights are PyTorch's own, and nothing is changed."""

from __future__ import annotations

import numpy as np
import pytest
import torch as pytorch
from torch import nn

from mlanim.capture import torch
from mlanim.errors import UsageError


@pytest.mark.parametrize("batch_first", [True, False])
@pytest.mark.parametrize("norm_first", [True, False])
def test_an_encoder_is_captured(batch_first, norm_first):
    pytorch.manual_seed(0)
    layer = nn.TransformerEncoderLayer(
        16, 4, 32, batch_first=batch_first, norm_first=norm_first, dropout=0.0
    )
    module = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False).eval()
    x = pytorch.randn(1, 5, 16) if batch_first else pytorch.randn(5, 1, 16)
    trace = torch(module, x)
    assert trace.attention.shape == (2, 4, 5, 5)
    assert trace.tokens == ("x1", "x2", "x3", "x4", "x5")
    rows = x[0] if batch_first else x[:, 0]
    np.testing.assert_allclose(trace.hidden_states[0], rows.numpy())
    with pytorch.no_grad():
        y = module(x)
        entered = module.layers[0].norm1(x) if norm_first else x
        weights = module.layers[0].self_attn(entered, entered, entered, average_attn_weights=False)
    np.testing.assert_allclose(trace.attention[0], weights[1][0].numpy(), atol=1e-6)
    last = y[0] if batch_first else y[:, 0]
    np.testing.assert_allclose(trace.hidden_states[-1], last.numpy(), atol=1e-5)
    assert not any(m._forward_hooks or m._forward_pre_hooks for m in module.modules())


def test_a_decoder_keeps_its_self_attention_only():
    module = nn.TransformerDecoder(nn.TransformerDecoderLayer(8, 2, 16, batch_first=True), 2)
    trace = torch(module, (pytorch.randn(1, 4, 8), pytorch.randn(1, 6, 8)), tokens=list("abcd"))
    assert trace.attention.shape == (2, 2, 4, 4)
    assert trace.tokens == tuple("abcd")


def test_what_has_no_attention_is_refused():
    with pytest.raises(UsageError, match="no self-attention"):
        torch(nn.Linear(3, 3), pytorch.randn(1, 3))


def test_names_must_be_as_many_as_positions():
    layer = nn.MultiheadAttention(8, 2, batch_first=True)
    x = pytorch.randn(1, 3, 8)
    with pytest.raises(UsageError, match="2 tokens for 3 positions"):
        torch(layer, (x, x, x), tokens=["a", "b"])
