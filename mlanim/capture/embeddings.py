"""Capture the input vectors of a model's words."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.capture.tokenised import Tokenised
from mlanim.errors import UsageError
from mlanim.subjects.words.models.word_vectors import WordVectors
from mlanim.subjects.words.models.written_vectors import write_vectors

__all__ = ["embeddings", "token_of"]


def embeddings(
    model: Any, tokenizer: Any, words: Iterable[str], path: str | Path | None = None
) -> WordVectors:
    """The vectors with which a model begins to read words, for `word2vec` and other programs.

    A word that the tokenizer cuts into pieces has no vector of its own: it is left out, with a
    line on stderr. Where a tokenizer tells words behind a space from those at a beginning, the
    former is taken.

    Args:
        model: any of `transformers` that has input embeddings.
        tokenizer: its tokenizer.
        path: where to write them too: text of word2vec, binary as .bin, packed as .gz.

    Raises:
        UsageError: no word is a token by itself, or the tokenizer is not the model's.

    Example::

        embeddings(model, tokenizer, ["king", "queen", "man", "woman"], "bert.txt")
        # mlanim render word2vec --set vectors=bert.txt --set words=king,queen
    """
    asked = list(dict.fromkeys(words))
    found = {word: index for word in asked if (index := token_of(tokenizer, word)) is not None}
    cut = [word for word in asked if word not in found]
    if not found:
        told = ", ".join(asked[:5]) or "no words were given"
        raise UsageError("no word is a token by itself", told, "give common words")
    if cut:
        print(f"mlanim: left out {', '.join(cut)}: cut into several tokens", file=sys.stderr)
    table = _table(model)
    if (most := max(found.values())) >= len(table):
        raise UsageError(
            f"the tokenizer gives token {most} and the model knows {len(table)}",
            "give the model's own tokenizer",
        )
    rows = np.stack([_numbers(table[index]) for index in found.values()])
    if path is not None:
        write_vectors(list(found), rows, path)
    return WordVectors(tuple(found), rows, type(model).__name__)


def _table(model: Any) -> Any:
    """The rows of the input embeddings, wherever the model keeps them."""
    layer = model.get_input_embeddings() if hasattr(model, "get_input_embeddings") else None
    weight = getattr(layer, "weight", None)
    if weight is None:
        raise UsageError(f"{type(model).__name__} has no input embeddings", "give one that reads")
    return weight


def _numbers(row: Any) -> NDArray:
    for name in ("detach", "float", "cpu", "numpy"):  # a tensor of any kind and place
        row = getattr(row, name)() if hasattr(row, name) else row
    return np.asarray(row, np.float32)


def token_of(tokenizer: Any, word: str) -> int | None:
    """The index of the one token that a word is, inside of a text if it can be; None for more."""
    for text in (f" {word}", word):
        read = _ids(tokenizer, text)
        if len(read) == 1 and read[0] != getattr(tokenizer, "unk_token_id", None):
            return read[0]
    return None


def _ids(tokenizer: Any, text: str) -> list[int]:
    try:
        read = tokenizer(text, add_special_tokens=False)
    except TypeError:  # a function from a text to indices
        try:
            read = tokenizer(text)
        except TypeError:  # one that is to be told more
            return Tokenised(tokenizer, text).ids
    ids = read["input_ids"] if hasattr(read, "keys") else read
    return [int(index) for index in np.ravel(np.asarray(ids))]
