"""What the bundled language model thinks on the way to the words that it says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.models.token_stack import StackTrace, TokenStack, read_tokens
from mlanim.subjects.thoughts.models.firing import most_firing
from mlanim.subjects.thoughts.models.logit_lens import look_through, rank_of
from mlanim.subjects.thoughts.models.saliency import gradient_x_input, integrated_gradients
from mlanim.subjects.thoughts.models.stack_gradients import word_score
from mlanim.subjects.thoughts.models.thoughts import Thoughts

__all__ = ["think"]

BEST, UNITS = 5, 24  # words and units that are kept of a layer


def think(
    model: TokenStack, prompt: Sequence[int], tokens: int = 4, ask: Sequence[str] = ()
) -> Thoughts:
    """Continue a prompt by so many tokens, each the most probable one, and look inside.

    ask: words whose ranks are wanted; without, the two that are most probable after the prompt.

    Raises UsageError for an unknown word, and where the whole is longer than the model reads.

    >>> from mlanim.models.language_model.language_model import load_language_model, read_prompt
    >>> model = load_language_model()
    >>> found = think(model, read_prompt(model, "once there was a small"), 3)
    >>> found.tokens[-3:], found.said_ranks.shape
    (('robot', 'who', 'lived'), (3, 8))
    """
    if tokens < 1:
        raise UsageError(f"{tokens} new tokens", "ask for one at least")
    words = list(prompt)
    for _ in range(tokens):
        words.append(int(model.run(words).logits[-1].argmax()))
    stack, first = model.run(words), len(prompt) - 1
    asked = tuple(ask) or tuple(_named(model, look_through(stack.logits[[first]], 2).words[0]))
    asked_words = read_tokens(asked, model.index)
    said_at = np.arange(first, first + tokens)
    logits = np.stack([model.read_out(layer.output)[1] for layer in stack.layers])
    lenses = [look_through(rows, BEST) for rows in logits]
    following = [*words[1:], words[-1]]
    said_ranks = np.stack([rank_of(rows, following) for rows in logits])
    said_ranks[:, -1] = 0  # after the last word it was not asked
    asked_ranks = np.stack(
        [[rank_of(rows, [word] * len(words)) for word in asked_words] for rows in logits]
    )
    units = [most_firing(layer.feed_forward.hidden, UNITS) for layer in stack.layers]
    return Thoughts(
        stack.tokens,
        given=np.array([len(prompt)]),
        said=(*stack.tokens[1:], ""),
        said_at=said_at,
        said_ranks=said_ranks,
        asked=asked,
        asked_ranks=asked_ranks.transpose(0, 2, 1),
        words=model.vocabulary,
        top_words=np.stack([lens.words for lens in lenses]),
        top_probabilities=np.stack([lens.probabilities for lens in lenses]),
        **_saliency(model, words, said_at),
        neurons=np.stack([_fired(stack, n, found) for n, found in enumerate(units)]),
        neuron_numbers=np.stack(units),
        attention=stack.attention,
    )


def _named(model: TokenStack, words: NDArray) -> list[str]:
    return [model.vocabulary[word] for word in words]


def _fired(stack: StackTrace, layer: int, units: NDArray) -> NDArray:
    return np.asarray(stack.layers[layer].feed_forward.hidden[:, units].T)


def _saliency(model: TokenStack, words: list[int], said_at: NDArray) -> dict[str, Any]:
    """By row, for each word that was said: what each token before it is to its score."""
    read = model.token_embedding[words]
    shape = (len(said_at), len(words))
    found = {name: np.zeros(shape) for name in ("gradient_x_input", "integrated_gradients")}
    scores = np.zeros((len(said_at), 2))
    for row, position in enumerate(said_at.tolist()):
        seen, said = read[: position + 1], words[position + 1]

        def scored(inputs: NDArray, at: int = position, word: int = said) -> tuple:
            pairs = [word_score(model, rows, at, word) for rows in inputs]
            return np.array([score for score, _ in pairs]), np.stack([g for _, g in pairs])

        gradient = word_score(model, seen, position, said)[1]
        whole = integrated_gradients(scored, seen, model.token_embedding.mean(axis=0))
        found["gradient_x_input"][row, : position + 1] = gradient_x_input(gradient, seen)
        found["integrated_gradients"][row, : position + 1] = whole.parts
        scores[row] = whole.ends
    return {**found, "scores": scores}
