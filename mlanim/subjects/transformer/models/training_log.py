"""What was written down while the transformer was trained: losses, predictions at checkpoints."""

from __future__ import annotations

from dataclasses import dataclass

from numpy.typing import NDArray

from mlanim.models.weights import load_arrays

__all__ = ["TrainingLog", "load_training_log"]


@dataclass(frozen=True)
class TrainingLog:
    """Cross-entropy (mean over the steps since the last entry) and what was predicted, when."""

    loss_steps: NDArray  # (n,)
    losses: NDArray  # (n,) in nats
    checkpoint_steps: NDArray  # (c,)
    predictions: NDArray  # (c, m, V): distributions for the m words of one sentence
    targets: NDArray  # (m,) the right words' indices
    source: str  # that sentence


def load_training_log() -> TrainingLog:
    """That of the translation transformer.

    >>> log = load_training_log()
    >>> bool(log.losses[-1] < log.losses[0]), log.predictions.ndim
    (True, 3)
    """
    arrays = load_arrays(__package__, "transformer-training")
    source = str(arrays.pop("source"))
    return TrainingLog(**arrays, source=source)
