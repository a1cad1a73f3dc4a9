"""What was written down while models were trained: losses, and predictions at checkpoints."""

from __future__ import annotations

from dataclasses import dataclass

from numpy.typing import NDArray

from mlanim.models.weights import load_arrays

__all__ = ["OptimiserSteps", "TrainingLog", "load_optimiser_steps", "load_training_log"]


@dataclass(frozen=True)
class TrainingLog:
    """Cross-entropy (mean over the steps since the last entry) and what was predicted, when."""

    loss_steps: NDArray  # (n,)
    losses: NDArray  # (n,) in nats
    checkpoint_steps: NDArray  # (c,)
    predictions: NDArray  # (c, m, V): distributions for the m words of one sentence
    targets: NDArray  # (m,) the right words' indices
    source: str  # that sentence


@dataclass(frozen=True)
class OptimiserSteps:
    """Predictions for one window just before and just after a step of the optimiser on it."""

    loss_steps: NDArray  # (n,)
    losses: NDArray  # (n,) in nats
    checkpoint_steps: NDArray  # (c,)
    before: NDArray  # (c, T, V)
    after: NDArray  # (c, T, V)
    window: NDArray  # (T + 1,): token t + 1 is what should follow token t


def load_training_log() -> TrainingLog:
    """That of the translation transformer.

    >>> log = load_training_log()
    >>> bool(log.losses[-1] < log.losses[0]), log.predictions.ndim
    (True, 3)
    """
    arrays = load_arrays("transformer-training")
    source = str(arrays.pop("source"))
    return TrainingLog(**arrays, source=source)


def load_optimiser_steps() -> OptimiserSteps:
    """Those of the language model.

    >>> load_optimiser_steps().before.shape == load_optimiser_steps().after.shape
    True
    """
    return OptimiserSteps(**load_arrays("language-model-training"))
