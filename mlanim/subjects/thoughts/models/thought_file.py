"""Thoughts in a trace file, beside what other scenes read of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from mlanim.errors import UsageError
from mlanim.models.captured import CapturedTrace, read_trace, write_trace
from mlanim.models.thought_names import THOUGHT_ARRAYS, THOUGHT_TEXTS
from mlanim.models.trace_archive import open_archive
from mlanim.models.trace_limits import LONGEST_TOKEN, MOST_LAYERS, MOST_TOKENS
from mlanim.subjects.thoughts.models.thoughts import Thoughts

__all__ = ["read_thoughts", "write_thoughts"]

_MOST_NUMBERS = 20_000_000  # of one array
_COUNTED = ("top_words", "neuron_numbers", "said_ranks", "asked_ranks", "said_at", "given")


def read_thoughts(path: str | Path) -> Thoughts:
    """Read and check a trace; what it does not hold is None.

    Raises UsageError, in one line, for what is wrong with the file.
    """
    path = Path(path)
    base = read_trace(path)
    try:
        with open_archive(path) as archive:
            texts = {name: archive.text(name) for name in THOUGHT_TEXTS if name in archive.texts}
            for name, words in texts.items():
                _check_texts(name, words)
            named: dict[str, Any] = {"tokens": base.tokens, "attention": base.attention, **texts}
            for name in THOUGHT_ARRAYS:
                if name in archive.claimed:
                    claim = archive.claimed[name]
                    if claim.kind not in "fiu" or np.prod(claim.shape) > _MOST_NUMBERS:
                        raise UsageError(
                            f"{name} holds {claim.shape} of {claim.dtype}",
                            f"up to {_MOST_NUMBERS} numbers can be read",
                        )
                    named[name] = archive.array(name)
        for name in ("gradient_x_input", "integrated_gradients", "scores", "neurons"):
            if name in named and not np.isfinite(named[name]).all():
                raise UsageError(f"{name} holds NaN or infinite values", "capture finite ones")
        found = Thoughts(**named)
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from None
    if found.layers > MOST_LAYERS:
        raise UsageError(f"{path}: {found.layers} layers", f"at most {MOST_LAYERS} can be drawn")
    return found


def write_thoughts(thoughts: Thoughts, path: str | Path, base: CapturedTrace | None = None) -> Path:
    """Write them as .npz or .safetensors, whole or not at all.

    base: what else the file is to hold for other scenes.
    """
    base = base or CapturedTrace(thoughts.tokens, attention=thoughts.attention)
    more: dict[str, Any] = {}
    for name in THOUGHT_TEXTS:
        if texts := getattr(thoughts, name):
            _check_texts(name, texts)
            more[name] = tuple(texts)
    for name in THOUGHT_ARRAYS:
        array = getattr(thoughts, name)
        if array is not None:
            more[name] = array.astype(np.int32 if name in _COUNTED else np.float32)
    return write_trace(base, path, more)


def _check_texts(name: str, texts: tuple[str, ...]) -> None:
    most = {"words": 10**6, "asked": 64}.get(name, MOST_TOKENS)
    if len(texts) > most:
        raise UsageError(f"{len(texts)} texts in {name}", f"at most {most}")
    for text in texts:
        if not text.isprintable() or len(text) > LONGEST_TOKEN:
            raise UsageError(
                f"{name} holds {text!r:.40}", f"printable texts of up to {LONGEST_TOKEN} signs"
            )
