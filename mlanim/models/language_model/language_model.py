"""A small GPT: it continues little tales, word by word.

Radford et al. 2019 ("Language models are unsupervised multitask learners"); trained by
training/language_model/train_language_model.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from mlanim.errors import UsageError
from mlanim.models.language_model.kv_cache import CachedStep, KVCache
from mlanim.models.language_model.sampling import SampleTrace, sample
from mlanim.models.token_stack import StackTrace, TokenStack, read_tokens
from mlanim.models.weights import load_arrays

__all__ = ["Continuation", "continue_text", "load_language_model", "read_prompt"]


@dataclass(frozen=True)
class Continuation:
    """A prompt and what the model made of it."""

    prompt: tuple[str, ...]
    said: tuple[str, ...]  # the new tokens
    prompt_steps: tuple[CachedStep, ...]  # one for each token of the prompt
    steps: tuple[CachedStep, ...]  # one for each new token but the last, which was not read
    samples: tuple[SampleTrace, ...]  # how each new token was chosen
    stack: StackTrace  # one whole pass over the prompt and all new tokens

    @property
    def text(self) -> str:
        """Prompt and continuation."""
        return " ".join((*self.prompt, *self.said))


def load_language_model() -> TokenStack:
    """The trained model.

    >>> load_language_model().causal
    True
    """
    return TokenStack.of(load_arrays(__package__, "language-model"), causal=True)


def read_prompt(model: TokenStack, text: str) -> list[int]:
    """Text to token indices; UsageError for none, and for an unknown word (with the nearest)."""
    words = re.findall(r"[^\W_]+|\.", text.lower())
    if not words:
        raise UsageError("the prompt is empty", "begin a tale, such as 'once there was a robot'")
    return read_tokens(words, model.index)


def continue_text(
    model: TokenStack,
    prompt: str,
    tokens: int = 5,
    *,
    temperature: float = 1.0,
    top_k: int | None = None,
    top_p: float | None = None,
    seed: int | None = None,
) -> Continuation:
    """Append so many tokens; without a seed always the most probable one.

    Raises UsageError where the whole would be longer than the model reads.

    >>> continue_text(load_language_model(), "once there was a small", 3).said[1:]
    ('who', 'lived')
    """
    words = read_prompt(model, prompt)
    if tokens < 1:
        raise UsageError(f"{tokens} new tokens", "ask for one at least")
    random = None if seed is None else np.random.default_rng(seed)
    cache = KVCache(model)
    read = cache.read_all(words)
    step, steps, samples, new = read[-1], [], [], []
    for _ in range(tokens):
        samples.append(
            sample(step.logits, random, temperature=temperature, top_k=top_k, top_p=top_p)
        )
        new.append(samples[-1].token)
        if len(new) < tokens:
            step = cache.read(new[-1])
            steps.append(step)
    return Continuation(
        tuple(model.vocabulary[word] for word in words),
        tuple(model.vocabulary[word] for word in new),
        tuple(read),
        tuple(steps),
        tuple(samples),
        model.run([*words, *new]),
    )
