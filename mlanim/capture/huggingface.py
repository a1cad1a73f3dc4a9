"""Capture a model of the transformers library."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.capture.needs import needed
from mlanim.errors import UsageError
from mlanim.models.captured import CapturedTrace, write_trace
from mlanim.models.trace_limits import MOST_TOKENS

__all__ = ["huggingface"]

_LONGEST_WORD = 32  # signs of a vocabulary's entry; GPT-2 has some of a hundred dashes


def huggingface(
    model: Any, tokenizer: Any, text: str, path: str | Path | None = None
) -> CapturedTrace:
    """Run a model on a text; keep tokens, attention, hidden states, and logits where it has them.

    Args:
        model: a causal, masked or bare encoder of `transformers`, such as GPT2LMHeadModel.
        tokenizer: its tokenizer.
        path: where to write the trace too, as .npz or .safetensors.

    Raises:
        UsageError: no tokens or more than can be drawn, or a model that gives no attention (an
            encoder-decoder: capture its `encoder`).
        MlanimError: PyTorch is missing.

    Example::

        model, tokenizer = GPT2LMHeadModel.from_pretrained("gpt2"), AutoTokenizer...
        huggingface(model, tokenizer, "A robot must obey", "robot.npz")
    """
    torch = needed("torch")
    encoded = tokenizer(text, return_tensors="pt")
    ids = encoded["input_ids"]
    count = int(ids.shape[1])
    if not 1 <= count <= MOST_TOKENS:
        raise UsageError(f"the text has {count} tokens", f"1 to {MOST_TOKENS} can be drawn")
    was_training, was = model.training, getattr(model.config, "_attn_implementation", None)
    model.eval()
    if hasattr(model, "set_attn_implementation"):
        model.set_attn_implementation("eager")  # the fused ways never hold the weights
    try:
        with torch.no_grad():
            given = model(**encoded, output_attentions=True, output_hidden_states=True)
    finally:
        if was is not None and hasattr(model, "set_attn_implementation"):
            model.set_attn_implementation(was)
        model.train(was_training)
    if not getattr(given, "attentions", None):
        raise UsageError(
            f"{type(model).__name__} gives no attention",
            "capture a decoder-only model, or the encoder of an encoder-decoder",
        )
    logits: Any = getattr(given, "logits", None)
    per_token = logits is not None and logits.ndim == 3  # else one decision for the whole text
    trace = CapturedTrace(
        tokens=tuple(_shown(tokenizer, int(i)) for i in ids[0]),
        attention=_stacked(given.attentions),
        hidden_states=_stacked(given.hidden_states),
        logits=_array(logits[0]) if per_token else None,
        vocabulary=_words(tokenizer, logits.shape[-1]) if per_token else None,
    )
    if path is not None:
        write_trace(trace, path)
    return trace


def _array(tensor: Any) -> NDArray:
    return tensor.detach().float().cpu().numpy()


def _stacked(layers: Any) -> NDArray:
    return np.stack([_array(layer[0]) for layer in layers])


def _shown(tokenizer: Any, index: int) -> str:
    """A token as it is read: a space shows as it is in front of a word, other signs by name."""
    text = tokenizer.decode([index]).strip()
    if text and text.isprintable():
        return text[:64]
    return repr(tokenizer.convert_ids_to_tokens(index))[1:-1][:64]


def _words(tokenizer: Any, count: int) -> tuple[str, ...]:
    """The vocabulary in the order of the logits, which may be more than the tokenizer knows."""
    known = {index: word for word, index in tokenizer.get_vocab().items()}
    mark = "\u0120"  # how GPT-2's byte-level vocabulary writes a space
    words = (known.get(i, f"[{i}]").replace(mark, " ") for i in range(count))
    return tuple(word[:_LONGEST_WORD] for word in words)
