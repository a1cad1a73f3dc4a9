"""A small BERT: it fills masked words, says what "it" means, what follows, and who was pleased.

Devlin et al. 2019 (arXiv 1810.04805); trained by training/masked_model/train_masked_model.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.models.softmax import softmax
from mlanim.models.token_stack import StackTrace, TokenStack, read_tokens
from mlanim.models.weights import known_accuracy, load_arrays

__all__ = [
    "CLS",
    "MASK",
    "SEP",
    "ClassTrace",
    "MaskedModel",
    "MaskedTrace",
    "PronounTrace",
    "classify_opinion",
    "fill_masks",
    "load_masked_model",
    "looking_head",
    "next_sentence",
    "read_masked",
    "resolve",
]

CLS, SEP, MASK = "[CLS]", "[SEP]", "[MASK]"
_TOKEN = re.compile(r"\[mask\]|[^\W_]+(?:'[^\W_]+)?")


@dataclass(frozen=True)
class MaskedModel:
    """The stack, and the two layers that read [CLS]: (2, d) weights and (2,) biases."""

    stack: TokenStack
    follows: tuple[NDArray, NDArray]
    pleased: tuple[NDArray, NDArray]

    def read(self, first: Sequence[str], second: Sequence[str] = ()) -> StackTrace:
        """One or two sentences, as words: [CLS] first [SEP] second [SEP]."""
        words = [CLS, *first, SEP, *second, *([SEP] if second else [])]
        segments = [0] * (len(first) + 2) + [1] * (len(words) - len(first) - 2)
        return self.stack.run(read_tokens(words, self.stack.index), segments=segments)


@dataclass(frozen=True)
class MaskedTrace:
    """Masked positions, and each one's distribution over the V words."""

    stack: StackTrace
    masked: tuple[int, ...]
    probabilities: NDArray  # (masked, V)
    best: tuple[str, ...]  # the most probable word of each


@dataclass(frozen=True)
class PronounTrace:
    """What "it" means: positions in `stack.tokens`, and the probability of each candidate."""

    stack: StackTrace
    it: int
    candidates: tuple[int, int]  # positions of the two nouns
    probabilities: NDArray  # (2,): said at "it", of each candidate's word, among all words
    meant: int  # the position of the more probable one


@dataclass(frozen=True)
class ClassTrace:
    """A decision read from [CLS]: two logits and their softmax."""

    stack: StackTrace
    logits: NDArray  # (2,)
    probabilities: NDArray  # (2,): of no, of yes


def load_masked_model() -> MaskedModel:
    """The trained model.

    >>> load_masked_model().stack.causal
    False
    """
    arrays = load_arrays(__package__, "masked-model")
    heads = [(arrays[f"{name}.weight"], arrays[f"{name}.bias"]) for name in ("follows", "pleased")]
    return MaskedModel(TokenStack.of(arrays, causal=False), *heads)


def looking_head() -> tuple[int, int, float]:
    """The layer and head that look from "it" to the noun that is meant, and how often they do.

    Measured on held-out sentences: how often that noun gets the head's greatest weight.

    >>> looking_head()[2] > 0.5
    True
    """
    shares = np.array(known_accuracy(__package__, "masked-model")["it_looks"])
    layer, head = np.unravel_index(shares.argmax(), shares.shape)
    return int(layer), int(head), float(shares.max())


def read_words(text: str) -> list[str]:
    """English text to lower-case words; [MASK] stays.

    >>> read_words("It didn't cross [MASK] street.")
    ['it', "didn't", 'cross', '[MASK]', 'street']
    """
    words = _TOKEN.findall(text.lower().replace("’", "'"))
    if not words:
        raise UsageError("the sentence is empty", "give one, such as 'the dog was too tired'")
    return [MASK if word == "[mask]" else word for word in words]


def resolve(model: MaskedModel, sentence: str) -> PronounTrace:
    """Say which of two nouns "it" means.

    Raises UsageError for an unknown word, and where there is no single "it" after two nouns.

    >>> said = "The animal didn't cross the street because it was too tired"
    >>> trace = resolve(load_masked_model(), said)
    >>> trace.stack.tokens[trace.meant]
    'animal'
    """
    words = read_words(sentence)
    if words.count("it") != 1:
        raise UsageError(f"{words.count('it')} times 'it' in the sentence", "write it once")
    it = words.index("it") + 1  # after [CLS]
    nouns = [i + 2 for i, word in enumerate(words[: it - 2]) if word == "the"]
    if len(nouns) != 2:
        raise UsageError(
            f"{len(nouns)} nouns with 'the' before 'it'",
            "write two, such as 'the dog didn't eat the soup because it was too hot'",
        )
    stack = model.read(words)
    said = stack.probabilities[it, [model.stack.index[stack.tokens[noun]] for noun in nouns]]
    return PronounTrace(stack, it, (nouns[0], nouns[1]), said, nouns[int(said.argmax())])


def read_masked(model: MaskedModel, sentence: str) -> list[str]:
    """The words of a sentence with a [MASK]; UsageError for one without, and for unknown words."""
    words = read_words(sentence)
    read_tokens(words, model.stack.index)
    if MASK not in words:
        raise UsageError("no [MASK] in the sentence", "put [MASK] in place of a word")
    return words


def fill_masks(model: MaskedModel, sentence: str) -> MaskedTrace:
    """Predict each [MASK] of a sentence.

    >>> fill_masks(load_masked_model(), "the [MASK] didn't eat the soup").best[0]
    'horse'
    """
    stack = model.read(read_masked(model, sentence))
    masked = tuple(i for i, word in enumerate(stack.tokens) if word == MASK)
    probabilities = stack.probabilities[list(masked)]
    best = tuple(model.stack.vocabulary[i] for i in probabilities.argmax(axis=1))
    return MaskedTrace(stack, masked, probabilities, best)


def next_sentence(model: MaskedModel, first: str, second: str) -> ClassTrace:
    """Does the second sentence follow from the first?"""
    return _decide(model.read(read_words(first), read_words(second)), model.follows)


def classify_opinion(model: MaskedModel, sentence: str) -> ClassTrace:
    """Was the writer pleased?

    >>> bool(classify_opinion(load_masked_model(), "i loved the song").probabilities[1] > 0.5)
    True
    """
    return _decide(model.read(read_words(sentence)), model.pleased)


def _decide(stack: StackTrace, head: tuple[NDArray, NDArray]) -> ClassTrace:
    logits = head[0] @ stack.final[0] + head[1]
    return ClassTrace(stack, logits, softmax(logits))
