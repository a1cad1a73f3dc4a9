"""Traces of other models: tokens, attention, hidden states and logits in a .npz or .safetensors.

    tokens         (T,) text; in .safetensors the metadata entry "tokens", a JSON list
    attention      (L, H, T, T)  weights of layer, head, from token, to token; rows sum to 1
    hidden_states  (L + 1, T, d) what enters the first layer, then what leaves each
    logits         (T, V)        scores of the word that comes at, or after, each token
    vocabulary     (V,) text, so that logits can be named; in .safetensors in the metadata too

Only tokens must be there. Files are read as data, never unpickled, and nothing is unpacked to disk.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import MlanimError, UsageError
from mlanim.models.thought_names import THOUGHT_ARRAYS, THOUGHT_TEXTS
from mlanim.models.token_names import drawn
from mlanim.models.trace_archive import Claimed, open_archive
from mlanim.models.trace_limits import LONGEST_TOKEN, MOST_BYTES, MOST_LAYERS, MOST_TOKENS
from mlanim.named_path import named_path
from mlanim.replacing import replacing

__all__ = [
    "LEAST_SUM",
    "MOST_SUM",
    "CapturedTrace",
    "read_trace",
    "write_trace",
]

_ARRAYS = {
    "attention": "(layers, heads, tokens, tokens)",
    "hidden_states": "(layers + 1, tokens, width)",
    "logits": "(tokens, words)",
}
_TEXTS = ("tokens", "vocabulary")
_LONGEST_WORD = 32  # signs of a word in a list; GPT-2 has some of a hundred dashes
LEAST_SUM, MOST_SUM = 0.98, 1.02  # half precision sums 64 weights to within a hundredth


@dataclass(frozen=True)
class CapturedTrace:
    """What a model computed for T tokens; what was not captured is None.

    Raises UsageError for shapes that do not agree, values that are not finite, weights that do not
    sum to 1, or more tokens or layers than can be drawn.

    >>> trace = CapturedTrace(("a", "b"), attention=np.full((1, 1, 2, 2), 0.5))
    >>> trace.layers, trace.heads, trace.logits
    (1, 1, None)
    """

    tokens: tuple[str, ...]
    attention: NDArray | None = None  # (L, H, T, T); rows are brought to a sum of exactly 1
    hidden_states: NDArray | None = None  # (L + 1, T, d)
    logits: NDArray | None = None  # (T, V)
    vocabulary: tuple[str, ...] | None = None  # (V,)
    thoughts: tuple[str, ...] = ()  # names of the arrays beside, which the scene `thoughts` reads
    others: tuple[str, ...] = ()  # what else was in the file, which no scene reads

    def __post_init__(self) -> None:
        _check_tokens(self.tokens)
        for name in _ARRAYS:
            array = getattr(self, name)
            if array is not None:
                _check_shape(name, array.shape, len(self.tokens))
                _check_values(name, array)
        if self.attention is not None:  # half precision leaves sums a little off
            exact = np.asarray(self.attention, np.float64)
            exact = exact / exact.sum(axis=-1, keepdims=True)
            object.__setattr__(self, "attention", exact)
        if self.attention is not None and self.hidden_states is not None:
            layers, states = len(self.attention), len(self.hidden_states)
            if states != layers + 1:
                raise UsageError(
                    f"{states} hidden_states with attention of {layers} layers",
                    f"expected {layers + 1}: what enters the first layer, then what leaves each",
                )
        if self.vocabulary is not None:
            words = None if self.logits is None else self.logits.shape[1]
            if words is not None and len(self.vocabulary) != words:
                raise UsageError(
                    f"a vocabulary of {len(self.vocabulary)} words with logits for {words}",
                    "give one word for each logit",
                )

    @property
    def arrays(self) -> tuple[str, ...]:
        """Names of the arrays that were captured."""
        return tuple(name for name in _ARRAYS if getattr(self, name) is not None)

    def lacking(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those of some arrays, or "vocabulary", that were not captured."""
        there = {
            *self.arrays,
            *self.thoughts,
            *(["vocabulary"] if self.vocabulary is not None else []),
        }
        return tuple(name for name in names if name not in there)

    @property
    def drawn_tokens(self) -> tuple[str, ...]:
        """The tokens as they are written on screen."""
        return tuple(drawn(token) for token in self.tokens)

    @property
    def drawn_words(self) -> tuple[str, ...]:
        """What the logits stand for, as it is written on screen; without a vocabulary, numbers."""
        if self.vocabulary is not None:
            return tuple(drawn(word, _LONGEST_WORD) for word in self.vocabulary)
        count = 0 if self.logits is None else self.logits.shape[1]
        return tuple(f"word {i}" for i in range(count))

    @property
    def layers(self) -> int:
        """L, from what was captured; 0 where neither attention nor hidden states were."""
        if self.attention is not None:
            return len(self.attention)
        return 0 if self.hidden_states is None else len(self.hidden_states) - 1

    @property
    def heads(self) -> int:
        """H; 0 without attention."""
        return 0 if self.attention is None else self.attention.shape[1]


def read_trace(path: str | Path) -> CapturedTrace:
    """Read and check a trace file; sizes are checked before any array is read.

    Raises UsageError for what is no such file, too large, or wrong inside: one line each.
    """
    path = named_path(path, "trace", "give a .npz or .safetensors file")
    try:
        with open_archive(path) as archive:
            if "tokens" not in archive.texts:
                raise UsageError("no tokens", "a trace names its tokens, one text each")
            tokens = archive.text("tokens")
            _check_tokens(tokens)
            claimed = {name: archive.claimed[name] for name in _ARRAYS if name in archive.claimed}
            for name, claim in claimed.items():
                _check_claim(name, claim, len(tokens))
            arrays = {name: archive.array(name) for name in claimed}
            vocabulary = archive.text("vocabulary") if "vocabulary" in archive.texts else None
            others = {*archive.claimed, *archive.texts} - {*_ARRAYS, *_TEXTS}
            beside = others & {*THOUGHT_ARRAYS, *THOUGHT_TEXTS}
        return CapturedTrace(
            tokens,
            arrays.get("attention"),
            arrays.get("hidden_states"),
            arrays.get("logits"),
            vocabulary,
            thoughts=tuple(sorted(beside)),
            others=tuple(sorted(others - beside)),
        )
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from None


def write_trace(
    trace: CapturedTrace, path: str | Path, beside: Mapping[str, Any] | None = None
) -> Path:
    """Write a trace as .npz or .safetensors, whole or not at all; half precision where it serves.

    beside: further arrays, and tuples of texts, by name.

    Raises UsageError for another suffix or a folder that is not there.
    """
    path = Path(path)
    arrays = {name: getattr(trace, name) for name in _ARRAYS}
    arrays = {name: np.asarray(a, np.float32) for name, a in arrays.items() if a is not None}
    texts: dict[str, Any] = {"tokens": trace.tokens, "vocabulary": trace.vocabulary}
    for name, found in (beside or {}).items():
        (texts if isinstance(found, tuple) else arrays)[name] = found
    if path.suffix not in (".npz", ".safetensors"):
        raise UsageError(f"a trace as {path.name}", "write .npz or .safetensors")
    if not path.parent.is_dir():
        raise MlanimError(f"{path}: {os.strerror(errno.ENOENT)}", "choose another place")
    with replacing(path) as partial:
        try:
            _write(partial, texts, arrays)
        except OSError as error:
            reason = error.strerror or str(error)
            raise MlanimError(f"{path}: {reason}", "choose another place") from error
    return path


def _write(path: Path, texts: Mapping[str, Any], arrays: Mapping[str, Any]) -> None:
    if path.suffix == ".npz":
        named: dict[str, Any] = {k: np.array(v) for k, v in texts.items() if v is not None}
        with path.open("wb") as file:
            np.savez_compressed(file, **{**named, **arrays})
    else:
        from safetensors.numpy import save_file

        metadata = {k: json.dumps(v) for k, v in texts.items() if v is not None}
        path.touch()  # so that an unwritable folder is answered as for .npz
        save_file({k: np.ascontiguousarray(a) for k, a in arrays.items()}, path, metadata)


def _check_tokens(tokens: tuple[str, ...]) -> None:
    if not 1 <= len(tokens) <= MOST_TOKENS:
        raise UsageError(f"a trace of {len(tokens)} tokens", f"1 to {MOST_TOKENS} can be drawn")
    for token in tokens:
        if not isinstance(token, str) or not token.isprintable() or len(token) > LONGEST_TOKEN:
            raise UsageError(
                f"token {token!r:.40}", f"tokens are printable texts of up to {LONGEST_TOKEN} signs"
            )


def _check_claim(name: str, claim: Claimed, tokens: int) -> None:
    """What a file says of an array, before a byte of it is read."""
    if claim.kind not in "fiu":
        raise UsageError(f"{name} holds {claim.dtype}", "only numbers can be drawn")
    if claim.bytes > MOST_BYTES:
        raise UsageError(
            f"{name} is {claim.bytes / 1e6:.0f} MB large",
            f"at most {MOST_BYTES / 1e6:.0f} MB are read",
        )
    _check_shape(name, claim.shape, tokens)


def _check_shape(name: str, shape: tuple[int, ...], tokens: int) -> None:
    expected = _ARRAYS[name]
    places = [word.strip() for word in expected.strip("()").split(",")]
    agrees = len(shape) == len(places) and all(
        size == tokens if place == "tokens" else size > 0
        for size, place in zip(shape, places, strict=True)
    )
    if not agrees or (name == "hidden_states" and shape[0] < 2):
        raise UsageError(
            f"{name} has the shape {shape}", f"expected {expected} with {tokens} tokens"
        )
    layers = shape[0] - (name == "hidden_states")
    if name != "logits" and layers > MOST_LAYERS:
        raise UsageError(f"{name} of {layers} layers", f"at most {MOST_LAYERS} can be drawn")


def _check_values(name: str, array: NDArray) -> None:
    if not np.isfinite(array).all():
        raise UsageError(f"{name} holds NaN or infinite values", "capture finite ones")
    if name == "attention":
        sums = array.sum(axis=-1, dtype=np.float64)
        if array.min() < 0 or sums.min() < LEAST_SUM or sums.max() > MOST_SUM:
            worst = np.unravel_index(np.abs(sums - 1).argmax(), sums.shape)
            layer, head, row = (int(i) for i in worst)
            raise UsageError(
                f"attention of layer {layer}, head {head}, token {row} sums to {sums[worst]:.3g}",
                "weights are positive and sum to 1: capture them after the softmax",
            )
