"""Writes word vectors in the formats of word2vec, for this and for other programs."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.replacing import replacing

__all__ = ["write_vectors"]


def write_vectors(words: Sequence[str], vectors: NDArray, path: str | Path) -> Path:
    """Write words and their vectors (n, d), in single precision, with all digits.

    Binary where the name ends in .bin, text else; packed where it ends in .gz.

    Raises:
        UsageError: a word that is empty or has a space in it, which ends words in these formats.
        MlanimError: the place cannot be written.
    """
    rows = np.asarray(vectors, np.float32)
    for word in words:
        if not word or word != "".join(word.split()):
            raise UsageError(f"the word {word!r} has a space in it", "give words without spaces")
    path = Path(path)
    names = path.name.casefold().removesuffix(".gz")
    lines = [f"{len(words)} {rows.shape[1]}\n".encode()]
    for word, row in zip(words, rows, strict=True):
        binary = names.endswith(".bin")
        told = row.astype("<f4").tobytes() if binary else " ".join(f"{x:.9g}" for x in row).encode()
        lines.append(word.encode() + b" " + told + b"\n")
    content = b"".join(lines)
    with replacing(path) as temporary:
        packed = path.name.casefold().endswith(".gz")
        temporary.write_bytes(gzip.compress(content, mtime=0) if packed else content)
    return path
