"""Thoughts of random models of many kinds: what is captured is what they computed."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
import transformers as library
from click.testing import CliRunner

from mlanim.capture import huggingface
from mlanim.cli import cli
from mlanim.errors import UsageError
from mlanim.subjects.thoughts.models.thought_file import read_thoughts

TEXT = "the cat sat on the mat"
SIZES = {"vocab_size": 11, "num_hidden_layers": 2, "num_attention_heads": 4}
BERT = {**SIZES, "hidden_size": 16, "intermediate_size": 24}
MADE = {
    "gpt2": (
        "GPT2",
        "LMHeadModel",
        {"vocab_size": 11, "n_positions": 80, "n_embd": 16, "n_layer": 2, "n_head": 4},
    ),
    "llama": ("Llama", "ForCausalLM", {**BERT, "num_key_value_heads": 2}),
    "qwen": ("Qwen2", "ForCausalLM", {**BERT, "num_key_value_heads": 2}),
    "neox": ("GPTNeoX", "ForCausalLM", BERT),
    "bert": ("Bert", "ForMaskedLM", BERT),
    "t5": (
        "T5",
        "ForConditionalGeneration",
        {
            "vocab_size": 11,
            "d_model": 16,
            "d_ff": 24,
            "num_layers": 2,
            "num_heads": 4,
            "d_kv": 4,
            "decoder_start_token_id": 0,
        },
    ),
}
NOTHING = {"eos_token_id": None, "bos_token_id": None, "pad_token_id": 0}
CAUSAL = ("gpt2", "llama", "qwen", "neox")


def made(kind: str):
    torch.manual_seed(0)
    name, ending, settings = MADE[kind]
    config = getattr(library, f"{name}Config")(**{**settings, **NOTHING})
    model = getattr(library, f"{name}{ending}")(config).eval()
    with torch.no_grad():  # so that words differ in their scores
        for weights in model.parameters():
            if weights.ndim == 2 and kind != "t5":
                weights.mul_(4)
    return model


def sort_ranks(logits: torch.Tensor, words: list[int]) -> list[int]:
    order = np.argsort(-logits.float().numpy(), axis=1, kind="stable").tolist()
    return [row.index(word) + 1 for row, word in zip(order, words, strict=True)]


@pytest.mark.parametrize("kind", CAUSAL)
def test_a_causal_model_and_what_it_generates(tokenizer, tmp_path, capsys, kind):
    model = made(kind)
    path = tmp_path / f"{kind}.npz"
    found = huggingface(model, tokenizer, TEXT, path, thoughts=True, generate=3, ask=["dog", "."])
    assert "left out" not in capsys.readouterr().err
    ids = tokenizer(TEXT, return_tensors="pt")["input_ids"]
    with torch.no_grad():
        for _ in range(3):
            best = model(ids).logits[0, -1].argmax()
            ids = torch.cat([ids, best[None, None]], dim=1)
        given = model(ids, output_hidden_states=True)
    words = [tokenizer.words[i] for i in ids[0]]
    assert [name.strip() for name in found.tokens] == words
    assert found.asked_at == (5, 6, 7) and found.said[5:8] == found.tokens[6:9]
    following = ids[0, 1:].tolist()
    last = sort_ranks(given.logits[0, :-1], following)
    assert found.said_ranks[-1, :-1].tolist() == last
    assert found.said_ranks[-1, 5:8].tolist() == [1, 1, 1]
    norm = {"gpt2": "transformer.ln_f", "neox": "gpt_neox.final_layer_norm"}
    normed = model.get_submodule(norm.get(kind, "model.norm"))(given.hidden_states[1])
    with torch.no_grad():
        inner = model.get_output_embeddings()(normed)[0]
    assert found.said_ranks[0, :-1].tolist() == sort_ranks(inner[:-1], following)
    assert found.asked_ranks[0, :, 0].tolist() == sort_ranks(inner, [9] * 9)
    best = torch.softmax(inner, dim=-1).max(dim=-1).values
    np.testing.assert_allclose(found.top_probabilities[0, :, 0], best.detach(), atol=1e-4)
    _check_saliency(found)
    logits = given.logits[0, range(5, 8), following[5:]]
    np.testing.assert_allclose(found.scores[:, 1], logits, atol=1e-4)
    assert found.neurons.shape[::2] == (2, 9) and found.attention.shape == (2, 4, 9, 9)
    _plays(path)


def _check_saliency(found) -> None:
    np.testing.assert_allclose(
        found.integrated_gradients.sum(axis=1), found.scores[:, 1] - found.scores[:, 0], atol=1e-3
    )


def _plays(path: Path, *steps: str) -> None:
    """What the file holds is enough for these steps, or for all; the file is whole."""
    assert read_thoughts(path).tokens
    told = CliRunner().invoke(cli, ["show", str(path), "--json"]).output
    given = json.loads(told)["scenes"]["thoughts"]
    assert given["steps"] == list(steps) if steps else not given["left_out"]


def test_saliency_is_the_slope(tokenizer):
    model = made("gpt2").double()
    found = huggingface(model, tokenizer, TEXT, thoughts=True)
    ids = tokenizer(TEXT, return_tensors="pt")["input_ids"]
    rows = model.get_input_embeddings()(ids).detach()
    word = int(model(inputs_embeds=rows).logits[0, -1].argmax())
    step = 1e-6
    for token in range(6):  # along each token's own vector
        moved = [rows.clone(), rows.clone()]
        moved[0][0, token] *= 1 + step
        moved[1][0, token] *= 1 - step
        high, low = (model(inputs_embeds=r).logits[0, -1, word].item() for r in moved)
        assert found.gradient_x_input[0, token] == pytest.approx(
            (high - low) / (2 * step), abs=1e-6
        )


def test_neurons_are_what_enters_the_second_matrix(tokenizer):
    model = made("llama")
    found = huggingface(model, tokenizer, TEXT, thoughts=True)
    kept = {}
    model.model.layers[1].mlp.down_proj.register_forward_pre_hook(
        lambda part, given: kept.update(rows=given[0][0])
    )
    model(tokenizer(TEXT, return_tensors="pt")["input_ids"])
    rows = kept["rows"].detach().numpy()
    units = found.neuron_numbers[1]
    np.testing.assert_allclose(found.neurons[1], rows[:, units].T, atol=1e-5)
    assert set(np.argsort(-rows.max(axis=0))[:5]) <= set(units.tolist())


def test_a_masked_model_fills_its_mask(tokenizer, tmp_path, capsys):
    model, path = made("bert"), tmp_path / "bert.npz"
    text = "the cat [MASK] on the mat"
    found = huggingface(model, tokenizer, text, path, thoughts=True, ask=["dog"])
    assert "left out" not in capsys.readouterr().err
    with torch.no_grad():
        logits = model(tokenizer(text, return_tensors="pt")["input_ids"]).logits[0]
    assert found.asked_at == (2,) and found.said_ranks[-1, 2] == 1
    assert found.said[2].strip() == tokenizer.words[int(logits[2].argmax())]
    assert found.asked_ranks[-1, :, 0].tolist() == sort_ranks(logits, [9] * 6)
    assert found.integrated_gradients[0, 3:].any()  # it looks ahead
    _check_saliency(found)
    _plays(path)
    with pytest.raises(UsageError, match="generates no text"):
        huggingface(model, tokenizer, text, thoughts=True, generate=2)


def test_an_encoder_decoder_says_by_what_both_read(tokenizer, tmp_path, capsys):
    model, path = made("t5"), tmp_path / "t5.npz"
    found = huggingface(model, tokenizer, TEXT, path, thoughts=True, generate=3, ask=["dog"])
    assert "left out" not in capsys.readouterr().err
    ids = tokenizer(TEXT, return_tensors="pt")["input_ids"]
    spoken = torch.tensor([[0]])
    with torch.no_grad():
        for _ in range(3):
            logits = model(ids, decoder_input_ids=spoken).logits[0]
            spoken = torch.cat([spoken, logits[-1].argmax()[None, None]], dim=1)
    assert [name.strip() for name in found.said] == [tokenizer.words[i] for i in spoken[0, 1:]]
    assert len(found.tokens) == 6 and len(found.decoder_tokens) == 3
    assert found.said_ranks[-1].tolist() == [1, 1, 1]
    assert found.asked_ranks[-1, :, 0].tolist() == sort_ranks(logits, [9] * 3)
    assert found.integrated_gradients.shape == (3, 9)
    assert found.integrated_gradients[:, :6].any() and not found.integrated_gradients[0, 7:].any()
    _check_saliency(found)
    _plays(path)


@pytest.mark.parametrize(("kind", "half"), [("llama", "bfloat16"), ("t5", "float16")])
def test_half_precision_is_lifted_for_gradients_and_given_back(tokenizer, capsys, kind, half):
    model = made(kind).to(getattr(torch, half))
    before = {name: weights.clone() for name, weights in model.state_dict().items()}
    found = huggingface(model, tokenizer, TEXT, thoughts=True, generate=2)
    told = capsys.readouterr().err
    assert "left out" not in told and "miss" not in told
    _check_saliency(found)
    assert found.said_ranks[-1, -3:-1].tolist() == [1, 1] or kind == "t5"
    assert found.neurons is not None
    after = model.state_dict()
    assert all(after[n].dtype == w.dtype and torch.equal(after[n], w) for n, w in before.items())


def test_what_is_too_large_stays_in_half_precision_and_a_line_says_so(
    tokenizer, capsys, monkeypatch
):
    monkeypatch.setattr("mlanim.capture.left_as_was._MOST_LIFTED", 10)
    found = huggingface(made("gpt2").to(torch.bfloat16), tokenizer, TEXT, thoughts=True)
    missed = found.integrated_gradients.sum(axis=1) - found.scores[:, 1] + found.scores[:, 0]
    assert abs(missed).max() > 1e-3 and "load the model in float32" in capsys.readouterr().err


def test_a_head_of_several_parts_beside_each_other(tokenizer, tmp_path, capsys):
    torch.manual_seed(0)
    sizes = {"vocab_size": 11, "dim": 16, "hidden_dim": 24, "n_layers": 2, "n_heads": 4}
    model = library.DistilBertForMaskedLM(library.DistilBertConfig(**sizes)).eval()
    path = tmp_path / "distilbert.npz"
    found = huggingface(model, tokenizer, "the cat [MASK] on the mat", path, thoughts=True)
    assert "left out" not in capsys.readouterr().err
    ids = tokenizer("the cat [MASK] on the mat", return_tensors="pt")["input_ids"]
    with torch.no_grad():
        given = model(ids, output_hidden_states=True)
        inner = model.activation(model.vocab_transform(given.hidden_states[1]))
        inner = model.vocab_projector(model.vocab_layer_norm(inner))[0]
    word = int(given.logits[0, 2].argmax())
    assert found.said_ranks[:, 2].tolist() == [sort_ranks(inner[2:3], [word])[0], 1]
    _check_saliency(found)
    _plays(path, "logit-lens", "saliency", "neurons", "attention-flow", "generated")


def test_a_bare_encoder_gives_units_and_attention(tokenizer, tmp_path, capsys):
    model = library.BertModel(library.BertConfig(**BERT)).eval()
    path = tmp_path / "bare.npz"
    found = huggingface(model, tokenizer, TEXT, path, thoughts=True)
    assert found.said is None and found.neurons is not None and found.attention is not None
    assert "BertModel says no words" in capsys.readouterr().err
    _plays(path, "neurons", "attention-flow")


def test_the_model_is_given_back_as_it_was(tokenizer):
    model = made("llama").train()
    model.set_attn_implementation("sdpa")
    found = huggingface(model, tokenizer, TEXT, thoughts=True, generate=1)
    assert found.attention is not None
    assert model.training and model.config._attn_implementation == "sdpa"
    assert not any(part._forward_hooks or part._forward_pre_hooks for part in model.modules())
    assert all(weights.grad is None for weights in model.parameters())


def test_64_tokens_of_12_layers_are_small(tokenizer, tmp_path):
    settings = {"n_positions": 80, "n_embd": 48, "n_layer": 12, "n_head": 12, "vocab_size": 5000}
    model = library.GPT2LMHeadModel(library.GPT2Config(**settings, **NOTHING)).eval()
    path = tmp_path / "large.npz"
    huggingface(model, tokenizer, "cat " * 63, path, thoughts=True, generate=1)
    assert path.stat().st_size < 20e6
    assert len(read_thoughts(path).tokens) == 64
    arrays = np.load(path)
    assert max(arrays[name].size for name in arrays.files if name != "attention") < 50_000


def test_more_than_can_be_drawn_is_refused(tokenizer):
    with pytest.raises(UsageError, match="generate=60 after 6 tokens"):
        huggingface(made("gpt2"), tokenizer, TEXT, thoughts=True, generate=60)
    with pytest.raises(UsageError, match="thoughts=True"):
        huggingface(made("gpt2"), tokenizer, TEXT, generate=2)


def byte_level():
    """GPT-2's way to write bytes, learned of two sentences."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=290, initial_alphabet=pre_tokenizers.ByteLevel.alphabet()
    )
    made.train_from_iterator(["grün grün über über", "the the"], trainer)
    return library.PreTrainedTokenizerFast(tokenizer_object=made)


def test_pieces_are_the_text_that_they_stand_for(tmp_path):
    tokenizer = byte_level()
    torch.manual_seed(0)
    config = library.GPT2Config(
        vocab_size=len(tokenizer), n_positions=80, n_embd=16, n_layer=2, n_head=2, **NOTHING
    )
    path = tmp_path / "bytes.npz"
    huggingface(
        library.GPT2LMHeadModel(config), tokenizer, "grün über", path, thoughts=True, ask=["ü"]
    )
    found = read_thoughts(path)
    assert "".join(found.tokens) == "grün über"
    texts = [*found.tokens, *found.said, *found.words, *found.token_names]
    assert not any(sign in text for text in texts for sign in "ĠÃ▁�")
    assert any(name.startswith("·") for name in found.token_names)
