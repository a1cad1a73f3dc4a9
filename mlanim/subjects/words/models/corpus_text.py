"""A reader's own text as word numbers, sentence by sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError

__all__ = ["Corpus", "corpus_of", "read_corpus", "sentences_in"]

MOST_BYTES = 50_000_000
_MOST_WORDS = 20_000  # different ones that are learned
_LEAST_WORDS, _LEAST_TEXT = 12, 200
_EXAMPLE, _LOOKED_AT = 13, 200  # words of the sentence that is shown, and sentences to choose from
_LARGE = 50_000  # words of text, from which on a word must occur five times
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_END = re.compile(r"[.!?。！？]+|\n\s*\n")


@dataclass(frozen=True)
class Corpus:
    """words: V, the most frequent first. counts: (V,). sentences: of word numbers.

    example: words of one sentence, as it is learned from. told: what was left out; may be empty.
    """

    words: tuple[str, ...]
    counts: NDArray
    sentences: tuple[NDArray, ...]
    example: tuple[str, ...]
    told: str = ""

    @property
    def length(self) -> int:
        """How many words of text there are."""
        return int(sum(map(len, self.sentences)))


def read_corpus(path: Path) -> Corpus:
    """Read a text in UTF-8.

    Raises UsageError, in one line, for no file, too much or too little text, and other encodings.
    """
    name = path.name
    try:
        if not path.is_file():
            raise UsageError(f"corpus={path}", "no such file", "give a text file in UTF-8")
        if (size := path.stat().st_size) > MOST_BYTES:
            what = f"{name} is {size / 1e6:.0f} MB large"
            raise UsageError(what, f"up to {MOST_BYTES / 1e6:.0f} MB are learned: give a part")
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{name} cannot be read", error.strerror or str(error)) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = f"{name}, line {line}: byte 0x{content[error.start]:02x} is not UTF-8"
        raise UsageError(what, "write the file anew in UTF-8") from None
    if "\0" in text:
        raise UsageError(f"{name} is no text", "give a text file in UTF-8")
    return corpus_of(sentences_in(text), name)


def sentences_in(text: str) -> Iterator[list[str]]:
    """The words of each sentence, in small letters; digits and signs part words.

    >>> list(sentences_in("The king's crown. It is old!"))
    [['the', "king's", 'crown'], ['it', 'is', 'old']]
    """
    for sentence in _END.split(text):
        if found := _WORD.findall(sentence.replace("’", "'").lower()):
            yield found


def corpus_of(sentences: Iterable[Sequence[str]], name: str, least: int | None = None) -> Corpus:
    """Count words and number them; words that occur too seldom to be learned are left out.

    least: times that a word must occur; None: twice, or five times in a long text.

    Raises UsageError for too little text.
    """
    read = [list(sentence) for sentence in sentences]
    counts = Counter(word for sentence in read for word in sentence)
    length = sum(counts.values())
    least = least or (5 if length >= _LARGE else 2)
    kept = [word for word, count in counts.most_common(_MOST_WORDS) if count >= least]
    if len(kept) < _LEAST_WORDS or length < _LEAST_TEXT:
        what = (
            f"{name} has {length:,} words, {len(kept):,} of them different and {least} times there"
        )
        hint = f"{_LEAST_TEXT} words and {_LEAST_WORDS} such are the least that can be learned"
        raise UsageError(what, hint)
    place = {word: i for i, word in enumerate(kept)}
    numbered = (
        np.array([place[word] for word in sentence if word in place], np.int32) for sentence in read
    )
    texts = tuple(numbers for numbers in numbered if len(numbers))
    left_out = len(counts) - len(kept)
    told = f"{left_out:,} of {len(counts):,} words occur less than {least} times: left out"
    return Corpus(
        tuple(kept),
        np.array([counts[word] for word in kept]),
        texts,
        _example(texts, kept),
        f"{name}: {told}" if left_out else "",
    )


def _example(sentences: Sequence[NDArray], words: Sequence[str]) -> tuple[str, ...]:
    """A sentence to be shown, cut where it is long: the first that is, or the longest at first."""
    first = sentences[:_LOOKED_AT]
    chosen = next((s for s in first if len(s) >= _EXAMPLE), max(first, key=len))
    return tuple(words[i] for i in chosen[:_EXAMPLE])
