"""Models of many kinds, random and tiny: each a trace, or a line with the true reason."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import transformers as library

from mlanim.capture import huggingface
from mlanim.errors import MlanimError, UsageError

TEXT = "the cat sat on the mat"
BERT = {
    "vocab_size": 11,
    "hidden_size": 16,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "intermediate_size": 24,
}
LLAMA = {**BERT, "num_key_value_heads": 2}
BART = {
    "vocab_size": 11,
    "d_model": 16,
    "encoder_layers": 2,
    "decoder_layers": 1,
    "encoder_attention_heads": 4,
    "decoder_attention_heads": 2,
    "encoder_ffn_dim": 24,
    "decoder_ffn_dim": 24,
    "pad_token_id": 0,
    "decoder_start_token_id": 0,
}
T5 = {"vocab_size": 11, "d_model": 16, "d_ff": 24, "num_layers": 2, "num_heads": 4, "d_kv": 4}


def made(name: str, kind: str = "ForCausalLM", **settings):
    torch.manual_seed(0)
    config = getattr(library, f"{name}Config")(**settings)
    return getattr(library, f"{name}{kind}")(config).eval()


@pytest.mark.parametrize(
    ("name", "kind", "settings"),
    [
        ("T5", "ForConditionalGeneration", T5),
        ("Bart", "ForConditionalGeneration", BART),
        ("Marian", "MTModel", BART),
    ],
)
def test_of_an_encoder_decoder_the_encoder_is_captured(tokenizer, capsys, name, kind, settings):
    model = made(name, kind, **settings)
    trace = huggingface(model, tokenizer, TEXT)
    assert trace.attention.shape == (2, 4, 6, 6)
    assert trace.hidden_states.shape == (3, 6, 16)
    with torch.no_grad():
        wanted = model.get_encoder()(tokenizer(TEXT, return_tensors="pt")["input_ids"])[0][0]
    np.testing.assert_allclose(trace.hidden_states[-1], wanted.numpy(), atol=1e-5)
    assert "its encoder's trace" in capsys.readouterr().err


HYBRID = {"attn_layer_period": 2, "attn_layer_offset": 1, "expert_layer_period": 2}
MAMBA = {"num_experts": 2, "mamba_d_state": 4, "mamba_dt_rank": 4, "pad_token_id": 0}


@pytest.mark.parametrize(
    ("name", "settings", "reason"),
    [
        (
            "GptOss",
            {**LLAMA, "head_dim": 4, "num_local_experts": 2, "num_experts_per_tok": 1},
            "attention sinks",
        ),
        ("Jamba", {**LLAMA, **HYBRID, **MAMBA}, "only 1 of the 2 layers"),
        (
            "Mamba",
            {"vocab_size": 11, "hidden_size": 16, "num_hidden_layers": 2, "state_size": 4},
            "MambaForCausalLM has none",
        ),
    ],
)
def test_attention_that_cannot_be_shown_is_left_out_with_the_reason(
    tokenizer, capsys, name, settings, reason
):
    trace = huggingface(made(name, **settings), tokenizer, TEXT)
    assert trace.attention is None
    assert trace.hidden_states.shape[0] == 3 and trace.logits.shape == (6, 11)
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1 and "left out attention" in said[0] and reason in said[0]


def test_a_sliding_window_is_in_the_weights(tokenizer):
    trace = huggingface(made("Mistral", **LLAMA, sliding_window=3), tokenizer, TEXT)
    assert (trace.attention[..., 5, :3] == 0).all() and (trace.attention[..., 5, 3:] > 0).all()


@pytest.mark.parametrize("precision", [torch.float16, torch.bfloat16])
def test_half_precision(tokenizer, precision):
    model = made("Llama", **LLAMA).to(precision)
    assert huggingface(model, tokenizer, TEXT).attention.shape == (2, 4, 6, 6)


def test_labels_are_no_words(tokenizer, capsys):
    trace = huggingface(made("Bert", "ForTokenClassification", **BERT), tokenizer, TEXT)
    assert trace.logits is None and trace.vocabulary is None
    assert "2 labels, not of words" in capsys.readouterr().err


class Wrapper(torch.nn.Module):
    """As adapters wrap a model: what it does not know, it asks of the model inside."""

    def __init__(self, inside):
        super().__init__()
        self.inside = inside

    def __getattr__(self, name):
        try:
            return super().__getattr__(name)
        except AttributeError:
            return getattr(self.inside, name)

    def forward(self, *given, **named):
        return self.inside(*given, **named)


class Failing(library.LlamaForCausalLM):
    def forward(self, *given, **named):
        raise RuntimeError("no memory\nat all")


def broken():
    model = made("Llama", **LLAMA)
    model.lm_head.weight.data.fill_(float("nan"))
    return model


def half_training():
    model = made("Llama", **LLAMA).train()
    model.model.layers[0].eval()
    model.gradient_checkpointing_enable()
    return model


def with_sdpa():
    model = made("Llama", **LLAMA)
    model.set_attn_implementation("sdpa")
    return model


WAYS = {
    "plain": lambda: made("Llama", **LLAMA),
    "sdpa": with_sdpa,
    "half in training": half_training,
    "wrapped": lambda: Wrapper(made("Llama", **LLAMA)),
    "compiled": lambda: torch.compile(made("Llama", **LLAMA)),
    "parallel": lambda: torch.nn.DataParallel(made("Llama", **LLAMA)),
    "encoder-decoder": lambda: made("T5", "ForConditionalGeneration", **T5).train(),
    "failing": lambda: Failing(library.LlamaConfig(**LLAMA)).train(),
    "NaN": broken,
}


def state(model) -> list:
    return [
        (
            part.training,
            len(part._forward_hooks),
            len(part._forward_pre_hooks),
            getattr(getattr(part, "config", None), "_attn_implementation", None),
        )
        for part in model.modules()
    ]


@pytest.mark.parametrize("way", WAYS)
def test_the_model_is_given_back_as_it_was(tokenizer, way):
    model = WAYS[way]()
    before = state(model)
    for _ in range(2):  # and it can be captured again
        try:
            trace = huggingface(model, tokenizer, TEXT)
        except MlanimError as error:
            assert way in ("failing", "NaN") and "\n" not in str(error)
        else:
            assert trace.attention is not None and trace.hidden_states is not None
        assert state(model) == before


def test_a_model_that_fails_says_why_in_one_line(tokenizer):
    with pytest.raises(MlanimError, match="Failing failed on this text: RuntimeError: no memory"):
        huggingface(WAYS["failing"](), tokenizer, TEXT)


def test_values_that_are_not_finite_are_refused(tokenizer):
    with pytest.raises(UsageError, match="LlamaForCausalLM gives NaN or infinite logits"):
        huggingface(broken(), tokenizer, TEXT)


def test_another_models_tokenizer_is_refused(tokenizer):
    model = made("Llama", **{**LLAMA, "vocab_size": 5})
    with pytest.raises(UsageError, match="token 8 and the model knows 5"):
        huggingface(model, tokenizer, TEXT)


def test_what_reads_no_text_is_refused(tokenizer):
    settings = {k: v for k, v in BERT.items() if k != "vocab_size"}
    with pytest.raises(UsageError, match="reads pixel_values"):
        huggingface(made("ViT", "Model", **settings), tokenizer, TEXT)
