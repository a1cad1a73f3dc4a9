"""Capture a model of the transformers library."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, overload

from mlanim.capture.left_as_was import evaluating, showing_attention, unwrapped, without_new_hooks
from mlanim.capture.model_output import ModelOutput
from mlanim.capture.thinking import thoughts_of
from mlanim.capture.tokenised import Tokenised
from mlanim.errors import MlanimError, UsageError
from mlanim.models.captured import CapturedTrace, write_trace
from mlanim.models.trace_limits import MOST_TOKENS
from mlanim.subjects.thoughts.models.thought_file import write_thoughts
from mlanim.subjects.thoughts.models.thoughts import Thoughts

__all__ = ["huggingface"]


@overload
def huggingface(
    model: Any, tokenizer: Any, text: str, path: str | Path | None = None
) -> CapturedTrace: ...


@overload
def huggingface(
    model: Any,
    tokenizer: Any,
    text: str,
    path: str | Path | None = None,
    *,
    thoughts: Literal[True],
    generate: int = 0,
    ask: Sequence[str] = (),
) -> Thoughts: ...


def huggingface(
    model: Any,
    tokenizer: Any,
    text: str,
    path: str | Path | None = None,
    *,
    thoughts: bool = False,
    generate: int = 0,
    ask: Sequence[str] = (),
) -> CapturedTrace | Thoughts:
    """Run a model on a text; keep tokens, attention, hidden states, and logits where it has them.

    Of an encoder-decoder it is the encoder that reads the text, and whose trace this is. What
    cannot be drawn truthfully is left out, each with a line on stderr that says why: attention of
    hybrids, where only some layers have it, and attention with sinks, whose rows do not sum to 1.
    The model is given back as it was.

    Args:
        model: any of `transformers` that reads text, also compiled or wrapped.
        tokenizer: its tokenizer, fast or slow, or a function from a text to indices.
        path: where to write the trace too, as .npz or .safetensors.
        thoughts: look inside, for `mlanim render thoughts`: the best words after each layer and the
            ranks of the word said, its saliency, the units that fire most, attention. Causal and
            masked models and encoder-decoders; no part grows with the vocabulary.
        generate: so many tokens, each the most probable one, and the same of all of them.
        ask: words whose ranks are wanted, each a single token.

    Raises:
        UsageError: no tokens or more than can be drawn, a tokenizer that is not the model's, or a
            model that gives nothing for each token.
        MlanimError: PyTorch is missing, or the model failed.

    Example::

        model, tokenizer = GPT2LMHeadModel.from_pretrained("gpt2"), AutoTokenizer...
        huggingface(model, tokenizer, "A robot must obey", "robot.npz")
        huggingface(model, tokenizer, "The keys to the cabinet", "keys.npz",
                    thoughts=True, generate=4, ask=["is", "are"])
    """
    read = Tokenised(tokenizer, text)
    count = len(read.ids)
    if not 1 <= count <= MOST_TOKENS:
        raise UsageError(f"the text has {count} tokens", f"1 to {MOST_TOKENS} can be drawn")
    whole = unwrapped(model)
    if thoughts:
        return _thoughts(whole, tokenizer, read, path, generate, ask)
    if generate or ask:
        raise UsageError("generate and ask without thoughts", "give thoughts=True")
    reader = _reading_part(whole)
    _check_fitting(reader, read)
    with evaluating(whole), without_new_hooks(whole), showing_attention(whole):
        given = _run(reader, read.inputs)
        found = ModelOutput(reader, given, count)
    if reader is not whole:
        _say(f"{type(whole).__name__} is an encoder-decoder: this is its encoder's trace")
    if all(part is None for part in (found.attention, found.hidden_states, found.logits)):
        reasons = "; ".join(found.left_out)
        raise UsageError(f"{type(reader).__name__} gives nothing for each token", reasons)
    for reason in found.left_out:
        _say(f"left out {reason}")
    logits = found.logits
    vocabulary = None if logits is None else read.words(logits.shape[1])
    if logits is not None and vocabulary is None:
        _say("left out vocabulary: the tokenizer does not tell it, so that logits have no names")
    trace = CapturedTrace(
        read.tokens,
        attention=found.attention,
        hidden_states=found.hidden_states,
        logits=logits,
        vocabulary=vocabulary,
    )
    if path is not None:
        write_trace(trace, path)
    return trace


def _thoughts(
    model: Any,
    tokenizer: Any,
    read: Tokenised,
    path: str | Path | None,
    generate: int,
    ask: Sequence[str],
) -> Thoughts:
    _check_fitting(model, read)
    with evaluating(model), without_new_hooks(model), showing_attention(model):
        found = thoughts_of(model, tokenizer, read, generate, ask)
    if path is not None:
        write_thoughts(found, path)
    return found


def _say(line: str) -> None:
    print(f"mlanim: {line}", file=sys.stderr)


def _reading_part(model: Any) -> Any:
    """The part that reads a text: all of it, or of an encoder-decoder the encoder."""
    both = getattr(getattr(model, "config", None), "is_encoder_decoder", False)
    if both and hasattr(model, "get_encoder") and hasattr(model, "get_decoder"):
        encoder, decoder = model.get_encoder(), model.get_decoder()
        if encoder is not None and decoder is not None and model not in (encoder, decoder):
            return encoder
    return model


def _check_fitting(model: Any, read: Tokenised) -> None:
    """Refuse what reads no text, and indices of another model's tokenizer."""
    wanted = getattr(model, "main_input_name", "input_ids")
    if wanted != "input_ids":
        raise UsageError(f"{type(model).__name__} reads {wanted}", "give a model that reads text")
    table = model.get_input_embeddings() if hasattr(model, "get_input_embeddings") else None
    known, most = getattr(table, "num_embeddings", None), max(read.ids)
    if known is not None and not 0 <= min(read.ids) <= most < known:
        raise UsageError(
            f"the tokenizer gives token {most} and the model knows {known}",
            "give the model's own tokenizer",
        )


def _run(model: Any, inputs: dict[str, Any]) -> Any:
    """The model's output, on whatever device it is; of the inputs, those that it takes."""
    takes = inspect.signature(model.forward).parameters
    takes_all = any(p.kind is inspect.Parameter.VAR_KEYWORD for p in takes.values())
    place = next((p.device for p in model.parameters() if p.device.type != "meta"), None)
    given = {name: value if place is None else value.to(place) for name, value in inputs.items()}
    given |= {"output_attentions": True, "output_hidden_states": True, "return_dict": True}
    given = {name: value for name, value in given.items() if takes_all or name in takes}
    try:
        return model(**given)
    except Exception as error:  # the model's own code, whatever it raises
        reason = next(iter(str(error).strip().splitlines()), "")
        raise MlanimError(
            f"{type(model).__name__} failed on this text",
            f"{type(error).__name__}: {reason}"[:200],
            "does it read text, and is the tokenizer its own?",
        ) from error
