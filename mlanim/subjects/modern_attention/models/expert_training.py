"""How the experts and their router learn: the loss of a batch, its gradients, and Adam."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlanim.models.softmax import log_softmax, softmax
from mlanim.subjects.modern_attention.models.experts import ExpertLayer, load_balance

__all__ = ["ExpertSettings", "batch_loss", "first_experts", "train_experts"]


@dataclass(frozen=True)
class ExpertSettings:
    """balance: what the loss of load counts for beside the cross-entropy; 0 leaves it out."""

    experts: int = 4
    top_k: int = 2
    half: int = 10  # numbers of an embedding
    hidden: int = 12
    balance: float = 0.05
    steps: int = 2500
    batch: int = 256
    rate: float = 0.01
    seed: int = 5


def first_experts(words: int, settings: ExpertSettings) -> dict[str, NDArray]:
    """The arrays before the first step, drawn with the seed."""
    random = np.random.default_rng(settings.seed)
    n, h, d = settings.experts, settings.hidden, 2 * settings.half
    return {
        "before": random.normal(size=(words, settings.half)) * 0.5,
        "current": random.normal(size=(words, settings.half)) * 0.5,
        "router": random.normal(size=(n, d)) * 0.3,
        "into": random.normal(size=(n, d, h)) * np.sqrt(2 / d),
        "into_bias": np.zeros((n, h)),
        "back": random.normal(size=(n, h, d)) * np.sqrt(1 / h),
        "back_bias": np.zeros((n, d)),
        "output": random.normal(size=(words, d)) * np.sqrt(1 / d),
        "output_bias": np.zeros(words),
    }


def batch_loss(
    arrays: Mapping[str, NDArray],
    before: NDArray,
    current: NDArray,
    wanted: NDArray,
    settings: ExpertSettings,
) -> tuple[float, float, dict[str, NDArray]]:
    """Cross-entropy, loss of load, and the gradients of their weighted sum by name.

    before, current, wanted: (B,) indices. Which experts are kept has no gradient, nor has the
    load; gates and shares have.
    """
    layer = ExpertLayer(arrays)
    made = layer(before, current, settings.top_k)
    count, rows = len(wanted), np.arange(len(wanted))
    entropy = float(-log_softmax(made.logits)[rows, wanted].mean())
    error = softmax(made.logits)
    error[rows, wanted] -= 1
    error /= count
    into_output = error @ arrays["output"]  # (B, d)
    gates = made.gates.T[:, :, None]
    to_answers = gates * into_output  # (N, B, d)
    to_hidden = (to_answers @ arrays["back"].swapaxes(1, 2)) * (made.hidden > 0)
    to_gates = np.einsum("td,ntd->tn", into_output, made.answers)
    to_scores = made.gates * (to_gates - (made.gates * to_gates).sum(axis=1, keepdims=True))
    pull = settings.balance * layer.experts * made.load / count
    mean = (made.shares * pull).sum(axis=1, keepdims=True)
    to_scores = to_scores + made.shares * (pull - mean)
    to_inputs = into_output + to_scores @ arrays["router"]
    to_inputs = to_inputs + (to_hidden @ arrays["into"].swapaxes(1, 2)).sum(axis=0)
    half = arrays["before"].shape[1]
    embeddings = {name: np.zeros_like(arrays[name]) for name in ("before", "current")}
    np.add.at(embeddings["before"], before, to_inputs[:, :half])
    np.add.at(embeddings["current"], current, to_inputs[:, half:])
    gradients = {
        **embeddings,
        "router": to_scores.T @ made.inputs,
        "into": made.inputs.T @ to_hidden,
        "into_bias": to_hidden.sum(axis=1),
        "back": made.hidden.swapaxes(1, 2) @ to_answers,
        "back_bias": to_answers.sum(axis=1),
        "output": error.T @ made.output,
        "output_bias": error.sum(axis=0),
    }
    return entropy, load_balance(made), gradients


def train_experts(
    text: NDArray, words: int, settings: ExpertSettings
) -> tuple[dict[str, NDArray], NDArray]:
    """Learn a running text (T,): the arrays, and the cross-entropy of every step, (steps,).

    Adam (Kingma & Ba 2015), its rate falling to 0 in a straight line.
    """
    arrays = first_experts(words, settings)
    random = np.random.default_rng(settings.seed)
    first = {name: np.zeros_like(array) for name, array in arrays.items()}
    second = {name: np.zeros_like(array) for name, array in arrays.items()}
    losses = []
    for step in range(1, settings.steps + 1):
        at = random.integers(1, len(text) - 1, settings.batch)
        batch = text[at - 1], text[at], text[at + 1]
        entropy, _, gradients = batch_loss(arrays, *batch, settings)
        losses.append(entropy)
        rate = settings.rate * (1 - (step - 1) / settings.steps)
        for name, gradient in gradients.items():
            first[name] = 0.9 * first[name] + 0.1 * gradient
            second[name] = 0.999 * second[name] + 0.001 * gradient**2
            upright = first[name] / (1 - 0.9**step)
            spread = np.sqrt(second[name] / (1 - 0.999**step))
            arrays[name] = arrays[name] - rate * upright / (spread + 1e-8)
    return arrays, np.array(losses)
