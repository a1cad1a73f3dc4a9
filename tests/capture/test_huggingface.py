"""Random models built from a config, nothing downloaded: what is captured is what they computed."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertForMaskedLM, BertModel, GPT2Config, GPT2LMHeadModel

from mlanim.capture import huggingface, read_trace
from mlanim.errors import UsageError
from mlanim.models.captured import CapturedTrace

WORDS = 11  # of the tokenizer
TEXT = "the cat sat on the mat"


def gpt2() -> GPT2LMHeadModel:
    return GPT2LMHeadModel(
        GPT2Config(vocab_size=WORDS, n_positions=80, n_embd=24, n_layer=3, n_head=4)
    )


def bert(kind=BertForMaskedLM):
    config = BertConfig(
        vocab_size=WORDS,
        hidden_size=24,
        num_hidden_layers=2,
        num_attention_heads=3,
        intermediate_size=32,
        max_position_embeddings=80,
    )
    return kind(config)


@pytest.mark.parametrize("suffix", [".npz", ".safetensors"])
def test_a_gpt2_is_captured_whole(tmp_path, tokenizer, suffix):
    model = gpt2()
    trace = huggingface(model, tokenizer, TEXT, tmp_path / f"gpt2{suffix}")
    assert trace.tokens == tuple(TEXT.split())
    assert trace.attention.shape == (3, 4, 6, 6)
    assert trace.hidden_states.shape == (4, 6, 24)
    assert trace.vocabulary == tokenizer.words
    assert (np.triu(trace.attention, 1) == 0).all()  # it is causal
    model.eval()
    with torch.no_grad():
        wanted = model(**tokenizer(TEXT, return_tensors="pt")).logits[0].numpy()
    np.testing.assert_allclose(trace.logits, wanted, atol=1e-5)
    np.testing.assert_allclose(read_trace(tmp_path / f"gpt2{suffix}").logits, wanted, atol=1e-5)


def test_a_bert_is_captured_and_left_as_it_was(tokenizer):
    model = bert()
    model.train()
    before = model.config._attn_implementation
    trace = huggingface(model, tokenizer, TEXT)
    assert trace.attention.shape == (2, 3, 6, 6)
    assert (np.triu(trace.attention, 1) > 0).any()
    assert model.training
    assert model.config._attn_implementation == before


def test_a_bare_encoder_has_no_logits(tokenizer):
    trace = huggingface(bert(BertModel), tokenizer, TEXT)
    assert isinstance(trace, CapturedTrace)
    assert trace.logits is None and trace.vocabulary is None


def test_too_long_a_text_is_refused(tokenizer):
    with pytest.raises(UsageError, match="70 tokens"):
        huggingface(gpt2(), tokenizer, "cat " * 70)
